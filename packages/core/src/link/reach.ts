/**
 * Which code can come to an AI service: a graph of the program's top-level statements, by the names that each refers to. A
 * statement matters if it names a service, or refers, however far, to one that does. Only the functions of such statements are
 * entered from outside; the rest is solved as far as these reach it.
 */
import { eachChild } from '../ir/children.js'
import type { FunctionValue, Node, Pattern, Statement, Value } from '../ir/ir.js'
import { once } from '../once.js'
import type { ChannelReader } from './channels.js'
import { indexClasses, type FoundClass } from './classes.js'
import type { Program, Unit } from './program.js'
import { fills, isShared } from './scopes.js'

export interface Reach {
  /** Modules that hold a statement that matters. */
  modules: ReadonlySet<number>
  /** Modules that are entered after all others: what they call with is told apart last. */
  late?: ReadonlySet<number>
  /** Whether a function or class stands in a statement that matters. */
  holds(unit: Unit, node: Node): boolean
  /** Whether a function is entered from outside: it stands in one, or writes what others see. */
  enters(unit: Unit, node: FunctionValue): boolean
}

interface Statements {
  first: number
  starts: number[]
  ends: number[]
  /** Binding → statements that bind or assign it. */
  binds: Map<string, number[]>
}

/** What names a service in code: a host, path or package; or a variable, where a request is made with it. */
export interface ServiceNames {
  named: RegExp
  variables: RegExp
  /** Whether an exported name is a client's class: as a type it says what a parameter is. */
  isClient(from: string, name: string): boolean
  channels: ChannelReader
}

const requests = /\b(?:fetch|axios|got|ky|request|post|proxy|urlopen|http)\b/i

export function findReach(program: Program, names: ServiceNames): Reach {
  const speaks = speakers(names)
  const tables: Statements[] = []
  let total = 0
  for (const unit of program.units) {
    const table: Statements = { first: total, starts: [], ends: [], binds: new Map() }
    for (const statement of unit.module.body) {
      table.starts.push(statement.span.start)
      table.ends.push(statement.span.end)
      total++
    }
    tables.push(table)
  }
  const references = program.units.map((unit) => unit.module.body.map(namesOnce))
  for (const [index, statements] of references.entries())
    for (const [at, { bound }] of statements.entries())
      for (const binding of bound) add(tables[index]!.binds, binding, tables[index]!.first + at)
  addApart(program, tables)

  // Behind the statements, a node for each module as a whole: who refers to it refers to all its statements.
  const users: number[][] = Array.from({ length: total + program.units.length }, () => [])
  const matter = new Set<number>()
  const stack: number[] = []
  for (const unit of program.units) {
    const table = tables[unit.index]!
    for (const [at, { used, modules }] of references[unit.index]!.entries()) {
      const statement = table.first + at
      users[statement]!.push(total + unit.index)
      if (speaks(unit.module.body[at]!, unit.text) || namesService(unit, used, modules, names)) stack.push(statement)
      for (const target of targetsOf(program, tables, total, unit, used, modules)) users[target]!.push(statement)
    }
  }
  for (const [speaker, listener] of spoken(program, tables, names.channels)) users[listener]!.push(speaker)
  for (const [keeper, kept] of registered(program, tables, total)) users[kept]!.push(keeper)
  while (stack.length > 0) {
    const statement = stack.pop()!
    if (matter.has(statement)) continue
    matter.add(statement)
    stack.push(...users[statement]!)
  }
  const modules = new Set(program.units.filter((unit) => hasAny(tables[unit.index]!, matter)).map((unit) => unit.index))
  const holds = (unit: Unit, node: Node) => {
    const table = tables[unit.index]!
    return table.starts.some(
      (start, at) => start <= node.span.start && node.span.end <= table.ends[at]! && matter.has(table.first + at),
    )
  }
  return { modules, holds, enters: (unit, node) => holds(unit, node) || unit.scopes.writers.has(node) }
}

/** Whoever refers to a class refers to its members that are declared apart from it; to an interface, to what implements it. */
function addApart(program: Program, tables: readonly Statements[]): void {
  const { apart, byBinding, implementing } = indexClasses(program)
  const bind = (key: string, { node, module }: FoundClass) => {
    const [of, binding] = [Number(key.slice(0, key.indexOf(':'))), key.slice(key.indexOf(':') + 1)]
    const at = program.units[module]!.module.body.findIndex(
      ({ span }) => span.start <= node.span.start && node.span.end <= span.end,
    )
    if (at >= 0) add(tables[of]!.binds, binding, tables[module]!.first + at)
  }
  for (const [key, { node }] of byBinding) for (const part of apart.get(node) ?? []) bind(key, part)
  for (const [key, found] of implementing) for (const one of found) bind(key, one)
}

/** Statements that speak over a channel, with those that listen to it. */
function spoken(program: Program, tables: readonly Statements[], channels: ChannelReader): [number, number][] {
  const listeners = new Map<string, number[]>()
  const textOf = (unit: Unit, at: number) => {
    const { starts, ends } = tables[unit.index]!
    return unit.text.slice(starts[at], ends[at])
  }
  for (const unit of program.units) {
    const { starts, first } = tables[unit.index]!
    if (channels.heard(unit.text).length === 0) continue
    for (let at = 0; at < starts.length; at++)
      for (const name of channels.heard(textOf(unit, at))) add(listeners, name, first + at)
  }
  const pairs: [number, number][] = []
  if (listeners.size === 0) return pairs
  for (const unit of program.units) {
    const named = channels.spoken(unit.text, listeners.keys())
    if (named.length === 0) continue
    const { starts, first } = tables[unit.index]!
    for (let at = 0; at < starts.length; at++)
      if (channels.sends(textOf(unit, at)))
        for (const name of named) for (const listener of listeners.get(name)!) pairs.push([first + at, listener])
  }
  return pairs
}

/**
 * Statements whose container or object holds what another statement puts into it, with that statement: `handlers["reply"] = reply`,
 * `@register("reply")` where `register` does so. Whoever asks the container may be given what was put there.
 */
function registered(program: Program, tables: readonly Statements[], total: number): [number, number][] {
  const pairs: [number, number][] = []
  const all = (target: number) =>
    target < total
      ? [target]
      : (tables[target - total]?.starts ?? []).map((_, at) => tables[target - total]!.first + at)
  for (const unit of program.units) {
    const { first, binds } = tables[unit.index]!
    for (const [at, statement] of unit.module.body.entries()) {
      const { kept, asked } = keepsOnce(statement)
      for (const binding of kept) for (const keeper of binds.get(binding) ?? []) pairs.push([keeper, first + at])
      for (const binding of asked)
        for (const target of targetsOf(program, tables, total, unit, new Set([binding]), []).flatMap(all))
          for (const keeper of keepersOf(program, tables, target)) pairs.push([keeper, first + at])
    }
  }
  return pairs
}

/** Tables stand in the order of their statements. */
function moduleOf(tables: readonly Statements[], statement: number): number {
  let [low, high] = [0, tables.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (tables[middle]!.first <= statement) low = middle
    else high = middle - 1
  }
  return low
}

/** Where a statement stands that holds what the function or object of another one is handed. */
function keepersOf(program: Program, tables: readonly Statements[], target: number): number[] {
  const module = moduleOf(tables, target)
  const { first, binds } = tables[module]!
  const statement = program.units[module]!.module.body[target - first]
  if (statement === undefined || statement.kind !== 'bind') return []
  // registry = Registry(): it holds what its own methods are handed
  if (statement.value?.kind === 'call' && statement.value.callee.kind === 'reference') {
    const { binding } = statement.value.callee
    const imported = program.units[module]!.imports.has(binding)
    return !imported || program.imported(module, binding)?.kind === 'binding' ? [target] : []
  }
  return [...keepsOnce(statement).kept].flatMap((binding) => binds.get(binding) ?? [])
}

const keepsOnce = once(keepsIn)

/** Bindings into whose members a statement puts something; what stands as a decorator or is called, by itself, at the statement's top. */
function keepsIn(statement: object): { kept: Set<string>; asked: Set<string> } {
  const kept = new Set<string>()
  const asked = new Set<string>()
  const ask = (value: Value) => {
    const root = rootOf(value.kind === 'call' ? value.callee : value)
    if (root !== null) asked.add(root)
  }
  const seen = new Set<object>()
  const stack: object[] = [statement]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    const one = node as Value | Pattern
    if (one.kind === 'place') addRoot(kept, one.place.object)
    else if (one.kind === 'call' && one.callee.kind === 'member' && one.callee.key.kind === 'constant') {
      if (fills.test(String(one.callee.key.value))) addRoot(kept, one.callee.object)
    } else if (one.kind === 'function' || one.kind === 'class') one.decorators.forEach(ask)
    eachChild(node, (child, key) => {
      if (!plain.has(key)) stack.push(child)
    })
  }
  const { kind, value } = statement as Statement & { kind: 'expression' }
  if (kind === 'expression') ask(value)
  return { kept, asked }
}

function addRoot(roots: Set<string>, value: Value): void {
  const root = rootOf(value)
  if (root !== null) roots.add(root)
}

function rootOf(value: Value): string | null {
  let at = value
  while (at.kind === 'member' || at.kind === 'call') at = at.kind === 'member' ? at.object : at.callee
  return at.kind === 'reference' ? at.binding : null
}

const namesOnce = once(namesIn)

/** Whether a statement's own text names a service. */
const speakers = once(({ named, variables }: ServiceNames) => {
  const known = new WeakMap<Statement, boolean>()
  const speak = (text: string) => named.test(text) || (variables.test(text) && requests.test(text))
  /** Most texts name nothing: they are not asked statement by statement. */
  let last = { text: '', speaks: false }
  return (statement: Statement, all: string): boolean => {
    let found = known.get(statement)
    if (found === undefined) {
      if (last.text !== all) last = { text: all, speaks: speak(all) }
      found = last.speaks && speak(all.slice(statement.span.start, statement.span.end))
      known.set(statement, found)
    }
    return found
  }
})

function hasAny(table: Statements, matter: ReadonlySet<number>): boolean {
  return table.starts.some((_, at) => matter.has(table.first + at))
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

/** An import whose package is of a service; its specifier is matched as it stands in an import. */
function namesService(
  unit: Unit,
  used: ReadonlySet<string>,
  modules: readonly string[],
  { named, isClient }: ServiceNames,
): boolean {
  const imports = [...used].flatMap((binding) => unit.imports.get(binding) ?? [])
  if (imports.some(({ typeOnly, from, name }) => typeOnly && isClient(from, name))) return true
  const written = imports
    .filter(({ typeOnly }) => !typeOnly)
    .flatMap(({ from, name }) => [`from '${from}'`, name === '*' ? `import ${from}` : `from ${from} import ${name}`])
  return [...written, ...modules.map((from) => `from '${from}'`)].some((text) => named.test(text))
}

function targetsOf(
  program: Program,
  tables: readonly Statements[],
  total: number,
  unit: Unit,
  used: ReadonlySet<string>,
  modules: readonly string[],
): number[] {
  const targets: number[] = []
  const whole = (module: number) => targets.push(total + module)
  for (const binding of used) {
    targets.push(...(tables[unit.index]!.binds.get(binding) ?? []))
    if (isShared(binding))
      for (const module of program.sharing(binding)) targets.push(...(tables[module]!.binds.get(binding) ?? []))
    if (!unit.imports.has(binding)) continue
    const target = program.imported(unit.index, binding)
    if (target?.kind === 'namespace') for (const file of program.together(target.module)) whole(file)
    else if (target?.kind === 'binding') {
      const bound = tables[target.module]!.binds.get(target.binding)
      if (bound === undefined || program.units[target.module]!.module.exportsRecord !== undefined) whole(target.module)
      else targets.push(...bound)
    }
  }
  for (const from of modules) {
    const found = program.source(unit.index, from)
    if ('module' in found) for (const file of program.together(found.module)) whole(file)
  }
  return [...new Set(targets)]
}

const plain = new Set(['span', 'nameSpan', 'comment'])

/** Names that a statement refers to, also in types (injection), those it binds or assigns, and modules it requires. */
function namesIn(statement: object): { used: Set<string>; bound: Set<string>; modules: string[] } {
  const used = new Set<string>()
  const bound = new Set<string>()
  const modules: string[] = []
  const seen = new Set<object>()
  const stack: object[] = [statement]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const { kind, binding, from, receiver } = node as {
      kind?: string
      binding?: unknown
      from?: unknown
      receiver?: unknown
    }
    if (kind === 'module' && typeof from === 'string') modules.push(from)
    if (typeof binding === 'string') {
      if (kind === 'binding' || kind === 'class') bound.add(binding)
      if (kind !== 'binding') used.add(binding)
    }
    if (kind === 'parent' && typeof receiver === 'string') used.add(receiver)
    eachChild(node, (child, key) => {
      if (!plain.has(key)) stack.push(child)
    })
  }
  return { used, bound, modules }
}
