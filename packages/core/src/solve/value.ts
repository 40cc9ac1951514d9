/**
 * The abstract value, all of it bounded: data it carries, texts it may be, things it may be, and what is unknown of it.
 * Values are immutable. `join` returns its first argument, the same object, when the second adds nothing: that is how the
 * solver sees that it is done. The witness of a datum stands outside the order: the first, shortest one is kept.
 */
import type { ClassValue, Entity, FunctionValue, TypeReference, Value as Node } from '../ir/ir.js'
import type { Span } from '../location.js'
import type { Client } from '../catalog/catalogue.js'
import type { Facts, Test } from './facts.js'
import { joinTexts, textKey, type Text } from './text.js'
import type { Activation } from './activation.js'

export interface Place {
  readonly module: number
  readonly span: Span
}

export type StepKind = 'source' | 'bound' | 'argument' | 'returned' | 'member' | 'text' | 'element' | 'through' | 'call'

/** One step of a witness path; steps are shared between paths. */
export interface Step extends Place {
  readonly previous: Step | null
  readonly kind: StepKind
  /** What the step names: a variable, a parameter, a function. */
  readonly name: string
  readonly depth: number
}

/** How sure: certain 6, likely 4, possible 2; a call to unseen code costs 1. */
export type Sureness = number
export const sure = { certain: 6, likely: 4, possible: 2 } as const

/** Data of one class from one source. */
export interface Datum {
  readonly key: string
  readonly dataClass: string
  readonly sureness: Sureness
  /** The objects whose guards decide the subject: its own, and what unseen code made of it. */
  readonly origins: readonly number[]
  readonly when: Facts
  readonly party: string | null
  readonly pseudonymised: boolean
  readonly sanitizers: readonly string[]
  /** For a parameter of a shared activation, whose data it stands for; null: data itself. */
  readonly standsFor: { readonly activation: number; readonly index: number } | null
  /** Of a stand-in: classes that a sanitizer took out. */
  readonly removed: readonly string[]
  readonly step: Step
}

/** A client made by the code, or a ready-made one. */
export interface Instance {
  readonly id: string
  readonly package: string
  readonly exported: string
  readonly provider: string
  readonly client: Client
  readonly place: Place
  /** The construction as written, where it was seen. */
  readonly site?: { readonly span: Span; readonly arguments?: readonly { value: Node; name?: string }[] }
  /** Arguments of the construction; null when it was not seen (a typed parameter). */
  readonly arguments: Arguments | null
  /** A container may give it: it was asked for from outside. */
  readonly wanted?: boolean
  /** The name under which it was asked for, where its construction was not seen. */
  readonly asked?: string
  /** Objects whose methods an agent may call, where a container hands them over. */
  readonly tools?: Value
}

/** The arguments of a call by position; `named` is a record of those that were given by name. */
export type Arguments = readonly Value[] & { readonly named?: Value }

export function allArguments(args: Arguments): readonly Value[] {
  return args.named === undefined ? args : [...args, args.named]
}

export type Thing = { readonly when: Facts } & (
  | {
      readonly kind: 'function'
      readonly node: FunctionValue
      readonly closure: Activation
      readonly self: Value | null
    }
  | { readonly kind: 'class'; readonly node: ClassValue; readonly closure: Activation }
  | { readonly kind: 'object'; readonly address: number }
  | { readonly kind: 'package'; readonly package: string; readonly path: string }
  | {
      readonly kind: 'client'
      readonly instance: Instance
      /** Members and calls from the client on: `chat.completions`, `getGenerativeModel()`. */
      readonly path: string
      readonly model: Value | null
      /** Address of the object that holds what it was given in steps. */
      readonly gathered?: number
    }
  | {
      /** What a package's class or factory made, where it is no client: a command, an HTTP client. */
      readonly kind: 'made'
      readonly package: string
      readonly exported: string
      readonly arguments: Arguments
      readonly path: string
    }
  | { readonly kind: 'namespace'; readonly module: number }
  /** A method of something that is not the program's own, taken as a value. */
  | { readonly kind: 'method'; readonly receiver: Value; readonly name: string }
)

/** What is not known: a parameter, the result of unseen code, a member of such. */
export interface Opaque {
  readonly origin: number
  /** Names it goes by, nearest first. */
  readonly names: readonly string[]
  /** How many of the names are of the value itself; the rest are its owners'. */
  readonly own: number
  /** Its declared shape. */
  readonly entity: { readonly module: number; readonly entity: Entity } | null
  /** A declared method: what it returns. */
  readonly returns: { readonly module: number; readonly type: TypeReference; readonly asks?: string } | null
  /** What a store or a package's container of this value gives: records of this shape. */
  readonly holds: { readonly module: number; readonly entity: Entity } | null
  /** Things that went into it through unseen code. */
  readonly inner: readonly Thing[]
  /** The subject attribute that it is of `origin`: its country or locale. */
  readonly attribute: boolean
  readonly place: Place
  /** Facts under which it was chosen (filters). */
  readonly when: Facts
  /** A value from outside the program: a parameter or its member; not a result of unseen code. */
  readonly list: boolean
  /** Declared as a boolean or a number: no text. */
  readonly scalar: boolean
  /** Declared as text: it has no members to tell of. */
  readonly text: boolean
}

export interface Value {
  readonly data: ReadonlyMap<string, Datum>
  readonly texts: readonly Text[]
  readonly things: readonly Thing[]
  readonly opaque: Opaque | null
  readonly test: Test | null
}

/** Keys, computed on demand. */
const keys = new WeakMap<Value, string>()

export const noData: ReadonlyMap<string, Datum> = new Map()
export const nothing: Value = { data: noData, texts: [], things: [], opaque: null, test: null }

const mostData = 24
const mostOfClass = 2
const mostThings = 12
const mostNames = 6

let nextId = 1
const functionIds = new WeakMap<object, number>()

/** A stable number for a node, by first use; evaluation order is deterministic, so these are too. */
export function idOf(node: object): number {
  let id = functionIds.get(node)
  if (id === undefined) functionIds.set(node, (id = nextId++))
  return id
}

const thingKeys = new WeakMap<Thing, string>()

export function thingKey(thing: Thing): string {
  let key = thingKeys.get(thing)
  if (key === undefined) thingKeys.set(thing, (key = keyOfThing(thing)))
  return key
}

function keyOfThing(thing: Thing): string {
  const when = thing.when.key === '' ? '' : `?${thing.when.key}`
  switch (thing.kind) {
    case 'function':
      return `f${idOf(thing.node)}@${thing.closure.id}${thing.self ? `.${valueKey(thing.self)}` : ''}${when}`
    case 'class':
      return `c${idOf(thing.node)}@${thing.closure.id}${when}`
    case 'object':
      return `o${thing.address}${when}`
    case 'package':
      return `p${thing.package}#${thing.path}${when}`
    case 'client':
      return `i${thing.instance.id}.${thing.path}${thing.model ? `:${valueKey(thing.model)}` : ''}${thing.gathered === undefined ? '' : `+${thing.gathered}`}${when}`
    case 'made':
      return `k${thing.package}#${thing.exported}(${allArguments(thing.arguments).map(valueKey).join(',')}).${thing.path}${when}`
    case 'namespace':
      return `n${thing.module}${when}`
    case 'method':
      return `m${thing.name}:${valueKey(thing.receiver)}${when}`
  }
}

/** What a value is as an argument: two values with one key give one summary. Long keys are hashed. */
export function valueKey(value: Value): string {
  const known = keys.get(value)
  if (known !== undefined) return known
  const opaque = value.opaque
  const parts = [
    [...value.data.values()]
      .map((datum) => datum.key)
      .sort()
      .join(','),
    value.texts.map(textKey).join(','),
    value.things.map(thingKey).sort().join(','),
    opaque
      ? `${opaque.origin}:${opaque.names[0] ?? ''}:${opaque.entity ? idOf(opaque.entity.entity) : ''}:${opaque.when.key}`
      : '',
    value.test ? `${value.test.whenTrue.key}/${value.test.whenFalse.key}` : '',
  ]
  const long = parts.join('|')
  const key = long.length > 200 ? hash(long) : long
  keys.set(value, key)
  return key
}

/** 53-bit string hash (cyrb53's construction: two multiplicative lanes), as text with the length. */
export function hash(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36) + '.' + text.length
}

export function join(a: Value, b: Value): Value {
  if (a === b || b === nothing) return a
  if (a === nothing) return b
  const data = joinData(a.data, b.data)
  const texts = joinTexts(a.texts, b.texts)
  const things = joinThings(a.things, b.things)
  const opaque = joinOpaque(a.opaque, b.opaque)
  const test =
    a.test !== null && b.test !== null && a.test === b.test
      ? a.test
      : a.test === null && b.test === null
        ? null
        : joinTest(a, b)
  if (data === a.data && texts === a.texts && things === a.things && opaque === a.opaque && test === a.test) return a
  return { data, texts, things, opaque, test }
}

/** A condition survives a join only if both sides say it: otherwise nothing is known. */
function joinTest(a: Value, b: Value): Test | null {
  if (
    a.test !== null &&
    b.test !== null &&
    a.test.whenTrue === b.test.whenTrue &&
    a.test.whenFalse === b.test.whenFalse
  )
    return a.test
  return null
}

const fewThings = 8
const fewTexts = 4

/**
 * The widened join, for what has grown often already: only another class of data, a few more things and texts count as news.
 * It bounds how often what is read is solved again.
 */
export function widen(a: Value, b: Value): Value {
  const joined = join(a, b)
  if (joined === a) return a
  const classes = new Set([...a.data.values()].map((datum) => `${datum.dataClass}${datum.when.key}`))
  const news = [...b.data.values()].some((datum) => !classes.has(`${datum.dataClass}${datum.when.key}`))
  const things = joined.things.length > a.things.length && a.things.length < fewThings
  const texts = joined.texts.length > a.texts.length && a.texts.length < fewTexts
  const opaque = a.opaque === null && joined.opaque !== null
  return news || things || texts || opaque ? joined : a
}

export function joinAll(values: Iterable<Value>): Value {
  let result = nothing
  for (const value of values) result = join(result, value)
  return result
}

export function joinData(a: Value['data'], b: Value['data']): Value['data'] {
  if (a === b || b.size === 0) return a
  if (a.size === 0) return b
  let result: Map<string, Datum> | null = null
  for (const [key, datum] of b) {
    const known = (result ?? a).get(key)
    if (known === undefined) {
      if (isFull(result ?? a, datum)) continue
      result ??= new Map(a)
      result.set(key, datum)
    } else if (known !== datum && better(datum, known)) {
      result ??= new Map(a)
      result.set(key, datum)
    }
  }
  return result ?? a
}

/** A few data of one class are enough to tell of it; those under no guard are kept before those under one. */
function isFull(data: Value['data'], datum: Datum): boolean {
  if (data.size < mostOfClass) return false
  if (data.size >= mostData) return true
  let count = 0
  for (const known of data.values())
    if (known.dataClass === datum.dataClass && (datum.when.key !== '' || known.when.key === '')) count++
  return count >= (datum.dataClass === '@' ? 6 : mostOfClass)
}

/** Only a surer datum replaces one with the same key; a shorter witness does not, so that joining ends. */
function better(datum: Datum, known: Datum): boolean {
  return datum.sureness > known.sureness
}

export function joinThings(a: readonly Thing[], b: readonly Thing[]): readonly Thing[] {
  if (a === b || b.length === 0) return a
  if (a.length === 0) return b
  if (a.length >= mostThings) return a
  const unknown = b.filter((thing) => !a.includes(thing))
  if (unknown.length === 0) return a
  const keys = new Set(a.map(thingKey))
  const added = unknown.filter((thing) => !keys.has(thingKey(thing)))
  if (added.length === 0) return a
  return [...a, ...added].slice(0, mostThings)
}

function joinOpaque(a: Opaque | null, b: Opaque | null): Opaque | null {
  if (a === b || b === null) return a
  if (a === null) return b
  const isKnown = a.names.length >= mostNames || b.names.every((name) => a.names.includes(name))
  const names = isKnown ? a.names : [...new Set([...a.names, ...b.names])].slice(0, mostNames)
  const inner = joinThings(a.inner, b.inner)
  const entity = a.entity ?? b.entity
  const holds = a.holds ?? b.holds
  const same = names.length === a.names.length && inner === a.inner && entity === a.entity && holds === a.holds
  const when = a.when === b.when ? a.when : a.when.key === '' ? a.when : b.when.key === '' ? b.when : a.when
  const attribute = a.attribute && b.attribute
  const scalar = a.scalar && b.scalar
  const text = a.text && b.text
  if (same && when === a.when && attribute === a.attribute && scalar === a.scalar && text === a.text) return a
  // What is known of it was written there.
  const place = a.entity === null && b.entity !== null ? b.place : a.place
  return { ...a, place, names, inner, entity, holds, when, attribute, scalar, text }
}

export function withData(value: Value, data: Value['data']): Value {
  return data === value.data ? value : { ...value, data }
}

export function dataValue(datum: Datum): Value {
  return { ...nothing, data: new Map([[datum.key, datum]]) }
}

export function thingValue(thing: Thing): Value {
  return { ...nothing, things: [thing] }
}

export function isNothing(value: Value): boolean {
  return value.data.size === 0 && value.texts.length === 0 && value.things.length === 0 && value.opaque === null
}

/** Adds names that a value goes by, nearest first. */
export function named(value: Value, name: string): Value {
  const opaque = value.opaque
  if (opaque === null || name === '' || opaque.names[0] === name) return value
  return {
    ...value,
    opaque: {
      ...opaque,
      names: [name, ...opaque.names.filter((known) => known !== name)].slice(0, mostNames),
      own: opaque.own + 1,
    },
  }
}

export function objectThings(value: Value): (Thing & { kind: 'object' })[] {
  return value.things.filter((thing) => thing.kind === 'object')
}
