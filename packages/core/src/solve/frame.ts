/** One evaluation of an activation: its state, and how names and objects are read and written in it. */
import type { ClassValue } from '../ir/ir.js'
import type { Target, Unit } from '../link/program.js'
import { isShared } from '../link/scopes.js'
import type { Span } from '../location.js'
import { Cell, type Activation } from './activation.js'
import { emptyRecord, joinObjects, writeField, type HeapObject } from './heap.js'
import type { LibraryKnowledge } from './knowledge.js'
import type { Machine } from './machine.js'
import { stateAt } from './members.js'
import { opaqueValue } from './outside.js'
import { asSource, bareEvidence } from './sources.js'
import type { State } from './state.js'
import { idOf, join, nothing, thingValue, type Place, type Value } from './value.js'

export interface Frame {
  readonly machine: Machine
  readonly activation: Activation
  readonly unit: Unit
  state: State
  /** Nested expressions under evaluation. */
  depth: number
  /** The function that the last call led to. */
  called: Activation | null
  /** Loops around that are evaluated turn by turn. */
  turns: number
  /** What was thrown inside the tries around, innermost last. */
  readonly tries: { thrown: Value }[]
  /** States at breaks and continues of the loops and labelled blocks around, innermost last. */
  readonly jumps: { loop: boolean; label: string | undefined; breaks: State[]; continues: State[] }[]
}

/** The standard library of the language that the code is in. */
export function libraryOf({ machine, unit }: Frame): LibraryKnowledge {
  return machine.knowledge.library(unit.module.language)
}

export function place(frame: Frame, span: Span): Place {
  return { module: frame.unit.index, span }
}

export function readName(frame: Frame, binding: string): Value {
  if (isShared(binding)) return readShared(frame, binding)
  const local = frame.state.env.get(binding)
  if (local !== undefined) return local
  const { machine, activation, unit } = frame
  const owner = unit.scopes.owner.get(binding)
  if (owner === undefined || owner === null) {
    const imported = unit.imports.get(binding)
    if (imported !== undefined) {
      const target = machine.program.imported(unit.index, binding)
      const isFound = target !== null && target.kind !== 'package'
      if (imported.global === true && !isFound) return globalValue(frame, imported.name, imported.span)
      return importedValue(frame, target, binding)
    }
    return machine.read(cellOf(machine.moduleActivation(unit.index), binding), activation)
  }
  let result = nothing
  for (const holder of holders(activation, owner))
    result = join(result, machine.read(cellOf(holder, binding), activation))
  return result
}

/** What no module binds: something of the language's library or of the host, else what is not known. */
export function globalValue(frame: Frame, name: string, span: Span): Value {
  const { machine } = frame
  if (libraryOf(frame).isGlobal(name))
    return thingValue({ kind: 'package', package: '', path: name, when: machine.facts.none })
  const at = place(frame, span)
  const outside = opaqueValue(machine, `global ${name}`, [name], null, at)
  return asSource(machine, outside, bareEvidence(machine, name), at, name)
}

/** A name that no module binds: of code that stands in a text, for as long as it is evaluated. */
function isOfEvaluation(binding: string): boolean {
  return binding.startsWith('.') && binding.includes('#')
}

/** A name of the whole program, from wherever it is bound. */
function readShared({ machine, activation }: Frame, binding: string): Value {
  for (const module of machine.program.sharing(binding)) machine.wanted(module)
  return machine.read(sharedCell(machine, binding), activation)
}

function sharedCell(machine: Machine, binding: string): Cell {
  let cell = machine.channels.get(binding)
  if (cell === undefined) machine.channels.set(binding, (cell = new Cell()))
  return cell
}

/** Activations of a function around this one. */
function holders(activation: Activation, owner: object): Activation[] {
  const found: Activation[] = []
  const seen = new Set<Activation>()
  const stack = [activation]
  while (stack.length > 0 && seen.size < 64) {
    const current = stack.pop()!
    if (seen.has(current)) continue
    seen.add(current)
    if (current.node === owner) found.push(current)
    else stack.push(...current.closures)
  }
  return found
}

export function importedValue(frame: Frame, target: Target | null, name: string): Value {
  const { machine, activation } = frame
  if (target === null) return nothing
  if (target.kind === 'namespace')
    return thingValue({ kind: 'namespace', module: target.module, when: machine.facts.none })
  if (target.kind === 'binding') return machine.read(cellOf(machine.wanted(target.module), target.binding), activation)
  if (target.package.startsWith('.'))
    return opaqueValue(
      machine,
      `import ${target.package}#${target.path}`,
      [target.path === 'default' ? name : target.path],
      null,
      { module: frame.unit.index, span: { start: 0, end: 0 } },
    )
  return stateAt(frame, target.package, target.path) ?? packageValue(machine, target.package, target.path)
}

/** Something of a package, under the most exact name that is known. */
export function packageValue(machine: Machine, name: string, path: string, when = machine.facts.none): Value {
  return thingValue({ kind: 'package', ...machine.knowledge.within(name, path), when })
}

export function cellOf(activation: Activation, binding: string): Cell {
  let cell = activation.cells.get(binding)
  if (cell === undefined) activation.cells.set(binding, (cell = new Cell()))
  return cell
}

/** Declares or assigns a name. */
export function writeName(frame: Frame, binding: string, value: Value): void {
  const { machine, activation, unit, state } = frame
  if (isShared(binding)) {
    publish(frame, value)
    machine.write(sharedCell(machine, binding), value)
    return
  }
  if (isOfEvaluation(binding)) {
    state.env.set(binding, value)
    return
  }
  const owner = unit.scopes.owner.get(binding)
  const captured = unit.scopes.captured.has(binding)
  if ((owner ?? null) === activation.node && !captured) {
    state.env.set(binding, value)
    if (activation.node !== null) return
  }
  publish(frame, value)
  if ((owner ?? null) === null) machine.write(cellOf(machine.moduleActivation(unit.index), binding), value)
  else for (const holder of holders(activation, owner!)) machine.write(cellOf(holder, binding), value)
}

/** A new object at a site; in a later round of a loop, the same one again. */
export function allocate(frame: Frame, site: object, object: HeapObject, suffix = ''): Value {
  const address = frame.machine.heap.address(`${idOf(site)}${suffix}@${frame.activation.id}`)
  const known = frame.state.objects.get(address)
  frame.state.objects.set(address, known === undefined ? object : joinObjects(known, object))
  return thingValue({ kind: 'object', address, when: frame.machine.facts.none })
}

/** With a key: only this field is looked at. */
export function readObject(frame: Frame, address: number, key: string | null = null): HeapObject {
  return frame.state.objects.get(address) ?? frame.machine.heap.read(address, frame.activation, key)
}

export function writeObject(frame: Frame, address: number, key: string | null, value: Value, strong: boolean): void {
  updateObject(frame, address, (object, local) => writeField(object, key, value, strong && local), value)
}

/** Adds to an object; what is added does not depend on what is there already. */
export function updateObject(
  frame: Frame,
  address: number,
  change: (object: HeapObject, local: boolean) => HeapObject,
  stored: Value,
): void {
  const local = frame.state.objects.get(address)
  if (local !== undefined) {
    frame.state.objects.set(address, change(local, true))
    return
  }
  publish(frame, stored)
  const known = frame.machine.heap.peek(address) ?? emptyRecord
  frame.machine.addObject(address, change(known, false))
}

/** Objects of a value, and all they hold, are shared from now on. */
export function publish(frame: Frame, value: Value): void {
  const { objects } = frame.state
  if (objects.size === 0) return
  const stack: Value[] = [value]
  while (stack.length > 0) {
    const current = stack.pop()!
    for (const thing of current.things) {
      if (thing.kind === 'function' && thing.self !== null) stack.push(thing.self)
      if (thing.kind === 'method') stack.push(thing.receiver)
      if (thing.kind !== 'object') continue
      const object = objects.get(thing.address)
      if (object === undefined) continue
      objects.delete(thing.address)
      frame.machine.addObject(thing.address, object)
      stack.push(...object.fields.values(), object.element, object.rest)
    }
    for (const thing of current.opaque?.inner ?? []) if (thing.kind === 'object') stack.push(thingValue(thing))
  }
}

/** A value thrown here: to the innermost try, or out of the function. */
export function raise(frame: Frame, value: Value): void {
  if (value === nothing) return
  const inner = frame.tries.at(-1)
  if (inner !== undefined) inner.thrown = join(inner.thrown, value)
  else {
    publish(frame, value)
    frame.machine.write(frame.activation.thrown, value)
  }
}

/** Class whose members `super` names here. */
export function homeClass(frame: Frame): { node: ClassValue; closure: Activation } | null {
  let current: Activation | undefined = frame.activation
  for (let i = 0; current !== undefined && i < 32; i++) {
    if (current.home !== null) return current.home
    current = current.closures[0]
  }
  return null
}
