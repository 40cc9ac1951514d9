/** `{ ...a }`, `Object.assign(o, a)`: the members of one object written into another. */
import { readObject, updateObject, writeObject, type Frame } from './frame.js'
import { emptyRecord, joinObjects } from './heap.js'
import { underFacts } from './tag.js'
import type { Span } from '../location.js'
import { readMember } from './members.js'
import { join, nothing, type Value } from './value.js'

export function spreadInto(frame: Frame, address: number, value: Value, span: Span): void {
  for (const thing of value.things) {
    if (thing.kind !== 'object') continue
    const from = readObject(frame, thing.address)
    const tagged = new Map(
      [...from.fields].map(([key, field]) => [key, underFacts(field, thing.when, frame.machine.facts)]),
    )
    for (const [key, field] of tagged) writeObject(frame, address, key, field, true)
    const rest = { ...emptyRecord, element: from.element, rest: from.rest }
    updateObject(frame, address, (object) => joinObjects(object, rest), join(from.element, from.rest))
  }
  if (value.opaque !== null || value.data.size > 0) {
    const rest: Value = { ...nothing, data: value.data, opaque: value.opaque }
    for (const key of readObject(frame, address).fields.keys())
      writeObject(frame, address, key, readMember(frame, rest, key, nothing, span), false)
    updateObject(frame, address, (object) => ({ ...object, rest: join(object.rest, rest) }), rest)
  }
}
