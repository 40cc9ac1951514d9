/**
 * Names that settings give and refer to: Terraform's variables, Bicep's parameters, a chart's values. A value `${name}` is what its
 * scope gives the name, through modules, from file to file. Bounded: what is over a bound stays `${name}`, which nobody knows.
 */
import type { ConfigFile, Resource, Setting } from '../config/setting.js'

/** A value with its references filled. */
export interface Resolved {
  text: string
  /** What decides it: where the value is written. */
  setting: Setting
  /** Settings on the way from the first to the one that decides, in the order of asking. */
  via: readonly Setting[]
  /** Settings that gave parts of it. */
  parts?: readonly Setting[]
}

export interface FoundResource {
  resource: Resource
  file: ConfigFile
}

export interface SettingNames {
  /** Values that a setting may have. */
  values(setting: Setting): readonly Resolved[]
  /** Values of what stands below a setting that refers to an object. */
  below(setting: Setting, keys: readonly string[]): readonly Resolved[]
  /** Values of a name as seen from a file. */
  named(file: string, name: string): readonly Resolved[]
  /** The resource that a value refers to: `${azurerm_cognitive_account.main.id}`. */
  resourceOf(setting: Setting): FoundResource | null
  resourceNamed(file: string, name: string): FoundResource | null
  /** Whether it is a default that others overrule everywhere. */
  isOverruled(setting: Setting): boolean
}

interface Given {
  setting: Setting
  isDefault: boolean
  isExample: boolean
}

const mostValues = 8
const deepest = 16
/** Names compared one by one with a name that has `*`, in all. */
const mostCompared = 2_000_000
const REFERENCE = /\$\{([^{}$]{1,300})\}/g
const WHOLE = /^\$\{([^{}$]{1,300})\}$/

/** `outputs`: the text that an attribute of a resource stands for, where no setting gives it. */
export function createNames(
  files: readonly ConfigFile[],
  outputs: (found: FoundResource, attribute: string) => readonly Resolved[],
): SettingNames {
  const scopes = new Map(files.flatMap(({ path, scope }) => (scope === undefined ? [] : [[path, scope] as const])))
  const given = new Map<string, Given[]>()
  let heads: Map<string, { parts: readonly string[]; one: Given }[]> | null = null
  const modules = new Map<string, string>()
  const callers = new Map<string, Set<string>>()
  const resources = new Map<string, FoundResource>()
  for (const file of files) {
    for (const setting of file.settings)
      for (const { scope, name, isDefault } of setting.names ?? []) {
        const one = { setting, isDefault: isDefault === true, isExample: file.example === true }
        push(given, keyOf(scope, name), one)
      }
    if (file.scope === undefined) continue
    for (const resource of file.resources ?? []) {
      const key = keyOf(file.scope, resource.name)
      if (!resources.has(key)) resources.set(key, { resource, file })
    }
    for (const { name, scope } of file.modules ?? []) {
      modules.set(keyOf(file.scope, name), scope)
      callers.set(scope, (callers.get(scope) ?? new Set()).add(file.scope))
    }
  }

  const known = new Map<string, readonly Resolved[]>()
  const open = new Set<string>()
  let compared = 0

  function lookup(scope: string, name: string, depth: number): readonly Resolved[] {
    const key = keyOf(scope, name)
    const before = known.get(key)
    if (before !== undefined) return before
    if (open.has(key) || depth > deepest) return []
    open.add(key)
    const found = find(scope, name, depth).slice(0, mostValues)
    open.delete(key)
    known.set(key, found)
    return found
  }

  function find(scope: string, name: string, depth: number): readonly Resolved[] {
    const exact = given.get(keyOf(scope, name)) ?? (name.includes('*') ? matching(scope, name) : [])
    if (exact.length > 0) return chosen(exact).flatMap(({ setting }) => filled(setting, depth + 1))
    const parts = name.split('.')
    for (let length = parts.length - 1; length > 0; length--) {
      const prefix = parts.slice(0, length).join('.')
      const rest = parts.slice(length).join('.')
      const inner = modules.get(keyOf(scope, prefix))
      if (inner !== undefined) return lookup(inner, `output.${rest}`, depth + 1)
      const through = (
        given.get(keyOf(scope, prefix)) ?? (prefix.includes('*') ? matching(scope, prefix) : [])
      ).flatMap((one) =>
        [one.setting.value, ...(one.setting.alternatives ?? [])].flatMap((text) => {
          const reference = WHOLE.exec(text ?? '')?.[1]
          const from = scopes.get(one.setting.file)
          if (reference === undefined || from === undefined) return []
          return lookup(from, `${reference}.${rest}`, depth + 1).map((found) => ({
            ...found,
            via: [one.setting, ...found.via],
          }))
        }),
      )
      if (through.length > 0) return through
      const resource = resources.get(keyOf(scope, prefix))
      if (resource !== undefined) return outputs(resource, rest)
    }
    if (!name.startsWith('provider.')) return []
    return [...(callers.get(scope) ?? [])].flatMap((caller) => lookup(caller, name, depth + 1))
  }

  /** Names that a name with `*` stands for, or that have a `*` themselves. */
  function matching(scope: string, name: string): Given[] {
    const parts = name.split('.')
    const all = (heads ??= byHead(given)).get(keyOf(scope, parts[0]!)) ?? []
    compared += all.length
    if (compared > mostCompared) return []
    return all.filter((each) => fits(each.parts, parts)).map(({ one }) => one)
  }

  function filled(setting: Setting, depth: number): Resolved[] {
    const scope = scopes.get(setting.file)
    return [setting.value, ...(setting.alternatives ?? [])]
      .filter((text) => text !== null)
      .flatMap((text) => (scope === undefined ? [{ text, setting, via: [] }] : fill(text, setting, scope, depth)))
      .slice(0, mostValues)
  }

  function fill(text: string, setting: Setting, scope: string, depth: number): Resolved[] {
    if (!text.includes('${')) return [{ text, setting, via: [] }]
    const whole = WHOLE.exec(text)?.[1]
    if (whole !== undefined) {
      const found = lookup(scope, whole, depth)
      if (found.length > 0) return found.map((one) => ({ ...one, via: [setting, ...one.via] }))
      return [{ text, setting, via: [] }]
    }
    let texts = ['']
    const parts: Setting[] = []
    let at = 0
    for (const { 0: written, 1: name, index } of text.matchAll(REFERENCE)) {
      const found = lookup(scope, name!, depth)
      const ways = found.length > 0 ? found.map((one) => one.text) : [written]
      for (const one of found) parts.push(one.setting)
      const before = text.slice(at, index)
      texts = texts.flatMap((known) => ways.map((way) => known + before + way)).slice(0, mostValues)
      at = index + written.length
    }
    return texts.map((known) => ({ text: known + text.slice(at), setting, via: [], parts }))
  }

  function resourceNamed(scope: string, name: string, depth: number): FoundResource | null {
    const parts = name.split('.')
    for (let length = parts.length; length > 0; length--) {
      const prefix = parts.slice(0, length).join('.')
      const found = resources.get(keyOf(scope, prefix))
      if (found !== undefined) return found
      if (depth > deepest) return null
      const inner = modules.get(keyOf(scope, prefix))
      const [place, key] = inner === undefined ? [scope, prefix] : [inner, `output.${parts.slice(length).join('.')}`]
      for (const { setting } of chosen(given.get(keyOf(place, key)) ?? [])) {
        const reference = WHOLE.exec(setting.value ?? '')?.[1]
        const from = scopes.get(setting.file)
        const through = reference === undefined || from === undefined ? null : resourceNamed(from, reference, depth + 1)
        if (through !== null) return through
      }
    }
    return null
  }

  return {
    values: (setting) => filled(setting, 0),
    below(setting, keys) {
      const scope = scopes.get(setting.file)
      if (scope === undefined) return []
      return [setting.value, ...(setting.alternatives ?? [])].flatMap((text) => {
        const name = WHOLE.exec(text ?? '')?.[1]
        if (name === undefined) return []
        return lookup(scope, [name, ...keys].join('.'), 0).map((one) => ({ ...one, via: [setting, ...one.via] }))
      })
    },
    named: (file, name) => {
      const scope = scopes.get(file)
      return scope === undefined ? [] : lookup(scope, name, 0)
    },
    resourceOf(setting) {
      const scope = scopes.get(setting.file)
      const name = WHOLE.exec(setting.value ?? '')?.[1]
      return scope === undefined || name === undefined ? null : resourceNamed(scope, name, 0)
    },
    resourceNamed(file, name) {
      const scope = scopes.get(file)
      return scope === undefined ? null : resourceNamed(scope, name, 0)
    },
    isOverruled: ({ names = [] }) =>
      names.length > 0 &&
      names.every(
        ({ scope, name, isDefault }) =>
          isDefault === true && given.get(keyOf(scope, name))!.some((one) => !one.isDefault && !one.isExample),
      ),
  }
}

/** Names by their first part, in the order given. */
function byHead(given: ReadonlyMap<string, readonly Given[]>) {
  const heads = new Map<string, { parts: readonly string[]; one: Given }[]>()
  for (const [key, all] of given) {
    const [scope, name] = key.split('\0') as [string, string]
    const parts = name.split('.')
    for (const one of all) push(heads, keyOf(scope, parts[0]!), { parts, one })
  }
  return heads
}

function keyOf(scope: string, name: string): string {
  return `${scope}\0${name}`
}

function push<T>(map: Map<string, T[]>, key: string, one: T): void {
  const all = map.get(key)
  if (all === undefined) map.set(key, [one])
  else all.push(one)
}

function fits(own: readonly string[], wanted: readonly string[]): boolean {
  return (
    own.length === wanted.length && own.every((part, at) => part === wanted[at] || wanted[at] === '*' || part === '*')
  )
}

/** What is given wins over defaults, what runs over examples. */
function chosen(all: readonly Given[]): readonly Given[] {
  const real = all.filter(({ isExample }) => !isExample)
  const usable = real.length > 0 ? real : all
  const given = usable.filter(({ isDefault }) => !isDefault)
  return given.length > 0 ? given : usable
}
