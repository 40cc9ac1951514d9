/** What library operations do with elements, text and callbacks, on values whose class is not the program's own. */
import type { Given, Site } from './calls.js'
import { apply, call, calleeName } from './calls.js'
import { collectionFunction, collectionOperation } from './collections.js'
import { flat } from './evaluate.js'
import { allocate, libraryOf, place, readObject, writeObject, type Frame } from './frame.js'
import { membershipTest, subjectTest } from './guards.js'
import { emptyList, emptyRecord, keysField } from './heap.js'
import { elementOf, readMember } from './members.js'
import type { OperationKind } from './operations.js'
import { opaqueValue } from './outside.js'
import { spreadInto } from './spread.js'
import { among, fieldsOf, pairsOf } from './turns.js'
import { asSource, isBlank, withStep } from './sources.js'
import { asGuarded, underFacts } from './tag.js'
import { constantText, knownText, unknownHole, type Text } from './text.js'
import { idOf, isNothing, join, joinAll, joinData, nothing, objectThings, thingValue, type Value } from './value.js'
import { keysOf, writeKeys } from './keys.js'

const withCallback = new Set<OperationKind>([
  'map',
  'flat-map',
  'each',
  'filter',
  'find',
  'reduce',
  'then',
  'catch',
  'finally',
])

/** The result of a library method, or null where the name is none or the receiver is not of its kind. */
export function methodOperation(frame: Frame, receiver: Value, name: string, args: Given[], site: Site): Value | null {
  const kind = libraryOf(frame).method(name)
  if (kind === null) return null
  const first = args[0]?.value ?? nothing
  const callback = first.things.some(
    (thing) => thing.kind === 'function' || thing.kind === 'package' || thing.kind === 'method',
  )
  if (withCallback.has(kind) && !callback)
    return kind === 'then' || kind === 'catch' || kind === 'finally' ? receiver : null
  const objects = objectThings(receiver)
  // Customer.objects.get(phone=…): a query, no member
  if (kind === 'get' && args.length > 0 && args.every((arg) => arg.name !== undefined || arg.keywords === true))
    return null
  // db.insert(customers).values({ … }): a clause of a query, no list
  if (kind === 'elements' && objects.length === 0 && args.length > 0 && receiver.opaque?.holds != null) return null
  const known =
    objects.length > 0 ||
    receiver.data.size > 0 ||
    receiver.texts.length > 0 ||
    (kind === 'same' && receiver.test !== null)
  if (
    !known &&
    receiver.opaque === null &&
    !receiver.things.some((thing) => thing.kind === 'function' || thing.kind === 'client')
  )
    return null
  return operate(frame, kind, receiver, args, site)
}

function operate(frame: Frame, kind: OperationKind, receiver: Value, args: Given[], site: Site): Value | null {
  const first = args[0]?.value ?? nothing
  const given = (value: Value): Given[] => [{ value, spread: false, name: undefined }]
  switch (kind) {
    case 'map':
    case 'flat-map': {
      const result = call(
        frame,
        first,
        [...given(elementOf(frame, receiver)), ...given(nothing), ...given(receiver)],
        site,
      )
      return allocate(
        frame,
        site,
        {
          ...emptyList,
          element: kind === 'map' ? result : join(elementOf(frame, result), { ...nothing, data: result.data }),
        },
        'map',
      )
    }
    case 'each':
      call(frame, first, [...given(elementOf(frame, receiver)), ...given(nothing), ...given(receiver)], site)
      return nothing
    case 'filter':
    case 'find':
      return filtered(frame, kind, receiver, first, site)
    case 'reduce':
      return reduced(frame, receiver, first, args[1]?.value, site)
    case 'append':
      for (const arg of args) {
        const value = asGuarded(frame, arg.spread ? elementOf(frame, arg.value) : arg.value)
        for (const thing of objectThings(receiver))
          writeObject(frame, thing.address, null, withStep(value, 'element', '', place(frame, site.span)), false)
      }
      return receiver
    case 'set': {
      const key = args.length > 1 && first.texts.length === 1 ? knownText(first.texts[0]!) : null
      const value = asGuarded(frame, args[1]?.value ?? first)
      const alone = key !== null && objectThings(receiver).length === 1
      if (key === null && args.length > 1) writeKeys(frame, receiver, first)
      for (const thing of objectThings(receiver))
        writeObject(frame, thing.address, key, withStep(value, 'member', key ?? '', place(frame, site.span)), alone)
      return receiver
    }
    case 'get': {
      if (args.length === 0) return objectThings(receiver).length === 0 ? receiver : elementOf(frame, receiver)
      const key = first.texts.length === 1 ? knownText(first.texts[0]!) : null
      if (objectThings(receiver).length === 0 && key === null) return null
      const found = entered(frame, receiver, readMember(frame, receiver, key, first, site.span), site)
      return args.length > 1 ? join(found, args[1]!.value) : found
    }
    case 'elements': {
      const lists = [receiver, ...args.map((arg) => arg.value).filter((value) => objectThings(value).length > 0)]
      if (objectThings(receiver).length === 0) return textual(frame, receiver, args)
      return allocate(
        frame,
        site,
        { ...emptyList, element: joinAll(lists.map((list) => elementOf(frame, list))) },
        'elements',
      )
    }
    case 'take': {
      const taken = elementOf(frame, receiver)
      dropKey(frame, receiver, args)
      return taken
    }
    case 'extend':
    case 'set-default':
    case 'update':
    case 'take-key':
    case 'items':
    case 'join-given':
    case 'format':
    case 'left-out':
    case 'same':
    case 'fill':
    case 'write-into':
    case 'written':
      return collectionOperation(frame, kind, receiver, args, site)
    case 'join':
      return { ...nothing, data: flat(frame, receiver).data, texts: elementOf(frame, receiver).texts.slice(0, 1) }
    case 'text':
      return textual(frame, receiver, args)
    case 'then': {
      const results = args.map((arg, index) => call(frame, arg.value, given(index === 0 ? receiver : nothing), site))
      return joinAll(results)
    }
    case 'catch':
      return join(receiver, call(frame, first, given(nothing), site))
    case 'finally':
      call(frame, first, [], site)
      return receiver
    case 'includes':
      return { ...among(frame, receiver, first), test: membershipTest(frame, receiver, first) }
    case 'included':
      return { ...nothing, test: membershipTest(frame, first, receiver) }
    case 'starts': {
      const { opaque } = receiver
      const test =
        opaque?.attribute === true
          ? subjectTest(frame, opaque.origin, opaque.names[0] ?? '', first.texts.map(knownText))
          : null
      return { ...nothing, test }
    }
    case 'bind': {
      // ask.bind(null, customer.phone)
      const bound = args.slice(1)
      if (bound.length > 0)
        apply(frame, { callee: receiver, receiver: first, name: '', args: bound, construct: false, site })
      return {
        ...receiver,
        things: receiver.things.map((thing) =>
          thing.kind === 'function' && !isNothing(first) ? { ...thing, self: first } : thing,
        ),
      }
    }
    case 'call':
    case 'apply': {
      const rest = kind === 'call' ? args.slice(1) : args.slice(1, 2).map((arg) => ({ ...arg, spread: true }))
      return apply(frame, { callee: receiver, receiver: first, name: '', args: rest, construct: false, site })
    }
    case 'nothing':
      for (const arg of args)
        if (arg.value.things.some((thing) => thing.kind === 'function'))
          call(frame, arg.value, given(elementOf(frame, receiver)), site)
      return nothing
    default:
      return functionOperation(frame, kind, args, site)
  }
}

/** `map.remove("phone")`: where the map is known to be one, what stood under the key is there no more. */
export function dropKey(frame: Frame, receiver: Value, args: readonly Given[]): void {
  const [text] = args[0]?.value.texts ?? []
  const key = args.length === 1 && text !== undefined ? knownText(text) : null
  const objects = objectThings(receiver)
  if (key === null || objects.length !== 1 || !readObject(frame, objects[0]!.address).fields.has(key)) return
  writeObject(frame, objects[0]!.address, key, nothing, true)
}

/** `c.FormValue('message')`: what people enter, where its name says no more. */
function entered(frame: Frame, receiver: Value, found: Value, site: Site): Value {
  const { machine } = frame
  if (receiver.opaque === null || !isBlank(machine, found)) return found
  const name = site.callee === undefined ? '' : calleeName(site.callee)
  const input = machine.knowledge.input([name, ...receiver.opaque.names], 'call')
  return input === null ? found : asSource(machine, found, { ...input, party: null }, place(frame, site.span), name)
}

/** Text of the receiver and arguments; an unknown receiver stays what it is. */
/** `str(url)`: there is a text, and it is not known. */
function unknownText({ machine }: Frame): Text {
  return { parts: [unknownHole], when: machine.facts.none, at: null }
}

export function textual(frame: Frame, receiver: Value, args: Given[]): Value {
  const opaque = receiver.opaque
  let data = opaque !== null && receiver.data.size === 0 ? receiver.data : flat(frame, receiver).data
  for (const arg of args.slice(0, 3)) data = joinData(data, flat(frame, arg.value).data)
  return { ...nothing, data, texts: receiver.texts, opaque }
}

/** Elements for which a test holds keep what the test tells of them. */
export function filtered(frame: Frame, kind: 'filter' | 'find', receiver: Value, test: Value, site: Site): Value {
  const { machine } = frame
  const element = elementOf(frame, receiver)
  const verdict = apply(frame, {
    callee: test,
    receiver: nothing,
    name: nameOf(test),
    args: [{ value: element, spread: false, name: undefined }],
    construct: false,
    site,
  })
  const facts = verdict.test?.whenTrue ?? machine.facts.none
  if (kind === 'find') return underFacts(element, facts, machine.facts)
  if (receiver.opaque !== null && objectThings(receiver).length === 0) return underFacts(receiver, facts, machine.facts)
  return allocate(frame, site, { ...emptyList, element: underFacts(element, facts, machine.facts) }, 'filter')
}

function nameOf(value: Value): string {
  const [thing] = value.things
  return thing?.kind === 'function'
    ? thing.node.name
    : thing?.kind === 'package'
      ? thing.path.slice(thing.path.lastIndexOf('.') + 1)
      : ''
}

export function reduced(frame: Frame, receiver: Value, callback: Value, initial: Value | undefined, site: Site): Value {
  const element = elementOf(frame, receiver)
  let accumulated = initial ?? element
  for (let round = 0; round < 3; round++) {
    const args = [accumulated, element].map((value): Given => ({ value, spread: false, name: undefined }))
    const next = join(accumulated, call(frame, callback, args, site))
    if (next === accumulated) break
    accumulated = next
  }
  return accumulated
}

/** Operations that are functions of their own: `Object.assign(a, b)`, `Promise.all(xs)`. */
export function functionOperation(frame: Frame, kind: OperationKind, args: Given[], site: Site): Value | null {
  const values = args.filter(({ name, keywords }) => name === undefined && keywords !== true).map((arg) => arg.value)
  const first = values[0] ?? nothing
  const list = (element: Value) => allocate(frame, site, { ...emptyList, element }, 'list')
  switch (kind) {
    case 'merge':
      for (const value of values.slice(1))
        for (const thing of objectThings(first)) spreadInto(frame, thing.address, value, site.span)
      return objectThings(first).length > 0 ? first : joinAll(values)
    case 'values':
      return list(membersOf(frame, first))
    case 'entries': {
      const names = fieldsOf(frame, first)
      const known =
        names?.map((name): [string, Value] => [name, readMember(frame, first, name, nothing, site.span)]) ??
        pairsOf(frame, first)
      if (known !== null) return pairs(frame, known, site)
      const held: [string, Value][] = [
        ['0', keysOf(frame, first)],
        ['1', membersOf(frame, first)],
      ]
      return list(allocate(frame, site, { ...emptyList, fields: new Map(held) }, 'pair'))
    }
    case 'keys': {
      const keys = keysOf(frame, first)
      return keys === nothing ? nothing : list(keys)
    }
    case 'nothing':
      return nothing
    case 'identity':
    case 'text':
      return kind === 'identity'
        ? first
        : {
            ...nothing,
            data: joinAll(values.map((value) => ({ ...nothing, data: flat(frame, value).data }))).data,
            texts: first.texts.length > 0 || first.opaque === null ? first.texts : [unknownText(frame)],
          }
    case 'list': {
      const callback = values[1]
      const element = elementOf(frame, first)
      const spreadable = objectThings(first)
      if (callback !== undefined && callback.things.length > 0)
        return list(call(frame, callback, [{ value: element, spread: false, name: undefined }], site))
      if (spreadable.length === 1) {
        const object = readObject(frame, spreadable[0]!.address)
        return allocate(
          frame,
          site,
          {
            ...emptyList,
            element: object.kind === 'list' ? object.element : element,
            fields: object.kind === 'list' ? object.fields : new Map(),
          },
          'list',
        )
      }
      return list(element)
    }
    case 'list-of':
      return list(joinAll(values))
    case 'collection': {
      const element = elementOf(frame, first)
      const result = allocate(
        frame,
        site,
        { ...(args.length === 0 ? emptyRecord : emptyList), kind: 'list' },
        'collection',
      )
      for (const thing of objectThings(result)) {
        writeObject(frame, thing.address, null, element, false)
        writePairs(frame, thing.address, first, site)
      }
      return result
    }
    case 'run':
      return call(frame, first, [], site)
    case 'promise':
      return promised(frame, first, site)
    default:
      return collectionFunction(frame, kind, args, values, site)
  }
}

/** A list of pairs, one a member. */
function pairs(frame: Frame, known: readonly [string, Value][], site: Site): Value {
  const fields = known.map(([key, value], at): [string, Value] => {
    const name: Value = { ...nothing, texts: [constantText(key, frame.machine.facts.none, null)] }
    const pair = new Map([
      ['0', name],
      ['1', value],
    ])
    return [String(at), allocate(frame, site, { ...emptyList, fields: pair }, `pair ${key}`)]
  })
  return allocate(frame, site, { ...emptyList, fields: new Map(fields) }, 'pairs')
}

/** `new Map([['a', x]])`: what stands behind a key is a member under it. */
function writePairs(frame: Frame, address: number, given: Value, site: Site): void {
  for (const list of objectThings(given)) {
    const { fields, element } = readObject(frame, list.address)
    for (const pair of [...fields.values(), element]) {
      if (!objectThings(pair).some((thing) => readObject(frame, thing.address).fields.has('1'))) continue
      const [text] = readMember(frame, pair, '0', nothing, site.span).texts
      const value = readMember(frame, pair, '1', nothing, site.span)
      writeObject(frame, address, text === undefined ? null : knownText(text), value, false)
    }
  }
}

/** `new Promise((resolve) => resolve(x))`: what is handed to the first parameter. */
function promised(frame: Frame, executor: Value, site: Site): Value {
  const box = allocate(frame, site, emptyList, 'promise')
  const resolve = thingValue({
    kind: 'method',
    receiver: box,
    name: libraryOf(frame).appendMethod,
    when: frame.machine.facts.none,
  })
  call(frame, executor, [{ value: resolve, spread: false, name: undefined }], site)
  return joinAll(objectThings(box).map((thing) => elementOf(frame, thingValue(thing))))
}

export function membersOf(frame: Frame, value: Value): Value {
  const parts = objectThings(value).map((thing) => {
    const object = readObject(frame, thing.address)
    const fields = [...object.fields].flatMap(([key, field]) => (key === keysField ? [] : field))
    return joinAll([...fields, object.element, object.rest])
  })
  if (value.opaque !== null) parts.push({ ...nothing, data: flat(frame, value).data, opaque: value.opaque })
  else if (value.data.size > 0) parts.push({ ...nothing, data: value.data })
  return joinAll(parts)
}

export function unknownResult(frame: Frame, site: Site, names: readonly string[]): Value {
  return opaqueValue(frame.machine, `result ${idOf(site)}@${frame.activation.id}`, names, null, place(frame, site.span))
}
