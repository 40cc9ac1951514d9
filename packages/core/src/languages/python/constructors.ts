/** The constructor that a record class has without writing it: a parameter for every field, by position or by name. */
import type { FunctionValue, Parameter, Statement, TypeReference, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { documented, type Lowering } from './lowering.js'
import { member, reference } from '../nodes.js'

export interface Field {
  name: string
  type: TypeReference | undefined
  comment: string | undefined
  /** Default, in the class's surroundings. */
  value: Value | null
  span: Span
  /** Declared as a part of the record, not only assigned somewhere. */
  data: boolean
  positional: boolean
}

export function recordConstructor(
  l: Lowering,
  fields: readonly Field[],
  hasParent: boolean,
  span: Span,
): FunctionValue {
  const receiver = l.names.unique('self')
  const bindings = fields.map(({ name }) => l.names.unique(name))
  const parameters = fields.map((field, at): Parameter => {
    const type = field.type?.name === 'column' ? undefined : field.type
    const binding = {
      kind: 'binding' as const,
      binding: bindings[at]!,
      name: field.name,
      ...(type === undefined ? {} : { type }),
      ...documented(field.comment),
      span: field.span,
    }
    const { value } = field
    return {
      pattern: value === null ? binding : { kind: 'default', pattern: binding, value, span: field.span },
      name: field.name,
    }
  })
  const rest = l.names.unique('kwargs')
  if (hasParent) parameters.push({ pattern: { kind: 'binding', binding: rest, name: 'kwargs', span }, keywords: true })
  const parent: Statement = {
    kind: 'expression',
    value: {
      kind: 'call',
      callee: { kind: 'parent', receiver, span },
      arguments: [{ value: reference(rest, span), keywords: true }],
      construct: false,
      span,
    },
    span,
  }
  const assigned = fields.map(({ name, span: at }, index): Statement => {
    const place = member(reference(receiver, at), name, at)
    const value: Value = {
      kind: 'assignment',
      target: { kind: 'place', place: place as Extract<Value, { kind: 'member' }>, span: at },
      value: reference(bindings[index]!, at),
      span: at,
    }
    return { kind: 'expression', value, span: at }
  })
  return {
    kind: 'function',
    name: 'constructor',
    nameSpan: span,
    parameters,
    receiver,
    body: hasParent ? [parent, ...assigned] : assigned,
    async: false,
    generator: false,
    decorators: [],
    span,
  }
}
