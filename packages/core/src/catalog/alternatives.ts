/**
 * What could stand in place of a literal that leads out of Japan: the Japan regions of the provider's table, a model profile that stays
 * there, a host of the same provider there. Only what the catalogue knows; whether the account may use it, nobody sees here.
 */
import type { Zone } from '../finding.js'
import type { Provider } from './catalogue.js'
import { parseUrl } from './hosts.js'
import type { Catalogue } from './load.js'

const inJapan: readonly Zone[] = ['domestic', 'japan-region', 'japan-cross-region']
const most = 2

/** Texts to put in its place, best first. */
export function alternativesInJapan(catalogue: Catalogue, providerId: string | null, text: string): string[] {
  const provider = providerId === null ? null : catalogue.providerById(providerId)
  if (provider === null) return []
  return [...regions(catalogue, provider, text), ...profiles(provider, text), ...hosts(catalogue, text)].slice(0, most)
}

function regions(catalogue: Catalogue, provider: Provider, text: string): string[] {
  const table = catalogue.data.regions[provider.regions ?? ''] ?? {}
  if (table[text] === undefined || table[text] === 'JP') return []
  return japanRegions(table)
}

function japanRegions(table: Readonly<Record<string, string>>): string[] {
  return Object.keys(table).filter((name) => table[name] === 'JP')
}

/** `global.anthropic.claude-…` → `jp.anthropic.claude-…` */
function profiles(provider: Provider, text: string): string[] {
  const rules = provider.models ?? []
  const leaving = rules.find(({ prefix, escape }) => escape && prefix !== '' && text.startsWith(prefix))
  const staying = rules.filter(({ prefix, location }) => location === 'japan-cross-region' && prefix !== '')
  return leaving === undefined ? [] : staying.map(({ prefix }) => prefix + text.slice(leaving.prefix.length))
}

/** The host as it is written, with its region replaced; or the provider's own host in Japan. */
function hosts(catalogue: Catalogue, text: string): string[] {
  const url = parseUrl(text)
  const matched = url === null ? null : catalogue.matchHost(url.host, url.path)
  if (url === null || matched === null) return []
  const { provider, host, captures } = matched
  const table = catalogue.data.regions[provider.regions ?? ''] ?? {}
  const written =
    typeof captures.region === 'string'
      ? japanRegions(table).map((region) => host.host.replace('{region}', region))
      : provider.hosts
          .filter((other) => other.location === 'JP' && other.undeclared === undefined && other.path === host.path)
          .map((other) => other.host)
  return written
    .map((other) => other.replace('{resource}', captures.resource ?? '{resource}'))
    .filter((other) => /^[a-z0-9.-]+$/.test(other) && isInJapan(catalogue, other, url.path))
    .map((other) => text.replace(new RegExp(url.host.replace(/[.\\+*?^$()[\]|{}]/g, '\\$&'), 'i'), () => other))
    .filter((other) => other !== text)
}

function isInJapan(catalogue: Catalogue, host: string, path: string): boolean {
  const matched = catalogue.matchHost(host, path)
  if (matched === null) return false
  const { provider, captures } = matched
  return inJapan.includes(
    catalogue.placeOf({ provider, host: matched.host, region: captures.region ?? null, modelId: null }).zone,
  )
}
