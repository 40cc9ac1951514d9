/** What Japan offers, side by side: domestic providers and Japan regions of others, with what routing and evidence say. */
import { catalogue, type Provider, type Zone } from '@sekisho/core'
import type { Connection } from './connect.js'

export interface Option {
  provider: string
  name: Provider['name']
  operator: string
  contractingEntity: string | null
  jurisdiction: string | null
  host: string
  region: string | null
  zone: Zone
  /** Model prefixes and deployment types that change where a request is processed. */
  routing: string[]
  openaiCompatible: boolean
  certifications: string[]
  /** What code cannot show and the policy must declare. */
  undeclared: Provider['name'] | null
  evidence: { sources: string[]; checked: string; tier: Provider['tier'] }
  measured?: Connection
}

const inJapan: readonly Zone[] = ['domestic', 'japan-region', 'japan-cross-region']

/** Domestic ones first, then by name; one row a host and region. */
export function optionsInJapan(): Option[] {
  const order = (zone: Zone) => inJapan.indexOf(zone)
  return catalogue.data.providers
    .flatMap(rowsOf)
    .sort((a, b) => order(a.zone) - order(b.zone) || (a.provider < b.provider ? -1 : a.provider > b.provider ? 1 : 0))
}

function rowsOf(provider: Provider): Option[] {
  const regions = Object.entries(catalogue.data.regions[provider.regions ?? ''] ?? {})
  const japanese = regions.filter(([, country]) => country === 'JP').map(([region]) => region)
  const rows = provider.hosts.flatMap((host) => {
    const asked = host.location === '{region}' ? japanese : [null]
    return asked.map((region) => ({ host, region, place: catalogue.placeOf({ provider, host, region }) }))
  })
  const seen = new Set<string>()
  return rows.flatMap(({ host, region, place }): Option[] => {
    const name = region === null ? host.host : host.host.replaceAll('{region}', region)
    if (!inJapan.includes(place.zone) || seen.has(name)) return []
    seen.add(name)
    return [
      {
        provider: provider.id,
        name: provider.name,
        operator: provider.operator.name,
        contractingEntity: provider.operator.contractingEntity ?? null,
        jurisdiction: provider.operator.jurisdiction,
        host: name,
        region,
        zone: place.zone,
        routing: routingOf(provider),
        openaiCompatible: provider.compatible?.includes('openai') === true,
        certifications: provider.certifications ?? [],
        undeclared: place.undeclared,
        evidence: { sources: provider.sources, checked: provider.checked, tier: provider.tier },
      },
    ]
  })
}

function routingOf({ models = [], deployments = [] }: Provider): string[] {
  const prefixes = models.filter(({ prefix }) => prefix !== '').map(({ prefix, location }) => `${prefix} → ${location}`)
  const kinds = deployments
    .filter(({ location }) => location !== 'host')
    .map(({ name, location }) => `${name} → ${location}`)
  return [...prefixes, ...kinds]
}
