/**
 * Zones: where data is processed, and by whom. Decided in this order: who the contract is with, the region of the host, then
 * what can route elsewhere (the model id, the deployment type). The last never makes a place better, only worse.
 */
import type { Localized, Zone } from '../finding.js'
import type { CatalogueData, Host, ModelRule, Provider } from './catalogue.js'

export interface PlaceQuery {
  /** null where no provider is known. */
  provider: Provider | null
  /** The matched host entry; or only its `location`. null: not known. */
  host?: Host | null
  location?: string | null
  /** Region captured from the host, or given by an option, a variable or infrastructure code. */
  region?: string | null
  modelId?: string | null
  /** Deployment type (SKU), from infrastructure code. */
  deployment?: string | null
}

export interface Place {
  zone: Zone
  region: string | null
  /** ISO 3166 country whose law the operator is under. */
  jurisdiction: string | null
  /** Set when the endpoint is in Japan and routing leaves it; `factor` is the model id or the deployment type. */
  escape: { factor: string; en: string; ja: string; setting?: boolean } | null
  /** Japan is offered only by a setting that code does not show: what to declare. */
  undeclared: Localized | null
}

export interface Zoning {
  placeOf(query: PlaceQuery): Place
}

/** A location is an ISO country, or one of these. */
type Location = 'global' | 'unknown' | 'local' | 'japan-cross-region' | (string & {})

export function createZoning(data: Pick<CatalogueData, 'regions' | 'countries'>): Zoning {
  const designated = new Set(data.countries.designated)

  function countryOf(provider: Provider | null, region: string | null): Location {
    if (provider?.regions === undefined || region === null) return 'unknown'
    return data.regions[provider.regions]?.[regionName(region)] ?? 'unknown'
  }

  function zoneOf(location: Location, provider: Provider | null): Zone {
    if (location === 'local') return 'edge'
    if (location === 'unknown') return 'unknown'
    const inJapan = location === 'JP' || location === 'japan-cross-region'
    if (inJapan && provider?.operator.jurisdiction === 'JP') return 'domestic'
    if (location === 'JP') return 'japan-region'
    if (location === 'japan-cross-region') return 'japan-cross-region'
    return designated.has(location) ? 'designated' : 'foreign'
  }

  return {
    placeOf(query) {
      const { provider, modelId = null, deployment = null } = query
      const stated = query.location ?? query.host?.location ?? 'unknown'
      const region = query.region ?? null
      const byRegion = stated === '{region}' || stated === 'unknown'
      const home = byRegion ? countryOf(provider, region) : stated
      const jurisdiction = provider?.operator.jurisdiction ?? null
      const place: Place = { zone: zoneOf(home, provider), region, jurisdiction, escape: null, undeclared: null }
      place.undeclared = deployment === null ? (query.host?.undeclared ?? null) : null
      if (home === 'local') return { ...place, undeclared: null }
      const inJapan = place.zone === 'domestic' || place.zone === 'japan-region' || place.zone === 'japan-cross-region'

      const rule = modelId === null ? null : ruleFor(provider?.models ?? [], modelId)
      if (rule !== null) {
        const target =
          rule.location === 'arn-region' ? countryOf(provider, arnOf(modelId!)?.region ?? null) : rule.location
        if (target !== 'host') place.zone = worst([place.zone, zoneOf(target, provider)])
        if (rule.undeclared !== undefined) place.undeclared = rule.undeclared
        if ((inJapan || rule.setting === true) && rule.escape)
          place.escape = rule.setting === true ? escapeBySetting(modelId!) : escapeBy('model', modelId!)
      }
      const kind = provider?.deployments?.find(({ name }) => name.toLowerCase() === deployment?.toLowerCase())
      if (kind !== undefined && kind.location !== 'host') {
        place.zone = worst([place.zone, zoneOf(kind.location, provider)])
        if (inJapan) place.escape = escapeBy('deployment type', kind.name)
      }
      const settled = place.zone === 'foreign' || place.zone === 'designated'
      return settled ? { ...place, undeclared: null } : place
    },
  }
}

/** Worst first (design: foreign, unknown, designated … edge). */
const ranks: readonly Zone[] = [
  'foreign',
  'unknown',
  'designated',
  'japan-cross-region',
  'japan-region',
  'domestic',
  'edge',
]

/** The worst of several possible places; unknown where there is none. */
export function worst(all: readonly Zone[]): Zone {
  return ranks.find((zone) => all.includes(zone)) ?? 'unknown'
}

/** `Japan East` and `japaneast`, `ap-northeast-1a` and `ap-northeast-1` are one region. */
function regionName(region: string): string {
  const text = region.trim()
  if (/^[A-Z]+(_[A-Z]+)+$/.test(text)) return text
  const name = text.toLowerCase()
  return japanese[name] ?? (name.includes(' ') ? name.replaceAll(' ', '') : name.replace(/^(\w+-\w+-\d)[a-f]$/, '$1'))
}

/** Names of Azure's regions in its Japanese portal. */
const japanese: Record<string, string> = { 東日本: 'japaneast', 西日本: 'japanwest' }

interface Arn {
  region: string
  type: string
  id: string
}

/** `arn:aws:bedrock:ap-northeast-1:1234:inference-profile/jp.anthropic.claude` */
function arnOf(text: string): Arn | null {
  const match = /^arn:[a-z-]+:[a-z-]+:([a-z0-9-]*):[^:]*:([a-z-]+)[/:](.*)$/i.exec(text)
  return match === null ? null : { region: match[1]!, type: match[2]!, id: match[3]! }
}

/** The rule of a model id: an ARN is judged by its resource type first, then by the id after its last '/'. */
function ruleFor(rules: readonly ModelRule[], modelId: string): ModelRule | null {
  const arn = arnOf(modelId)
  const id = arn === null ? modelId : arn.id.slice(arn.id.lastIndexOf('/') + 1)
  const fitting = rules.filter(
    (rule) => (rule.arn === undefined || rule.arn === arn?.type) && id.startsWith(rule.prefix),
  )
  const order = (rule: ModelRule) => (rule.prefix === '' && rule.arn !== undefined ? 0.5 : rule.prefix.length)
  return fitting.sort((a, b) => order(b) - order(a))[0] ?? null
}

function escapeBySetting(value: string): Place['escape'] {
  return {
    factor: value,
    setting: true,
    en: `wherever the account is, its setting ${value} lets data be processed elsewhere`,
    ja: `アカウントのリージョンにかかわらず、設定 ${value} により別の場所で処理されることがあります`,
  }
}

function escapeBy(factor: string, value: string): Place['escape'] {
  const kind = factor === 'model' ? 'モデル' : 'デプロイの種類'
  return {
    factor: value,
    en: `the endpoint is in Japan, but the ${factor} ${value} lets data be processed outside it`,
    ja: `エンドポイントは日本にありますが、${kind} ${value} により日本国外で処理されることがあります`,
  }
}
