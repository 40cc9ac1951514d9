/**
 * Calls. What is a conversion, a built-in function, or the package's way to say what others say with a method or operator, is
 * lowered as such; `&x` hands out a place; a construction by its name (`New…`, `With…`) keeps what it was given.
 */
import type { Argument, RecordEntry, Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { itemsOf, placeOf } from './assignments.js'
import { expression, operation } from './expressions.js'
import { anyOf, libraryCall } from './library-calls.js'
import { findLocal, isPredeclared, notUnderstood, packageNamed, textOf, type Lowering } from './lowering.js'
import { statementsIn } from './statements.js'
import { typeOf } from './types.js'
import { madeType, zeroOf } from './values.js'

const makers = /^(?:New|With|Load|Default|Must|Open|Dial|Connect|Client|R$)/
const conversions = /^(?:string|error|any|bool|byte|rune|u?int(?:8|16|32|64)?|float(?:32|64))$/

/** `fmt.Sprintf`, `panic`: how a called function is written, a package by the path that it is imported by. */
export function calledPath(l: Lowering, call: SyntaxNode): string {
  const callee = fieldOf(call, 'function')
  if (callee === null) return ''
  const written = textOf(l, callee)
  if (written.length > 200) return ''
  const dot = written.indexOf('.')
  const from = dot < 0 ? null : packageNamed(l, written.slice(0, dot))
  return from === null ? written : `${from.from}${written.slice(dot)}`
}

export function callValue(l: Lowering, node: SyntaxNode): Value {
  const callee = fieldOf(node, 'function')
  const list = fieldOf(node, 'arguments')
  const written = list === null ? [] : namedOf(list)
  if (callee === null) return notUnderstood(l, node)
  const name = callee.type === 'identifier' ? textOf(l, callee) : null
  const own = name === null || !isPredeclared(l, name) ? null : builtIn(l, node, name, written)
  if (own !== null) return own
  const path = calledPath(l, node)
  return libraryCall(l, node, path, written) ?? plainCall(l, node, callee, path, written)
}

function plainCall(
  l: Lowering,
  node: SyntaxNode,
  callee: SyntaxNode,
  path: string,
  written: readonly SyntaxNode[],
): Value {
  const types = fieldOf(node, 'type_arguments')
  const given = types === null ? [] : namedOf(types).flatMap((one) => typeOf(l, one) ?? [])
  // generic calls with one type parse as an index: load[Customer](id)
  const isGeneric = callee.type === 'index_expression' && isType(l, fieldOf(callee, 'index'))
  const called = isGeneric ? (fieldOf(callee, 'operand') ?? callee) : callee
  const type = isGeneric ? typeOf(l, fieldOf(callee, 'index')) : undefined
  const typeArguments = type === undefined ? given : [type]
  return {
    kind: 'call',
    callee: expression(l, called),
    arguments: [...argumentsOf(l, written), ...settingsOf(l, written)],
    ...(typeArguments.length === 0 ? {} : { typeArguments }),
    construct: isMaker(l, called, path),
    span: spanOf(node),
  }
}

/** `pkg.NewClient(…)`, `option.WithBaseURL(…)` */
function isMaker(l: Lowering, callee: SyntaxNode, path: string): boolean {
  if (callee.type !== 'selector_expression' || path === '') return false
  const object = fieldOf(callee, 'operand')
  const isPackage = object?.type === 'identifier' && packageNamed(l, textOf(l, object)) !== null
  return isPackage && makers.test(path.slice(path.lastIndexOf('.') + 1))
}

/** `func(o *Options) { o.Region = "…" }`: what such functions set, as a record, by which the catalogue reads options. */
function settingsOf(l: Lowering, written: readonly SyntaxNode[]): Argument[] {
  const entries = written.flatMap((one) => (one.type === 'func_literal' ? fieldsSet(l, one) : []))
  const [first] = entries
  return first === undefined ? [] : [{ name: '$block', value: { kind: 'record', entries, span: first.span } }]
}

function fieldsSet(l: Lowering, literal: SyntaxNode): RecordEntry[] {
  const parameters = fieldOf(literal, 'parameters')
  const [only, ...others] = parameters === null ? [] : namedOf(parameters)
  const name = only === undefined ? null : fieldOf(only, 'name')
  const body = fieldOf(literal, 'body')
  const type = only === undefined ? null : fieldOf(only, 'type')
  if (name === null || others.length > 0 || body === null || type?.type !== 'pointer_type') return []
  return statementsIn(body).flatMap((statement): RecordEntry[] => {
    if (statement.type !== 'assignment_statement') return []
    const [place, ...more] = itemsOf(fieldOf(statement, 'left'))
    const [value] = itemsOf(fieldOf(statement, 'right'))
    const object = place?.type === 'selector_expression' ? fieldOf(place, 'operand') : null
    if (object === null || value === undefined || more.length > 0 || textOf(l, object) !== textOf(l, name)) return []
    const field = fieldOf(place!, 'field')!
    const span = spanOf(statement)
    return [{ key: constant(textOf(l, field), span), value: expression(l, value), span }]
  })
}

function isTypeNode(l: Lowering, node: SyntaxNode): boolean {
  return /type(?:_identifier)?$/.test(node.type) && findLocal(l, textOf(l, node)) === null
}

function isType(l: Lowering, node: SyntaxNode | null): boolean {
  if (node === null) return false
  if (/_type$|^type_/.test(node.type)) return true
  return (
    node.type === 'identifier' &&
    findLocal(l, textOf(l, node)) === null &&
    /^\p{Lu}|^string$|^int$/u.test(textOf(l, node))
  )
}

export function argumentsOf(l: Lowering, written: readonly SyntaxNode[]): Argument[] {
  return written.map((one): Argument => {
    const inner = one.type === 'variadic_argument' ? (namedOf(one)[0] ?? one) : one
    const writes = handedOut(l, one)
    return {
      value: expression(l, inner),
      ...(one.type === 'variadic_argument' ? { spread: true } : {}),
      ...(writes === null ? {} : { writes }),
    }
  })
}

/** `&customer`, `&row.Phone` */
function handedOut(l: Lowering, node: SyntaxNode) {
  if (node.type !== 'unary_expression' || !textOf(l, node).startsWith('&')) return null
  const operand = fieldOf(node, 'operand')
  if (operand === null || operand.type === 'composite_literal') return null
  const binding = operand.type === 'identifier' ? findLocal(l, textOf(l, operand)) : null
  return binding !== null && l.buffers.has(binding) ? null : placeOf(l, operand)
}

function builtIn(l: Lowering, node: SyntaxNode, name: string, written: readonly SyntaxNode[]): Value | null {
  const span = spanOf(node)
  const values = () => argumentsOf(l, written).map(({ value }) => value)
  switch (name) {
    case 'append': {
      const items = argumentsOf(l, written).map(({ value, spread }, at) => ({
        value,
        spread: at === 0 || spread === true,
      }))
      return { kind: 'list', items, span }
    }
    case 'make':
    case 'new': {
      const type = madeType(l, node)
      // new(f(x)), new(x): a pointer to what is given
      if (name === 'new' && type !== null && !isTypeNode(l, type)) return expression(l, type)
      return zeroOf(l, type, span) ?? constant(null, span)
    }
    case 'delete': {
      const [record, key] = values()
      if (record === undefined || key === undefined) return notUnderstood(l, node)
      const place = { kind: 'member' as const, object: record, key, span }
      return { kind: 'assignment', target: { kind: 'place', place, span }, value: constant(null, span), span }
    }
    case 'len':
    case 'cap':
    case 'close':
    case 'clear':
    case 'print':
    case 'println':
    case 'recover':
    case 'panic':
      return operation('void', values(), false, span)
    case 'copy': {
      const [target, source] = values()
      if (target === undefined || source === undefined) return notUnderstood(l, node)
      const args = [{ value: source, spread: true }]
      return { kind: 'call', callee: member(target, 'append', span), arguments: args, construct: false, span }
    }
    case 'min':
    case 'max':
      return anyOf(values(), span)
    default:
      return conversions.test(name) && written.length === 1 ? (values()[0] ?? null) : null
  }
}
