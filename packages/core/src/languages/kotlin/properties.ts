/** What a property holds at first: its initial value, or what it delegates to. */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import { hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { callParts } from './arguments.js'
import { settingOf } from './annotations.js'
import { expression } from './expressions.js'
import { lambdaBody } from './functions.js'
import { controlled } from './control.js'
import { inScope, nameOf, type Lowering } from './lowering.js'
import { isType } from './types.js'

const parts = new Set([
  'modifiers',
  'variable_declaration',
  'multi_variable_declaration',
  'property_delegate',
  'getter',
  'setter',
  'type_parameters',
  'type_constraints',
])

export function initialNode(node: SyntaxNode): SyntaxNode | null {
  if (!hasToken(node, '=')) return null
  return namedOf(node).find((one) => !parts.has(one.type) && !isType(one)) ?? null
}

export function propertyValue(l: Lowering, node: SyntaxNode): Value | null {
  const initial = initialNode(node)
  if (initial !== null) return expression(l, initial)
  const delegate = node.children.find(({ type }) => type === 'property_delegate')
  const inner = delegate === undefined ? undefined : namedOf(delegate)[0]
  return inner === undefined ? settingOf(l, node) : delegated(l, inner)
}

/** Holders whose `value` the property stands for. */
const states =
  /^(?:remember\w*|mutable\w*StateOf|derivedStateOf|collectAsState\w*|observeAsState|produceState|animate\w+AsState)$/

/** `by lazy { … }`, `by remember { mutableStateOf("") }`, `by viewModels()` */
function delegated(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const call = callParts(l, node)
  if (call?.name === 'lazy' && call.block !== null) {
    const { block } = call
    return controlled(l, node, (sink) => inScope(l, () => lambdaBody(l, block, sink)))
  }
  if (call !== null && /^(?:observable|vetoable)$/.test(call.name) && call.args[0] !== undefined)
    return expression(l, namedOf(call.args[0]).at(-1) ?? call.args[0])
  const value = expression(l, node)
  return call !== null && states.test(call.name) ? member(value, 'value', span) : value
}

/** `val x: String get() = …`: the getter's body. */
export function getterOf(node: SyntaxNode): SyntaxNode | null {
  const getter = node.children.find(({ type }) => type === 'getter')
  return getter?.children.find(({ type }) => type === 'function_body') ?? null
}

export function propertyName(l: Lowering, node: SyntaxNode): { name: string; at: SyntaxNode } | null {
  const declared = namedOf(node).find(({ type }) => type === 'variable_declaration')
  const at = declared === undefined ? undefined : namedOf(declared).find(({ type }) => type === 'identifier')
  return at === undefined ? null : { name: nameOf(l, at), at }
}

export function nothingYet(span: Value['span']): Value {
  return constant(undefined, span)
}
