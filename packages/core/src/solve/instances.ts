/**
 * Instances of the program's own classes: fields, constructor, parents. An injected class (a parameter typed with it) has one
 * shared instance, constructed with unknown arguments.
 */
import type { ClassValue, TypeReference } from '../ir/ir.js'
import type { Program } from '../link/program.js'
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

function classesOf(machine: Machine, module: number, type: TypeReference): { node: ClassValue; module: number }[] {
  if (type.binding === undefined) return []
  const target = machine.program.imported(module, type.binding) ?? {
    kind: 'binding' as const,
    module,
    binding: type.binding,
  }
  if (target.kind !== 'binding') return []
  const own = machine.classes.byBinding.get(`${target.module}:${target.binding}`)
  if (own !== undefined) return own.node.record === true ? [] : [own]
  return machine.classes.implementing.get(`${target.module}:${target.binding}`) ?? []
}

/** Every class of the program by its binding, and by the interfaces it implements. */
export interface ClassIndex {
  byBinding: Map<string, { node: ClassValue; module: number }>
  implementing: Map<string, { node: ClassValue; module: number }[]>
}

const testPath = /(^|\/)(__tests__|__mocks__|tests?|spec|fixtures|mocks?)\/|\.(test|spec|stories|mock)\.[a-z]+$/i

export function indexClasses(program: Program): ClassIndex {
  const index: ClassIndex = { byBinding: new Map(), implementing: new Map() }
  for (const unit of program.units) {
    const test = testPath.test(unit.module.path)
    for (const statement of unit.module.body) {
      if (statement.kind !== 'bind' || statement.value?.kind !== 'class' || statement.pattern.kind !== 'binding')
        continue
      const found = { node: statement.value, module: unit.index }
      index.byBinding.set(`${unit.index}:${statement.pattern.binding}`, found)
      if (test) continue
      for (const type of statement.value.implements) {
        if (type.binding === undefined) continue
        const target = program.imported(unit.index, type.binding) ?? {
          kind: 'binding' as const,
          module: unit.index,
          binding: type.binding,
        }
        if (target.kind !== 'binding') continue
        const key = `${target.module}:${target.binding}`
        index.implementing.set(key, [...(index.implementing.get(key) ?? []), found])
      }
    }
  }
  return index
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
