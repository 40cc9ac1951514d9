/** Operators: what they carry and what they test. */
import type { Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { notUnderstood, textOf, type Lowering } from './lowering.js'
import { member, spanOf } from '../nodes.js'
import { filled, literalText } from './strings.js'

export function operation(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const operator = fieldOf(node, 'operator')
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  const argument = fieldOf(node, 'argument')
  // not x
  if (node.type === 'not_operator' && argument !== null)
    return { kind: 'operation', operator: 'not', operands: [expression(l, argument)], carries: false, span }
  // -x, ~x
  if (node.type === 'unary_operator' && argument !== null) {
    const text = textOf(l, argument)
    if (argument.type === 'integer') return { kind: 'constant', value: -Number(text), span }
    return { kind: 'operation', operator: 'other', operands: [expression(l, argument)], carries: true, span }
  }
  if (operator === null || left === null || right === null) return notUnderstood(l, node)
  // a and b, a or b
  if (node.type === 'boolean_operator')
    return {
      kind: 'logical',
      operator: operator.type === 'and' ? 'and' : 'or',
      left: expression(l, left),
      right: expression(l, right),
      span,
    }
  return binary(l, node, operator.type, left, right)
}

/** `a + b + c` leans to the left: it is unrolled, so that long sums do not nest. */
function binary(l: Lowering, node: SyntaxNode, operator: string, left: SyntaxNode, right: SyntaxNode): Value {
  if (operator === '+' || operator === '|') {
    const links: SyntaxNode[] = []
    let at = node
    for (;;) {
      const under = fieldOf(at, 'left')
      links.push(at)
      if (under?.type !== 'binary_operator' || fieldOf(under, 'operator')?.type !== operator) break
      at = under
    }
    let value = expression(l, fieldOf(links.at(-1)!, 'left')!)
    for (const link of links.reverse()) value = combined(l, link, operator, value, fieldOf(link, 'right')!)
    return value
  }
  const text = operator === '%' ? literalText(l, left) : null
  if (text !== null) return filled(text, expression(l, right), spanOf(node))
  return combined(l, node, operator, expression(l, left), right)
}

function combined(l: Lowering, node: SyntaxNode, operator: string, left: Value, right: SyntaxNode): Value {
  const operands = [left, expression(l, right)]
  const span = spanOf(node)
  // prompt | model: a method of what stands at the left
  if (operator === '|')
    return {
      kind: 'call',
      callee: member(left, '__or__', span),
      arguments: [{ value: operands[1]! }],
      construct: false,
      span,
    }
  // [a] + xs, (a,) + xs: elements of both
  if (operator === '+' && (left.kind === 'list' || operands[1]!.kind === 'list'))
    return { kind: 'list', items: operands.map((value) => ({ value, spread: true })), span }
  if (operator === '+') return { kind: 'operation', operator: 'concat', operands, carries: true, span }
  return { kind: 'operation', operator: operator === '%' ? 'other' : 'arithmetic', operands, carries: true, span }
}

// a < b <= c: all must hold
export function comparison(l: Lowering, node: SyntaxNode): Value {
  const operands = namedOf(node).filter(({ field }) => field !== 'operators')
  const operators = fieldsOf(node, 'operators').map(({ type }) => type)
  const values = operands.map((operand) => expression(l, operand))
  let result: Value | null = null
  for (const [at, operator] of operators.entries()) {
    const left = values[at]
    const right = values[at + 1]
    if (left === undefined || right === undefined) break
    const one = compared(operator, left, right, node)
    result = result === null ? one : { kind: 'logical', operator: 'and', left: result, right: one, span: spanOf(node) }
  }
  return result ?? notUnderstood(l, node)
}

export function compared(operator: string, left: Value, right: Value, at: { start: number; end: number }): Value {
  const span = spanOf(at)
  // c.country in ("JP", "日本")
  if (operator === 'in' || operator === 'not in') {
    const test: Value = {
      kind: 'call',
      callee: member(right, '__contains__', span),
      arguments: [{ value: left }],
      construct: false,
      span,
    }
    return operator === 'in' ? test : { kind: 'operation', operator: 'not', operands: [test], carries: false, span }
  }
  const named =
    operator === '==' || operator === 'is'
      ? 'equal'
      : operator === '!=' || operator === 'is not'
        ? 'not-equal'
        : 'compare'
  return { kind: 'operation', operator: named, operands: [left, right], carries: false, span }
}
