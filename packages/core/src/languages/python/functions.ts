/** Functions and lambdas. A method's first parameter is its receiver. */
import type { Argument, FunctionValue, Parameter, Pattern, Statement, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { nameOf } from './calls.js'
import { docstring, documentedNames, labelOf } from './documentation.js'
import { expression } from './expressions.js'
import { commentOf, documented, inScope, textOf, type Lowering } from './lowering.js'
import { spanOf } from '../nodes.js'
import { declareAssigned, Scope } from './scope.js'
import { block } from './statements.js'
import { typeOf } from './types.js'

export type Kind = 'function' | 'method' | 'class' | 'static'

export function functionValue(
  l: Lowering,
  node: SyntaxNode,
  kind: Kind,
  decorators: readonly SyntaxNode[],
): FunctionValue {
  const name = fieldOf(node, 'name')
  const body = fieldOf(node, 'body')
  const doc = docstring(l, body)
  const outer = l.frame
  const comment = [
    commentOf(l, decorators[0] === undefined ? node : { start: decorators[0].start, end: node.start }),
    doc,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
  const decorated = decorators.flatMap((decorator) => namedOf(decorator).map((value) => expression(l, value)))
  const yields = yieldsOf(body)
  const givesContext =
    yields === 'once' || decorators.some((decorator) => /\b(?:async)?contextmanager\b/.test(textOf(l, decorator)))
  return inScope(l, new Scope(l.scope, l.names, 'function'), () => {
    const parameters = parametersOf(l, fieldOf(node, 'parameters'), documentedNames(doc))
    const statements = body === null ? [] : namedOf(body)
    const own = kind === 'method' || kind === 'class' ? parameters.shift() : undefined
    const receiver = own?.pattern.kind === 'binding' ? own.pattern.binding : undefined
    l.frame = { receiver: receiver ?? outer.receiver, givesContext }
    declareAssigned(l.scope, statements, (one) => textOf(l, one))
    const lowered = [...declaredWalrus(l, body), ...block(l, statements)]
    l.frame = outer
    const returns = typeOf(l, fieldOf(node, 'return_type'))
    return {
      kind: 'function',
      name: name === null ? '' : textOf(l, name),
      nameSpan: name === null ? spanOf(node) : spanOf(name),
      parameters,
      ...(receiver === undefined ? {} : { receiver }),
      body: lowered,
      async: hasToken(node, 'async'),
      generator: yields !== 'never' && !givesContext,
      ...(returns === undefined ? {} : { returns }),
      decorators: decorated,
      ...(kind === 'function' && decorated.length > 0 ? { wrapped: true } : {}),
      ...documented(comment),
      span: spanOf(node),
    }
  })
}

// lambda x, *xs: x.phone
export function lambda(l: Lowering, node: SyntaxNode): FunctionValue {
  const body = fieldOf(node, 'body')
  const span = spanOf(node)
  return inScope(l, new Scope(l.scope, l.names, 'function'), () => {
    const parameters = parametersOf(l, fieldOf(node, 'parameters'), new Map())
    const value = body === null ? null : expression(l, body)
    return {
      kind: 'function',
      name: '',
      nameSpan: span,
      parameters,
      body: [{ kind: 'return', value, span: body === null ? span : spanOf(body) }],
      async: false,
      generator: false,
      decorators: [],
      span,
    }
  })
}

function parametersOf(l: Lowering, node: SyntaxNode | null, words: ReadonlyMap<string, string>): Parameter[] {
  if (node === null) return []
  return namedOf(node).flatMap((parameter): Parameter[] => {
    const inner = parameter.type === 'typed_parameter' ? (namedOf(parameter)[0] ?? parameter) : parameter
    const star = inner.type === 'list_splat_pattern' || inner.type === 'dictionary_splat_pattern'
    const named = star ? namedOf(inner)[0] : inner.type === 'identifier' ? inner : fieldOf(inner, 'name')
    if (named?.type !== 'identifier') return []
    const name = textOf(l, named)
    const value = fieldOf(parameter, 'value')
    const annotation = fieldOf(parameter, 'type')
    const type = star ? undefined : typeOf(l, annotation)
    const comment = [commentOf(l, parameter), labelOf(l, value), annotatedLabel(l, annotation), words.get(name)]
      .filter((text) => text !== undefined)
      .join('\n')
    const binding: Pattern = {
      kind: 'binding',
      binding: l.scope.declare(name),
      name,
      ...(type === undefined ? {} : { type }),
      ...documented(comment),
      span: spanOf(named),
    }
    const fallback =
      injected(l, value) ?? injected(l, annotatedCall(annotation)) ?? (value === null ? null : expression(l, value))
    const pattern: Pattern =
      fallback === null ? binding : { kind: 'default', pattern: binding, value: fallback, span: spanOf(parameter) }
    if (inner.type === 'list_splat_pattern') return [{ pattern, rest: true }]
    if (inner.type === 'dictionary_splat_pattern') return [{ pattern, keywords: true }]
    return [{ pattern, name }]
  })
}

// Annotated[str, Query(description="電話番号")]
function annotatedCall(annotation: SyntaxNode | null): SyntaxNode | null {
  const stack = annotation === null ? [] : [annotation]
  for (let at = stack.pop(), steps = 0; at !== undefined && steps < 60; at = stack.pop(), steps++) {
    if (at.type === 'call') return at
    stack.push(...at.children)
  }
  return null
}

function annotatedLabel(l: Lowering, annotation: SyntaxNode | null): string | undefined {
  return labelOf(l, annotatedCall(annotation))
}

// client = Depends(get_client): what the function gives
function injected(l: Lowering, value: SyntaxNode | null): Value | null {
  if (value?.type !== 'call') return null
  const called = fieldOf(value, 'function')
  if (called === null || !/^(?:Depends|Security|Provide)$/.test(nameOf(l, called))) return null
  const [given] = namedOf(fieldOf(value, 'arguments') ?? value)
  if (given === undefined || given.type === 'keyword_argument')
    return { kind: 'unknown', children: [], span: spanOf(value) }
  const args: Argument[] = []
  return { kind: 'call', callee: expression(l, given), arguments: args, construct: false, span: spanOf(value) }
}

const nested = new Set(['function_definition', 'class_definition', 'lambda'])
const loops = new Set(['for_statement', 'while_statement'])

/** How a body yields: one `yield` outside of loops hands over what `with`, or an injection, takes. */
function yieldsOf(body: SyntaxNode | null): 'never' | 'once' | 'many' {
  let found = 0
  const stack: { node: SyntaxNode; looped: boolean }[] = body === null ? [] : [{ node: body, looped: false }]
  while (stack.length > 0) {
    const { node, looped } = stack.pop()!
    if (node.type === 'yield') {
      found++
      if (looped || hasToken(node, 'from')) return 'many'
    }
    if (nested.has(node.type)) continue
    for (const child of node.children) stack.push({ node: child, looped: looped || loops.has(node.type) })
  }
  return found === 0 ? 'never' : found === 1 ? 'once' : 'many'
}

/** `:=` assigns inside expressions: what only it binds is declared first. */
export function declaredWalrus(l: Lowering, body: SyntaxNode | null): Statement[] {
  const found = new Map<string, Span>()
  const stack = body === null ? [] : [body]
  while (stack.length > 0) {
    const node = stack.pop()!
    const name = node.type === 'named_expression' ? fieldOf(node, 'name') : null
    if (name !== null) found.set(textOf(l, name), spanOf(name))
    if (!nested.has(node.type)) stack.push(...node.children)
  }
  return [...found].flatMap(([name, span]): Statement[] => {
    const binding = l.scope.own(name)
    return binding === null
      ? []
      : [{ kind: 'bind', pattern: { kind: 'binding', binding, name, span }, value: null, span }]
  })
}
