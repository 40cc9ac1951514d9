/**
 * Who owns each binding of a module, and which ones inner functions see: the solver keeps a function's own names in order of
 * flow, and what closures share as cells. One iterative walk, safe on any depth.
 */
import { eachChild } from '../ir/children.js'
import type { FunctionValue, Member, Module, Pattern, Statement, Value } from '../ir/ir.js'

export interface Scopes {
  /** Binding → function that declares it; null for the module's own. */
  owner: ReadonlyMap<string, FunctionValue | null>
  /** Bindings that a function inside their owner refers to. */
  captured: ReadonlySet<string>
  /** Every function in source order. */
  functions: readonly FunctionValue[]
  /** Functions that assign what they do not own: state that others see. */
  writers: ReadonlySet<FunctionValue>
  /** Specifiers of modules taken inside the code: `require('x')`, `import('x')`. */
  requires: readonly string[]
  /** Functions in which something is called by a name, by that name. */
  callers: ReadonlyMap<string, ReadonlySet<FunctionValue>>
  /** Names of the whole program that are bound here. */
  shared: ReadonlySet<string>
}

/** A name that modules share without importing it, as scripts of one database share its tables. */
export function isShared(binding: string): boolean {
  return binding.startsWith('shared ')
}

/** `assigned`: the node is an assignment's target, which declares nothing. */
type Work = { node: object; owner: FunctionValue | null; assigned: boolean }

/** Fields that hold no code. */
const plain = new Set(['span', 'nameSpan', 'type', 'returns', 'implements', 'comment', 'kind', 'name'])

export function findScopes(module: Module): Scopes {
  const owner = new Map<string, FunctionValue | null>()
  const functions: FunctionValue[] = []
  const uses: { binding: string; from: FunctionValue | null }[] = []
  const assignments: { binding: string; from: FunctionValue }[] = []
  /** Things that are put into what a name holds: `customers.push(x)`, `cache[id] = x`. */
  const puts: { binding: string; from: FunctionValue }[] = []
  const requires: string[] = []
  const callers = new Map<string, Set<FunctionValue>>()
  const shared = new Set<string>()
  const stack: Work[] = []
  const push = (nodes: readonly unknown[], from: FunctionValue | null, assigned = false) => {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i]
      if (typeof node === 'object' && node !== null) stack.push({ node, owner: from, assigned })
    }
  }
  const declare = (binding: string, from: FunctionValue | null) => {
    if (!owner.has(binding)) owner.set(binding, from)
  }
  push(module.body, null)
  const seen = new Set<object>()
  while (stack.length > 0) {
    const { node, owner: from, assigned } = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    if (Array.isArray(node)) {
      push(node, from, assigned)
      continue
    }
    const kinded = node as Value | Pattern | Statement
    let inside = from
    switch (kinded.kind) {
      case 'reference':
        uses.push({ binding: kinded.binding, from })
        continue
      case 'module':
        requires.push(kinded.from)
        continue
      case 'parent':
        uses.push({ binding: kinded.receiver, from })
        continue
      case 'binding':
        if (isShared(kinded.binding)) shared.add(kinded.binding)
        if (!assigned) declare(kinded.binding, from)
        else if (from !== null) assignments.push({ binding: kinded.binding, from })
        uses.push({ binding: kinded.binding, from })
        continue
      case 'function':
        functions.push(kinded)
        inside = kinded
        if (kinded.receiver !== undefined) declare(kinded.receiver, kinded)
        break
      case 'place':
        if (from !== null) puts.push(...rootOf(kinded.place).map((binding) => ({ binding, from })))
        break
      case 'assignment':
        push([kinded.target], from, true)
        push([kinded.value], from)
        continue
      case 'call':
        if (from !== null && kinded.callee.kind === 'member' && fills.test(keyOf(kinded.callee)))
          puts.push(...rootOf(kinded.callee).map((binding) => ({ binding, from })))
        for (const { writes } of kinded.arguments) if (writes !== undefined) push([writes], from, true)
        if (from !== null) addCaller(callers, kinded.callee, from)
        break
      case 'class':
        if (kinded.binding !== undefined) declare(kinded.binding, from)
        if (kinded.receiver !== undefined) declare(kinded.receiver, from)
        break
      default:
    }
    const children: object[] = []
    eachChild(node, (child, key) => {
      if (!plain.has(key)) children.push(child)
    })
    push(children, inside, assigned && inside === from)
  }
  const captured = new Set<string>()
  for (const { binding, from } of uses) {
    const declared = owner.get(binding) ?? null
    if (declared !== null && declared !== from) captured.add(binding)
  }
  const writers = new Set([
    ...assignments.flatMap(({ binding, from }) => (owner.get(binding) === from ? [] : [from])),
    ...puts.flatMap(({ binding, from }) => (owner.get(binding) === null ? [from] : [])),
  ])
  return { owner, captured, functions, writers, requires, callers, shared }
}

function addCaller(callers: Map<string, Set<FunctionValue>>, callee: Value, from: FunctionValue): void {
  const name =
    callee.kind === 'reference'
      ? callee.binding.replace(/#\d+$/, '')
      : callee.kind === 'member' && callee.key.kind === 'constant'
        ? String(callee.key.value)
        : ''
  if (name === '' || name === from.name) return
  const known = callers.get(name)
  if (known === undefined) callers.set(name, new Set([from]))
  else known.add(from)
}

/** Methods that put something into what they are called on. */
export const fills = /^(?:append|push|unshift|add|set|setdefault|update|insert|register|put)(?:[_A-Z]\w*)?$/

function keyOf({ key }: Member): string {
  return key.kind === 'constant' ? String(key.value) : ''
}

/** The name that a chain of members starts from. */
function rootOf({ object }: Member): string[] {
  let root: Value = object
  for (let steps = 0; root.kind === 'member' && steps < 8; steps++) root = root.object
  return root.kind === 'reference' ? [root.binding] : []
}
