/** A finding's trace as the paths of its data classes, and which of them were shown before: findings at one wrapper share theirs. */
import type { Finding, TraceStep } from '@sekisho/core'

export interface Path {
  /** '' where the trace is of no class. */
  dataClass: string
  steps: TraceStep[]
}

/** In the order of the trace: the class that decides comes first. */
export function pathsOf(trace: readonly TraceStep[]): Path[] {
  const paths = new Map<string, TraceStep[]>()
  for (const step of trace) {
    const dataClass = step.dataClass ?? ''
    paths.set(dataClass, [...(paths.get(dataClass) ?? []), step])
  }
  return [...paths].map(([dataClass, steps]) => ({ dataClass, steps }))
}

export class ShownPaths {
  readonly #shown = new Map<string, Finding>()

  /** The finding that has shown the very same path; null where this one is the first. */
  before(finding: Finding, { steps }: Path): Finding | null {
    const key = steps.map(({ file, line, column, label }) => `${file}:${line}:${column} ${label}`).join('\n')
    const first = this.#shown.get(key)
    if (first === undefined) this.#shown.set(key, finding)
    return first ?? null
  }
}
