/**
 * Symbolic parameters: over the bound of contexts, a function is solved once for all further calls. What its parameters carry
 * is then a stand-in; each call puts its own data in the stand-in's place, so that callers do not get each other's data. A
 * sink that sees a stand-in is given, after solving, what all those calls brought.
 */
import type { Activation } from './activation.js'
import type { FactTable } from './facts.js'
import type { Machine } from './machine.js'
import { heldThings } from './held.js'
import { datumKey } from './tag.js'
import {
  joinData,
  joinThings,
  noData,
  sure,
  type Datum,
  type Place,
  type Step,
  type Thing,
  type Value,
} from './value.js'

const mark = '@'
const standIns = new WeakMap<Activation, Value['data'][]>()

export function isStandIn(datum: Datum): boolean {
  return datum.standsFor !== null
}

const standing = new WeakMap<Value['data'], ReadonlySet<number>>()
const none: ReadonlySet<number> = new Set()

/** Activations whose parameters some of the data stands for. */
export function standsFor(data: Value['data']): ReadonlySet<number> {
  if (data.size === 0) return none
  let found = standing.get(data)
  if (found === undefined) {
    const ids = [...data.values()].flatMap((datum) => datum.standsFor?.activation ?? [])
    standing.set(data, (found = ids.length === 0 ? none : new Set(ids)))
  }
  return found
}

/** The stand-in for what a parameter of an activation carries. */
function standIn(activation: Activation, index: number, place: Place, facts: FactTable): Datum {
  const step: Step = { ...place, previous: null, kind: 'source', name: '', depth: 0 }
  return {
    key: `${mark}${activation.id}.${index}`,
    dataClass: mark,
    sureness: sure.certain,
    origins: [],
    when: facts.none,
    party: null,
    pseudonymised: false,
    sanitizers: [],
    standsFor: { activation: activation.id, index },
    removed: [],
    step,
  }
}

/** One stand-in a parameter, the same for every call: joining it again adds nothing. */
function standInOf({ facts }: Machine, activation: Activation, index: number, place: Place): Value['data'] {
  let stands = standIns.get(activation)
  if (stands === undefined) standIns.set(activation, (stands = []))
  return (stands[index] ??= new Map([[`${mark}${activation.id}.${index}`, standIn(activation, index, place, facts)]]))
}

/** A parameter as the shared activation sees it: its data stood for, records and lists taken as a whole. */
export function symbolic(
  machine: Machine,
  activation: Activation,
  index: number,
  value: Value,
  carried: Value['data'],
  names: readonly string[],
  place: Place,
): Value {
  const kept: Thing[] = []
  let inner: readonly Thing[] = []
  for (const thing of value.things) {
    const object = thing.kind === 'object' ? machine.heap.peek(thing.address) : null
    if (object === null || object.kind === 'instance') kept.push(thing)
    else inner = joinThings(inner, heldThings(machine, [thing]))
  }
  const data = carried.size === 0 ? noData : standInOf(machine, activation, index, place)
  if (kept.length === value.things.length) return { ...value, data }
  const opaque = value.opaque ?? {
    origin: machine.origin(`symbolic ${activation.id}.${index}`),
    names,
    own: names.length,
    entity: null,
    returns: null,
    holds: null,
    inner: [],
    attribute: false,
    place,
    when: machine.facts.none,
    list: false,
    scalar: false,
    text: carried.size > 0,
  }
  return { ...value, data, things: kept, opaque: { ...opaque, inner: joinThings(opaque.inner, inner).slice(0, 16) } }
}

/** What an activation gave, with the call's own data in place of the stand-ins. */
export function substitute(
  value: Value,
  activation: Activation,
  given: readonly Value['data'][],
  facts: FactTable,
): Value {
  if (!standsFor(value.data).has(activation.id)) return value
  let data: Value['data'] = noData
  const plain = new Map<string, Datum>()
  for (const [key, datum] of value.data) {
    if (datum.standsFor?.activation !== activation.id) plain.set(key, datum)
    else data = joinData(data, put(datum, given[datum.standsFor.index] ?? noData, facts))
  }
  return { ...value, data: joinData(plain, data) }
}

/** Actual data where a stand-in was, with what happened to the stand-in on its way. */
function put(symbol: Datum, actual: Value['data'], facts: FactTable): Value['data'] {
  const result = new Map<string, Datum>()
  for (const datum of actual.values()) {
    if (symbol.removed.includes(datum.dataClass)) continue
    const when = facts.both(datum.when, symbol.when)
    if (when === null) continue
    const made: Datum = {
      ...datum,
      when,
      key: datumKey(datum, when),
      sureness: Math.max(1, datum.sureness - (sure.certain - symbol.sureness)),
      origins: [...new Set([...datum.origins, ...symbol.origins])].slice(0, 4),
      pseudonymised: datum.pseudonymised || symbol.pseudonymised,
      sanitizers:
        symbol.sanitizers.length === 0 ? datum.sanitizers : [...new Set([...datum.sanitizers, ...symbol.sanitizers])],
      removed: symbol.removed.length === 0 ? datum.removed : [...new Set([...datum.removed, ...symbol.removed])],
      step: appended(datum.step, symbol.step),
    }
    result.set(made.key, made)
  }
  return result
}

/** The stand-in's way is told by its last step: the rest is the called function's own affair. */
function appended(first: Step, rest: Step): Step {
  if (rest.depth === 0 || first.depth >= 40) return first
  return { ...rest, previous: first, depth: first.depth + 1 }
}

/** All that any call brought may be too much for the one that counts: less sure, by as much as a declared field differs from a name. */
function doubted(data: Value['data'], strayed: boolean): Value['data'] {
  const most = strayed ? sure.possible : sure.certain
  return new Map(
    [...data].map(([key, datum]) => [key, { ...datum, sureness: Math.min(most, Math.max(1, datum.sureness - 2)) }]),
  )
}

/** Whether an activation is called, or closed over, on the way to another. */
function leadsTo(activation: Activation | undefined, at: Activation): boolean {
  const seen = new Set<Activation>()
  const open = [at]
  while (open.length > 0 && seen.size < 200) {
    const current = open.pop()!
    if (current === activation) return true
    if (seen.has(current)) continue
    seen.add(current)
    open.push(...current.closures)
    if (current.calledFrom !== null) open.push(current.calledFrom.activation)
  }
  return false
}

/** Replaces every stand-in by what all calls of its activation brought; each is worked out once. */
export class Expansion {
  readonly #brought = new Map<string, Value['data']>()

  constructor(readonly machine: Machine) {}

  /** `at`: where the data is used. What a stand-in brings to where none of its calls led is only possible: nobody knows whose call it was. */
  expand(data: Value['data'], at: Activation | null = null): Value['data'] {
    if (standsFor(data).size === 0) return data
    let result: Value['data'] = noData
    const plain = new Map<string, Datum>()
    for (const [key, datum] of data) {
      const { standsFor: stood } = datum
      if (stood === null) plain.set(key, datum)
      else {
        const strayed = at !== null && !leadsTo(this.machine.activations[stood.activation - 1], at)
        result = joinData(result, doubted(put(datum, this.#all(stood), this.machine.facts), strayed))
      }
    }
    return joinData(plain, result)
  }

  #all({ activation, index }: NonNullable<Datum['standsFor']>): Value['data'] {
    const name = `${activation}.${index}`
    const known = this.#brought.get(name)
    if (known !== undefined) return known
    this.#brought.set(name, noData)
    const found = this.expand(this.machine.activations[activation - 1]?.inflow[index] ?? noData)
    this.#brought.set(name, found)
    return found
  }
}
