/** Constructors that are not written: one that takes the fields, by name and in order; and what a written one leaves unsaid. */
import type { FunctionValue, Parameter, Statement, Value } from '../../ir/ir.js'
import { functionOf, member, reference, spanOf } from '../nodes.js'
import type { SyntaxNode } from '../tree.js'
import type { Field } from './classes.js'
import { declare, inScope, type Lowering } from './lowering.js'

/** `super()`, where a constructor does not say it, or is not written. */
export function withParent(constructor: FunctionValue, body: SyntaxNode | null): FunctionValue {
  const [first] = constructor.body
  const says = first?.kind === 'expression' && first.value.kind === 'call' && first.value.callee.kind === 'parent'
  if (says || constructor.receiver === undefined) return constructor
  const span = body === null ? constructor.span : { start: constructor.span.start, end: constructor.span.start }
  const callee: Value = { kind: 'parent', receiver: constructor.receiver, span }
  const called: Value = { kind: 'call', callee, arguments: [], construct: false, span }
  return { ...constructor, body: [{ kind: 'expression', value: called, span }, ...constructor.body] }
}

/** Takes the fields that have no value of their own, by name and in order. */
export function fieldsConstructor(
  l: Lowering,
  node: SyntaxNode,
  fields: readonly Field[],
  receiver: string,
): FunctionValue | null {
  const open = fields.filter((field) => !field.static && field.value === null)
  if (open.length === 0) return null
  const span = spanOf(node)
  return inScope(l, () => {
    const parameters = open.map(({ name, type, span: at }): Parameter => ({
      pattern: { kind: 'binding', binding: declare(l, name), name, ...(type === undefined ? {} : { type }), span: at },
      name,
    }))
    const body = parameters.map(({ pattern, name }): Statement => {
      const place = member(reference(receiver, span), name!, span) as Extract<Value, { kind: 'member' }>
      const value = reference((pattern as { binding: string }).binding, span)
      return {
        kind: 'expression',
        value: { kind: 'assignment', target: { kind: 'place', place, span }, value, span },
        span,
      }
    })
    return { ...functionOf('', node, parameters, body), receiver }
  })
}
