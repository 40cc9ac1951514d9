/**
 * What an identifier names by itself. A sequence of a class counts only where it is the head of the name: what follows must
 * not turn it into something else (emailTemplateKey), what stands before must not make it a thing's (companyPhone), and a
 * name that begins with a verb is an action (sendEmail).
 */
import type { DataClass, NameLists, Row } from './data-class.js'
import type { Owners } from './owners.js'
import type { Sequences, Span } from './sequences.js'
import { foldRomaji } from './romaji.js'
import { hasJapanese, plain, singular, tokenize } from './tokens.js'

export type Strength = 'strong' | 'label' | 'abbreviation' | 'context'

export interface NameMatch {
  readonly dataClass: string
  readonly strength: Strength
  readonly matched: string
}

/** Rows that stay personal whatever the name says before them. */
const sticky: ReadonlySet<Row> = new Set(['my-number', 'government-id', 'not-personal'])

export function createIdentifiers(
  classes: readonly DataClass[],
  lists: NameLists,
  parts: { readonly sequences: Sequences; readonly owners: Owners; japanese(text: string): NameMatch | null },
): (name: string) => NameMatch | null {
  const { sequences, owners } = parts
  const { tokens: words } = lists
  const noise = new Set(words.noise)
  const noiseButLast = new Set(words.noiseButLast)
  const accessors = new Set(words.accessors)
  const booleans = new Set(words.booleans)
  const verbs = new Set(words.verbs)
  const qualifiers = new Set(words.qualifiers)
  const tails = new Set(words.tails)
  const recordTails = new Set(words.recordTails)
  const recordRows = new Set(words.recordRows)
  const romajiTails = new Set(words.romajiTails.map(foldRomaji))
  const unpromoted = new Set(words.unpromoted)
  const booleanRows = new Set(words.booleanRows)
  const booleanClasses = new Set(words.booleanClasses)
  const abbreviations = new Map<string, string>()
  const japaneseContext = new Map<string, string>()
  for (const { id, identifiers } of classes) {
    for (const raw of identifiers.abbreviations) abbreviations.set(raw.toLowerCase(), id)
    for (const raw of identifiers.context) if (hasJapanese(raw)) japaneseContext.set(raw, id)
  }

  return (name) => {
    if (hasJapanese(name)) {
      const text = plain(name).trim()
      const said = parts.japanese(text)
      if (said) return said
      const weak = japaneseContext.get(text)
      if (weak !== undefined) return { dataClass: weak, strength: 'context', matched: text }
    }
    return fromTokens(tokenize(name)) ?? fromAbbreviation(name)
  }

  function fromAbbreviation(name: string): NameMatch | null {
    const dataClass = abbreviations.get(name.toLowerCase())
    return dataClass === undefined ? null : { dataClass, strength: 'abbreviation', matched: name.toLowerCase() }
  }

  function fromTokens(all: readonly string[]): NameMatch | null {
    let tokens = all.filter(
      (token, index) => !noise.has(token) || (index === all.length - 1 && noiseButLast.has(token)),
    )
    if (tokens.length === 0) tokens = [...all]
    const yesOrNo = tokens.length > 1 && booleans.has(tokens[0] ?? '')
    if (tokens.length > 1 && (yesOrNo || accessors.has(tokens[0] ?? ''))) tokens = tokens.slice(1)
    const spans = sequences.find(tokens)
    if (spans.length === 0) return null
    if (tokens.length > 1 && verbs.has(tokens[0] ?? '') && spans[0]?.start !== 0) return null

    let best: { readonly span: Span; readonly match: NameMatch } | null = null
    for (const span of spans) {
      const strength = strengthOf(span, spans, tokens)
      if (strength === null) continue
      if (yesOrNo && !(booleanRows.has(span.dataClass.row) || booleanClasses.has(span.dataClass.id))) continue
      if (best === null || outranks(span, strength, best))
        best = { span, match: { dataClass: span.dataClass.id, strength, matched: span.text } }
    }
    return best?.match ?? null
  }

  function outranks(span: Span, strength: Strength, best: { span: Span; match: NameMatch }): boolean {
    if (strength !== best.match.strength) return strength === 'strong'
    return span.end - span.start >= best.span.end - best.span.start
  }

  function strengthOf(span: Span, spans: readonly Span[], tokens: readonly string[]): Strength | null {
    if (!isHead(span, spans, tokens)) return null
    const before = tokens.slice(0, span.start)
    const owner = before.length === 0 ? null : owners.ofTokens(before)
    if (owner?.is === 'not-person' && !sticky.has(span.dataClass.row)) return null
    if (span.kind !== 'context') return 'strong'
    const plainBefore = before.every(
      (token, index) =>
        qualifiers.has(token) || owners.isPerson(token) || hasJapanese(token) || joins(index, before, spans),
    )
    if (!plainBefore) return null
    return owner?.is === 'person' && !unpromoted.has(tokens[span.end - 1] ?? '') ? 'strong' : 'context'
  }

  /** Whether a token before a weak word belongs to another class that is joined to it, as in nameAndAddress. */
  function joins(at: number, before: readonly string[], spans: readonly Span[]): boolean {
    const last = before[before.length - 1]
    return (last === 'and' || last === 'or') && spans.some((span) => span.start <= at && at < span.end)
  }

  /** Whether nothing after the span makes it another thing. */
  function isHead(span: Span, spans: readonly Span[], tokens: readonly string[]): boolean {
    for (let index = span.end; index < tokens.length; index++) {
      const token = tokens[index] ?? ''
      if (isTail(token, span)) continue
      const other = spans.find((one) => one.start <= index && index < one.end)
      if (other && (other.dataClass === span.dataClass || other.kind !== 'context')) continue
      return false
    }
    return true
  }

  function isTail(token: string, span: Span): boolean {
    const one = singular(token)
    if (tails.has(token) || tails.has(one)) return true
    if (span.kind === 'romaji' && romajiTails.has(foldRomaji(token))) return true
    return recordRows.has(span.dataClass.row) && (recordTails.has(token) || recordTails.has(one))
  }
}
