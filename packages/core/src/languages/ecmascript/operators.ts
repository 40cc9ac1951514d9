/** Operators. Chains of `a + b + c`, `a || b || c` and `a ? b : c ? d : e` are unrolled: their length costs no stack. */
import type { Logical, Operation, Value } from '../../ir/ir.js'
import { expression } from './expressions.js'
import { maxChain, type Lowering } from './lowering.js'
import { namingOf } from './functions.js'
import { pattern } from './patterns.js'
import { spanOf, type Syntax } from './syntax.js'

const binaryOperators: Readonly<Record<string, string>> = {
  '+': 'concat',
  '==': 'equal',
  '===': 'equal',
  '!=': 'not-equal',
  '!==': 'not-equal',
  '<': 'compare',
  '<=': 'compare',
  '>': 'compare',
  '>=': 'compare',
  in: 'in',
  instanceof: 'instance-of',
}

function operatorName(written: string): string {
  return binaryOperators[written] ?? 'arithmetic'
}

function operation(node: Syntax, operator: string, operands: Value[], carries = operator === 'concat'): Operation {
  return { kind: 'operation', operator, operands, carries, span: spanOf(node) }
}

// a + b + c, a === b: nested as written, and flat over the bound
export function binary(l: Lowering, node: Syntax): Value {
  const spine: Syntax[] = []
  let at = node
  for (; at.type === 'BinaryExpression'; at = at.left) spine.push(at)
  let value = expression(l, at)
  let last: Operation | null = null
  for (let i = spine.length - 1; i >= 0; i--) {
    const operator = operatorName(spine[i]!.operator)
    const right = expression(l, spine[i]!.right)
    if (last === null || i >= spine.length - maxChain) value = last = operation(spine[i]!, operator, [value, right])
    else {
      last.operands.push(right)
      last.carries ||= operator === 'concat'
      if (last.operator !== operator) last.operator = 'other'
      last.span = spanOf(spine[i]!)
    }
  }
  return value
}

const logicalOperators: Readonly<Record<string, Logical['operator']>> = { '&&': 'and', '||': 'or', '??': 'nullish' }

// a && b && c: a balanced tree, as the operators are associative
export function logical(l: Lowering, node: Syntax): Value {
  const spine: Syntax[] = []
  let at = node
  for (; at.type === 'LogicalExpression' && at.operator === node.operator; at = at.left) spine.push(at.right)
  const operands = [at, ...spine.reverse()].map((operand) => expression(l, operand))
  return joined(logicalOperators[node.operator] ?? 'or', operands)
}

/** Joins operands to a balanced tree. */
export function joined(operator: Logical['operator'], operands: readonly Value[]): Value {
  if (operands.length === 1) return operands[0]!
  const middle = operands.length <= 3 ? operands.length - 1 : operands.length >> 1
  const left = joined(operator, operands.slice(0, middle))
  const right = joined(operator, operands.slice(middle))
  return { kind: 'logical', operator, left, right, span: { start: left.span.start, end: right.span.end } }
}

// a ? b : c ? d : e
export function choice(l: Lowering, node: Syntax): Value {
  const arms: { node: Syntax; test: Value; then: Value }[] = []
  let at = node
  for (; at.type === 'ConditionalExpression'; at = at.alternate) {
    arms.push({ node: at, test: expression(l, at.test), then: expression(l, at.consequent) })
  }
  let otherwise = expression(l, at)
  if (arms.length > maxChain) {
    const children = arms.splice(maxChain).map((arm) => arm.then)
    otherwise = { kind: 'unknown', children: [...children, otherwise], span: otherwise.span }
  }
  for (const arm of arms.reverse()) {
    otherwise = { kind: 'choice', test: arm.test, then: arm.then, otherwise, span: spanOf(arm.node) }
  }
  return otherwise
}

const unaryOperators: Readonly<Record<string, string>> = {
  '!': 'not',
  typeof: 'typeof',
  void: 'void',
  delete: 'delete',
}

// !a, typeof a, void a, delete a.b, -a, ~a; +a is a as a number
export function unary(l: Lowering, node: Syntax): Value {
  const operator = unaryOperators[node.operator] ?? 'arithmetic'
  const negative = node.operator === '-' && typeof node.argument.value === 'number'
  // -1
  if (negative) return { kind: 'constant', value: -node.argument.value, span: spanOf(node) }
  const { used } = l.browser
  const operand = expression(l, node.argument)
  if (operator === 'typeof' && operand.kind === 'global') {
    // typeof window tells where the code runs, it does not need a window
    if (l.browser.used !== used || /^(window|document)$/.test(operand.name)) l.browser.tested = true
    l.browser.used = used
  }
  return operation(node, operator, [operand], node.operator === '+')
}

// a, b, c
export function sequence(l: Lowering, node: Syntax): Value {
  const operands = node.expressions.map((operand: Syntax) => expression(l, operand))
  return operation(node, 'sequence', operands, true)
}

// a = b, a += b, a ||= b
export function assignment(l: Lowering, node: Syntax): Value {
  const span = spanOf(node)
  const operator = node.operator.slice(0, -1)
  const logicalOperator = logicalOperators[operator]
  const naming = namingOf(node.left)
  if (operator === '') {
    const target = pattern(l, node.left)
    return { kind: 'assignment', target, value: expression(l, node.right, naming), span }
  }
  const target = pattern(l, node.left)
  const left = expression(l, node.left)
  const right = expression(l, node.right, naming)
  const value: Value =
    logicalOperator === undefined
      ? operation(node, operatorName(operator), [left, right])
      : { kind: 'logical', operator: logicalOperator, left, right, span }
  return { kind: 'assignment', target, value, span }
}

// a++, --a
export function update(l: Lowering, node: Syntax): Value {
  const target = pattern(l, node.argument)
  const value = operation(node, 'arithmetic', [expression(l, node.argument)], false)
  return { kind: 'assignment', target, value, span: spanOf(node) }
}
