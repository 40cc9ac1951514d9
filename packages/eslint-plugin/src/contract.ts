/** The plugin as users import it: what its types promise is all that they may rely on. */
import type { ESLint, Linter } from 'eslint'

export interface Plugin extends ESLint.Plugin {
  meta: { name: string; version: string; namespace: string }
  configs: { recommended: Linter.Config; strict: Linter.Config; 'config-files': Linter.Config[] }
}
