/**
 * Conditions of a store's query that tell the subject of what it gives: `filter(country="US")`, `exclude(country="JP")`,
 * `where(Customer.country != "JP")`. The records keep what the query says of them.
 */
import type { Application } from './calls.js'
import type { Facts, Test } from './facts.js'
import type { Frame } from './frame.js'
import { readObject } from './frame.js'
import { subjectTest } from './guards.js'
import { underFacts } from './tag.js'
import { knownText } from './text.js'
import { objectThings, type Value } from './value.js'

/** `country__in`, `country__iexact` */
const lookup = /^(\w+?)(?:__(?:in|exact|iexact))?$/
const denies = /^(?:exclude|whereNot|where_not)$/

export function conditioned(frame: Frame, result: Value, { receiver, name, args, construct }: Application): Value {
  const { machine } = frame
  const { opaque } = result
  if (opaque === null || construct) return result
  const asks = opaque.holds !== null || opaque.entity !== null || receiver.opaque?.holds != null
  if (!asks || !(machine.knowledge.plays('lookups', name) || machine.knowledge.plays('records', name))) return result
  const before = receiver.opaque?.when ?? machine.facts.none
  let told = before.key === '' ? machine.facts.none : moved(frame, before, receiver.opaque!.origin, opaque.origin)
  for (const { name: key, value } of args) {
    const test = key === undefined ? testOf(frame, value, opaque.origin) : namedTest(frame, key, value, opaque.origin)
    const one = test === null ? null : denies.test(name) ? test.whenFalse : test.whenTrue
    if (one !== null) told = machine.facts.both(told, one) ?? told
    // session.scalars(select(Customer).where(…))
    const asked = value.opaque?.holds == null ? null : value.opaque
    if (asked !== null) told = machine.facts.both(told, moved(frame, asked.when, asked.origin, opaque.origin)) ?? told
  }
  return underFacts(result, told, machine.facts)
}

/** What was known of the records that a chain holds is known of what its next call gives. */
function moved({ machine }: Frame, { subjects }: Facts, from: number, to: number): Facts {
  const subject = subjects.get(from)
  return subject === undefined ? machine.facts.none : machine.facts.one(to, subject)
}

/** A comparison of a column, or a record of what columns are to be. */
function testOf(frame: Frame, value: Value, origin: number): Test | null {
  const { facts } = frame.machine
  if (value.test !== null) {
    const only = (told: Facts) => {
      const [subject, ...others] = told.subjects.values()
      return subject === undefined || others.length > 0 ? facts.none : facts.one(origin, subject)
    }
    return { whenTrue: only(value.test.whenTrue), whenFalse: only(value.test.whenFalse) }
  }
  const tests = objectThings(value).flatMap(({ address }) => {
    const { kind, fields } = readObject(frame, address)
    if (kind !== 'record') return []
    return [...fields].flatMap(
      ([key, field]) => (key === 'where' ? testOf(frame, field, origin) : namedTest(frame, key, field, origin)) ?? [],
    )
  })
  const whenTrue = tests.reduce((told, one) => facts.both(told, one.whenTrue) ?? told, facts.none)
  return tests.length === 0 ? null : { whenTrue, whenFalse: facts.none }
}

const negates = /^(?:not|ne|neq|\$ne|\$nin|notIn|not_in|Not)$/
const states = /^(?:equals|eq|\$eq|in|\$in|In)$/

/** `country="JP"`, `country__in=["US", "GB"]`, `country: { not: 'JP' }` */
function namedTest(frame: Frame, key: string, value: Value, origin: number): Test | null {
  const attribute = lookup.exec(key)?.[1] ?? key
  const { names } = frame.machine.knowledge
  if (names.subjectAttribute(attribute) === null) return null
  for (const { address } of objectThings(value)) {
    const { kind, fields } = readObject(frame, address)
    if (kind === 'list') continue
    for (const [operator, operand] of fields) {
      const one = states.test(operator) || negates.test(operator) ? valuesTest(frame, attribute, operand, origin) : null
      if (one !== null) return negates.test(operator) ? { whenTrue: one.whenFalse, whenFalse: one.whenTrue } : one
    }
  }
  return valuesTest(frame, attribute, value, origin)
}

function valuesTest(frame: Frame, attribute: string, value: Value, origin: number): Test | null {
  const listed = objectThings(value).flatMap(({ address }) => {
    const { kind, fields, element } = readObject(frame, address)
    return kind === 'list' ? [...fields.values(), element] : []
  })
  const texts = [value, ...listed].flatMap((one) => one.texts.map(knownText))
  return texts.length === 0 ? null : subjectTest(frame, origin, attribute, texts)
}
