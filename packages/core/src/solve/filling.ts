/**
 * What code that is not seen writes: `json.Unmarshal(body, &customer)`, `rows.Scan(&name, &phone)`, `db.First(&customer)`. What comes
 * to be there comes from outside, as data of the place's declared type and name; with it what the call was given.
 */
import type { Call, Pattern } from '../ir/ir.js'
import type { Given, Site } from './calls.js'
import { libraryOf, place, readObject, writeObject, type Frame } from './frame.js'
import { elementOf, globalPath, readMember } from './members.js'
import type { OperationKind } from './operations.js'
import { opaqueValue, typed, typeOf } from './outside.js'
import { assignMember, bindPattern } from './patterns.js'
import { recordShape } from './shapes.js'
import { asSource, bareEvidence, isBlank } from './sources.js'
import { spreadInto } from './spread.js'
import { evaluate, constantKey } from './evaluate.js'
import { idOf, joinData, nothing, objectThings, type Value } from './value.js'

/** Whether a call hands out places to code that is not seen: a package's or unknown, no client's, and nothing that only reads. */
export function fillsPlaces(frame: Frame, node: Call, callee: Value, name: string): boolean {
  if (node.arguments.every(({ writes }) => writes === undefined)) return false
  if (callee.things.some(({ kind }) => kind !== 'package' && kind !== 'made' && kind !== 'method')) return false
  const operation = operationOf(frame, callee, name)
  return operation === null || operation === 'fill'
}

/** What the standard library does under this name. */
function operationOf(frame: Frame, callee: Value, name: string): OperationKind | null {
  const library = libraryOf(frame)
  for (const thing of callee.things) if (thing.kind === 'package') return library.operation(globalPath(frame, thing))
  const method = callee.things.length === 0 ? library.method(name) : null
  return method !== null && reading.has(method) ? method : null
}

const reading: ReadonlySet<OperationKind> = new Set(['append', 'text', 'join', 'written', 'write-into'])

/** Places hold nothing that the call takes; objects stay what they are. */
export function withoutPlaces(node: Call, args: readonly Given[]): Given[] {
  return args.map((arg, index) =>
    node.arguments[index]?.writes === undefined
      ? arg
      : { ...arg, value: { ...nothing, things: arg.value.things.filter(({ kind }) => kind !== 'object') } },
  )
}

/** After the call, each place holds what came from outside. */
export function fillPlaces(frame: Frame, node: Call, receiver: Value, args: readonly Given[], result: Value): void {
  const places = node.arguments.filter(({ writes }) => writes !== undefined).length
  const columns = columnsOf(frame, receiver, places)
  let at = 0
  for (const [index, { writes }] of node.arguments.entries()) {
    if (writes === undefined) continue
    const known = args[index]!.value
    const column = columns?.[at++]
    const given =
      column === undefined
        ? outside(frame, writes, node, index, result)
        : readMember(frame, receiver, column, nothing, writes.span)
    if (objectThings(known).length > 0) fillObjects(frame, known, given)
    else if (writes.kind === 'place') assignMember(frame, writes.place, given)
    else bindPattern(frame, writes, given)
  }
}

/** Columns of a query, where a row is read into as many places. */
function columnsOf({ machine }: Frame, { opaque }: Value, places: number): readonly string[] | null {
  if (opaque?.entity == null) return null
  const fields = machine.program.fields(opaque.entity)
  return fields.length === places ? fields.map(({ field }) => field.name) : null
}

/** What comes from outside into a place: by its name, its type, the member of a known shape that it is. */
function outside(frame: Frame, pattern: Pattern, node: Call, index: number, result: Value): Value {
  const { machine, unit } = frame
  const origin = `filled ${idOf(node)}.${index}@${frame.activation.id}`
  const at = place(frame, pattern.span)
  if (pattern.kind === 'place') {
    const owner = evaluate(frame, pattern.place.object)
    const key = constantKey(pattern.place.key)
    const member = key === null ? nothing : ofShape(frame, owner, key, origin, pattern)
    if (member !== nothing) return member
    const named = opaqueValue(machine, origin, key === null ? [] : [key], null, at)
    return isBlank(machine, named) && key !== null
      ? asSource(machine, named, bareEvidence(machine, key), at, key)
      : named
  }
  const name = pattern.kind === 'binding' ? pattern.name : ''
  const value = typed(machine, unit.index, opaqueValue(machine, origin, [name], null, at), typeOf(pattern))
  if (value.opaque === null) return value
  return value.opaque.entity !== null ? value : { ...value, data: joinData(value.data, result.data) }
}

function ofShape(frame: Frame, owner: Value, key: string, origin: string, pattern: Pattern): Value {
  const { machine } = frame
  for (const thing of objectThings(owner)) {
    const of = readObject(frame, thing.address).class
    const shape = of === null ? null : recordShape(machine, of)
    if (shape === null) continue
    const record = opaqueValue(machine, origin, [shape.entity.name], shape, place(frame, pattern.span))
    return readMember(frame, record, key, nothing, pattern.span)
  }
  return nothing
}

/** An object that is written into: a list gets an element, a record members that are not known. */
function fillObjects(frame: Frame, target: Value, given: Value): void {
  for (const { address } of objectThings(target)) {
    if (readObject(frame, address).kind === 'list') writeObject(frame, address, null, elementOf(frame, given), false)
    else spreadInto(frame, address, given, nowhere)
  }
}

const nowhere = { start: 0, end: 0 }

/** `json.Unmarshal(body, customer)`: objects that are handed over by reference. */
export function fillArguments(frame: Frame, args: readonly Given[], data: Value['data'], site: Site): void {
  for (const [index, { value }] of args.entries())
    for (const thing of objectThings(value)) {
      const object = readObject(frame, thing.address)
      const shape = object.class === null ? null : recordShape(frame.machine, object.class)
      const origin = `filled ${idOf(site)}.${index}@${frame.activation.id}`
      const known = opaqueValue(frame.machine, origin, [shape?.entity.name ?? ''], shape, place(frame, site.span))
      fillObjects(frame, { ...nothing, things: [thing] }, shape === null ? { ...known, data } : known)
    }
}

/** Written into the first argument: what the receiver and the others hold. */
export function writeInto(frame: Frame, target: Value, content: Value): Value {
  for (const { address } of objectThings(target)) writeObject(frame, address, null, content, false)
  return content
}
