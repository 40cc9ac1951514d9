/** Kotlin's expressions → values. */
import type { Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf, functionOf } from '../nodes.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { callParts } from './arguments.js'
import { invocation } from './calls.js'
import { anonymousClass } from './classes.js'
import { branchOf, contained, controlled, tryOf, whenOf } from './control.js'
import { anonymousFunction, lambda, lambdaIn } from './functions.js'
import { deeper, holderOf, nameOf, notUnderstood, textOf, unique, type Lowering } from './lowering.js'
import { calleeOf, either, nameValue, topValue } from './names.js'
import { assignedTo, held, nullTest, statementsOf } from './statements.js'
import { stringValue } from './strings.js'
import { typeOf } from './types.js'

export function expression(l: Lowering, node: SyntaxNode): Value {
  return deeper<Value>(
    l,
    node,
    () => lower(l, node),
    (cut) => cut,
  )
}

/** Where no statement stands around: what has statements in it is a function that is called. */
export function isolated(l: Lowering, node: SyntaxNode): Value {
  const before = l.pending
  l.pending = []
  const value = expression(l, node)
  const { pending } = l
  l.pending = before
  if (pending.length === 0) return value
  const span = spanOf(node)
  const callee = functionOf('', node, [], [...pending, { kind: 'return', value, span }])
  return { kind: 'call', callee, arguments: [], construct: false, span }
}

export function operation(operator: string, operands: Value[], carries: boolean, span: Value['span']): Value {
  return { kind: 'operation', operator, operands, carries, span }
}

function lower(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const prefixed = chains.has(node.type) ? prefixOf(node) : null
  if (prefixed !== null) return negated(expression(l, prefixed.chain), prefixed.operator, span)
  const [first] = namedOf(node)
  switch (node.type) {
    case 'identifier':
      return nameValue(l, nameOf(l, node), span)
    case 'string_literal':
    case 'multiline_string_literal':
      return stringValue(l, node)
    case 'character_literal':
      return constant(textOf(l, node).slice(1, -1), span)
    case 'number_literal':
    case 'float_literal':
      return constant(Number(textOf(l, node).replace(/_|[uUlLfF]+$/g, '')), span)
    case 'this_expression':
      return thisValue(l, node)
    case 'super_expression': {
      const holder = holderOf(l)
      return holder === null ? notUnderstood(l, node) : { kind: 'parent', receiver: holder.receiver, span }
    }
    case 'navigation_expression':
      return navigation(l, node)
    case 'call_expression': {
      const parts = callParts(l, node)
      return parts === null ? notUnderstood(l, node) : invocation(l, parts)
    }
    case 'index_expression': {
      const [object, key] = namedOf(node)
      if (object === undefined || key === undefined) return notUnderstood(l, node)
      return { kind: 'member', object: expression(l, object), key: expression(l, key), span }
    }
    case 'binary_expression':
      return binary(l, node)
    case 'unary_expression':
      return unary(l, node)
    case 'infix_expression':
      return infix(l, node)
    case 'range_expression':
      return operation(
        'arithmetic',
        namedOf(node).map((one) => expression(l, one)),
        false,
        span,
      )
    case 'as_expression': {
      const value = part(l, node, 'left')
      const type = typeOf(l, fieldOf(node, 'right'))
      return type === undefined ? value : { kind: 'cast', value, type, span }
    }
    case 'is_expression':
      return operation('instance-of', [part(l, node, 'left')], false, span)
    case 'in_expression': {
      const over = fieldOf(node, 'right')
      if (over === null) return notUnderstood(l, node)
      return contained(l, over, part(l, node, 'left'), hasToken(node, '!in'), span)
    }
    case 'if_expression':
      return controlled(l, node, (sink) => branchOf(l, node, sink))
    case 'when_expression':
      return controlled(l, node, (sink) => whenOf(l, node, sink))
    case 'try_expression':
      return controlled(l, node, (sink) => tryOf(l, node, sink))
    case 'return_expression':
    case 'throw_expression':
      l.pending.push(...statementsOf(l, [node], null))
      return constant(undefined, span)
    case 'lambda_literal':
    case 'annotated_lambda': {
      const inner = lambdaIn(node)
      return inner === null ? notUnderstood(l, node) : lambda(l, inner)
    }
    case 'anonymous_function':
      return anonymousFunction(l, node)
    case 'object_literal':
      return { kind: 'call', callee: anonymousClass(l, node), arguments: [], construct: true, span }
    case 'callable_reference':
      return referred(l, null, first ?? node, span)
    case 'collection_literal':
      return { kind: 'list', items: namedOf(node).map((one) => ({ value: expression(l, one), spread: false })), span }
    case 'parenthesized_expression':
    case 'annotated_expression':
    case 'labeled_expression':
    case 'spread_expression': {
      const inner = namedOf(node).at(-1)
      return inner === undefined ? notUnderstood(l, node) : expression(l, inner)
    }
    case 'assignment':
    case 'property_declaration':
    case 'for_statement':
    case 'while_statement':
      l.pending.push(...statementsOf(l, [node], null))
      return constant(undefined, span)
    default:
      return notUnderstood(l, node)
  }
}

function part(l: Lowering, node: SyntaxNode, field: string): Value {
  const inner = fieldOf(node, field)
  return inner === null ? notUnderstood(l, node) : expression(l, inner)
}

/** `this`, `this@Shop` */
function thisValue(l: Lowering, node: SyntaxNode): Value {
  const label = namedOf(node)[0]
  const wanted = label === undefined ? null : nameOf(l, label)
  for (let at = l.contexts.length - 1; at >= 0; at--) {
    const context = l.contexts[at]!
    if (context.kind === 'names') continue
    const name = context.kind === 'class' ? context.name : context.label
    if (wanted !== null && wanted !== name) continue
    return reference(context.kind === 'class' ? context.receiver : context.binding, spanOf(node))
  }
  return notUnderstood(l, node)
}

/** `Region.ApNortheast1`, `Region.AP_NORTHEAST_1`: a constant that is named like the text it holds. */
function regionConstant(object: string, name: string): string | null {
  if (!/^(?:\w+\.)*Regions?$/.test(object)) return null
  if (/^[A-Z]+(?:_[A-Z]+)+_\d$/.test(name)) return name.toLowerCase().replaceAll('_', '-')
  return null
}

// a.b, a?.b, A::b, com.acme.A
function navigation(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const [object, key] = namedOf(node)
  if (object === undefined) return notUnderstood(l, node)
  if (hasToken(node, '::')) return key === undefined ? classLiteral(l, object) : referred(l, object, key, span)
  if (key === undefined) return notUnderstood(l, node)
  const name = nameOf(l, key)
  // Customer::class.java
  if (object.type === 'navigation_expression' && /::\s*class$/.test(textOf(l, object))) return expression(l, object)
  const region = regionConstant(textOf(l, object), name)
  if (region !== null) return constant(region, span)
  const qualified = qualifiedValue(l, node)
  if (qualified !== null) return qualified
  const value = expression(l, object)
  const how = l.extensions.get(name)
  if (how !== undefined) {
    const given = value.kind === 'reference' ? value : reference(held(l, value, span), span)
    const extended: Value = {
      kind: 'call',
      callee: topValue(l, name, span)!,
      arguments: [{ value: given }],
      construct: false,
      span,
    }
    // what is imported by this name may extend the object or have nothing to do with it
    return how === 'property' ? extended : either([member(given, name, span), extended], span)
  }
  // of a map, of a list: properties that other languages call
  if (/^(?:entries|values|keys|size|length|indices|lastIndex)$/.test(name))
    return { kind: 'call', callee: member(value, name, span), arguments: [], construct: false, span }
  return member(value, name, span)
}

function classLiteral(l: Lowering, object: SyntaxNode): Value {
  const inner = object.type === 'call_expression' ? (namedOf(object)[0] ?? object) : object
  return expression(l, inner)
}

/** `com.openai.client.okhttp.OpenAIOkHttpClient`: named with its package, without an import. */
function qualifiedValue(l: Lowering, node: SyntaxNode): Value | null {
  const written = textOf(l, node)
  const match = /^([a-z_]\w*(?:\.[a-z_]\w*)+)\.([A-Z]\w*)$/.exec(written)
  if (match === null) return null
  const [, from, name] = match
  const root = from!.slice(0, from!.indexOf('.'))
  const isName = calleeOf(l, root, node).value.kind === 'reference' && !l.sought.has(root)
  if (isName || l.contexts.some((one) => one.kind === 'class' && one.members.has(root))) return null
  const known = l.sought.get(written)
  if (known !== undefined) return reference(known, spanOf(node))
  const binding = unique(l, name!)
  l.sought.set(written, binding)
  l.imports.push({ binding, from: from!, name: name!, typeOnly: false, span: spanOf(node) })
  return reference(binding, spanOf(node))
}

/** `Customer::phone`, `this::ask`, `::mask`: a function that takes what it is called with. */
function referred(l: Lowering, object: SyntaxNode | null, key: SyntaxNode, span: Value['span']): Value {
  const name = nameOf(l, key)
  if (name === 'class') return object === null ? constant(undefined, span) : classLiteral(l, object)
  if (object === null) return calleeOf(l, name, span).value
  const value = expression(l, object)
  if (!/^[A-Z]/.test(textOf(l, object))) return member(value, name, span)
  const binding = unique(l, 'it')
  const it = reference(binding, span)
  const parameter = { pattern: { kind: 'binding' as const, binding, name: 'it', span }, name: 'it' }
  const extension = l.extensions.has(name) ? topValue(l, name, span) : null
  const ofInstance: Value =
    extension === null
      ? member(it, name, span)
      : { kind: 'call', callee: extension, arguments: [{ value: it }], construct: false, span }
  return {
    ...functionOf('', key, [parameter], [{ kind: 'return', value: ofInstance, span }]),
    span,
  }
}

/** The operands of a chain of one operator, which is as deep as it is long. */
function operandsOf(node: SyntaxNode, operator: string): SyntaxNode[] {
  const operands: SyntaxNode[] = []
  let current = node
  for (;;) {
    const left = fieldOf(current, 'left')
    const right = fieldOf(current, 'right')
    if (left === null || right === null) return [...operands, current].reverse()
    operands.push(right)
    const isSame = left.type === 'binary_expression' && fieldOf(left, 'operator')?.type === operator
    if (!isSame) return [...operands, left].reverse()
    current = left
  }
}

function binary(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const operator = fieldOf(node, 'operator')?.type ?? ''
  if (operator === '>') {
    const generic = callParts(l, node)
    if (generic !== null) return invocation(l, generic)
  }
  const operands = operandsOf(node, operator)
  if (operator === '?:' || operator === '&&' || operator === '||') {
    const [first, ...rest] = operator === '?:' ? [fieldOf(node, 'left')!, fieldOf(node, 'right')!] : operands
    return rest.reduce<Value>((left, right) => logical(l, operator, left, right, span), expression(l, first!))
  }
  const values = operands.map((one) => expression(l, one))
  if (operator === '+') return operation('concat', values, true, span)
  if (/^[!=]==?$/.test(operator))
    return operation(operator.startsWith('!') ? 'not-equal' : 'equal', values, false, span)
  return operation(/^[<>]=?$/.test(operator) ? 'compare' : 'arithmetic', values, false, span)
}

/** `a ?: b`, `a && b`; where the right side holds statements, these run only where it is asked for. */
function logical(
  l: Lowering,
  operator: '?:' | '&&' | '||',
  left: Value,
  right: SyntaxNode,
  span: Value['span'],
): Value {
  const before = l.pending
  l.pending = []
  const into = unique(l, '.value')
  const statements = statementsOf(l, [right], assignedTo(into))
  l.pending = before
  const [only] = statements
  if (statements.length === 1 && only!.kind === 'expression' && only!.value.kind === 'assignment')
    return {
      kind: 'logical',
      operator: operator === '?:' ? 'nullish' : operator === '&&' ? 'and' : 'or',
      left,
      right: only!.value.value,
      span,
    }
  l.pending.push({ kind: 'bind', pattern: { kind: 'binding', binding: into, name: '', span }, value: left, span })
  const test = operator === '?:' ? nullTest(into, span) : reference(into, span)
  const isOr = operator === '||'
  l.pending.push({ kind: 'branch', test, then: isOr ? [] : statements, otherwise: isOr ? statements : [], span })
  return reference(into, span)
}

function unary(l: Lowering, node: SyntaxNode): Value {
  const operator = fieldOf(node, 'operator')?.type ?? ''
  return negated(part(l, node, 'argument'), operator, spanOf(node))
}

function negated(value: Value, operator: string, span: Value['span']): Value {
  if (operator === '!!') return value
  return operation(operator === '!' ? 'not' : 'arithmetic', [value], false, span)
}

const chains = new Set(['navigation_expression', 'call_expression', 'index_expression'])

/** `!a.b()`: the grammar binds the operator to `a`; it stands before the whole chain. */
function prefixOf(node: SyntaxNode): { operator: string; chain: SyntaxNode } | null {
  const links: SyntaxNode[] = []
  let current = node
  while (chains.has(current.type) && current.children[0] !== undefined) {
    links.push(current)
    current = current.children[0]
  }
  const operator = current.type === 'unary_expression' ? fieldOf(current, 'operator') : null
  const argument = fieldOf(current, 'argument')
  if (operator === null || argument === null || operator.start > argument.start) return null
  const chain = links.reduceRight<SyntaxNode>(
    (inner, link) => ({
      ...link,
      start: argument.start,
      children: [{ ...inner, field: null }, ...link.children.slice(1)],
    }),
    argument,
  )
  return { operator: operator.type, chain }
}

// "phone" to customer.phone, a until b, prompt about customer
function infix(l: Lowering, node: SyntaxNode): Value {
  const [left, word, right] = namedOf(node)
  const span = spanOf(node)
  if (left === undefined || word === undefined || right === undefined) return notUnderstood(l, node)
  const [first, second] = [expression(l, left), expression(l, right)]
  const name = nameOf(l, word)
  if (name === 'to') return pair(first, second, span)
  if (name === 'and' || name === 'or') return { kind: 'logical', operator: name, left: first, right: second, span }
  if (/^(?:until|downTo|step|shl|shr|ushr|xor)$/.test(name))
    return operation('arithmetic', [first, second], false, span)
  const known = l.tops.get(name)
  return known === undefined
    ? { kind: 'call', callee: member(first, name, span), arguments: [{ value: second }], construct: false, span }
    : {
        kind: 'call',
        callee: reference(known, span),
        arguments: [{ value: first }, { value: second }],
        construct: false,
        span,
      }
}

export function pair(first: Value, second: Value, span: Value['span']): Value {
  return {
    kind: 'record',
    entries: [
      { key: constant('first', span), value: first, span },
      { key: constant('second', span), value: second, span },
    ],
    span,
  }
}
