/**
 * Where data enters: members read of what is not known, names bound to it, keys and labels it stands beside. Evidence in
 * order: a declared field (type, schema, comment), a field name with a person-like owner, a strong name alone.
 */
import type { EntityField } from '../ir/ir.js'
import type { NameMatch } from '../catalog/names.js'
import type { Span } from '../location.js'
import type { Machine } from './machine.js'
import { noData, sure, type Datum, type Opaque, type Place, type Step, type Value } from './value.js'

export interface Evidence {
  dataClass: string
  sureness: number
  party: string | null
}

export interface Owner {
  is: 'person' | 'not-person' | 'neutral'
  party: string | null
  strong: boolean
}

/** Party and person-likeness of the nearest owner that says anything; what is far away (a database, a module) no longer denies. */
export function ownerOf(machine: Machine, names: readonly string[]): Owner {
  for (const [distance, name] of names.entries()) {
    const owner = machine.knowledge.names.owner(name)
    if (owner.is === 'person' || (owner.is === 'not-person' && distance < 2)) return owner
  }
  return { is: 'neutral', party: null, strong: false }
}

/** `prompt.toUserMessage()`: the name tells a form, not what is in it. */
export function isConversion(name: string): boolean {
  return /^(?:to|as|with)(?:[A-Z]|_)/.test(name)
}

/** What a member of an unknown object is. */
export function memberEvidence(machine: Machine, opaque: Opaque, key: string): Evidence | null {
  const entity = opaque.entity ?? opaque.holds
  const owners = entity === null || entity.entity.name === '' ? opaque.names : [entity.entity.name, ...opaque.names]
  if (isConversion(key)) return null
  const whole = classOfOwner(machine, key, opaque.names[0] ?? '')
  if (whole !== null) return weigh(machine, whole, ownerOf(machine, owners))
  if (entity !== null) {
    const found = machine.shapes.field(entity, key)
    if (found !== undefined) return machine.shapes.evidence(entity.entity.name, found.field, ownerOf(machine, owners))
  }
  for (const owner of owners) {
    const declared = machine.knowledge.declaredField(owner, key)
    if (declared === 'none') return null
    if (declared !== null) return declared
  }
  if (machine.knowledge.names.isContentless(key)) return null
  const found = nameEvidence(machine, key, owners)
  if (found !== null) return found
  const input = machine.knowledge.input([key, ...opaque.names], 'member')
  return input === null ? null : { ...input, party: null }
}

/** `emailAddress.address`: the owner's own name says what it is, better than a weak one of a member. */
function classOfOwner({ knowledge: { names } }: Machine, key: string, owner: string): NameMatch | null {
  const match = names.identifier(key)
  if (match?.strength !== 'context') return null
  const whole = names.identifier(owner)
  return whole === null || whole.strength === 'context' || whole.dataClass === match.dataClass ? null : whole
}

/** What a declared field is: by the policy, an annotation or a comment, its name and its owner. */
export function fieldEvidence(machine: Machine, entity: string, field: EntityField, of: Owner): Evidence | null {
  const { knowledge } = machine
  const owner = field.owner === undefined ? of : ownerOf(machine, [field.owner])
  const declared = knowledge.declaredField(entity, field.name)
  if (declared === 'none') return null
  if (declared !== null) return declared
  const annotated = /@personalData\s+([a-z][a-z-]*)/.exec(field.comment ?? '')
  if (annotated !== null) return { dataClass: annotated[1]!, sureness: sure.certain, party: owner.party }
  if (isScalarFlag(field)) return null
  const label = field.comment === undefined ? null : knowledge.names.label(field.comment)
  if (label !== null && owner.is !== 'not-person')
    return { dataClass: label.dataClass, sureness: sure.certain, party: owner.party }
  if (knowledge.names.isContentless(field.name)) return null
  const own = knowledge.names.identifier(field.name)
  const stored = field.stored === undefined ? null : knowledge.names.identifier(field.stored)
  const match = own === null || (own.strength === 'context' && stored !== null) ? stored : own
  if (match === null) return null
  if (isSaid(machine, match, entity, owner))
    return { dataClass: match.dataClass, sureness: sure.possible, party: owner.party }
  if (owner.is === 'person') return { dataClass: match.dataClass, sureness: sure.certain, party: owner.party }
  return weigh(machine, match, owner)
}

function isScalarFlag(field: EntityField): boolean {
  return field.type?.name === 'boolean'
}

/** What a member says by its name and its owners. */
export function nameEvidence(machine: Machine, key: string, owners: readonly string[]): Evidence | null {
  const { names } = machine.knowledge
  const match = names.identifier(key) ?? (/[\u0300-\uffff]/.test(key) ? names.label(key) : null)
  if (match === null) return null
  const owner = ownerOf(machine, owners)
  if (isSaid(machine, match, owners[0] ?? '', owner))
    return { dataClass: match.dataClass, sureness: sure.possible, party: owner.party }
  return weigh(machine, match, owner)
}

/** `userInput.message`: what somebody says to a program, of whom no more is known. */
function isSaid({ knowledge }: Machine, match: NameMatch, of: string, owner: Owner): boolean {
  if (match.dataClass !== knowledge.recordClass || match.strength !== 'context' || owner.strong) return false
  return knowledge.names.identifier(of)?.dataClass === knowledge.recordClass
}

function weigh({ knowledge }: Machine, match: NameMatch, owner: Owner): Evidence | null {
  const strong = match.strength !== 'context'
  if (owner.is === 'person') return { dataClass: match.dataClass, sureness: sure.likely, party: owner.party }
  if (!strong || (owner.is === 'not-person' && knowledge.ofThings(match.dataClass))) return null
  return {
    dataClass: match.dataClass,
    sureness: owner.is === 'not-person' ? sure.possible : sure.likely,
    party: owner.party,
  }
}

/** What a name alone says of an unknown value bound to it. */
export function bareEvidence(machine: Machine, name: string): Evidence | null {
  if (machine.knowledge.names.isContentless(name)) return null
  const match =
    machine.knowledge.names.identifier(name) ??
    (/[\u0300-\uffff]/.test(name) ? machine.knowledge.names.label(name) : null)
  if (match === null || match.strength === 'context') return null
  return { dataClass: match.dataClass, sureness: alone(machine, match.dataClass), party: null }
}

/** How sure a name or label alone is: of free text it says only that it may be anyone's. */
export function alone(machine: Machine, dataClass: string): number {
  return dataClass === machine.knowledge.recordClass ? sure.possible : sure.likely
}

export function datum(
  machine: Machine,
  evidence: Evidence,
  opaque: Pick<Opaque, 'origin' | 'when'>,
  place: Place,
  name: string,
): Datum {
  const step: Step = { ...place, previous: null, kind: 'source', name, depth: 1 }
  const base = `${evidence.dataClass}@${place.module}:${place.span.start}:${opaque.origin}`
  return {
    key: opaque.when.key === '' ? base : `${base}?${opaque.when.key}`,
    dataClass: evidence.dataClass,
    sureness: evidence.sureness,
    origins: [opaque.origin],
    when: opaque.when,
    party: evidence.party,
    pseudonymised: false,
    sanitizers: [],
    standsFor: null,
    removed: [],
    step,
  }
}

/** An unknown value, found to be of a class. */
export function asSource(machine: Machine, value: Value, evidence: Evidence | null, place: Place, name: string): Value {
  if (evidence === null || value.opaque === null) return value
  const found = datum(machine, evidence, value.opaque, place, name)
  return { ...value, data: new Map([[found.key, found]]) }
}

/** Whether a value is unknown and not yet known to carry anything, or only what anybody may have written. */
export function isBlank(machine: Machine, value: Value): boolean {
  const { recordClass } = machine.knowledge
  const isOpen = value.opaque !== null && value.things.length === 0 && value.texts.length === 0 && !value.opaque.scalar
  return (
    isOpen && [...value.data.values()].every((one) => one.dataClass === recordClass && one.sureness === sure.possible)
  )
}

const longestTrace = 40

/** Steps that data has taken already: the same again gives the same data, which joins as fast as it compares. */
const taken = new WeakMap<
  Value['data'],
  Map<Span, { kind: string; name: string; module: number; data: Value['data'] }>
>()

/** The data with one more step on its way; consecutive steps at one place are one. */
export function stepped(data: Value['data'], kind: Step['kind'], name: string, place: Place): Value['data'] {
  if (data.size === 0) return noData
  let steps = taken.get(data)
  if (steps === undefined) taken.set(data, (steps = new Map()))
  const before = steps.get(place.span)
  if (before !== undefined && before.kind === kind && before.name === name && before.module === place.module)
    return before.data
  const result = new Map<string, Datum>()
  for (const [key, known] of data) {
    const { step } = known
    const same = step.module === place.module && step.span.start === place.span.start
    result.set(
      key,
      same || step.depth >= longestTrace
        ? known
        : { ...known, step: { ...place, previous: step, kind, name, depth: step.depth + 1 } },
    )
  }
  steps.set(place.span, { kind, name, module: place.module, data: result })
  return result
}

const plainSteps = 10

export function withStep(value: Value, kind: Step['kind'], name: string, place: Place): Value {
  if (value.data.size === 0) return value
  const [first] = value.data.values()
  const told = first!.step.depth >= plainSteps && (kind === 'bound' || kind === 'member' || kind === 'text')
  return told ? value : { ...value, data: stepped(value.data, kind, name, place) }
}

/** Less sure by one call to unseen code, until it fades; guards of what it gives speak of the data too. */
export function weakened(
  machine: Machine,
  data: Value['data'],
  place: Place,
  name: string,
  origin: number,
): Value['data'] {
  if (data.size === 0) return noData
  const result = new Map<string, Datum>()
  for (const [key, known] of stepped(data, 'through', name, place)) {
    const sureness = known.sureness - (machine.knowledge.fades(known.dataClass) ? 3 : 1)
    if (sureness > 0)
      result.set(key, {
        ...known,
        sureness,
        origins: known.origins.includes(origin) ? known.origins : [...known.origins, origin].slice(0, 4),
      })
  }
  return result
}
