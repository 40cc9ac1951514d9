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

export interface Resources {
  names: SettingNames
  /** Endpoints by the file in which what decides them is written. */
  endpoints(resolver: EndpointResolver, environment: Environment): Map<string, SettingEndpoint[]>
}

const deepest = 6

export function createResources(catalogue: Catalogue, files: readonly ConfigFile[]): Resources {
  const kinds = kindsOf(catalogue)
  const below = new Map<string, Map<string, Setting[]>>()
  const names = createNames(files, outputsOf)

  function kindsFor({ resource, file }: FoundResource): Kind[] {
    return (kinds.get(resource.type.toLowerCase()) ?? []).filter(({ facts }) =>
      Object.entries(facts.when ?? {}).every(([key, wanted]) => {
        const found = attributes({ resource, file }, [key]).flatMap((setting) => names.values(setting))
        if (found.length === 0) return wanted.includes(null)
        return found.some(({ text }) => wanted.includes(text.toLowerCase()) || text.includes('${'))
      }),
    )
  }

  /** Settings of a resource under some keys, in their order. */
  function attributes({ resource, file }: FoundResource, keys: readonly string[]): Setting[] {
    let index = below.get(file.path)
    if (index === undefined) below.set(file.path, (index = indexOf(file)))
    const own = index.get(resource.path.join('\0')) ?? []
    return keys.flatMap((key) => {
      const wanted = key.toLowerCase().split('.')
      return own.filter(({ path }) => isAt(path.slice(resource.path.length), wanted))
    })
  }

  /** Regions that a resource may be in. Empty: nothing says. */
  function regionsOf(found: FoundResource, { facts }: Kind, depth = 0): readonly Resolved[] {
    const own = attributes(found, facts.region ?? []).flatMap((setting) => names.values(setting))
    if (own.length > 0 || depth > deepest) return own
    if (facts.providerRegion !== undefined && found.resource.provider !== null)
      return names.named(found.file.path, `${found.resource.provider}.${facts.providerRegion}`)
    const parent = parentOf(found, facts)
    const kind = parent === null ? undefined : kindsFor(parent)[0]
    return parent === null || kind === undefined ? [] : regionsOf(parent, kind, depth + 1)
  }

  function parentOf({ resource, file }: FoundResource, facts: ResourceFacts): FoundResource | null {
    if (resource.parent !== null) return names.resourceNamed(file.path, resource.parent)
    const [setting] = attributes({ resource, file }, facts.parent ?? [])
    return setting === undefined ? null : names.resourceOf(setting)
  }

  function outputsOf(found: FoundResource, attribute: string): readonly Resolved[] {
    for (const kind of kindsFor(found)) {
      const template = kind.facts.outputs?.[attribute]
      if (template === undefined) continue
      return regionsOf(found, kind).map((one) => ({ ...one, text: template.replace('{region}', one.text) }))
    }
    return []
  }

  return {
    names,
    endpoints(resolver, environment) {
      const byFile = new Map<string, SettingEndpoint[]>()
      const seen = new Set<string>()
      const add = (one: SettingEndpoint, factor: string) => {
        const { setting, endpoint } = one
        const key = [setting.file, setting.valueSpan.start, endpoint.provider?.id, factor].join('\0')
        if (seen.has(key)) return
        seen.add(key)
        byFile.set(setting.file, [...(byFile.get(setting.file) ?? []), one])
      }
      for (const file of files)
        for (const resource of file.resources ?? [])
          for (const kind of kindsFor({ resource, file })) judge({ resource, file }, kind, resolver, environment, add)
      return byFile
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
      const endpoint = resolver.ofPlace(place, from, one.setting.file)
      const settings = [one.setting, ...one.via]
      return { endpoint, setting: one.setting, settings, via: one.via, isNote: false, standsInFor: null }
    }
    const regions = regionsOf(found, kind)
    for (const one of regions) {
      const region = textOf(one)
      if (region === '' || facts.deployment === undefined || facts.region !== undefined)
        add(placed({ region: region.includes(hole) ? '' : region }, one), 'region')
    }
    const region = regions.map(textOf).find((text) => !text.includes(hole))
    const inRegion = region === undefined ? {} : { region }
    for (const one of attributes(found, facts.deployment ?? []).flatMap((setting) => names.values(setting))) {
      const deployment = textOf(one)
      const type = provider.deployments?.find(({ name }) => name.toLowerCase() === deployment.toLowerCase())
      if (type !== undefined && type.location !== 'host') add(placed({ ...inRegion, deployment }, one), 'deployment')
    }
    for (const one of attributes(found, facts.model ?? []).flatMap((setting) => names.values(setting))) {
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

/** Whether a path is at a key; positions in lists that the key does not name are passed over. */
function isAt(path: readonly string[], wanted: readonly string[]): boolean {
  let at = 0
  for (const part of path) {
    if (at < wanted.length && (wanted[at] === '*' || part.toLowerCase() === wanted[at])) at++
    else if (!/^\d+$/.test(part)) return false
  }
  return at === wanted.length
}
