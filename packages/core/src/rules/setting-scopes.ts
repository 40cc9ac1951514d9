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

/** The keys of a file as a tree, as a schema spells them. */
interface Key {
  /** As the file spells it. */
  name: string
  below: Map<string, Key>
  setting: Setting | null
  /** The first setting at or below it. */
  first: Setting
}

type Keys = Map<string, Key>

const exactKeys = new WeakMap<ConfigFile, Keys>()
const relaxedKeys = new WeakMap<ConfigFile, Keys>()

/** Made once a file and spelling. */
function keysOf(file: ConfigFile, relaxed: boolean): Keys {
  const made = relaxed ? relaxedKeys : exactKeys
  let keys = made.get(file)
  if (keys !== undefined) return keys
  keys = new Map()
  for (const setting of file.settings) {
    let level = keys
    // `spring.ai.openai.base-url: …` as one key of YAML
    const path = relaxed ? setting.path.flatMap((part) => part.split('.')) : setting.path
    for (const [at, name] of path.entries()) {
      const spelled = folded(name, relaxed)
      let key = level.get(spelled)
      if (key === undefined) level.set(spelled, (key = { name, below: new Map(), setting: null, first: setting }))
      if (at === path.length - 1 && setting.value !== null) key.setting ??= setting
      level = key.below
    }
  }
  made.set(file, keys)
  return keys
}

function folded(part: string, relaxed: boolean): string {
  return relaxed ? part.toLowerCase().replace(/[-_]/g, '') : part
}

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
  readonly #keys: Keys
  readonly #relaxed: boolean
  readonly #bases: readonly SettingScopes[]

  constructor(
    readonly schema: ConfigSchema,
    readonly file: ConfigFile,
    readonly environment: Environment,
    /** Files that hold where this one is silent. */
    bases: readonly ConfigFile[] = [],
  ) {
    this.#relaxed = schema.relaxed === true
    this.#keys = keysOf(file, this.#relaxed)
    this.#bases = bases.map((base) => new SettingScopes(schema, base, environment))
  }

  #key(path: readonly string[]): Key | null {
    let level: Keys | undefined = this.#keys
    let key: Key | undefined
    for (const part of path) {
      key = level?.get(folded(part, this.#relaxed))
      level = key?.below
    }
    return key ?? null
  }

  /** Places that a pattern stands for, as the file spells them. */
  places(at: string): string[][] {
    if (at === '') return [[]]
    if (at.includes('|')) return at.split('|').flatMap((one) => this.places(one))
    let found: { path: string[]; below: Keys }[] = [{ path: [], below: this.#keys }]
    for (const part of at.split('.')) {
      const spelled = folded(part, this.#relaxed)
      found = found.flatMap(({ path, below }) =>
        (part === '*' ? [...below.values()] : [below.get(spelled)]).flatMap((key) =>
          key === undefined ? [] : [{ path: [...path, key.name], below: key.below }],
        ),
      )
    }
    return found.map(({ path }) => path)
  }

  /** The file's own setting at a key, or the first below it. */
  own(place: readonly string[], key: string): Setting | null {
    const found = this.#key([...place, ...keyOf(key)])
    return found === null ? null : (found.setting ?? found.first)
  }

  /** The value of a key below a place; `/key` is looked up from the root. */
  find(place: readonly string[], key: string): Found | null {
    const path = key.startsWith('/') ? key.slice(1).split('.') : [...place, ...keyOf(key)]
    return this.#inFiles(path) ?? this.#inEnvironment(path)
  }

  #inFiles(path: readonly string[]): Found | null {
    const setting = this.#key(path)?.setting ?? null
    if (setting !== null) return this.#filled(setting)
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
