/**
 * The program that one file is judged in: the file itself and what it imports, nearest first; what leads to an AI service at any
 * depth, all else (types, helpers, guards) two steps deep. Bounded in number and in time; what was left out is said.
 */
import type { Graph } from './graph.js'
import type { Loaded, Modules } from './modules.js'

const MAX_MODULES = 60
/** Steps that are followed where no AI service lies on the way. */
const NEAR = 2
/** Milliseconds for parsing what was not parsed before. */
const TIME = 400

export interface Followed {
  modules: Loaded[]
  /** Whether something that may matter was left out. */
  cut: boolean
}

export function follow(
  path: string,
  imports: readonly string[],
  graph: Graph,
  modules: Modules,
  now: () => number,
): Followed {
  const begun = now()
  const mayParse = () => now() - begun < TIME
  const followed: Followed = { modules: [], cut: false }
  const seen = new Set([path])
  let level = [...imports]
  for (let depth = 1; level.length > 0; depth++) {
    const next: string[] = []
    // Those that lead somewhere first: they are what must not be missed.
    const ordered = level
      .map((at) => ({ at, leads: graph.leads([at]) }))
      .sort((a, b) => Number(b.leads) - Number(a.leads))
    for (const { at, leads } of ordered) {
      if (seen.has(at) || (!leads && depth > NEAR)) continue
      seen.add(at)
      const facts = graph.facts(at)
      const loaded = followed.modules.length < MAX_MODULES ? modules.load(at, facts.stamp, mayParse) : null
      if (loaded === null) {
        followed.cut = true
        continue
      }
      followed.modules.push(loaded)
      next.push(...facts.imports)
    }
    level = next
  }
  return followed
}
