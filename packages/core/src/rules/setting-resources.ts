/**
 * Resources of infrastructure code that set an AI service up, as the catalogue knows them: the region, the deployment type and the
 * model, each judged where its value is written, be it a variable's default in another file.
 */
import type { Provider, ResourceFacts } from '../catalog/catalogue.js'
import type { Catalogue } from '../catalog/load.js'
import { hole } from '../catalog/hosts.js'
import type { ConfigFile, Setting } from '../config/setting.js'
import type { EndpointResolver } from './endpoint.js'
import type { Environment } from './environment.js'
import type { SettingEndpoint } from './setting-endpoints.js'
import { createNames, type FoundResource, type Resolved, type SettingNames } from './setting-names.js'
import { withHoles } from './setting-scopes.js'

interface Kind {
  provider: Provider
  facts: ResourceFacts
}

interface Attribute {
  setting: Setting
  /** Keys below it, where it refers to an object that has them. */
  rest: readonly string[]
}

export interface Resources {
  names: SettingNames
  endpoints(resolver: EndpointResolver, environment: Environment): ResourceEndpoints
  accounts(environment: Environment): Account[]
}

/** An account of a service that infrastructure code sets up, with what is deployed in it. */
export interface Account {
  provider: Provider
  /** Names by which hosts call it. */
  names: readonly string[]
  regions: readonly string[]
  deployments: { name: string; type: string }[]
  file: string
}

export interface ResourceEndpoints {
  /** By the file in which what decides them is written. */
  byFile: ReadonlyMap<string, readonly SettingEndpoint[]>
  /** Settings that the catalogue has looked at, whatever they said: nobody else need guess what they mean. */
  looked: ReadonlySet<Setting>
}

const deepest = 6
/** Attributes under which an account says its name, the part of its host. */
const nameKeys = ['name', 'custom_subdomain_name', 'properties.customSubDomainName', 'custom-domain', 'n']

export function createResources(catalogue: Catalogue, files: readonly ConfigFile[]): Resources {
  const kinds = kindsOf(catalogue)
  const below = new Map<string, Map<string, Setting[]>>()
  const names = createNames(files, outputsOf)
  const looked = new Set<Setting>()

  function kindsFor({ resource, file }: FoundResource): Kind[] {
    return (kinds.get(resource.type.toLowerCase()) ?? []).filter(({ facts }) =>
      Object.entries(facts.when ?? {}).every(([key, wanted]) => {
        const values = valuesAt({ resource, file }, [key])
        if (values.length === 0) return wanted.includes(null)
        return values.some(({ text }) => wanted.includes(text.toLowerCase()) || text.includes('${'))
      }),
    )
  }

  /** What a resource says under some keys, in their order. */
  function attributes({ resource, file }: FoundResource, keys: readonly string[]): Attribute[] {
    let index = below.get(file.path)
    if (index === undefined) below.set(file.path, (index = indexOf(file)))
    const own = index.get(resource.path.join('\0')) ?? []
    return keys.flatMap((key) => {
      const wanted = key.split('.')
      return own.flatMap((setting) => {
        const rest = restAt(setting.path.slice(resource.path.length), wanted)
        return rest === null ? [] : [{ setting, rest }]
      })
    })
  }

  function valuesAt(found: FoundResource, keys: readonly string[] = []): Resolved[] {
    return attributes(found, keys).flatMap(({ setting, rest }) =>
      rest.length === 0 ? names.values(setting) : names.below(setting, rest),
    )
  }

  /** Regions that a resource may be in. Empty: nothing says. */
  function regionsOf(found: FoundResource, { facts }: Kind, depth = 0): readonly Resolved[] {
    const own = valuesAt(found, facts.region)
    if (own.length > 0 || depth > deepest) return own
    if (facts.providerRegion !== undefined && found.resource.provider !== null)
      return names.named(found.file.path, `${found.resource.provider}.${facts.providerRegion}`)
    const parent = parentOf(found, facts)
    const kind = parent === null ? undefined : kindsFor(parent)[0]
    return parent === null || kind === undefined ? [] : regionsOf(parent, kind, depth + 1)
  }

  function parentOf({ resource, file }: FoundResource, facts: ResourceFacts): FoundResource | null {
    if (resource.parent !== null) return names.resourceNamed(file.path, resource.parent)
    const [one] = attributes({ resource, file }, facts.parent ?? [])
    return one === undefined ? null : names.resourceOf(one.setting)
  }

  function outputsOf(found: FoundResource, attribute: string): readonly Resolved[] {
    for (const kind of kindsFor(found)) {
      const template = kind.facts.outputs?.[attribute]
      if (template === undefined) continue
      return regionsOf(found, kind).map((one) => ({ ...one, text: template.replace('{region}', one.text) }))
    }
    return []
  }

  function accounts(environment: Environment): Account[] {
    const found = new Map<string, Account>()
    const textsAt = (one: FoundResource, keys: readonly string[]) =>
      valuesAt(one, keys)
        .map(({ text, setting }) => withHoles(environment.filled(text, setting)))
        .filter((text) => text !== '' && !text.includes(hole))
    const accountOf = (one: FoundResource, kind: Kind): Account => {
      const key = `${one.file.path}\0${one.resource.name}`
      let known = found.get(key)
      if (known === undefined) {
        const regions = regionsOf(one, kind).map(({ text, setting }) => withHoles(environment.filled(text, setting)))
        const { provider } = kind
        known = { provider, names: textsAt(one, nameKeys), regions, deployments: [], file: one.file.path }
        found.set(key, known)
      }
      return known
    }
    for (const file of files)
      for (const resource of file.resources ?? [])
        for (const kind of kindsFor({ resource, file })) {
          if (kind.provider.deployments === undefined) continue
          if (kind.facts.deployment === undefined) accountOf({ resource, file }, kind)
          const parent = kind.facts.parent === undefined ? null : parentOf({ resource, file }, kind.facts)
          const parentKind = parent === null ? undefined : kindsFor(parent)[0]
          if (parent === null || parentKind === undefined) continue
          const { deployments } = accountOf(parent, parentKind)
          for (const name of textsAt({ resource, file }, ['name']))
            for (const type of textsAt({ resource, file }, kind.facts.deployment ?? []))
              deployments.push({ name, type })
        }
    return [...found.values()]
  }

  return {
    names,
    accounts,
    endpoints(resolver, environment) {
      const byFile = new Map<string, SettingEndpoint[]>()
      looked.clear()
      const seen = new Set<string>()
      const add = (one: SettingEndpoint, factor: string) => {
        const { setting, endpoint } = one
        const key = [setting.file, setting.valueSpan.start, endpoint.provider?.id, factor].join('\0')
        if (seen.has(key)) return
        seen.add(key)
        byFile.set(setting.file, [...(byFile.get(setting.file) ?? []), one])
      }
      const paths = new Set(files.map(({ path }) => path))
      // What a Bicep file beside it was compiled to says it a second time.
      const written = files.filter(({ path }) => !(path.endsWith('.json') && paths.has(path.replace(/json$/, 'bicep'))))
      for (const file of written)
        for (const resource of file.resources ?? [])
          for (const kind of kindsFor({ resource, file })) judge({ resource, file }, kind, resolver, environment, add)
      return { byFile, looked }
    },
  }

  function judge(
    found: FoundResource,
    kind: Kind,
    resolver: EndpointResolver,
    environment: Environment,
    add: (one: SettingEndpoint, factor: string) => void,
  ): void {
    const { facts, provider } = kind
    const textOf = (one: Resolved) => withHoles(environment.filled(one.text, one.setting))
    const from = `${found.resource.type} ${found.resource.name}`
    const placed = (query: { region?: string; model?: string; deployment?: string }, one: Resolved) => {
      const place = { region: null, model: null, deployment: null, ...query, provider: provider.id }
      const { file } = one.setting
      const endpoint = { ...resolver.ofPlace(place, from, file), environment: environment.of(file) }
      const settings = [one.setting, ...one.via]
      const factor = query.deployment ?? query.model ?? query.region
      return {
        ...{ endpoint, setting: one.setting, settings, via: one.via, isNote: false, standsInFor: null },
        ...{ label: labelOf(one.setting, found.resource.type), ...(factor === undefined ? {} : { factor }) },
      }
    }
    const regions = regionsOf(found, kind)
    const all = [...regions, ...valuesAt(found, facts.deployment), ...valuesAt(found, facts.model)]
    for (const one of all) for (const setting of [one.setting, ...one.via]) looked.add(setting)
    for (const one of regions) {
      const region = textOf(one)
      if (region === '' || facts.deployment === undefined || facts.region !== undefined)
        add(placed({ region: region.includes(hole) ? '' : region }, one), 'region')
    }
    const region = regions.map(textOf).find((text) => !text.includes(hole))
    const inRegion = region === undefined ? {} : { region }
    for (const one of valuesAt(found, facts.deployment)) {
      const deployment = textOf(one)
      const type = provider.deployments?.find(({ name }) => name.toLowerCase() === deployment.toLowerCase())
      if (type !== undefined && type.location !== 'host') add(placed({ ...inRegion, deployment }, one), 'deployment')
    }
    for (const one of valuesAt(found, facts.model)) {
      const model = textOf(one)
      const { endpoint, ...rest } = placed({ ...inRegion, model }, one)
      if (
        endpoint.escape !== null ||
        endpoint.undeclared !== null ||
        placed({ model }, one).endpoint.zone === 'foreign'
      )
        add({ endpoint, ...rest }, 'model')
    }
  }
}

/** `sku.name (azurerm_cognitive_deployment)` */
function labelOf({ path }: Setting, type: string): string {
  const keys = path.filter((part) => !/^#?\d+$/.test(part))
  return `${keys.slice(-2).join('.')} (${type})`
}

function kindsOf({ data }: Catalogue): Map<string, Kind[]> {
  const kinds = new Map<string, Kind[]>()
  for (const provider of data.providers)
    for (const facts of provider.resources ?? [])
      for (const type of facts.types) {
        const key = type.toLowerCase()
        kinds.set(key, [...(kinds.get(key) ?? []), { provider, facts }])
      }
  return kinds
}

/** Settings by the resource that they stand in: the innermost. */
function indexOf(file: ConfigFile): Map<string, Setting[]> {
  const index = new Map((file.resources ?? []).map(({ path }) => [path.join('\0'), [] as Setting[]]))
  const lengths = [...new Set((file.resources ?? []).map(({ path }) => path.length))].sort((a, b) => b - a)
  for (const setting of file.settings) {
    for (const length of lengths) {
      const own = length < setting.path.length ? index.get(setting.path.slice(0, length).join('\0')) : undefined
      if (own === undefined) continue
      own.push(setting)
      break
    }
  }
  return index
}

/**
 * What of a key is left at a path: nothing where the path is there, the rest where it ends before; null where it is elsewhere.
 * Positions in lists that the key does not name are passed over.
 */
function restAt(path: readonly string[], wanted: readonly string[]): readonly string[] | null {
  let at = 0
  for (const part of path) {
    if (at < wanted.length && (wanted[at] === '*' || part.toLowerCase() === wanted[at]!.toLowerCase())) at++
    else if (!/^\d+$/.test(part)) return null
  }
  return at === 0 ? null : wanted.slice(at)
}
