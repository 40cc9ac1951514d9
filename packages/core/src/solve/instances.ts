/**
 * Instances of the program's own classes: fields, constructor, parents. An injected class (a parameter typed with it) has one
 * shared instance, constructed with unknown arguments.
 */
import type { ClassValue, Statement, TypeReference } from '../ir/ir.js'
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

export function classesOf(machine: Machine, module: number, type: TypeReference): FoundClass[] {
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
  byBinding: Map<string, FoundClass>
  implementing: Map<string, FoundClass[]>
  /** Those with methods that an agent may call. */
  tools: FoundClass[]
}

export interface FoundClass {
  node: ClassValue
  module: number
}

const testPath = /(^|\/)(__tests__|__mocks__|tests?|spec|fixtures|mocks?)\/|\.(test|spec|stories|mock)\.[a-z]+$/i

export function indexClasses(program: Program): ClassIndex {
  const index: ClassIndex = { byBinding: new Map(), implementing: new Map(), tools: [] }
  for (const unit of program.units) {
    const test = testPath.test(unit.module.path)
    for (const { binding, node } of classesIn(unit.module.body)) {
      const found = { node, module: unit.index }
      index.byBinding.set(`${unit.index}:${binding}`, found)
      if (test) continue
      if (node.members.some(({ member, decorators }) => member === 'method' && decorators.length > 0))
        index.tools.push(found)
      for (const type of node.implements) {
        const key = bindingKey(program, unit.index, type)
        if (key !== null) index.implementing.set(key, [...(index.implementing.get(key) ?? []), found])
      }
    }
  }
  for (const [key, found] of index.implementing) {
    const real = found.filter(({ node }) => !double.test(node.name))
    if (real.length > 0) index.implementing.set(key, real)
  }
  return index
}

/** `InMemoryCustomers`: stands in for others where there are any. */
const double = /^(?:Fake|Mock|Stub|Dummy|InMemory|Noop|NoOp|Null)[A-Z]|(?:Fake|Mock|Stub|Double)$/

/** What a type of the program's own is known by; null for one of a package. */
export function bindingKey(program: Program, module: number, type: TypeReference): string | null {
  if (type.binding === undefined) return null
  const target = program.imported(module, type.binding) ?? { kind: 'binding' as const, module, binding: type.binding }
  return target.kind === 'binding' ? `${target.module}:${target.binding}` : null
}

/** Classes at the top of a module, and those within them. */
export function classesIn(body: readonly Statement[]): { binding: string; node: ClassValue }[] {
  const found: { binding: string; node: ClassValue }[] = []
  for (const statement of body)
    if (statement.kind === 'bind' && statement.value?.kind === 'class' && statement.pattern.kind === 'binding')
      found.push({ binding: statement.pattern.binding, node: statement.value })
  for (let next = 0; next < found.length; next++)
    for (const { value } of found[next]!.node.members)
      if (value?.kind === 'class' && value.binding !== undefined) found.push({ binding: value.binding, node: value })
  return found
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
