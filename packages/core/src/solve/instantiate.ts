/**
 * What a shared activation returns by reference: its records and lists hold stand-ins for what all its callers gave. Each
 * call gets copies of those that do, with its own data in their place; what holds none stays shared.
 */
import type { Activation } from './activation.js'
import type { Frame } from './frame.js'
import type { HeapObject } from './heap.js'
import { standsFor, substitute } from './symbolic.js'
import { idOf, type Thing, type Value } from './value.js'

const mostCopied = 40

/** A returned value, as the call at `site` sees it. */
export function instantiate(
  frame: Frame,
  value: Value,
  activation: Activation,
  given: readonly Value['data'][],
  site: object,
): Value {
  const { machine } = frame
  const top = substitute(value, activation, given, machine.facts)
  const objects = reachable(frame, value)
  if (objects.size === 0) return top
  const copied = holders(objects, activation)
  if (copied.size === 0) return top
  const addresses = new Map<number, number>()
  for (const address of copied)
    addresses.set(address, machine.heap.copy(`${idOf(site)}@${frame.activation.id}`, address))
  const own = (one: Value): Value => {
    const put = substitute(one, activation, given, machine.facts)
    return put.things.some((thing) => isCopied(thing, addresses))
      ? { ...put, things: moved(put.things, addresses) }
      : put
  }
  for (const [address, copy] of addresses) {
    const object = objects.get(address)!
    const fields = new Map([...object.fields].map(([key, field]) => [key, own(field)]))
    machine.addObject(copy, { ...object, fields, element: own(object.element), rest: own(object.rest) })
  }
  return own(value)
}

function moved(things: readonly Thing[], addresses: ReadonlyMap<number, number>): Thing[] {
  return things.map((thing) =>
    thing.kind === 'object' ? { ...thing, address: addresses.get(thing.address) ?? thing.address } : thing,
  )
}

function isCopied(thing: Thing, addresses: ReadonlyMap<number, number>): boolean {
  return thing.kind === 'object' && addresses.has(thing.address)
}

/** Nearest first; who asked is solved again when one grows. */
function reachable(frame: Frame, value: Value): Map<number, HeapObject> {
  const found = new Map<number, HeapObject>()
  const queue = [...value.things]
  for (let next = 0; next < queue.length && found.size < mostCopied; next++) {
    const thing = queue[next]!
    if (thing.kind !== 'object' || found.has(thing.address)) continue
    const object = frame.machine.heap.read(thing.address, frame.activation)
    found.set(thing.address, object)
    for (const part of parts(object)) queue.push(...part.things)
  }
  return found
}

/** Objects that hold a stand-in of the activation, and those that hold such objects. */
function holders(objects: ReadonlyMap<number, HeapObject>, activation: Activation): Set<number> {
  const holding = new Set<number>()
  for (const [address, object] of objects) if (standsIn(object).has(activation.id)) holding.add(address)
  for (let grown = holding.size > 0; grown;) {
    grown = false
    for (const [address, object] of objects) {
      if (holding.has(address) || !pointsTo(object, holding)) continue
      holding.add(address)
      grown = true
    }
  }
  return holding
}

const standing = new WeakMap<HeapObject, ReadonlySet<number>>()

/** Activations whose stand-ins an object itself holds. */
function standsIn(object: HeapObject): ReadonlySet<number> {
  let found = standing.get(object)
  if (found === undefined) {
    found = new Set(parts(object).flatMap((part) => [...standsFor(part.data)]))
    standing.set(object, found)
  }
  return found
}

function pointsTo(object: HeapObject, addresses: ReadonlySet<number>): boolean {
  return parts(object).some((part) =>
    part.things.some((thing) => thing.kind === 'object' && addresses.has(thing.address)),
  )
}

function parts(object: HeapObject): Value[] {
  return [...object.fields.values(), object.element, object.rest]
}
