/** Resolution of import specifiers, each by the language of the file that it stands in. Nothing is resolved through a package manager. */
import type { Language } from '../languages/language.js'
import { languageOf } from '../languages/registry.js'
import { dirname } from './paths.js'
import type { Resolver, Source } from './resolver.js'

export function createResolver(
  files: ReadonlyMap<string, number>,
  manifests: readonly { path: string; text: string }[],
): Required<Resolver> {
  const resolvers = new Map<Language, Resolver>()
  function resolverOf(path: string): Resolver | null {
    const language = languageOf(path)
    if (language === null) return null
    let resolver = resolvers.get(language)
    if (resolver === undefined) resolvers.set(language, (resolver = language.createResolver(files, manifests)))
    return resolver
  }
  const cache = new Map<string, Source>()
  return {
    resolve(from, specifier) {
      const extension = from.slice(from.lastIndexOf('.'))
      const key = `${dirname(from)}\u0000${extension}\u0000${specifier}`
      let found = cache.get(key)
      if (found === undefined) {
        found = resolverOf(from)?.resolve(from, specifier) ?? { package: specifier, subpath: '' }
        cache.set(key, found)
      }
      return found
    },
    within: (from, specifier, name) => resolverOf(from)?.within?.(from, specifier, name) ?? null,
  }
}
