/** Raw HTTP: calls whose URL says where data goes. Whether it is an AI service is decided by the rules. */
import { access } from './access.js'
import { argumentsOf } from './arguments.js'
import type { Application } from './calls.js'
import type { PackageThing } from './clients.js'
import { publish, type Frame } from './frame.js'
import { hit, response } from './packages.js'
import { concatTexts, type Text } from './text.js'
import { allArguments, join, nothing, thingValue, type Thing, type Value } from './value.js'

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

export function callHttpInstance(
  frame: Frame,
  thing: Thing & { kind: 'made' },
  application: Application,
): Value | null {
  const client = frame.machine.knowledge.http(thing.package === '' ? null : thing.package)
  const instances =
    client?.instances?.filter(
      ({ name }) => name === thing.exported || name.replace(/^default\./, '') === thing.exported,
    ) ?? []
  const called = instances
    .flatMap(({ calls }) => calls)
    .find(({ method }) => method === thing.path || isAnyOf(method, thing.path))
  // Retrofit…create(Api): what it gives is called later
  const leads = `${thing.path}().`
  if (called === undefined && instances.some(({ calls }) => calls.some(({ method }) => method.startsWith(leads))))
    return thingValue({ ...thing, path: `${thing.path}()` })
  if (called === undefined) return null
  const values = argumentsOf(frame, application.args, application.site)
  const at = (path: string) => access(frame, path, values, application.receiver, application.site.span)
  const base = instances.flatMap(
    (one) => access(frame, one.base, thing.arguments, nothing, application.site.span).texts,
  )
  send(frame, application, nameOf(called.method, thing), called.url, called.data, base, at)
  return response(frame, application)
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
    urls.length === 0
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
