/** Calls. Getters of Java are read as the fields that they give, builders as constructions with named arguments. */
import type { Argument, Statement, Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import type { SyntaxNode } from '../tree.js'
import { argumentNode, argumentsOf, type CallParts } from './arguments.js'
import { builderChain } from './builders.js'
import { dslRecord, isDsl } from './dsl.js'
import { expression, operation, pair } from './expressions.js'
import { lambda } from './functions.js'
import { inlined } from './inline.js'
import { defaults, kotlinLibrary } from './library.js'
import { findLocal, holderOf, unique, type Lowering } from './lowering.js'
import { calleeOf, either, topValue } from './names.js'
import { assigned } from './statements.js'
import { trimmed } from './strings.js'

export function invocation(l: Lowering, call: CallParts): Value {
  const value = builderChain(l, call) ?? demanded(l, call) ?? inlined(l, call) ?? literal(l, call)
  if (value !== null) return value
  const { object, name } = call
  if (object === null) return name === '' ? ofValue(l, call) : ofName(l, call)
  if (object.type === 'super_expression') return parentCall(l, call, object)
  return ofMember(l, call, object)
}

type Span = Value['span']

/** `require(customer.country == "JP")`, `error("…")`: what follows happens only where it holds. */
function demanded(l: Lowering, { object, name, args, node }: CallParts): Value | null {
  if (object !== null || l.declared.has(name) || !/^(?:require|check|assert|error|TODO)$/.test(name)) return null
  const span = spanOf(node)
  const [first] = args.map(argumentNode)
  const value: Value = first == null ? constant(undefined, span) : expression(l, first)
  const thrown: Statement = { kind: 'throw', value: name === 'error' ? value : constant(undefined, span), span }
  const isCertain = name === 'error' || name === 'TODO'
  l.pending.push(isCertain ? thrown : { kind: 'branch', test: value, then: [], otherwise: [thrown], span })
  return constant(undefined, span)
}

/** Collections, pairs and holders of state, which are written as calls. */
function literal(l: Lowering, call: CallParts): Value | null {
  const { object, name, args, block } = call
  if (object !== null || block !== null || l.declared.has(name) || findLocal(l, name) !== null) return null
  const span = spanOf(call.node)
  switch (name) {
    case 'mapOf':
    case 'mutableMapOf':
    case 'hashMapOf':
    case 'linkedMapOf':
    case 'sortedMapOf':
      return mapLiteral(l, args, span)
    case 'Pair': {
      const [first, second] = argumentsOf(l, args)
      return first === undefined || second === undefined ? null : pair(first.value, second.value, span)
    }
    case 'mutableStateOf':
    case 'MutableStateFlow':
    case 'MutableLiveData':
    case 'mutableIntStateOf': {
      const [first] = argumentsOf(l, args)
      const entries = first === undefined ? [] : [{ key: constant('value', span), value: first.value, span }]
      return { kind: 'record', entries, span }
    }
    default:
      return null
  }
}

/** `mapOf("phone" to x)` */
function mapLiteral(l: Lowering, args: readonly SyntaxNode[], span: Span): Value {
  const entries = argumentsOf(l, args).map(({ value, spread }) => {
    const parts = value.kind === 'record' && spread !== true && value.entries.length === 2 ? value.entries : null
    return parts === null
      ? { key: null, value, span: value.span }
      : { key: parts[0]!.value, value: parts[1]!.value, span: value.span }
  })
  return { kind: 'record', entries, span }
}

/** Arguments with the block after them, and what it writes as a record: `request { model = "…" }`. */
function givenTo(l: Lowering, call: CallParts): Argument[] {
  const args = argumentsOf(l, call.args)
  if (call.block === null) return args
  const { block } = call
  if (!isDsl(l, block)) return [...args, { value: lambda(l, block), last: true }]
  const written = dslRecord(l, block, call.name)
  const receiver = { kind: 'receiver' as const, binding: unique(l, 'this'), label: call.name }
  return [...args, { value: lambda(l, block, receiver), last: true }, { value: written, name: '$block' }]
}

function ofValue(l: Lowering, call: CallParts): Value {
  const value = expression(l, call.callee)
  const span = spanOf(call.node)
  return {
    kind: 'call',
    callee: value,
    otherwise: { callee: member(value, 'invoke', span), receiver: false },
    arguments: givenTo(l, call),
    construct: false,
    span,
  }
}

function ofName(l: Lowering, call: CallParts): Value {
  const span = spanOf(call.node)
  const { value, otherwise } = calleeOf(l, call.name, spanOf(call.callee))
  return {
    kind: 'call',
    callee: value,
    ...(otherwise === undefined ? {} : { otherwise }),
    arguments: givenTo(l, call),
    ...(call.types.length === 0 ? {} : { typeArguments: call.types }),
    construct: /^[A-Z]/.test(call.name),
    span,
  }
}

function parentCall(l: Lowering, call: CallParts, object: SyntaxNode): Value {
  const span = spanOf(call.node)
  const holder = holderOf(l)
  const parent: Value = holder === null ? expression(l, object) : { kind: 'parent', receiver: holder.receiver, span }
  return { kind: 'call', callee: member(parent, call.name, span), arguments: givenTo(l, call), construct: false, span }
}

/** Calls that give what their type says. */
const typedCalls =
  /^(?:receive|receiveNullable|body|decodeFrom\w*|fromJson|readValue|convertValue|getForObject|postForObject|bodyToMono|awaitBody\w*|get|inject|getBean|getParcelableExtra|getSerializableExtra|cast|into)$/

function ofMember(l: Lowering, call: CallParts, object: SyntaxNode): Value {
  const { name, args } = call
  const span = spanOf(call.node)
  const receiver = expression(l, object)
  const special = ofKnown(l, call, receiver, span) ?? ofCollection(l, call, receiver, span)
  if (special !== null) return special
  // block(builder), where the block is a local: builder.block()
  const local = findLocal(l, name)
  if (local !== null)
    return {
      kind: 'call',
      callee: member(receiver, name, span),
      otherwise: { callee: reference(local, span), receiver: true },
      arguments: givenTo(l, call),
      construct: false,
      span,
    }
  const otherwise = extension(l, name, span)
  const value: Value = {
    kind: 'call',
    callee: member(receiver, name, { start: span.start, end: call.callee.end }),
    ...(otherwise === null ? {} : { otherwise: { callee: otherwise, receiver: true } }),
    arguments: givenTo(l, call),
    ...(call.types.length === 0 ? {} : { typeArguments: call.types }),
    construct: /^[A-Z]/.test(name),
    span,
  }
  const [type] = call.types
  if (type !== undefined && typedCalls.test(name)) return { kind: 'cast', value, type, span }
  if (name === 'copy' && args.length > 0) return copied(l, call, receiver, span)
  return value
}

/** What extends the object, by the file's own words or by those of its package. */
function extension(l: Lowering, name: string, span: Span): Value | null {
  if (l.extensions.get(name) === 'function') return topValue(l, name, span)
  if (name in kotlinLibrary.methods || defaults.has(name) || /^[A-Z]/.test(name)) return null
  return calleeOf({ ...l, contexts: [] }, name, span).value
}

/** `joinToString { it.name }`, `groupBy { it.rank }`: what is made of each element, and what stands under its keys. */
function ofCollection(l: Lowering, { name, block, args }: CallParts, receiver: Value, span: Span): Value | null {
  if (block === null) return null
  if (name === 'joinToString') {
    const each: Argument[] = [{ value: lambda(l, block), last: true }]
    const made: Value = { kind: 'call', callee: member(receiver, 'map', span), arguments: each, construct: false, span }
    return { kind: 'call', callee: member(made, name, span), arguments: argumentsOf(l, args), construct: false, span }
  }
  if (args.length > 0 || (name !== 'groupBy' && name !== 'associateBy')) return null
  const value = name === 'groupBy' ? receiver : operation('iterate', [receiver], true, span)
  return { kind: 'record', entries: [{ key: { kind: 'unknown', children: [], span }, value, span }], span }
}

/** Getters that take the name of what they give. */
const keyed = /^(?:get|opt)(?:String|StringExtra|StringOrNull|CharSequence|CharSequenceExtra|Parameter|Extra|Argument)$/

/** Calls whose meaning does not depend on what they are called on. */
function ofKnown(l: Lowering, call: CallParts, receiver: Value, span: Span): Value | null {
  const { name, args, block } = call
  if (block !== null) return null
  if (args.length === 0) {
    if (name === 'trimIndent' || name === 'trimMargin') return trimmed(receiver, name === 'trimMargin')
    // customer.getPhone(), of a class of Java
    const property = receiver.kind === 'parent' ? null : propertyOf(name)
    return property === null ? null : member(receiver, property, span)
  }
  const [first] = args.map(argumentNode)
  if (first == null) return null
  // intent.getStringExtra("phone"), prefs.getString("email", ""): the member under that name
  if (keyed.test(name) && first.type === 'string_literal') {
    const given = argumentsOf(l, args)
    const [key, fallback] = given
    const found: Value = { kind: 'member', object: receiver, key: key!.value, span }
    const called: Value = {
      kind: 'call',
      callee: member(receiver, name, span),
      arguments: given,
      construct: false,
      span,
    }
    return either([found, called, ...(fallback === undefined ? [] : [fallback.value])], span)
  }
  // country.equals("JP", ignoreCase = true)
  if (name === 'equals') return operation('equal', [receiver, expression(l, first)], false, span)
  const written = args.length === 1 ? /^(?:set|post)([A-Z]\w*)$/.exec(name) : null
  if (written === null || l.extensions.has(name)) return null
  // state.setValue(x), customer.setPhone(phone)
  const place = member(receiver, lowerFirst(written[1]!), span)
  const value = expression(l, first)
  const called: Value = {
    kind: 'call',
    callee: member(receiver, name, span),
    arguments: [{ value }],
    construct: false,
    span,
  }
  return operation('sequence', [assigned(place, value, '', span), called], true, span)
}

/** `customer.copy(phone = masked)`: the record with other members. */
function copied(l: Lowering, call: CallParts, receiver: Value, span: Span): Value {
  const args = argumentsOf(l, call.args)
  return {
    kind: 'record',
    entries: [
      { key: null, value: receiver, span },
      ...args.flatMap(({ name, value }) => (name === undefined ? [] : [{ key: constant(name, span), value, span }])),
    ],
    span,
  }
}

/** What a getter gives: `getPhone`, `isActive`; null for other names. */
export function propertyOf(name: string): string | null {
  const match = /^get([A-Z]\w*)$/.exec(name)
  if (match === null || /^get(?:Class|Instance|Default|Bean|Or\w*|Value)$/.test(name)) return null
  return lowerFirst(match[1]!)
}

export function lowerFirst(name: string): string {
  return /^[A-Z]{2}/.test(name) ? name : name[0]!.toLowerCase() + name.slice(1)
}
