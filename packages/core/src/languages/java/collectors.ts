/** Collectors: what a stream is gathered into, where that is less than its elements, or other. */
import type { Value } from '../../ir/ir.js'
import { constant, functionOf, member, reference } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, operation } from './expressions.js'
import { declare, inScope, textOf, type Lowering } from './lowering.js'

/** What a stream is gathered into, where that is less or other than its elements: `collect(Collectors.groupingBy(Customer::plan, counting()))`. */
export function collected(l: Lowering, receiver: Value, given: SyntaxNode | null, span: Value['span']): Value | null {
  const collector = given === null ? undefined : namedOf(given)[0]
  if (collector?.type !== 'method_invocation') return null
  const name = textOf(l, fieldOf(collector, 'name') ?? collector)
  const args = argumentsOf(l, fieldOf(collector, 'arguments'))
  const called = (of: Value, method: string, ...values: Value[]): Value => ({
    kind: 'call',
    callee: member(of, method, span),
    arguments: values.map((value) => ({ value })),
    construct: false,
    span,
  })
  const [first, second] = args.map(({ value }) => value)
  if (first === undefined) return null
  switch (name) {
    // only what is asked of each element goes on
    case 'mapping':
      return called(receiver, 'map', first)
    case 'groupingBy':
    case 'groupingByConcurrent': {
      const inner = namedOf(fieldOf(collector, 'arguments') ?? collector).at(-1)!
      const how = inner.type === 'method_invocation' ? textOf(l, fieldOf(inner, 'name') ?? inner) : ''
      const keys = called(receiver, 'map', first)
      if (second === undefined) return null
      if (/^(?:counting|summing\w+|averaging\w+)$/.test(how)) return keys
      if (how !== 'mapping') return null
      return listOf([keys, called(receiver, 'map', argumentsOf(l, fieldOf(inner, 'arguments'))[0]!.value)], span)
    }
    case 'partitioningBy': {
      const kept = called(receiver, 'filter', first)
      return {
        kind: 'record',
        entries: [
          { key: constant('true', span), value: kept, span },
          { key: constant('false', span), value: called(receiver, 'filter', negated(l, collector, first)), span },
        ],
        span,
      }
    }
    case 'counting':
      return constant(0, span)
    default:
      return null
  }
}

function listOf(values: readonly Value[], span: Value['span']): Value {
  return { kind: 'list', items: values.map((value) => ({ value, spread: false })), span }
}

function negated(l: Lowering, node: SyntaxNode, test: Value): Value {
  const { span } = test
  return inScope(l, () => {
    const binding = declare(l, 'it')
    const called: Value = {
      kind: 'call',
      callee: test,
      arguments: [{ value: reference(binding, span) }],
      construct: false,
      span,
    }
    const value = operation('not', [called], false, span)
    const pattern = { kind: 'binding' as const, binding, name: 'it', span }
    return functionOf('', node, [{ pattern, name: 'it' }], [{ kind: 'return', value, span }])
  })
}
