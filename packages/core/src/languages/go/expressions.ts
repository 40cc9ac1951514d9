/** Go's expressions → values. A pointer is what it points to; what a channel gives is an element of it. */
import type { Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { callValue } from './calls.js'
import { compositeLiteral } from './composites.js'
import { functionValue } from './functions.js'
import {
  deeper,
  findLocal,
  isPredeclared,
  notUnderstood,
  packageNamed,
  textOf,
  topBinding,
  type Lowering,
} from './lowering.js'
import { typeOf } from './types.js'

export function expression(l: Lowering, node: SyntaxNode): Value {
  return deeper<Value>(
    l,
    node,
    () => lower(l, node),
    (cut) => cut,
  )
}

function lower(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const [first] = namedOf(node)
  switch (node.type) {
    case 'interpreted_string_literal':
    case 'raw_string_literal':
    case 'rune_literal':
      return constant(literalText(textOf(l, node)), span)
    case 'int_literal':
    case 'float_literal':
    case 'imaginary_literal':
      return constant(Number(textOf(l, node).replace(/_/g, '')), span)
    case 'true':
    case 'false':
      return constant(node.type === 'true', span)
    case 'nil':
      return constant(null, span)
    case 'iota':
      return constant(0, span)
    case 'identifier':
    case 'type_identifier':
    case 'package_identifier':
      return nameValue(l, textOf(l, node), span)
    case 'qualified_type':
    case 'selector_expression':
      return selected(l, node)
    case 'generic_type':
    case 'parenthesized_expression':
    case 'type_instantiation_expression':
    case 'literal_element':
    case 'variadic_argument':
      return first === undefined ? notUnderstood(l, node) : expression(l, first)
    case 'call_expression':
      return callValue(l, node)
    case 'composite_literal':
      return compositeLiteral(l, fieldOf(node, 'type'), fieldOf(node, 'body'), span)
    case 'func_literal':
      return functionValue(l, node, null)
    case 'unary_expression':
      return unary(l, node)
    case 'binary_expression':
      return binary(l, node)
    case 'index_expression':
      return { kind: 'member', object: part(l, node, 'operand'), key: part(l, node, 'index'), span }
    case 'slice_expression':
      return part(l, node, 'operand')
    case 'type_assertion_expression':
    case 'type_conversion_expression': {
      const value = part(l, node, 'operand')
      const type = typeOf(l, fieldOf(node, 'type'))
      return type === undefined ? value : { kind: 'cast', value, type, span }
    }
    default:
      return notUnderstood(l, node)
  }
}

export function part(l: Lowering, node: SyntaxNode, field: string): Value {
  const inner = fieldOf(node, field)
  return inner === null ? notUnderstood(l, node) : expression(l, inner)
}

export function operation(operator: string, operands: Value[], carries: boolean, span: Value['span']): Value {
  return { kind: 'operation', operator, operands, carries, span }
}

/** "…" with its escapes, `…` as it stands. */
export function literalText(written: string): string {
  const inner = written.slice(1, written.length > 1 ? -1 : undefined)
  if (written.startsWith('`')) return inner
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/g,
    (_, byte?: string, short?: string, long?: string, octal?: string, one?: string) => {
      const hex = byte ?? short ?? long
      if (hex !== undefined) return character(Number.parseInt(hex, 16))
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      return one === undefined ? '' : (escapes[one] ?? one)
    },
  )
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', a: '\u0007', v: '\v' }

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** A name: local, of the package, a package that is imported, else one of the language. */
export function nameValue(l: Lowering, name: string, span: Value['span']): Value {
  const local = findLocal(l, name)
  const present = local === null ? undefined : l.presence.get(local)
  if (present !== undefined)
    return operation('not-equal', [reference(present, span), constant(null, span)], false, span)
  if (local !== null) return reference(local, span)
  if (isPredeclared(l, name)) return { kind: 'global', name, span }
  const from = packageNamed(l, name)
  if (from !== null) return reference(from.binding, span)
  const binding = topBinding(l, name)
  return binding === null ? { kind: 'global', name, span } : reference(binding, span)
}

function selected(l: Lowering, node: SyntaxNode): Value {
  const object = fieldOf(node, 'operand') ?? fieldOf(node, 'package')
  const name = fieldOf(node, 'field') ?? fieldOf(node, 'name')
  if (object === null || name === null) return notUnderstood(l, node)
  return member(expression(l, object), textOf(l, name), spanOf(node))
}

function unary(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const operator = textOf(l, fieldOf(node, 'operator') ?? node)
  const value = part(l, node, 'operand')
  if (operator === '&' || operator === '*') return value
  if (operator === '<-') return operation('iterate', [value], true, span)
  return operation(operator === '!' ? 'not' : 'arithmetic', [value], false, span)
}

function binary(l: Lowering, node: SyntaxNode): Value {
  // a + b + c … is as deep as it is long
  const operands: SyntaxNode[] = []
  let current: SyntaxNode = node
  const operator = textOf(l, fieldOf(node, 'operator') ?? node)
  for (;;) {
    const right = fieldOf(current, 'right')
    const left = fieldOf(current, 'left')
    if (right === null || left === null) return notUnderstood(l, node)
    operands.unshift(right)
    const isSame = left.type === 'binary_expression' && textOf(l, fieldOf(left, 'operator') ?? left) === operator
    if (!isSame) {
      operands.unshift(left)
      break
    }
    current = left
  }
  const values = operands.map((one) => expression(l, one))
  const span = spanOf(node)
  if (operator === '+') return operation('concat', values, true, span)
  if (operator === '&&' || operator === '||')
    return values.reduce((left, right) => ({
      kind: 'logical',
      operator: operator === '&&' ? 'and' : 'or',
      left,
      right,
      span,
    }))
  if (operator === '==' || operator === '!=') {
    const error = comparedError(l, operands)
    if (error !== null)
      return operation(operator === '!=' ? 'equal' : 'not-equal', [error, constant(true, span)], false, span)
  }
  if (operator === '==' || operator === '!=')
    return operation(operator === '==' ? 'equal' : 'not-equal', values, false, span)
  return operation(/^[<>]=?$/.test(operator) ? 'compare' : 'arithmetic', values, false, span)
}

/** err != nil: whether there is one */
function comparedError(l: Lowering, operands: readonly SyntaxNode[]): Value | null {
  const [first, second] = operands
  if (operands.length !== 2 || second!.type !== 'nil' || first!.type !== 'identifier') return null
  return /^err|Err$/.test(textOf(l, first!)) ? expression(l, first!) : null
}
