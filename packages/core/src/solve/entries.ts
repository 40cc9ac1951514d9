/**
 * Functions that no seen code called are entered from outside: handlers, exported functions, callbacks of unseen code. One that
 * may still be called, by the names of calls, waits for its callers: entered before them it would know nothing of the guards
 * around the call, only because it stands above.
 */
import type { FunctionValue } from '../ir/ir.js'
import type { Program, Unit } from '../link/program.js'

const mostRounds = 8
/** Rounds in which all that is left is entered, whoever may call it. */
const lastRounds = 2

export interface Entered {
  /** How many activations there are. */
  solved(): number
  /** Whether a function is one to enter, and was not called or entered yet. */
  isWaiting(unit: Unit, node: FunctionValue): boolean
  enter(unit: Unit, node: FunctionValue): void
  settle(): void
}

export function enterFunctions(program: Program, entered: Entered): void {
  const callers = callersIn(program)
  const mayBeCalled = (node: FunctionValue) =>
    node.name !== '' &&
    (callers.get(node.name) ?? []).some((one) => one.node !== node && entered.isWaiting(one.unit, one.node))
  for (let round = 0, all = false; round < mostRounds; round++) {
    const before = entered.solved()
    entered.settle()
    const anyway = all || round >= mostRounds - lastRounds
    for (const unit of program.units)
      for (const node of unit.scopes.functions)
        if (entered.isWaiting(unit, node) && (anyway || !mayBeCalled(node))) entered.enter(unit, node)
    entered.settle()
    if (entered.solved() > before) continue
    if (all) break
    all = true
  }
}

function callersIn(program: Program): ReadonlyMap<string, readonly { unit: Unit; node: FunctionValue }[]> {
  const byName = new Map<string, { unit: Unit; node: FunctionValue }[]>()
  for (const unit of program.units)
    for (const [name, nodes] of unit.scopes.callers) {
      const known = byName.get(name) ?? []
      for (const node of nodes) known.push({ unit, node })
      byName.set(name, known)
    }
  return byName
}
