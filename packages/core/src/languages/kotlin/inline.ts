/**
 * Functions of Kotlin's library that run their block at once: `let`, `apply`, `forEach`, `launch` … The block is put in line before
 * the statement around, so that what it returns, leaves and tests holds where it stands.
 */
import type { Parameter, Pattern, Statement, Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf, functionOf } from '../nodes.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { argumentNode, type CallParts } from './arguments.js'
import { controlled } from './control.js'
import { expression } from './expressions.js'
import { lambdaParameter, lambdaStatements } from './functions.js'
import { alias, inScope, textOf, unique, type Context, type Lowering } from './lowering.js'
import { assigned, held, inBlock, nullTest, statementsOf, type Sink } from './statements.js'

/** What the block is given and what the call gives. */
interface Inlined {
  /** The object is `it` in the block, or `this`. */
  object: 'it' | 'this' | 'elements' | 'none'
  /** The block's last value, the object itself, or nothing. */
  gives: 'block' | 'object' | 'nothing'
}

const onObject: Readonly<Record<string, Inlined>> = {
  let: { object: 'it', gives: 'block' },
  also: { object: 'it', gives: 'object' },
  use: { object: 'it', gives: 'block' },
  useLines: { object: 'it', gives: 'block' },
  onSuccess: { object: 'it', gives: 'object' },
  run: { object: 'this', gives: 'block' },
  apply: { object: 'this', gives: 'object' },
  runCatching: { object: 'this', gives: 'block' },
  forEach: { object: 'elements', gives: 'nothing' },
  forEachIndexed: { object: 'elements', gives: 'nothing' },
  onEach: { object: 'elements', gives: 'object' },
  collect: { object: 'elements', gives: 'nothing' },
  collectLatest: { object: 'elements', gives: 'nothing' },
  collectIndexed: { object: 'elements', gives: 'nothing' },
  observe: { object: 'elements', gives: 'nothing' },
}

/** Blocks that run where they stand, whatever they are called on. */
const blocks = new Set(
  `launch async withContext runBlocking coroutineScope supervisorScope withTimeout withTimeoutOrNull synchronized run runCatching remember
  rememberSaveable measureTimeMillis runInterruptible withLock`.split(/\s+/),
)

/** Blocks that fill what the call gives: a list, a text, a record. */
const filled: Readonly<Record<string, 'list' | 'record' | 'text'>> = {
  buildString: 'text',
  buildList: 'list',
  buildSet: 'list',
  flow: 'list',
  channelFlow: 'list',
  callbackFlow: 'list',
  sequence: 'list',
  buildMap: 'record',
  buildJsonArray: 'list',
}

export function inlined(l: Lowering, call: CallParts): Value | null {
  const { object, name, block } = call
  if (object !== null) {
    if (block === null) return onFunction(l, call)
    if (name === 'takeIf' || name === 'takeUnless') return taken(l, call, block)
    if (name === 'update') return updated(l, call, block)
    const how = onObject[name]
    if (how !== undefined) return onValue(l, call, object, block, how)
    return blocks.has(name) ? inLine(l, block, { ...call, it: null }) : null
  }
  if (block === null || l.declared.has(name)) return null
  const fills = filled[name]
  if (fills !== undefined) return fill(l, call, block, fills)
  if (name === 'with') {
    const [first] = call.args
    const given = first === undefined ? null : argumentNode(first)
    return given === null
      ? null
      : onValue(l, { ...call, safe: false }, given, block, { object: 'this', gives: 'block' })
  }
  return blocks.has(name) ? inLine(l, block, { ...call, it: null }) : null
}

interface Line {
  node: SyntaxNode
  name: string
  /** Binding that the block's parameter stands for. */
  it: string | null
}

/** A block in line, with its last value. */
function inLine(l: Lowering, block: SyntaxNode, { node, name, it }: Line, around: Context[] = []): Value {
  return controlled(l, node, (sink) => blockStatements(l, block, { node, name, it }, around, sink))
}

function blockStatements(l: Lowering, block: SyntaxNode, line: Line, around: Context[], sink: Sink): Statement[] {
  const span = spanOf(block)
  const lower = () =>
    inScope(
      l,
      () => {
        const bound = line.it === null ? [] : parameterStatements(l, block, reference(line.it, span))
        return [...bound, ...statementsOf(l, lambdaStatements(block), sink)]
      },
      ...around,
    )
  if (!textOf(l, block).includes(`return@${line.name}`)) return lower()
  const into = sink === null ? null : unique(l, '.left')
  const body = inBlock(l, { label: line.name, into, next: false }, span, lower)
  return into === null || sink === null ? body : [...body, sink(reference(into, span))]
}

/** `it`, or the parameters that the block names. */
function parameterStatements(l: Lowering, block: SyntaxNode, value: Value & { kind: 'reference' }): Statement[] {
  const written = block.children.find(({ type }) => type === 'lambda_parameters')
  if (written === undefined) {
    alias(l, 'it', value.binding)
    return []
  }
  return namedOf(written).map((one, at): Statement => {
    const { pattern } = lambdaParameter(l, one)
    return { kind: 'bind', pattern, value: at === 0 ? value : constant(undefined, value.span), span: spanOf(one) }
  })
}

function onValue(l: Lowering, call: CallParts, object: SyntaxNode, block: SyntaxNode, how: Inlined): Value {
  const span = spanOf(call.node)
  const given = expression(l, object)
  if (how.object === 'elements') {
    const over = how.gives === 'object' ? reference(held(l, given, span), span) : given
    l.pending.push(elements(l, call, block, over))
    return how.gives === 'object' ? over : constant(undefined, span)
  }
  const binding = given.kind === 'reference' ? given.binding : held(l, given, span)
  const line = { node: call.node, name: call.name, it: how.object === 'it' ? binding : null }
  const around: Context[] = how.object === 'this' ? [{ kind: 'receiver', binding, label: call.name }] : []
  const run = (sink: Sink) => {
    const before = l.pending
    l.pending = []
    const body = blockStatements(l, block, line, around, sink)
    const whole = [...l.pending, ...body]
    l.pending = before
    return call.safe ? onlyIf(binding, whole, span) : whole
  }
  if (how.gives === 'block') return controlled(l, call.node, run)
  l.pending.push(...run(null))
  return reference(binding, span)
}

function onlyIf(binding: string, then: Statement[], span: Value['span']): Statement[] {
  return [{ kind: 'branch', test: nullTest(binding, span), then: [], otherwise: then, span }]
}

function elements(l: Lowering, call: CallParts, block: SyntaxNode, over: Value): Statement {
  const span = spanOf(call.node)
  const label = unique(l, '.each')
  return inScope(l, () => {
    const written = block.children.find(({ type }) => type === 'lambda_parameters')
    const names = written === undefined ? [] : namedOf(written)
    // (index, element), but (key, value) of a map
    const at = call.name.endsWith('Indexed') ? 1 : 0
    const patterns = names.map((one) => lambdaParameter(l, one).pattern)
    const pattern: Pattern = patterns[at] ?? {
      kind: 'binding',
      binding: unique(l, 'it'),
      name: 'it',
      span: spanOf(block),
    }
    if (names.length === 0) alias(l, 'it', (pattern as { binding: string }).binding)
    const rest = patterns.flatMap((one, index): Statement[] =>
      index === at ? [] : [{ kind: 'bind', pattern: one, value: valueOf(pattern, index > at), span: one.span }],
    )
    l.exits.push({ label: call.name, block: label, into: null, next: true })
    const body = [...rest, ...statementsOf(l, lambdaStatements(block), null)]
    l.exits.pop()
    return { kind: 'loop', form: 'of', label, before: [], pattern, over, test: null, body, after: [], span }
  })
}

/** The second of two parameters is the element too: `forEach { key, value -> }`. */
function valueOf(pattern: Pattern, isAfter: boolean): Value {
  return isAfter && pattern.kind === 'binding'
    ? reference(pattern.binding, pattern.span)
    : constant(undefined, pattern.span)
}

/** `customer.takeIf { it.country == "JP" }` */
function taken(l: Lowering, call: CallParts, block: SyntaxNode): Value {
  const span = spanOf(call.node)
  const given = expression(l, call.object!)
  const binding = given.kind === 'reference' ? given.binding : held(l, given, span)
  const test = inLine(l, block, { node: call.node, name: call.name, it: binding })
  const [then, otherwise] = [reference(binding, span), constant(null, span)]
  return call.name === 'takeIf'
    ? { kind: 'choice', test, then, otherwise, span }
    : { kind: 'choice', test, then: otherwise, otherwise: then, span }
}

/** `state.update { it.copy(name = name) }` */
function updated(l: Lowering, call: CallParts, block: SyntaxNode): Value {
  const span = spanOf(call.node)
  const place = member(expression(l, call.object!), 'value', span)
  const before = held(l, place, span)
  const value = inLine(l, block, { node: call.node, name: call.name, it: before })
  return assigned(place, value, 'value', span)
}

/** `x.let(::ask)`, `x.apply(block)`: with a function that stands elsewhere; unless the object has a function of that name. */
function onFunction(l: Lowering, call: CallParts): Value | null {
  const how = onObject[call.name]
  if (how === undefined || how.object === 'elements' || call.args.length !== 1) return null
  const node = argumentNode(call.args[0]!)
  if (node === null || !/^(?:callable_reference|navigation_expression|identifier)$/.test(node.type)) return null
  if (node.type === 'navigation_expression' && !textOf(l, node).includes('::')) return null
  const span = spanOf(call.node)
  const names = [unique(l, 'object'), unique(l, 'block')]
  const parameters = names.map((binding): Parameter => ({ pattern: { kind: 'binding', binding, name: '', span } }))
  const [object, block] = names.map((binding) => reference(binding, span))
  const applied: Value = { kind: 'call', callee: block!, arguments: [{ value: object! }], construct: false, span }
  const body: Statement[] =
    how.gives === 'block'
      ? [{ kind: 'return', value: applied, span }]
      : [
          { kind: 'expression', value: applied, span },
          { kind: 'return', value: object!, span },
        ]
  return {
    kind: 'call',
    callee: member(expression(l, call.object!), call.name, span),
    otherwise: { callee: functionOf('', call.node, parameters, body), receiver: true },
    arguments: [{ value: expression(l, node) }],
    construct: false,
    span,
  }
}

/** `buildString { append(x) }`, `flow { emit(x) }`, `buildMap { put(k, v) }` */
function fill(l: Lowering, call: CallParts, block: SyntaxNode, fills: 'list' | 'record' | 'text'): Value {
  const span = spanOf(call.node)
  const empty: Value = fills === 'record' ? { kind: 'record', entries: [], span } : { kind: 'list', items: [], span }
  const binding = held(l, empty, span, `.${call.name}`)
  const line = { node: call.node, name: call.name, it: null }
  l.pending.push(...blockStatements(l, block, line, [{ kind: 'receiver', binding, label: call.name }], null))
  const whole = reference(binding, span)
  if (fills !== 'text') return whole
  return { kind: 'call', callee: member(whole, 'joinToString', span), arguments: [], construct: false, span }
}
