/** Calls, and the few whose shape says more than a call: `"…".format(…)`, `partial(f, …)`, `super().__init__(…)`. */
import type { Argument, FunctionValue, Value } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression, superOf } from './expressions.js'
import { notUnderstood, textOf, type Lowering } from './lowering.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { formatted, literalText } from './strings.js'
import { typeOf } from './types.js'

export function callValue(l: Lowering, node: SyntaxNode): Value {
  const called = fieldOf(node, 'function')
  if (called === null) return notUnderstood(l, node)
  const span = spanOf(node)
  const args = argumentsOf(l, fieldOf(node, 'arguments'))
  const format = formatOf(l, called)
  if (format !== null) return formatted(format, args, span)
  const parent = superOf(l, node)
  if (parent !== null) return parent
  // super().__init__(name): the parent's constructor
  const object = called.type === 'attribute' ? fieldOf(called, 'object') : null
  const above = object === null ? null : superOf(l, object)
  // super().__new__(cls), object.__new__(cls): an instance on which no constructor ran
  if (nameOf(l, called) === '__new__' && (above !== null || object?.type === 'identifier') && args[0] !== undefined)
    return member(args[0].value, '[[allocate]]', span)
  if (above !== null && nameOf(l, called) === '__init__')
    return { kind: 'call', callee: above, arguments: args, construct: false, span }
  const callee = expression(l, called)
  const partial = partialOf(l, callee, args, span)
  if (partial !== null) return partial
  // cast(Customer, row): the second, with the first as its type
  if (/^typing(?:_extensions)?\.cast$/.test(originOf(l, callee)) && args.length === 2) {
    const written = namedOf(fieldOf(node, 'arguments') ?? node)[0]
    const type = written === undefined ? undefined : typeOf(l, written)
    return type === undefined ? args[1]!.value : { kind: 'cast', value: args[1]!.value, type, span }
  }
  return { kind: 'call', callee, arguments: args, construct: /^_?[A-Z]\w*[a-z]/.test(nameOf(l, called)), span }
}

function formatOf(l: Lowering, called: SyntaxNode): string | null {
  if (called.type !== 'attribute' || nameOf(l, called) !== 'format') return null
  const object = fieldOf(called, 'object')
  return object === null ? null : literalText(l, object)
}

/** Last name of what is called. */
export function nameOf(l: Lowering, called: SyntaxNode): string {
  const name = called.type === 'attribute' ? fieldOf(called, 'attribute') : called
  return name?.type === 'identifier' ? textOf(l, name) : ''
}

export function argumentsOf(l: Lowering, node: SyntaxNode | null): Argument[] {
  if (node === null) return []
  // sum(x for x in xs)
  if (node.type === 'generator_expression') return [{ value: expression(l, node) }]
  return namedOf(node).map((argument): Argument => {
    if (argument.type === 'keyword_argument') {
      const name = fieldOf(argument, 'name')
      return { value: expression(l, argument), ...(name === null ? {} : { name: textOf(l, name) }) }
    }
    const value = expression(l, argument)
    if (argument.type === 'list_splat') return { value, spread: true }
    return argument.type === 'dictionary_splat' ? { value, keywords: true } : { value }
  })
}

/** `functools.partial(ask, client)`: a function that calls with these arguments and its own. */
function partialOf(l: Lowering, callee: Value, args: readonly Argument[], span: Value['span']): Value | null {
  if (originOf(l, callee) !== 'functools.partial' || args.length === 0) return null
  const [given, ...fixed] = args
  const rest = l.names.unique('args')
  const keywords = l.names.unique('kwargs')
  const called: Value = {
    kind: 'call',
    callee: given!.value,
    arguments: [
      ...fixed,
      { value: reference(rest, span), spread: true },
      { value: reference(keywords, span), keywords: true },
    ],
    construct: false,
    span,
  }
  return {
    kind: 'function',
    name: '',
    nameSpan: span,
    parameters: [
      { pattern: { kind: 'binding', binding: rest, name: 'args', span }, rest: true },
      { pattern: { kind: 'binding', binding: keywords, name: 'kwargs', span }, keywords: true },
    ],
    body: [{ kind: 'return', value: called, span }],
    async: false,
    generator: false,
    decorators: [],
    span,
  } satisfies FunctionValue
}

/** Where a value comes from, by the imports of the file: `functools.partial`. */
export function originOf(l: Lowering, value: Value): string {
  if (value.kind === 'reference') return l.origins.get(value.binding) ?? ''
  if (value.kind === 'global') return value.name
  if (value.kind !== 'member' || value.key.kind !== 'constant') return ''
  const of = originOf(l, value.object)
  return of === '' ? '' : `${of}.${String(value.key.value)}`
}

/** An environment variable, with what the code uses where it is not set. */
export function environmentValue(name: string, fallback: Value | null, span: Value['span']): Value {
  const os: Value = { kind: 'global', name: 'os', span }
  const callee: Value = { kind: 'member', object: os, key: constant('getenv', span), span }
  const args: Argument[] = [{ value: constant(name, span) }, ...(fallback === null ? [] : [{ value: fallback }])]
  return { kind: 'call', callee, arguments: args, construct: false, span }
}
