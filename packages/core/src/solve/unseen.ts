/** Calls of code that is not seen: what it gives back, and the functions that it is handed. */
import { shapeOf } from './builders.js'
import type { ResolvedEntity } from '../link/program.js'
import { call, callFunction, type Application, type Given } from './calls.js'
import { heardBy, spoken } from './channels.js'
import { flat } from './evaluate.js'
import { runCode } from './embedded.js'
import { askedBeside } from './asked.js'
import { conditioned } from './conditions.js'
import { askedVariable, environmentIn } from './environment.js'
import { allocate, place, type Frame } from './frame.js'
import { emptyList } from './heap.js'
import { heldThings } from './held.js'
import { sendHanded } from './http.js'
import { opaqueValue, typed } from './outside.js'
import { beginsQuery, declared, recordsOf } from './stores.js'
import { knownText } from './text.js'
import { alone, asSource, bareEvidence, type Evidence, isBlank, isConversion, ownerOf, weakened } from './sources.js'
import { idOf, join, joinAll, joinData, joinThings, nothing, type Thing, type Value } from './value.js'

/**
 * Code that is not seen: its result holds what went in, less surely. Functions that went in are called with unknown
 * arguments, and what they give is in the result too; a wrapped function called later is called with the arguments.
 */
export function unseen(frame: Frame, application: Application): Value {
  const { callee, receiver, name, args, site, construct } = application
  const { machine } = frame
  const at = place(frame, site.span)
  const names = [name, ...(receiver.opaque?.names ?? pathNames(receiver))].slice(0, 6)
  const chained = !construct && (receiver.opaque?.holds != null || beginsQuery(application))
  const contentless = !construct && machine.knowledge.names.isContentless(name)
  // A store's own methods, and those that tell nothing, do not run what the store or the value was made with.
  const isStores = chained || (site.callee?.kind === 'member' && asksStore(machine, name))
  const runs = !contentless && !isStores
  const wrapped = runs ? call(frame, { ...nothing, opaque: callee.opaque }, args, site) : nothing
  const clause = chained && (machine.knowledge.plays('lookups', name) || machine.knowledge.plays('records', name))
  if (contentless && !clause && callee.data.size === 0) {
    const scalar = opaqueValue(machine, `call ${idOf(site)}@${frame.activation.id}`, names, null, at)
    for (const arg of args) callBack(frame, arg.value, application)
    return join(wrapped, { ...scalar, opaque: { ...scalar.opaque!, scalar: true } })
  }
  spoken(frame, application)
  sendHanded(frame, application)
  runCode(frame, application)
  if (!construct && machine.knowledge.plays('environments', receiver.opaque?.names[0] ?? '')) {
    const asked = askedVariable(frame, args, site.span)
    if (asked !== null) return asked
  }
  const origin = `call ${idOf(site)}@${frame.activation.id}`
  let data = joinData(callee.data, construct ? nothing.data : receiver.data)
  // what a store's chain gives are its records, not what it is asked with
  const lookup = chained || (!construct && machine.knowledge.plays('lookups', name))
  let inner: readonly Thing[] = []
  const given: Value[] = []
  for (const arg of args) {
    if (!lookup) data = joinData(data, weakened(machine, flat(frame, arg.value).data, at, name, machine.origin(origin)))
    inner = joinThings(inner, heldThings(machine, arg.value.things, frame.state.objects))
    inner = joinThings(inner, arg.value.opaque?.inner ?? [])
    given.push(callBack(frame, arg.value, application))
  }
  const file = construct ? null : dataFile(frame, name, args)
  const called = file === null ? names : [file.stem, ...names].slice(0, 6)
  let result = opaqueValue(machine, origin, called, file?.shape ?? null, at, inner.slice(0, 12))
  if (data.size === 0 && !construct && isBlank(machine, result) && !isConversion(name))
    result = asSource(machine, result, bareEvidence(machine, name), at, name)
  if (data.size === 0 && isBlank(machine, result)) {
    const input = machine.knowledge.input(names, 'call')
    if (input !== null) {
      const label = input.labelled ? askedFor(machine, args) : null
      const evidence = label ?? { dataClass: input.dataClass, sureness: input.sureness, party: null }
      result = asSource(machine, result, evidence, at, names.slice(0, 2).reverse().join('.'))
    }
  }
  if (data.size > 0) result = { ...result, data }
  // jdbc.query(sql, (row, at) -> new Customer(…)): records are what the function makes of them
  const mapped = lookup && !construct ? given.filter(({ things }) => things.some(({ kind }) => kind === 'object')) : []
  if (mapped.length > 0 && args.some(({ value }) => value.texts.length > 0))
    return join(wrapped, allocate(frame, site, { ...emptyList, element: joinAll(mapped) }, 'mapped'))
  result = join(conditioned(frame, recordsOf(frame, result, application), application), environmentIn(frame, args))
  const free = args.length === 1 && result.opaque !== null && result.opaque.holds === null
  const described = free ? shapeOf(frame, args[0]!.value) : null
  if (described !== null) result = { ...result, opaque: { ...result.opaque!, holds: described } }
  const { returns } = callee.opaque ?? { returns: null }
  if (returns !== null) result = typed(machine, returns.module, declared(frame, result, returns), returns.type)
  return join(join(result, wrapped), joinAll(given))
}

/** `column.text_input('電話番号')`: what the words ask for. */
function askedFor(machine: Frame['machine'], args: readonly Given[]): Evidence | null {
  const { names } = machine.knowledge
  const [first] = args
  const text = first === undefined || first.value.texts.length !== 1 ? null : knownText(first.value.texts[0]!)
  const match = text === null ? null : names.label(text)
  return match === null ? null : { dataClass: match.dataClass, sureness: alone(machine, match.dataClass), party: null }
}

function asksStore({ knowledge }: Frame['machine'], name: string): boolean {
  return name !== 'execute' && name !== 'exec' && (knowledge.plays('records', name) || knowledge.plays('lookups', name))
}

/** `createReadStream('data/customers.csv')`: records of the file that is named, with the columns that it has. */
function dataFile(
  { machine }: Frame,
  name: string,
  args: readonly Given[],
): { stem: string; shape: ResolvedEntity | null } | null {
  if (!machine.knowledge.plays('readers', name)) return null
  for (const { value } of args.slice(0, 2))
    for (const { parts } of value.texts) {
      const end = parts.at(-1)
      const [, whole, stem] =
        (typeof end === 'string'
          ? /(?:^|[\\/])(([\w.-]{1,80})\.(?:csv|tsv|jsonl|ndjson|json|xlsx?|parquet))$/i.exec(end)
          : null) ?? []
      if (whole !== undefined) return { stem: stem!, shape: machine.program.model(whole) }
    }
  return null
}

/** A function handed to unseen code runs, with what the receiver holds or with what is not known. */
function callBack(frame: Frame, value: Value, application: Application): Value {
  const { receiver, site } = application
  const functions = value.things.filter((thing) => thing.kind === 'function')
  if (functions.length === 0) return nothing
  const heard = heardBy(frame, application)
  const asked = askedBeside(frame, application)
  const results = functions.map((thing) => {
    const args = thing.node.parameters.map((parameter, index): Given => {
      const pattern = parameter.pattern
      const name = parameter.name ?? (pattern.kind === 'binding' ? pattern.name : '')
      const owners = index === 0 ? (receiver.opaque?.names ?? pathNames(receiver)) : []
      const names = [name, ...(ownerOf(frame.machine, owners).is === 'person' ? owners : [])]
      let unknown = opaqueValue(
        frame.machine,
        `callback ${idOf(thing.node)}.${index}`,
        names,
        null,
        { module: thing.closure.module, span: pattern.span },
        [],
        1,
      )
      if (index === 0 && receiver.opaque?.holds != null)
        unknown = { ...unknown, opaque: { ...unknown.opaque!, holds: receiver.opaque.holds } }
      const declared = pattern.kind === 'place' || pattern.kind === 'default' ? undefined : pattern.type
      const evidence = asked[index] ?? null
      const entered =
        evidence === null ? unknown : asSource(frame.machine, unknown, evidence, unknown.opaque!.place, name)
      const given = typed(frame.machine, thing.closure.module, entered, declared)
      return { value: index === 0 ? join(heard, given) : given, spread: false, name: undefined }
    })
    const result = callFunction(frame, thing, args, site, null)
    // A handler or a middleware gives to whoever handed it its arguments: what that is called is not known from here.
    const { opaque } = result
    return args.length === 0 || opaque === null ? result : { ...result, opaque: { ...opaque, names: [], own: 0 } }
  })
  return joinAll(results)
}

/** Names by which something of a package is reached, nearest first. */
function pathNames(value: Value): string[] {
  for (const thing of value.things) {
    if (thing.kind === 'package' || thing.kind === 'client')
      return thing.path
        .replace(/\(\)/g, '')
        .split('.')
        .reverse()
        .filter((part) => part !== '' && part !== 'default')
    if (thing.kind === 'made') return [...thing.path.split('.').reverse(), thing.exported].filter((part) => part !== '')
  }
  return []
}
