/**
 * What a Java import means: the file of the class by its package's path, in whichever source root; `.Name` is a class of the same
 * package, `.Name|a.b.Name` one that may be of a package imported as a whole. All else is a package of Maven's, named as imported.
 */
import { dirname } from '../../link/paths.js'
import type { Resolver, Source } from '../../link/resolver.js'
import { javaLibrary, knownPackages } from './library.js'

export function createJavaResolver(files: ReadonlyMap<string, number>): Resolver {
  const byName = new Map<string, string[]>()
  for (const path of files.keys()) {
    if (!/\.(?:java|kt)$/.test(path)) continue
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
    const known = byName.get(name)
    if (known === undefined) byName.set(name, [path])
    else known.push(path)
  }

  function find(from: string, qualified: string): number | null {
    const parts = qualified.split('.')
    for (let size = parts.length; size > 0; size--) {
      const name = parts[size - 1]!
      if (!/^[A-Z]/.test(name)) return null
      const folder = parts.slice(0, size - 1).join('/')
      const fitting = (byName.get(name) ?? []).filter((path) => folder === '' || endsWith(dirname(path), folder))
      const best = nearest(from, fitting)
      if (best !== null) return files.get(best)!
    }
    return null
  }

  return {
    resolve(from, specifier): Source {
      const [own, ...others] = specifier.split('|')
      if (own!.startsWith('.')) {
        const beside = (byName.get(own!.slice(1)) ?? []).find((path) => dirname(path) === dirname(from))
        if (beside !== undefined) return { module: files.get(beside)! }
        const samePackage = nearest(
          from,
          (byName.get(own!.slice(1)) ?? []).filter((path) => sharesPackage(path, from)),
        )
        if (samePackage !== null) return { module: files.get(samePackage)! }
      } else {
        const found = find(from, own!)
        if (found !== null) return { module: found }
        return { package: `maven:${packageOf(own!)}`, subpath: '' }
      }
      for (const other of others) {
        const found = find(from, other)
        if (found !== null) return { module: found }
      }
      const known = others.filter((other) => knownPackages.test(other))
      const [first] = others.filter((other) => !knownPackages.test(other))
      const meant = known.length > 0 && platform.has(own!.slice(1)) ? known[0] : (first ?? known[0])
      return { package: meant === undefined ? own! : `maven:${packageOf(meant)}`, subpath: '' }
    },
  }
}

/** Classes that are known by their names: where several packages are imported as a whole, they are of the one that has such. */
const platform = new Set(
  [...Object.keys(javaLibrary.functions), 'Map', 'Collectors', 'Objects'].map((path) => path.split('.', 1)[0]!),
)

function endsWith(folder: string, tail: string): boolean {
  return folder === tail || folder.endsWith(`/${tail}`)
}

/** `src/main/java/a/b/X.java` and `src/test/java/a/b/Y.java` are of one package. */
function sharesPackage(path: string, from: string): boolean {
  const inner = (one: string) => /(?:^|\/)(?:java|kotlin)\/(.*)$/.exec(dirname(one))?.[1]
  const own = inner(from)
  return own !== undefined && own === inner(path)
}

function packageOf(qualified: string): string {
  const parts = qualified.split('.')
  const first = parts.findIndex((part) => /^[A-Z]/.test(part))
  return parts.slice(0, first < 0 ? parts.length : first).join('.')
}

function nearest(from: string, paths: readonly string[]): string | null {
  const shared = (path: string) => {
    let at = 0
    while (at < path.length && path[at] === from[at]) at++
    return at
  }
  return [...paths].sort((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1))[0] ?? null
}

/** What a file may import, by its text: imports, and every capitalised name, which may be a class of its own package. */
export function specifiersIn(text: string): string[] {
  const found = new Set<string>()
  const wildcards: string[] = []
  for (const [, isStatic, name, star] of text.matchAll(/^[ \t]*import\s+(static\s+)?([\w.]+?)(\.\*)?\s*;?\s*$/gm)) {
    if (star !== undefined && isStatic === undefined) wildcards.push(name!)
    else found.add(isStatic === undefined || star !== undefined ? name! : name!.slice(0, name!.lastIndexOf('.')))
  }
  const named = (name: string) => ['', ...wildcards].map((scope) => `${scope}.${name}`).join('|')
  for (const [name] of text.matchAll(/\b[A-Z]\w*\b/g)) if (found.size < 3000) found.add(named(name))
  for (const [, list] of text.matchAll(/\b(?:implements|extends)\s+([^{;]{1,400})/g))
    for (const [name] of list!.matchAll(/\b[A-Z]\w*\b/g)) {
      const imported = [...found].find((one) => one.endsWith(`.${name}`) && !one.startsWith('.'))
      if (found.size < 3200) found.add(`^${imported ?? named(name)}`)
    }
  return [...found]
}
