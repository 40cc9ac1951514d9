/** Values under facts: what was chosen on one side of a guard keeps the guard, so that only pairs that can meet are reported. */
import type { FactTable, Facts } from './facts.js'
import type { Frame } from './frame.js'
import type { Text } from './text.js'
import { nothing, type Datum, type Thing, type Value } from './value.js'

/** The value where these facts hold; parts that contradict them drop out. */
export function underFacts(value: Value, facts: Facts, table: FactTable): Value {
  if (facts === table.none || value === nothing) return value
  const things: Thing[] = []
  for (const thing of value.things) {
    const when = table.both(thing.when, facts)
    if (when !== null) things.push(when === thing.when ? thing : { ...thing, when })
  }
  const texts: Text[] = []
  for (const text of value.texts) {
    const when = table.both(text.when, facts)
    if (when !== null) texts.push(when === text.when ? text : { ...text, when })
  }
  const data = new Map<string, Datum>()
  for (const datum of value.data.values()) {
    const when = table.both(datum.when, facts)
    if (when === null) continue
    const tagged = when === datum.when ? datum : { ...datum, when, key: datumKey(datum, when) }
    data.set(tagged.key, tagged)
  }
  const opaqueWhen = value.opaque === null ? null : table.both(value.opaque.when, facts)
  const opaque = value.opaque !== null && opaqueWhen !== null ? { ...value.opaque, when: opaqueWhen } : null
  return { data, texts, things, opaque, test: value.test }
}

/** What is put into a collection on one side of a guard keeps the guard. */
export function asGuarded(frame: Frame, value: Value): Value {
  const { facts } = frame.state
  return facts === frame.activation.facts ? value : underFacts(value, facts, frame.machine.facts)
}

export function datumKey(datum: Pick<Datum, 'key'>, when: Facts): string {
  const base = datum.key.split('?', 1)[0]!
  return when.key === '' ? base : `${base}?${when.key}`
}

/** Tags a value with what a branch knew beyond what still holds after it. */
export function constantWhen(value: Value, known: Facts, holds: Facts, table: FactTable): Value {
  return known === holds ? value : underFacts(value, known, table)
}
