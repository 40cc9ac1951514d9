/**
 * The solver: a worklist of activations. Each is evaluated with what is known so far; when a shared cell, an object or a
 * summary grows, those who read it are evaluated again, until nothing grows. Modules run first; then, round by round, every
 * function that no seen code has called, with parameters that come from outside. Bounded in contexts, depth and rounds.
 */
import type { Gap } from '../gap.js'
import { importOrder } from '../link/order.js'
import type { Program, Unit } from '../link/program.js'
import type { Reach } from '../link/reach.js'
import type { ClassValue, FunctionValue } from '../ir/ir.js'
import { Cell, freely, type Activation, type FunctionCall } from './activation.js'
import { evaluateBody, frameOf } from './body.js'
import { constructInjected } from './classes.js'
import { Effort } from './effort.js'
import { FactTable, type Facts } from './facts.js'
import { Heap, type HeapObject } from './heap.js'
import type { Knowledge } from './knowledge.js'
import { indexClasses, type ClassIndex } from '../link/classes.js'
import type { ClassThing } from './instances.js'
import { bringsData, Last } from './last.js'
import { unknownParameter } from './outside.js'
import { indexProviders, type Provider } from './provided.js'
import { mostSettingContexts, SettingReaders } from './setting-readers.js'
import { Shapes } from './shapes.js'
import type { SinkHit } from './sink.js'
import { Expansion, symbolic } from './symbolic.js'
import {
  idOf,
  join,
  joinData,
  noData,
  nothing,
  thingKey,
  widen,
  type Instance,
  type Place,
  type Value,
} from './value.js'

/** Kinds of call that a function is solved for apart: for each that brings more than data, and where a sink is reached. */
const mostContexts = { plain: 1, rich: 2, sink: 8 }
const mostRounds = 3
const deepestNesting = 24
const deepestCall = 48
const mostProviderRounds = 3

/** A class's shared instance. */
interface Injected {
  thing: ClassThing
  address: number
  constructed: boolean
  wanted: boolean
}

export class Machine {
  readonly facts = new FactTable()
  readonly heap = new Heap()
  readonly activations: Activation[] = []
  readonly gaps: Gap[] = []
  /** Clients met, by construction. */
  readonly instances = new Map<string, { instance: Instance; activation: Activation; facts: Facts }>()
  readonly #byKey = new Map<string, Activation>()
  readonly #contexts = new Map<FunctionValue, Activation[]>()
  readonly #merged = new Map<FunctionValue, Activation>()
  readonly #closures = new Map<FunctionValue, { closure: Activation; home: Activation['home']; receiver: Value }>()
  readonly #modules: Activation[] = []
  readonly #queue: Activation[][] = []
  #deepest = 0
  readonly #origins = new Map<string, number>()
  readonly classes: ClassIndex
  readonly shapes: Shapes
  readonly providers: readonly Provider[]
  /** What was sent over a channel, or put into a store, by its name. */
  readonly channels = new Map<string, Cell>()
  /** Classes that seen code constructs. */
  readonly constructed = new Set<ClassValue>()
  readonly #sinkNodes = new Set<FunctionValue>()
  readonly settingReaders = new SettingReaders()
  readonly #homes = new WeakMap<FunctionValue, Activation['home']>()
  readonly #injected = new Map<ClassValue, Injected>()
  readonly #injectedAt = new Map<number, Injected>()
  readonly #late = new Set<Activation>()
  #last: Last | null = null
  settled = false
  readonly unsettled = new Set<Activation>()
  #depth = 0

  constructor(
    readonly program: Program,
    readonly knowledge: Knowledge,
    /** Code from which a service can be reached: its functions are entered from outside. */
    readonly reach: Reach,
    readonly effort = new Effort(),
  ) {
    this.classes = indexClasses(program)
    this.shapes = new Shapes(this)
    this.providers = indexProviders(this)
  }

  run(): void {
    for (const unit of this.program.units) this.#modules.push(this.#create(unit.index, null, [], nothing, null))
    for (const module of importOrder(this.program))
      if (this.reach.modules.has(module)) this.#enqueue(this.#modules[module]!)
    this.#settle()
    this.#enterProviders()
    for (let round = 0; round < 8; round++) {
      const before = this.activations.length
      this.#constructInjected()
      this.#settle()
      for (const unit of this.program.units) this.#enterFunctions(unit)
      this.#settle()
      if (this.activations.length === before) break
    }
    this.#finish()
  }

  /** What was solved often enough is solved a last time, with all that is known by then. */
  #finish(): void {
    this.#last = new Last([...this.#late])
    this.#late.clear()
    this.#last.run({
      evaluate: (activation) => this.#evaluate(activation),
      cut: ({ node, module }) => {
        const place = node === null ? null : { module, span: node.nameSpan }
        const name = node?.name ?? ''
        this.cut(
          module,
          place,
          `${name}() is given too many kinds of value to be followed to the end`,
          `${name}() に渡る値の種類が多すぎて最後まで追跡できません`,
        )
      },
    })
    this.#last = null
    this.#queue.length = 0
    this.#deepest = 0
  }

  unit(module: number): Unit {
    return this.program.units[module]!
  }

  moduleActivation(module: number): Activation {
    return this.#modules[module]!
  }

  /** A module whose bindings are read for the first time is solved then. */
  wanted(module: number): Activation {
    const activation = this.#modules[module]!
    if (activation.rounds === 0 && !activation.running) {
      if (this.#depth < deepestCall) this.#evaluate(activation)
      else this.#enqueue(activation)
    }
    return activation
  }

  /** A function value came to be here: remembered so that it can be entered from outside. */
  closed(node: FunctionValue, closure: Activation, home: Activation['home'], receiver: Value = nothing): void {
    if (home !== null) this.#homes.set(node, home)
    const known = this.#closures.get(node)
    if (known === undefined) this.#closures.set(node, { closure, home, receiver })
    else if (receiver !== nothing && known.receiver === nothing) known.receiver = receiver
  }

  /** Functions on the way to a sink are solved for more kinds of call: there precision counts. */
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

  homeOf(node: FunctionValue): Activation['home'] {
    return this.#homes.get(node) ?? null
  }

  /** Address of a class's shared instance; asked for by a type, it will be constructed. */
  injected(found: { node: ClassValue; module: number; closure?: Activation }, wanted = true): number {
    let known = this.#injected.get(found.node)
    if (known === undefined) {
      const closure = found.closure ?? this.#modules[found.module]!
      const thing: ClassThing = { kind: 'class', node: found.node, closure, when: this.facts.none }
      known = { thing, address: this.heap.address(`injected ${idOf(found.node)}`), constructed: false, wanted }
      this.#injected.set(found.node, known)
      this.#injectedAt.set(known.address, known)
    }
    known.wanted ||= wanted
    return known.address
  }

  /** A number for the object that guards test, stable for its key. */
  origin(key: string): number {
    let origin = this.#origins.get(key)
    if (origin === undefined) {
      origin = this.#origins.size + 1
      this.#origins.set(key, origin)
    }
    return origin
  }

  /** The summary of a call; evaluated now if it is new and the stack allows it, later otherwise. */
  call(call: FunctionCall, reader: Activation): Activation {
    const activation = this.#context(call)
    if (call.node !== null && this.#sinkNodes.has(call.node)) this.reachesSink(reader)
    activation.result.readers.add(reader)
    activation.yielded.readers.add(reader)
    activation.thrown.readers.add(reader)
    if (activation.rounds === 0 && !activation.running) {
      if (this.#depth < deepestCall) this.#evaluate(activation)
      else this.#enqueue(activation)
    }
    return activation
  }

  read(cell: Cell, reader: Activation): Value {
    cell.readers.add(reader)
    return cell.value
  }

  write(cell: Cell, value: Value): void {
    if (cell.add(value)) for (const reader of cell.readers) this.#enqueue(reader)
  }

  addObject(address: number, object: HeapObject): void {
    for (const reader of this.heap.add(address, object)) this.#enqueue(reader)
  }

  cut(module: number, place: Place | null, en: string, ja: string): void {
    if (this.gaps.length > 200) return
    this.gaps.push({ file: this.unit(module).module.path, span: place?.span ?? null, kind: 'cut', reason: { en, ja } })
  }

  /** All calls that may send, with what reaches them. */
  sinkHits(): SinkHit[] {
    const expansion = new Expansion(this)
    return this.activations.flatMap((activation) =>
      [...activation.sinks.values()].map((hit) => ({ ...hit, data: expansion.expand(hit.data, activation) })),
    )
  }

  /**
   * One activation a call path: the call, made in this activation, under what guards have told. What is given later joins
   * what was given before, so that solving ends.
   */
  #context(call: FunctionCall): Activation {
    const self = call.receiver.things.length === 1 ? thingKey(call.receiver.things[0]!) : ''
    const caller = call.entry ? 'entry' : (call.calledFrom?.activation.id ?? 0)
    const key = `${idOf(call.node)}/${call.closure.id}/${idOf(call.site)}/${caller}/${self}/${call.facts.key}`
    const known = this.#byKey.get(key)
    if (known !== undefined) {
      this.#given(known, call)
      return known
    }
    let contexts = this.#contexts.get(call.node)
    if (contexts === undefined) this.#contexts.set(call.node, (contexts = []))
    const most = this.settingReaders.has(call.node) ? mostSettingContexts : mostContexts[this.#kind(call)]
    if (contexts.length >= most || call.closure.nesting + 1 > deepestNesting) return this.#join(call)
    const activation = this.#create(call.closure.module, call.node, [call.closure], call.receiver, call)
    contexts.push(activation)
    this.#byKey.set(key, activation)
    return activation
  }

  /** Data is told apart by stand-ins, wherever it goes; what may be called, and texts that may choose an endpoint, are not. */
  #kind({ node, receiver, parameters }: FunctionCall): keyof typeof mostContexts {
    if (this.#sinkNodes.has(node)) return 'sink'
    const isRich = [receiver, ...parameters].some(({ things, texts }) => things.length > 0 || texts.length > 0)
    return isRich ? 'rich' : 'plain'
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
      if (this.#last !== null && bringsData(known, joined)) this.#lastAgain(activation)
    }
    const receiver = joining(activation.receiver, call.receiver)
    if (receiver !== activation.receiver) {
      activation.receiver = receiver
      grown = true
    }
    if (grown) this.#enqueue(activation)
  }

  /** Over the bound: one activation for all further calls. */
  #join(call: FunctionCall): Activation {
    let merged = this.#merged.get(call.node)
    if (merged === undefined) {
      merged = this.#create(
        call.closure.module,
        call.node,
        [call.closure],
        call.receiver,
        { ...call, parameters: [] },
        true,
      )
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
        this,
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
      if (this.#last !== null && bringsData(known, joined)) this.#lastAgain(merged)
    }
    const receiver = joining(merged.receiver, call.receiver)
    const facts = this.facts.either(merged.facts, call.facts)
    if (!merged.closures.includes(call.closure) && merged.closures.length < 16) {
      merged.closures.push(call.closure)
      grown = true
    }
    if (grown || receiver !== merged.receiver || facts !== merged.facts) {
      merged.receiver = receiver
      merged.facts = facts
      this.#enqueue(merged)
    }
    return merged
  }

  #create(
    module: number,
    node: FunctionValue | null,
    closures: Activation[],
    receiver: Value,
    call: FunctionCall | null,
    shared = false,
  ): Activation {
    const activation: Activation = {
      id: this.activations.length + 1,
      module,
      node,
      closures,
      nesting: (closures[0]?.nesting ?? -1) + 1,
      home: call?.home ?? null,
      parameters: call ? [...call.parameters] : [],
      receiver,
      facts: call?.facts ?? this.facts.none,
      cells: new Map(),
      result: new Cell(),
      yielded: new Cell(),
      thrown: new Cell(),
      inflow: [],
      shared,
      sinks: new Map(),
      calledFrom: call?.calledFrom ?? null,
      entry: call?.entry ?? false,
      queued: false,
      running: false,
      rounds: 0,
      depth: Math.min(63, (call?.calledFrom?.activation.depth ?? 0) + (node === null ? 0 : 1)),
    }
    this.activations.push(activation)
    return activation
  }

  /** Only what is on the way to a sink is worth another evaluation at the end. */
  #lastAgain(activation: Activation): void {
    if (activation.node === null || this.#sinkNodes.has(activation.node)) this.#last?.again(activation)
  }

  /** Called functions before their callers: most callers are then solved with what they wait for. */
  #enqueue(activation: Activation): void {
    if (activation.queued) return
    activation.queued = true
    ;(this.#queue[activation.depth] ??= []).push(activation)
    if (activation.depth > this.#deepest) this.#deepest = activation.depth
  }

  /**
   * A call of what has no value yet may have one later: it gives nothing until all else is solved, and only then counts as a
   * call of code that is not seen. Otherwise results would hold what the order of files made of them.
   */
  #settle(): void {
    this.settled = false
    this.#drain()
    while (this.unsettled.size > 0) {
      this.settled = true
      for (const activation of this.unsettled) this.#enqueue(activation)
      this.unsettled.clear()
      this.#drain()
    }
  }

  #drain(): void {
    while (this.#deepest >= 0) {
      const activation = this.#queue[this.#deepest]?.shift()
      if (activation === undefined) {
        this.#deepest--
        continue
      }
      activation.queued = false
      this.#evaluate(activation)
    }
    this.#deepest = 0
  }

  #evaluate(activation: Activation): void {
    if (activation.running) return this.#enqueue(activation)
    if (activation.rounds >= mostRounds && this.#last === null) {
      this.#late.add(activation)
      return
    }
    activation.rounds++
    activation.running = true
    this.#depth++
    try {
      evaluateBody(this, activation)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.cut(
        activation.module,
        null,
        'the code is nested too deeply to be followed',
        'コードの入れ子が深すぎて追跡できません',
      )
    } finally {
      this.#depth--
      activation.running = false
    }
  }

  #constructInjected(): void {
    for (const known of this.#injected.values()) {
      const entered =
        !this.constructed.has(known.thing.node) &&
        this.reach.holds(this.unit(known.thing.closure.module), known.thing.node)
      if (known.constructed || (!known.wanted && !entered)) continue
      known.constructed = true
      constructInjected(frameOf(this, known.thing.closure), known.thing, known.address)
    }
  }

  /** Functions by which a container makes what others ask for: before those who ask, and again while one waits for another. */
  #enterProviders(): void {
    for (let round = 0; round < mostProviderRounds && this.providers.length > 0; round++) {
      for (const provider of this.providers) {
        const unit = this.unit(provider.module)
        if (this.reach.enters(unit, provider.node)) provider.activation = this.#enter(unit, provider.node)
      }
      this.#constructInjected()
      this.#settle()
    }
  }

  /** Functions that no seen code called: handlers, exported functions, callbacks of unseen code. */
  #enterFunctions(unit: Unit): void {
    for (const node of unit.scopes.functions) {
      if (this.reach.enters(unit, node) && !this.#contexts.has(node)) this.#enter(unit, node)
    }
  }

  #enter(unit: Unit, node: FunctionValue): Activation | null {
    const closed = this.#closures.get(node)
    if (closed === undefined) return null
    this.#wantReceiver(closed.receiver)
    const parameters = node.parameters.map((parameter, index) => unknownParameter(this, unit, node, parameter, index))
    return this.call(
      {
        node,
        closure: closed.closure,
        parameters,
        receiver: closed.receiver,
        facts: this.facts.none,
        home: closed.home,
        calledFrom: null,
        entry: true,
        site: node,
        carried: () => noData,
      },
      this.#modules[unit.index]!,
    )
  }

  #wantReceiver(receiver: Value): void {
    for (const thing of receiver.things) {
      const known = thing.kind === 'object' ? this.#injectedAt.get(thing.address) : undefined
      if (known !== undefined) known.wanted = true
    }
  }
}
