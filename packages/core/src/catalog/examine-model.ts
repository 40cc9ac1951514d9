/**
 * What the catalogue knows of a model id alone: a prefix that routes (`jp.…`), an ARN, a router's id (`openrouter/…`). A bare name
 * tells nothing: the same weights run in many places.
 */
import type { Localized, Zone } from '../finding.js'
import type { Provider } from './catalogue.js'
import type { Examined } from './examine.js'
import type { Catalogue } from './load.js'
import { routedModel, usualService, type RoutedModel } from './routed-models.js'

const nothing = {
  kind: 'unknown',
  provider: null,
  zone: 'unknown',
  region: null,
  jurisdiction: null,
  undeclared: null,
} as const

export function examineModel(catalogue: Catalogue, id: string): Examined {
  if (id === '' || /\s/.test(id) || /^[a-z][a-z0-9+.-]*:\/\//i.test(id))
    return {
      ...nothing,
      subject: id,
      why: { en: 'This is no URL, host or model id.', ja: 'URL、ホスト、モデル ID のいずれでもありません。' },
    }
  const routed = routedModel(catalogue, id)
  const within = routed === null ? id : routed.model
  for (const provider of routed === null ? catalogue.data.providers : [routed.provider]) {
    const rule = ruleOf(provider, within)
    // what the id says of the way that a request takes wins over the place where it is asked
    if (rule !== null && (routed === null || rule.location !== 'host'))
      return byRule(catalogue, provider, rule, { id: within, subject: id })
  }
  if (routed !== null) return byRouter(routed, id)
  return byArn(catalogue, id) ?? { ...nothing, kind: 'model', subject: id, why: whyBare(catalogue, id) }
}

function byRule(
  catalogue: Catalogue,
  provider: Provider,
  rule: { prefix: string; location: string },
  { id, subject }: { id: string; subject: string },
): Examined {
  const region = /^arn:[a-z-]+:[a-z-]+:([a-z0-9-]*):/i.exec(id)?.[1] ?? null
  const place = catalogue.placeOf({ provider, location: rule.location === 'host' ? 'unknown' : 'JP', modelId: id })
  const home = rule.location === 'host' ? 'unknown' : place.zone
  return {
    kind: 'model',
    subject,
    provider,
    zone: home,
    region: region === '' ? null : region,
    jurisdiction: provider.operator.jurisdiction,
    why: whyModel(provider, rule.prefix, home, place.escape !== null),
    undeclared: place.undeclared,
  }
}

function byRouter({ provider, zone, region, undeclared, prefix, tools }: RoutedModel, subject: string): Examined {
  const where: Localized =
    region !== null
      ? { en: `it names the region ${region}`, ja: `リージョンは ${region}` }
      : zone === 'unknown'
        ? { en: 'the host and its region are given elsewhere', ja: 'ホストとリージョンは別に指定されます' }
        : { en: 'unless a host is given', ja: 'ホストの指定がない場合' }
  return {
    kind: 'model',
    subject,
    provider,
    zone,
    region,
    jurisdiction: provider.operator.jurisdiction,
    why: {
      en: `As ${listed(tools, 'en')} read it, ${prefix} means ${provider.name.en}, run by ${provider.operator.name}; ${where.en}. Zone: ${zone}.`,
      ja: `${listed(tools, 'ja')} では ${prefix} は ${provider.name.ja}(運営: ${provider.operator.name})を指します(${where.ja})。ゾーン: ${zone}。`,
    },
    undeclared,
  }
}

/** An ARN of a service whose host is made of the service's name and the region: `arn:aws:sagemaker:ap-northeast-1:…`. */
function byArn(catalogue: Catalogue, id: string): Examined | null {
  const [, service, region] = /^arn:aws[a-z-]*:([a-z-]+):([a-z0-9-]+):/i.exec(id) ?? []
  if (service === undefined || region === undefined) return null
  const matched = ['', 'runtime.']
    .map((before) => catalogue.matchHost(`${before}${service}.${region}.amazonaws.com`))
    .find((one) => one !== null)
  if (matched === undefined || matched === null) return null
  const { provider, host } = matched
  const place = catalogue.placeOf({ provider, host, region })
  return {
    kind: 'model',
    subject: id,
    provider,
    zone: place.zone,
    region,
    jurisdiction: place.jurisdiction,
    why: {
      en: `${provider.name.en}, run by ${provider.operator.name}; the ARN names the region ${region}. Zone: ${place.zone}.`,
      ja: `${provider.name.ja}(運営: ${provider.operator.name})。ARN のリージョンは ${region}。ゾーン: ${place.zone}。`,
    },
    undeclared: place.undeclared,
  }
}

function whyBare(catalogue: Catalogue, id: string): Localized {
  const usual = usualService(catalogue, id)
  const plain: Localized = {
    en: 'A model’s name does not say where it runs: the host, its region and its routing do. Check the endpoint instead.',
    ja: 'モデル名からは処理場所がわかりません。ホスト、リージョン、経路で決まります。エンドポイントを確認してください。',
  }
  if (usual === null) return plain
  const { provider, tools } = usual
  return {
    en: `${plain.en} Given the name alone, ${listed(tools, 'en')} send it to ${provider.name.en}.`,
    ja: `${plain.ja}モデル名だけを渡すと、${listed(tools, 'ja')} は ${provider.name.ja} に送信します。`,
  }
}

/** At most three of them. */
function listed(tools: readonly Localized[], locale: 'en' | 'ja'): string {
  const names = tools.slice(0, 3).map((tool) => tool[locale])
  return names.join(locale === 'ja' ? '、' : ', ')
}

/** The rule that a model id of this provider falls under; an ARN's resource type counts as well as its prefix. */
function ruleOf(provider: Provider, id: string): { prefix: string; location: string } | null {
  const arn = /^arn:[a-z-]+:([a-z-]+):[a-z0-9-]*:[^:]*:([a-z-]+)[/:](.*)$/i.exec(id)
  if (arn !== null && !/bedrock/.test(arn[1]!)) return null
  const bare = arn === null ? id : arn[3]!.slice(arn[3]!.lastIndexOf('/') + 1)
  const own = (provider.models ?? []).filter(({ setting }) => setting !== true)
  const rules = own.filter((rule) =>
    rule.arn === undefined ? rule.prefix !== '' && bare.startsWith(rule.prefix) : arn !== null && rule.arn === arn[2],
  )
  const best = [...rules].sort((a, b) => b.prefix.length - a.prefix.length)[0]
  return best === undefined ? null : { prefix: best.prefix, location: best.location }
}

function whyModel(provider: Provider, prefix: string, zone: Zone, leaves: boolean): Localized {
  const by = prefix === '' ? provider.name.en : `the prefix ${prefix}`
  const byJa = prefix === '' ? provider.name.ja : `接頭辞 ${prefix}`
  if (zone === 'unknown')
    return {
      en: `${provider.name.en}: the model id leaves the place to the host and its region, or hides it.`,
      ja: `${provider.name.ja}: モデル ID からは処理場所が決まりません(ホストとリージョンによる)。`,
    }
  return {
    en: `${provider.name.en}: ${by} decides the routing; called from a region in Japan it is ${zone}${leaves ? ', and leaves Japan' : ''}.`,
    ja: `${provider.name.ja}: ${byJa} が経路を決めます。日本のリージョンから呼び出した場合は ${zone}${leaves ? '(日本国外に出ます)' : ''}。`,
  }
}
