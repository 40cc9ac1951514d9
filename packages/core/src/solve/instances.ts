/**
 * Instances of the program's own classes: fields, constructor, parents. An injected class (a parameter typed with it) has one
 * shared instance, constructed with unknown arguments.
 */
import type { ClassValue, TypeReference } from '../ir/ir.js'
import { bindingKey, type FoundClass } from '../link/classes.js'
import type { Activation } from './activation.js'
import { cellOf } from './frame.js'
import type { Machine } from './machine.js'
import { nothing, thingValue, type Thing, type Value } from './value.js'

export type ClassThing = Thing & { kind: 'class' }

/** The classes that a type names: itself, or those that implement it (test doubles never). */
export function classInstance(machine: Machine, module: number, type: TypeReference): Value | null {
  const classes = classesOf(machine, module, type)
  if (classes.length === 0) return null
  const things = classes
    .slice(0, 4)
    .map((found): Thing => ({ kind: 'object', address: machine.injected(found), when: machine.facts.none }))
  return { ...nothing, things }
}

/** The shared instance's address, without asking for it to be constructed. */
export function injectedAddress(
  machine: Machine,
  found: { node: ClassValue; module: number; closure: Activation },
): number {
  return machine.injected(found, false)
}

export function classesOf(machine: Machine, module: number, type: TypeReference): FoundClass[] {
  const key = bindingKey(machine.program, module, type)
  if (key === null) return []
  const own = machine.classes.byBinding.get(key)
  if (own === undefined || own.node.abstract === true) return machine.classes.implementing.get(key) ?? []
  return own.node.record === true ? [] : [own]
}

/** The class of the program that a type names, a record's too. */
export function classNamed(machine: Machine, module: number, type: TypeReference): ClassThing | null {
  const key = bindingKey(machine.program, module, type)
  const found = key === null ? undefined : machine.classes.byBinding.get(key)
  return found === undefined ? null : classThing(machine, found.node, machine.moduleActivation(found.module))
}

/** Value of a class's parent, as evaluated where the class stands. */
export function parentCell(activation: Activation, node: ClassValue): ReturnType<typeof cellOf> {
  return cellOf(activation, `parent of ${node.span.start}`)
}

export function classThing(machine: Machine, node: ClassValue, closure: Activation): ClassThing {
  return { kind: 'class', node, closure, when: machine.facts.none }
}

export function objectValue(machine: Machine, address: number): Value {
  return thingValue({ kind: 'object', address, when: machine.facts.none })
}
