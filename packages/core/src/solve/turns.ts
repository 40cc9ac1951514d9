/**
 * Loops over a few known texts, or over the members of a record by name, are evaluated turn by turn: what a turn does with its own key is
 * then known (`if k in PRIVATE: continue`, `record.pop(k)`), and so is what a comparison of two known texts says in it.
 */
import { readObject, type Frame } from './frame.js'
import { constantText, knownText } from './text.js'
import { nothing, objectThings, type Value } from './value.js'
import { keysField } from './heap.js'

const mostTurns = 12
/** Loops within loops that are taken so; what is further in goes round as any loop. */
const deepestTurns = 2

/** The elements one by one; null where they are too many or not all known. */
export function turnsOf(frame: Frame, over: Value): Value[] | null {
  if (frame.turns >= deepestTurns) return null
  const [list, ...others] = over.things
  if (list?.kind !== 'object' || others.length > 0 || over.opaque !== null || over.data.size > 0) return null
  const { kind, fields, element, rest } = readObject(frame, list.address)
  if (kind !== 'list' || element !== nothing || rest !== nothing || fields.size === 0 || fields.size > mostTurns)
    return null
  const elements = [...fields.values()]
  return elements.every((one) => keyOf(frame, one) !== null) ? elements : null
}

/** A known text, or the first of a pair. */
function keyOf(frame: Frame, value: Value): string | null {
  const text = textOf(value)
  if (text !== null) return text
  const [pair, ...others] = value.things
  if (pair?.kind !== 'object' || others.length > 0) return null
  const first = readObject(frame, pair.address).fields.get('0')
  return first === undefined ? null : textOf(first)
}

/** The one text that a value certainly is. */
function textOf({ texts, things, opaque }: Value): string | null {
  const [text, ...others] = texts
  if (text === undefined || others.length > 0 || things.length > 0 || opaque !== null || text.when.key !== '')
    return null
  return knownText(text)
}

/** In a turn, whether two known texts are the same. */
export function compareTexts(frame: Frame, left: Value, right: Value): Value {
  const one = frame.turns > 0 ? textOf(left) : null
  const other = one === null ? null : textOf(right)
  return one === null || other === null ? nothing : answer(frame, one === other)
}

/** In a turn, whether a known text is among known ones. */
export function among(frame: Frame, list: Value, tested: Value): Value {
  const text = frame.turns > 0 ? textOf(tested) : null
  const [only, ...others] = objectThings(list)
  if (text === null || only === undefined || others.length > 0 || list.opaque !== null) return nothing
  const { kind, fields, element, rest } = readObject(frame, only.address)
  if (element !== nothing || rest !== nothing) return nothing
  const known = kind === 'list' ? [...fields.values()].map(textOf) : [...fields.keys()]
  return known.includes(text) ? answer(frame, true) : known.includes(null) ? nothing : answer(frame, false)
}

export function answer({ machine }: Frame, says: boolean): Value {
  return { ...nothing, texts: [constantText(String(says), machine.facts.none, null)] }
}

/** What a condition certainly is, in a turn; null where it is not known. */
export function verdict(frame: Frame, test: Value): boolean | null {
  const text = frame.turns > 0 ? textOf(test) : null
  return text === 'true' ? true : text === 'false' ? false : null
}

/** Elements of a record with their names, where these are few and known: `items()`. */
export function pairsOf(frame: Frame, value: Value): [string, Value][] | null {
  const [only, ...others] = value.things
  if (others.length > 0 || value.data.size > 0) return null
  if (only === undefined) return null
  if (only.kind !== 'object' || value.opaque !== null) return null
  const { kind, fields, element, rest } = readObject(frame, only.address)
  const isKnown =
    kind !== 'list' && element === nothing && rest === nothing && fields.size > 0 && !fields.has(keysField)
  return isKnown && fields.size <= mostTurns ? [...fields] : null
}

/** Names of the fields of a record from outside whose shape is declared. */
export function fieldsOf({ machine }: Frame, { opaque, things, data }: Value): string[] | null {
  if (opaque?.entity == null || things.length > 0 || data.size > 0) return null
  const names = machine.program
    .fields(opaque.entity)
    .flatMap(({ field }) => (field.returns === undefined && field.method !== true ? [field.name] : []))
  return names.length > 0 && names.length <= mostTurns ? names : null
}
