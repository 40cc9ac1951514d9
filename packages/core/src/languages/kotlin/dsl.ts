/**
 * Blocks that describe what is made: `chatCompletionRequest { model = ModelId("…"); messages { user { content = x } } }`. What they
 * assign, and what they call without an object, are members of a record; it stands beside the block itself, for functions that are
 * not seen.
 */
import type { Argument, Statement, Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { fieldOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, callParts, type CallParts } from './arguments.js'
import { lambdaStatements } from './functions.js'
import { defaults } from './library.js'
import { findLocal, inScope, nameOf, textOf, type ImplicitReceiver, type Lowering } from './lowering.js'
import { either } from './names.js'
import { held, statementsOf } from './statements.js'

const most = 400

/** Whether a block without parameters speaks of an object that it does not name. */
export function isDsl(l: Lowering, block: SyntaxNode): boolean {
  if (block.children.some(({ type }) => type === 'lambda_parameters')) return false
  const stack = [...lambdaStatements(block)]
  for (let node = stack.pop(), count = 0; node !== undefined && count < most; node = stack.pop(), count++) {
    if (node.type === 'assignment') {
      const left = fieldOf(node, 'left')
      if (left?.type === 'identifier' && isUnknown(l, nameOf(l, left))) return true
      if (left !== null && textOf(l, left).startsWith('this.')) return true
    }
    if (node.type === 'call_expression') {
      const parts = callParts(l, node)
      if (parts !== null && parts.object === null && isUnknown(l, parts.name)) return true
      if (parts?.object?.type === 'this_expression') return true
    }
    if (/^(?:if_expression|when_expression|when_entry|for_statement|block|try_expression)$/.test(node.type))
      stack.push(...node.children.filter((child) => child.named && child.field !== 'condition'))
  }
  return false
}

/** Names that no declaration in sight gives: of the object that the block is run on. */
function isUnknown(l: Lowering, name: string): boolean {
  if (!/^[a-z+]/.test(name) || defaults.has(name) || findLocal(l, name) !== null) return false
  if (l.contexts.some((context) => context.kind === 'class' && context.members.has(name))) return false
  return !l.tops.has(name) || l.extensions.has(name)
}

/** The record that a block writes: a name, before the statement around. */
export function dslRecord(l: Lowering, block: SyntaxNode, label: string): Value {
  const span = spanOf(block)
  const binding = held(l, { kind: 'record', entries: [], span }, span, '.block')
  const context: ImplicitReceiver = { kind: 'receiver', binding, label, builder: true }
  l.pending.push(...inScope(l, () => statementsOf(l, lambdaStatements(block), null), context))
  return reference(binding, span)
}

/** A statement of such a block that calls by name only: what it is called with is kept under that name. */
export function builderStatement(l: Lowering, node: SyntaxNode): Statement | null {
  const context = l.contexts.findLast((one) => one.kind !== 'names')
  if (context?.kind !== 'receiver' || context.builder !== true || node.type !== 'call_expression') return null
  const call = callParts(l, node)
  if (call === null || (call.object !== null && call.object.type !== 'this_expression')) return null
  if (!isUnknown(l, call.name)) return null
  const span = spanOf(node)
  const place = member(reference(context.binding, span), call.name, span) as Extract<Value, { kind: 'member' }>
  const value = either([place, written(l, call, argumentsOf(l, call.args))], span)
  return {
    kind: 'expression',
    value: { kind: 'assignment', target: { kind: 'place', place, span }, value, span },
    span,
  }
}

function written(l: Lowering, call: CallParts, args: readonly Argument[]): Value {
  const span = spanOf(call.node)
  const block = call.block === null ? [] : [dslRecord(l, call.block, call.name)]
  const positional = [...args.filter(({ name }) => name === undefined).map(({ value }) => value), ...block]
  const named = args.filter(({ name }) => name !== undefined)
  if (named.length > 0) {
    const entries = named.map(({ name, value }) => ({ key: constant(name!, span), value, span }))
    positional.push({ kind: 'record', entries, span })
  }
  // put("phone", x)
  const [key, value] = positional
  if (call.name === 'put' && positional.length === 2)
    return { kind: 'record', entries: [{ key: key!, value: value!, span }], span }
  if (positional.length === 1) return positional[0]!
  return { kind: 'list', items: positional.map((one) => ({ value: one, spread: false })), span }
}
