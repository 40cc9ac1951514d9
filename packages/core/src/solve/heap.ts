/**
 * Objects live at their allocation site in their activation. While an object is local to one evaluation, writes replace what
 * was there; once it escapes (a call, a shared binding, a result), it lives in the heap, where writes only add.
 */
import { freely, most, type Activation } from './activation.js'
import { join, nothing, widen, type Thing, type Value } from './value.js'

export interface HeapObject {
  readonly kind: 'record' | 'list' | 'instance'
  readonly fields: ReadonlyMap<string, Value>
  /** Elements of a list, members under unknown keys. */
  readonly element: Value
  /** What is spread into it without being known. */
  readonly rest: Value
  readonly class: (Thing & { kind: 'class' }) | null
}

const mostFields = 200

/** Where a record keeps what its own keys hold. */
export const keysField = '[[keys]]'

export const emptyRecord: HeapObject = {
  kind: 'record',
  fields: new Map(),
  element: nothing,
  rest: nothing,
  class: null,
}
export const emptyList: HeapObject = { ...emptyRecord, kind: 'list' }

export function writeField(
  object: HeapObject,
  key: string | null,
  value: Value,
  strong: boolean,
  joining = join,
): HeapObject {
  if (key === null) {
    const element = joining(object.element, value)
    return element === object.element ? object : { ...object, element }
  }
  const known = object.fields.get(key)
  const written = strong || known === undefined ? value : joining(known, value)
  if (written === known) return object
  if (known === undefined && object.fields.size >= mostFields)
    return { ...object, element: joining(object.element, value) }
  const fields = new Map(object.fields)
  fields.set(key, written)
  return { ...object, fields }
}

export function joinObjects(a: HeapObject, b: HeapObject, joining = join): HeapObject {
  if (a === b) return a
  let result = a
  for (const [key, value] of b.fields) result = writeField(result, key, value, false, joining)
  const element = joining(result.element, b.element)
  const rest = joining(result.rest, b.rest)
  if (element !== result.element || rest !== result.rest || (result.class === null && b.class !== null))
    result = { ...result, element, rest, class: result.class ?? b.class }
  return result
}

export class Heap {
  readonly #addresses = new Map<string, number>()
  readonly #objects: (HeapObject | undefined)[] = []
  /** Who read an object: the fields that each looked at, or null for the whole. */
  readonly #readers: (Map<Activation, Set<string> | null> | undefined)[] = []
  readonly #grown: number[] = []
  readonly #copied = new Map<number, number>()

  address(key: string): number {
    let address = this.#addresses.get(key)
    if (address === undefined) {
      address = this.#addresses.size + 1
      this.#addresses.set(key, address)
    }
    return address
  }

  /** Address of an object's copy for one call; a copy of a copy there is the same again. */
  copy(call: string, address: number): number {
    const base = this.#copied.get(address) ?? address
    const copy = this.address(`copy ${call} ${base}`)
    this.#copied.set(copy, base)
    return copy
  }

  has(address: number): boolean {
    return this.#objects[address] !== undefined
  }

  /** With a key: only this field, and what stands for those that are not known, is looked at. */
  read(address: number, reader: Activation, key: string | null = null): HeapObject {
    let readers = this.#readers[address]
    if (readers === undefined) this.#readers[address] = readers = new Map()
    const keys = readers.get(reader)
    if (key === null) readers.set(reader, null)
    else if (keys === undefined) readers.set(reader, new Set([key]))
    else keys?.add(key)
    return this.#objects[address] ?? emptyRecord
  }

  /** An object as it is now, without waiting for it. */
  peek(address: number): HeapObject | null {
    return this.#objects[address] ?? null
  }

  /** Joins an object into the heap; the activations to solve again, if it grew where they looked. */
  add(address: number, object: HeapObject): Activation[] {
    const known = this.#objects[address]
    if ((this.#grown[address] ?? 0) >= most) return []
    const joined =
      known === undefined ? object : joinObjects(known, object, (this.#grown[address] ?? 0) < freely ? join : widen)
    if (joined === known) return []
    this.#objects[address] = joined
    this.#grown[address] = (this.#grown[address] ?? 0) + 1
    return this.#concerned(address, known ?? emptyRecord, joined)
  }

  #concerned(address: number, known: HeapObject, joined: HeapObject): Activation[] {
    const readers = this.#readers[address]
    if (readers === undefined) return []
    const { kind, element, rest, class: of } = known
    if (kind !== joined.kind || element !== joined.element || rest !== joined.rest || of !== joined.class)
      return [...readers.keys()]
    const grown = [...joined.fields].filter(([key, value]) => known.fields.get(key) !== value)
    const looked = (keys: ReadonlySet<string> | null) => keys === null || grown.some(([key]) => keys.has(key))
    return [...readers].filter(([, keys]) => looked(keys)).map(([reader]) => reader)
  }

  get size(): number {
    return this.#addresses.size
  }
}
