/** Nodes of the IR that every language makes. */
import type { Reference, Value } from '../ir/ir.js'
import type { Span } from '../location.js'

export function spanOf(node: Span): Span {
  return { start: node.start, end: node.end }
}

export function reference(binding: string, span: Span): Reference {
  return { kind: 'reference', binding, span }
}

export function constant(value: string | number | boolean | null | undefined, span: Span): Value {
  return { kind: 'constant', value, span }
}

export function member(object: Value, name: string, span: Span): Value {
  return { kind: 'member', object, key: constant(name, span), span }
}
