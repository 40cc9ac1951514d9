/** Expressions → values. */
import type { List, Record, RecordEntry, Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { callValue } from './calls.js'
import { comprehension } from './comprehensions.js'
import { lambda } from './functions.js'
import { bindingOf, target } from './patterns.js'
import { comparison, operation } from './operators.js'
import { commentOf, deeper, documented, nameValue, notUnderstood, textOf, type Lowering } from './lowering.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { stringValue } from './strings.js'

export function expression(l: Lowering, node: SyntaxNode): Value {
  return deeper<Value>(
    l,
    node,
    () => lowered(l, node),
    (cut) => cut,
  )
}

function lowered(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  switch (node.type) {
    case 'identifier':
      return nameValue(l, textOf(l, node), span)
    case 'string':
    case 'concatenated_string':
      return stringValue(l, node)
    case 'integer':
    case 'float':
      return constant(Number(textOf(l, node).replaceAll('_', '')) || 0, span)
    case 'true':
    case 'false':
      return constant(node.type === 'true', span)
    case 'none':
      return constant(null, span)
    case 'ellipsis':
      return constant(undefined, span)
    case 'attribute':
      return attribute(l, node)
    case 'subscript':
      return subscript(l, node)
    case 'call':
      return callValue(l, node)
    case 'await':
      return { kind: 'await', value: first(l, node), span }
    case 'parenthesized_expression':
    case 'type':
      return first(l, node)
    // a, *b
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
    case 'pattern_list':
    case 'list_pattern':
    case 'tuple_pattern':
      return listValue(l, node)
    case 'dictionary':
      return dictionary(l, node)
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
    case 'dictionary_comprehension':
      return comprehension(l, node)
    case 'lambda':
      return lambda(l, node)
    // a if b else c
    case 'conditional_expression': {
      const [then, test, otherwise] = namedOf(node)
      if (then === undefined || test === undefined || otherwise === undefined) return notUnderstood(l, node)
      return {
        kind: 'choice',
        test: expression(l, test),
        then: expression(l, then),
        otherwise: expression(l, otherwise),
        span,
      }
    }
    // (n := f(x))
    case 'named_expression':
      return walrus(l, node)
    // x as y, where no statement binds it
    case 'as_pattern':
      return first(l, node)
    // yield x, yield from xs
    case 'yield': {
      const [value] = namedOf(node)
      const each = hasToken(node, 'from')
      return { kind: 'yield', value: value === undefined ? null : expression(l, value), each, span }
    }
    case 'not_operator':
    case 'unary_operator':
    case 'boolean_operator':
    case 'binary_operator':
      return operation(l, node)
    case 'comparison_operator':
      return comparison(l, node)
    case 'keyword_argument':
      return expression(l, fieldOf(node, 'value') ?? node.children[0]!)
    case 'list_splat':
    case 'dictionary_splat':
    case 'parenthesized_list_splat':
      return first(l, node)
    case 'assignment':
    case 'augmented_assignment':
      return assigned(l, node)
    default:
      return notUnderstood(l, node)
  }
}

function first(l: Lowering, node: SyntaxNode): Value {
  const [inner] = namedOf(node)
  return inner === undefined ? notUnderstood(l, node) : expression(l, inner)
}

function walrus(l: Lowering, node: SyntaxNode): Value {
  const name = fieldOf(node, 'name')
  const value = fieldOf(node, 'value')
  if (name === null || value === null) return notUnderstood(l, node)
  const given = expression(l, value)
  const binding = bindingOf(l, textOf(l, name))
  const pattern = { kind: 'binding' as const, binding, name: textOf(l, name), span: spanOf(name) }
  return { kind: 'assignment', target: pattern, value: given, span: spanOf(node) }
}

/** `a = b = c`: the inner one, as a value. */
function assigned(l: Lowering, node: SyntaxNode): Value {
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  if (left === null || right === null) return notUnderstood(l, node)
  return { kind: 'assignment', target: target(l, left), value: expression(l, right), span: spanOf(node) }
}

// customer.name; os.path.join where `os.path` is imported
function attribute(l: Lowering, node: SyntaxNode): Value {
  const dotted = dottedName(l, node)
  if (dotted !== null) {
    const names = dotted.split('.')
    for (let size = names.length; size > 1; size--) {
      const binding = l.dotted.get(names.slice(0, size).join('.'))
      if (binding === undefined || l.scope.find(names[0]!)?.holder != null) continue
      let value: Value = reference(binding, spanOf(node))
      for (const name of names.slice(size)) value = member(value, name, spanOf(node))
      return value
    }
  }
  const object = fieldOf(node, 'object')
  const name = fieldOf(node, 'attribute')
  if (object === null || name === null) return notUnderstood(l, node)
  return {
    kind: 'member',
    object: superOf(l, object) ?? expression(l, object),
    key: constant(textOf(l, name), spanOf(name)),
    span: spanOf(node),
  }
}

/** `a.b.c` as it stands; null where it is more than names. */
export function dottedName(l: Lowering, node: SyntaxNode): string | null {
  const names: string[] = []
  let at: SyntaxNode | null = node
  while (at?.type === 'attribute' && names.length < 12) {
    const name = fieldOf(at, 'attribute')
    if (name === null) return null
    names.push(textOf(l, name))
    at = fieldOf(at, 'object')
  }
  return at?.type === 'identifier' ? [textOf(l, at), ...names.reverse()].join('.') : null
}

// super(), super(Customer, self)
export function superOf(l: Lowering, node: SyntaxNode): Value | null {
  if (node.type !== 'call' || l.frame.receiver === null) return null
  const called = fieldOf(node, 'function')
  if (called?.type !== 'identifier' || textOf(l, called) !== 'super') return null
  return { kind: 'parent', receiver: l.frame.receiver, span: spanOf(node) }
}

// row["phone"], row[key], xs[1:]
function subscript(l: Lowering, node: SyntaxNode): Value {
  const value = fieldOf(node, 'value')
  const keys = fieldsOf(node, 'subscript')
  if (value === null || keys.length === 0) return notUnderstood(l, node)
  const object = expression(l, value)
  const span = spanOf(node)
  const [key] = keys
  // a slice, of one dimension or several: elements of the whole
  if (keys.some(({ type }) => type === 'slice')) {
    const callee = member(object, '[:]', span)
    return { kind: 'call', callee, arguments: [], construct: false, span }
  }
  // df[["name", "phone"]]: several columns
  if (keys.length === 1 && key!.type === 'list') {
    const parts = namedOf(key!).map((one): Value => ({ kind: 'member', object, key: expression(l, one), span }))
    if (parts.length > 0) return { kind: 'unknown', children: parts, span }
  }
  return { kind: 'member', object, key: expression(l, key!), span }
}

export function listValue(l: Lowering, node: SyntaxNode): List {
  return {
    kind: 'list',
    items: namedOf(node).map((item) => ({
      value: expression(l, item),
      spread: item.type === 'list_splat' || item.type === 'parenthesized_list_splat',
    })),
    span: spanOf(node),
  }
}

// {"phone": phone, **rest}
function dictionary(l: Lowering, node: SyntaxNode): Record {
  const entries = namedOf(node).flatMap((entry): RecordEntry[] => {
    const span = spanOf(entry)
    if (entry.type === 'dictionary_splat') return [{ key: null, value: first(l, entry), span }]
    const key = fieldOf(entry, 'key')
    const value = fieldOf(entry, 'value')
    if (key === null || value === null) return [{ key: null, value: notUnderstood(l, entry), span }]
    return [{ key: expression(l, key), value: expression(l, value), span, ...documented(commentOf(l, entry)) }]
  })
  return { kind: 'record', entries, span: spanOf(node) }
}
