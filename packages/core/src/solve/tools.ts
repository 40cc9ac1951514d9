/** The tools of an agent: what their functions return is sent to the model that it runs on. */
import { access } from './access.js'
import { call, type Application } from './calls.js'
import type { ClientThing } from './clients.js'
import { collect } from './collect.js'
import type { Frame } from './frame.js'
import type { HeapObject } from './heap.js'
import { opaqueValue } from './outside.js'
import { routesThrough } from './routes.js'
import { stepped } from './sources.js'
import {
  allArguments,
  idOf,
  joinData,
  noData,
  nothing,
  thingValue,
  type Datum,
  type Thing,
  type Value,
} from './value.js'

/** What the functions of an agent's tools return goes to its model. */
export function toolResults(frame: Frame, value: Value, application: Application): ReadonlyMap<string, Datum> {
  let data: ReadonlyMap<string, Datum> = noData
  for (const tool of functionsIn(frame, value, 0, new Set())) {
    const result = call(frame, { ...nothing, things: [tool] }, unknownArguments(frame, tool), application.site)
    data = joinData(
      data,
      stepped(collect(frame, result), 'returned', tool.node.name === '' ? 'tool' : tool.node.name, {
        module: tool.closure.module,
        span: tool.node.nameSpan,
      }),
    )
  }
  return data
}

/** Tools that a container hands to an agent: what each returns is sent, and that stands at the tool. */
export function hitTools(frame: Frame, thing: ClientThing, application: Application): void {
  const routes = routesThrough(frame, thing, [])
  for (const tool of functionsIn(frame, thing.instance.tools!, 0, new Set())) {
    const data = toolResults(frame, { ...nothing, things: [tool] }, application)
    if (data.size === 0) continue
    const at = { module: tool.closure.module, span: tool.node.nameSpan }
    const name = `${thing.instance.exported}.${tool.node.name}`
    const key = `${at.module}:${at.span.start}:${name}`
    const known = frame.activation.sinks.get(key)
    frame.machine.contexts.reachesSink(frame.activation)
    frame.activation.sinks.set(key, {
      ...{ key, place: at, activation: frame.activation, name, purpose: 'agent' as const },
      routes,
      facts: known === undefined ? frame.state.facts : frame.machine.facts.either(known.facts, frame.state.facts),
      data: known === undefined ? data : joinData(known.data, data),
      ...{ http: false, carrying: null, argument: at },
    })
  }
}

function unknownArguments(frame: Frame, tool: Thing & { kind: 'function' }) {
  return tool.node.parameters.map((parameter, index) => ({
    value: opaqueValue(frame.machine, `tool ${idOf(tool.node)}.${index}`, ['input'], null, {
      module: tool.closure.module,
      span: parameter.pattern.span,
    }),
    spread: false,
    name: undefined,
  }))
}

function functionsIn(frame: Frame, value: Value, depth: number, seen: Set<number>): (Thing & { kind: 'function' })[] {
  if (depth > 5) return []
  const found: (Thing & { kind: 'function' })[] = []
  for (const thing of [...value.things, ...(value.opaque?.inner ?? [])]) {
    if (thing.kind === 'function') found.push(thing)
    else if (thing.kind === 'made')
      for (const arg of allArguments(thing.arguments)) found.push(...functionsIn(frame, arg, depth + 1, seen))
    else if (thing.kind === 'client') {
      // an agent that another one hands over to: its tools
      for (const path of thing.instance.client.tools ?? [])
        found.push(
          ...functionsIn(
            frame,
            access(frame, path, thing.instance.arguments ?? [], nothing, thing.instance.place.span),
            depth + 1,
            seen,
          ),
        )
    } else if (thing.kind === 'object' && !seen.has(thing.address)) {
      seen.add(thing.address)
      const object = frame.state.objects.get(thing.address) ?? frame.machine.heap.read(thing.address, frame.activation)
      for (const field of [...object.fields.values(), object.element, object.rest])
        found.push(...functionsIn(frame, field, depth + 1, seen))
      found.push(...annotatedMethods(object, thing))
    }
  }
  return found.slice(0, 40)
}

/** `@Tool String booking(…)` of an object that an agent is given. */
function annotatedMethods(object: HeapObject, self: Thing): (Thing & { kind: 'function' })[] {
  const of = object.class
  if (of === null) return []
  return of.node.members.flatMap(({ value, member, decorators }) =>
    member === 'method' && decorators.length > 0 && value?.kind === 'function'
      ? [{ kind: 'function' as const, node: value, closure: of.closure, self: thingValue(self), when: of.when }]
      : [],
  )
}
