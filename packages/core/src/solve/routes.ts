/** The clients that a call goes through: its own, or those given to it at construction (a chain's model). */
import type { StringModel } from '../catalog/catalogue.js'
import { access } from './access.js'
import type { ClientThing } from './clients.js'
import { readObject, type Frame } from './frame.js'
import { packageCell } from './patterns.js'
import type { Route } from './sink.js'
import { knownStart, type Text } from './text.js'
import { nothing, type Instance, type Value } from './value.js'

export function routesThrough(frame: Frame, thing: ClientThing, models: readonly Text[], depth = 0): Route[] {
  const { client, arguments: args, place } = thing.instance
  const read = (path: string) =>
    path.startsWith('module:')
      ? setInPackage(frame, thing.instance.package, path.slice('module:'.length))
      : access(frame, path, args ?? [], nothing, place.span)
  const own = models.length > 0 || client.model === undefined ? models : read(client.model).texts
  const inner: Route[] = []
  for (const path of depth > 4 ? [] : (client.through ?? [])) {
    const value = read(path)
    inner.push(...throughThings(frame, value, depth + 1))
    for (const text of value.texts) {
      const gateway = gatewayOf(text, client, thing.instance)
      if (gateway !== null) inner.push({ when: text.when, instance: null, models: [text], gateway, url: null })
    }
  }
  if (inner.length > 0)
    return inner.map((route) => ({ ...route, when: frame.machine.facts.both(route.when, thing.when) ?? route.when }))
  const isWired = client.wired !== undefined && args === null
  if (client.endpoint.length === 0 && client.through === undefined && !isWired) return []
  if (client.endpoint.length === 0 && depth > 0 && client.through !== undefined && !isWired) return []
  return [
    {
      when: thing.when,
      instance: client.endpoint.length > 0 || client.through === undefined || isWired ? thing.instance : null,
      models: own,
      gateway: null,
      url: null,
    },
  ]
}

/** Clients and models in a value, also those that unseen code wrapped or a list holds. */
export function throughThings(frame: Frame, value: Value, depth = 0): Route[] {
  const routes: Route[] = []
  for (const thing of [...value.things, ...(value.opaque?.inner ?? [])]) {
    if (thing.kind === 'client') routes.push(...routesThrough(frame, thing, thing.model?.texts ?? [], depth))
    else if (thing.kind === 'object' && depth < 3) {
      const object = readObject(frame, thing.address)
      if (object.kind === 'list') routes.push(...throughThings(frame, object.element, depth + 1))
    }
  }
  return routes
}

/** What a plain string means in place of a model: the longest prefix that fits, else the general rule. */
export function gatewayOf(
  text: Text,
  rule: { stringModels?: StringModel[]; stringModel?: { provider: string; endpoint: string[] } },
  given: Instance | null,
): Route['gateway'] {
  const start = knownStart(text)
  const fitting = (rule.stringModels ?? [])
    .filter(({ prefix }) => start.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  const found = fitting[0] ?? rule.stringModel
  return found === undefined ? null : { provider: found.provider, endpoint: found.endpoint, given }
}

/** What the program sets in a package for all of it: `Settings.llm = …`. */
function setInPackage(frame: Frame, name: string, member: string): Value {
  return frame.machine.read(packageCell(frame.machine, name, member), frame.activation)
}
