/** The flow-sensitive part of an evaluation: local names, local objects, what guards have told, whether it goes on. */
import type { FactTable, Facts } from './facts.js'
import { CopyOnWrite } from './copy-on-write.js'
import { joinObjects, type HeapObject } from './heap.js'
import { constantWhen } from './tag.js'
import { join, type Value } from './value.js'

export interface State {
  env: CopyOnWrite<string, Value>
  objects: CopyOnWrite<number, HeapObject>
  facts: Facts
  dead: boolean
}

export function emptyState(facts: Facts): State {
  return { env: new CopyOnWrite(), objects: new CopyOnWrite(), facts, dead: false }
}

export function copyState({ env, objects, facts, dead }: State): State {
  return { env: env.fork(), objects: objects.fork(), facts, dead }
}

/**
 * What holds after either of two ways. Values keep the facts under which they were chosen. `escape` takes the objects that
 * are local in one and shared in the other.
 */
export function mergeStates(
  a: State,
  b: State,
  table: FactTable,
  escaped: (address: number) => boolean,
  escape: (address: number, object: HeapObject) => void,
): State {
  if (a.dead) return b
  if (b.dead) return a
  const facts = table.either(a.facts, b.facts)
  const env = a.env.fork()
  for (const [binding, right] of a.env.isSame(b.env) ? [] : b.env) {
    const left = a.env.get(binding)
    if (left === right) continue
    const taggedRight = constantWhen(right, b.facts, facts, table)
    env.set(binding, left === undefined ? taggedRight : join(constantWhen(left, a.facts, facts, table), taggedRight))
  }
  const objects = a.objects.fork()
  if (a.objects.isSame(b.objects)) return { env, objects, facts, dead: false }
  for (const [address, right] of b.objects) {
    const left = a.objects.get(address)
    if (left !== undefined) {
      if (left !== right) objects.set(address, joinObjects(left, right))
    } else if (escaped(address)) escape(address, right)
    else objects.set(address, right)
  }
  for (const [address, left] of a.objects) {
    if (b.objects.has(address) || !escaped(address)) continue
    escape(address, left)
    objects.delete(address)
  }
  return { env, objects, facts, dead: false }
}
