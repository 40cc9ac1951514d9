/** Resolution of import specifiers, each by the language of the file that it stands in. Nothing is resolved through a package manager. */
import type { Language } from '../languages/language.js'
import { languageOf } from '../languages/registry.js'
import { dirname } from './paths.js'
import type { Resolver, Source } from './resolver.js'

export function createResolver(
  files: ReadonlyMap<string, number>,
  manifests: readonly { path: string; text: string }[],
  /** Of a file that has no extension only its text tells. */
  languageFor: (path: string) => Language | null = languageOf,
): Required<Resolver> {
  const resolvers = new Map<Language, Resolver>()
  function resolverOf(path: string): Resolver | null {
    const language = languageFor(path)
    if (language === null) return null
    let resolver = resolvers.get(language)
    if (resolver === undefined) resolvers.set(language, (resolver = language.createResolver(files, manifests)))
    return resolver
  }
  // By folder and extension, then by specifier: files are asked for one after the other, so that few keys are put together.
  const folders = new Map<string, Map<string, Source>>()
  let last = { from: '', known: new Map<string, Source>() }
  function knownOf(from: string): Map<string, Source> {
    if (last.from === from) return last.known
    const dot = from.lastIndexOf('.')
    const kind = dot > from.lastIndexOf('/') ? from.slice(dot) : from
    const key = `${dirname(from)}\u0000${kind}`
    let known = folders.get(key)
    if (known === undefined) folders.set(key, (known = new Map()))
    last = { from, known }
    return known
  }
  return {
    resolve(from, specifier) {
      // What a language offers by itself, whatever the file.
      if (specifier.startsWith('sql:')) return { package: specifier, subpath: '' }
      const known = knownOf(from)
      let found = known.get(specifier)
      if (found === undefined) {
        found = resolverOf(from)?.resolve(from, specifier) ?? { package: specifier, subpath: '' }
        known.set(specifier, found)
      }
      return found
    },
    within: (from, specifier, name) => resolverOf(from)?.within?.(from, specifier, name) ?? null,
  }
}
