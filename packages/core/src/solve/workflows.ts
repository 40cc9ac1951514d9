/**
 * Workflows of a package, `StateGraph(State)`: their steps are functions of the program that are handed one record, the state; what they give
 * is written into it, and so is what the workflow is run with. The state stands in the thing's place of its arguments.
 */
import type { Given, Application } from './calls.js'
import { apply, call } from './calls.js'
import type { Span } from '../location.js'
import { allocate, publish, readObject, type Frame } from './frame.js'
import { emptyRecord } from './heap.js'
import { readMember } from './members.js'
import { opaqueValue, typed } from './outside.js'
import { spreadInto } from './spread.js'
import { idOf, join, nothing, objectThings, thingValue, type Thing, type Value } from './value.js'

type MadeThing = Thing & { kind: 'made' }

/** Where a workflow is made, its state, which its thing carries; null of anything else. */
export function stateOf(frame: Frame, name: string, exported: string, site: object): Value | null {
  if (frame.machine.knowledge.package(name)?.workflows.has(exported) !== true) return null
  const state = allocate(frame, site, emptyRecord, 'state')
  publish(frame, state)
  return state
}

/** A call of a workflow's method; null where the thing is none. */
export function callWorkflow(frame: Frame, thing: MadeThing, application: Application): Value | null {
  const facts = frame.machine.knowledge.package(thing.package)?.workflows.get(thing.exported)
  if (facts === undefined) return null
  const [state = nothing] = thing.arguments
  const method = thing.path.slice(thing.path.lastIndexOf('.') + 1)
  if (facts.steps.includes(method)) {
    for (const { value } of application.args) step(frame, state, value, application)
    return thingValue({ ...thing, path: '' })
  }
  if (!facts.runs.includes(method)) return thingValue({ ...thing, path: '' })
  const [input] = application.args
  if (input !== undefined) write(frame, state, input.value, application)
  return state
}

/** A step is run with the state, as far as it is known, and with what its parameter says of itself. */
function step(frame: Frame, state: Value, value: Value, application: Application): void {
  const { machine } = frame
  // addNode('agent', model.invoke.bind(model)): the client is the step
  for (const thing of value.things) {
    if (thing.kind !== 'client') continue
    const callee = thingValue(thing.path === '' ? { ...thing, path: 'invoke' } : thing)
    const args = [{ value: state, spread: false, name: undefined }]
    write(
      frame,
      state,
      apply(frame, { ...application, callee, receiver: nothing, args, construct: false }),
      application,
    )
  }
  for (const thing of stepsIn(frame, value, application)) {
    const args = thing.node.parameters.slice(0, 1).map((parameter): Given => {
      const { pattern } = parameter
      const name = parameter.name ?? (pattern.kind === 'binding' ? pattern.name : '')
      const at = { module: thing.closure.module, span: pattern.span }
      const unknown = opaqueValue(machine, `step ${idOf(thing.node)}`, [name], null, at)
      const declared = pattern.kind === 'place' || pattern.kind === 'default' ? undefined : pattern.type
      return {
        value: join(state, typed(machine, thing.closure.module, unknown, declared)),
        spread: false,
        name: undefined,
      }
    })
    write(frame, state, call(frame, { ...nothing, things: [thing] }, args, application.site), application)
  }
}

/** Functions, also those that a record names and an object that can be called. */
function stepsIn(frame: Frame, value: Value, { site }: Application): (Thing & { kind: 'function' })[] {
  const held = objectThings(value).flatMap((thing) => {
    const { kind, fields } = readObject(frame, thing.address)
    const named = kind === 'instance' ? [calledMember(frame, thing, site.span)] : [...fields.values()]
    return named.flatMap(({ things }) => things)
  })
  return [...value.things, ...held].flatMap((thing) => (thing.kind === 'function' ? [thing] : []))
}

/** What calling an instance calls; nothing of an object that cannot be called. */
export function calledMember(frame: Frame, thing: Thing & { kind: 'object' }, span: Span): Value {
  const isInstance = readObject(frame, thing.address).kind === 'instance'
  return isInstance ? readMember(frame, thingValue(thing), '[[call]]', nothing, span) : nothing
}

/** A step's result: members of the state, those of a command's update too. */
function write(frame: Frame, state: Value, given: Value, { site }: Application): void {
  publish(frame, given)
  for (const { address } of objectThings(state)) {
    spreadInto(frame, address, { ...given, things: objectThings(given), opaque: null }, site.span)
    for (const thing of given.things)
      if (thing.kind === 'made' && thing.arguments.named !== undefined)
        spreadInto(frame, address, readMember(frame, thing.arguments.named, 'update', nothing, site.span), site.span)
  }
}
