/** Endpoints that config files name by the catalogue's schemas: found, judged, and looked at together where one stands in for another. */
import type { ConfigEndpoint, ConfigSchema } from '../catalog/config-schema.js'
import { hole } from '../catalog/hosts.js'
import type { ConfigFile, Setting } from '../config/setting.js'
import type { Zone } from '../finding.js'
import { dirname } from '../link/paths.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'
import type { Environment } from './environment.js'
import { appliesTo, SettingScopes, type Found } from './setting-scopes.js'

export interface SettingEndpoint {
  endpoint: Endpoint
  /** What decides it, where a finding stands. */
  setting: Setting
  /** All settings that took part. */
  settings: readonly Setting[]
  /** Settings between what it decides and what decides it. */
  via?: readonly Setting[]
  /** What the setting is, where its key alone does not say; and what about it decides, where that is no host. */
  label?: string
  factor?: string
  /** Meant for people to choose from. */
  isNote: boolean
  /** Set where it takes over from one in Japan: what it stands in for. */
  standsInFor: string | null
}

export interface SchemaContext {
  schemas: readonly ConfigSchema[]
  resolver: EndpointResolver
  environment: Environment
  files: readonly ConfigFile[]
}

interface Named extends SettingEndpoint {
  name: string | null
}

const mostEndpoints = 2_000

/** All endpoints that a file's settings name, and those of files within its values. */
export function settingEndpoints(context: SchemaContext, file: ConfigFile): SettingEndpoint[] {
  const found = [...namedIn(context, file)]
  for (const { name, path } of file.inner ?? []) {
    const outer = new Map<Setting, Setting>()
    const settings = file.settings.flatMap((setting) => {
      if (setting.path.length <= path.length || !path.every((part, at) => part === setting.path[at])) return []
      const own = { ...setting, path: setting.path.slice(path.length) }
      outer.set(own, setting)
      return [own]
    })
    const placed = (setting: Setting) => outer.get(setting) ?? setting
    for (const one of namedIn(context, { ...file, path: `${file.path}/${name}`, settings }))
      found.push({ ...one, setting: placed(one.setting), settings: one.settings.map(placed) })
  }
  return found.slice(0, mostEndpoints)
}

function namedIn(context: SchemaContext, file: ConfigFile): SettingEndpoint[] {
  const found: SettingEndpoint[] = []
  for (const schema of context.schemas) {
    if (!appliesTo(schema, file)) continue
    const scopes = new SettingScopes(schema, file, context.environment, basesOf(schema, file, context.files))
    const named = schema.endpoints.flatMap((entry) =>
      scopes.places(entry.at).flatMap((place) => endpointsAt(context, scopes, entry, place)),
    )
    found.push(...named, ...standIns(schema, scopes, named))
  }
  return found.slice(0, mostEndpoints)
}

const paths = new WeakMap<readonly ConfigFile[], ReadonlyMap<string, ConfigFile>>()

function byPath(files: readonly ConfigFile[]): ReadonlyMap<string, ConfigFile> {
  let known = paths.get(files)
  if (known === undefined) paths.set(files, (known = new Map(files.map((file) => [file.path, file]))))
  return known
}

const PROFILE = /^(application|bootstrap)-[\w.-]+\.(\w+)$/

// application-prod.yml → application.yml, application.properties beside it
export function basesOf(schema: ConfigSchema, file: ConfigFile, files: readonly ConfigFile[]): ConfigFile[] {
  if (schema.profiles !== true) return []
  const folder = dirname(file.path)
  const name = PROFILE.exec(file.path.slice(folder === '' ? 0 : folder.length + 1))?.[1]
  if (name === undefined) return []
  const bases = ['properties', 'yml', 'yaml'].map(
    (extension) => `${folder === '' ? '' : `${folder}/`}${name}.${extension}`,
  )
  const known = byPath(files)
  return bases.flatMap((path) => known.get(path) ?? [])
}

function endpointsAt(
  { resolver }: SchemaContext,
  scopes: SettingScopes,
  entry: ConfigEndpoint,
  place: readonly string[],
): Named[] {
  const present = entry.present.map((key) => scopes.own(place, key)).find((setting) => setting !== null)
  if (present == null || !isMet(scopes, entry, place)) return []
  const models = foundIn(scopes, entry.model, place)
  const chosen = chosenBy(entry, models)
  if (chosen === null) return []
  const filled = fill(chosen.endpoint, scopes, place)
  const deployment = foundIn(scopes, entry.deployment, place)
  const model = models === null || models.text.includes(hole) ? null : models.text.slice(chosen.prefix.length)
  const parts = [...filled.parts, models, deployment].filter((part) => part !== null)
  const name =
    entry.name === undefined ? null : (scopes.find(nameScope(place, entry.name), lastOf(entry.name))?.text ?? null)
  const modelIds = model === null || model === '' ? [] : [model]
  return resolver
    .ofSettings(
      {
        text: filled.text,
        from: filled.parts.length > 0 ? filled.parts.map(({ from }) => from) : [`default of ${chosen.provider}`],
        environment: filled.parts.find((part) => part.environment !== null)?.environment ?? null,
        provider: chosen.provider,
        models: modelIds,
        deployment: deployment?.text ?? null,
      },
      scopes.file.path,
    )
    .map((endpoint) => routed(resolver, endpoint, chosen.provider, modelIds, scopes.file.path))
    .map((endpoint) => ({
      endpoint,
      setting: decidedBy(endpoint, filled, models, deployment, chosen.prefix !== '') ?? present,
      settings: [present, ...parts.flatMap(({ setting }) => (setting === null ? [] : [setting]))],
      isNote: entry.note === true,
      standsInFor: null,
      name,
    }))
}

/** Where no host is known, a model id that routes still says where it goes. */
function routed(
  resolver: EndpointResolver,
  endpoint: Endpoint,
  provider: string,
  models: readonly string[],
  file: string,
): Endpoint {
  if (endpoint.host !== null || endpoint.zone !== 'unknown' || models.length === 0) return endpoint
  const place = resolver.ofPlace({ provider, region: null, model: models[0]! }, endpoint.resolvedFrom[0] ?? '', file)
  return place.zone === 'foreign' || place.zone === 'designated' ? place : endpoint
}

// name: ../model_name: beside the place
function nameScope(place: readonly string[], name: string): readonly string[] {
  return name.startsWith('../') ? place.slice(0, -1) : place
}

function lastOf(name: string): string {
  return name.replace(/^\.\.\//, '')
}

export function isMet(scopes: SettingScopes, entry: ConfigEndpoint, place: readonly string[]): boolean {
  return Object.entries(entry.when ?? {}).every(([key, values]) =>
    values.includes(scopes.find(place, key)?.text.toLowerCase() ?? null),
  )
}

export function foundIn(
  scopes: SettingScopes,
  keys: readonly string[] | undefined,
  place: readonly string[],
): Found | null {
  for (const key of keys ?? []) {
    const found = scopes.find(place, key)
    if (found !== null) return found
  }
  return null
}

interface Chosen {
  provider: string
  endpoint: readonly string[]
  prefix: string
}

/** By the model's prefix where the entry knows some; null: it is nobody's. */
function chosenBy(entry: ConfigEndpoint, model: Found | null): Chosen | null {
  const own = { provider: entry.provider, endpoint: entry.endpoint, prefix: '' }
  if (entry.stringModels === undefined) return own
  const text = model?.text ?? ''
  const fitting = entry.stringModels.filter(({ prefix }) => text.startsWith(prefix))
  const best = fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0]
  if (best !== undefined) return best
  return entry.endpoint.length > 0 ? own : null
}

export interface Filled {
  /** null: no template's sources are there. */
  text: string | null
  parts: Found[]
}

/** The first template whose sources are all there. */
export function fill(templates: readonly string[], scopes: SettingScopes, place: readonly string[]): Filled {
  for (const template of templates) {
    const parts: Found[] = []
    let text: string | null = ''
    for (const piece of template.split(/(\{[^}]*\})/)) {
      const source = piece.startsWith('{') ? sourceOf(piece.slice(1, -1).split('|'), scopes, place) : piece
      if (source === null) text = null
      if (source === null || text === null) break
      if (typeof source === 'string') text += source
      else {
        parts.push(source)
        text += source.text
      }
    }
    if (text !== null) return { text: text.replace(/^(?:https?:\/\/)+(?=https?:\/\/)/, ''), parts }
  }
  return { text: null, parts: [] }
}

function sourceOf(sources: readonly string[], scopes: SettingScopes, place: readonly string[]): Found | string | null {
  for (const source of sources) {
    const colon = source.indexOf(':')
    const [kind, name] = [source.slice(0, colon), source.slice(colon + 1)]
    if (kind === 'default') return name
    if (kind === 'key') {
      const found = scopes.find(place, name)
      if (found !== null && found.text !== '') return found
    } else if (kind === 'env') {
      const bound = scopes.environment.values(name, scopes.file.path)[0]
      if (bound !== undefined)
        return {
          text: bound.value,
          setting: null,
          from: `environment ${name} (${bound.setting.file})`,
          environment: bound.environment,
        }
    }
  }
  return null
}

function decidedBy(
  endpoint: Endpoint,
  filled: Filled,
  model: Found | null,
  deployment: Found | null,
  byModel: boolean,
): Setting | null {
  const { escape } = endpoint
  if (escape !== null && deployment !== null && escape.factor.toLowerCase() === deployment.text.toLowerCase())
    return deployment.setting
  if (escape !== null && model?.text.endsWith(escape.factor) === true) return model.setting
  return filled.parts.at(-1)?.setting ?? (byModel ? (model?.setting ?? null) : null)
}

const inJapan: readonly Zone[] = ['edge', 'domestic', 'japan-region', 'japan-cross-region']

/** A fallback list, or a second endpoint of one name, that takes requests out of Japan. */
function standIns(schema: ConfigSchema, scopes: SettingScopes, named: readonly Named[]): SettingEndpoint[] {
  const found: SettingEndpoint[] = []
  const isOutside = ({ endpoint }: Named) => endpoint.zone === 'foreign' || endpoint.zone === 'designated'
  const isInside = ({ endpoint }: Named) => inJapan.includes(endpoint.zone)
  const insideBy = new Map<string | null, Named>()
  const outsideBy = new Map<string | null, Named>()
  for (const one of named) {
    const by = isInside(one) ? insideBy : isOutside(one) ? outsideBy : null
    if (by?.has(one.name) === false) by.set(one.name, one)
  }
  for (const one of named)
    if (one.name !== null && isOutside(one) && insideBy.has(one.name)) found.push({ ...one, standsInFor: one.name })
  const [anyInside] = insideBy.values()
  for (const fallback of named.length === 0 ? [] : (schema.fallbacks ?? [])) {
    for (const setting of scopes.file.settings) {
      const from = fallsBackFrom(fallback, setting)
      if (from === null || setting.value === null) continue
      const origin = from === '' ? anyInside : insideBy.get(from)
      const target = outsideBy.get(setting.value)
      if (origin !== undefined && target !== undefined)
        found.push({ ...target, setting, settings: [setting], standsInFor: origin.name })
    }
  }
  return found
}

/** Name of what falls back to a setting of the list; '' for all; null where the setting is in no such list. */
function fallsBackFrom({ at, from }: NonNullable<ConfigSchema['fallbacks']>[number], { path }: Setting): string | null {
  const wanted = at.split('.')
  const depth = wanted.length + (from === 'key' ? 2 : 1)
  if (path.length !== depth || !wanted.every((part, index) => part === '*' || part === path[index])) return null
  return from === 'all' ? '' : path[wanted.length]!
}
