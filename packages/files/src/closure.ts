/**
 * From the files that hold a token to those that must be parsed: whatever imports them, and whatever all of these import. Data
 * comes from callers, helpers and types; a file that is neither can't take part in a flow.
 */

/** file → files it may import. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

export function closedSet(graph: ImportGraph, hits: Iterable<string>): Set<string> {
  return reachable(graph, reachable(reversed(graph), hits))
}

export function reachable(graph: ImportGraph, starts: Iterable<string>): Set<string> {
  const reached = new Set(starts)
  const pending = [...reached]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const next of graph.get(at) ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      pending.push(next)
    }
  }
  return reached
}

function reversed(graph: ImportGraph): ImportGraph {
  const importers = new Map<string, string[]>()
  for (const [file, imported] of graph) {
    for (const other of imported) {
      const known = importers.get(other)
      if (known === undefined) importers.set(other, [file])
      else known.push(file)
    }
  }
  return importers
}
