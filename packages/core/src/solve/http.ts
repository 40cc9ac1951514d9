/** Raw HTTP: calls whose URL says where data goes. Whether it is an AI service is decided by the rules. */
import { access } from './access.js'
import { argumentsOf } from './arguments.js'
import type { HttpClient } from '../catalog/catalogue.js'
import type { Application, Given } from './calls.js'
import type { PackageThing } from './clients.js'
import { publish, type Frame } from './frame.js'
import { hit, response } from './packages.js'
import { belowBases, type Text } from './text.js'
import { allArguments, join, joinAll, nothing, thingValue, type Thing, type Value } from './value.js'

type MadeThing = Thing & { kind: 'made' }

export function callHttp(
  frame: Frame,
  thing: PackageThing,
  application: Application,
  at: (path: string) => Value,
): Value | null {
  const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
  if (client === null) return null
  const name = thing.path === '' ? 'default' : thing.path
  const bare = name.replace(/^default\./, '')
  const made = client.instances?.find((instance) => instance.name === name || instance.name === bare)
  if (made !== undefined) {
    const values = argumentsOf(frame, application.args, application.site)
    for (const value of allArguments(values)) publish(frame, value)
    return thingValue({
      kind: 'made',
      package: thing.package,
      exported: bare,
      arguments: values,
      path: '',
      when: thing.when,
    })
  }
  const called = client.calls.find((entry) => entry.name === name || entry.name === bare)
  if (called === undefined) return null
  const base = called.base === undefined ? [] : at(called.base).texts
  send(frame, application, bare, called.url, called.data, base, at)
  const answer = response(frame, application)
  if (called.later === undefined) return answer
  const values = argumentsOf(frame, application.args, application.site)
  return join(
    answer,
    thingValue({
      kind: 'made',
      package: thing.package,
      exported: `${name}()`,
      arguments: values,
      path: '',
      when: thing.when,
    }),
  )
}

/** `http.request(options).write(body)`: more of a body, sent where the request was made for. */
function sendLater(frame: Frame, thing: MadeThing, application: Application): Value | null {
  const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
  const made = client?.calls.find(({ name }) => [`${name}()`, `default.${name}()`].includes(thing.exported))
  const later = made?.later?.find(({ method }) => method === thing.path)
  if (made === undefined || later === undefined) return null
  const { span } = application.site
  const values = argumentsOf(frame, application.args, application.site)
  const at = (path: string) => access(frame, path, values, application.receiver, span)
  const where = (path: string) => access(frame, path, thing.arguments, nothing, span)
  const base = made.base === undefined ? [] : where(made.base).texts
  send(frame, application, later.method, made.url, later.data, base, at, where)
  return join(thingValue({ ...thing, path: '' }), response(frame, application))
}

export function callHttpInstance(frame: Frame, thing: MadeThing, application: Application): Value | null {
  const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
  const sent = sendLater(frame, thing, application)
  if (sent !== null) return sent
  const begun = thing.exported.endsWith('()')
  const exported = begun ? thing.exported.slice(0, -2) : thing.exported
  const instances =
    client?.instances?.filter(({ name }) => name === exported || name.replace(/^default\./, '') === exported) ?? []
  const stepped = inSteps(frame, thing, instances, application)
  if (stepped !== null) return stepped
  const called = instances
    .flatMap(({ calls }) => calls)
    .find(({ method }) => method === thing.path || isAnyOf(method, thing.path))
  // Retrofit…create(Api): what it gives is called later
  const leads = `${thing.path}().`
  if (called === undefined && instances.some(({ calls }) => calls.some(({ method }) => method.startsWith(leads))))
    return thingValue({ ...thing, path: `${thing.path}()` })
  if (called === undefined) return null
  const given = begun ? [...keptOf(thing), ...application.args] : application.args
  const values = argumentsOf(frame, given, application.site)
  const at = (path: string) => access(frame, path, values, application.receiver, application.site.span)
  const base = begun ? at(beganWith).texts : basesOf(frame, instances, thing, application)
  send(frame, application, nameOf(called.method, thing), called.url, called.data, base, at)
  return response(frame, application)
}

type HttpInstance = NonNullable<HttpClient['instances']>[number]

function basesOf(frame: Frame, instances: readonly HttpInstance[], thing: MadeThing, { site }: Application): Text[] {
  return instances.flatMap(({ base }) => access(frame, base, thing.arguments, nothing, site.span).texts)
}

/** Under which name a request holds the base of the client that it was begun with. */
const beganWith = 'base'

/**
 * What is made in steps, each of which is an argument by its own name: a request, from what begins it to what sends it
 * (`client.post().uri(u).bodyValue(b).retrieve()`), and a client, by its builder.
 */
function inSteps(
  frame: Frame,
  thing: MadeThing,
  instances: readonly HttpInstance[],
  application: Application,
): Value | null {
  const { path: name } = thing
  const { site, args } = application
  const next = (exported: string, given: readonly Given[]) => {
    const values = argumentsOf(frame, given, site)
    for (const value of allArguments(values)) publish(frame, value)
    return thingValue({ ...thing, exported, arguments: values, path: '' })
  }
  const kept = keptOf(thing)
  if (name === '' || name.includes('.')) return null
  const added = args.length === 1 ? args[0]!.value : joinAll(args.map(({ value }) => value))
  if (thing.exported.endsWith('()')) {
    if (instances.some(({ calls }) => calls.some(({ method }) => method === name))) return null
    return next(thing.exported, [...kept, { value: added, spread: false, name }])
  }
  const built = instances.find(({ builds }) => builds !== undefined)?.builds
  if (built !== undefined)
    return name === 'build' ? next(built, kept) : next(thing.exported, [...kept, { value: added, spread: false, name }])
  if (instances.some(({ keeps }) => keeps?.some((start) => name.startsWith(start)) === true))
    return next(thing.exported, [...kept, { value: added, spread: false, name }])
  if (!instances.some(({ opens }) => opens?.includes(name) === true)) return null
  const texts = basesOf(frame, instances, thing, application)
  return next(`${thing.exported}()`, [
    { value: { ...nothing, texts }, spread: false, name: beganWith },
    { value: joinAll(args.map(({ value }) => value)), spread: false, name },
  ])
}

function keptOf(thing: MadeThing): Given[] {
  const positional = [...thing.arguments].map((value): Given => ({ value, spread: false, name: undefined }))
  const { named } = thing.arguments
  return named === undefined
    ? positional
    : [...positional, { value: named, spread: false, name: undefined, keywords: true }]
}

/** A request that is handed to code that is not seen, an interface of the program's own: sent there. */
export function sendHanded(frame: Frame, application: Application): void {
  for (const { value } of application.args)
    for (const thing of value.things) {
      if (thing.kind !== 'made') continue
      const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
      const handed = client?.instances?.find(({ name }) => name === thing.exported)?.handed
      if (handed?.methods.includes(application.name) !== true) continue
      const { span } = application.site
      const values = argumentsOf(frame, application.args, application.site)
      const at = (path: string) => access(frame, path, values, application.receiver, span)
      send(frame, application, application.name, handed.url, handed.data, [], at)
    }
}

function nameOf(method: string, { exported, path }: { exported: string; path: string }): string {
  return method === '' ? exported : path.slice(path.lastIndexOf('.') + 1)
}

/** `create().*`: any method of what an interface of the program's own is made into. */
function isAnyOf(method: string, path: string): boolean {
  return method.endsWith('.*') && /^\w+$/.test(path.slice(method.length - 1)) && path.startsWith(method.slice(0, -1))
}

function send(
  frame: Frame,
  application: Application,
  name: string,
  urls: readonly string[],
  data: readonly string[],
  base: readonly Text[],
  at: (path: string) => Value,
  where = at,
): void {
  const { machine } = frame
  let url = nothing
  for (const path of urls) {
    const value = where(path)
    url = join(url, { ...nothing, texts: [...value.texts, ...constructedUrl(value)] })
  }
  const given = base.length > 0 ? belowBases(base, url.texts, machine.facts) : url.texts
  const texts = urls.length === 0 || (url.texts.length === 0 && base.length > 0) ? base : given
  if (texts.length === 0) return
  hit(frame, application, {
    name,
    purpose: 'other',
    paths: data,
    tools: [],
    at,
    http: true,
    routes: [{ when: machine.facts.none, instance: null, models: [], gateway: null, url: texts }],
  })
}

/** `new URL('https://…')` */
function constructedUrl(value: Value): Text[] {
  return value.things.flatMap((thing) =>
    thing.kind === 'made' && thing.exported === 'URL'
      ? [...(thing.arguments[1]?.texts ?? thing.arguments[0]?.texts ?? [])]
      : [],
  )
}
