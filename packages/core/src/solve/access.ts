/**
 * Access paths of the catalogue: `0.messages`, `0.$0.modelId`, `0[].content`, `receiver`; `messages` for one given by name,
 * `0|messages` for either; `*.WithBaseURL()` for what an option among the arguments was made with, `0.=BaseURL` for what the program set.
 */
import { readObject, type Frame } from './frame.js'
import { elementOf, readMember } from './members.js'
import { allArguments, join, joinAll, nothing, objectThings, type Arguments, type Value } from './value.js'

/** The value at a path from a call's arguments; nothing where it is absent. */
export function access(
  frame: Frame,
  path: string,
  args: Arguments,
  receiver: Value,
  span: { start: number; end: number },
): Value {
  if (path.includes('|')) return joinAll(path.split('|').map((one) => access(frame, one, args, receiver, span)))
  const segments = path.split(/\.|(?=\[\])/).filter((segment) => segment !== '')
  const head = segments[0] ?? ''
  let value =
    head === 'receiver'
      ? receiver
      : head === '*'
        ? joinAll(allArguments(args))
        : /^\d+$/.test(head)
          ? (args[Number(head)] ?? nothing)
          : args.named === undefined
            ? nothing
            : readMember(frame, args.named, head.replace(/^=/, ''), nothing, span)
  for (const segment of segments.slice(1)) value = step(frame, value, segment, span)
  return value
}

function step(frame: Frame, value: Value, segment: string, span: { start: number; end: number }): Value {
  if (segment === '[]') return elementOf(frame, value)
  const option = /^(\w+)\((\d*|\*)\)$/.exec(segment)
  if (option !== null) return givenTo(frame, value, option[1]!, option[2]!)
  if (segment.startsWith('=')) return asSet(frame, value, segment.slice(1), span)
  if (segment === '*') return everyMember(frame, value)
  if (segment.startsWith('$')) return constructed(frame, value, segment.slice(1), span)
  return readMember(frame, value, segment, nothing, span)
}

function everyMember(frame: Frame, value: Value): Value {
  const members = objectThings(value).flatMap((thing) => {
    const object = readObject(frame, thing.address)
    return [...object.fields.values(), object.element, object.rest]
  })
  return joinAll([...members, { ...value, things: value.things.filter((thing) => thing.kind !== 'object') }])
}

/** What the options among a value were made with: `WithBaseURL()` of `WithBaseURL(url)`, also in a list; a number is its place. */
function givenTo(frame: Frame, value: Value, made: string, place: string): Value {
  let result = nothing
  for (const thing of [...value.things, ...elementOf(frame, value).things])
    if (thing.kind === 'made' && thing.exported === made)
      result = join(
        result,
        place === '*' ? joinAll(allArguments(thing.arguments)) : (thing.arguments[Number(place)] ?? nothing),
      )
  return result
}

/** `=BaseURL`: a member of what a package made, only as the program itself has set it. */
function asSet(frame: Frame, value: Value, name: string, span: { start: number; end: number }): Value {
  if (!value.things.some(({ kind }) => kind === 'made')) return readMember(frame, value, name, nothing, span)
  const things = value.things.filter(({ kind }) => kind === 'object')
  return readMember(frame, { ...nothing, things }, name, nothing, span)
}

/** An argument of the construction of what a package made: `$0`, or `$data` by its name. */
function constructed(frame: Frame, value: Value, argument: string, span: { start: number; end: number }): Value {
  let result = nothing
  for (const thing of value.things) {
    const args = thing.kind === 'made' ? thing.arguments : thing.kind === 'client' ? thing.instance.arguments : null
    if (args !== null) result = join(result, access(frame, argument, args, nothing, span))
  }
  return result
}
