/** What comparisons and memberships tell of the subject: `customer.country === 'JP'`, `['JP'].includes(c.country)`. */
import type { FactTable, Test } from './facts.js'
import { readObject, type Frame } from './frame.js'
import { knownText } from './text.js'
import { objectThings, type Value } from './value.js'

/** The test of `left === right`, where one side is a subject attribute and the other a constant. */
export function compare(frame: Frame, left: Value, right: Value): Test | null {
  return (
    attributeTest(frame, left, right) ??
    attributeTest(frame, right, left) ??
    booleanTest(frame, left, right) ??
    booleanTest(frame, right, left)
  )
}

/** `isJapanese(c) === true` */
function booleanTest(frame: Frame, tested: Value, constant: Value): Test | null {
  const known = constant.texts.length === 1 ? knownText(constant.texts[0]!) : null
  if (known !== 'true' && known !== 'false') return null
  const test = testOfResult(tested, frame.machine.facts)
  if (test === null) return null
  return known === 'true' ? test : { whenTrue: test.whenFalse, whenFalse: test.whenTrue }
}

function attributeTest(frame: Frame, tested: Value, constant: Value): Test | null {
  if (tested.opaque?.attribute !== true || constant.texts.length === 0) return null
  return subjectTest(frame, tested.opaque.origin, tested.opaque.names[0] ?? '', constant.texts.map(knownText))
}

/** The attribute is one of these values. */
export function subjectTest(
  frame: Frame,
  origin: number,
  attribute: string,
  values: readonly (string | null)[],
): Test | null {
  const { facts, knowledge } = frame.machine
  const subjects = values.map((value) =>
    value === null ? null : (knowledge.memberGuard(attribute, value) ?? knowledge.names.subjectValue(value)),
  )
  if (subjects.length === 0) return null
  const none = facts.none
  if (subjects.every((subject) => subject === 'japan'))
    return { whenTrue: facts.one(origin, 'japan'), whenFalse: facts.one(origin, 'other') }
  if (subjects.every((subject) => subject === 'other')) return { whenTrue: facts.one(origin, 'other'), whenFalse: none }
  if (subjects.includes('japan')) return { whenTrue: none, whenFalse: facts.one(origin, 'other') }
  return null
}

/** `list.includes(c.country)`, `set.has(c.country)`, with constant elements. */
export function membershipTest(frame: Frame, list: Value, tested: Value): Test | null {
  if (tested.opaque?.attribute !== true) return null
  const values = objectThings(list).flatMap((thing) => {
    const { fields, element } = readObject(frame, thing.address)
    return [...fields.values(), element].flatMap((value) => value.texts.map(knownText))
  })
  return values.length === 0 ? null : subjectTest(frame, tested.opaque.origin, tested.opaque.names[0] ?? '', values)
}

/** A function that returns `true` under some facts and `false` under others is a test. */
export function testOfResult(value: Value, table: FactTable): Test | null {
  if (value.test !== null) return value.test
  if (value.texts.length < 1 || value.things.length > 0 || value.opaque !== null) return null
  let whenTrue: Test['whenTrue'] | null = null
  let whenFalse: Test['whenFalse'] | null = null
  for (const text of value.texts) {
    const known = knownText(text)
    if (known === 'true') whenTrue = whenTrue === null ? text.when : table.either(whenTrue, text.when)
    else if (known === 'false') whenFalse = whenFalse === null ? text.when : table.either(whenFalse, text.when)
    else return null
  }
  return whenTrue === null && whenFalse === null
    ? null
    : { whenTrue: whenTrue ?? table.none, whenFalse: whenFalse ?? table.none }
}
