/**
 * An activation: one function (or module body) solved for one kind of call, with the summary it gives: what it returns, what
 * it yields, and the sinks it reaches. Each call path has one of its own; over a bound, one more activation takes the join of
 * all the rest.
 */
import type { Facts } from './facts.js'
import type { FunctionValue, ClassValue } from '../ir/ir.js'
import type { SinkHit } from './sink.js'
import { join, nothing, widen, type Place, type Value } from './value.js'

/** How often a cell or object grows before growth is widened. */
export const freely = 6
export const most = 40

/** A value that several activations share: it only grows, and whoever read it is solved again. */
export class Cell {
  value: Value = nothing
  readonly readers = new Set<Activation>()

  #grown = 0

  /** True when it grew. */
  add(value: Value): boolean {
    if (this.#grown >= most) return false
    const joined = this.#grown < freely ? join(this.value, value) : widen(this.value, value)
    if (joined === this.value) return false
    this.value = joined
    this.#grown++
    return true
  }
}

export interface Activation {
  readonly id: number
  readonly module: number
  /** Null for the module's own body. */
  readonly node: FunctionValue | null
  /** Activations whose bindings it sees: those of the function around it; several where contexts were joined. */
  readonly closures: Activation[]
  readonly nesting: number
  /** Class whose constructor or method it is, for `super`. */
  readonly home: { node: ClassValue; closure: Activation } | null
  parameters: Value[]
  receiver: Value
  facts: Facts
  /** Captured bindings. */
  readonly cells: Map<string, Cell>
  readonly result: Cell
  readonly yielded: Cell
  readonly thrown: Cell
  /** Of a function that throws: the facts under which it comes to an end without. */
  readonly passed: Cell
  /** Stands for all calls over the bound: what they brought, by parameter. */
  readonly inflow: Value['data'][]
  readonly shared: boolean
  readonly sinks: Map<string, SinkHit>
  /** The first call that led here. */
  readonly calledFrom: { activation: Activation; place: Place } | null
  /** Called without being seen: parameters come from outside the program. */
  readonly entry: boolean
  queued: boolean
  running: boolean
  rounds: number
  /** Calls from the outermost one. */
  readonly depth: number
}

/** What an activation is asked for with. */
export interface FunctionCall {
  node: FunctionValue
  closure: Activation
  parameters: Value[]
  receiver: Value
  facts: Facts
  home: Activation['home']
  calledFrom: Activation['calledFrom']
  entry: boolean
  /** The call in the code: calls are told apart by it and by where it is made. */
  site: object
  /** All that a value carries, as the caller sees it. */
  carried(value: Value): Value['data']
}
