/** `Customer{Phone: x}`, `[]string{a, b}`, `map[string]any{"phone": x}`: literals of structs, lists and maps; inner ones take their type from outside. */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { commentOf, deeper, documented, notUnderstood, textOf, type Lowering } from './lowering.js'
import { typeOf } from './types.js'
import { isBuffer } from './values.js'

export function compositeLiteral(
  l: Lowering,
  type: SyntaxNode | null,
  body: SyntaxNode | null,
  span: Value['span'],
): Value {
  if (body === null) return { kind: 'record', entries: [], span }
  switch (type?.type) {
    case 'pointer_type':
      return compositeLiteral(l, namedOf(type)[0] ?? null, body, span)
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type': {
      const element = fieldOf(type, 'element')
      const items = namedOf(body).map((one) => ({ value: elementValue(l, valueOf(one), element), spread: false }))
      return { kind: 'list', items, span }
    }
    case 'map_type': {
      const of = fieldOf(type, 'value')
      return { kind: 'record', entries: entriesIn(l, body, (one) => elementValue(l, one, of), false), span }
    }
    default:
      // &bytes.Buffer{}
      if (isBuffer(l, type)) return { kind: 'list', items: [], span }
      return ofNamed(l, type ?? null, body, span)
  }
}

/** A struct's members, or a named list's or map's elements. */
function ofNamed(l: Lowering, type: SyntaxNode | null, body: SyntaxNode, span: Value['span']): Value {
  const struct = type === null ? null : structOf(l, type)
  const entries = entriesIn(
    l,
    body,
    (one, name) => elementValue(l, one, name === null ? null : (struct?.get(name) ?? null)),
    true,
  )
  const of = typeOf(l, type)
  return { kind: 'record', entries, ...(of === undefined ? {} : { type: of }), span }
}

/** Types of a struct's fields, where this file declares it. */
function structOf(l: Lowering, type: SyntaxNode): ReadonlyMap<string, SyntaxNode | null> | null {
  const base = type.type === 'generic_type' ? (fieldOf(type, 'type') ?? type) : type
  return l.structs.get(textOf(l, base)) ?? null
}

function entriesIn(
  l: Lowering,
  body: SyntaxNode,
  lower: (value: SyntaxNode, name: string | null) => Value,
  named: boolean,
): RecordEntry[] {
  return namedOf(body).map((one, at): RecordEntry => {
    const span = spanOf(one)
    if (one.type !== 'keyed_element') return { key: constant(String(at), span), value: lower(valueOf(one), null), span }
    const written = fieldOf(one, 'key')
    const inner = written === null ? null : valueOf(written)
    const isName = named && inner?.type === 'identifier'
    const name = isName ? textOf(l, inner) : null
    const key =
      name !== null ? constant(name, spanOf(inner!)) : inner === null ? notUnderstood(l, one) : expression(l, inner)
    const value = fieldOf(one, 'value')
    return {
      key,
      value: value === null ? notUnderstood(l, one) : lower(valueOf(value), name),
      ...documented(commentOf(l, one)),
      span,
    }
  })
}

function valueOf(node: SyntaxNode): SyntaxNode {
  const inner = node.type === 'keyed_element' ? fieldOf(node, 'value') : node
  return inner?.type === 'literal_element' ? (namedOf(inner)[0] ?? inner) : (inner ?? node)
}

/** An element; one without a type has that of what it stands in. */
function elementValue(l: Lowering, node: SyntaxNode, type: SyntaxNode | null): Value {
  if (node.type !== 'literal_value') return expression(l, node)
  return deeper<Value>(
    l,
    node,
    () => compositeLiteral(l, type, node, spanOf(node)),
    (cut) => cut,
  )
}
