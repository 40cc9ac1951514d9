/**
 * What a client, or a request that it begins, is given in steps before anything is sent: `client.prompt().user(u -> u.text(x)).call()`.
 * It is held in an object of its own, which the client's thing carries along; a request's object holds its client's.
 */
import type { Application } from './calls.js'
import { call } from './calls.js'
import type { ClientThing } from './clients.js'
import { allocate, publish, writeObject, type Frame } from './frame.js'
import { emptyList } from './heap.js'
import { Cell } from './activation.js'
import { join, nothing, objectThings, thingValue, type Value } from './value.js'

/** The client with what this call gives it; null where the method is none that does. */
export function gather(frame: Frame, thing: ClientThing, application: Application): Value | null {
  const { client } = thing.instance
  const dot = thing.path.lastIndexOf('.')
  const name = thing.path.slice(dot + 1)
  const opens = client.opens?.includes(name) === true
  if (!opens && client.gathers?.includes(name) !== true) return null
  const held = opens || thing.gathered === undefined ? begun(frame, thing, application) : thing.gathered
  const path = opens ? `${thing.path}()` : thing.path.slice(0, Math.max(0, dot))
  const given = application.args.map(({ value }) => value)
  for (const value of given) writeObject(frame, held, null, value, false)
  const spec = thingValue({ ...thing, path: '', gathered: held })
  for (const value of given) {
    if (!value.things.some(({ kind }) => kind === 'function')) continue
    const back = call(frame, value, [{ value: spec, spread: false, name: undefined }], application.site)
    writeObject(frame, held, null, { ...back, things: back.things.filter(({ kind }) => kind !== 'client') }, false)
  }
  return thingValue({ ...thing, path, gathered: held })
}

/** `@agent.tool` over a function: the client that the decorator belongs to holds it from then on, wherever it is used. */
export function decorate(frame: Frame, decorator: Value, decorated: Value): void {
  for (const thing of decorator.things) {
    if (thing.kind !== 'client') continue
    const name = thing.path.replace(/\(\)$/, '').replace(/^.*\./, '')
    if (thing.instance.client.gathers?.includes(name) === true)
      frame.machine.write(decoratedCell(frame, thing), decorated)
  }
}

function decoratedCell({ machine }: Frame, { instance }: ClientThing): Cell {
  const name = `decorated ${instance.id}`
  let cell = machine.channels.get(name)
  if (cell === undefined) machine.channels.set(name, (cell = new Cell()))
  return cell
}

function begun(frame: Frame, thing: ClientThing, { site }: Application): number {
  const object = allocate(frame, site, { ...emptyList, element: gatheredBy(frame, thing) }, 'gathered')
  publish(frame, object)
  return objectThings(object)[0]!.address
}

/** All that a client was given so far. */
export function gatheredBy(frame: Frame, thing: ClientThing): Value {
  const decorated =
    thing.instance.client.gathers === undefined
      ? nothing
      : frame.machine.read(decoratedCell(frame, thing), frame.activation)
  if (thing.gathered === undefined) return decorated
  return join(thingValue({ kind: 'object', address: thing.gathered, when: frame.machine.facts.none }), decorated)
}
