/** What can be called or spoken through, in values that unseen code takes: functions, clients, what packages made. */
import type { HeapObject } from './heap.js'
import type { Thing } from './value.js'

const mostHeld = 8
const mostObjects = 20

interface Objects {
  heap: { peek(address: number): HeapObject | null }
}

/** Nearest first; records and lists are looked into, the program's own instances are not. */
export function heldThings(
  { heap }: Objects,
  things: readonly Thing[],
  local?: { get(address: number): HeapObject | undefined },
): Thing[] {
  const held: Thing[] = []
  const queue: Thing[] = [...things]
  const seen = new Set<number>()
  for (let next = 0; next < queue.length && held.length < mostHeld; next++) {
    const current = queue[next]!
    if (current.kind !== 'object') {
      if (current.kind === 'function' || current.kind === 'client' || current.kind === 'made') held.push(current)
      continue
    }
    if (seen.has(current.address) || seen.size >= mostObjects) continue
    seen.add(current.address)
    const object = local?.get(current.address) ?? heap.peek(current.address)
    if (object === null || object.kind === 'instance') continue
    for (const value of object.fields.values()) queue.push(...value.things, ...(value.opaque?.inner ?? []))
    for (const value of [object.element, object.rest]) queue.push(...value.things, ...(value.opaque?.inner ?? []))
  }
  return held
}
