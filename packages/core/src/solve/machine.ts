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
import { Cell, type Activation, type FunctionCall } from './activation.js'
import { evaluateBody, frameOf } from './body.js'
import { Contexts } from './contexts.js'
import { constructInjected } from './classes.js'
import { Effort } from './effort.js'
import { enterFunctions } from './entries.js'
import { FactTable, type Facts } from './facts.js'
import { Heap, type HeapObject } from './heap.js'
import type { Knowledge } from './knowledge.js'
import { indexClasses, type ClassIndex } from '../link/classes.js'
import type { ClassThing } from './instances.js'
import { Last } from './last.js'
import { unknownParameter } from './outside.js'
import { indexProviders, type Provider } from './provided.js'
import { SettingReaders } from './setting-readers.js'
import { Shapes } from './shapes.js'
import type { SinkHit } from './sink.js'
import { Expansion } from './symbolic.js'
import { idOf, noData, nothing, type Instance, type Place, type Value } from './value.js'

const mostRounds = 6
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
  readonly contexts = new Contexts(this, {
    create: (call, isShared) =>
      this.#create(call.closure.module, call.node, [call.closure], call.receiver, call, isShared),
    grown: (activation) => this.#enqueue(activation),
    news: (activation) => this.#last?.again(activation),
  })
  /** Clients met, by construction. */
  readonly instances = new Map<string, { instance: Instance; activation: Activation; facts: Facts }>()
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
    const order = importOrder(this.program).filter((module) => this.reach.modules.has(module))
    const isLate = (module: number) => this.reach.late?.has(module) ?? false
    this.#enterModules(order.filter((module) => !isLate(module)))
    this.#enterProviders()
    this.#enterFunctions((unit) => !isLate(unit.index))
    const late = order.filter(isLate)
    if (late.length > 0) {
      this.#enterModules(late)
      this.#enterFunctions(() => true)
    }
    this.#finish()
  }

  #enterModules(order: readonly number[]): void {
    for (const module of order) this.#enqueue(this.#modules[module]!)
    this.#settle()
  }

  #enterFunctions(isTurn: (unit: Unit) => boolean): void {
    enterFunctions(this.program, {
      solved: () => this.activations.length,
      isWaiting: (unit, node) => isTurn(unit) && this.reach.enters(unit, node) && !this.contexts.has(node),
      enter: (unit, node) => void this.#enter(unit, node),
      settle: () => {
        this.#constructInjected()
        this.#settle()
      },
    })
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
    const activation = this.contexts.of(call)
    if (this.contexts.isOnTheWay(call.node)) this.contexts.reachesSink(reader)
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
      passed: new Cell(),
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
