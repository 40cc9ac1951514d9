/** A record's form that says which of its members it takes or leaves out: `customer.model_dump(include={"plan"})`, `df.drop(columns=[…])`. */
import type { Given, Site } from './calls.js'
import { allocate, libraryOf, readObject, writeObject, type Frame } from './frame.js'
import { emptyRecord, type HeapObject } from './heap.js'
import { readMember } from './members.js'
import { knownText } from './text.js'
import { join, nothing, objectThings, type Value } from './value.js'

/** The receiver with what named arguments take of it and leave of it; itself where they do not say which. */
export function picked(frame: Frame, receiver: Value, args: readonly Given[], site: Site): Value {
  const { selecting } = libraryOf(frame)
  const named = (names: readonly string[]) =>
    args.find(({ name, keywords }) => name !== undefined && keywords !== true && names.includes(name))?.value
  const taken = named(selecting?.takes ?? [])
  const left = named(selecting?.leaves ?? [])
  const only = taken === undefined ? null : namesIn(frame, taken)
  const without = left === undefined ? null : namesIn(frame, left)
  if (only !== null)
    return takenOf(
      frame,
      receiver,
      only.filter((key) => without?.includes(key) !== true),
      site,
    )
  return without === null ? receiver : leaving(frame, receiver, without, site)
}

/** A record of these members of a value. */
export function takenOf(frame: Frame, value: Value, names: readonly string[], site: Site): Value {
  const result = allocate(frame, site, emptyRecord, 'picked')
  for (const { address } of objectThings(result))
    for (const key of names) writeObject(frame, address, key, readMember(frame, value, key, nothing, site.span), true)
  return result
}

/** What a package's function takes of its first argument: `pick(customer, ['plan'])`, `omit(customer, 'name', 'phone')`. */
export function selected(frame: Frame, kind: 'takes' | 'leaves', values: readonly Value[], site: Site): Value | null {
  const [first, ...rest] = values
  const names = rest.map((value) => namesIn(frame, value))
  if (first === undefined || names.length === 0 || names.some((one) => one === null)) return null
  const all = names.flatMap((one) => one ?? [])
  return kind === 'takes' ? takenOf(frame, first, all, site) : leaving(frame, first, all, site)
}

/** `df.drop(columns=["name"])`, `df.drop(["name"], axis=1)` */
export function leftOut(frame: Frame, receiver: Value, args: readonly Given[], site: Site): Value {
  const names = args.flatMap(({ value, keywords }) => (keywords === true ? [] : (namesIn(frame, value) ?? [])))
  return leaving(frame, receiver, names, site)
}

/** A value without some of its members. */
function leaving(frame: Frame, value: Value, without: readonly string[], site: Site): Value {
  let result: Value = { ...value, things: value.things.filter(({ kind }) => kind !== 'object') }
  for (const { address } of objectThings(value)) {
    const object = readObject(frame, address)
    const fields = new Map([...object.fields].filter(([key]) => !without.includes(key)))
    result = join(result, allocate(frame, site, { ...object, fields }, `left ${address}`))
  }
  const { opaque } = result
  const shape = opaque?.entity ?? opaque?.holds ?? null
  if (opaque === null || shape === null) return result
  const { machine } = frame
  const narrowed = machine.shapes.narrowed(shape, `without ${without.join()}`, () =>
    machine.program.fields(shape).flatMap(({ field }) => (without.includes(field.name) ? [] : [field])),
  )
  const held = opaque.entity === null ? { holds: narrowed } : { entity: narrowed }
  return { ...result, opaque: { ...opaque, ...held } }
}

/** `{"name", "phone"}`, `["name"]`, `{"name": True}`; null where some are not known. */
export function namesIn(frame: Frame, value: Value): string[] | null {
  const [text] = value.texts
  const one = value.texts.length === 1 ? knownText(text!) : null
  if (one !== null) return [one]
  const objects = objectThings(value)
  if (objects.length !== 1 || value.opaque !== null) return null
  const object = readObject(frame, objects[0]!.address)
  return object.element === nothing && object.rest === nothing ? keysOf(object) : null
}

function keysOf({ kind, fields }: HeapObject): string[] | null {
  if (kind !== 'list') return [...fields.keys()]
  const names = [...fields.values()].map(({ texts }) => (texts.length === 1 ? knownText(texts[0]!) : null))
  return names.every((name) => name !== null) ? names : null
}
