/** Facts about a package by the name that code imports, and which of its members are packages of their own. */
import { ecosystemOf } from './ecosystems.js'
import type { Catalogue, FoundFacts } from './load.js'

/** Facts of an entry point (`@langchain/core/prompts`, `langchain_openai.chat_models`), else of its package. */
export function factsOf(catalogue: Catalogue, imported: string): readonly FoundFacts[] {
  const { ecosystem, name } = ecosystemOf(imported)
  const separator = ecosystem === 'pypi' || ecosystem === 'maven' ? '.' : '/'
  for (let path = name; ; path = path.slice(0, path.lastIndexOf(separator))) {
    const found = catalogue.packageFacts(ecosystem, path)
    if (found.length > 0 || !path.includes(separator)) return found
    if (path.startsWith('@') && path.split('/').length === 2) return found
  }
}

/** `google` + `genai.Client` is `google.genai` + `Client` where the catalogue knows that package. */
export function withinPackage(catalogue: Catalogue, imported: string, path: string): { package: string; path: string } {
  const { ecosystem, name } = ecosystemOf(imported)
  const members = path.split('.')
  if (ecosystem === 'pypi' && path !== '') {
    for (let size = members.length; size > 0; size--) {
      const inner = [name, ...members.slice(0, size)].join('.')
      const isKnown = catalogue.packageFacts(ecosystem, inner).length > 0
      if (isKnown || catalogue.httpClient(`${ecosystem}:${inner}`) !== null)
        return { package: `${ecosystem}:${inner}`, path: members.slice(size).join('.') }
    }
  }
  return { package: imported, path }
}
