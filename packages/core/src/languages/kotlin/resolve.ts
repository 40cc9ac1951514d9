/**
 * What a Kotlin import means: the files of its package, in whichever source root, Java's among them. `.` is the file's own package.
 * Files share the names of their package, and a file is not named like what it declares. All else is a package of Maven's.
 */
import { dirname } from '../../link/paths.js'
import type { Resolver, Source } from '../../link/resolver.js'

const sourceRoot = /(?:^|\/)(?:java|kotlin)\/(.*)$/
const testRoot = /(?:^|\/)(?:test|androidTest|testFixtures|integrationTest|\w+Test)\//

export function createKotlinResolver(files: ReadonlyMap<string, number>): Resolver {
  const folders = new Map<string, string[]>()
  /** Last name of a folder → folders, for imports: they end with the package's path. */
  const byLast = new Map<string, string[]>()
  for (const path of [...files.keys()].sort()) {
    if (!/\.(?:java|kt)$/.test(path)) continue
    const folder = dirname(path)
    const known = folders.get(folder)
    if (known !== undefined) known.push(path)
    else {
      folders.set(folder, [path])
      const last = folder.slice(folder.lastIndexOf('/') + 1)
      byLast.set(last, [...(byLast.get(last) ?? []), folder])
    }
  }
  const inner = new Map([...folders.keys()].map((folder) => [folder, packagePath(folder)]))

  /** Folders of the package of a file: its own, and those of other source roots. */
  function own(from: string): string[] {
    const folder = dirname(from)
    const path = inner.get(folder) ?? packagePath(folder)
    const last = folder.slice(folder.lastIndexOf('/') + 1)
    const others =
      path === null || path === ''
        ? []
        : (byLast.get(last) ?? []).filter(
            (other) => other !== folder && inner.get(other) === path && isMeant(other, from),
          )
    return [folder, ...others]
  }

  function imported(from: string, name: string): string[] {
    const path = name.replaceAll('.', '/')
    const last = path.slice(path.lastIndexOf('/') + 1)
    const fitting = (byLast.get(last) ?? []).filter((folder) => isMeant(folder, from))
    const whole = fitting.filter((folder) => folder === path || folder.endsWith(`/${path}`))
    if (whole.length > 0) return whole
    // the packages' common beginning is not in the folders: com.acme.shop.llm in kotlin/llm
    const shortened = fitting.filter((folder) => {
      const known = inner.get(folder)
      return known != null && known !== '' && path.endsWith(`/${known}`)
    })
    const longest = Math.max(0, ...shortened.map((folder) => inner.get(folder)!.length))
    return shortened.filter((folder) => inner.get(folder)!.length === longest)
  }

  function together(from: string, found: readonly string[]): Source | null {
    const paths = found
      .flatMap((folder) => folders.get(folder) ?? [])
      .sort((a, b) => near(b, from) - near(a, from) || (a < b ? -1 : 1))
    const [first, ...rest] = paths.map((path) => files.get(path)!)
    return first === undefined ? null : { module: first, beside: rest }
  }

  return {
    resolve(from, specifier): Source {
      if (specifier === '.') return together(from, own(from)) ?? { package: '.', subpath: '' }
      return together(from, imported(from, specifier)) ?? { package: `maven:${specifier}`, subpath: '' }
    },
  }
}

/** Path of a folder's package below its source root. */
function packagePath(folder: string): string | null {
  return sourceRoot.exec(`${folder}/`)?.[1]?.replace(/\/$/, '') ?? null
}

/** Code that ships does not see tests. */
function isMeant(folder: string, from: string): boolean {
  return testRoot.test(from) || !testRoot.test(`${folder}/`)
}

function near(path: string, from: string): number {
  let at = 0
  while (at < path.length && path[at] === from[at]) at++
  return at
}

/** What a file may import, by its text: its own package, and the packages of its imports. */
export function specifiersIn(text: string): string[] {
  const found = new Set<string>(['.'])
  for (const [, name, star] of text.matchAll(/^[ \t]*import\s+([\w.`]+?)(\.\*)?(?:\s+as\s+\w+)?\s*;?\s*$/gm))
    found.add(star === undefined ? packageOf(name!.replaceAll('`', '')).from : name!)
  return [...found]
}

/** `a.b.C.D` → the package, the name in it, and the path from there. */
export function packageOf(qualified: string): { from: string; name: string; path: string[] } {
  const parts = qualified.split('.')
  const capital = parts.findIndex((part) => /^[^a-z_]/.test(part))
  const at = capital < 0 ? parts.length - 1 : capital
  return { from: parts.slice(0, at).join('.'), name: parts[at]!, path: parts.slice(at + 1) }
}
