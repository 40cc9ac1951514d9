/**
 * All the data that a value holds, as when it is printed or sent: its own, its members', and what its declared shape promises.
 * Nearest first; bounded in depth and in objects, so that a value from which everything can be reached costs no more than others.
 */
import { readObject, type Frame } from './frame.js'
import type { HeapObject } from './heap.js'
import { recordShape } from './shapes.js'
import { datum, isConversion, ownerOf } from './sources.js'
import { underFacts } from './tag.js'
import { joinData, noData, nothing, sure, type Datum, type Opaque, type Value } from './value.js'

const deepest = 7
const mostObjects = 60

interface Pending {
  value: Value
  depth: number
}

export function collect(frame: Frame, value: Value): ReadonlyMap<string, Datum> {
  let data = own(frame, value, noData)
  if (value.things.length === 0) return data
  const seen = new Set<number>()
  const queue: Pending[] = [{ value, depth: 0 }]
  const { facts } = frame.machine
  for (let next = 0; next < queue.length; next++) {
    const { value: current, depth } = queue[next]!
    for (const thing of current.things) {
      if (thing.kind === 'method' && depth < deepest) queue.push({ value: thing.receiver, depth: depth + 1 })
      if (thing.kind !== 'object' || seen.has(thing.address) || seen.size >= mostObjects) continue
      seen.add(thing.address)
      const object = readObject(frame, thing.address)
      const add = (member: Value, hidden: ReadonlyMap<string, unknown>) => {
        const tagged = thing.when === facts.none ? member : underFacts(member, thing.when, facts)
        data = joinData(data, own(frame, tagged, hidden))
        if (tagged.things.length > 0 && depth < deepest) queue.push({ value: tagged, depth: depth + 1 })
      }
      for (const [key, field] of object.fields) if (!isUnwritten(frame, object, key)) add(field, noData)
      if (object.element !== nothing) add(object.element, noData)
      if (object.rest !== nothing) add(object.rest, object.fields)
    }
  }
  return data
}

/** `json:"-"`: not part of the record as it is written down. */
function isUnwritten({ machine }: Frame, object: HeapObject, key: string): boolean {
  const shape = object.class?.node.record === true ? recordShape(machine, object.class) : null
  return shape !== null && machine.shapes.field(shape, key)?.field.unwritten === true
}

function own(frame: Frame, value: Value, hidden: ReadonlyMap<string, unknown>): ReadonlyMap<string, Datum> {
  const { opaque } = value
  if (opaque === null || opaque.scalar || opaque.text) return value.data
  if (value.data.size === 0) return wholeRecord(frame, opaque, hidden)
  // what was read from an input and then validated is what its schema says
  const { recordClass } = frame.machine.knowledge
  const isAnything = opaque.entity !== null && [...value.data.values()].every((one) => one.dataClass === recordClass)
  return isAnything ? joinData(value.data, wholeRecord(frame, opaque, hidden)) : value.data
}

/** A whole object that is not known: its declared personal fields, or the record of a known person. */
function wholeRecord(frame: Frame, opaque: Opaque, hidden: ReadonlyMap<string, unknown>): ReadonlyMap<string, Datum> {
  const { machine } = frame
  if (opaque.attribute) return noData
  if (opaque.entity !== null) {
    const promised = machine.shapes.promised(opaque.entity, opaque.names)
    if (promised.length === 0) return noData
    const result = new Map<string, Datum>()
    const name = opaque.names[0] ?? opaque.entity.entity.name
    for (const { top, label, evidence } of promised) {
      if (machine.shapes.field(opaque.entity, top)?.field.unwritten === true) continue
      if (hidden.has(top)) continue
      const found = datum(machine, evidence, opaque, opaque.place, `${name}.${label}`)
      if (!result.has(found.key)) result.set(found.key, found)
    }
    return result
  }
  const name = opaque.names[0] ?? ''
  if (name === '' || isConversion(name) || machine.knowledge.names.isContentless(name)) return noData
  const owner = ownerOf(machine, opaque.names.slice(0, opaque.own))
  const holder = owner.is === 'neutral' ? ownerOf(machine, opaque.names) : owner
  if (holder.is !== 'person') return noData
  const sureness = owner.is === 'person' && owner.strong ? sure.likely : sure.possible
  const found = datum(
    machine,
    { dataClass: machine.knowledge.recordClass, sureness, party: holder.party },
    opaque,
    opaque.place,
    name,
  )
  return new Map([[found.key, found]])
}
