/**
 * Clients that a container sets up by itself: the program only asks for their type. Which service they speak to is told by the
 * libraries that the build names (a starter) and by the settings that the container reads; where these are silent, by the defaults.
 */
import type { ConfigEndpoint, ConfigSchema } from '../catalog/config-schema.js'
import type { ConfigFile } from '../config/setting.js'
import { dirname } from '../link/paths.js'
import type { Instance } from '../solve/value.js'
import type { SettledSettings } from './endpoint.js'
import type { Environment } from './environment.js'
import { basesOf, fill, foundIn, isMet } from './setting-endpoints.js'
import { appliesTo, SettingScopes } from './setting-scopes.js'
import { isTestPath } from './test-paths.js'

export interface Wiring {
  /** What a container would set up where code asks for such a client; nothing where neither build nor settings tell. */
  settled(instance: Instance, file: string): readonly SettledSettings[]
}

interface Manifest {
  path: string
  text: string
}

interface Way {
  schema: ConfigSchema
  entry: ConfigEndpoint
  /** The build file that names its library. */
  from: string | null
}

const mostFiles = 6

export function createWiring(
  schemas: readonly ConfigSchema[],
  files: readonly ConfigFile[],
  manifests: readonly Manifest[],
  environment: Environment,
  isGeneral: (provider: string) => boolean,
): Wiring {
  const builds = manifests.map(({ path, text }) => ({ path, named: librariesIn(text), own: nameOf(path, text) }))

  function settled(instance: Instance, file: string): readonly SettledSettings[] {
    const { wired } = instance.client
    if (wired === undefined || instance.wanted !== true) return []
    const own = (entry: ConfigEndpoint) => isGeneral(instance.provider) || entry.provider === instance.provider
    const ways = schemas
      .filter(({ id }) => wired.by.includes(id))
      .flatMap((schema) => chosen(schema, wired.as, file))
      .filter(({ entry }) => own(entry))
    const byName = ways.filter(({ entry }) => instance.asked !== undefined && entry.beans?.includes(instance.asked))
    return (byName.length > 0 ? byName : ways).flatMap((way) => settledBy(way, wired.as, file))
  }

  /** The endpoints of a schema that are set up: those whose library the nearest build names, else those that settings speak of. */
  function chosen(schema: ConfigSchema, as: string, file: string): Way[] {
    const fitting = schema.endpoints.filter(({ wires }) => wires?.includes(as) === true)
    const starters = new Set(schema.endpoints.flatMap((entry) => entry.starters ?? []))
    const naming = builds.filter(({ named }) => [...starters].some((starter) => named.has(starter)))
    const nearest = usedBy(naming, file)
    if (nearest.length > 0)
      return fitting.flatMap((entry) => {
        const build = nearest.find(({ named }) => entry.starters?.some((starter) => named.has(starter)))
        return build === undefined ? [] : [{ schema, entry, from: build.path }]
      })
    const settings = settingsOf(schema, file)
    return fitting
      .filter((entry) => settings.some((one) => isPresent(schema, entry, one)))
      .map((entry) => ({
        schema,
        entry,
        from: null,
      }))
  }

  /** Builds around a file; else those that take the file's own build as a library; all, where it is of none. */
  function usedBy(naming: typeof builds, file: string): typeof builds {
    const around = near(naming, file).filter((one) => isAround(one.path, file))
    const own = near(builds, file).filter((one) => isAround(one.path, file))
    if (around.length > 0 || own.length === 0) return around.length > 0 ? around : naming
    return naming.filter(({ named }) => own.some((one) => one.own.some((name) => named.has(name))))
  }

  function isPresent(schema: ConfigSchema, entry: ConfigEndpoint, file: ConfigFile): boolean {
    const scopes = new SettingScopes(schema, file, environment)
    return scopes.places(entry.at).some((place) => entry.present.some((key) => scopes.own(place, key) !== null))
  }

  function settingsOf(schema: ConfigSchema, file: string): ConfigFile[] {
    const fitting = files.filter((one) => appliesTo(schema, one) && !isTestPath(one.path) && one.example !== true)
    const around = near(fitting, file).filter((one) => isAround(one.path, file))
    const own = near(builds, file).filter((one) => isAround(one.path, file))
    const users = builds.filter(({ named }) => own.some((one) => one.own.some((name) => named.has(name))))
    const theirs = fitting.filter((one) => users.some(({ path }) => rootOf(path) === rootOf(one.path)))
    const found = around.length > 0 ? around : theirs.length > 0 ? theirs : own.length > 0 ? [] : fitting
    return found.slice(0, mostFiles)
  }

  /** By each settings file that speaks of it; by an empty one, where none does. */
  function settledBy({ schema, entry, from }: Way, as: string, file: string): SettledSettings[] {
    const near = settingsOf(schema, file)
    const bases = near.filter((one) => basesOf(schema, one, files).length === 0)
    const profiles = near.filter((one) => basesOf(schema, one, files).length > 0)
    const nothing: ConfigFile = { path: file, format: '', settings: [], gaps: [] }
    const said = profiles.filter((one) => new SettingScopes(schema, one, environment).places(entry.at).length > 0)
    return [...(bases.length > 0 ? bases : [nothing]), ...said].flatMap((one) => {
      const scopes = new SettingScopes(schema, one, environment, basesOf(schema, one, files))
      return placesFor(scopes, entry, as).flatMap((place) => settledAt(scopes, entry, place, from))
    })
  }

  function settledAt(
    scopes: SettingScopes,
    entry: ConfigEndpoint,
    place: readonly string[],
    build: string | null,
  ): SettledSettings[] {
    if (!isMet(scopes, entry, place)) return []
    const filled = fill(entry.endpoint, scopes, place)
    const model = foundIn(scopes, entry.model, place)
    const deployment = foundIn(scopes, entry.deployment, place)
    const said = filled.parts.length > 0 ? filled.parts.map((part) => part.from) : [`default of ${entry.provider}`]
    return [
      {
        text: filled.text,
        from: build === null ? said : [...said, build],
        environment: filled.parts.find((part) => part.environment !== null)?.environment ?? profileOf(scopes.file.path),
        provider: entry.provider,
        models: model === null ? [] : [model.text],
        deployment: deployment?.text ?? null,
      },
    ]
  }

  return { settled }
}

/** Where an entry's keys stand: its own place, or those of many that are meant for the purpose (`chat-model`, `streaming-chat-model`). */
function placesFor(scopes: SettingScopes, entry: ConfigEndpoint, as: string): readonly (readonly string[])[] {
  if (!entry.at.endsWith('.*')) return [entry.at.split('.')]
  const found = scopes.places(entry.at).filter((place) => place.at(-1)!.includes(as))
  return found.length > 0 ? found : [[...entry.at.split('.').slice(0, -1), as]]
}

function profileOf(path: string): string | null {
  return /\/?(?:application|bootstrap)-([\w.-]+)\.\w+$/.exec(path)?.[1] ?? null
}

/** The folder of the build that a settings or build file is of. */
function rootOf(path: string): string {
  return dirname(path).replace(/(?:^|\/)(?:src\/main\/resources|gradle)(?:\/.*)?$/, '')
}

function isAround(path: string, file: string): boolean {
  const folder = rootOf(path)
  return folder === '' || file.startsWith(`${folder}/`)
}

/** Those in the innermost folder around a file; where none is around it, all. */
function near<T extends { path: string }>(all: readonly T[], file: string): T[] {
  const depth = ({ path }: T) =>
    isAround(path, file)
      ? rootOf(path)
          .split('/')
          .filter((part) => part !== '').length
      : -1
  const deepest = Math.max(-1, ...all.map(depth))
  return all.filter((one) => depth(one) === deepest)
}

/** What others call the library that a build makes: its folder, its artifact. */
function nameOf(path: string, text: string): string[] {
  const folder = rootOf(path).split('/').at(-1)!
  const own = text.replace(/<(parent|dependencies|dependencyManagement|build|profiles)>[\s\S]*?<\/\1>/g, '')
  const artifact = /<artifactId>\s*([\w.-]+)\s*<\/artifactId>/.exec(own)?.[1]
  return [folder, artifact ?? ''].filter((name) => name !== '')
}

/** Names of libraries that a build file gives to the program; what is commented out is not there. */
function librariesIn(text: string): ReadonlySet<string> {
  const code = text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*|^[ \t]*#[^\n]*/gm, '')
  const names = new Set<string>()
  // libs.spring.ai.starter.model.openai is spring-ai-starter-model-openai
  for (const [name] of code.matchAll(/[A-Za-z][\w-]*(?:[.-][\w-]+)*/g)) {
    names.add(name)
    if (name.includes('.')) names.add(name.replace(/^libs\./, '').replaceAll('.', '-'))
  }
  return names
}
