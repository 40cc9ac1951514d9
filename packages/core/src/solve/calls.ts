/** Calls: of the program's functions, of things of packages, of library operations, of what is not seen. */
import type { Call, TypeReference, Value as Node } from '../ir/ir.js'
import type { Activation } from './activation.js'
import { namedArguments } from './arguments.js'
import { factsAfter } from './assertions.js'
import { constructObject, constructParent } from './classes.js'
import { constantKey, evaluate, flat } from './evaluate.js'
import { allocate, homeClass, libraryOf, place, publish, raise, type Frame } from './frame.js'
import { fillPlaces, fillsPlaces, withoutPlaces } from './filling.js'
import { testOfResult } from './guards.js'
import { emptyList } from './heap.js'
import { elementOf, readMember } from './members.js'
import { instantiate } from './instantiate.js'
import { methodOperation } from './methods.js'
import { typed } from './outside.js'
import { applySanitizer, callClient, callMade, callPackage } from './packages.js'
import { remembered } from './channels.js'
import { writtenBy } from './setters.js'
import { underFacts } from './tag.js'
import { unseen } from './unseen.js'
import { calledMember } from './workflows.js'
import { idOf, join, joinAll, nothing, objectThings, thingValue, type Thing, type Value } from './value.js'

export interface Given {
  value: Value
  spread: boolean
  name: string | undefined
  /** `**options` */
  keywords?: boolean
  /** For the last parameter. */
  last?: boolean
}

/** A call in the code, or what stands for one. */
export interface Site {
  span: { start: number; end: number }
  callee?: Node
  arguments?: readonly { value: Node; name?: string }[]
  typeArguments?: readonly TypeReference[]
}

export function evaluateCall(frame: Frame, node: Call): Value {
  if (node.callee.kind === 'parent') return callParent(frame, node)
  const isMember = node.callee.kind === 'member' && node.callee.object.kind !== 'parent'
  const member = isMember ? (node.callee as Extract<Node, { kind: 'member' }>) : null
  const receiver = member === null ? nothing : evaluate(frame, member.object)
  const key = member === null ? null : constantKey(member.key)
  const dynamic = member !== null && key === null ? evaluate(frame, member.key) : nothing
  const callee = member === null ? evaluate(frame, node.callee) : readMember(frame, receiver, key, dynamic, member.span)
  const given = evaluateArguments(frame, node)
  const name = key ?? calleeName(node.callee)
  const fills = fillsPlaces(frame, node, callee, name)
  const args = fills ? withoutPlaces(node, given) : given
  const application = { callee, receiver, name, args, construct: node.construct, site: node }
  frame.called = null
  const result = apply(frame, node.otherwise === undefined ? application : meant(frame, node, application))
  const [only, ...others] = callee.things
  if (frame.called !== null && only?.kind === 'function' && others.length === 0 && callee.opaque === null)
    frame.state.facts = afterCall(frame, frame.called, node)
  if (fills) fillPlaces(frame, node, receiver, given, result)
  const test = testOfResult(result, frame.machine.facts)
  return test === result.test ? result : { ...result, test }
}

/** What holds after a call: of a function that throws where a guard fails, what that guard tells. */
function afterCall(frame: Frame, called: Activation, site: object): Frame['state']['facts'] {
  const { facts } = frame.state
  const told = factsAfter(frame, called, site)
  return told === null ? facts : (frame.machine.facts.both(facts, told) ?? facts)
}

/** The call that is meant where the callee's object may have no such member: of a function in sight, which may take the object. */
function meant(frame: Frame, { otherwise }: Call, application: Application): Application {
  const { callee, receiver, args, name } = application
  if (otherwise === undefined || callee.things.some(({ kind }) => isOwn.has(kind))) return application
  const other = evaluate(frame, otherwise.callee)
  const isSeen = other.things.some(({ kind }) => isOwn.has(kind))
  const isMade = callee.things.some(({ kind }) => kind === 'client' || kind === 'made' || kind === 'object')
  const isKnown = otherwise.receiver && !isMade && other.things.some((thing) => isKnownExport(frame, thing))
  const isLibrary = callee.things.length > 0 || libraryOf(frame).method(name) !== null
  if (!isSeen && !isKnown && (isLibrary || other.things.length === 0)) return application
  const given = otherwise.receiver ? [{ value: receiver, spread: false, name: undefined }, ...args] : args
  return { ...application, callee: other, receiver: nothing, args: given }
}

function isKnownExport(frame: Frame, thing: Thing): boolean {
  return thing.kind === 'package' && frame.machine.knowledge.knows(thing.package, thing.path)
}

/** What is certainly called where it is found: the program's own. */
const isOwn = new Set<Thing['kind']>(['function', 'class', 'method', 'namespace'])

export interface Application {
  callee: Value
  receiver: Value
  name: string
  args: Given[]
  construct: boolean
  site: Site
}

function evaluateArguments(frame: Frame, node: Call): Given[] {
  return node.arguments.map((argument) => ({
    value: evaluate(frame, argument.value),
    spread: argument.spread === true,
    name: argument.name,
    ...(argument.keywords === true ? { keywords: true } : {}),
    ...(argument.last === true ? { last: true } : {}),
  }))
}

export function calleeName(node: Node): string {
  if (node.kind === 'reference') return node.binding.replace(/#\d+$/, '')
  if (node.kind === 'global') return node.name
  if (node.kind === 'member') return constantKey(node.key) ?? ''
  if (node.kind === 'operation' && node.operator === 'first') return calleeName(node.operands.at(-1)!)
  return ''
}

/** One call, whatever is called: the join over all that it may be. */
export function apply(frame: Frame, application: Application): Value {
  const { callee, receiver, name, args, construct, site } = application
  const isItems = libraryOf(frame).method(name) === 'items'
  if (args.length === 0 && !construct && !isItems && callee.things.length === 0 && isField(callee)) return callee
  const guard = namedGuard(frame, application)
  if (guard !== null) return guard
  const results: Value[] = []
  let seen = false
  for (const thing of callee.things) {
    const result = under(frame, thing.when, () => applyThing(frame, thing, application))
    if (result === null) continue
    seen = true
    results.push(underFacts(result, thing.when, frame.machine.facts))
  }
  if (!seen && !construct) {
    const held = libraryOf(frame).callsByName ? receiver.things.filter(({ kind }) => kind === 'function') : []
    if (held.length > 0) return call(frame, { ...nothing, things: held }, args, site)
    const result = methodOperation(frame, receiver, name, args, site)
    if (result !== null) return result
  }
  if (!seen && callee === nothing && !frame.machine.settled) {
    frame.machine.unsettled.add(frame.activation)
    return nothing
  }
  if (!seen || callee.opaque !== null) results.push(unseen(frame, application))
  const kept = remembered(frame, application)
  if (kept !== nothing) results.push(kept)
  return joinAll(results)
}

/** A call of what was chosen under some facts happens under them; where they contradict what holds, it does not. */
function under(frame: Frame, when: Thing['when'], run: () => Value | null): Value | null {
  const before = frame.state.facts
  const facts = frame.machine.facts.both(before, when)
  if (facts === null) return nothing
  if (facts === before) return run()
  frame.state.facts = facts
  const result = run()
  frame.state.facts = before
  return result
}

/** customer.country(): an accessor of what is declared as data gives the data. */
function isField({ opaque, texts }: Value): boolean {
  if (opaque === null) return texts.length > 0
  if (opaque.returns !== null) return false
  return opaque.attribute || opaque.scalar || opaque.text || opaque.list || opaque.entity !== null
}

function applyThing(frame: Frame, thing: Thing, application: Application): Value | null {
  const { receiver, args, construct, site } = application
  switch (thing.kind) {
    case 'function': {
      const named = frame.machine.knowledge.sanitizer(
        frame.machine.unit(thing.closure.module).module.path,
        thing.node.name,
      )
      if (named !== null) return applySanitizer(frame, named, application)
      const self = thing.self ?? (receiver === nothing ? null : receiver)
      return callFunction(frame, { ...thing, self }, args, site, null)
    }
    case 'class':
      if (thing.node.converts === true && !construct) return args[0]?.value ?? nothing
      return constructObject(frame, thing, args, site)
    case 'client':
      return callClient(frame, thing, application)
    case 'made':
      return callMade(frame, thing, application)
    case 'package':
      return callPackage(frame, thing, application)
    case 'object': {
      // an instance that can be called; what it is called by is not called by something else again
      const called = calledMember(frame, thing, site.span)
      const things = called.things.filter(({ kind }) => kind !== 'object')
      return called === nothing ? null : call(frame, { ...called, things }, args, site)
    }
    case 'method':
      return methodOperation(frame, thing.receiver, thing.name, args, site)
    case 'namespace': {
      const fallback = readMember(frame, thingValue(thing), 'default', nothing, site.span)
      return fallback === nothing ? null : apply(frame, { ...application, callee: fallback, construct })
    }
  }
}

/** A predicate that the policy names, or whose name claims to tell the subject while its body is not seen. */
function namedGuard(frame: Frame, { callee, name, args, receiver }: Application): Value | null {
  const { machine } = frame
  const tested = args[0]?.value ?? receiver
  const origins = originsOf(frame, tested)
  if (origins.length === 0) return null
  const named = callee.things.find((thing) => thing.kind === 'package')
  const node = callee.things.find((thing) => thing.kind === 'function')
  const from =
    named?.kind === 'package'
      ? named.package
      : node?.kind === 'function'
        ? machine.unit(node.closure.module).module.path
        : null
  const rule = machine.knowledge.guard(from, name)
  const claimed = rule === null && node === undefined ? machine.knowledge.names.predicate(name) : null
  if (rule === null && claimed === null) return null
  const whenTrue = rule?.whenTrue ?? (claimed === 'japan' ? 'claimed-japan' : 'claimed-other')
  const whenFalse = rule === null ? (claimed === 'japan' ? 'claimed-other' : 'claimed-japan') : rule.whenFalse
  const { facts } = machine
  const all = (subject: typeof whenTrue | null) =>
    subject === null
      ? facts.none
      : origins.reduce((known, origin) => facts.both(known, facts.one(origin, subject)) ?? known, facts.none)
  return { ...nothing, test: { whenTrue: all(whenTrue), whenFalse: all(whenFalse) } }
}

/** The objects a value stands for, as guards see them. */
export function originsOf(frame: Frame, value: Value): number[] {
  const origins = new Set<number>()
  if (value.opaque !== null) origins.add(value.opaque.origin)
  for (const datum of value.data.values()) for (const origin of datum.origins) origins.add(origin)
  for (const { address } of objectThings(value)) origins.add(frame.machine.origin(`object ${address}`))
  return [...origins].slice(0, 4)
}

/** Calls a value with arguments: what a callback gives, what a getter returns. */
export function call(frame: Frame, callee: Value, args: Given[], site: Site, home: Activation['home'] = null): Value {
  const results: Value[] = []
  for (const thing of callee.things) {
    if (thing.kind === 'function')
      results.push(
        underFacts(
          under(frame, thing.when, () => callFunction(frame, thing, args, site, home)) ?? nothing,
          thing.when,
          frame.machine.facts,
        ),
      )
    else {
      const result = applyThing(frame, thing, { callee, receiver: nothing, name: '', args, construct: false, site })
      if (result !== null) results.push(result)
    }
  }
  for (const thing of callee.opaque?.inner ?? [])
    if (thing.kind === 'function') results.push(callFunction(frame, thing, args, site, home))
  return joinAll(results)
}

export function callFunction(
  frame: Frame,
  thing: Thing & { kind: 'function' },
  args: Given[],
  site: Site,
  home: Activation['home'],
): Value {
  const { machine } = frame
  const { node } = thing
  const set = thing.self === null ? null : writtenBy(frame, node, thing.self, args)
  if (set !== null) return set
  const parameters = matchParameters(frame, thing, args, site)
  for (const value of parameters) publish(frame, value)
  if (thing.self !== null) publish(frame, thing.self)
  const known = new Map<Value, Value['data']>()
  const carried = (value: Value) => {
    let data = known.get(value)
    if (data === undefined) known.set(value, (data = flat(frame, value).data))
    return data
  }
  const activation = machine.call(
    {
      node,
      closure: thing.closure,
      parameters,
      receiver: thing.self ?? nothing,
      facts: frame.state.facts,
      home: home ?? homeOf(frame, thing),
      calledFrom: { activation: frame.activation, place: place(frame, site.span) },
      entry: false,
      site,
      carried,
    },
    frame.activation,
  )
  frame.called = activation
  const own = (value: Value) =>
    activation.shared ? instantiate(frame, value, activation, parameters.map(carried), site) : value
  raise(frame, own(machine.read(activation.thrown, frame.activation)))
  if (node.generator) {
    const element = own(machine.read(activation.yielded, frame.activation))
    return allocate(frame, site, { ...emptyList, element }, `y${idOf(node)}`)
  }
  const result = own(machine.read(activation.result, frame.activation))
  return node.returns === undefined ? result : typed(machine, thing.closure.module, result, node.returns)
}

function homeOf(frame: Frame, thing: Thing & { kind: 'function' }): Activation['home'] {
  return frame.machine.homeOf(thing.node)
}

function matchParameters(frame: Frame, thing: Thing & { kind: 'function' }, args: Given[], site: Site): Value[] {
  const { parameters } = thing.node
  const result: Value[] = parameters.map(() => nothing)
  const taken = parameters.flatMap(({ name }) => name ?? [])
  const rest = parameters.findIndex(({ keywords }) => keywords === true)
  const byPosition = rest < 0 ? parameters.length : rest
  if (rest >= 0) result[rest] = namedArguments(frame, args, site, `k${idOf(thing.node)}`, taken)
  let index = 0
  for (const arg of args) {
    if (arg.keywords === true) {
      for (const [at, { name, keywords }] of parameters.entries())
        if (name !== undefined && keywords !== true)
          result[at] = join(result[at]!, readMember(frame, arg.value, name, nothing, site.span))
      continue
    }
    const namedAt = arg.name === undefined ? -1 : parameters.findIndex((parameter) => parameter.name === arg.name)
    if (namedAt >= 0) {
      result[namedAt] = arg.value
      continue
    }
    if (arg.name !== undefined) continue
    if (arg.last === true && byPosition > 0) {
      result[byPosition - 1] = arg.value
      continue
    }
    if (arg.spread) {
      const element = elementOf(frame, arg.value)
      for (let at = index; at < byPosition; at++) result[at] = join(result[at]!, element)
      continue
    }
    const at = Math.min(index, byPosition - 1)
    if (at < 0) break
    if (index < byPosition || parameters[at]!.rest === true)
      result[at] = parameters[at]!.rest === true ? join(result[at]!, arg.value) : arg.value
    index++
  }
  return result
}

/** `super(…)` */
function callParent(frame: Frame, node: Call): Value {
  const args = evaluateArguments(frame, node)
  const home = homeClass(frame)
  if (home === null || node.callee.kind !== 'parent') return nothing
  const receiver = evaluate(frame, { kind: 'reference', binding: node.callee.receiver, span: node.span })
  constructParent(
    frame,
    { kind: 'class', node: home.node, closure: home.closure, when: frame.machine.facts.none },
    receiver,
    args,
    node,
    0,
  )
  return receiver
}
