/** Binding and assigning: values go into names, members and the parts of destructuring patterns. */
import type { Pattern } from '../ir/ir.js'
import { Cell } from './activation.js'
import { constant, constantKey, evaluate } from './evaluate.js'
import type { Machine } from './machine.js'
import { knownText } from './text.js'
import { assignedCell } from './classes.js'
import { allocate, place, publish, readObject, writeName, writeObject, type Frame } from './frame.js'
import { emptyRecord } from './heap.js'
import { memberPath, readMember } from './members.js'
import { typed, opaqueValue } from './outside.js'
import { asSource, bareEvidence, isBlank, withStep } from './sources.js'
import { asGuarded, underFacts } from './tag.js'
import { idOf, isNothing, join, named, nothing, objectThings, type Value } from './value.js'
import { writeKeys } from './keys.js'

export function bindPattern(frame: Frame, pattern: Pattern, value: Value): void {
  switch (pattern.kind) {
    case 'binding':
      writeName(frame, pattern.binding, known(frame, pattern, value))
      return
    case 'default': {
      const fallback = evaluate(frame, pattern.value)
      bindPattern(frame, pattern.pattern, isNothing(value) ? fallback : join(value, fallback))
      return
    }
    case 'record-pattern': {
      const whole = typed(frame.machine, frame.unit.index, value, pattern.type)
      const taken: string[] = []
      for (const entry of pattern.entries) {
        const key = constantKey(entry.key)
        if (key !== null) taken.push(key)
        const dynamic = key === null ? evaluate(frame, entry.key) : nothing
        bindPattern(frame, entry.pattern, readMember(frame, whole, key, dynamic, entry.pattern.span))
      }
      if (pattern.rest !== undefined) bindPattern(frame, pattern.rest, restOf(frame, whole, taken, pattern.rest))
      return
    }
    case 'list-pattern':
      for (const [index, item] of pattern.items.entries())
        if (item !== null) {
          const key = pattern.records === true ? fieldAt(frame, value, index) : String(index)
          const found =
            pattern.results === true ? resultAt(frame, value, index) : readMember(frame, value, key, nothing, item.span)
          bindPattern(frame, item, found)
        }
      if (pattern.rest !== undefined)
        bindPattern(frame, pattern.rest, tailOf(frame, value, pattern.items.length, pattern.rest))
      return
    case 'place':
      assignMember(frame, pattern.place, value)
  }
}

/** One of a call's results: of a list of them, the one at its place; all else is the first. */
function resultAt(frame: Frame, value: Value, index: number): Value {
  let result: Value =
    index === 0
      ? { ...value, things: [] }
      : {
          ...nothing,
          data: value.data,
          opaque: value.opaque === null ? null : { ...value.opaque, entity: null, own: 0 },
        }
  for (const thing of value.things) {
    const fields = thing.kind === 'object' ? readObject(frame, thing.address) : null
    const found =
      fields?.kind === 'list' && fields.fields.size > 1
        ? (fields.fields.get(String(index)) ?? nothing)
        : index === 0
          ? { ...nothing, things: [thing] }
          : nothing
    const told = underFacts(found, thing.when, frame.machine.facts)
    result = isNothing(result) ? told : join(result, told)
  }
  return result
}

/** A value as bound to a name: the name and the declared type say what an unknown value is. */
function known(frame: Frame, pattern: Extract<Pattern, { kind: 'binding' }>, value: Value): Value {
  const { machine, unit } = frame
  const at = place(frame, pattern.span)
  const whole = typed(machine, unit.index, value, pattern.type)
  // `({ input }) => …`: a name that every record goes by says nothing of this one.
  const held = whole.opaque?.entity != null && machine.knowledge.plays('holders', pattern.name)
  let result = held ? whole : named(whole, pattern.name)
  const text =
    result.data.size === 0 && result.opaque === null && result.texts.length === 1 ? knownText(result.texts[0]!) : null
  if (text !== null) result = { ...result, data: constant(frame, text, pattern.name, pattern.span).data }
  if (pattern.comment !== undefined && isBlank(frame.machine, result)) {
    const label = /@personalData\s+([a-z][a-z-]*)/.exec(pattern.comment)
    if (label !== null)
      return asSource(machine, result, { dataClass: label[1]!, sureness: 6, party: null }, at, pattern.name)
  }
  if (isBlank(frame.machine, result) && result.opaque!.entity === null)
    result = asSource(machine, result, bareEvidence(machine, pattern.name), at, pattern.name)
  return withStep(result, 'bound', pattern.name, at)
}

/** `val (name, phone) = customer`: the field at a place of a record; of a list, the element. */
function fieldAt(frame: Frame, value: Value, index: number): string {
  const entity = value.opaque?.list === true ? null : (value.opaque?.entity ?? null)
  const declared =
    entity === null ? [] : frame.machine.program.fields(entity).filter(({ field }) => field.returns === undefined)
  const names = objectThings(value).map(({ address }) => {
    const object = readObject(frame, address)
    const members = object.class?.node.members.filter((member) => !member.static && member.member === 'field')
    const keys = members?.map((member) => constantKey(member.key)) ?? [...object.fields.keys()]
    return object.kind === 'list' ? null : keys[index]
  })
  return names[0] ?? declared[index]?.field.name ?? String(index)
}

/** `const { a, ...rest } = x`: the rest is the object without the members taken. */
function restOf(frame: Frame, value: Value, taken: readonly string[], pattern: Pattern): Value {
  const objects = objectThings(value)
  if (objects.length === 0) {
    const opaque = value.opaque
    if (opaque === null || opaque.entity === null) return value
    const fields = frame.machine.program.fields(opaque.entity).filter(({ field }) => !taken.includes(field.name))
    const entity = {
      module: opaque.entity.module,
      entity: { ...opaque.entity.entity, fields: fields.map(({ field }) => field), extends: [] },
    }
    return {
      ...opaqueValue(frame.machine, `rest ${idOf(pattern)}`, opaque.names, entity, opaque.place),
      data: value.data,
    }
  }
  let result = nothing
  for (const thing of objects) {
    const object = readObject(frame, thing.address)
    const address = frame.machine.heap.address(`rest ${idOf(pattern)}@${frame.activation.id}.${thing.address}`)
    const fields = new Map([...object.fields].filter(([key]) => !taken.includes(key)))
    frame.state.objects.set(address, { ...object, fields })
    result = join(result, { ...nothing, things: [{ kind: 'object', address, when: thing.when }] })
  }
  return result
}

/** `const [a, ...rest] = xs`: the list without the elements taken. */
function tailOf(frame: Frame, value: Value, taken: number, pattern: Pattern): Value {
  let result: Value = { ...value, things: value.things.filter((thing) => thing.kind !== 'object') }
  for (const thing of objectThings(value)) {
    const object = readObject(frame, thing.address)
    const address = frame.machine.heap.address(`tail ${idOf(pattern)}@${frame.activation.id}.${thing.address}`)
    const fields = new Map(
      [...object.fields]
        .filter(([key]) => Number(key) >= taken)
        .map(([key, field]) => [String(Number(key) - taken), field]),
    )
    frame.state.objects.set(address, { ...object, fields })
    result = join(result, { ...nothing, things: [{ kind: 'object', address, when: thing.when }] })
  }
  return result
}

export function assignMember(frame: Frame, target: Extract<Pattern, { kind: 'place' }>['place'], value: Value): void {
  const object = evaluate(frame, target.object)
  const key = constantKey(target.key) ?? constantText(evaluate(frame, target.key))
  const written = withStep(value, 'member', key ?? '[…]', place(frame, target.span))
  const objects = objectThings(object)
  const guarded = asGuarded(frame, written)
  for (const thing of objects) writeObject(frame, thing.address, key, guarded, objects.length === 1)
  if (objects.length > 0 && key === null) writeKeys(frame, object, evaluate(frame, target.key))
  if (objects.length === 0) remember(frame, target, object, key, written)
  for (const thing of object.things)
    if (thing.kind === 'class' && key !== null) {
      publish(frame, value)
      frame.machine.write(assignedCell(thing, key), value)
    } else if (thing.kind === 'package' && thing.package !== '' && key !== null)
      frame.machine.write(packageCell(frame.machine, thing.package, memberPath(thing, key)), value)
}

/** `config.BaseURL = '…'` of what unseen code gave: the name holds it too, from here on. */
function remember(
  frame: Frame,
  target: Extract<Pattern, { kind: 'place' }>['place'],
  object: Value,
  key: string | null,
  written: Value,
): void {
  const { object: named } = target
  if (named.kind !== 'reference' || key === null || isNothing(object)) return
  if (object.things.some(({ kind }) => kind !== 'made') || !frame.state.env.has(named.binding)) return
  const known = allocate(frame, target, { ...emptyRecord, fields: new Map([[key, written]]) })
  writeName(frame, named.binding, join(object, known))
}

/** `openai.api_base = '…'`: what the program sets in a package holds for all of it. */
export function packageCell(machine: Machine, name: string, key: string): Cell {
  const place = `member ${name} ${key}`
  let cell = machine.channels.get(place)
  if (cell === undefined) machine.channels.set(place, (cell = new Cell()))
  return cell
}

/** The one text that a value is; null where it may be another too. */
export function constantText(value: Value): string | null {
  if (value.opaque !== null) return null
  const text = value.texts.length === 1 ? value.texts[0]! : null
  return text !== null && text.parts.length === 1 && typeof text.parts[0] === 'string' ? text.parts[0] : null
}
