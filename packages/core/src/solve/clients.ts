/**
 * Things of packages: a client class or factory of the catalogue becomes an instance with its construction; what is reached
 * through it keeps the instance and the path, so that a call's place is decided by its client.
 */
import type { Client } from '../catalog/catalogue.js'
import type { Call, TypeReference, Value as Node } from '../ir/ir.js'
import { bindingKey } from '../link/classes.js'
import { access as accessPath } from './access.js'
import { libraryOf, place, publish, type Frame } from './frame.js'
import { heldThings } from './held.js'
import { objectValue } from './instances.js'
import type { Machine } from './machine.js'
import { opaqueValue } from './outside.js'
import { providedModels } from './provided.js'
import { knownText } from './text.js'
import {
  hash,
  idOf,
  join,
  joinAll,
  nothing,
  thingValue,
  valueKey,
  allArguments,
  type Arguments,
  type Instance,
  type Opaque,
  type Place,
  type Thing,
  type Value,
} from './value.js'

export type PackageThing = Thing & { kind: 'package' }
export type ClientThing = Thing & { kind: 'client' }

/** Exported name under which the catalogue may know a path: a called namespace or `default.X` is looked up too. */
function exportNames(path: string): string[] {
  if (path === '') return ['default', '*', '']
  return path.startsWith('default.') ? [path, path.slice('default.'.length)] : [path]
}

interface FoundClient {
  provider: string
  client: Client
  exported: string
}

/** Clients that an export may be; which one is, only its arguments may tell. The last word is the last provider's. */
function clientsOf(machine: Machine, thing: { package: string; path: string }): FoundClient[] {
  const known = machine.knowledge.package(thing.package)
  if (known === null) return []
  for (const exported of exportNames(thing.path)) {
    const found = known.clients.get(exported)
    if (found !== undefined) return found.map((one) => ({ ...one, exported })).reverse()
  }
  return []
}

export function clientOf(machine: Machine, thing: PackageThing): FoundClient | null {
  return clientsOf(machine, thing)[0] ?? null
}

export function sinkFunctionOf(machine: Machine, thing: PackageThing) {
  const known = machine.knowledge.package(thing.package)
  if (known === null) return null
  for (const exported of exportNames(thing.path)) {
    const found = known.functions.get(exported)
    if (found !== undefined) return found
  }
  return null
}

/** A ready-made instance that a package exports, as the client it is. */
export function readyMade(frame: Frame, thing: PackageThing): ClientThing | null {
  const found = clientOf(frame.machine, thing)
  if (found === null || found.client.made !== 'instance') return null
  const key = `${thing.package}#${found.exported}`
  const instance: Instance = {
    id: key,
    package: thing.package,
    exported: found.exported,
    provider: found.provider,
    client: found.client,
    place: { module: frame.unit.index, span: { start: 0, end: 0 } },
    arguments: [],
  }
  return { kind: 'client', instance, path: '', model: null, when: thing.when }
}

/** `new Client(…)` or `createClient(…)`; null where the export is no client or is not made this way. */
export function construct(
  frame: Frame,
  thing: PackageThing,
  args: Arguments,
  construct: boolean,
  site: { span: Place['span'] },
): Value | null {
  const { machine } = frame
  const found = clientsOf(machine, thing).find(
    ({ client }) =>
      client.made !== 'instance' && madeBy(frame, client, construct) && isMeant(frame, client, args, site),
  )
  if (found === undefined) return null
  for (const arg of allArguments(args)) publish(frame, arg)
  const id = `${idOf(site)}@${frame.activation.id}:${allArguments(args).map(valueKey).join(',')}`
  const instance: Instance = {
    id: id.length > 120 ? hash(id) : id,
    package: thing.package,
    exported: found.exported,
    provider: found.provider,
    client: found.client,
    place: place(frame, site.span),
    site,
    arguments: args,
  }
  machine.instances.set(instance.id, { instance, activation: frame.activation, facts: frame.state.facts })
  return thingValue({ kind: 'client', instance, path: '', model: null, when: thing.when })
}

/** Where calling a class makes an instance, its name alone does not tell it from a function. */
function madeBy(frame: Frame, client: Client, construct: boolean): boolean {
  return (client.made === 'new') === construct || libraryOf(frame).constructsByCall
}

/** Whether the arguments are those of this client, where one function makes several. */
function isMeant(frame: Frame, { only }: Client, args: Arguments, site: { span: Place['span'] }): boolean {
  if (only === undefined) return true
  const texts = only.argument.flatMap((path) => accessPath(frame, path, args, nothing, site.span).texts.map(knownText))
  return texts.some((text) => text !== null && only.is.includes(text))
}

/** A parameter or field declared with a client's type: the client is known, its construction is not. */
export function typedClient(
  machine: Machine,
  module: number,
  type: TypeReference,
  { place: at, names }: Pick<Opaque, 'place' | 'names'>,
  outside: boolean,
): Value | null {
  const named = machine.program.packageType(module, type)
  if (named === null) return null
  const found = clientOf(machine, {
    kind: 'package',
    package: named.package,
    path: named.path,
    when: machine.facts.none,
  })
  if (found === null || found.client.made !== 'new') return null
  const asked = type.qualifier ?? names[0]
  const models = outside ? providedModels(machine, found.client) : nothing
  const instance: Instance = {
    id: `typed ${outside ? '' : 'result '}${named.package}#${named.path}@${module}:${at.span.start}${models === nothing ? '' : valueKey(models)}`,
    package: named.package,
    exported: found.exported,
    provider: found.provider,
    client: found.client,
    place: at,
    arguments: models === nothing ? null : [models],
    ...(outside ? { wanted: true } : {}),
    ...(asked === undefined ? {} : { asked }),
  }
  return thingValue({ kind: 'client', instance, path: '', model: null, when: machine.facts.none })
}

/** An interface that a package implements, because an annotation asks for it: `@AiService interface Assistant`. */
export function declaredClient(
  machine: Machine,
  module: number,
  type: TypeReference,
  { place: at }: Pick<Opaque, 'place'>,
): Value | null {
  const key = bindingKey(machine.program, module, type)
  const of = key === null ? undefined : machine.classes.byBinding.get(key)
  for (const decorator of of?.node.decorators ?? []) {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator
    const target = callee.kind === 'reference' ? machine.program.imported(of!.module, callee.binding) : null
    if (target?.kind !== 'package') continue
    const found = clientOf(machine, { ...target, when: machine.facts.none })
    if (found === null || found.client.made !== 'annotation') continue
    const models = providedModels(machine, found.client)
    const asked = decorator.kind === 'call' ? textOf(decorator, 'chatModel', 'modelName') : undefined
    const instance: Instance = {
      id: `declared ${key}@${module}:${at.span.start}${models === nothing ? '' : valueKey(models)}`,
      package: target.package,
      exported: of!.node.name,
      provider: found.provider,
      client: found.client,
      place: { module: of!.module, span: of!.node.nameSpan },
      arguments: models === nothing ? null : [models],
      wanted: true,
      tools: toolBoxes(machine, of!.module, found.client, decorator),
      ...(asked === undefined ? {} : { asked }),
    }
    return thingValue({ kind: 'client', instance, path: '', model: null, when: machine.facts.none })
  }
  return null
}

function textOf(decorator: Call, ...names: string[]): string | undefined {
  for (const { name, value } of decorator.arguments)
    if (names.includes(name ?? '') && value.kind === 'constant' && typeof value.value === 'string') return value.value
  return undefined
}

/** The folder of the build that a file is of. */
function rootOf(machine: Machine, module: number): string {
  return machine.unit(module).module.path.replace(/(?:^|\/)src\/.*$/, '')
}

/** The tools that the annotation names, or, where the package takes all there are, every class with one. */
function toolBoxes(machine: Machine, module: number, client: Client, decorator: Node): Value {
  const named = decorator.kind !== 'call' ? [] : decorator.arguments.filter(({ name }) => name === 'tools')
  const values = named.flatMap(({ value }) => (value.kind === 'list' ? value.items.map((item) => item.value) : [value]))
  const classes = values.flatMap((value) => {
    const key =
      value.kind !== 'reference'
        ? null
        : bindingKey(machine.program, module, { name: '', binding: value.binding, arguments: [], span: value.span })
    return key === null ? [] : (machine.classes.byBinding.get(key) ?? [])
  })
  const root = rootOf(machine, module)
  const beside = machine.classes.tools.filter((one) => rootOf(machine, one.module) === root)
  const all = named.length === 0 && client.allTools === true ? beside : classes
  return joinAll(all.slice(0, 12).map((one) => objectValue(machine, machine.injected(one))))
}

/** What a call that is no sink gives: the client again, a model of it, a part of it. */
export function derived(
  frame: Frame,
  thing: ClientThing,
  args: Arguments,
  site: { span: Place['span'] },
  access: (path: string) => Value,
): Value {
  const { client } = thing.instance
  const name = thing.path.slice(thing.path.lastIndexOf('.') + 1)
  if (client.same?.some((method) => method === thing.path || method === name)) {
    const path = thing.path.slice(0, Math.max(0, thing.path.length - name.length - 1))
    return withInner(frame, thingValue({ ...thing, path }), args, site)
  }
  const joined = client.joins?.find(({ method }) => method === thing.path || method === name)
  if (joined !== undefined) return joinedClient(frame, thing, name, access(joined.argument), site)
  const model = client.models?.find(({ method }) => method === thing.path)
  const path = `${thing.path}()`
  return withInner(
    frame,
    thingValue({ ...thing, path, model: model === undefined ? thing.model : access(model.id) }),
    args,
    site,
  )
}

/** `prompt.pipe(model)`: a client that speaks through both. */
function joinedClient(
  frame: Frame,
  thing: ClientThing,
  name: string,
  other: Value,
  site: { span: Place['span'] },
): Value {
  const path = thing.path.slice(0, Math.max(0, thing.path.length - name.length - 1))
  const receiver = thingValue({ ...thing, path })
  const both = join(receiver, { ...nothing, things: other.things, opaque: other.opaque })
  const instance: Instance = {
    ...thing.instance,
    id: hash(`joined ${thing.instance.id} ${idOf(site)} ${valueKey(other)}`),
    client: { ...thing.instance.client, through: ['0'], data: ['1'] },
    arguments: [
      both,
      join(joinAll((thing.instance.client.data ?? []).map((at) => read(frame, thing.instance, at))), other),
    ],
    place: place(frame, site.span),
  }
  return thingValue({ kind: 'client', instance, path, model: null, when: thing.when })
}

function read(frame: Frame, instance: Instance, path: string): Value {
  return accessPath(frame, path, instance.arguments ?? [], nothing, instance.place.span)
}

/** Functions and things given to a part of a client stay with it: tools bound to a model. */
function withInner(frame: Frame, value: Value, args: readonly Value[], site: { span: Place['span'] }): Value {
  const inner = allArguments(args)
    .flatMap((arg) => [...heldThings(frame.machine, arg.things, frame.state.objects), ...(arg.opaque?.inner ?? [])])
    .slice(0, 8)
  if (inner.length === 0) return value
  const rest = opaqueValue(frame.machine, `part ${idOf(site)}`, [], null, place(frame, site.span), inner)
  return { ...value, opaque: rest.opaque }
}
