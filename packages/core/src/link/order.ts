/** The order in which modules are solved first. */
import type { Program } from './program.js'

/** Modules after those they import, so that most values are there when they are read. */
export function importOrder(program: Program): number[] {
  const order: number[] = []
  const cache = new Map<number, readonly number[]>()
  const imports = (module: number) => {
    let found = cache.get(module)
    if (found === undefined) cache.set(module, (found = program.imports(module)))
    return found
  }
  const state = new Map<number, 'open' | 'done'>()
  for (const unit of program.units) {
    const stack: { module: number; next: number }[] = [{ module: unit.index, next: 0 }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      if (top.next === 0 && state.has(top.module)) {
        stack.pop()
        continue
      }
      state.set(top.module, 'open')
      const from = imports(top.module)[top.next++]
      if (from === undefined) {
        state.set(top.module, 'done')
        order.push(top.module)
        stack.pop()
        continue
      }
      if (!state.has(from)) stack.push({ module: from, next: 0 })
    }
  }
  return order
}
