/**
 * Every class of the program: by its binding, with members that are declared apart from it, and by the interfaces it implements,
 * said or by its methods. Test doubles implement nothing.
 */
import type { ClassValue, Statement, TypeReference } from '../ir/ir.js'
import { once } from '../once.js'
import type { Program } from './program.js'

export interface FoundClass {
  node: ClassValue
  module: number
}

export interface ClassIndex {
  byBinding: Map<string, FoundClass>
  /** Further members of a class, by the class. */
  apart: Map<ClassValue, FoundClass[]>
  /** By the interface's key. */
  implementing: Map<string, FoundClass[]>
  /** Those with methods that an agent may call. */
  tools: FoundClass[]
}

const testPath =
  /(^|\/)(__tests__|__mocks__|tests?|spec|fixtures|mocks?)\/|\.(test|spec|stories|mock)\.[a-z]+$|_test\.[a-z]+$|(^|\/)mock_[^/]+$/i

export const indexClasses = once((program: Program): ClassIndex => {
  const index: ClassIndex = { byBinding: new Map(), apart: new Map(), implementing: new Map(), tools: [] }
  const further: { found: FoundClass; of: TypeReference }[] = []
  for (const unit of program.units) {
    const test = testPath.test(unit.module.path)
    for (const { binding, node } of classesIn(unit.module.body)) {
      const found = { node, module: unit.index }
      if (node.of !== undefined) {
        further.push({ found, of: node.of })
        continue
      }
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
  for (const { found, of } of further) {
    const key = bindingKey(program, found.module, of)
    const whole = key === null ? undefined : index.byBinding.get(key)
    if (whole !== undefined) index.apart.set(whole.node, [...(index.apart.get(whole.node) ?? []), found])
  }
  addStructural(program, index)
  for (const [key, found] of index.implementing) {
    const real = found.filter(({ node }) => !double.test(node.name))
    if (real.length > 0) index.implementing.set(key, real)
  }
  return index
})

/** `InMemoryCustomers`: stands in for others where there are any. */
const double = /^(?:Fake|Mock|Stub|Dummy|InMemory|Noop|NoOp|Null)[A-Z]|(?:Fake|Mock|Stub|Double)$/

/** What a type of the program's own is known by, by its name or as a member of a module; null for one of a package. */
export function bindingKey(program: Program, module: number, type: TypeReference): string | null {
  if (type.binding === undefined) return null
  const target = program.imported(module, type.binding) ?? { kind: 'binding' as const, module, binding: type.binding }
  const named = target.kind === 'namespace' ? program.exported(target.module, type.name.split('.', 2)[1] ?? '') : target
  if (named?.kind !== 'binding') return null
  return `${named.module}:${innerBinding(program, named.module, type, target.kind) ?? named.binding}`
}

/** `Bookings.Booking`: a class within one. */
function innerBinding(program: Program, module: number, { name }: TypeReference, of: string): string | undefined {
  if (of === 'namespace' || !name.includes('.')) return undefined
  const last = name.slice(name.lastIndexOf('.') + 1)
  return classesIn(program.units[module]!.module.body).find(({ node }) => node.name === last)?.binding
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

/** Classes by the methods of the interfaces that need no saying. */
function addStructural(program: Program, index: ClassIndex): void {
  const wanted = program.units.flatMap(({ index: module, module: { entities } }) =>
    entities.flatMap((entity) => {
      if (entity.structural !== true) return []
      const fields = program.fields({ module, entity })
      const methods = fields.flatMap(({ field }) => (field.method === true ? field.name : []))
      return methods.length === 0 ? [] : [{ key: `${module}:${entity.binding}`, methods }]
    }),
  )
  if (wanted.length === 0) return
  const having = new Map<string, Set<FoundClass>>()
  for (const found of index.byBinding.values()) {
    if (testPath.test(program.units[found.module]!.module.path)) continue
    for (const name of methodsOf(index, found, program, 0)) {
      const known = having.get(name)
      if (known === undefined) having.set(name, new Set([found]))
      else known.add(found)
    }
  }
  for (const { key, methods } of wanted) {
    const sets = methods.map((name) => having.get(name) ?? new Set<FoundClass>()).sort((a, b) => a.size - b.size)
    const all = [...sets[0]!].filter((found) => sets.every((set) => set.has(found)))
    if (all.length > 0) index.implementing.set(key, [...(index.implementing.get(key) ?? []), ...all])
  }
}

/** Names of a class's methods, with those of what is embedded in it. */
function methodsOf(index: ClassIndex, { node, module }: FoundClass, program: Program, depth: number): string[] {
  const parts = [node, ...(index.apart.get(node) ?? []).map((one) => one.node)]
  const names = parts.flatMap(({ members }) =>
    members.flatMap(({ member, key }) => (member === 'method' && key.kind === 'constant' ? [String(key.value)] : [])),
  )
  if (depth >= 4) return names
  const embedded = node.members.flatMap(({ delegate, type }) => {
    const key = delegate === true && type !== undefined ? bindingKey(program, module, type) : null
    const found = key === null ? undefined : index.byBinding.get(key)
    return found === undefined ? [] : methodsOf(index, found, program, depth + 1)
  })
  return [...names, ...embedded]
}
