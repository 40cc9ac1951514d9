/**
 * Settings that choose an AI service's place without a schema that knows the tool: a region under a key that names a service
 * (`modelRegion: us-east-1`, `cognitive_service: { region: swedencentral }`), and the id of an inference profile that routes elsewhere
 * (`us.anthropic.claude-…`). Words are compared as token sequences, values as whole names.
 */
import type { ConfigWords } from '../catalog/config-schema.js'
import type { Catalogue } from '../catalog/load.js'
import { singular, tokenize } from '../catalog/tokens.js'
import type { Resource, Setting } from '../config/setting.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'

export interface WordRule {
  /** Service of a setting's keys, as seen from what they stand in, and region named by the value. */
  place(setting: Setting, value: string, around: () => Resource | null): { provider: string; region: string } | null
  /** `prose`: for people to read; `choice`: one of several that may be chosen; null: what it says. */
  role(setting: Setting): 'prose' | 'choice' | null
  /** Its key, with the one above where its own says nothing. */
  name(setting: Setting): string
  /** Provider whose model id, with a prefix that routes, the value is. */
  profile(value: string): string | null
}

export function ofWords(
  rule: WordRule,
  resolver: EndpointResolver,
  setting: Setting,
  value: string,
  around: () => Resource | null,
): Endpoint | null {
  if (value === '' || value.length > 200) return null
  const from = setting.path.join('.')
  const provider = rule.profile(value)
  if (provider !== null) return settled(resolver.ofPlace({ provider, region: null, model: value }, from, setting.file))
  const place = rule.place(setting, value, around)
  return place === null ? null : settled(resolver.ofPlace({ ...place, model: null }, from, setting.file))
}

/** Only what is known to be abroad is worth a word: nothing else says that a service is there. */
function settled(endpoint: Endpoint): Endpoint | null {
  return endpoint.zone === 'foreign' || endpoint.zone === 'designated' ? endpoint : null
}

export function createWordRule({ data, providerById }: Catalogue): WordRule {
  const { services, regionKeys, wrappers, modelVendors } = data.configWords
  const regions = new Map<string, ReadonlySet<string>>()
  for (const id of new Set(services.flatMap(({ providers }) => providers))) {
    const table = providerById(id)?.regions
    const names = Object.keys(table === undefined ? {} : (data.regions[table] ?? {}))
    regions.set(id, new Set(names))
  }
  const all = new Set([...regions.values()].flatMap((names) => [...names]))
  const [prose, choices] = [new Set(data.configWords.prose), new Set(data.configWords.choices)]
  const pages = new Set(data.configWords.pages)
  const isPage = (url: string) =>
    /^https?:/i.test(url) &&
    url
      .split(/[/?#]/)
      .slice(3)
      .some((segment) => pages.has(segment.toLowerCase()))
  const profiles = profilePatterns(data.providers, modelVendors)
  return {
    role({ path, value }) {
      if (isPage(value ?? '')) return 'prose'
      const keys = path.map((part) => part.toLowerCase().replace(/[-_]/g, ''))
      if (keys.some((key) => prose.has(key))) return 'prose'
      return keys.some((key, at) => choices.has(key) && /^\d+$/.test(keys[at + 1] ?? '')) ? 'choice' : null
    },
    name({ path, environment }) {
      if (environment !== null) return environment
      const keys = path.filter((part) => !/^\d+$/.test(part))
      return keys.slice(wrappers.includes(keys.at(-1)?.toLowerCase() ?? '') ? -2 : -1).join('.')
    },
    place(setting, value, around) {
      const region = regionOf(value)
      if (!all.has(region)) return null
      // What a resource is says more than what it is called: a network for OpenAI is no service.
      const within = around()
      const path = within === null ? setting.path : [within.type, ...setting.path.slice(within.path.length)]
      const keys = path.filter((part) => !/^\d+$/.test(part))
      if (keys.length > 1 && wrappers.includes(keys.at(-1)!.toLowerCase())) keys.pop()
      // - { name: BEDROCK_REGION, value: us-east-1 }
      if (setting.environment !== null && keys.at(-1) !== setting.environment) keys.push(setting.environment)
      const last = tokenize(keys.at(-1) ?? '').map(singular)
      // aws_region_name, locationId
      while (last.length > 1 && /^(?:name|id|code)$/.test(last.at(-1)!)) last.pop()
      if (!regionKeys.includes(last.at(-1) ?? '')) return null
      const provider = serviceOf(services, keys, (id) => regions.get(id)!.has(region))
      return provider === null ? null : { provider, region }
    },
    profile: (value) => profiles.find(({ pattern }) => pattern.test(value))?.provider ?? null,
  }
}

/** `East US` and `eastus` are one. */
function regionOf(value: string): string {
  const text = value.toLowerCase()
  return text.includes(' ') ? text.replaceAll(' ', '') : text
}

/** The nearest key that names a service whose regions hold the value. */
function serviceOf(
  services: ConfigWords['services'],
  keys: readonly string[],
  holds: (provider: string) => boolean,
): string | null {
  for (const key of [...keys].reverse().slice(0, 3)) {
    const tokens = tokenize(key).map(singular)
    for (const { words, providers } of services) {
      const at = tokens.findIndex((_, index) => words.every((word, offset) => tokens[index + offset] === word))
      const provider = at < 0 ? undefined : providers.find(holds)
      if (provider !== undefined) return provider
    }
  }
  return null
}

function profilePatterns(providers: Catalogue['data']['providers'], vendors: readonly string[]) {
  return providers.flatMap(({ id, models = [] }) => {
    const prefixes = models.flatMap(({ prefix, arn }) =>
      arn === undefined && /^[a-z-]+\.$/.test(prefix) ? [prefix.slice(0, -1)] : [],
    )
    if (prefixes.length === 0) return []
    const start = `(?:arn:aws[\\w-]*:bedrock:[\\w-]*:\\d*:inference-profile/)?`
    return [
      {
        provider: id,
        pattern: new RegExp(
          `^${start}(?:${prefixes.join('|')})\\.(?:${vendors.join('|')})\\.[\\w.-]+(?::\\d+(?::\\w+)?)?$`,
        ),
      },
    ]
  })
}
