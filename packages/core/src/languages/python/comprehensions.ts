/**
 * Comprehensions and generator expressions: a function of their own, called at once with the first iterable, so that conditions
 * guard elements as in any loop. `[f(x) for x in xs if p(x)]`
 */
import type { FunctionValue, Statement, Value } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { bind, inScope, notUnderstood, temporary, textOf, type Lowering } from './lowering.js'
import { member, reference, spanOf } from '../nodes.js'
import { assign } from './patterns.js'
import { Scope, targets } from './scope.js'

export function comprehension(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const [body, ...clauses] = namedOf(node)
  const firstIterable = clauses[0] === undefined ? null : fieldOf(clauses[0], 'right')
  if (body === undefined || firstIterable === null) return notUnderstood(l, node)
  const given = expression(l, firstIterable)
  const parameter = temporary(l)
  const result = node.type === 'dictionary_comprehension' ? temporary(l) : null
  const statements = inScope(l, new Scope(l.scope, l.names, 'function'), () => {
    for (const clause of clauses)
      if (clause.type === 'for_in_clause')
        for (const name of targets(fieldOf(clause, 'left'))) l.scope.declare(textOf(l, name))
    return nested(l, clauses, 0, reference(parameter, spanOf(firstIterable)), () => gathered(l, body, result))
  })
  const whole: Statement[] =
    result === null
      ? statements
      : [
          bind(l, result, '', { kind: 'record', entries: [], span }, span),
          ...statements,
          { kind: 'return', value: reference(result, span), span },
        ]
  const callee: FunctionValue = {
    kind: 'function',
    name: '',
    nameSpan: span,
    parameters: [{ pattern: { kind: 'binding', binding: parameter, name: '', span } }],
    body: whole,
    async: false,
    generator: result === null,
    decorators: [],
    span,
  }
  return { kind: 'call', callee, arguments: [{ value: given }], construct: false, span }
}

// for x in xs, if p(x): each inside the one before
function nested(
  l: Lowering,
  clauses: readonly SyntaxNode[],
  at: number,
  over: Value | null,
  innermost: () => Statement[],
): Statement[] {
  const clause = clauses[at]
  if (clause === undefined) return innermost()
  const span = spanOf(clause)
  if (clause.type === 'if_clause') {
    const [test] = namedOf(clause)
    const condition = test === undefined ? notUnderstood(l, clause) : expression(l, test)
    return [{ kind: 'branch', test: condition, then: nested(l, clauses, at + 1, null, innermost), otherwise: [], span }]
  }
  const left = fieldOf(clause, 'left')
  const right = fieldOf(clause, 'right')
  const iterable = over ?? (right === null ? notUnderstood(l, clause) : expression(l, right))
  const element = temporary(l)
  const bound = left === null ? [] : assign(l, left, reference(element, span), span)
  return [
    {
      kind: 'loop',
      form: 'of',
      before: [],
      pattern: { kind: 'binding', binding: element, name: left?.type === 'identifier' ? textOf(l, left) : '', span },
      over: iterable,
      test: null,
      body: [...bound, ...nested(l, clauses, at + 1, null, innermost)],
      after: [],
      span,
    },
  ]
}

function gathered(l: Lowering, body: SyntaxNode, result: string | null): Statement[] {
  const span = spanOf(body)
  if (result === null)
    return [{ kind: 'expression', value: { kind: 'yield', value: expression(l, body), each: false, span }, span }]
  const key = fieldOf(body, 'key')
  const value = fieldOf(body, 'value')
  if (key === null || value === null) return []
  const place = { ...member(reference(result, span), '', span), key: expression(l, key) }
  if (place.kind !== 'member') return []
  const written: Value = {
    kind: 'assignment',
    target: { kind: 'place', place, span },
    value: expression(l, value),
    span,
  }
  return [{ kind: 'expression', value: written, span }]
}
