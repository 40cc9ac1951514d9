/** Evaluation of values: one case a kind of the IR. */
import type { NameMatch } from '../catalog/names.js'
import type { FunctionValue, Operation, Template, Value as Node } from '../ir/ir.js'
import { withSubpath } from '../link/program.js'
import { waitsFor } from './assertions.js'
import { evaluateCall } from './calls.js'
import { evaluateClass, parentMember } from './classes.js'
import { collect } from './collect.js'
import { removeMember } from './removal.js'
import { choiceOfDefault } from './defaults.js'
import { globalValue, packageValue, place, publish, readName, type Frame } from './frame.js'
import { applied } from './decorators.js'
import { decorate } from './gathered.js'
import { compare } from './guards.js'
import { underTest, merged } from './body.js'
import { elementOf, readMember } from './members.js'
import { opaqueValue, typed } from './outside.js'
import { bindPattern } from './patterns.js'
import { list, record } from './records.js'
import { alone, asSource, datum, isBlank, ownerOf, withStep } from './sources.js'
import { answer, compareTexts, verdict } from './turns.js'
import { underFacts } from './tag.js'
import { concatTexts, constantText, knownText, unknownHole, withFallback, type Text } from './text.js'
import { idOf, join, joinAll, joinData, nothing, sure, thingValue, type Value } from './value.js'

const deepest = 500

export function constantKey(key: Node): string | null {
  return key.kind === 'constant' && key.value !== null && key.value !== undefined ? String(key.value) : null
}

export function evaluate(frame: Frame, node: Node): Value {
  if (frame.depth > deepest) {
    frame.machine.cut(
      frame.unit.index,
      place(frame, node.span),
      'the expression is nested too deeply',
      '式の入れ子が深すぎます',
    )
    return nothing
  }
  frame.depth++
  try {
    return evaluateKind(frame, node)
  } finally {
    frame.depth--
  }
}

function evaluateKind(frame: Frame, node: Node): Value {
  const { machine } = frame
  switch (node.kind) {
    case 'constant':
      if (node.value === null || node.value === undefined) return nothing
      return constant(frame, String(node.value), '', node.span)
    case 'template':
      return template(frame, node)
    case 'reference':
      return readName(frame, node.binding)
    case 'global':
      return globalValue(frame, node.name, node.span)
    case 'member': {
      if (node.object.kind === 'parent') return parentMember(frame, node.object, constantKey(node.key))
      const object = evaluate(frame, node.object)
      const key = constantKey(node.key)
      return readMember(frame, object, key, key === null ? evaluate(frame, node.key) : nothing, node.span)
    }
    case 'call':
      return evaluateCall(frame, node)
    case 'record':
      return record(frame, node)
    case 'list':
      return list(frame, node.items, node)
    case 'function':
      machine.closed(node, frame.activation, null)
      shareCaptured(frame)
      return decorated(frame, node)
    case 'class':
      return evaluateClass(frame, node)
    case 'choice': {
      const withDefault = choiceOfDefault(node)
      if (withDefault !== null) return evaluate(frame, withDefault)
      const test = evaluate(frame, node.test)
      return choose(frame, test, node.then, node.otherwise)
    }
    case 'logical':
      return logical(frame, node)
    case 'await':
      waitsFor(node.value)
      return awaited(evaluate(frame, node.value))
    case 'yield': {
      const given = node.value === null ? nothing : evaluate(frame, node.value)
      const { facts } = frame.state
      const value = facts === frame.activation.facts ? given : underFacts(given, facts, machine.facts)
      publish(frame, value)
      machine.write(frame.activation.yielded, node.each ? elementOf(frame, value) : value)
      return opaqueValue(machine, `sent ${idOf(node)}`, [], null, place(frame, node.span))
    }
    case 'assignment': {
      const value = evaluate(frame, node.value)
      bindPattern(frame, node.target, value)
      return value
    }
    case 'operation':
      return operation(frame, node)
    case 'cast':
      return typed(machine, frame.unit.index, evaluate(frame, node.value), node.type)
    case 'module': {
      const source = machine.program.source(frame.unit.index, node.from)
      if ('package' in source) {
        if (source.package.startsWith('.'))
          return opaqueValue(machine, `import ${source.package}`, [], null, place(frame, node.span))
        return packageValue(machine, withSubpath(source), '')
      }
      const { exportsRecord } = machine.unit(source.module).module
      const namespace = thingValue({ kind: 'namespace', module: source.module, when: machine.facts.none })
      if (exportsRecord === undefined) return namespace
      return join(namespace, readMember(frame, namespace, 'default', nothing, node.span))
    }
    case 'parent':
      return nothing
    case 'unknown':
      return { ...joinAll(node.children.map((child) => flat(frame, evaluate(frame, child)))), texts: [] }
  }
}

/** What a closure may see is shared: its objects no longer change in place only here. */
function shareCaptured(frame: Frame): void {
  const { captured } = frame.unit.scopes
  for (const [binding, value] of frame.state.env) if (captured.has(binding)) publish(frame, value)
}

/** A literal, with the personal data that it is; `context` is the name it stands at. */
export function constant(frame: Frame, value: string, context: string, span: Node['span']): Value {
  const { machine } = frame
  const texts = [constantText(value, machine.facts.none, { module: frame.unit.index, ...span })]
  const found = machine.knowledge.literal(value, context)
  if (found.length === 0) return { ...nothing, texts }
  const at = place(frame, span)
  const data = found.map((evidence) =>
    datum(machine, { ...evidence, party: null }, { origin: 0, when: machine.facts.none }, at, 'literal'),
  )
  return { ...nothing, texts, data: new Map(data.map((one) => [one.key, one])) }
}

/** A value as content: all it holds, as data. */
export function flat(frame: Frame, value: Value): Value {
  const data = collect(frame, value)
  return data === value.data ? value : { ...value, data }
}

function template(frame: Frame, node: Template): Value {
  const { machine } = frame
  let data: Value['data'] = nothing.data
  let texts: readonly Text[] = [constantText('', machine.facts.none, null)]
  let before = ''
  for (const part of node.parts) {
    if (typeof part === 'string') {
      data = joinData(data, constant(frame, part, '', node.span).data)
      texts = concatTexts(
        texts,
        [constantText(part, machine.facts.none, { module: frame.unit.index, ...node.span })],
        machine.facts,
      )
      before += part
      continue
    }
    let value = evaluate(frame, part)
    if (isBlank(machine, value)) {
      const label = machine.knowledge.names.labelBefore(before)
      if (label !== null)
        value = asSource(
          frame.machine,
          value,
          { dataClass: label.dataClass, sureness: labelled(machine, label, value), party: null },
          place(frame, part.span),
          label.matched,
        )
    }
    data = joinData(data, withStep(flat(frame, value), 'text', '', place(frame, node.span)).data)
    texts = concatTexts(texts, value.texts.length > 0 ? value.texts : [holeText(frame)], machine.facts)
    before = ''
  }
  return { ...nothing, data, texts }
}

/** A word that says little by itself (`Title:`, `Photo:`) is believed of a person's value, else only possible. */
function labelled(machine: Frame['machine'], label: NameMatch, value: Value): number {
  if (label.strength !== 'context') return alone(machine, label.dataClass)
  const owner = ownerOf(machine, value.opaque?.names ?? [])
  const isSaid = label.dataClass === machine.knowledge.recordClass && !owner.strong
  return owner.is === 'person' && !isSaid ? sure.likely : sure.possible
}

function holeText(frame: Frame): Text {
  return { parts: [unknownHole], when: frame.machine.facts.none, at: null }
}

function choose(frame: Frame, test: Value, then: Node, otherwise: Node): Value {
  const known = verdict(frame, test)
  if (known !== null) return evaluate(frame, known ? then : otherwise)
  let left = nothing
  let right = nothing
  const after = underTest(
    frame,
    test,
    true,
    () => (left = underFacts(evaluate(frame, then), frame.state.facts, frame.machine.facts)),
  )
  const other = underTest(
    frame,
    test,
    false,
    () => (right = underFacts(evaluate(frame, otherwise), frame.state.facts, frame.machine.facts)),
  )
  const joined = join(after.dead ? nothing : left, other.dead ? nothing : right)
  frame.state = merged(frame, after, other)
  return joined
}

function logical(frame: Frame, node: Extract<Node, { kind: 'logical' }>): Value {
  const left = evaluate(frame, node.left)
  const known = node.operator === 'nullish' ? null : verdict(frame, left)
  if (known !== null) return known === (node.operator === 'and') ? evaluate(frame, node.right) : left
  const { machine } = frame
  if (node.operator === 'and') {
    let right = nothing
    const told = underTest(
      frame,
      left,
      true,
      () => (right = underFacts(evaluate(frame, node.right), frame.state.facts, machine.facts)),
    )
    const before = frame.state
    frame.state = merged(frame, told, before)
    frame.state.dead = before.dead
    return { ...right, test: both(frame, left, right) }
  }
  let right = nothing
  const told = underTest(
    frame,
    node.operator === 'or' ? left : nothing,
    false,
    () => (right = evaluate(frame, node.right)),
  )
  const before = frame.state
  frame.state = merged(frame, told, before)
  frame.state.dead = before.dead
  const fallback = left.texts.map((known) => withFallback(known, right.texts))
  const joined = fallback.some((known) => known !== null)
    ? join(
        { ...left, texts: left.texts.map((known, index) => fallback[index] ?? known) },
        { ...right, texts: right.texts.filter((text) => knownText(text) === null) },
      )
    : join(left, right)
  return { ...joined, test: node.operator === 'or' ? either(frame, left, right) : null }
}

function both(frame: Frame, left: Value, right: Value): Value['test'] {
  const { facts } = frame.machine
  if (left.test === null) return right.test === null ? null : { whenTrue: right.test.whenTrue, whenFalse: facts.none }
  if (right.test === null) return { whenTrue: left.test.whenTrue, whenFalse: facts.none }
  const whenTrue = facts.both(left.test.whenTrue, right.test.whenTrue) ?? left.test.whenTrue
  return { whenTrue, whenFalse: facts.either(left.test.whenFalse, right.test.whenFalse) }
}

function either(frame: Frame, left: Value, right: Value): Value['test'] {
  const { facts } = frame.machine
  if (left.test === null) return right.test === null ? null : { whenTrue: facts.none, whenFalse: right.test.whenFalse }
  if (right.test === null) return { whenTrue: facts.none, whenFalse: left.test.whenFalse }
  const whenFalse = facts.both(left.test.whenFalse, right.test.whenFalse) ?? left.test.whenFalse
  return { whenTrue: facts.either(left.test.whenTrue, right.test.whenTrue), whenFalse }
}

function decorated(frame: Frame, node: FunctionValue): Value {
  const value = thingValue({
    kind: 'function',
    node,
    closure: frame.activation,
    self: null,
    when: frame.machine.facts.none,
  })
  // @agent.tool, @agent.tool(retries=2)
  for (const decorator of node.decorators) {
    const called = decorator.kind === 'call' ? decorator.callee : decorator
    if (called.kind === 'member') decorate(frame, evaluate(frame, called), value)
  }
  return node.wrapped === true ? applied(frame, node.decorators, value) : value
}

/** `entry == null`: what tells that there is one, as in a table that holds some keys only. */
function presence({ operands }: Operation, { test }: Value): Value['test'] {
  const other = operands[1]
  if (test === null || other?.kind !== 'constant' || (other.value !== null && other.value !== undefined)) return null
  return { whenTrue: test.whenFalse, whenFalse: test.whenTrue }
}

function operation(frame: Frame, node: Operation): Value {
  if (node.operator === 'equal' || node.operator === 'not-equal') {
    const [left, right] = node.operands.map((operand) => evaluate(frame, operand))
    const test = compare(frame, left ?? nothing, right ?? nothing) ?? presence(node, left ?? nothing)
    const same = test === null ? verdict(frame, compareTexts(frame, left ?? nothing, right ?? nothing)) : null
    if (same !== null) return answer(frame, same === (node.operator === 'equal'))
    return {
      ...nothing,
      test: test === null || node.operator === 'equal' ? test : { whenTrue: test.whenFalse, whenFalse: test.whenTrue },
    }
  }
  if (node.operator === 'not') {
    const tested = evaluate(frame, node.operands[0]!)
    const known = verdict(frame, tested)
    if (known !== null) return answer(frame, !known)
    const { test } = tested
    return { ...nothing, test: test === null ? null : { whenTrue: test.whenFalse, whenFalse: test.whenTrue } }
  }
  if (node.operator === 'delete') removeMember(frame, node.operands[0]!)
  if (node.operator === 'concat' && node.operands.length > 1) return concat(frame, node)
  if (node.operator === 'first') return firstKnown(frame, node)
  const values = node.operands.map((operand) => evaluate(frame, operand))
  if (node.operator === 'sequence') return values.at(-1) ?? nothing
  if (node.operator === 'iterate') return elementOf(frame, values[0] ?? nothing)
  if (!node.carries) return nothing
  return { ...joinAll(values.map((value) => flat(frame, value))), texts: [], test: null, things: [] }
}

/** The first operand that has a value; where one may get it yet, nothing until all else is solved. */
function firstKnown(frame: Frame, { operands }: Operation): Value {
  const { machine, activation } = frame
  for (const operand of operands) {
    const value = evaluate(frame, operand)
    if (value !== nothing) return value
    const isBound = operand.kind === 'reference' && machine.program.sharing(operand.binding).length > 0
    if (!isBound || machine.settled) continue
    machine.unsettled.add(activation)
    return nothing
  }
  return nothing
}

/** `a + b + c`, unwound so that long sums do not nest. */
function concat(frame: Frame, node: Operation): Value {
  const operands: Node[] = []
  let current: Node = node
  while (current.kind === 'operation' && current.operator === 'concat' && current.operands.length > 1) {
    operands.push(...current.operands.slice(1).reverse())
    current = current.operands[0]!
  }
  operands.push(current)
  operands.reverse()
  return template(frame, {
    kind: 'template',
    span: node.span,
    parts: operands.map((operand) =>
      operand.kind === 'constant' && operand.value !== null ? String(operand.value) : operand,
    ),
  })
}

/** A query that is awaited is its records. */
function awaited(value: Value): Value {
  const { opaque } = value
  if (opaque === null || opaque.entity !== null || opaque.holds === null) return value
  return { ...value, opaque: { ...opaque, entity: opaque.holds } }
}
