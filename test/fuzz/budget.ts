/** How long to look: little and always the same in a test run; `FUZZ_RUNS=20 FUZZ_SEED=$RANDOM` goes hunting. */
import type { Parameters } from 'fast-check'

const times = Number(process.env['FUZZ_RUNS'] ?? 1)
const seed = Number(process.env['FUZZ_SEED'] ?? 20251125)

/** Seconds that a test may take: by its own budget, and room for a busy machine. */
export const patience = 60_000 * times

export function budget(runs: number): Parameters<unknown> {
  return { numRuns: runs * times, seed, endOnFailure: false, interruptAfterTimeLimit: patience / 2, verbose: 0 }
}
