/** What a call was given, as the catalogue's access paths read it: by position, and one record of what was given by name. */
import type { Given } from './calls.js'
import { allocate, type Frame } from './frame.js'
import { emptyRecord } from './heap.js'
import { spreadInto } from './spread.js'
import { objectThings, type Arguments, type Value } from './value.js'

export function argumentsOf(
  frame: Frame,
  args: readonly Given[],
  site: { span: { start: number; end: number } },
): Arguments {
  const positional = args.filter(isPositional).map(({ value }) => value)
  return positional.length === args.length
    ? positional
    : Object.assign(positional, { named: namedArguments(frame, args, site, 'named') })
}

function isPositional({ name, keywords }: Given): boolean {
  return name === undefined && keywords !== true
}

/** A record of the arguments given by name, without those that are taken already. */
export function namedArguments(
  frame: Frame,
  args: readonly Given[],
  site: { span: { start: number; end: number } },
  suffix: string,
  taken: readonly string[] = [],
): Value {
  const fields = new Map<string, Value>()
  for (const { name, value } of args) if (name !== undefined && !taken.includes(name)) fields.set(name, value)
  const record = allocate(frame, site, { ...emptyRecord, fields }, suffix)
  const address = objectThings(record)[0]!.address
  for (const { keywords, value } of args) if (keywords === true) spreadInto(frame, address, value, site.span)
  return record
}
