/** Functions, methods and function literals → functions. Results that are named are bindings, which a bare `return` gives. */
import type { FunctionValue, Parameter, Pattern, Statement, TypeReference } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { typeParametersOf } from './declarations.js'
import { commentOf, declare, documented, inScope, textOf, unique, type Lowering } from './lowering.js'
import { block } from './statements.js'
import { isChannel, isVariadic, resultsOf, typeOf } from './types.js'

export function functionValue(
  l: Lowering,
  node: SyntaxNode,
  receiver: { type: string; name: SyntaxNode | null } | null,
): FunctionValue {
  const outer = { results: l.results, breaks: l.breaks, typeParameters: l.typeParameters }
  l.typeParameters = new Set([...outer.typeParameters, ...typeParametersOf(l, node)])
  l.breaks = null
  const value = inScope(l, () => {
    const self = receiver === null ? null : receiverBinding(l, receiver)
    const parameters = parametersOf(l, fieldOf(node, 'parameters'))
    const results = resultsOf(l, node)
    const named = results.names.map((name) => declare(l, textOf(l, name)))
    l.results = { types: results.types, named }
    const start = results.names.map((name, at) => namedResult(l, name, named[at]!, results.types[at]))
    const body = fieldOf(node, 'body')
    const statements = [...start, ...(body === null ? [] : block(l, body))]
    const [only] = results.types
    const name = fieldOf(node, 'name')
    return {
      kind: 'function' as const,
      name: name === null ? '' : textOf(l, name),
      nameSpan: name === null ? spanOf(node) : spanOf(name),
      parameters,
      ...(self === null ? {} : { receiver: self }),
      body: statements,
      async: false,
      generator: false,
      ...(results.types.length === 1 && only !== undefined && only.name !== 'void' ? { returns: only } : {}),
      decorators: [],
      ...documented(commentOf(l, node)),
      span: spanOf(node),
    }
  })
  Object.assign(l, outer)
  return value
}

function receiverBinding(l: Lowering, { type, name }: { type: string; name: SyntaxNode | null }): string {
  const binding = name === null ? unique(l, 'receiver') : declare(l, textOf(l, name))
  const of = l.top.get(type)
  const span = { start: 0, end: 0 }
  if (of !== undefined) l.types.set(binding, { name: type, binding: of, arguments: [], span })
  return binding
}

function namedResult(l: Lowering, name: SyntaxNode, binding: string, type: TypeReference | undefined): Statement {
  const span = spanOf(name)
  if (type !== undefined) l.types.set(binding, type)
  const pattern: Pattern = { kind: 'binding', binding, name: textOf(l, name), span }
  return { kind: 'bind', pattern, value: constant(null, span), span }
}

// func(ctx context.Context, a, b string, opts ...Option)
export function parametersOf(l: Lowering, list: SyntaxNode | null): Parameter[] {
  if (list === null) return []
  return namedOf(list).flatMap((one): Parameter[] => {
    const node = fieldOf(one, 'type')
    const type = typeOf(l, node)
    const rest = isVariadic(one) ? { rest: true } : {}
    const names = fieldsOf(one, 'name')
    if (names.length === 0) {
      const span = spanOf(one)
      return [{ pattern: { kind: 'binding', binding: unique(l, '_'), name: '', span }, ...rest }]
    }
    return names.map((name): Parameter => {
      const written = textOf(l, name)
      const binding = written === '_' ? unique(l, '_') : declare(l, written)
      if (isChannel(node)) l.channels.add(binding)
      if (type !== undefined) l.types.set(binding, type)
      const said = documented(commentOf(l, one))
      const declared = type === undefined ? {} : { type }
      return {
        pattern: { kind: 'binding', binding, name: written, ...declared, ...said, span: spanOf(name) },
        name: written,
        ...rest,
      }
    })
  })
}
