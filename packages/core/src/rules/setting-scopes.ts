/**
 * Settings of a file as a schema sees them: groups of keys below one place, looked up by the schema's own spelling, with what a
 * profile's base file and the environment give where the file is silent.
 */
import { hole } from '../catalog/hosts.js'
import type { ConfigSchema } from '../catalog/config-schema.js'
import type { ConfigFile, Setting } from '../config/setting.js'
import { matchesGlob } from '../policy/glob.js'
import type { Environment } from './environment.js'

/** A value found for a key. */
export interface Found {
  text: string
  /** null: given by the environment alone. */
  setting: Setting | null
  from: string
  environment: string | null
}

const SEPARATOR = '\0'

export function appliesTo(schema: ConfigSchema, file: ConfigFile): boolean {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const named = schema.files.some((glob) =>
    glob.includes('/') ? matchesGlob(glob.replace(/^\//, ''), file.path) : matchesGlob(glob, name),
  )
  if (!named || schema.holds === undefined) return named
  const wanted = schema.holds.map((key) => key.split('.'))
  return file.settings.some(({ path }) => wanted.some((key) => key.every((part, at) => isPart(part, path[at]))))
}

function isPart(pattern: string, part: string | undefined): boolean {
  return part !== undefined && (pattern === '*' || pattern === part)
}

export class SettingScopes {
  readonly #byPath = new Map<string, Setting>()
  readonly #bases: readonly SettingScopes[]

  constructor(
    readonly schema: ConfigSchema,
    readonly file: ConfigFile,
    readonly environment: Environment,
    /** Files that hold where this one is silent. */
    bases: readonly ConfigFile[] = [],
  ) {
    for (const setting of file.settings) {
      if (setting.value === null) continue
      const key = setting.path.map((part) => this.#folded(part)).join(SEPARATOR)
      if (!this.#byPath.has(key)) this.#byPath.set(key, setting)
    }
    this.#bases = bases.map((base) => new SettingScopes(schema, base, environment))
  }

  #folded(part: string): string {
    return this.schema.relaxed === true ? part.toLowerCase().replace(/[-_]/g, '') : part
  }

  /** Places that a pattern stands for, as the file spells them. */
  places(at: string): string[][] {
    if (at === '') return [[]]
    const wanted = at.split('.')
    const places = new Map<string, string[]>()
    for (const { path } of this.file.settings) {
      if (path.length < wanted.length) continue
      if (!wanted.every((part, index) => part === '*' || this.#folded(part) === this.#folded(path[index]!))) continue
      const place = path.slice(0, wanted.length)
      places.set(place.map((part) => this.#folded(part)).join(SEPARATOR), place)
    }
    return [...places.values()]
  }

  /** Whether the file itself has a setting at or below a key. */
  own(place: readonly string[], key: string): Setting | null {
    const wanted = [...place, ...keyOf(key)].map((part) => this.#folded(part))
    const exact = this.#byPath.get(wanted.join(SEPARATOR))
    if (exact !== undefined) return exact
    const below = this.file.settings.find(
      ({ path }) =>
        path.length > wanted.length && wanted.every((part, at) => part === '*' || part === this.#folded(path[at]!)),
    )
    return below ?? null
  }

  /** The value of a key below a place; `/key` is looked up from the root. */
  find(place: readonly string[], key: string): Found | null {
    const path = key.startsWith('/') ? key.slice(1).split('.') : [...place, ...keyOf(key)]
    return this.#inFiles(path) ?? this.#inEnvironment(path)
  }

  #inFiles(path: readonly string[]): Found | null {
    const setting = this.#byPath.get(path.map((part) => this.#folded(part)).join(SEPARATOR))
    if (setting !== undefined) return this.#filled(setting)
    for (const base of this.#bases) {
      const found = base.#inFiles(path)
      if (found !== null) return found
    }
    return null
  }

  // spring.ai.openai.base-url is SPRING_AI_OPENAI_BASEURL, and SPRING_AI_OPENAI_BASE_URL too
  #inEnvironment(path: readonly string[]): Found | null {
    if (this.schema.relaxed !== true) return null
    const spelled = path.map((part) => part.toUpperCase())
    const names = ['_', ''].map((dash) => spelled.map((part) => part.replaceAll('-', dash)).join('_'))
    for (const name of new Set(names)) {
      const bound = this.environment.values(name, this.file.path)[0]
      if (bound !== undefined)
        return {
          text: withHoles(bound.value),
          setting: null,
          from: `environment ${name} (${bound.setting.file})`,
          environment: bound.environment,
        }
    }
    return null
  }

  #filled(setting: Setting): Found {
    const { environmentPrefix } = this.schema
    const written = setting.value!
    const from = `${setting.path.join('.')} (${setting.file})`
    if (environmentPrefix !== undefined && written.startsWith(environmentPrefix)) {
      const name = written.slice(environmentPrefix.length)
      const bound = this.environment.values(name, setting.file)[0]
      const text = bound === undefined ? hole : withHoles(bound.value)
      return { text, setting, from, environment: bound?.environment ?? null }
    }
    return { text: withHoles(this.environment.expanded(setting, setting.file)), setting, from, environment: null }
  }
}

/** References that nothing fills are not known. */
export function withHoles(text: string): string {
  return text
    .trim()
    .replace(/\$?\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|%\([\w.]+\)s|<[^<>]{1,60}>/g, hole)
}

/** `.` is the place itself. */
function keyOf(key: string): string[] {
  return key === '.' ? [] : key.split('.')
}
