/** What the prefilter looks for: the catalogue's tokens, and hosts that only the policy knows. */
import { catalogue, type Policy } from '@sekisho/core'

const SHORTEST_HOST = 5

export function tokensOf(policy: Policy): string[] {
  return [...catalogue.tokens(), ...hostsOf(policy)]
}

/** A pattern's longest written part. */
function hostsOf(policy: Policy): string[] {
  return policy.destinations
    .flatMap(({ match }) => match.hosts)
    .map((host) =>
      host.split(/[*?{}[\]]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
    )
    .filter((part) => part.length >= SHORTEST_HOST)
}
