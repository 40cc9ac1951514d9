/** The environment as code passes it on: given whole to a function that checks it, asked for by name from a service. */
import type { Given } from './calls.js'
import { libraryOf, readObject, type Frame } from './frame.js'
import { withFallback, type Text } from './text.js'
import { nothing, objectThings, thingValue, type Thing, type Value } from './value.js'

const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
/** `llm.base-url` */
const setting = /^[a-z][\w-]*(?:\.[\w-]+)+$/i
const deepest = 2

/** Whether a name reads as an environment variable's. */
export function isVariable(name: string): boolean {
  return variable.test(name)
}

/** What unseen code makes of the environment is the environment: `createEnv({ runtimeEnv: process.env })`. */
export function environmentIn(frame: Frame, args: readonly Given[]): Value {
  for (const { value } of args) {
    const found = environmentOf(frame, value, 0)
    if (found !== null) return thingValue(found)
  }
  return nothing
}

function environmentOf(frame: Frame, value: Value, depth: number): Thing | null {
  const { environment } = libraryOf(frame)
  const own = value.things.find((thing) => thing.kind === 'package' && environment.has(thing.path))
  if (own !== undefined || depth > deepest) return own ?? null
  for (const { address } of objectThings(value)) {
    for (const [key, field] of readObject(frame, address).fields) {
      if (isVariable(key) && field.texts.some((text) => reads(text, key))) return whole(frame)
      const inner = environmentOf(frame, field, depth + 1)
      if (inner !== null) return inner
    }
  }
  return null
}

/** `{ API_BASE_URL: process.env.API_BASE_URL }` */
function reads(text: Text, key: string): boolean {
  return text.parts.some((part) => typeof part !== 'string' && part.environment === key)
}

function whole(frame: Frame): Thing | null {
  const [path] = libraryOf(frame).environment
  return path === undefined ? null : { kind: 'package', package: '', path, when: frame.machine.facts.none }
}

/** `config.get('API_BASE_URL', 'https://…')`: the variable, with its default. */
export function askedVariable(
  frame: Frame,
  args: readonly Given[],
  span: { start: number; end: number },
): Value | null {
  const key = args[0]?.value.texts[0]?.parts[0]
  if (typeof key !== 'string' || !(isVariable(key) || setting.test(key))) return null
  frame.machine.settingReaders.note(frame.activation, args[0]!.value.texts[0]!)
  const hole = variableValue(frame, key, span)
  const fallback = args[1]?.value.texts ?? []
  const text = fallback.length === 0 ? null : withFallback(hole.texts[0]!, fallback)
  return text === null ? hole : { ...hole, texts: [text] }
}

export function variableValue(frame: Frame, name: string, span: { start: number; end: number }): Value {
  const hole = { environment: name, fallback: [] }
  const at = { module: frame.unit.index, ...span }
  return { ...nothing, texts: [{ parts: [hole], when: frame.machine.facts.none, at }] }
}
