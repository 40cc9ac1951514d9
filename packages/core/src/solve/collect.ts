/** All the data that a value holds, as when it is printed or sent: its own, its members', and what its declared shape promises. */
import { readObject, type Frame } from './frame.js'
import { datum, fieldEvidence, memberEvidence, ownerOf } from './sources.js'
import { underFacts } from './tag.js'
import { joinData, noData, sure, type Datum, type Opaque, type Thing, type Value } from './value.js'

const deepest = 7

export function collect(frame: Frame, value: Value, depth = 0, seen = new Set<number>(), hidden: ReadonlyMap<string, unknown> = noData): ReadonlyMap<string, Datum> {
  let data = value.data
  if (depth > deepest) return data
  if (value.opaque !== null && value.data.size === 0 && !value.opaque.scalar && !value.opaque.text) data = joinData(data, wholeRecord(frame, value.opaque, hidden))
  for (const thing of value.things) data = joinData(data, thingData(frame, thing, depth, seen))
  return data
}

function thingData(frame: Frame, thing: Thing, depth: number, seen: Set<number>): ReadonlyMap<string, Datum> {
  if (thing.kind === 'method') return collect(frame, thing.receiver, depth + 1, seen)
  if (thing.kind !== 'object' || seen.has(thing.address)) return noData
  seen.add(thing.address)
  const object = readObject(frame, thing.address)
  let data = noData
  for (const field of object.fields.values()) data = joinData(data, collect(frame, field, depth + 1, seen))
  data = joinData(data, collect(frame, object.element, depth + 1, seen))
  data = joinData(data, collect(frame, object.rest, depth + 1, seen, object.fields))
  if (thing.when === frame.machine.facts.none) return data
  return underFacts({ data, texts: [], things: [], opaque: null, test: null }, thing.when, frame.machine.facts).data
}

/** A whole object that is not known: its declared personal fields, or the record of a known person. */
function wholeRecord(frame: Frame, opaque: Opaque, hidden: ReadonlyMap<string, unknown>): ReadonlyMap<string, Datum> {
  const { machine } = frame
  const result = new Map<string, Datum>()
  if (opaque.attribute) return result
  if (opaque.entity !== null) {
    const { entity } = opaque.entity
    const owners = entity.name === '' ? opaque.names : [entity.name, ...opaque.names]
    for (const { field, module } of machine.program.fields(opaque.entity)) {
      if (hidden.has(field.name) || field.returns !== undefined) continue
      const found = fieldEvidence(machine, entity.name, field, owners)
      if (found !== null) add(result, datum(machine, found, opaque, opaque.place, `${opaque.names[0] ?? entity.name}.${field.name}`))
      else nested(frame, opaque, field.type === undefined ? null : machine.program.entity(module, field.type), result, 1)
    }
    return result
  }
  const name = opaque.names[0] ?? ''
  if (name === '' || machine.knowledge.names.isContentless(name)) return result
  const owner = ownerOf(machine, opaque.names.slice(0, opaque.own))
  const holder = owner.is === 'neutral' ? ownerOf(machine, opaque.names) : owner
  if (holder.is !== 'person') return result
  const sureness = owner.is === 'person' && owner.strong ? sure.likely : sure.possible
  add(result, datum(machine, { dataClass: machine.knowledge.recordClass, sureness, party: holder.party }, opaque, opaque.place, name))
  return result
}

function nested(frame: Frame, opaque: Opaque, entity: Opaque['entity'], result: Map<string, Datum>, depth: number): void {
  if (entity === null || depth > 3 || entity.entity === opaque.entity?.entity) return
  const { machine } = frame
  const owners = [entity.entity.name, ...opaque.names]
  for (const { field, module } of machine.program.fields(entity)) {
    if (field.returns !== undefined) continue
    const found = fieldEvidence(machine, entity.entity.name, field, owners)
    if (found !== null) add(result, datum(machine, found, opaque, opaque.place, `${entity.entity.name}.${field.name}`))
    else nested(frame, opaque, field.type === undefined ? null : machine.program.entity(module, field.type), result, depth + 1)
  }
}

function add(result: Map<string, Datum>, found: Datum): void {
  if (!result.has(found.key) && result.size < 40) result.set(found.key, found)
}

export { memberEvidence }
