/** Operations on collections and texts that some languages have beside those of `methods.ts`. */
import { namedArguments } from './arguments.js'
import { call, calleeName, type Given, type Site } from './calls.js'
import { flat } from './evaluate.js'
import { allocate, place, writeObject, type Frame } from './frame.js'
import { emptyList, emptyRecord } from './heap.js'
import { fillArguments, writeInto } from './filling.js'
import { elementOf, readMember } from './members.js'
import { dropKey, filtered, functionOperation, reduced, textual } from './methods.js'
import type { OperationKind } from './operations.js'
import { leftOut, namesIn, picked, takenOf } from './picked.js'
import { removeFrom } from './removal.js'
import { spreadInto } from './spread.js'
import { opaqueValue } from './outside.js'
import { asSource, withStep } from './sources.js'
import { belowBases, concatTexts, constantText, knownText, unknownHole, type Text } from './text.js'
import { idOf, join, joinAll, joinData, nothing, objectThings, type Value } from './value.js'

export function collectionOperation(
  frame: Frame,
  kind: OperationKind,
  receiver: Value,
  args: Given[],
  site: Site,
): Value | null {
  const first = args[0]?.value ?? nothing
  switch (kind) {
    case 'extend':
      for (const thing of objectThings(receiver))
        for (const { value } of args)
          writeObject(
            frame,
            thing.address,
            null,
            withStep(elementOf(frame, value), 'element', '', place(frame, site.span)),
            false,
          )
      return receiver
    case 'set-default': {
      const key = first.texts.length === 1 ? knownText(first.texts[0]!) : null
      const value = args[1]?.value ?? nothing
      for (const { address } of objectThings(receiver)) writeObject(frame, address, key, value, false)
      return join(readMember(frame, receiver, key, first, site.span), value)
    }
    case 'update': {
      const named = namedArguments(frame, args, site, 'update')
      for (const thing of objectThings(receiver)) {
        for (const { value, name, keywords } of args)
          if (name === undefined && keywords !== true) spreadInto(frame, thing.address, value, site.span)
        spreadInto(frame, thing.address, named, site.span)
      }
      return receiver
    }
    case 'take-key': {
      const key = first.texts.length === 1 ? knownText(first.texts[0]!) : null
      if (key === null) return elementOf(frame, receiver)
      const found = readMember(frame, receiver, key, first, site.span)
      removeFrom(frame, receiver, key)
      dropKey(frame, receiver, args.slice(0, 1))
      return args.length > 1 ? join(found, args[1]!.value) : found
    }
    case 'items':
      return functionOperation(frame, 'entries', [{ value: receiver, spread: false, name: undefined }], site)
    case 'join-given':
      return { ...nothing, data: joinData(flat(frame, receiver).data, flat(frame, first).data), texts: [hole(frame)] }
    case 'format':
      return filled(frame, receiver, args)
    case 'left-out':
      return leftOut(frame, receiver, args, site)
    case 'same':
      return picked(frame, receiver, args, site)
    case 'fill': {
      const data = joinData(flat(frame, receiver).data, entered(frame, receiver, site))
      fillArguments(frame, args, data, site)
      return { ...nothing, data }
    }
    case 'write-into':
      return writeInto(
        frame,
        first,
        joinAll(
          [receiver, ...args.slice(1).map(({ value }) => value)].map((value) => ({
            ...nothing,
            data: flat(frame, value).data,
          })),
        ),
      )
    case 'written': {
      const taken = picked(frame, receiver, args, site)
      return { ...nothing, data: flat(frame, taken).data, opaque: taken.opaque }
    }
    default:
      return null
  }
}

/** What the catalogue says of what a call reads from outside: `c.ShouldBindJSON(&request)`. */
function entered(frame: Frame, receiver: Value, site: Site): Value['data'] {
  const { machine } = frame
  const name = site.callee === undefined ? '' : calleeName(site.callee)
  const names = [name, ...(receiver.opaque?.names ?? [])]
  const found = machine.knowledge.input(names, 'call')
  if (found === null) return nothing.data
  const at = place(frame, site.span)
  const value = opaqueValue(machine, `call ${idOf(site)}@${frame.activation.id}`, names, null, at)
  return asSource(machine, value, { ...found, party: null }, at, names.slice(0, 2).reverse().join('.')).data
}

/** Functions of a library that are no methods. */
export function collectionFunction(
  frame: Frame,
  kind: OperationKind,
  args: Given[],
  values: readonly Value[],
  site: Site,
): Value | null {
  const first = values[0] ?? nothing
  const given = (value: Value): Given => ({ value, spread: false, name: undefined })
  const list = (element: Value) => allocate(frame, site, { ...emptyList, element }, 'list')
  switch (kind) {
    case 'record': {
      const record = namedArguments(frame, args, site, 'record')
      for (const { address } of objectThings(record)) {
        spreadInto(frame, address, first, site.span)
        const pair = elementOf(frame, first)
        if (objectThings(pair).length > 0)
          writeObject(frame, address, null, readMember(frame, pair, '1', nothing, site.span), false)
      }
      return record
    }
    case 'default-collection': {
      const element = call(frame, first, [], site)
      return allocate(frame, site, { ...emptyRecord, element }, 'collection')
    }
    case 'zip': {
      const fields = new Map(values.map((value, at) => [String(at), elementOf(frame, value)]))
      return list(allocate(frame, site, { ...emptyList, fields }, 'tuple'))
    }
    case 'map-over':
      return list(
        call(
          frame,
          first,
          values.slice(1).map((value) => given(elementOf(frame, value))),
          site,
        ),
      )
    case 'filter-over':
      return first.things.length === 0
        ? (values[1] ?? nothing)
        : filtered(frame, 'filter', values[1] ?? nothing, first, site)
    case 'reduce-over':
      return reduced(frame, values[1] ?? nothing, first, values[2], site)
    case 'element':
      return values.length > 1 ? joinAll(values) : elementOf(frame, first)
    case 'member': {
      const key = values[1]?.texts.length === 1 ? knownText(values[1].texts[0]!) : null
      return join(readMember(frame, first, key, values[1] ?? nothing, site.span), values[2] ?? nothing)
    }
    case 'set-member': {
      const key = values[1]?.texts.length === 1 ? knownText(values[1].texts[0]!) : null
      for (const { address } of objectThings(first)) writeObject(frame, address, key, values[2] ?? nothing, false)
      return nothing
    }
    case 'fill': {
      const { data } = flat(frame, first)
      fillArguments(frame, args.slice(1), data, site)
      return { ...nothing, data }
    }
    case 'write-into':
      return writeInto(
        frame,
        first,
        joinAll(values.slice(1).map((value) => ({ ...nothing, data: flat(frame, value).data }))),
      )
    case 'invoke':
      return call(frame, first, args.slice(1), site)
    case 'join-url': {
      const below = values[1] ?? nothing
      const data = joinData(flat(frame, first).data, flat(frame, below).data)
      return { ...nothing, data, texts: concatTexts(first.texts, below.texts, frame.machine.facts) }
    }
    case 'serialise': {
      const names = values[1] === undefined ? null : namesIn(frame, values[1])
      const isList = objectThings(values[1] ?? nothing).length > 0
      const written = names === null || !isList ? first : takenOf(frame, first, names, site)
      return functionOperation(frame, 'text', [given(written)], site)
    }
    case 'url': {
      const base = values[1] ?? nothing
      const texts = base.texts.length === 0 ? first.texts : belowBases(base.texts, first.texts, frame.machine.facts)
      const url = { ...nothing, data: joinData(flat(frame, first).data, flat(frame, base).data), texts: [...texts] }
      return join(url, allocate(frame, site, { ...emptyRecord, fields: new Map([['href', url]]) }, 'url'))
    }
    default:
      return null
  }
}

function hole(frame: Frame): Text {
  return { parts: [unknownHole], when: frame.machine.facts.none, at: null }
}

/** A template that is a value, filled with the arguments: its text as far as it is known, the data of all. */
function filled(frame: Frame, receiver: Value, args: Given[]): Value {
  const { facts } = frame.machine
  const result = textual(frame, receiver, [])
  let data = result.data
  for (const { value } of args) data = joinData(data, flat(frame, value).data)
  const texts = receiver.texts.flatMap((template): readonly Text[] => {
    const known = knownText(template)
    if (known === null) return [template]
    let filledTexts: readonly Text[] = [constantText('', template.when, template.at)]
    let end = 0
    let next = 0
    for (const match of known.matchAll(/\{(\w*)[^{}]*\}/g)) {
      const field = match[1]!
      const positional = args.filter(({ name }) => name === undefined)
      const value = (
        /^\d*$/.test(field)
          ? positional[field === '' ? next++ : Number(field)]
          : args.find(({ name }) => name === field)
      )?.value
      const before = constantText(known.slice(end, match.index), facts.none, null)
      end = match.index + match[0].length
      filledTexts = concatTexts(filledTexts, [before], facts)
      filledTexts = concatTexts(
        filledTexts,
        value === undefined || value.texts.length === 0 ? [hole(frame)] : value.texts,
        facts,
      )
    }
    return concatTexts(filledTexts, [constantText(known.slice(end), facts.none, null)], facts)
  })
  return { ...result, data, texts: texts.slice(0, 8) }
}
