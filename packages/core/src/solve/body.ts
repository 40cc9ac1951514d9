/** Evaluation of bodies: statements in order of flow, with the state that each leaves to the next. */
import type { Loop, Statement } from '../ir/ir.js'
import type { Activation } from './activation.js'
import { comesBack } from './assertions.js'
import { withDefaults } from './defaults.js'
import { evaluate } from './evaluate.js'
import { allocate, publish, raise, writeName, type Frame } from './frame.js'
import { emptyList } from './heap.js'
import type { Machine } from './machine.js'
import { elementOf } from './members.js'
import { bindPattern } from './patterns.js'
import { copyState, emptyState, mergeStates, type State } from './state.js'
import { underFacts } from './tag.js'
import { turnsOf, verdict } from './turns.js'
import { typeOf, typed } from './outside.js'
import { withStep } from './sources.js'
import { nothing, valueKey, type Value } from './value.js'
import { keysOf } from './keys.js'

const loopRounds = 3

export function frameOf(machine: Machine, activation: Activation): Frame {
  return {
    machine,
    activation,
    unit: machine.unit(activation.module),
    state: emptyState(activation.facts),
    depth: 0,
    turns: 0,
    tries: [],
    jumps: [],
    called: null,
  }
}

export function evaluateBody(machine: Machine, activation: Activation): void {
  const frame = frameOf(machine, activation)
  activation.sinks.clear()
  const { node } = activation
  if (node === null) {
    execute(frame, frame.unit.module.body)
    return
  }
  if (node.receiver !== undefined) writeName(frame, node.receiver, activation.receiver)
  for (const [index, parameter] of node.parameters.entries()) {
    const given = activation.parameters[index] ?? nothing
    const value = parameter.rest === true ? allocate(frame, parameter, { ...emptyList, element: given }) : given
    const name = parameter.name ?? (parameter.pattern.kind === 'binding' ? parameter.pattern.name : '')
    const stepped = activation.entry
      ? value
      : withStep(value, 'argument', argumentName(name, node.name), {
          module: activation.module,
          span: parameter.pattern.span,
        })
    bindPattern(frame, parameter.pattern, stepped)
  }
  execute(frame, node.body)
  if (!frame.state.dead) comesBack(frame)
}

function argumentName(parameter: string, called: string): string {
  return called === '' ? parameter : `${parameter} of ${called}()`
}

export function execute(frame: Frame, statements: readonly Statement[]): void {
  for (const statement of withDefaults(statements)) {
    if (frame.state.dead) return
    executeOne(frame, statement)
  }
}

function executeOne(frame: Frame, statement: Statement): void {
  frame.machine.effort.spend()
  switch (statement.kind) {
    case 'bind': {
      if (statement.value === null) {
        if (statement.pattern.kind === 'binding' && !frame.state.env.has(statement.pattern.binding))
          bindPattern(frame, statement.pattern, nothing)
        return
      }
      const value = evaluate(frame, statement.value)
      bindPattern(frame, statement.pattern, typed(frame.machine, frame.unit.index, value, typeOf(statement.pattern)))
      return
    }
    case 'expression':
      evaluate(frame, statement.value)
      return
    case 'return':
      leave(frame, statement.value === null ? nothing : evaluate(frame, statement.value), statement)
      return
    case 'throw':
      raise(frame, evaluate(frame, statement.value))
      frame.state.dead = true
      return
    case 'jump':
      jump(frame, statement.to, statement.label)
      return
    case 'branch':
      branch(frame, statement)
      return
    case 'loop':
      loop(frame, statement)
      return
    case 'try':
      attempt(frame, statement)
      return
    case 'block':
      block(frame, statement)
  }
}

function leave(frame: Frame, value: Value, at: { span: { start: number; end: number } }): void {
  const { machine, activation, state } = frame
  const known = state.facts === activation.facts ? value : underFacts(value, state.facts, machine.facts)
  publish(frame, known)
  const result =
    activation.node === null || activation.node.name === ''
      ? known
      : withStep(known, 'returned', activation.node.name, { module: activation.module, span: at.span })
  machine.write(activation.result, result)
  comesBack(frame)
  state.dead = true
}

function jump(frame: Frame, to: 'break' | 'continue', label: string | undefined): void {
  for (let i = frame.jumps.length - 1; i >= 0; i--) {
    const target = frame.jumps[i]!
    if (label === undefined ? !target.loop : target.label !== label) continue
    ;(to === 'break' ? target.breaks : target.continues).push(copyState(frame.state))
    break
  }
  frame.state.dead = true
}

export function merged(frame: Frame, a: State, b: State): State {
  const { machine } = frame
  return mergeStates(
    a,
    b,
    machine.facts,
    (address) => machine.heap.has(address),
    (address, object) => machine.addObject(address, object),
  )
}

/** Runs one way of a branch in a copy of the state, under what its condition tells; the state it leaves. */
export function underTest(frame: Frame, test: Value, taken: boolean, run: () => void): State {
  const { machine } = frame
  const before = frame.state
  const facts =
    test.test === null
      ? before.facts
      : machine.facts.both(before.facts, taken ? test.test.whenTrue : test.test.whenFalse)
  const branchState = copyState(before)
  if (facts === null) {
    branchState.dead = true
    return branchState
  }
  branchState.facts = facts
  frame.state = branchState
  run()
  const after = frame.state
  frame.state = before
  return after
}

function branch(frame: Frame, statement: Extract<Statement, { kind: 'branch' }>): void {
  const test = evaluate(frame, statement.test)
  const known = verdict(frame, test)
  if (known !== null) return execute(frame, known ? statement.then : statement.otherwise)
  const then = underTest(frame, test, true, () => execute(frame, statement.then))
  const otherwise = underTest(frame, test, false, () => execute(frame, statement.otherwise))
  frame.state = merged(frame, then, otherwise)
}

function loop(frame: Frame, statement: Loop): void {
  execute(frame, statement.before)
  if (frame.state.dead) return
  const over = statement.over === null ? null : evaluate(frame, statement.over)
  const jumps = { loop: true, label: statement.label, breaks: [] as State[], continues: [] as State[] }
  frame.jumps.push(jumps)
  const turns = over === null || statement.form !== 'of' || statement.test !== null ? null : turnsOf(frame, over)
  if (turns !== null) {
    takeTurns(frame, statement, turns, jumps)
    frame.jumps.pop()
    return
  }
  let exits = copyState(frame.state)
  for (let round = 0; round < loopRounds; round++) {
    const entered = snapshot(frame.state)
    const test = statement.test === null ? nothing : evaluate(frame, statement.test)
    jumps.continues.length = 0
    let after = underTest(frame, test, true, () => {
      if (statement.pattern !== null && over !== null)
        bindPattern(frame, statement.pattern, statement.form === 'of' ? elementOf(frame, over) : keysOf(frame, over))
      execute(frame, statement.body)
    })
    for (const state of jumps.continues) after = merged(frame, after, state)
    frame.state = after
    if (!after.dead) execute(frame, statement.after)
    exits = merged(frame, exits, frame.state)
    frame.state = copyState(exits)
    if (frame.state.dead || snapshot(frame.state) === entered) break
  }
  frame.jumps.pop()
  for (const state of jumps.breaks) exits = merged(frame, exits, state)
  frame.state = exits
}

/** A loop over what is known one by one: each turn follows the one before, and only a jump leaves early. */
function takeTurns(
  frame: Frame,
  { pattern, body, after: last }: Loop,
  turns: readonly Value[],
  jumps: { breaks: State[]; continues: State[] },
): void {
  frame.turns++
  for (const turn of turns) {
    jumps.continues.length = 0
    if (pattern !== null) bindPattern(frame, pattern, turn)
    execute(frame, body)
    for (const state of jumps.continues) frame.state = merged(frame, frame.state, state)
    if (frame.state.dead) break
    execute(frame, last)
  }
  frame.turns--
  for (const state of jumps.breaks) frame.state = merged(frame, frame.state, state)
}

/** Whether another round could say more: names and what their keys are. */
function snapshot(state: State): string {
  let text = state.facts.key
  for (const [binding, value] of state.env) text += `\u0000${binding}=${valueKey(value)}`
  for (const [address, object] of state.objects)
    text += `\u0001${address}:${object.fields.size}:${valueKey(object.element)}:${[...object.fields.values()].map(valueKey).join(',')}`
  return text
}

function attempt(frame: Frame, statement: Extract<Statement, { kind: 'try' }>): void {
  const before = copyState(frame.state)
  const inner = { thrown: nothing }
  const catches = statement.handler.length > 0 || statement.caught !== null
  if (catches) frame.tries.push(inner)
  execute(frame, statement.block)
  if (catches) frame.tries.pop()
  const after = frame.state
  let handled: State | null = null
  if (catches) {
    const reached = copyState(after)
    reached.dead = false
    reached.facts = before.facts
    frame.state = merged(frame, before, reached)
    if (statement.caught !== null) bindPattern(frame, statement.caught, inner.thrown)
    execute(frame, statement.handler)
    handled = frame.state
  }
  frame.state = handled === null ? after : merged(frame, after, handled)
  if (statement.finalizer.length > 0) {
    // it runs on every way out, also on those that a test inside led to
    const { dead, facts } = frame.state
    frame.state.dead = false
    frame.state.facts = before.facts
    execute(frame, statement.finalizer)
    frame.state.facts = frame.machine.facts.both(facts, frame.state.facts) ?? frame.state.facts
    frame.state.dead = dead || frame.state.dead
  }
}

function block(frame: Frame, statement: Extract<Statement, { kind: 'block' }>): void {
  if (statement.label === undefined) return execute(frame, statement.body)
  const jumps = { loop: false, label: statement.label, breaks: [] as State[], continues: [] as State[] }
  frame.jumps.push(jumps)
  execute(frame, statement.body)
  frame.jumps.pop()
  let after = frame.state
  for (const state of jumps.breaks) after = merged(frame, after, state)
  frame.state = after
}
