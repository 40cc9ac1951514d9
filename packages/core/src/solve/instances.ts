/**
 * Instances of the program's own classes: fields, constructor, parents. An injected class (a parameter typed with it) has one
 * shared instance, constructed with unknown arguments.
 */
import type { ClassValue, TypeReference, Value as Node } from '../ir/ir.js'
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
  const implementing = own === undefined || own.node.abstract === true ? concrete(machine, key, 0) : []
  // an interface of settings, whose methods a container writes, is its own
  const found = implementing.length > 0 || own === undefined || !hasBody(own) ? implementing : [own]
  return meant(found, type).filter(({ node }) => node.record !== true)
}

function hasBody({ node }: FoundClass): boolean {
  return node.abstract !== true || node.members.some(({ member, value }) => member === 'method' && value !== null)
}

/** Those that implement an interface or an abstract class, or one that extends it. */
function concrete(machine: Machine, key: string, depth: number): FoundClass[] {
  const implementing = machine.classes.implementing.get(key) ?? []
  return implementing.flatMap((one) =>
    one.node.abstract === true && depth < 4
      ? concrete(machine, `${one.module}:${one.node.binding ?? ''}`, depth + 1)
      : [one],
  )
}

/** Where several fit, the one that goes by the name that is asked for, then the one that comes first. */
function meant(all: FoundClass[], { qualifier }: TypeReference): FoundClass[] {
  if (all.length < 2) return all
  const named = all.filter(({ node }) => qualifier !== undefined && beanNames(node).includes(qualifier))
  const first = all.filter(({ node }) => node.decorators.some((one) => decoratorName(one) === 'Primary'))
  return named.length > 0 ? named : first.length > 0 ? first : all
}

function beanNames({ name, decorators }: ClassValue): string[] {
  const given = decorators.flatMap((one) =>
    one.kind === 'call' && /^(?:Component|Service|Repository|Named|Qualifier)$/.test(decoratorName(one))
      ? one.arguments.flatMap(({ value }) => (value.kind === 'constant' ? [String(value.value)] : []))
      : [],
  )
  return [name.charAt(0).toLowerCase() + name.slice(1), ...given]
}

function decoratorName(decorator: Node): string {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator
  return callee.kind === 'reference' ? callee.binding.replace(/#\d+$/, '') : callee.kind === 'global' ? callee.name : ''
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
