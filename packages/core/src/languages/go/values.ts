/** What is known of a value by how it is written: its type, its zero, whether it is a channel. */
import type { TypeReference, Value } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { findLocal, packageNamed, textOf, type Lowering } from './lowering.js'
import { isChannel, typeOf } from './types.js'

/** `Customer{…}`, `&Customer{…}`, `new(Customer)`, `make([]Customer, 0)`, `x.(Customer)` */
export function typeOfValue(l: Lowering, node: SyntaxNode): TypeReference | undefined {
  switch (node.type) {
    case 'composite_literal':
    case 'type_assertion_expression':
    case 'type_conversion_expression':
      return typeOf(l, fieldOf(node, 'type'))
    case 'unary_expression': {
      const inner = fieldOf(node, 'operand')
      return inner === null || textOf(l, node).startsWith('<-') ? undefined : typeOfValue(l, inner)
    }
    case 'call_expression': {
      const made = madeType(l, node)
      return made === null ? undefined : typeOf(l, made)
    }
    case 'identifier': {
      const binding = findLocal(l, textOf(l, node))
      return binding === null ? undefined : l.types.get(binding)
    }
    default:
      return undefined
  }
}

/** The type that `make` and `new` make. */
export function madeType(l: Lowering, call: SyntaxNode): SyntaxNode | null {
  const callee = fieldOf(call, 'function')
  if (callee?.type !== 'identifier' || !/^(?:make|new)$/.test(textOf(l, callee))) return null
  const list = fieldOf(call, 'arguments')
  return list === null ? null : (namedOf(list)[0] ?? null)
}

export function isChannelMade(l: Lowering, node: SyntaxNode): boolean {
  if (node.type !== 'call_expression') return false
  return isChannel(madeType(l, node))
}

/** A variable's value before one is given to it; null where that is no more than nothing. */
export function zeroOf(l: Lowering, type: SyntaxNode | null, span: Value['span']): Value | null {
  if (type === null) return null
  switch (type.type) {
    case 'slice_type':
    case 'array_type':
    case 'channel_type':
      return typeOf(l, type)?.name === 'string' ? null : { kind: 'list', items: [], span }
    case 'map_type':
      return { kind: 'record', entries: [], span }
    case 'qualified_type':
    case 'generic_type':
    case 'struct_type':
    case 'type_identifier':
      return instanceOf(l, type, span)
    default:
      return null
  }
}

/** `var buf bytes.Buffer` */
export function isBuffer(l: Lowering, type: SyntaxNode | null): boolean {
  return type !== null && writers.test(textOf(l, type))
}

const writers = /^(?:strings\.Builder|bytes\.Buffer|bufio\.Writer)$/

function instanceOf(l: Lowering, type: SyntaxNode, span: Value['span']): Value | null {
  const written = textOf(l, type)
  if (writers.test(written)) return { kind: 'list', items: [], span }
  const of = typeOf(l, type)
  if (type.type === 'struct_type') return { kind: 'record', entries: [], span }
  if (of?.binding === undefined) return null
  const dot = written.indexOf('.')
  // a type of another package that is no struct (an interface, a number) has no members either
  if (dot > 0 && packageNamed(l, written.slice(0, dot)) === null) return null
  return { kind: 'record', entries: [], type: of, span }
}
