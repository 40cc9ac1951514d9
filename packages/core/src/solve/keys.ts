/**
 * Keys that are data: `counts[customer.phone] = 1`. A record holds what its keys hold, beside what stands under them: whoever prints it
 * prints its keys, whoever reads a member does not.
 */
import type { Frame } from './frame.js'
import { readObject, writeObject } from './frame.js'
import { flat } from './evaluate.js'
import { keysField } from './heap.js'
import { joinAll, nothing, objectThings, type Value } from './value.js'

/** Notes what a key that is not known holds. */
export function writeKeys(frame: Frame, record: Value, key: Value): void {
  const { data } = flat(frame, key)
  if (data.size === 0) return
  for (const { address } of objectThings(record)) writeObject(frame, address, keysField, { ...nothing, data }, false)
}

/** What the keys of a value hold. */
export function keysOf(frame: Frame, value: Value): Value {
  return joinAll(objectThings(value).map(({ address }) => readObject(frame, address).fields.get(keysField) ?? nothing))
}
