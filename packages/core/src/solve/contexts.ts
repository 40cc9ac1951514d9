/**
 * Which activation a call is solved in: one a call path, while there are few; over the bound one for all further calls, whose
 * data is stood for. Functions on the way to a sink are solved for more kinds of call: there precision counts.
 */
import type { FunctionValue } from '../ir/ir.js'
import { freely, type Activation, type FunctionCall } from './activation.js'
import { bringsData } from './last.js'
import type { Machine } from './machine.js'
import { mostSettingContexts } from './setting-readers.js'
import { symbolic } from './symbolic.js'
import { idOf, join, joinData, noData, nothing, thingKey, widen } from './value.js'

/** Calls that are solved apart: more where they bring what stand-ins can't tell apart, most where a sink is reached. */
const mostPlain = 1
const mostRich = 2
const mostToSink = 8
const deepestNesting = 24

/** What contexts ask of the solver. */
export interface ContextSolver {
  create(call: FunctionCall, isShared: boolean): Activation
  /** It was given more than it had. */
  grown(activation: Activation): void
  /** It was given data of another class; by the last evaluations only this is looked at. */
  news(activation: Activation): void
}

export class Contexts {
  readonly #byKey = new Map<string, Activation>()
  readonly #byNode = new Map<FunctionValue, Activation[]>()
  readonly #merged = new Map<FunctionValue, Activation>()
  readonly #sinkNodes = new Set<FunctionValue>()
  readonly #machine: Machine
  readonly #solver: ContextSolver

  constructor(machine: Machine, solver: ContextSolver) {
    this.#machine = machine
    this.#solver = solver
  }

  /** Whether a function was called. */
  has(node: FunctionValue): boolean {
    return this.#byNode.has(node)
  }

  /** Whether a function is on the way to a sink; a module's body (null) counts as one. */
  isOnTheWay(node: FunctionValue | null): boolean {
    return node === null || this.#sinkNodes.has(node)
  }

  /** A sink was met in an activation: all that led there is on the way. */
  reachesSink(activation: Activation): void {
    for (
      let current: Activation | null = activation;
      current !== null && current.node !== null;
      current = current.calledFrom?.activation ?? null
    ) {
      if (this.#sinkNodes.has(current.node)) return
      this.#sinkNodes.add(current.node)
    }
  }

  /**
   * One activation a call path: the call, made in this activation, under what guards have told. What is given later joins
   * what was given before, so that solving ends.
   */
  of(call: FunctionCall): Activation {
    const self = call.receiver.things.length === 1 ? thingKey(call.receiver.things[0]!) : ''
    const caller = call.entry ? 'entry' : (call.calledFrom?.activation.id ?? 0)
    const key = `${idOf(call.node)}/${call.closure.id}/${idOf(call.site)}/${caller}/${self}/${call.facts.key}`
    const known = this.#byKey.get(key)
    if (known !== undefined) {
      this.#given(known, call)
      return known
    }
    let contexts = this.#byNode.get(call.node)
    if (contexts === undefined) this.#byNode.set(call.node, (contexts = []))
    if (contexts.length >= this.#most(call) || call.closure.nesting + 1 > deepestNesting) return this.#join(call)
    const activation = this.#solver.create(call, false)
    contexts.push(activation)
    this.#byKey.set(key, activation)
    return activation
  }

  /** Data is told apart by stand-ins, wherever it goes; what may be called, and texts that may choose an endpoint, are not. */
  #most({ node, receiver, parameters }: FunctionCall): number {
    if (this.#machine.settingReaders.has(node)) return mostSettingContexts
    if (this.#sinkNodes.has(node)) return mostToSink
    const isRich = [receiver, ...parameters].some(({ things, texts }) => things.length > 0 || texts.length > 0)
    return isRich ? mostRich : mostPlain
  }

  #given(activation: Activation, call: FunctionCall): void {
    const joining = activation.rounds < freely ? join : widen
    let grown = false
    for (const [index, value] of call.parameters.entries()) {
      const known = activation.parameters[index] ?? nothing
      const joined = joining(known, value)
      if (joined === known) continue
      activation.parameters[index] = joined
      grown = true
      if (this.isOnTheWay(activation.node) && bringsData(known, joined)) this.#solver.news(activation)
    }
    const receiver = joining(activation.receiver, call.receiver)
    if (receiver !== activation.receiver) {
      activation.receiver = receiver
      grown = true
    }
    if (grown) this.#solver.grown(activation)
  }

  /** Over the bound: one activation for all further calls. */
  #join(call: FunctionCall): Activation {
    let merged = this.#merged.get(call.node)
    if (merged === undefined) {
      merged = this.#solver.create({ ...call, parameters: [] }, true)
      this.#merged.set(call.node, merged)
    }
    const joining = merged.rounds < freely ? join : widen
    let grown = false
    for (const [index, given] of call.parameters.entries()) {
      const parameter = call.node.parameters[index]!
      const carried = call.carried(given)
      merged.inflow[index] = joinData(merged.inflow[index] ?? noData, carried)
      const at = { module: merged.module, span: parameter.pattern.span }
      const value = symbolic(
        this.#machine,
        merged,
        index,
        given,
        carried,
        parameter.name === undefined ? [] : [parameter.name],
        at,
      )
      const known = merged.parameters[index] ?? nothing
      const joined = joining(known, value)
      if (joined !== known) grown = true
      merged.parameters[index] = joined
      if (this.isOnTheWay(merged.node) && bringsData(known, joined)) this.#solver.news(merged)
    }
    const receiver = joining(merged.receiver, call.receiver)
    const facts = this.#machine.facts.either(merged.facts, call.facts)
    if (!merged.closures.includes(call.closure) && merged.closures.length < 16) {
      merged.closures.push(call.closure)
      grown = true
    }
    if (grown || receiver !== merged.receiver || facts !== merged.facts) {
      merged.receiver = receiver
      merged.facts = facts
      this.#solver.grown(merged)
    }
    return merged
  }
}
