/** Records and lists as written: what stands under a key is known by the key, and by the keys beside it. */
import type { Record as RecordValue, Value as Node } from '../ir/ir.js'
import { constant, constantKey, evaluate } from './evaluate.js'
import { allocate, place, writeObject, type Frame } from './frame.js'
import { emptyList, emptyRecord } from './heap.js'
import type { Machine } from './machine.js'
import { instanceOf, memberKey } from './literals.js'
import { elementOf } from './members.js'
import { alone, asSource, datum, isBlank, withStep } from './sources.js'
import { spreadInto } from './spread.js'
import { objectThings, type Value } from './value.js'
import { writeKeys } from './keys.js'

export function record(frame: Frame, node: RecordValue): Value {
  const { machine } = frame
  const result = allocate(frame, node, emptyRecord)
  const address = objectThings(result)[0]!.address
  const doubtful: { key: string; value: Value; span: RecordValue['span'] }[] = []
  /** Classes that other keys name. */
  const classes = new Set<string>()
  for (const entry of node.entries) {
    if (entry.key === null) {
      spreadInto(frame, address, evaluate(frame, entry.value), entry.span)
      continue
    }
    const key = memberKey(frame, node, constantKey(entry.key) ?? onlyText(evaluate(frame, entry.key)))
    let value = evaluate(frame, entry.value)
    if (
      entry.value.kind === 'constant' &&
      key !== null &&
      value.data.size === 0 &&
      typeof entry.value.value === 'string'
    )
      value = constant(frame, entry.value.value, key, entry.value.span)
    if (entry.value.kind === 'function')
      value = {
        ...value,
        things: value.things.map((thing) => (thing.kind === 'function' ? { ...thing, self: result } : thing)),
      }
    const match =
      key === null || machine.knowledge.names.isContentless(key) ? null : machine.knowledge.names.identifier(key)
    if (match !== null && match.strength !== 'context') classes.add(match.dataClass)
    if (key !== null && match !== null && isBlank(machine, value) && !isNamedThing(machine, value)) {
      if (match.strength === 'context') doubtful.push({ key, value, span: entry.span })
      else {
        const evidence = { dataClass: match.dataClass, sureness: alone(machine, match.dataClass), party: null }
        value = asSource(machine, value, evidence, place(frame, entry.span), key)
      }
    }
    if (key === null) writeKeys(frame, result, evaluate(frame, entry.key))
    writeObject(frame, address, key, withStep(value, 'member', key ?? '', place(frame, entry.span)), true)
  }
  for (const { key, value, span } of doubtful) beside(frame, address, key, value, span, classes)
  return node.type === undefined ? result : instanceOf(frame, node.type, result, node)
}

/** `name: part.toolName`: the value's own name says that it is no person's, whatever the key. */
function isNamedThing({ knowledge }: Machine, { opaque }: Value): boolean {
  const own = opaque?.names[0]
  return own !== undefined && /[a-z][A-Z]|_/.test(own) && knowledge.names.owner(own).is === 'not-person'
}

/** A weak name is believed where a strong one of another class stands in the same record. */
function beside(
  frame: Frame,
  address: number,
  key: string,
  value: Value,
  span: RecordValue['span'],
  classes: ReadonlySet<string>,
): void {
  const match = frame.machine.knowledge.names.identifier(key)
  if (match === null || value.opaque === null || [...classes].every((known) => known === match.dataClass)) return
  const found = datum(
    frame.machine,
    { dataClass: match.dataClass, sureness: alone(frame.machine, match.dataClass), party: null },
    value.opaque,
    place(frame, span),
    key,
  )
  writeObject(frame, address, key, { ...value, data: new Map([[found.key, found]]) }, true)
}

function onlyText(value: Value): string | null {
  const part = value.texts.length === 1 && value.texts[0]!.parts.length === 1 ? value.texts[0]!.parts[0] : null
  return typeof part === 'string' ? part : null
}

export function list(frame: Frame, items: readonly { value: Node; spread: boolean }[], site: object): Value {
  const result = allocate(frame, site, emptyList)
  const address = objectThings(result)[0]!.address
  let exact = true
  for (const [index, item] of items.entries()) {
    const value = evaluate(frame, item.value)
    if (item.spread) exact = false
    const element = item.spread ? elementOf(frame, value) : value
    writeObject(frame, address, exact && index < 40 ? String(index) : null, element, true)
  }
  return result
}
