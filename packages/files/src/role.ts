/** What a file is to a scan, by its path alone; most files are nothing. */
import { formatOf, isManifest, isNamedAsScript, languageOf } from '@sekisho/core'
import { POLICY_NAME } from './root.js'

/** `script`: code, if its first line says so. */
export type Role = 'code' | 'script' | 'config' | 'manifest' | 'policy' | null

export function roleOf(path: string): Role {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === POLICY_NAME) return 'policy'
  if (isManifest(name)) return 'manifest'
  if (languageOf(path) !== null) return 'code'
  if (formatOf(path) !== undefined) return 'config'
  return isNamedAsScript(path) ? 'script' : null
}

/** Files that are read for settings; a package's manifest is one too. */
export function isConfig(path: string): boolean {
  const role = roleOf(path)
  return role === 'config' || (role === 'manifest' && formatOf(path) !== undefined)
}
