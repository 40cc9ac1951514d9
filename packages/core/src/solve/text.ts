/**
 * Text: the few strings that a value may be, each a pattern of known parts and holes, each under the facts it was chosen
 * under. Enough to know a URL's host, a region, a model id. Bounded in number and length; over a bound, a hole.
 */
import type { Facts, FactTable } from './facts.js'

export interface Hole {
  /** Environment variable that gives it, if known. */
  readonly environment: string | null
  /** What the code uses where the variable is not set. */
  readonly fallback: readonly string[]
}

export interface Text {
  readonly parts: readonly (string | Hole)[]
  readonly when: Facts
  /** Place of the literal that gave the first known part: module and offsets, for resolvedFrom. */
  readonly at: { module: number; start: number; end: number } | null
}

const mostTexts = 8
const longest = 4000
const mostParts = 40

export const unknownHole: Hole = { environment: null, fallback: [] }

export function constantText(value: string, when: Facts, at: Text['at']): Text {
  return { parts: [value.length > longest ? value.slice(0, longest) : value], when, at }
}

const keys = new WeakMap<Text, string>()

export function textKey(text: Text): string {
  let key = keys.get(text)
  if (key === undefined) keys.set(text, (key = text.parts.map(partKey).join('\u0001') + '\u0002' + text.when.key))
  return key
}

function partKey(part: string | Hole): string {
  return typeof part === 'string' ? part : `\u0000${part.environment ?? ''}\u0003${part.fallback.join('\u0004')}`
}

export function joinTexts(a: readonly Text[], b: readonly Text[]): readonly Text[] {
  if (a === b || b.length === 0) return a
  if (a.length === 0) return b
  if (a.length >= mostTexts) return a
  const unknown = b.filter((text) => !a.includes(text))
  if (unknown.length === 0) return a
  const known = new Set(a.map(textKey))
  const added = unknown.filter((text) => !known.has(textKey(text)))
  if (added.length === 0) return a
  return [...a, ...added].slice(0, mostTexts)
}

/** Every combination of two sets of texts, in order; the unknown where either is empty. */
export function concatTexts(a: readonly Text[], b: readonly Text[], facts: FactTable): readonly Text[] {
  const result: Text[] = []
  const seen = new Set<string>()
  for (const left of a) {
    for (const right of b) {
      if (result.length >= mostTexts) return result
      const when = facts.both(left.when, right.when)
      if (when === null) continue
      const text: Text = { parts: mergeParts(left.parts, right.parts), when, at: left.at ?? right.at }
      const key = textKey(text)
      if (!seen.has(key)) result.push(text)
      seen.add(key)
    }
  }
  return result
}

function mergeParts(a: Text['parts'], b: Text['parts']): Text['parts'] {
  const parts: (string | Hole)[] = [...a]
  for (const part of b) {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = (last + part).slice(0, longest)
    else if (part !== '' && parts.length < mostParts) parts.push(part)
    else if (parts.length >= mostParts && typeof last === 'string') parts.push(unknownHole)
  }
  return parts
}

/** The text if it is fully known. */
export function knownText(text: Text): string | null {
  return text.parts.length === 1 && typeof text.parts[0] === 'string'
    ? text.parts[0]
    : text.parts.every((part) => typeof part === 'string')
      ? text.parts.join('')
      : null
}

/** The known part before the first hole. */
export function knownStart(text: Text): string {
  const first = text.parts[0]
  return typeof first === 'string' ? first : ''
}

/** `process.env.X ?? 'default'`: an environment hole takes the other texts as its fallback. Null where `left` is none. */
export function withFallback(left: Text, right: readonly Text[]): Text | null {
  const [hole, ...rest] = left.parts
  if (rest.length > 0 || hole === undefined || typeof hole === 'string' || hole.environment === null) return null
  const known = right.filter((text) => knownText(text) !== null)
  const fallback = known.map((text) => knownText(text)!)
  return {
    ...left,
    at: known[0]?.at ?? left.at,
    parts: [{ environment: hole.environment, fallback: [...new Set([...hole.fallback, ...fallback])].slice(0, 4) }],
  }
}

/** URLs as given, those that are not absolute below the bases. */
export function belowBases(bases: readonly Text[], given: readonly Text[], facts: FactTable): readonly Text[] {
  const relative = given.filter((text) => !isAbsolute(text))
  return [...given.filter(isAbsolute), ...concatTexts(bases.map(withoutSlash), relative, facts)]
}

function isAbsolute(text: Text): boolean {
  const first = text.parts[0]
  return typeof first === 'string' && /^[a-z]+:\/\//i.test(first)
}

function withoutSlash(text: Text): Text {
  const last = text.parts.at(-1)
  if (typeof last === 'string' && last.endsWith('/'))
    return { ...text, parts: [...text.parts.slice(0, -1), last.slice(0, -1)] }
  return text
}
