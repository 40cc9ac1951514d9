/** What an expression is made of: literals, brackets, braces, CASE, names of columns. */
import type { Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, member, reference } from '../nodes.js'
import { argumentLists, functionCall } from './calls.js'
import { cell, valueOf, rowNamed, variableNamed } from './names.js'
import { isQueryHere, queryValue } from './queries.js'
import {
  atMark,
  atWord,
  carrying,
  foldName,
  maxDepth,
  offered,
  peek,
  spanFrom,
  takeMark,
  takeWord,
  withoutContent,
  type Reading,
} from './reading.js'
import { literalValue, stringValue, isHole, holeValue } from './literals.js'
import { expression, isClause, tooDeep } from './expressions.js'

export function primary(r: Reading): Value {
  const token = peek(r)
  if (token === undefined) return constant(null, spanFrom(r, r.at))
  const from = r.at
  if (isHole(token)) {
    r.at++
    return holeValue(r, token)
  }
  if (token.kind === 'string' || token.kind === 'number') {
    r.at++
    return token.kind === 'string' ? stringValue(r, token) : constant(Number(token.text), token)
  }
  if (token.kind === 'mark') return marked(r, token, from)
  const literal = token.quoted ? null : literalValue(r, token)
  if (literal !== null) return literal
  if (!token.quoted) {
    if (isWord(token, 'CASE')) return caseValue(r)
    if (isWord(token, 'EXISTS') && isMark(peek(r, 1), '(')) {
      r.at++
      return withoutContent([bracketed(r)], spanFrom(r, from))
    }
    if (isWord(token, 'ARRAY') && isMark(peek(r, 1), '[')) {
      r.at += 2
      return listed(r, ']', from)
    }
    if (isClause(token) && !isMark(peek(r, 1), '(')) return constant(null, token)
  }
  return named(r)
}

function marked(r: Reading, token: Token, from: number): Value {
  if (token.text === '(') return bracketed(r)
  if (token.text === '[') {
    r.at++
    return listed(r, ']', from)
  }
  if (token.text === '{') return braces(r, from)
  // @variable, :variable, $variable, ?
  if (/^[@:$]$/.test(token.text)) {
    r.at++
    while (atMark(r, '@')) r.at++
    const name = peek(r)
    if (name?.kind !== 'name' && name?.kind !== 'number') return constant(null, token)
    r.at++
    const binding = variableNamed(r, name.text)
    const span = spanFrom(r, from)
    if (binding !== null) return reference(binding, span)
    return name.kind === 'number' ? firstColumn(r, span) : valueOf(r, foldName(name), span)
  }
  if (/^[,;)\]}]$/.test(token.text)) return constant(null, { start: token.start, end: token.start })
  r.at++
  return constant(null, token)
}

/** `$1` of a staged file: anything of the row. */
function firstColumn(r: Reading, span: Value['span']): Value {
  const source = r.scope.sources.find(({ staged }) => staged === true)
  return source === undefined ? constant(null, span) : reference(source.binding, span)
}

// { 'key': value }
function braces(r: Reading, from: number): Value {
  r.at++
  const entries: { key: Value | null; value: Value; span: Value['span'] }[] = []
  while (r.at < r.end && !atMark(r, '}')) {
    const before = r.at
    const key = primary(r)
    if (takeMark(r, ':')) {
      const value = expression(r)
      entries.push({ key, value, span: value.span })
    }
    takeMark(r, ',')
    if (r.at === before) r.at++
  }
  takeMark(r, '}')
  return { kind: 'record', entries, span: spanFrom(r, from) }
}

function listed(r: Reading, end: string, from: number): Value {
  const items: { value: Value; spread: boolean }[] = []
  while (r.at < r.end && !atMark(r, end)) {
    const before = r.at
    items.push({ value: expression(r), spread: false })
    takeMark(r, ',')
    if (r.at === before) r.at++
  }
  takeMark(r, end)
  return { kind: 'list', items, span: spanFrom(r, from) }
}

// (SELECT …), (a, b), (a)
function bracketed(r: Reading): Value {
  const from = r.at
  if (!takeMark(r, '(')) return constant(null, spanFrom(r, from))
  if (r.depth >= maxDepth) {
    const value = tooDeep(r)
    takeMark(r, ')')
    return value
  }
  r.depth++
  if (isQueryHere(r)) {
    const query = queryValue(r)
    takeMark(r, ')')
    r.depth--
    return query
  }
  const values = argumentLists(r)
  r.depth--
  return values.length === 1 ? values[0]! : carrying(values, spanFrom(r, from))
}

// CASE WHEN a THEN b ELSE c END, CASE x WHEN 'a' THEN b END
function caseValue(r: Reading): Value {
  const from = r.at
  r.at++
  const subject = atWord(r, 'WHEN') ? null : expression(r)
  const arms: { test: Value; then: Value }[] = []
  while (takeWord(r, 'WHEN')) {
    const value = expression(r)
    const span = value.span
    const test: Value =
      subject === null
        ? value
        : { kind: 'operation', operator: 'equal', operands: [subject, value], carries: false, span }
    takeWord(r, 'THEN')
    arms.push({ test, then: expression(r) })
  }
  let otherwise: Value = takeWord(r, 'ELSE') ? expression(r) : constant(null, spanFrom(r, from))
  takeWord(r, 'END')
  const span = spanFrom(r, from)
  if (arms.length > 60)
    return carrying([...arms.flatMap(({ test, then }) => [withoutContent([test], span), then]), otherwise], span)
  for (const { test, then } of arms.reverse()) otherwise = { kind: 'choice', test, then, otherwise, span }
  return otherwise
}

/** A name with its dots: a column, a row's column, a call. */
function named(r: Reading): Value {
  const from = r.at
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    // a.b; `a . b` of other languages is none
    if (!atMark(r, '.') || peek(r, 1)?.kind !== 'name') break
    r.at++
  }
  if (atMark(r, '(') && !(parts.length === 1 && isClause(parts[0]) && !/^(?:left|right|values)$/i.test(parts[0]!.text)))
    return functionCall(r, parts, from)
  if (parts.length === 1 && parts[0]!.quoted && isText(r, parts[0]!)) return stringValue(r, parts[0]!)
  const path = parts
    .flatMap((part) =>
      part.quoted && part.text.includes('.') ? part.text.split('.').map((text) => ({ text })) : [part],
    )
    .map(foldName)
  const span = spanFrom(r, from)
  return columnAt(r, path, span)
}

function columnAt(r: Reading, path: readonly string[], span: Value['span']): Value {
  const [first, ...rest] = path
  if (first === undefined) return constant(null, span)
  if (rest.length === 0) return valueOf(r, first, span)
  // schema.table.column: the table's own name counts
  for (const [index, part] of path.entries()) {
    if (index === path.length - 1 || index > 3) break
    const row = rowNamed(r, part)
    if (row === null) continue
    return path
      .slice(index + 1)
      .reduce<Value>(
        (object, name, at) => (at === 0 ? cell(object, name, span) : member(object, name, span)),
        reference(row.binding, span),
      )
  }
  const base = valueOf(r, first, span)
  const known = base.kind === 'global' ? offered([first], span) : base
  return rest.reduce<Value>(
    (object, name) => member(object, name, span),
    base.kind === 'global' && /^[A-Z_]+$/i.test(first) ? base : known,
  )
}

/** `"…"` is a name in most dialects; where backquotes are for names, or what stands in it can't be one, it is a text. */
function isText(r: Reading, token: Token): boolean {
  if (r.text[token.start] !== '"') return false
  return r.quotesStrings || token.text.length > 64 || /[:?!。、,\n{}<>=]|\.\s|\s$/.test(token.text) || token.text === ''
}
