/**
 * The catalogue's facts as they are checked. A client whose calls come from a shape is judged twice: its own calls by itself, those of
 * the shape together with all clients of that shape, as a shape may hold more than each of them has.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const data = join(import.meta.dirname, '../../packages/core/data')
const folder = join(data, 'providers')
const shapesByName = Object.assign(
  {},
  ...readdirSync(join(data, 'shapes')).map(
    (file) => parse(readFileSync(join(data, 'shapes', file), 'utf8'), { merge: true }).shapes,
  ),
)

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
    const given = { calls: without(client.calls, calls), models: without(client.models ?? [], models) }
    const shapes = [shape].flat()
    return [
      { ...own, calls, models },
      ...shapes.map((name) => ({
        ...client,
        group: `shape ${name}`,
        listed: [],
        endpoint: [],
        routes: [],
        ...(shapes.length === 1 ? given : onlyOf(name, given)),
      })),
    ]
  })
}

/** Of what several shapes gave together, the part of one of them. */
function onlyOf(shape, { calls, models }) {
  const written = shapesByName[shape] ?? {}
  const has = (list, { method }) => (list ?? []).some((one) => one.method === method)
  return {
    calls: calls.filter((one) => has(written.calls, one)),
    models: models.filter((one) => has(written.models, one)),
  }
}

function without(all, own) {
  const known = new Set(own.map((one) => JSON.stringify(one)))
  return all.filter((one) => !known.has(JSON.stringify(one)))
}
