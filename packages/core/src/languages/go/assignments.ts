/** Declarations and assignments of names and places: one by one, or of the results of one call. */
import type { Pattern, Statement, TypeReference, Value } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { calledPath } from './calls.js'
import { expression } from './expressions.js'
import { declare, notUnderstood, textOf, type Lowering } from './lowering.js'
import { noteTemplate } from './templates.js'
import { isChannelMade, typeOfValue } from './values.js'

/** What only tells whether there is a value, and errors: they carry nothing. */
const tells = /^(?:_|err\w*|\w+Err|ok|exists|exist|found|has\w*|isSet|present|loaded)$/
const errors = /^(?:_|err\w*|\w+Err)$/

/** Items of `a, b`. */
export function itemsOf(node: SyntaxNode | null): SyntaxNode[] {
  return node === null ? [] : node.type === 'expression_list' ? namedOf(node) : [node]
}

// customer, err := load(id)
export function bindings(l: Lowering, node: SyntaxNode): Statement[] {
  const values = itemsOf(fieldOf(node, 'right'))
  const names = itemsOf(fieldOf(node, 'left'))
  const lowered = values.map((value) => expression(l, value))
  const patterns = names.map((name, at) =>
    declared(l, name, values.length === names.length ? values[at] : values[0], at),
  )
  return bound(l, names, patterns, values, lowered, spanOf(node))
}

function declared(l: Lowering, name: SyntaxNode, value: SyntaxNode | undefined, at: number): Pattern | null {
  const written = textOf(l, name)
  if (written === '_' || name.type !== 'identifier') return null
  const binding = declare(l, written)
  const type = value === undefined || at > 0 ? undefined : typeOfValue(l, value)
  if (type !== undefined) l.types.set(binding, type)
  else l.types.delete(binding)
  if (value !== undefined && isChannelMade(l, value)) l.channels.add(binding)
  if (at === 0) noteTemplate(l, binding, value)
  if (value !== undefined && isRequest(l, value)) l.requests.add(binding)
  return { kind: 'binding', binding, name: written, span: spanOf(name) }
}

/** `client.R()`, `resty.New()`: what later calls complete. */
function isRequest(l: Lowering, value: SyntaxNode): boolean {
  const callee = value.type === 'call_expression' ? fieldOf(value, 'function') : null
  const name = callee?.type === 'selector_expression' ? textOf(l, fieldOf(callee, 'field') ?? callee) : ''
  return name === 'R' || (/^New(?:WithClient)?$/.test(name) && /resty/.test(calledPath(l, value)))
}

/** As many values as names, or the results of one. */
function bound(
  l: Lowering,
  names: readonly SyntaxNode[],
  patterns: readonly (Pattern | null)[],
  values: readonly SyntaxNode[],
  lowered: readonly Value[],
  span: Value['span'],
): Statement[] {
  if (lowered.length === 1 && patterns.length > 1) {
    notePresence(l, names, patterns)
    const kept = patterns.map((pattern, at) => {
      const name = textOf(l, names[at]!)
      return at > 0 && tells.test(name) && !errors.test(name) ? null : pattern
    })
    const isCall = values[0]!.type === 'call_expression'
    // v, ok := m[key]; v, ok := x.(T); v, ok := <-ch
    if (!isCall) return one(kept[0] ?? patterns[0] ?? patterns[1] ?? null, lowered[0]!, span)
    return [
      { kind: 'bind', pattern: { kind: 'list-pattern', items: kept, results: true, span }, value: lowered[0]!, span },
    ]
  }
  if (lowered.length === 1) return one(patterns[0] ?? null, lowered[0]!, span)
  // a, b = b, a: the values are taken before any is given
  if (patterns.length === lowered.length && patterns.length > 1) {
    const items = lowered.map((value) => ({ value, spread: false }))
    return [
      {
        kind: 'bind',
        pattern: { kind: 'list-pattern', items: [...patterns], span },
        value: { kind: 'list', items, span },
        span,
      },
    ]
  }
  return lowered.map((value) => ({ kind: 'expression', value, span }))
}

/** if ok { … } asks for the value that came with it */
function notePresence(l: Lowering, names: readonly SyntaxNode[], patterns: readonly (Pattern | null)[]): void {
  const [value, flag] = patterns
  const name = names.length === 2 ? textOf(l, names[1]!) : ''
  if (value?.kind !== 'binding' || flag?.kind !== 'binding') return
  if (tells.test(name) && !errors.test(name)) l.presence.set(flag.binding, value.binding)
  else l.presence.delete(flag.binding)
}

function one(pattern: Pattern | null, value: Value, span: Value['span']): Statement[] {
  return [pattern === null ? { kind: 'expression', value, span } : { kind: 'bind', pattern, value, span }]
}

// c.phone = phone; text += phone; a, b = b, a
export function assignment(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const places = itemsOf(fieldOf(node, 'left'))
  const values = itemsOf(fieldOf(node, 'right'))
  const operator = textOf(l, fieldOf(node, 'operator') ?? node)
  const lowered = values.map((value) => expression(l, value))
  if (operator !== '=') {
    const [place] = places
    const value = lowered[0]
    const pattern = place === undefined ? null : placeOf(l, place)
    if (pattern === null || value === undefined) return [{ kind: 'expression', value: notUnderstood(l, node), span }]
    const added: Value = {
      kind: 'operation',
      operator: operator === '+=' ? 'concat' : 'arithmetic',
      operands: [expression(l, place!), value],
      carries: operator === '+=',
      span,
    }
    return [assigned(pattern, added, span)]
  }
  const patterns = places.map((place) => placeOf(l, place))
  if (lowered.length === 1 && patterns.length === 1)
    return [
      patterns[0] === null
        ? { kind: 'expression', value: lowered[0]!, span }
        : assigned(patterns[0]!, lowered[0]!, span),
    ]
  return bound(l, places, patterns, values, lowered, span).map((statement) =>
    statement.kind === 'bind' && statement.value !== null
      ? assigned(statement.pattern, statement.value, span)
      : statement,
  )
}

function assigned(target: Pattern, value: Value, span: Value['span']): Statement {
  return { kind: 'expression', value: { kind: 'assignment', target, value, span }, span }
}

/** A place that can be written; null for `_` and what is no place. */
export function placeOf(l: Lowering, node: SyntaxNode): Pattern | null {
  if (node.type === 'identifier' && textOf(l, node) === '_') return null
  const value = expression(l, node)
  const span = spanOf(node)
  if (value.kind === 'reference') {
    const type: TypeReference | undefined = l.types.get(value.binding)
    const known = type === undefined ? {} : { type }
    return { kind: 'binding', binding: value.binding, name: textOf(l, node), ...known, span }
  }
  return value.kind === 'member' ? { kind: 'place', place: value, span } : null
}

// i++
export function incremented(l: Lowering, place: SyntaxNode, span: Value['span']): Statement[] {
  const pattern = placeOf(l, place)
  const value: Value = {
    kind: 'operation',
    operator: 'arithmetic',
    operands: [expression(l, place), constant(1, span)],
    carries: false,
    span,
  }
  return [pattern === null ? { kind: 'expression', value, span } : assigned(pattern, value, span)]
}
