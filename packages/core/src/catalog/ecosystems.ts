/**
 * Where packages come from. A package's name tells its ecosystem, so that `openai` of one is not `openai` of another: npm's names
 * stand as they are, all others with their ecosystem before them, `pypi:openai`.
 */
export type Ecosystem = 'npm' | 'pypi' | 'maven' | 'go' | 'sql'

export const ecosystems: readonly Ecosystem[] = ['npm', 'pypi', 'maven', 'go', 'sql']

export function ecosystemOf(name: string): { ecosystem: Ecosystem; name: string } {
  const colon = name.indexOf(':')
  const ecosystem = ecosystems.find((one) => one === name.slice(0, Math.max(0, colon)))
  return ecosystem === undefined ? { ecosystem: 'npm', name } : { ecosystem, name: name.slice(colon + 1) }
}

/** A package's name as the engine knows it. */
export function packageName(ecosystem: Ecosystem, name: string): string {
  return ecosystem === 'npm' ? name : `${ecosystem}:${name}`
}

/** A package's name without its ecosystem, as people write it. */
export function bareName(name: string): string {
  return ecosystemOf(name).name
}
