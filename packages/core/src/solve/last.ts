/**
 * The last evaluations: what was solved often enough is solved once more, with all that is known by then. Callers come before
 * what they call, so that data which reaches a caller late still reaches its sinks. Only data of a class that was not there
 * before, in functions on the way to a sink, counts as news; each activation is solved a few times at most, and what comes after
 * that is a gap.
 */
import type { Activation } from './activation.js'
import type { Value } from './value.js'

const mostLast = 2

/** What the last evaluations ask of the solver. */
export interface LastSteps {
  evaluate(activation: Activation): void
  /** Data of another class came when the activation had been solved often enough. */
  cut(activation: Activation): void
}

export class Last {
  readonly #queue = new Set<Activation>()
  readonly #times = new Map<Activation, number>()

  constructor(late: Iterable<Activation>) {
    for (const activation of late) this.#queue.add(activation)
  }

  again(activation: Activation): void {
    this.#queue.add(activation)
  }

  run({ evaluate, cut }: LastSteps): void {
    while (this.#queue.size > 0) {
      let next: Activation | null = null
      for (const waiting of this.#queue) if (next === null || waiting.depth < next.depth) next = waiting
      this.#queue.delete(next!)
      const times = this.#times.get(next!) ?? 0
      this.#times.set(next!, times + 1)
      if (times < mostLast) evaluate(next!)
      else if (times === mostLast) cut(next!)
    }
  }
}

/** Whether a value has data of a class that another one has not. */
export function bringsData(known: Value, value: Value): boolean {
  if (known.data === value.data || value.data.size === 0) return false
  const classes = new Set([...known.data.values()].map(({ dataClass }) => dataClass))
  return [...value.data.values()].some(({ dataClass }) => !classes.has(dataClass))
}
