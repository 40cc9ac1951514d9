/**
 * Calls. What is a conversion, a built-in function, or the package's way to say what others say with a method or operator, is
 * lowered as such; `&x` hands out a place; a construction by its name (`New…`, `With…`) keeps what it was given.
 */
import type { Argument, Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { placeOf } from './assignments.js'
import { requestChain } from './chains.js'
import { expression, operation } from './expressions.js'
import { formatted } from './formats.js'
import { findLocal, isPredeclared, notUnderstood, packageNamed, textOf, type Lowering } from './lowering.js'
import { typeOf } from './types.js'
import { madeType, zeroOf } from './values.js'

/** Functions of packages that take first what others have as receiver. */
const methodForms =
  /^(?:strings|bytes|slices|maps|github\.com\/samber\/lo)\.(Contains|HasPrefix|Filter|Map|ForEach|Reduce|Find|Values|Sorted|Concat|Clone|Compact|Reverse|Collect|Uniq|FlatMap)$/
const equalities = /^(?:strings\.EqualFold|bytes\.Equal|reflect\.DeepEqual|slices\.Equal)$/
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
    arguments: argumentsOf(l, written),
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
  return operand === null || operand.type === 'composite_literal' ? null : placeOf(l, operand)
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
      return zeroOf(l, type, span) ?? constant(null, span)
    }
    case 'len':
    case 'cap':
    case 'delete':
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
      return joined(values(), span)
    default:
      return conversions.test(name) && written.length === 1 ? (values()[0] ?? null) : null
  }
}

/** Any of several values. */
function joined(values: readonly Value[], span: Value['span']): Value {
  const [first, ...rest] = values
  return rest.reduce<Value>(
    (left, right) => ({ kind: 'logical', operator: 'or', left, right, span }),
    first ?? constant(null, span),
  )
}

function libraryCall(l: Lowering, node: SyntaxNode, path: string, written: readonly SyntaxNode[]): Value | null {
  const span = spanOf(node)
  const values = () => argumentsOf(l, written).map(({ value }) => value)
  if (equalities.test(path) && written.length === 2) return operation('equal', values(), false, span)
  if (path === 'cmp.Or') return joined(values(), span)
  if (path.startsWith('fmt.')) return formatted(l, node, path.slice(4), written)
  const form = methodForms.exec(path)?.[1]
  if (form !== undefined && written.length > 0) {
    const [receiver, ...args] = argumentsOf(l, written)
    return { kind: 'call', callee: member(receiver!.value, form, span), arguments: args, construct: false, span }
  }
  // http.NewRequestWithContext(ctx, method, url, body)
  if (path === 'net/http.NewRequestWithContext' && written.length === 4) {
    const callee = fieldOf(node, 'function')!
    const object = fieldOf(callee, 'operand')!
    const called = member(expression(l, object), 'NewRequest', spanOf(callee))
    return { kind: 'call', callee: called, arguments: argumentsOf(l, written.slice(1)), construct: true, span }
  }
  return coded(l, node, written) ?? requestChain(l, node, written)
}

/** `json.NewEncoder(w).Encode(x)` writes x into w, `json.NewDecoder(r).Decode(&x)` reads x from r. */
function coded(l: Lowering, node: SyntaxNode, written: readonly SyntaxNode[]): Value | null {
  const callee = fieldOf(node, 'function')
  const object = callee?.type === 'selector_expression' ? fieldOf(callee, 'operand') : null
  const method = object === null ? '' : textOf(l, fieldOf(callee!, 'field') ?? node)
  if (object?.type !== 'call_expression' || !/^(?:Encode|Decode)$/.test(method)) return null
  const maker = /\.New(?:Encoder|Decoder)$/.test(calledPath(l, object))
  const stream = fieldOf(object, 'arguments')
  const [target] = stream === null ? [] : argumentsOf(l, namedOf(stream))
  if (!maker || target === undefined) return null
  const span = spanOf(node)
  const coder: Value = member({ kind: 'global', name: 'stream', span }, method, span)
  return { kind: 'call', callee: coder, arguments: [target, ...argumentsOf(l, written)], construct: false, span }
}
