/** The plugin: rules, languages for config files, and the configurations that users extend. */
import type { Linter } from 'eslint'
import { catalogue, configFormats, engineVersion, type ConfigFormat } from '@sekisho/core'
import { commentsOfFormat, createLanguage } from './config-language.js'
import type { Plugin } from './contract.js'
import type { Host } from './host.js'
import { createRules } from './rules.js'
import { Workspace } from './workspace.js'

const NAME = 'eslint-plugin-sekisho'
const NAMESPACE = 'sekisho'
/** The documents are in the package. */
const DOCS = `https://cdn.jsdelivr.net/npm/${NAME}@${engineVersion}/docs`

export function createPlugin(host: Host): Plugin {
  const workspace = new Workspace(host)
  const rules = createRules(workspace, DOCS)
  const languages = Object.fromEntries([
    ...configFormats.map((format) => [languageName(format), createLanguage(commentsOfFormat(format))]),
    ['policy', createLanguage(policyComments)],
  ])
  const plugin = {
    meta: {
      name: NAME,
      namespace: NAMESPACE,
      /** Of the policy and the settings, too: what a linter's cache holds was said under them. */
      get version() {
        return `${engineVersion}+${catalogue.version.slice(0, 12)}.${workspace.digest(process.cwd()).slice(0, 16)}`
      },
    },
    rules,
    languages,
    configs: {},
  } as unknown as Plugin
  plugin.configs = configsOf(plugin, Object.keys(rules))
  return plugin
}

function configsOf(plugin: Plugin, names: readonly string[]): Plugin['configs'] {
  const plugins = { [NAMESPACE]: plugin }
  const errors = names
    .filter((name) => name !== 'review')
    .sort((a, b) => Number(b === 'policy') - Number(a === 'policy'))
  const shared = Object.fromEntries(errors.map((name) => [`${NAMESPACE}/${name}`, 'error' as const]))
  const recommended: Linter.RulesRecord = { ...shared, [`${NAMESPACE}/review`]: 'warn' }
  const strict: Linter.RulesRecord = { ...shared, [`${NAMESPACE}/review`]: ['warn', { notes: true }] }
  const files = (name: string, given: unknown, language: string) =>
    ({
      name: `${NAMESPACE}/config-files/${name}`,
      files: given,
      plugins,
      language,
      rules: recommended,
    }) as Linter.Config
  return {
    recommended: { name: `${NAMESPACE}/recommended`, plugins, rules: recommended },
    strict: { name: `${NAMESPACE}/strict`, plugins, rules: strict },
    'config-files': [
      ...configFormats.map((format) =>
        files(languageName(format), [matcherOf(format)], `${NAMESPACE}/${languageName(format)}`),
      ),
      files('policy', ['**/sekisho.yaml'], `${NAMESPACE}/policy`),
    ],
  }
}

function languageName({ id }: ConfigFormat): string {
  return id === 'env' ? 'dotenv' : id
}

/** The format itself says which files are its own: ESLint takes functions beside globs. */
function matcherOf(format: ConfigFormat): (path: string) => boolean {
  return (path) => format.matches(path.replaceAll('\\', '/').replace(/^\/|^[A-Za-z]:\//, ''))
}

/** A policy is YAML whose comments stand on lines of their own. */
function policyComments(_path: string, text: string) {
  return [...text.matchAll(/^[ \t]*(#+(.*))$/gm)].map((found) => {
    const start = found.index + found[0].indexOf('#')
    return { span: { start, end: start + found[1]!.length }, text: found[2]! }
  })
}
