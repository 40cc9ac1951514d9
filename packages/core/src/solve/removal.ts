/** Members that code takes out of a record: `delete record.phone`, `del record["phone"]`, `record.pop("phone")`. */
import type { Value as Node } from '../ir/ir.js'
import { constantKey, evaluate } from './evaluate.js'
import { updateObject, type Frame } from './frame.js'
import { constantText } from './patterns.js'
import { nothing, objectThings, type Value } from './value.js'

export function removeMember(frame: Frame, operand: Node): void {
  if (operand.kind !== 'member') return
  const object = evaluate(frame, operand.object)
  removeFrom(frame, object, constantKey(operand.key) ?? constantText(evaluate(frame, operand.key)))
}

/** Only of an object that is this one and that nobody else sees: of any other it may still be there. */
export function removeFrom(frame: Frame, object: Value, key: string | null): void {
  const [only, ...others] = objectThings(object)
  if (key === null || only === undefined || others.length > 0) return
  updateObject(
    frame,
    only.address,
    (known, isLocal) => {
      if (!isLocal || !known.fields.has(key)) return known
      const fields = new Map(known.fields)
      fields.delete(key)
      return { ...known, fields }
    },
    nothing,
  )
}
