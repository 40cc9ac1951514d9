/**
 * Code of another language in a text that is handed over: `cursor.execute("SELECT AI_COMPLETE(%s, %s)", (model, prompt))`. It is evaluated
 * here, with what stands in the text's holes and what is handed over beside it.
 */
import type { Application, Given, Site } from './calls.js'
import { evaluate, flat } from './evaluate.js'
import { place, readObject, type Frame } from './frame.js'
import type { EmbeddedCode } from './knowledge.js'
import { readMember } from './members.js'
import { opaqueValue } from './outside.js'
import { asSource, bareEvidence } from './sources.js'
import { textKey, unknownHole, type Text } from './text.js'
import { idOf, joinAll, nothing, objectThings, type Value } from './value.js'

const mostTexts = 4
const mostArguments = 4

const known = new WeakMap<Site, Map<string, EmbeddedCode | null>>()

export function runCode(frame: Frame, { args, site }: Application): void {
  for (const given of args.slice(0, mostArguments)) {
    const beside = args.filter((other) => other !== given)
    for (const text of given.value.texts.slice(0, mostTexts)) run(frame, text, site, beside, [given.value])
    for (const { address } of objectThings(given.value).slice(0, 2)) inObject(frame, address, site, beside)
  }
}

/** `execute({ sqlText, binds })`, and the parts of a tagged template. */
function inObject(frame: Frame, address: number, site: Site, beside: readonly Given[]): void {
  const { kind, fields } = readObject(frame, address)
  if (kind === 'list') {
    const written = [...fields.values()].map((value) => value.texts[0]?.parts ?? [])
    if (written.length === 0 || written.some((parts) => parts.length !== 1 || typeof parts[0] !== 'string')) return
    const parts = written.flatMap(([part], index) => (index === 0 ? [part!] : [unknownHole, part!]))
    const text: Text = { parts, when: frame.machine.facts.none, at: null }
    if (written.length === beside.length + 1)
      run(
        frame,
        text,
        site,
        [],
        beside.map(({ value }) => value),
      )
    return
  }
  for (const [key, value] of fields) {
    const others = [...fields].flatMap(([name, other]) => (name === key ? [] : [{ value: other, spread: false, name }]))
    for (const text of value.texts.slice(0, mostTexts)) run(frame, text, site, others, [value])
  }
}

/** `within`: what stands in the holes of the text, one for each or one for all. */
function run(frame: Frame, text: Text, site: Site, beside: readonly Given[], within: readonly Value[]): void {
  if (typeof text.parts[0] !== 'string' || text.parts[0].length < 10) return
  const code = codeOf(frame, site, text)
  if (code === null) return
  const numbers = code.filled.map(({ by }) => (typeof by === 'number' ? by + 1 : 0))
  const count = Math.max(0, ...numbers)
  let hole = 0
  for (const { binding, by } of code.filled) {
    const own = by === null ? (within[within.length > 1 ? hole++ : 0] ?? nothing) : nothing
    frame.state.env.set(binding, by === null ? inText(frame, own) : handed(frame, beside, by, count, site))
  }
  evaluate(frame, code.value)
  for (const { binding } of code.filled) frame.state.env.delete(binding)
}

function codeOf({ machine }: Frame, site: Site, text: Text): EmbeddedCode | null {
  let texts = known.get(site)
  if (texts === undefined) known.set(site, (texts = new Map()))
  const key = textKey(text)
  let found = texts.get(key)
  if (found === undefined) {
    const parts = text.parts.map((part) => (typeof part === 'string' ? part : null))
    texts.set(key, (found = machine.knowledge.code(parts, site.span)))
  }
  return found
}

/** What stands in a text is anywhere in it. */
function inText(frame: Frame, value: Value): Value {
  return { ...nothing, data: flat(frame, value).data }
}

/** The value that is handed over as this parameter, else one of its name that is not known. */
function handed(frame: Frame, beside: readonly Given[], by: number | string, count: number, site: Site): Value {
  const values = beside.map(({ value }) => value)
  const members = values.filter(isCollection).map((value) => readMember(frame, value, String(by), nothing, site.span))
  const found = joinAll(members)
  if (found !== nothing) return found
  // query(sql, mapper, a, b): parameters stand last
  const plain = typeof by === 'number' ? values.filter((value) => !isCollection(value)).slice(-count) : []
  const own = beside.find(({ name }) => name === by)?.value ?? (typeof by === 'number' ? plain[by] : undefined)
  if (own !== undefined && own !== nothing) return own
  if (values.length > 0)
    return { ...nothing, data: joinAll(values.map((value) => ({ ...nothing, data: flat(frame, value).data }))).data }
  const name = String(by)
  const at = place(frame, site.span)
  const unknown = opaqueValue(frame.machine, `parameter ${idOf(site)}.${name}@${frame.activation.id}`, [name], null, at)
  return typeof by === 'number'
    ? unknown
    : asSource(frame.machine, unknown, bareEvidence(frame.machine, name), at, name)
}

function isCollection({ things, opaque }: Value): boolean {
  return things.some(({ kind }) => kind === 'object') || opaque?.list === true
}
