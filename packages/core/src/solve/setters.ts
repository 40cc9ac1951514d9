/**
 * Methods that do no more than write one field of their object: what they do is done where they are called, so that a later write
 * replaces an earlier one while the object is local.
 */
import type { FunctionValue } from '../ir/ir.js'
import type { Given } from './calls.js'
import { constantKey } from './evaluate.js'
import { writeObject, type Frame } from './frame.js'
import { nothing, objectThings, type Value } from './value.js'

interface Setter {
  field: string
  fluent: boolean
}

const known = new WeakMap<FunctionValue, Setter | null>()

/** What `customer.setPhone(phone)` gives, its field written; null where the method does more, or the object is not known. */
export function writtenBy(frame: Frame, node: FunctionValue, self: Value, args: readonly Given[]): Value | null {
  if (args.length !== 1 || args[0]!.spread || args[0]!.keywords === true) return null
  let setter = known.get(node)
  if (setter === undefined) known.set(node, (setter = setterOf(node)))
  if (setter === null) return null
  const objects = objectThings(self)
  if (objects.length !== 1 || self.opaque !== null || self.things.length !== 1) return null
  writeObject(frame, objects[0]!.address, setter.field, args[0]!.value, true)
  return setter.fluent ? self : nothing
}

/** `this.phone = phone;`, with or without `return this;` */
function setterOf({ parameters, body, receiver, generator, async: later }: FunctionValue): Setter | null {
  if (parameters.length !== 1 || receiver == null || generator || later || body.length === 0 || body.length > 2)
    return null
  const [first, second] = body
  const { pattern } = parameters[0]!
  if (pattern.kind !== 'binding' || first!.kind !== 'expression' || first!.value.kind !== 'assignment') return null
  const { target, value } = first!.value
  if (value.kind !== 'reference' || value.binding !== pattern.binding || target.kind !== 'place') return null
  const { object, key } = target.place
  const field = constantKey(key)
  if (object.kind !== 'reference' || object.binding !== receiver || field === null) return null
  if (second === undefined) return { field, fluent: false }
  if (second.kind !== 'return' || second.value?.kind !== 'reference' || second.value.binding !== receiver) return null
  return { field, fluent: true }
}

const constructors = new WeakMap<FunctionValue, ReadonlyMap<string, number> | null>()

/** Writes the fields of a new record, where its constructor only puts its parameters into them; whether it does. */
export function constructedBy(frame: Frame, node: FunctionValue, instance: Value, args: readonly Given[]): boolean {
  let fields = constructors.get(node)
  if (fields === undefined) constructors.set(node, (fields = fieldsSetBy(node)))
  const objects = objectThings(instance)
  if (fields === null || objects.length !== 1 || args.some((one) => one.spread || one.keywords === true)) return false
  const places = node.parameters.map(({ name }) => name)
  const given = places.map((name) => args.find((one) => one.name !== undefined && one.name === name)?.value)
  let next = 0
  for (const { name, value } of args) {
    if (name !== undefined) continue
    while (next < given.length && given[next] !== undefined) next++
    given[next++] = value
  }
  for (const [field, at] of fields) {
    const value = given[at]
    if (value !== undefined) writeObject(frame, objects[0]!.address, field, value, true)
  }
  return true
}

function fieldsSetBy({ parameters, body, receiver }: FunctionValue): ReadonlyMap<string, number> | null {
  const fields = new Map<string, number>()
  for (const statement of body) {
    if (statement.kind !== 'expression' || statement.value.kind !== 'assignment') return null
    const { target, value } = statement.value
    if (value.kind !== 'reference' || target.kind !== 'place' || target.place.object.kind !== 'reference') return null
    const field = constantKey(target.place.key)
    const at = parameters.findIndex(
      ({ pattern, rest }) => pattern.kind === 'binding' && rest !== true && pattern.binding === value.binding,
    )
    if (field === null || at < 0 || target.place.object.binding !== receiver) return null
    fields.set(field, at)
  }
  return fields
}
