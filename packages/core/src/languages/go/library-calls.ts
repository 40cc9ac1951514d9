/** Calls of Go's library that say what others say with a method or an operator: they are lowered as such. */
import type { Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, calledPath } from './calls.js'
import { requestChain } from './chains.js'
import { expression, operation } from './expressions.js'
import { formatted } from './formats.js'
import { executed } from './templates.js'
import { textOf, unique, type Lowering } from './lowering.js'

/** Functions of packages that take first what others have as receiver. */
const methodForms =
  /^(?:strings|bytes|slices|maps|github\.com\/samber\/lo)\.(Contains|HasPrefix|Filter|Map|ForEach|Reduce|Find|Values|Sorted|Concat|Clone|Compact|Reverse|Collect|Uniq|FlatMap)$/
const rejections = /^(?:slices\.DeleteFunc|github\.com\/samber\/lo\.Reject)$/
const flags = /(?:^flag|\/pflag|\.(?:Flags|PersistentFlags)\(\))\.(?:String|StringP)$/
const flagVariable = /(?:^flag|\/pflag|\.(?:Flags|PersistentFlags)\(\))\.(?:StringVar|StringVarP)$/
const equalities = /^(?:strings\.EqualFold|bytes\.Equal|reflect\.DeepEqual|slices\.Equal)$/

/** Any of several values. */
export function anyOf(values: readonly Value[], span: Value['span']): Value {
  const [first, ...rest] = values
  return rest.reduce<Value>(
    (left, right) => ({ kind: 'logical', operator: 'or', left, right, span }),
    first ?? constant(null, span),
  )
}

export function libraryCall(l: Lowering, node: SyntaxNode, path: string, written: readonly SyntaxNode[]): Value | null {
  const span = spanOf(node)
  const values = () => argumentsOf(l, written).map(({ value }) => value)
  if (equalities.test(path) && written.length === 2) return operation('equal', values(), false, span)
  if (path === 'cmp.Or') return anyOf(values(), span)
  if (path.startsWith('fmt.')) return formatted(l, node, path.slice(4), written)
  const form = methodForms.exec(path)?.[1]
  if (form !== undefined && written.length > 0) {
    const [receiver, ...args] = argumentsOf(l, written)
    return { kind: 'call', callee: member(receiver!.value, form, span), arguments: args, construct: false, span }
  }
  // strings.Map(f, text), slices.DeleteFunc(list, f): what f gives for each, what it does not hold for
  if (/^(?:strings|bytes)\.Map$/.test(path) && written.length === 2) return mapped(l, written, span)
  if (rejections.test(path) && written.length === 2) return rejected(l, written, span)
  // flag.String("url", "https://…", "usage"): its default
  if (flags.test(path) && written.length >= 3) return expression(l, written[written.length - 2]!)
  const set = flagVariable.test(path) && written.length >= 4 ? flagSet(l, written, span) : null
  if (set !== null) return set
  // http.NewRequestWithContext(ctx, method, url, body)
  if (path === 'net/http.NewRequestWithContext' && written.length === 4) {
    const callee = fieldOf(node, 'function')!
    const object = fieldOf(callee, 'operand')!
    const called = member(expression(l, object), 'NewRequest', spanOf(callee))
    return { kind: 'call', callee: called, arguments: argumentsOf(l, written.slice(1)), construct: true, span }
  }
  return coded(l, node, written) ?? executed(l, node, written) ?? requestChain(l, node, written)
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

function mapped(l: Lowering, written: readonly SyntaxNode[], span: Value['span']): Value {
  const [each, text] = argumentsOf(l, written)
  const characters: Value = { kind: 'list', items: [{ value: text!.value, spread: true }], span }
  const result: Value = {
    kind: 'call',
    callee: member(characters, 'Map', span),
    arguments: [each!],
    construct: false,
    span,
  }
  return { kind: 'call', callee: member(result, 'String', span), arguments: [], construct: false, span }
}

function rejected(l: Lowering, written: readonly SyntaxNode[], span: Value['span']): Value {
  const [list, test] = argumentsOf(l, written)
  const binding = unique(l, '.each')
  const call: Value = {
    kind: 'call',
    callee: test!.value,
    arguments: [{ value: reference(binding, span) }],
    construct: false,
    span,
  }
  const holds: Value = {
    kind: 'function',
    name: '',
    nameSpan: span,
    parameters: [{ pattern: { kind: 'binding', binding, name: '', span } }],
    body: [{ kind: 'return', value: operation('not', [call], false, span), span }],
    async: false,
    generator: false,
    decorators: [],
    span,
  }
  return {
    kind: 'call',
    callee: member(list!.value, 'Filter', span),
    arguments: [{ value: holds }],
    construct: false,
    span,
  }
}

/** flag.StringVar(&url, "url", "https://…", "usage") */
function flagSet(l: Lowering, written: readonly SyntaxNode[], span: Value['span']): Value | null {
  const [variable] = argumentsOf(l, written.slice(0, 1))
  if (variable?.writes === undefined) return null
  return { kind: 'assignment', target: variable.writes, value: expression(l, written[written.length - 2]!), span }
}
