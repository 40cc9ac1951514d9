/** Which declared destination an endpoint is: the most specific entry of the policy that matches it, or none. */
import { matchesAny, matchesName } from './glob.js'
import type { Destination, Policy } from './policy.js'

export interface EndpointQuery {
  provider: string | null
  /** As in a URL, with a port if it names one. */
  host: string | null
  account?: string | null
  model?: string | null
  /** File of the sink, relative to the policy's root. */
  path: string
}

export function destinationFor(policy: Policy, query: EndpointQuery): Destination | null {
  let best: Destination | null = null
  let bestScore = -1
  for (const destination of policy.destinations) {
    const score = specificity(destination, query)
    if (score > bestScore) {
      best = destination
      bestScore = score
    }
  }
  return best
}

/** How exactly the destination names the endpoint; -1: it does not. A host weighs more than an account, a model, paths, a provider. */
function specificity(destination: Destination, query: EndpointQuery): number {
  const { provider, match, paths } = destination
  if (provider !== null && query.provider !== null && provider !== query.provider) return -1
  const byHost = hostScore(match.hosts, query.host)
  const byAccount = nameScore(match.accounts, query.account ?? null)
  const byModel = nameScore(match.models, query.model ?? null)
  if (byHost < 0 || byAccount < 0 || byModel < 0) return -1
  if (paths.length > 0 && !matchesAny(paths, query.path)) return -1
  const byProvider = provider !== null && provider === query.provider ? 1 : 0
  if (byHost + byAccount + byModel + byProvider === 0) return -1
  return byHost * 16 + byAccount * 8 + byModel * 4 + (paths.length > 0 ? 2 : 0) + byProvider
}

/** 0: no hosts are asked for; else larger for the exact host and for longer suffixes; -1: none matches. */
function hostScore(patterns: readonly string[], host: string | null): number {
  if (patterns.length === 0) return 0
  if (host === null) return -1
  const actual = normalHost(host)
  const bare = actual.replace(/:\d+$/, '')
  let best = -1
  for (const written of patterns) {
    const pattern = normalHost(written)
    const name = /:\d+$/.test(pattern) ? actual : bare
    if (pattern === name) return 1000
    if (pattern.startsWith('*.') && name.endsWith(pattern.slice(1))) best = Math.max(best, pattern.length)
  }
  return best
}

function nameScore(patterns: readonly string[], name: string | null): number {
  if (patterns.length === 0) return 0
  return name !== null && patterns.some((pattern) => matchesName(pattern, name)) ? 1 : -1
}

function normalHost(host: string): string {
  return host.toLowerCase().replace(/\.(?=:\d+$|$)/, '')
}
