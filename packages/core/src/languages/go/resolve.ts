/**
 * What a Go import means: a folder below the module that a `go.mod` names, with all its files; `.` is the package that the file
 * itself is of. All else is a package of the module proxy or the standard library, named as imported.
 */
import { dirname, join } from '../../link/paths.js'
import type { Resolver, Source } from '../../link/resolver.js'

export function createGoResolver(
  files: ReadonlyMap<string, number>,
  manifests: readonly { path: string; text: string }[],
): Resolver {
  const folders = new Map<string, { code: number[]; tests: number[] }>()
  for (const [path, number] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.endsWith('.go')) continue
    const folder = dirname(path)
    let known = folders.get(folder)
    if (known === undefined) folders.set(folder, (known = { code: [], tests: [] }))
    ;(path.endsWith('_test.go') ? known.tests : known.code).push(number)
  }
  const modules = modulesIn(manifests)

  function packageIn(folder: string): Source | null {
    const [first, ...beside] = folders.get(folder)?.code ?? []
    return first === undefined ? null : { module: first, beside }
  }

  return {
    resolve(from, specifier): Source {
      const folder = dirname(from)
      if (specifier === '.') return packageIn(folder) ?? { package: '.', subpath: '' }
      if (specifier === './test') {
        const known = folders.get(folder)
        const [first, ...beside] = [...(known?.tests ?? []), ...(known?.code ?? [])]
        return first === undefined ? { package: '.', subpath: '' } : { module: first, beside }
      }
      for (const { name, root } of modules) {
        if (specifier !== name && !specifier.startsWith(`${name}/`)) continue
        const found = packageIn(join(root, specifier.slice(name.length + 1)))
        if (found !== null) return found
      }
      return { package: `go:${specifier}`, subpath: '' }
    },
  }
}

/** Modules of the repository, the longest name first; `replace old => ./local` is one too. */
function modulesIn(manifests: readonly { path: string; text: string }[]): { name: string; root: string }[] {
  const found = manifests.flatMap(({ path, text }) => {
    if (!/(?:^|\/)go\.mod$/.test(path)) return []
    const root = dirname(path)
    const name = /^\s*module\s+"?([^\s"]+)"?/m.exec(text)?.[1]
    const replaced = [...text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>\s*(\.{1,2}\/\S*)\s*$/gm)].map(
      ([, old, local]) => ({ name: old!, root: join(root, local!) }),
    )
    return [...(name === undefined ? [] : [{ name, root }]), ...replaced]
  })
  return found.sort((a, b) => b.name.length - a.name.length || (a.root < b.root ? -1 : 1))
}

/** What a file may import, by its text: the paths of its imports, and its own package. */
export function specifiersIn(path: string, text: string): string[] {
  const found = new Set([path.endsWith('_test.go') ? './test' : '.'])
  for (const [, block] of text.matchAll(/^[ \t]*import\s*\(([\s\S]*?)\)/gm))
    for (const [, , name] of block!.matchAll(/(["`])([^"`\n]+)\1/g)) found.add(name!)
  for (const [, , name] of text.matchAll(/^[ \t]*import\s+(?:[\w.]+\s+)?(["`])([^"`\n]+)\1/gm)) found.add(name!)
  return [...found]
}
