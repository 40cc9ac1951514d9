/**
 * The program that one file is judged in: the file itself, what it imports, and the way from there to an AI service, if there is one within
 * a few steps. Bounded in number, size and time; what was left out is said.
 */
import { STEPS, type Facts, type Graph } from './graph.js'
import type { Loaded, Modules } from './modules.js'

const MAX_MODULES = 32
/** Steps that are followed where no AI service is on the way: types and what they are made of, helpers, guards. */
const NEAR = 2
/** Characters of code that are followed: by size, not by time, so that a busy machine finds what an idle one does. */
const MAX_CHARACTERS = 500_000
/** Milliseconds for parsing what was not parsed before, where a parser is very slow. */
const TIME = 4000

export interface Followed {
  modules: Loaded[]
  /** Whether something on the way was left out. */
  cut: boolean
}

/** `nearby`: also code that leads nowhere, but says what is done to data; modules that are imported for their types always come along. */
export function follow(
  { path, own, nearby }: { path: string; own: Facts; nearby: boolean },
  graph: Graph,
  modules: Modules,
  now: () => number,
): Followed {
  const begun = now()
  const mayParse = () => now() - begun < TIME
  let characters = 0
  const followed: Followed = { modules: [], cut: false }
  const seen = new Set([path])
  const isNear = (facts: Facts, at: string) => nearby || !facts.runtime.includes(at)
  let level = own.imports.map((at) => ({ at, left: STEPS - 1, near: isNear(own, at) ? NEAR : 0 }))
  while (level.length > 0) {
    const next: typeof level = []
    // Those that lead somewhere first: they are what must not be missed.
    const ordered = level
      .map((one) => ({ ...one, leads: graph.leads(one.at, one.left) }))
      .sort((a, b) => Number(b.leads) - Number(a.leads))
    for (const { at, left, near, leads } of ordered) {
      if (seen.has(at) || !(leads || near > 0)) continue
      seen.add(at)
      const facts = graph.facts(at)
      const isFull = followed.modules.length >= MAX_MODULES || characters >= MAX_CHARACTERS
      const loaded = isFull ? null : modules.load(at, facts.stamp, mayParse)
      if (loaded === null) {
        followed.cut ||= leads || modules.isRefused(at)
        continue
      }
      followed.modules.push(loaded)
      characters += loaded.text.length
      const step = facts.barrel ? { left, near } : { left: left - 1, near: near - 1 }
      for (const to of facts.imports) next.push({ at: to, left: step.left, near: isNear(facts, to) ? step.near : 0 })
    }
    level = next
  }
  return followed
}
