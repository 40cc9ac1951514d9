/** Nodes of the IR that every language makes. */
import type { FunctionValue, Parameter, Reference, Statement, Value } from '../ir/ir.js'
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

/** A function as the JVM's languages have it: neither `async` nor a generator. */
export function functionOf(name: string, node: Span, parameters: Parameter[], body: Statement[]): FunctionValue {
  const span = spanOf(node)
  return {
    kind: 'function',
    name,
    nameSpan: span,
    parameters,
    body,
    async: false,
    generator: false,
    decorators: [],
    span,
  }
}
