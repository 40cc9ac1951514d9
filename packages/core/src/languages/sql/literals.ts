/** Literals: strings with what stands in them, words that are values, types before a text (`DATE '2026-01-01'`). */
import type { Value } from '../../ir/ir.js'
import type { Token } from '../../schemas/sql/tokens.js'
import { constant } from '../nodes.js'
import { peek, spanFrom, withoutContent, type Reading } from './reading.js'

/** Stands for a value in the text of an embedded query, with its number. */
export const HOLE = '\uE000'
const HOLE_END = '\uE001'
const holes = /\uE000(\d{1,4})\uE001/
const onlyHole = /^\uE000(\d{1,4})\uE001$/

export function holeText(index: number): string {
  return `${HOLE}${index}${HOLE_END}`
}

export function isHole(token: Token): boolean {
  return token.kind === 'name' && onlyHole.test(token.text)
}

export function holeValue(r: Reading, token: Token): Value {
  const index = Number(onlyHole.exec(token.text)?.[1] ?? -1)
  return r.holes[index] ?? constant(null, token)
}

/** A string; of an embedded query with the values that stand in it. */
export function stringValue(r: Reading, token: Token): Value {
  const text = token.quoted ? token.text.replace(/^""|""$/g, '') : token.text
  if (!text.includes(HOLE)) return addressed(text, token) ?? constant(text, token)
  const parts = text
    .split(holes)
    .map((part, index): string | Value => (index % 2 === 0 ? part : (r.holes[Number(part)] ?? '')))
  return { kind: 'template', parts: parts.filter((part) => part !== ''), span: { start: token.start, end: token.end } }
}

/** `'{"url": "https://…", "model": "…"}'`: a JSON that says where a call goes is read as the record that it is. */
function addressed(text: string, span: Value['span']): Value | null {
  if (!/^\s*\{/.test(text) || text.length > 4000 || !/"(?:url|host|endpoint)"\s*:/.test(text)) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  const entries = Object.entries(parsed as object).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [{ key: constant(key, span), value: constant(value, span), span }] : [],
  )
  return { kind: 'record', entries: entries.slice(0, 40), span: { start: span.start, end: span.end } }
}

/** A word that is a value by itself; null for any other. */
export function literalValue(r: Reading, token: Token): Value | null {
  const next = peek(r, 1)
  switch (token.text.toUpperCase()) {
    case 'NULL':
    case 'DEFAULT':
      r.at++
      return constant(null, token)
    case 'TRUE':
      r.at++
      return constant(true, token)
    case 'FALSE':
      r.at++
      return constant(false, token)
    case 'CURRENT_DATE':
    case 'CURRENT_TIMESTAMP':
    case 'CURRENT_TIME':
    case 'CURRENT_USER':
    case 'SYSDATE':
      if (next?.kind === 'mark' && next.text === '(') return null
      r.at++
      return withoutContent([], token)
    case 'R':
    case 'B':
    case 'U':
    case 'X':
    case 'RB':
      // r'…' of BigQuery; tokens keep the prefix apart
      if ((next?.kind !== 'string' && next?.quoted !== true) || next.start !== token.end) return null
      r.at += 2
      return stringValue(r, next)
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ':
    case 'DATETIME':
    case 'TIME':
    case 'JSON':
    case 'JSONB':
      if (next?.kind !== 'string') return null
      r.at += 2
      return stringValue(r, next)
    case 'INTERVAL': {
      if (next?.kind !== 'string' && next?.kind !== 'number') return null
      const from = r.at
      r.at += 2
      if (/^(?:YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND|MILLISECOND|MICROSECOND)S?$/i.test(peek(r)?.text ?? ''))
        r.at++
      return withoutContent([], spanFrom(r, from))
    }
    default:
      return null
  }
}
