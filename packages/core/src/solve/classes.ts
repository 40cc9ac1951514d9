/** The program's classes: evaluation, members along the parents, construction. */
import type { ClassMember, ClassValue, Parent } from '../ir/ir.js'
import type { Activation, Cell } from './activation.js'
import { bindingKey } from '../link/classes.js'
import { argumentsOf } from './arguments.js'
import { call, type Given } from './calls.js'
import { construct as constructClient } from './clients.js'
import { applied } from './decorators.js'
import { constantKey, evaluate } from './evaluate.js'
import { allocate, cellOf, homeClass, readObject, writeName, writeObject, type Frame } from './frame.js'
import { emptyRecord } from './heap.js'
import { classNamed, classThing, injectedAddress, objectValue, parentCell, type ClassThing } from './instances.js'
import type { Machine } from './machine.js'
import { readMember } from './members.js'
import { opaqueValue, typed, unknownParameter } from './outside.js'
import { constructedBy } from './setters.js'
import { recordShape } from './shapes.js'
import { emptyState } from './state.js'
import { idOf, join, nothing, objectThings, thingValue, type Value } from './value.js'

export function evaluateClass(frame: Frame, node: ClassValue): Value {
  const { machine, activation } = frame
  const thing: ClassThing = { kind: 'class', node, closure: activation, when: machine.facts.none }
  const value = thingValue(thing)
  if (node.binding !== undefined) writeName(frame, node.binding, value)
  if (node.parent !== null) machine.write(parentCell(activation, node), evaluate(frame, node.parent))
  for (const decorator of node.decorators) evaluate(frame, decorator)
  const whole = node.of === undefined ? thing : classNamed(machine, frame.unit.index, node.of)
  const shape = whole === null ? null : recordShape(machine, whole)
  const receiver =
    whole === null
      ? nothing
      : shape !== null
        ? opaqueValue(machine, `record ${idOf(whole.node)}`, [whole.node.name], shape, {
            module: frame.unit.index,
            span: node.nameSpan,
          })
        : objectValue(
            machine,
            injectedAddress(machine, { node: whole.node, module: whole.closure.module, closure: whole.closure }),
          )
  const home = { node, closure: activation }
  for (const member of node.members) {
    if (member.value?.kind === 'function')
      machine.closed(member.value, activation, home, member.static ? value : receiver)
    else if (member.static && member.value !== null)
      machine.write(staticCell(activation, node, member), evaluate(frame, member.value))
  }
  return node.wrapped === true ? applied(frame, node.decorators, value) : value
}

function staticCell(closure: Activation, node: ClassValue, member: ClassMember) {
  return cellOf(closure, `static ${node.span.start}.${constantKey(member.key) ?? '?'}`)
}

/** What code puts into a class itself: `cls._instance = cls()`. */
export function assignedCell({ node, closure }: ClassThing, name: string): Cell {
  return cellOf(closure, `assigned ${node.span.start}.${name}`)
}

/** A member found in a class or its parents: a method bound to its receiver, an accessor's result, a static. */
export function classMember(
  frame: Frame,
  thing: ClassThing,
  name: string,
  isStatic: boolean,
  address: number | null,
  depth = 0,
): Value {
  const { machine } = frame
  const { node } = thing
  const receiver = isStatic ? thingValue(thing) : address === null ? nothing : objectValue(machine, address)
  let result = nothing
  for (const { member, closure } of membersOf(machine, thing)) {
    if (member.static !== isStatic || constantKey(member.key) !== name) continue
    if (member.member === 'method' && member.value?.kind === 'function')
      result = join(
        result,
        thingValue({ kind: 'function', node: member.value, closure, self: receiver, when: thing.when }),
      )
    else if (member.member === 'getter' && member.value?.kind === 'function') {
      const getter = thingValue({ kind: 'function', node: member.value, closure, self: receiver, when: thing.when })
      result = join(result, call(frame, getter, [], { span: member.span }))
    } else if (isStatic) result = join(result, machine.read(staticCell(closure, node, member), frame.activation))
    else if (member.member === 'field' && member.type !== undefined)
      result = join(result, declaredField(frame, thing, member, name))
  }
  if (isStatic) result = join(result, machine.read(assignedCell(thing, name), frame.activation))
  // what the class holds is seen through its instances too
  if (
    result === nothing &&
    !isStatic &&
    node.members.some((member) => member.static && constantKey(member.key) === name)
  )
    result = ownStatic(frame, thing, name)
  if (result !== nothing || depth > 12) return result
  if (address !== null) result = delegated(frame, node, name, address, depth)
  if (address !== null && name !== '[[client]]') {
    const client = readObject(frame, address, '[[client]]').fields.get('[[client]]')
    if (client !== undefined) result = join(result, readMember(frame, client, name, nothing, node.span))
  }
  const parent = machine.read(parentCell(thing.closure, node), frame.activation)
  for (const ancestor of parent.things) {
    if (ancestor.kind === 'class')
      result = join(result, classMember(frame, ancestor, name, isStatic, address, depth + 1))
  }
  // a method that an interface itself has
  for (const type of result === nothing ? node.implements : []) {
    const key = bindingKey(machine.program, thing.closure.module, type)
    const found = key === null ? undefined : machine.classes.byBinding.get(key)
    if (found?.node.abstract !== true) continue
    const ancestor = classThing(machine, found.node, machine.moduleActivation(found.module))
    result = join(result, classMember(frame, ancestor, name, isStatic, address, depth + 1))
  }
  return result
}

/** Members of a class, with those that are declared apart from it, and where each stands. */
function membersOf(machine: Machine, { node, closure }: ClassThing): { member: ClassMember; closure: Activation }[] {
  const apart = machine.classes.apart.get(node) ?? []
  return [
    ...node.members.map((member) => ({ member, closure })),
    ...apart.flatMap((one) =>
      one.node.members.map((member) => ({ member, closure: machine.moduleActivation(one.module) })),
    ),
  ]
}

/** A member of what an instance embeds. */
function delegated(frame: Frame, node: ClassValue, name: string, address: number, depth: number): Value {
  let result = nothing
  for (const { delegate, key, span } of node.members) {
    const held = delegate === true ? constantKey(key) : null
    if (held === null || held === name || depth > 4) continue
    const inner = readMember(frame, objectValue(frame.machine, address), held, nothing, span)
    if (inner !== nothing) result = join(result, readMember(frame, inner, name, nothing, span))
  }
  return result
}

function ownStatic(frame: Frame, thing: ClassThing, name: string): Value {
  const { node, closure } = thing
  const receiver = thingValue(thing)
  let result = nothing
  for (const member of node.members) {
    if (!member.static || constantKey(member.key) !== name) continue
    if (member.member === 'method' && member.value?.kind === 'function')
      result = join(
        result,
        thingValue({ kind: 'function', node: member.value, closure, self: receiver, when: thing.when }),
      )
    else result = join(result, frame.machine.read(staticCell(closure, node, member), frame.activation))
  }
  return join(result, frame.machine.read(assignedCell(thing, name), frame.activation))
}

/** A method or computed member of a record from outside whose class is the program's: its body with the record as receiver. */
export function recordMember(frame: Frame, record: Value, name: string): Value {
  const { machine } = frame
  const { entity } = record.opaque!
  const found = entity === null ? undefined : machine.classes.byBinding.get(`${entity.module}:${entity.entity.binding}`)
  if (found?.node.record !== true) return nothing
  const whole = classThing(machine, found.node, machine.moduleActivation(found.module))
  const own = membersOf(machine, whole).find((one) => !one.member.static && constantKey(one.member.key) === name)
  const body = own?.member.value
  if (own === undefined || body?.kind !== 'function') return nothing
  const { closure, member } = own
  const method = thingValue({ kind: 'function', node: body, closure, self: record, when: machine.facts.none })
  return member.member === 'getter' ? call(frame, method, [], { span: member.span }) : method
}

/** A field that nothing assigned: what its type says (an injected service, an entity's column). */
function declaredField(frame: Frame, thing: ClassThing, member: ClassMember, name: string): Value {
  const { machine } = frame
  const module = thing.closure.module
  const at = { module, span: member.span }
  const value = opaqueValue(machine, `field ${idOf(thing.node)}.${name}`, [name, thing.node.name], null, at, [], 1)
  return typed(machine, module, value, member.type, true)
}

/** `super.method`: the parent's member with this receiver. */
export function parentMember(frame: Frame, node: Parent, name: string | null): Value {
  const home = homeClass(frame)
  if (home === null || name === null) return nothing
  const receiver = evaluate(frame, { kind: 'reference', binding: node.receiver, span: node.span })
  const parent = frame.machine.read(parentCell(home.closure, home.node), frame.activation)
  let result = nothing
  for (const thing of parent.things) {
    if (thing.kind !== 'class') continue
    const [self] = objectThings(receiver)
    result = join(result, classMember(frame, thing, name, self === undefined, self?.address ?? null))
  }
  return result
}

/** The static method that makes the instances of its class, where a class has one. */
const makerName = '[[make]]'
/** Of a class: an instance on which no constructor ran. */
export const allocateName = '[[allocate]]'

/** `new C(…)`: an object with the fields' initial values, then the constructor. */
export function constructObject(
  frame: Frame,
  thing: ClassThing,
  args: readonly Given[],
  site: { span: { start: number; end: number } },
): Value {
  frame.machine.constructed.add(thing.node)
  const maker = classMember(frame, thing, makerName, true, null)
  const made = maker === nothing ? nothing : call(frame, maker, [...args], site)
  for (const { address } of objectThings(made))
    if (readObject(frame, address).class !== null)
      initialise(frame, thing, objectValue(frame.machine, address), args, site, 0)
  if (made.things.length > 0) return made
  const instance = allocate(frame, site, { ...emptyRecord, kind: 'instance', class: thing }, `c${idOf(thing.node)}`)
  initialise(frame, thing, instance, args, site, 0)
  return instance
}

export function initialise(
  frame: Frame,
  thing: ClassThing,
  instance: Value,
  args: readonly Given[],
  site: { span: { start: number; end: number } },
  depth: number,
): void {
  const { machine } = frame
  const { node, closure } = thing
  const home = { node, closure }
  if (node.constructorFunction === null && depth < 12) constructParent(frame, thing, instance, args, site, depth)
  for (const [name, value] of initialMembers(frame, thing, instance))
    for (const { address } of objectThings(instance)) writeObject(frame, address, name, value, false)
  if (node.constructorFunction === null) return
  if (node.record === true && constructedBy(frame, node.constructorFunction, instance, args)) return
  machine.closed(node.constructorFunction, closure, home)
  const constructor = thingValue({
    kind: 'function',
    node: node.constructorFunction,
    closure,
    self: instance,
    when: thing.when,
  })
  call(frame, constructor, [...args], site, home)
}

/** Fields with an initial value, by name. */
export function* initialMembers(frame: Frame, thing: ClassThing, instance: Value): Iterable<[string, Value]> {
  for (const member of thing.node.members) {
    const name = constantKey(member.key)
    if (member.static || member.member !== 'field' || member.value === null || name === null) continue
    yield [name, fieldValue(frame, thing, member, instance)]
  }
}

/** Field initialisers are evaluated in the class's surroundings; functions there know the instance. */
function fieldValue(frame: Frame, thing: ClassThing, member: ClassMember, instance: Value): Value {
  const { machine } = frame
  const inside: Frame = {
    ...frame,
    unit: machine.unit(thing.closure.module),
    activation: thing.closure,
    state: { ...emptyState(frame.state.facts), objects: frame.state.objects },
  }
  if (thing.node.receiver !== undefined) writeName(inside, thing.node.receiver, instance)
  const value = evaluate(inside, member.value!)
  return member.value!.kind === 'function'
    ? {
        ...value,
        things: value.things.map((found) => (found.kind === 'function' ? { ...found, self: instance } : found)),
      }
    : typed(machine, thing.closure.module, value, member.type)
}

/** The parent's part: `super(…)`, or implied where there is no constructor. */
export function constructParent(
  frame: Frame,
  thing: ClassThing,
  instance: Value,
  args: readonly Given[],
  site: { span: { start: number; end: number } },
  depth: number,
): void {
  const { machine } = frame
  const parent = machine.read(parentCell(thing.closure, thing.node), frame.activation)
  for (const ancestor of parent.things) {
    if (ancestor.kind === 'class') initialise(frame, ancestor, instance, args, site, depth + 1)
    else if (ancestor.kind === 'package') {
      const made = constructClient(frame, ancestor, argumentsOf(frame, args, site), true, site)
      if (made !== null)
        for (const { address } of objectThings(instance)) writeObject(frame, address, '[[client]]', made, false)
    }
  }
}

/** Constructs the shared instance of a class that is injected or entered from outside. */
export function constructInjected(frame: Frame, thing: ClassThing, address: number): void {
  const { machine } = frame
  const unit = machine.unit(thing.closure.module)
  machine.addObject(address, { ...emptyRecord, kind: 'instance', class: thing })
  const constructor = thing.node.constructorFunction
  const args =
    constructor === null
      ? []
      : constructor.parameters.map((parameter, index) => ({
          value: unknownParameter(machine, unit, constructor, parameter, index),
          spread: false,
          name: undefined,
        }))
  initialise(frame, thing, objectValue(machine, address), args, { span: thing.node.span }, 0)
}
