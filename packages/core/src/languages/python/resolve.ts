/**
 * What a Python import means: a file beside the importing one or above it, where no package has claimed the folder, `src/`
 * included; relative imports by their dots. A module that is none of the project's is a package of PyPI, named as imported.
 */
import { dirname, join, normalize } from '../../link/paths.js'
import type { Resolver, Source } from '../../link/resolver.js'

export function createPythonResolver(
  files: ReadonlyMap<string, number>,
  manifests: readonly { path: string; text: string }[],
): Resolver {
  const required = requirementsOf(manifests)

  function moduleAt(path: string): number | null {
    const base = normalize(path)
    if (base === null) return null
    return files.get(`${base}.py`) ?? files.get(base === '' ? '__init__.py' : `${base}/__init__.py`) ?? null
  }

  function relative(from: string, specifier: string): number | null {
    const dots = /^\.+/.exec(specifier)![0].length
    let folder = dirname(from)
    for (let up = 1; up < dots; up++) folder = folder === '' ? '\u0000outside' : dirname(folder)
    const rest = specifier.slice(dots).replaceAll('.', '/')
    return moduleAt(rest === '' ? folder : join(folder, rest))
  }

  function absolute(from: string, specifier: string): number | null {
    const path = specifier.replaceAll('.', '/')
    const [head] = specifier.split('.')
    if (required.has(fold(head!))) return null
    const packages: string[] = []
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      // a folder with an __init__ is a package, and no place that modules are looked for in
      if (files.has(join(folder, '__init__.py'))) packages.push(folder)
      else {
        const found = moduleAt(join(folder, path)) ?? moduleAt(join(folder, `src/${path}`))
        if (found !== null) return found
      }
      if (folder === '') break
    }
    for (const folder of packages) {
      if (folder === dirname(from) && !specifier.includes('.')) continue
      const found = moduleAt(join(folder, path))
      if (found !== null) return found
    }
    return null
  }

  function find(from: string, specifier: string): number | null {
    return specifier.startsWith('.') ? relative(from, specifier) : absolute(from, specifier)
  }

  return {
    resolve(from, specifier): Source {
      const module = find(from, specifier)
      if (module !== null) return { module }
      return specifier.startsWith('.')
        ? { package: specifier, subpath: '' }
        : { package: `pypi:${specifier}`, subpath: '' }
    },
    within(from, specifier, name) {
      if (specifier === '') return from.endsWith('__init__.py') ? moduleAt(join(dirname(from), name)) : null
      return name === '*' || name === ''
        ? null
        : find(from, specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`)
    },
  }
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-.]/g, '_')
}

/** Names that the project's own manifests ask for: a file of the same name is not what an import of it means. */
function requirementsOf(manifests: readonly { path: string; text: string }[]): Set<string> {
  const names = new Set<string>()
  for (const { path, text } of manifests) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const line = /\.txt$/.test(name)
      ? /^\s*([A-Za-z][\w.-]*)\s*(?:[[=<>~!;@#]|$)/gm
      : /^\s*["']?([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*["']?\s*(?:[=<>~!]=?|["'],?\s*$)/gm
    if (/^requirements.*\.txt$|^pyproject\.toml$|^Pipfile$/.test(name))
      for (const [, found] of text.matchAll(line)) names.add(fold(found!))
  }
  return names
}
