/** Reading members and elements. */
import { bareName } from '../catalog/ecosystems.js'
import type { Span } from '../location.js'
import { readyMade } from './clients.js'
import { constantText } from './patterns.js'
import { allocate, cellOf, importedValue, libraryOf, packageValue, place, readObject, type Frame } from './frame.js'
import { allocateName, classMember, recordMember } from './classes.js'
import { isVariable, variableValue } from './environment.js'
import { subjectTest } from './guards.js'
import { emptyRecord, keysField, type HeapObject } from './heap.js'
import { opaqueValue, typed } from './outside.js'
import { recordShape } from './shapes.js'
import { asSource, memberEvidence } from './sources.js'
import { underFacts } from './tag.js'
import { knownText } from './text.js'
import { idOf, join, joinAll, nothing, sure, thingValue, type Opaque, type Thing, type Value } from './value.js'

/** The member `key` of a value; `dynamic` is the key's value where it is not constant (key null). */
export function readMember(frame: Frame, value: Value, key: string | null, dynamic: Value, span: Span): Value {
  const name = key ?? constantText(dynamic)
  let result = nothing
  for (const thing of value.things) result = join(result, memberOfThing(frame, thing, name, dynamic, span))
  if (key === null) for (const thing of value.things) noteSetting(frame, thing, dynamic)
  const member = value.opaque === null ? nothing : memberOfOpaque(frame, value.opaque, name, span)
  if (member !== nothing) result = join(result, member)
  if (
    value.data.size > 0 &&
    member.data.size === 0 &&
    member.opaque?.scalar !== true &&
    !isThing(frame, name) &&
    (name === null || !frame.machine.knowledge.names.isContentless(name) || /^\d+$/.test(name))
  )
    result = join(result, { ...nothing, data: value.data })
  return result
}

/** `process.env[name]` */
function noteSetting(frame: Frame, thing: Thing, key: Value): void {
  if (thing.kind !== 'package' || !libraryOf(frame).environment.has(globalPath(frame, thing))) return
  for (const text of key.texts) frame.machine.settingReaders.note(frame.activation, text)
}

/** `productName` of a result is of a product, whatever the result was asked with. */
function isThing(frame: Frame, name: string | null): boolean {
  if (name === null || !/[a-z][A-Z]|_/.test(name)) return false
  const last = /[A-Z]?[a-z0-9]+$/.exec(name)?.[0].toLowerCase() ?? ''
  return (
    !frame.machine.knowledge.plays('holders', last) && frame.machine.knowledge.names.owner(name).is === 'not-person'
  )
}

function memberOfThing(frame: Frame, thing: Thing, name: string | null, dynamic: Value, span: Span): Value {
  const { machine } = frame
  switch (thing.kind) {
    case 'object':
      return underFacts(memberOfObject(frame, thing.address, name, dynamic, span), thing.when, machine.facts)
    case 'namespace':
      if (name === null) return nothing
      return importedValue(frame, machine.program.exported(thing.module, name), name)
    case 'package': {
      const made = readyMade(frame, thing)
      if (made !== null && name !== null) return memberOfThing(frame, made, name, dynamic, span)
      return packageMember(frame, thing, name, span)
    }
    case 'client':
      if (name === null) return joinAll([thing, ...partsOfClient(thing)].map(thingValue))
      return thingValue({ ...thing, path: memberPath(thing, name) })
    case 'made':
      if (name === null) return thingValue(thing)
      return thingValue({ ...thing, path: thing.path === '' ? name : `${thing.path}.${name}` })
    case 'class':
      return name === null ? nothing : classStatic(frame, thing, name, span)
    case 'method':
    case 'function':
      if (name === null) return nothing
      return thing.kind === 'function'
        ? machine.read(
            cellOf(machine.moduleActivation(thing.closure.module), `property ${idOf(thing.node)}.${name}`),
            frame.activation,
          )
        : nothing
  }
}

/** A member of a class; of a record's class that does not have it, the store that gives its records: `Customer.objects`. */
function classStatic(frame: Frame, thing: Thing & { kind: 'class' }, name: string, span: Span): Value {
  const { machine } = frame
  if (name === allocateName)
    return allocate(frame, thing.node, { ...emptyRecord, kind: 'instance', class: thing }, 'made')
  const found = classMember(frame, thing, name, true, null)
  const shape = found === nothing ? recordShape(machine, thing) : null
  if (shape === null) return found
  const store = opaqueValue(machine, `store ${idOf(thing.node)}.${name}`, [name], null, place(frame, span))
  const attribute = machine.knowledge.names.subjectAttribute(name) !== null
  return { ...store, opaque: { ...store.opaque!, holds: shape, attribute } }
}

/** A member of something of a package, or of the globals (package ''): an environment variable, a source, or a longer path. */
function packageMember(frame: Frame, thing: Thing & { kind: 'package' }, name: string | null, span: Span): Value {
  const { machine } = frame
  const path = globalPath(frame, thing)
  const library = libraryOf(frame)
  if (library.environment.has(path) && !library.environmentCall(`${path}.${name ?? ''}`)) {
    if (name !== null && machine.knowledge.plays('holders', name)) return thingValue(thing)
    const hole = { environment: name, fallback: [] }
    return {
      ...nothing,
      texts: [{ parts: [hole], when: machine.facts.none, at: { module: frame.unit.index, ...span } }],
    }
  }
  if (name === null) return thingValue(thing)
  const state = thing.package === '' ? null : stateAt(frame, thing.package, memberPath(thing, name))
  if (state !== null) return state
  const source =
    thing.package === '' ? undefined : machine.knowledge.package(thing.package)?.sources.get(memberPath(thing, name))
  if (source?.member !== undefined) {
    const at = place(frame, span)
    const value = opaqueValue(machine, `source ${thing.package}.${memberPath(thing, name)}`, [name], null, at)
    return asSource(
      machine,
      value,
      { dataClass: source.dataClass, sureness: sure[source.confidence], party: null },
      at,
      name,
    )
  }
  if (thing.package === '' && libraryOf(frame).globalObjects.has(thing.path))
    return thingValue({ ...thing, path: name })
  return packageValue(machine, thing.package, memberPath(thing, name), thing.when)
}

/** `st.session_state`: one record of the whole program. */
export function stateAt({ machine }: Frame, name: string, path: string): Value | null {
  if (machine.knowledge.package(name)?.states.has(path) !== true) return null
  const address = machine.heap.address(`state ${name} ${path}`)
  if (!machine.heap.has(address)) machine.addObject(address, emptyRecord)
  return thingValue({ kind: 'object', address, when: machine.facts.none })
}

const mostParts = 12

/** `client[part]`: the members of a client that lead to its calls. */
function partsOfClient(thing: Thing & { kind: 'client' }): Thing[] {
  const prefix = thing.path === '' ? '' : `${thing.path}.`
  const parts = thing.instance.client.calls.flatMap(({ method }) =>
    method.startsWith(prefix) ? (/^[^.(]+/.exec(method.slice(prefix.length)) ?? []) : [],
  )
  return [...new Set(parts)].slice(0, mostParts).map((part) => ({ ...thing, path: memberPath(thing, part) }))
}

export function memberPath({ path }: { path: string }, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

export function globalPath(_frame: Frame, thing: Thing & { kind: 'package' }): string {
  if (thing.package === '') return thing.path
  const name = bareName(thing.package)
  const path = thing.path.replace(/^default(\.|$)/, '')
  return path === '' ? name : `${name}.${path}`
}

function memberOfObject(frame: Frame, address: number, name: string | null, dynamic: Value, span: Span): Value {
  const object = readObject(frame, address, name)
  if (name === null) {
    const known = keyed(frame, object, dynamic)
    return object.class === null ? known : join(known, anyMethod(frame, object.class, address))
  }
  let result = object.fields.get(name) ?? nothing
  if (object.kind === 'list') {
    if (/^-?\d+$/.test(name)) result = join(result, object.element)
  } else if (object.fields.get(name) === undefined && !frame.machine.knowledge.names.isContentless(name))
    result = join(result, object.element)
  if (object.class !== null && (result === nothing || object.fields.get(name) === undefined))
    result = join(result, classMember(frame, object.class, name, false, address))
  if (object.rest !== nothing && object.fields.get(name) === undefined)
    result = join(result, readMember(frame, object.rest, name, nothing, span))
  return result
}

/** `service[action]`: any method of the class. */
function anyMethod(frame: Frame, thing: Thing & { kind: 'class' }, address: number): Value {
  const names = thing.node.members.flatMap(({ key, member, static: isStatic }) =>
    member === 'method' && !isStatic && key.kind === 'constant' ? [String(key.value)] : [],
  )
  return joinAll(names.slice(0, mostParts).map((name) => classMember(frame, thing, name, false, address)))
}

/** `japanese[customer.country]`: of a table of some keys, whether there is something tells the key. */
function keyed(frame: Frame, object: HeapObject, dynamic: Value): Value {
  const known = byAnyKey(frame, object.fields, join(object.element, object.rest), dynamic)
  const { opaque } = dynamic
  const isTable = object.kind === 'record' && object.element === nothing && object.rest === nothing
  if (!isTable || opaque?.attribute !== true || object.fields.size === 0 || known === nothing) return known
  const absent = [...object.fields.values()].some(({ texts }) => texts.some((text) => knownText(text) === 'false'))
  const test = absent
    ? null
    : subjectTest(
        frame,
        opaque.origin,
        opaque.names[0] ?? '',
        [...object.fields.keys()].filter((key) => key !== keysField),
      )
  return test === null ? known : { ...known, test }
}

/** `clients[customer.country]`: a key that is a subject attribute chooses by subject. */
function byAnyKey(frame: Frame, fields: ReadonlyMap<string, Value>, rest: Value, dynamic: Value): Value {
  const { machine } = frame
  const { opaque } = dynamic
  let result = rest
  for (const [key, value] of fields) {
    if (key === keysField) continue
    const subject = opaque?.attribute === true ? machine.knowledge.names.subjectValue(key) : null
    result = join(
      result,
      subject === null ? value : underFacts(value, machine.facts.one(opaque!.origin, subject), machine.facts),
    )
  }
  return result
}

function memberOfOpaque(frame: Frame, opaque: Opaque, name: string | null, span: Span): Value {
  const { machine } = frame
  if (name === null || /^\d+$/.test(name)) {
    const column = name === null || opaque.list ? null : columnAt(frame, opaque, Number(name))
    if (column !== null) return memberOfOpaque(frame, opaque, column, span)
    return { ...nothing, opaque: { ...opaque, list: false } }
  }
  const { names } = machine.knowledge
  const bound = machine.knowledge.binding(`${opaque.names[0] ?? ''}.${name}`)
  if (bound !== null) return packageValue(machine, bound.package, bound.path)
  if (isVariable(name) && machine.knowledge.plays('environments', opaque.names[0] ?? ''))
    return variableValue(frame, name, span)
  const held = holderOf(frame, opaque, name)
  let member: Value & { opaque: Opaque } = {
    ...nothing,
    opaque: {
      ...opaque,
      names: held === null ? [name, ...opaque.names].slice(0, 6) : opaque.names,
      own: 1,
      entity: held,
      returns: null,
      holds: null,
      place: place(frame, span),
      list: false,
      scalar: false,
      text: false,
      attribute: false,
    },
  }
  const shape = opaque.entity ?? opaque.holds
  if (shape !== null) {
    const own = opaque.entity === null ? nothing : recordMember(frame, { ...nothing, opaque }, name)
    if (own !== nothing) return own
    const field = machine.shapes.field(shape, name)
    if (field?.field.returns !== undefined) {
      const { returns: type, asks } = field.field
      const returns = { module: field.module, type, ...(asks === undefined ? {} : { asks }) }
      return { ...member, opaque: { ...member.opaque, returns, text: true } }
    }
    if (field !== undefined) {
      const type = machine.program.entity(field.module, field.field.type)
      const declared = typed(machine, field.module, member, field.field.type)
      if (declared.opaque === null) return declared
      member = {
        ...declared,
        opaque: { ...declared.opaque, entity: type, text: type === null && field.field.type !== undefined },
      }
    }
  }
  if (names.subjectAttribute(name) !== null || machine.knowledge.memberGuard(name, '') !== null)
    return { ...member, opaque: { ...member.opaque, attribute: true } }
  const predicate = names.predicate(name)
  if (predicate !== null) {
    const other = predicate === 'japan' ? 'other' : 'japan'
    const test = {
      whenTrue: machine.facts.one(opaque.origin, predicate),
      whenFalse: machine.facts.one(opaque.origin, other),
    }
    return { ...member, opaque: { ...member.opaque, scalar: true }, test }
  }
  return asSource(machine, member, memberEvidence(machine, opaque, name), place(frame, span), labelOf(opaque, name))
}

/** `row[1]`: the column at its place in the query. */
function columnAt({ machine }: Frame, { entity }: Opaque, at: number): string | null {
  if (entity === null || !machine.shapes.ordered.has(entity.entity)) return null
  return entity.entity.fields[at]?.name ?? null
}

/** `rows` of a result, `data` of an answer: the records themselves. */
function holderOf({ machine }: Frame, opaque: Opaque, name: string): Opaque['entity'] {
  if (!machine.knowledge.plays('holders', name)) return null
  const held = opaque.holds ?? opaque.entity
  return held === null || machine.shapes.field(held, name) !== undefined ? null : held
}

function labelOf(opaque: Opaque, name: string): string {
  const owner = opaque.names[0]
  return owner === undefined ? name : `${owner}.${name}`
}

/** An element of a list, a stream, a set. */
export function elementOf(frame: Frame, value: Value): Value {
  const { machine } = frame
  const parts: Value[] = []
  for (const thing of value.things) {
    if (thing.kind === 'object') {
      const object = readObject(frame, thing.address)
      const own = [...object.fields].flatMap(([key, field]) => (key === keysField ? [] : field))
      const all = [...own, object.element, elementOf2(frame, object.rest)]
      parts.push(underFacts(joinAll(all), thing.when, machine.facts))
    } else if (thing.kind === 'client') parts.push(thingValue(thing))
  }
  if (value.opaque !== null) {
    const { entity, holds } = value.opaque
    parts.push({ ...nothing, opaque: { ...value.opaque, entity: entity ?? holds, list: false } })
  }
  if (value.data.size > 0) parts.push({ ...nothing, data: value.data })
  return joinAll(parts)
}

function elementOf2(frame: Frame, value: Value): Value {
  return value === nothing ? nothing : elementOf(frame, value)
}
