/** `client.R().SetBody(x).Post(url)`: a request that is put together step by step is one call, its steps named arguments. */
import type { Argument, Value } from '../../ir/ir.js'
import { member, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { argumentsOf } from './calls.js'
import { expression } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'

const verbs = /^(?:Get|Post|Put|Patch|Delete|Execute|Send)$/
const mostSteps = 50

export function requestChain(l: Lowering, node: SyntaxNode, written: readonly SyntaxNode[]): Value | null {
  const verb = stepOf(l, node)
  if (verb === null || !verbs.test(verb.name)) return null
  const steps: { name: string; node: SyntaxNode }[] = []
  let current = verb.object
  for (let count = 0; count < mostSteps; count++) {
    const step = stepOf(l, current)
    if (step === null) return null
    if (step.name === 'R' || step.name === 'NewRequest') {
      const span = spanOf(node)
      const callee = member(expression(l, step.object), verb.name, span)
      const named = steps.reverse().map((one): Argument => ({ name: one.name, value: given(l, one.node) }))
      return { kind: 'call', callee, arguments: [...argumentsOf(l, written), ...named], construct: false, span }
    }
    if (!/^(?:Set|Add|With)[A-Z]/.test(step.name)) return null
    steps.push({ name: step.name, node: current })
    current = step.object
  }
  return null
}

/** The method of a call and what it is called on. */
function stepOf(l: Lowering, node: SyntaxNode): { name: string; object: SyntaxNode } | null {
  const callee = node.type === 'call_expression' ? fieldOf(node, 'function') : null
  const object = callee?.type === 'selector_expression' ? fieldOf(callee, 'operand') : null
  const field = object === null ? null : fieldOf(callee!, 'field')
  return object === null || field === null ? null : { name: textOf(l, field), object }
}

function given(l: Lowering, step: SyntaxNode): Value {
  const list = fieldOf(step, 'arguments')
  const values = list === null ? [] : argumentsOf(l, namedOf(list)).map(({ value }) => value)
  const items = values.map((value) => ({ value, spread: false }))
  return values.length === 1 ? values[0]! : { kind: 'list', items, span: spanOf(step) }
}
