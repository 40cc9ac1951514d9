/**
 * Model ids that a router reads: `openrouter/…`, `bedrock/…`, `vertex_ai:…`. What a prefix means is what the catalogue's tools
 * (LiteLLM, LangChain, Mastra …) say of it; where they disagree, the id tells nothing. The place is that of the service's own
 * default, as code that gives nothing else gets it.
 */
import type { Localized, Zone } from '../finding.js'
import type { CatalogueData, Provider, StringModel } from './catalogue.js'
import { ecosystems } from './ecosystems.js'
import { isLocal, parseUrl } from './hosts.js'
import type { Catalogue } from './load.js'
import { once } from '../once.js'

interface Reading {
  prefix: string
  providers: Set<string>
  endpoints: string[]
  tools: Map<string, Localized>
}

export interface RoutedModel {
  provider: Provider
  /** What is left of the id, for the service itself. */
  model: string
  prefix: string
  zone: Zone
  region: string | null
  undeclared: Localized | null
  /** Tools that read the id so. */
  tools: Localized[]
}

/** What an id with a router's prefix means; null where it has none, or tools disagree on it. */
export function routedModel(catalogue: Catalogue, id: string): RoutedModel | null {
  const found = longest(readings(catalogue.data), id, true)
  if (found === null || found.providers.size !== 1) return null
  const provider = catalogue.providerById([...found.providers][0]!)
  if (provider === null) return null
  const rest = id.slice(found.prefix.length)
  const first = rest.split('/')[0]!
  const named = provider.regions !== undefined && first in (catalogue.data.regions[provider.regions] ?? {})
  const region = named ? first : null
  const model = named ? rest.slice(first.length + 1) : rest
  const url = found.endpoints.map((text) => parseUrl(text)).find((one) => one !== null)
  const shared = { provider, model, prefix: found.prefix, tools: [...found.tools.values()] }
  if (url !== undefined && region === null && isLocal(url.host))
    return { ...shared, zone: 'edge', region: null, undeclared: null }
  const matched = url === undefined || region !== null ? null : catalogue.matchHost(url.host, url.path)
  const place = catalogue.placeOf(
    matched === null
      ? { provider, location: 'unknown', region, modelId: model }
      : { provider, host: matched.host, region: matched.captures.region ?? null, modelId: model },
  )
  return { ...shared, zone: place.zone, region: place.region, undeclared: place.undeclared }
}

/** Where a router takes a bare name (`gpt-5.2`) that it is given alone; a hint, as the host decides. */
export function usualService(catalogue: Catalogue, id: string): { provider: Provider; tools: Localized[] } | null {
  const found = longest(readings(catalogue.data), id, false)
  const provider = found?.providers.size === 1 ? catalogue.providerById([...found.providers][0]!) : null
  return found === null || provider === null ? null : { provider, tools: [...found.tools.values()] }
}

/** The reading of the longest prefix; one that ends with a mark is a router's, others are starts of names. */
function longest(all: readonly Reading[], id: string, marked: boolean): Reading | null {
  const fitting = all.filter(({ prefix }) => /[/:]$/.test(prefix) === marked && id.startsWith(prefix))
  return fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0] ?? null
}

const readings = once((data: CatalogueData): readonly Reading[] => {
  const index = new Map<string, Reading>()
  const add = (tool: Localized, all: readonly StringModel[] = []) => {
    for (const { prefix, provider, endpoint } of all) {
      if (prefix === '') continue
      const fresh: Reading = { prefix, providers: new Set(), endpoints: [], tools: new Map() }
      const reading = index.get(prefix) ?? fresh
      reading.providers.add(provider)
      reading.endpoints.push(...endpoint.flatMap(byDefault))
      reading.tools.set(tool.en, tool)
      index.set(prefix, reading)
    }
  }
  for (const provider of data.providers)
    for (const facts of ecosystems.flatMap((ecosystem) => provider[ecosystem] ?? []))
      for (const { stringModels } of [...(facts.clients ?? []), ...(facts.functions ?? [])])
        add(provider.name, stringModels)
  for (const { name, endpoints } of data.config) for (const { stringModels } of endpoints ?? []) add(name, stringModels)
  return [...index.values()]
})

/** A template with what it takes where nothing is given; none where it then has no text. */
function byDefault(template: string): string[] {
  const text = template.replace(/\{([^}]+)\}/g, (_, sources: string) => {
    const last = sources.split('|').find((source) => source.startsWith('default:'))
    return last === undefined ? '\0' : last.slice('default:'.length)
  })
  return text.includes('\0') ? [] : [text]
}
