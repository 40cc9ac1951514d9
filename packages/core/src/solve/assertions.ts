/**
 * Functions that throw where a guard fails: whoever calls one goes on only under the facts under which it comes back.
 * `function assertAbroad(c) { if (c.country === 'JP') throw … }`
 */
import { eachChild } from '../ir/children.js'
import type { FunctionValue, Value as Node } from '../ir/ir.js'
import { once } from '../once.js'
import type { Activation } from './activation.js'
import type { Facts } from './facts.js'
import type { Frame } from './frame.js'
import { nothing } from './value.js'

/** Ways out that are told apart; where there are more, they tell nothing. */
const mostWays = 3

/** Whether a function has a `throw` of its own. */
export const throws = once((node: FunctionValue): boolean => {
  const stack: object[] = [...node.body]
  while (stack.length > 0) {
    const next = stack.pop()!
    const { kind } = next as { kind?: string }
    if (kind === 'throw') return true
    if (kind === 'function' || kind === 'class') continue
    eachChild(next, (child) => stack.push(child))
  }
  return false
})

/** A way out of a function, under what holds there. */
export function comesBack({ machine, activation, state }: Frame): void {
  if (activation.node === null || activation.shared || !throws(activation.node)) return
  const way = { parts: ['back'], when: state.facts, at: null }
  machine.write(activation.passed, { ...nothing, texts: [way] })
}

const awaited = new WeakSet<object>()

/** A call whose promise is waited for: what it throws is thrown here. */
export function waitsFor(node: Node): void {
  if (node.kind === 'call') awaited.add(node)
}

/** What holds after a call that came back. */
export function factsAfter(frame: Frame, called: Activation, site: object): Facts | null {
  const { machine, activation } = frame
  if (called.node === null || called.shared || !throws(called.node)) return null
  if (called.node.async && !awaited.has(site)) return null
  const { texts } = machine.read(called.passed, activation)
  if (texts.length === 0 || texts.length > mostWays) return null
  return texts.map(({ when }) => when).reduce((known, when) => machine.facts.either(known, when))
}
