/**
 * What passes by name instead of by call: events and queues, whose listeners hear what was sent over a channel; stores, which
 * give back what was put into one of their kind.
 */
import type { Application } from './calls.js'
import { flat } from './evaluate.js'
import { allocate, place, publish, type Frame } from './frame.js'
import { emptyRecord } from './heap.js'
import { Cell } from './activation.js'
import { weakened } from './sources.js'
import { knownText } from './text.js'
import { join, joinAll, nothing, type Value } from './value.js'

/** `emitter.emit('placed', order)`, `queue.add('summary', job)`: the channel takes what is said. */
export function spoken(frame: Frame, { name, args, receiver, construct }: Application): void {
  if (construct || args.length === 0 || !frame.machine.knowledge.plays('sends', name)) return
  const said = joinAll(args.slice(1).map(({ value }) => value))
  if (said === nothing) return
  const channels = new Set([
    ...channelsNamed(frame, args[0]?.value),
    ...receiver.things.flatMap((thing) => madeFor(thing)),
  ])
  if (channels.size === 0) return
  publish(frame, said)
  for (const channel of channels) frame.machine.write(channelOf(frame, `channel ${channel}`), said)
}

/** What a function handed to `emitter.on('placed', …)` or `new Worker('summaries', …)` is called with. */
export function heardBy(frame: Frame, { name, args, site }: Application): Value {
  const { machine } = frame
  if (!machine.knowledge.plays('receives', name)) return nothing
  const said = channelsNamed(frame, args[0]?.value).map((channel) =>
    machine.read(channelOf(frame, `channel ${channel}`), frame.activation),
  )
  const heard = joinAll(said)
  if (heard === nothing) return nothing
  const fields = new Map(envelope.map((key) => [key, heard]))
  return join(heard, allocate(frame, site, { ...emptyRecord, fields }, 'message'))
}

/** Members under which a message holds what was sent. */
const envelope = ['data', 'detail', 'payload', 'body', 'value', 'message']

/** What a store of a package gives of what was put into one of its kind; nothing for any other call. */
export function remembered(frame: Frame, { name, receiver, args, site, construct }: Application): Value {
  const { machine } = frame
  const { knowledge } = machine
  if (construct) return nothing
  const puts = knowledge.plays('puts', name)
  const gives = knowledge.plays('gives', name)
  if (!puts && !gives) return nothing
  let data = nothing.data
  for (const thing of receiver.things) {
    if (thing.kind !== 'made' && thing.kind !== 'client') continue
    const kind = thing.kind === 'made' ? `${thing.package}#${thing.exported}` : thing.instance.exported
    const cell = channelOf(frame, `store ${kind}`)
    if (puts) {
      const put = joinAll(args.map(({ value }) => ({ ...nothing, data: flat(frame, value).data })))
      const at = place(frame, site.span)
      const kept = weakened(machine, put.data, at, name, machine.origin(`store ${kind}`))
      if (kept.size > 0) machine.write(cell, { ...nothing, data: kept })
    }
    if (gives) data = machine.read(cell, frame.activation).data
  }
  return data.size === 0 ? nothing : { ...nothing, data }
}

function channelOf({ machine }: Frame, key: string): Cell {
  let cell = machine.channels.get(key)
  if (cell === undefined) machine.channels.set(key, (cell = new Cell()))
  return cell
}

/** `new Queue('summaries')`: what it was made for. */
function madeFor(thing: Value['things'][number]): string[] {
  return thing.kind === 'made' ? textsOf(thing.arguments[0]) : []
}

function channelsNamed({ machine }: Frame, value: Value | undefined): string[] {
  return textsOf(value).filter((name) => !machine.knowledge.plays('ambient', name))
}

function textsOf(value: Value | undefined): string[] {
  return (value?.texts ?? []).map(knownText).filter((text) => text !== null && text !== '') as string[]
}
