/**
 * Which YAML gives environment variables to programs: Compose, Kubernetes, CI systems, serverless and container descriptions
 * differ in the keys above, and agree on three shapes: a map, a list of `NAME=value`, a list of `{ name, value }`.
 */

/** Keys under which a map or list gives variables, without case and separators. */
const KEYS = new Set([
  ...['env', 'envs', 'envvars', 'environment', 'environmentvariables', 'variables'],
  ...['extraenv', 'extraenvs', 'extraenvvars', 'extraenvironment'],
  ...['vars', 'containerenv', 'remoteenv', 'appsettings'],
  // Kustomize: configMapGenerator: - literals: [NAME=value]
  'literals',
])

/** Elsewhere than in Compose and ConfigMaps, only names that look like a variable's are one: `environment: { name: prod }` is none. */
const LOUD = /^_?[A-Z][A-Z0-9_]*$/
const ANY = /^[A-Za-z_][\w.-]*$/

/** What names must look like to be variables given by the collection at this path; null: it gives none. `kind` is that of the map above. */
export function givesVariables(path: readonly string[], kind: string | null): RegExp | null {
  const key = path.at(-1)
  if (key === undefined) return null
  if ((kind === 'ConfigMap' && key === 'data') || (kind === 'Secret' && key === 'stringData')) return ANY
  if (path.length === 3 && path[0] === 'services' && key === 'environment') return ANY
  return KEYS.has(key.toLowerCase().replace(/[_-]/g, '')) ? LOUD : null
}

/** `NAME=value` as a list item: the name, and how long name and sign are. */
export function assignmentIn(text: string): { name: string; length: number } | null {
  const found = /^([A-Za-z_][\w.-]*)=/.exec(text)
  return found ? { name: found[1]!, length: found[0].length } : null
}
