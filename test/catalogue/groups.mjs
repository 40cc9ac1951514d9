/**
 * The catalogue's facts as they are checked. A client whose calls come from a shape is judged twice: its own calls by itself, those of
 * the shape together with all clients of that shape, as a shape may hold more than each of them has.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const folder = join(import.meta.dirname, '../../packages/core/data/providers')

/** Groups of facts with their provider, one for each entry under `npm` or `pypi`. */
export function groupsOf(providers, ecosystem) {
  return providers.flatMap((provider) => {
    if (provider[ecosystem] === undefined) return []
    const written = parse(readFileSync(join(folder, `${provider.id}.yaml`), 'utf8'), { merge: true })[ecosystem]
    return provider[ecosystem].map((facts, index) => ({
      provider: provider.id,
      ecosystem,
      index,
      facts: { ...facts, clients: split(facts.clients ?? [], written[index].clients ?? []) },
    }))
  })
}

/** Clients as compiled, with the parts that a shape gave under a group of their own. */
export function split(clients, written) {
  return clients.flatMap((client, at) => {
    const { shape, calls = [], models = [] } = written[at]
    const listed = client.calls.map(({ method }) => method)
    const own = { ...client, group: `client ${at}`, listed }
    if (shape === undefined) return [own]
    const shared = { ...client, group: `shape ${[shape].flat().join(' ')}`, listed: [] }
    return [
      { ...own, calls, models },
      {
        ...shared,
        endpoint: [],
        routes: [],
        calls: without(client.calls, calls),
        models: without(client.models ?? [], models),
      },
    ]
  })
}

function without(all, own) {
  const known = new Set(own.map((one) => JSON.stringify(one)))
  return all.filter((one) => !known.has(JSON.stringify(one)))
}
