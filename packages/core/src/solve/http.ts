/** Raw HTTP: calls whose URL says where data goes. Whether it is an AI service is decided by the rules. */
import { access } from './access.js'
import { argumentsOf } from './arguments.js'
import type { HttpClient } from '../catalog/catalogue.js'
import type { Application, Given } from './calls.js'
import type { PackageThing } from './clients.js'
import { publish, type Frame } from './frame.js'
import { hit, response } from './packages.js'
import { concatTexts, type Text } from './text.js'
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
  return response(frame, application)
}

export function callHttpInstance(frame: Frame, thing: MadeThing, application: Application): Value | null {
  const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
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
  const values = begun ? thing.arguments : argumentsOf(frame, application.args, application.site)
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
  const kept: Given[] = [
    ...[...thing.arguments].map((value) => ({ value, spread: false, name: undefined })),
    ...(thing.arguments.named === undefined
      ? []
      : [{ value: thing.arguments.named, spread: false, name: undefined, keywords: true }]),
  ]
  if (name === '' || name.includes('.')) return null
  const added = args.length === 1 ? args[0]!.value : joinAll(args.map(({ value }) => value))
  if (thing.exported.endsWith('()')) {
    if (instances.some(({ calls }) => calls.some(({ method }) => method === name))) return null
    return next(thing.exported, [...kept, { value: added, spread: false, name }])
  }
  const built = instances.find(({ builds }) => builds !== undefined)?.builds
  if (built !== undefined)
    return name === 'build' ? next(built, kept) : next(thing.exported, [...kept, { value: added, spread: false, name }])
  if (!instances.some(({ opens }) => opens?.includes(name) === true)) return null
  const texts = basesOf(frame, instances, thing, application)
  return next(`${thing.exported}()`, [
    { value: { ...nothing, texts }, spread: false, name: beganWith },
    { value: joinAll(args.map(({ value }) => value)), spread: false, name },
  ])
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
): void {
  const { machine } = frame
  let url = nothing
  for (const path of urls) {
    const value = at(path)
    url = join(url, { ...nothing, texts: [...value.texts, ...constructedUrl(value)] })
  }
  const texts: readonly Text[] =
    urls.length === 0 || (url.texts.length === 0 && base.length > 0)
      ? base
      : base.length > 0
        ? [
            ...url.texts.filter(isAbsolute),
            ...concatTexts(
              base.map(withSlash),
              url.texts.filter((text) => !isAbsolute(text)),
              machine.facts,
            ),
          ]
        : url.texts
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

function isAbsolute(text: Text): boolean {
  const first = text.parts[0]
  return typeof first === 'string' && /^[a-z]+:\/\//i.test(first)
}

function withSlash(text: Text): Text {
  const last = text.parts.at(-1)
  if (typeof last === 'string' && last.endsWith('/'))
    return { ...text, parts: [...text.parts.slice(0, -1), last.slice(0, -1)] }
  return text
}
