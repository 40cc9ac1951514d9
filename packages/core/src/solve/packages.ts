/** Calls of things of packages: sinks of the catalogue, clients, raw HTTP, propagators, sanitizers, and all else. */
import type { Client, LibrarySource, SinkCall, SinkFunction } from '../catalog/catalogue.js'
import { ecosystemOf, packageName } from '../catalog/ecosystems.js'
import { access } from './access.js'
import { argumentSpan } from './argument.js'
import { argumentsOf } from './arguments.js'
import { buildShape, callShape } from './builders.js'
import { call, type Application } from './calls.js'
import { unseen } from './unseen.js'
import {
  construct as constructClient,
  derived,
  readyMade,
  sinkFunctionOf,
  type ClientThing,
  type PackageThing,
} from './clients.js'
import { collect } from './collect.js'
import { askedVariable } from './environment.js'
import { flat } from './evaluate.js'
import { libraryOf, place, publish, type Frame } from './frame.js'
import { gather, gatheredBy } from './gathered.js'
import { heldThings } from './held.js'
import { callHttp, callHttpInstance } from './http.js'
import { globalPath } from './members.js'
import { functionOperation } from './methods.js'
import { opaqueValue } from './outside.js'
import { packageCell } from './patterns.js'
import { selected } from './picked.js'
import { gatewayOf, routesThrough, throughThings } from './routes.js'
import type { SinkHit } from './sink.js'
import { recordsOf } from './stores.js'
import { isStandIn } from './symbolic.js'
import { callWorkflow, stateOf } from './workflows.js'
import { alone, asSource, stepped, type Evidence } from './sources.js'
import { knownText, withFallback, type Text } from './text.js'
import { hitTools, toolResults } from './tools.js'
import {
  allArguments,
  idOf,
  join,
  joinAll,
  joinData,
  noData,
  nothing,
  sure,
  thingValue,
  type Arguments,
  type Datum,
  type Instance,
  type Thing,
  type Value,
} from './value.js'

export function callClient(frame: Frame, thing: ClientThing, application: Application): Value {
  const values = argumentsOf(frame, application.args, application.site)
  const { client } = thing.instance
  const at = (path: string) => access(frame, path, values, application.receiver, application.site.span)
  // client.responses.create.bind(client.responses)
  const taken = /^(.*\w)\.bind$/.exec(thing.path)?.[1]
  if (taken !== undefined && client.calls.some(({ method }) => method === taken))
    return thingValue({ ...thing, path: taken })
  const sinks = client.calls.filter((sink) => isCalled(sink.method, thing.path) && meets(at, sink))
  if (sinks.length === 0)
    return gather(frame, thing, application) ?? derived(frame, thing, values, application.site, at)
  const gathered = gatheredBy(frame, thing)
  for (const sink of sinks) {
    const models = sink.model === undefined ? [] : at(sink.model).texts
    const routes = routesThrough(frame, thing, models.length > 0 ? models : (thing.model?.texts ?? []))
    const tools = [
      ...(sink.tools ?? []).map(at),
      ...(client.tools ?? []).map((path) =>
        access(frame, path, thing.instance.arguments ?? [], nothing, application.site.span),
      ),
    ]
    const bound = { ...nothing, opaque: application.receiver.opaque }
    if (routes.length === 0) {
      const parts = [
        ...sink.data.map(at),
        ...(client.data ?? []).map((path) =>
          access(frame, path, thing.instance.arguments ?? [], nothing, application.site.span),
        ),
      ]
      return { ...nothing, data: joinAll(parts.map((part) => ({ ...nothing, data: flat(frame, part).data }))).data }
    }
    hit(frame, application, {
      name: `${nameOf(thing)}.${thing.path}`,
      purpose: sink.purpose,
      routes,
      paths: sink.data,
      tools: [...tools, bound, gathered],
      extra: [
        gathered,
        ...(client.data ?? []).map((path) =>
          access(frame, path, thing.instance.arguments ?? [], nothing, application.site.span),
        ),
      ],
      at,
    })
  }
  if (thing.instance.tools !== undefined) hitTools(frame, thing, application)
  const answer = response(frame, application)
  const part = `${thing.path}()`
  const leads =
    client.calls.some(({ method }) => method.startsWith(part)) ||
    client.models?.some(({ method }) => method === thing.path) === true
  return leads ? join(derived(frame, thing, values, application.site, at), answer) : answer
}

/** A builder goes by the name of what it builds. */
function nameOf({ instance: { exported, package: from } }: ClientThing): string {
  return exported === 'default' ? from : exported.replace(/\.Builder$/, '')
}

/** `*` is any method: of an interface of the program's own, which the package implements. */
function isCalled(method: string, path: string): boolean {
  return method === path || (method === '*' && path !== '' && !path.includes('.') && !path.includes('('))
}

function meets(at: (path: string) => Value, sink: SinkCall): boolean {
  if (sink.when === undefined) return true
  const { argument, instanceOf } = sink.when
  return at(argument).things.some(
    (thing) =>
      (thing.kind === 'made' && instanceOf.includes(thing.exported)) ||
      (thing.kind === 'client' && instanceOf.includes(thing.instance.exported)),
  )
}

/** What a service answers: nothing of the request. */
export function response(frame: Frame, application: Application): Value {
  const answer = opaqueValue(
    frame.machine,
    `response ${idOf(application.site)}@${frame.activation.id}`,
    ['response'],
    null,
    place(frame, application.site.span),
  )
  return recordsOf(frame, answer, application)
}

export interface Hit {
  name: string
  purpose: SinkHit['purpose']
  routes: SinkHit['routes']
  paths: readonly string[]
  tools: readonly Value[]
  /** Sent besides: what the client was given at its construction. */
  extra?: readonly Value[]
  at(path: string): Value
  http?: boolean
}

/** Records that data may leave here; a call in several rounds is recorded once, with all that any round sent. */
export function hit(
  frame: Frame,
  application: Application,
  { name, purpose, routes, paths, tools, extra, at, http }: Hit,
): void {
  const { activation, unit } = frame
  let data: ReadonlyMap<string, Datum> = noData
  let carrying: string | undefined
  for (const path of paths) {
    const collected = collect(frame, at(path))
    if (collected.size > 0) carrying ??= path
    data = joinData(data, collected)
  }
  for (const value of extra ?? []) data = joinData(data, collect(frame, value))
  for (const value of tools) data = joinData(data, toolResults(frame, value, application))
  // client[part].create(…): one call, whichever it is
  const clients = application.callee.things.flatMap((thing) => (thing.kind === 'client' ? [thing.instance.id] : []))
  const told = new Set(clients).size === clients.length ? name : ''
  const key = `${unit.index}:${application.site.span.start}:${told}`
  if (
    http !== true ||
    routes.some((route) => route.url?.some((text) => frame.machine.knowledge.namesService(text)) === true)
  )
    frame.machine.contexts.reachesSink(activation)
  const known = activation.sinks.get(key)
  activation.sinks.set(key, {
    key,
    place: place(frame, headOf(application)),
    activation,
    name,
    purpose,
    routes: known === undefined ? routes : [...known.routes, ...routes].slice(0, 16),
    facts: known === undefined ? frame.state.facts : frame.machine.facts.either(known.facts, frame.state.facts),
    data: known === undefined ? data : joinData(known.data, data),
    http: http === true,
    carrying: null,
    argument:
      known !== undefined && carrying === undefined
        ? known.argument
        : place(frame, argumentSpan(application.site, carrying ?? paths[0] ?? '')),
  })
}

/** A call without its arguments: where a finding stands. */
function headOf({ site }: Application) {
  return site.callee === undefined
    ? site.span
    : { start: site.span.start, end: Math.max(site.callee.span.end, site.span.start + 1) }
}

export function callPackage(frame: Frame, thing: PackageThing, application: Application): Value | null {
  const { machine } = frame
  const { args, site } = application
  const values = argumentsOf(frame, args, site)
  const at = (path: string) => access(frame, path, values, application.receiver, site.span)
  const made = readyMade(frame, thing)
  if (made !== null) return callClient(frame, made, application)
  const client = constructClient(frame, thing, values, application.construct, site)
  if (client !== null) return client
  const sink = sinkFunctionOf(machine, thing)
  if (sink !== null) {
    const model = at(sink.sink.model)
    const given = model.things.flatMap((one) => (one.kind === 'client' ? [one.instance] : []))
    const read = (paths: (client: Client) => readonly string[]) =>
      given.flatMap(({ client, arguments: args, place: { span } }) =>
        paths(client).map((path) => access(frame, path, args ?? [], nothing, span)),
      )
    hit(frame, application, {
      name: thing.path,
      purpose: sink.sink.purpose,
      routes: modelRoutes(frame, model, sink.sink, calledAs(frame, thing, sink, values, site)),
      paths: sink.sink.data,
      tools: [...(sink.sink.tools ?? []).map(at), ...read((client) => client.tools ?? [])],
      extra: read((client) => client.data ?? []),
      at,
    })
    return response(frame, application)
  }
  const sent = callHttp(frame, thing, application, at)
  if (sent !== null) return sent
  return callLibrary(frame, thing, application, at)
}

function callLibrary(
  frame: Frame,
  thing: PackageThing,
  application: Application,
  at: (path: string) => Value,
): Value | null {
  const { machine } = frame
  const { args, site, construct } = application
  const path = globalPath(frame, thing)
  const known = thing.package === '' ? libraryOf(frame).globals : machine.knowledge.package(thing.package)
  const name = thing.package === '' ? thing.path : thing.path.replace(/^default\./, '')
  const cleaned = sanitized(frame, thing, name, application)
  if (cleaned !== null) return cleaned
  if (libraryOf(frame).environmentCall(path)) {
    const key = args[0]?.value.texts[0]?.parts[0]
    if (typeof key === 'string') return environmentValue(frame, key, args, site)
  }
  const operation = libraryOf(frame).operation(path)
  if (operation !== null) {
    const result = functionOperation(frame, operation, args, site)
    if (result !== null) return result
  }
  const built = known?.parsers == null ? null : buildShape(frame, thing, known.parsers, application)
  if (built !== null) return built
  const source = known?.sources.get(name)
  if (source !== undefined) {
    const value = opaqueValue(
      machine,
      `call ${idOf(site)}@${frame.activation.id}`,
      [name],
      null,
      place(frame, site.span),
    )
    return asSource(machine, value, sourceEvidence(frame, source, at), place(frame, site.span), name)
  }
  const configured = known?.configures.get(name)
  if (configured !== undefined) return configure(frame, thing, configured, application)
  if (known?.contentless.has(name) === true) {
    for (const arg of args)
      if (arg.value.things.some((found) => found.kind === 'function')) call(frame, arg.value, [], site)
    return nothing
  }
  const propagators = known?.propagators.get(name)
  const choosing = propagators?.find(({ names }) => names !== undefined)?.names
  const chosen =
    choosing === undefined
      ? null
      : selected(
          frame,
          choosing,
          args.map(({ value }) => value),
          site,
        )
  if (chosen !== null) return chosen
  if (propagators !== undefined) {
    const parts = propagators.flatMap((propagator) =>
      propagator.to === undefined || propagator.to === 'result' ? propagator.from.map(at) : [],
    )
    const joined = joinAll(parts.map((part) => flat(frame, part)))
    const held = opaqueValue(
      machine,
      `held ${idOf(site)}@${frame.activation.id}`,
      [],
      null,
      place(frame, site.span),
      [...heldThings(machine, joined.things, frame.state.objects), ...(joined.opaque?.inner ?? [])].slice(0, 8),
    )
    return {
      ...joined,
      things: joined.things.filter((part) => part.kind === 'client'),
      opaque: joined.opaque ?? held.opaque,
      test: null,
    }
  }
  const exported = thing.path.replace(/^default\./, '')
  const state = stateOf(frame, thing.package, exported, site)
  const result = state === null ? unseen(frame, application) : nothing
  if (!construct && state === null) return result
  const arguments_ = state === null ? argumentsOf(frame, args, site) : [state]
  for (const value of allArguments(arguments_)) publish(frame, value)
  return join(
    result,
    thingValue({
      kind: 'made',
      package: thing.package,
      exported,
      arguments: arguments_,
      path: '',
      when: machine.facts.none,
    }),
  )
}

/** `vertexai.init(location=…)`: what it is given holds for all of these packages. */
function configure(
  frame: Frame,
  thing: PackageThing,
  { names, packages }: { names: readonly string[]; packages: readonly string[] },
  { args }: Application,
): Value {
  const { ecosystem } = ecosystemOf(thing.package)
  for (const [index, arg] of args.entries()) {
    const name = arg.name ?? names[index]
    if (name === undefined || arg.keywords === true) continue
    publish(frame, arg.value)
    for (const of of packages)
      frame.machine.write(packageCell(frame.machine, packageName(ecosystem, of), name), arg.value)
  }
  return nothing
}

/** What enters at a call: what its label asks for (`text_input('電話番号')`), else what the catalogue says of it. */
function sourceEvidence(frame: Frame, source: LibrarySource, at: (path: string) => Value): Evidence {
  const { names } = frame.machine.knowledge
  const labels = source.label === undefined ? [] : at(source.label).texts.map(knownText)
  for (const label of labels) {
    const match = label === null ? null : names.label(label)
    if (match !== null)
      return { dataClass: match.dataClass, sureness: alone(frame.machine, match.dataClass), party: null }
  }
  return { dataClass: source.dataClass, sureness: sure[source.confidence], party: null }
}

/** A variable of the environment, with the default that the call gives. */
function environmentValue(frame: Frame, name: string, args: Application['args'], site: Application['site']): Value {
  for (const text of args[0]?.value.texts ?? []) frame.machine.settingReaders.note(frame.activation, text)
  const variable: Text = {
    parts: [{ environment: name, fallback: [] }],
    when: frame.machine.facts.none,
    at: { module: frame.unit.index, ...site.span },
  }
  const fallback = (args.find((arg) => arg.name === 'default') ?? args[1])?.value.texts ?? []
  return { ...nothing, texts: [fallback.length === 0 ? variable : (withFallback(variable, fallback) ?? variable)] }
}

/** What the policy or the catalogue says removes data, or replaces it. */
function sanitized(frame: Frame, thing: PackageThing, name: string, application: Application): Value | null {
  const rule = frame.machine.knowledge.sanitizer(thing.package, name)
  return rule === null ? null : applySanitizer(frame, rule, application)
}

export function applySanitizer(
  frame: Frame,
  rule: { argument: number; removes: readonly string[]; becomes: 'pseudonymised' | null; evidence: string },
  application: Application,
): Value {
  const value = application.args[rule.argument]?.value ?? nothing
  const data = new Map<string, Datum>()
  for (const [key, datum] of stepped(
    flat(frame, value).data,
    'through',
    application.name,
    place(frame, application.site.span),
  )) {
    if (rule.becomes === null && (rule.removes.length === 0 || rule.removes.includes(datum.dataClass))) continue
    data.set(key, {
      ...datum,
      removed: isStandIn(datum) && rule.becomes === null ? [...datum.removed, ...rule.removes] : datum.removed,
      pseudonymised: datum.pseudonymised || rule.becomes !== null,
      sanitizers: [...new Set([...datum.sanitizers, rule.evidence])],
    })
  }
  return {
    ...nothing,
    data,
    texts: [{ parts: [{ environment: null, fallback: [] }], when: frame.machine.facts.none, at: null }],
  }
}

/** A call of a function as a client of its own: `completion(model=…, api_base=…)`. */
function calledAs(
  frame: Frame,
  thing: PackageThing,
  { provider, sink }: { provider: string; sink: SinkFunction },
  values: Arguments,
  site: Application['site'],
): Instance {
  const client: Client = { exports: sink.exports, made: 'call', endpoint: sink.endpoint ?? [], calls: [] }
  if (sink.endpoint !== undefined) for (const value of allArguments(values)) publish(frame, value)
  const id = `called ${idOf(site)}@${frame.activation.id}`
  const at = place(frame, site.span)
  return { id, package: thing.package, exported: thing.path, provider, client, place: at, arguments: values }
}

/** Whether the call's own arguments say where it goes. */
function isGiven(frame: Frame, { client, arguments: args, place: { span } }: Instance): boolean {
  return client.endpoint.some((template) =>
    [...template.matchAll(/option:([^|}]+)/g)].some(
      ([, path]) => access(frame, path!, args ?? [], nothing, span) !== nothing,
    ),
  )
}

function modelRoutes(
  frame: Frame,
  model: Value,
  sink: Pick<SinkFunction, 'stringModel' | 'stringModels'>,
  called: Instance,
): SinkHit['routes'] {
  const routes = throughThings(frame, model)
  for (const text of model.texts) {
    const gateway = gatewayOf(text, sink, called)
    if (gateway !== null) routes.push({ when: text.when, instance: null, models: [text], gateway, url: null })
  }
  const says = sink.stringModel === undefined && sink.stringModels === undefined && called.client.endpoint.length > 0
  if (says || isGiven(frame, called))
    return [{ when: frame.machine.facts.none, instance: called, models: model.texts, gateway: null, url: null }]
  if (routes.length === 0)
    routes.push({ when: frame.machine.facts.none, instance: null, models: model.texts, gateway: null, url: null })
  return routes
}

/** `Session(region_name=…).client('bedrock-runtime')`: a client made through another thing, whose named arguments are its own too. */
function throughMade(frame: Frame, thing: Thing & { kind: 'made' }, application: Application): Value | null {
  const path = `${thing.exported}().${thing.path}`
  const inherited = thing.arguments.named
  const args =
    inherited === undefined
      ? application.args
      : [{ value: inherited, spread: false, name: undefined, keywords: true }, ...application.args]
  const values = argumentsOf(frame, args, application.site)
  const known = { kind: 'package' as const, package: thing.package, path, when: thing.when }
  return constructClient(frame, known, values, application.construct, application.site)
}

export function callMade(frame: Frame, thing: Thing & { kind: 'made' }, application: Application): Value | null {
  const { environment } = frame.machine.knowledge.package(thing.package) ?? {}
  if (environment?.has(`${thing.exported}.${thing.path}`) === true) {
    const asked = askedVariable(frame, application.args, application.site.span)
    if (asked !== null) return asked
  }
  return (
    callWorkflow(frame, thing, application) ??
    callHttpInstance(frame, thing, application) ??
    throughMade(frame, thing, application) ??
    callShape(frame, thing, application) ??
    unseen(frame, application)
  )
}
