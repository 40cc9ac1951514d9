/**
 * Code of another language in a text that is handed over: `cursor.execute("SELECT AI_COMPLETE(%s, %s)", (model, prompt))`. It is evaluated
 * here, with what stands in the text's holes and what is handed over beside it.
 */
import type { Application, Given, Site } from './calls.js'
import { evaluate, flat } from './evaluate.js'
import { place, type Frame } from './frame.js'
import type { EmbeddedCode } from './knowledge.js'
import { readMember } from './members.js'
import { opaqueValue } from './outside.js'
import { asSource, bareEvidence } from './sources.js'
import { textKey, type Text } from './text.js'
import { idOf, joinAll, nothing, type Value } from './value.js'

const mostTexts = 4
const mostArguments = 4

const known = new WeakMap<Site, Map<string, EmbeddedCode | null>>()

export function runCode(frame: Frame, { args, site }: Application): void {
  for (const given of args.slice(0, mostArguments))
    for (const text of given.value.texts.slice(0, mostTexts)) {
      if (typeof text.parts[0] !== 'string' || text.parts[0].length < 10) continue
      const code = codeOf(frame, site, text)
      if (code === null) continue
      const beside = args.filter((other) => other !== given)
      for (const { binding, by } of code.filled)
        frame.state.env.set(binding, by === null ? inText(frame, given.value) : handed(frame, beside, by, site))
      evaluate(frame, code.value)
      for (const { binding } of code.filled) frame.state.env.delete(binding)
    }
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
function handed(frame: Frame, beside: readonly Given[], by: number | string, site: Site): Value {
  const values = beside.map(({ value }) => value)
  const members = values.filter(isCollection).map((value) => readMember(frame, value, String(by), nothing, site.span))
  const found = joinAll(members)
  if (found !== nothing) return found
  const plain = typeof by === 'number' ? values.filter((value) => !isCollection(value)) : []
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
