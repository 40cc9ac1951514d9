/**
 * What the catalogue knows of one text that somebody pastes: a URL or host, or a model id. The answer is what a scan would say of
 * it alone, with the reason. A name that only looks like a provider's is told from it.
 */
import type { Localized, Zone } from '../finding.js'
import type { Host, Provider } from './catalogue.js'
import { examineModel } from './examine-model.js'
import { isLocal, parseUrl } from './hosts.js'
import type { Catalogue } from './load.js'

export interface Examined {
  kind: 'host' | 'model' | 'unknown'
  /** As it was understood: the host in lower case, the model id. */
  subject: string
  provider: Provider | null
  zone: Zone
  region: string | null
  jurisdiction: string | null
  why: Localized
  /** What the policy must declare, where Japan is offered only by a setting that code cannot show. */
  undeclared: Localized | null
}

/** Schemes that services are spoken to by; `gs://`, `s3://` name what is stored. */
const spoken = /^(?:https?|wss?|grpcs?|unix)$/

/** What is known of a URL, host or model id. `text` is anything a user may paste. */
export function examine(catalogue: Catalogue, text: string): Examined {
  const given = text.trim()
  const url = parseUrl(given)
  if (url !== null && url.scheme !== null && !spoken.test(url.scheme)) return examineModel(catalogue, given)
  const matched = url === null ? null : catalogue.matchHost(url.host, url.path)
  if (url !== null && matched === null && !isModelId(given) && looksWritten(given, url.host))
    return isLocal(url.host) ? ownHost(url.host) : unknownHost(catalogue, url.host)
  if (url === null || matched === null) return examineModel(catalogue, given)
  const { provider, host, captures } = matched
  const place = catalogue.placeOf({ provider, host, region: captures.region ?? null })
  return {
    kind: 'host',
    subject: url.host,
    provider,
    zone: place.zone,
    region: place.region,
    jurisdiction: place.jurisdiction,
    why: whyHost(provider, host, place.zone, place.region),
    undeclared: place.undeclared,
  }
}

/** A bare word is no host, unless it is written as one. */
function looksWritten(text: string, host: string): boolean {
  return (
    host.includes('.') ||
    host.includes(':') ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
    /:\d+/.test(text) ||
    host === 'localhost'
  )
}

/** `jp.anthropic.claude-sonnet-4-5-20250929-v1:0`, an ARN, `gpt-5.2`: dots without a top-level domain. */
function isModelId(text: string): boolean {
  if (/^arn:/i.test(text)) return true
  if (/[/@\s]|^[a-z]+:\/\//i.test(text)) return false
  const last = text.split('.').at(-1)!
  return (
    /^[a-z]/i.test(text) &&
    (/^[a-z0-9]+-|-v\d+(?::\d+)?$/i.test(last) || /^\d+(?:[-:]|$)/.test(last)) &&
    !/^\d+(?:\.\d+){3}/.test(text)
  )
}

function ownHost(host: string): Examined {
  return {
    kind: 'host',
    subject: host,
    provider: null,
    zone: 'edge',
    region: null,
    jurisdiction: null,
    why: {
      en: 'The host is this machine or an own network: loopback, a private address, or a name that only such a network resolves.',
      ja: 'このホストは自端末または自組織のネットワークです(ループバック、プライベートアドレス、内部でのみ解決される名前)。',
    },
    undeclared: null,
  }
}

function unknownHost(catalogue: Catalogue, host: string): Examined {
  const like = lookalike(catalogue, host)
  const partly = below(catalogue, host)
  const why: Localized =
    partly !== null
      ? {
          en: `Only ${partly.paths.join(', ')} of this host is an AI service (${partly.provider.name.en}); check the whole URL.`,
          ja: `このホストで AI サービスなのは ${partly.paths.join('、')} 以下だけです(${partly.provider.name.ja})。URL 全体で確認してください。`,
        }
      : like === null
        ? {
            en: 'No provider of the catalogue has this host. Declare it under `destinations` with its zone and evidence.',
            ja: 'カタログに該当するプロバイダーはありません。ゾーンと証跡を付けて destinations に宣言してください。',
          }
        : {
            en: `The host only looks like ${like}: it belongs to whoever runs ${registered(host)}. Declare it under \`destinations\` if it is yours.`,
            ja: `${like} に似ていますが別のホストです(${registered(host)} の管理者のもの)。自社のものであれば destinations に宣言してください。`,
          }
  return {
    kind: 'host',
    subject: host,
    provider: null,
    zone: 'unknown',
    region: null,
    jurisdiction: null,
    why,
    undeclared: null,
  }
}

/** The paths below which a host that serves other things too is an AI service. */
function below(catalogue: Catalogue, host: string): { provider: Provider; paths: string[] } | null {
  for (const provider of catalogue.data.providers) {
    const paths = provider.hosts.flatMap((known) => {
      const path = known.path?.replaceAll('*', 'x')
      return path !== undefined && catalogue.matchHost(host, path)?.host === known ? [known.path!] : []
    })
    if (paths.length > 0) return { provider, paths: [...new Set(paths)] }
  }
  return null
}

/** A provider's host that stands inside another's. */
function lookalike(catalogue: Catalogue, host: string): string | null {
  for (const { hosts } of catalogue.data.providers)
    for (const { host: known } of hosts)
      if (
        !/[{*]/.test(known) &&
        known.includes('.') &&
        host !== known &&
        (host.includes(known) || host.startsWith(`${known}.`))
      )
        return known
  return null
}

function registered(host: string): string {
  const labels = host.split('.')
  const size = /^(?:co|or|ne|ac|go|com|org|net)$/.test(labels.at(-2) ?? '') ? 3 : 2
  return labels.slice(-size).join('.')
}

function whyHost(provider: Provider, host: Host, zone: Zone, region: string | null): Localized {
  const { operator } = provider
  const law = operator.jurisdiction ?? '?'
  const where: Localized =
    region !== null && host.location === '{region}'
      ? { en: `the host names the region ${region}`, ja: `ホスト名のリージョンは ${region}` }
      : places(host.location)
  return {
    en: `${provider.name.en}, run by ${operator.name} (${law}); ${where.en}. Zone: ${zone}.`,
    ja: `${provider.name.ja}(運営: ${operator.name}、${law})。${where.ja}。ゾーン: ${zone}。`,
  }
}

function places(location: string): Localized {
  if (location === 'global')
    return {
      en: 'the host is served from outside Japan or from anywhere',
      ja: 'このホストの処理場所は国外、または特定されません',
    }
  if (location === 'JP') return { en: 'the host is in Japan', ja: 'このホストは日本国内です' }
  if (location === 'local') return { en: 'it runs where the program runs', ja: 'プログラムと同じ環境で動作します' }
  if (location === 'japan-cross-region')
    return { en: 'requests are routed within Japan', ja: '要求は日本国内のリージョン間で処理されます' }
  if (location === 'unknown' || location === '{region}')
    return { en: 'the host does not tell where it is', ja: 'ホスト名だけでは処理場所がわかりません' }
  return { en: `the host is in ${location}`, ja: `このホストの所在は ${location}` }
}
