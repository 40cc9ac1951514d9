/** Expressions of SQL → values: operators by how tightly they bind, names, literals, `CASE`. Calls stand in `calls.ts`. */
import type { Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, member, reference } from '../nodes.js'
import { argumentLists, castValue, functionCall } from './calls.js'
import { cell, valueOf, rowNamed, variableNamed } from './names.js'
import { isQueryHere, queryValue } from './queries.js'
import {
  atMark,
  atMarks,
  atWord,
  carrying,
  cut,
  foldName,
  maxDepth,
  offered,
  peek,
  skipBracket,
  spanFrom,
  takeMark,
  takeMarks,
  takeWord,
  takeWords,
  unknown,
  withoutContent,
  type Reading,
} from './reading.js'
import { literalValue, stringValue, isHole, holeValue } from './literals.js'

/** Words that end an expression where they stand unquoted. */
const CLAUSES = new Set(
  `FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT INTERSECT MINUS QUALIFY WINDOW FETCH JOIN LEFT RIGHT INNER OUTER FULL CROSS
  NATURAL ON USING AS WHEN THEN ELSE END AND OR IN IS LIKE ILIKE RLIKE BETWEEN NOT SET VALUES RETURNING INTO FOR DO LOOP LATERAL
  ASC DESC NULLS SELECT WITH SAMPLE TABLESAMPLE PIVOT UNPIVOT SEPARATOR COLLATE ESCAPE`.split(/\s+/),
)

export function isClause(token: Token | undefined): boolean {
  return token?.kind === 'name' && !token.quoted && CLAUSES.has(token.text.toUpperCase())
}

/** An expression; where none stands, nothing, and at least one token is read unless an end stands here. */
export function expression(r: Reading): Value {
  const from = r.at
  if (r.depth >= maxDepth) return tooDeep(r)
  r.depth++
  const value = disjunction(r)
  r.depth--
  return r.at === from ? constant(null, spanFrom(r, from)) : value
}

/** Over the bound: names are kept, as columns of what is read. */
function tooDeep(r: Reading): Value {
  const from = r.at
  const names: Value[] = []
  for (let depth = 0; r.at < r.end; r.at++) {
    const token = r.tokens[r.at]!
    if (isMark(token, '(')) depth++
    if (isMark(token, ';') || (isMark(token, ')') && --depth < 0)) break
    if (depth === 0 && isMark(token, ',')) break
    if (token.kind === 'name' && names.length < 200 && !isClause(token)) names.push(valueOf(r, foldName(token), token))
  }
  cut(r, spanFrom(r, from))
  return unknown(names, spanFrom(r, from))
}

function disjunction(r: Reading): Value {
  return folded(r, 'or', 'OR', () => folded(r, 'and', 'AND', () => negation(r)))
}

/** `a AND b AND c`, as shallow as it can be. */
function folded(r: Reading, operator: 'and' | 'or', word: string, operand: () => Value): Value {
  const from = r.at
  const values = [operand()]
  while (takeWord(r, word) || (word === 'AND' && takeMarks(r, '&&'))) values.push(operand())
  return balanced(values, operator, spanFrom(r, from))
}

function balanced(values: readonly Value[], operator: 'and' | 'or', span: Value['span']): Value {
  if (values.length === 1) return values[0]!
  const middle = values.length >> 1
  const left = balanced(values.slice(0, middle), operator, span)
  return { kind: 'logical', operator, left, right: balanced(values.slice(middle), operator, span), span }
}

function negation(r: Reading): Value {
  const from = r.at
  let count = 0
  while (takeWord(r, 'NOT') || (atMark(r, '!') && !atMarks(r, '!=') && takeMark(r, '!'))) count++
  const value = comparison(r)
  return count % 2 === 0 ? value : not(value, spanFrom(r, from))
}

function not(value: Value, span: Value['span']): Value {
  return { kind: 'operation', operator: 'not', operands: [value], carries: false, span }
}

function comparison(r: Reading): Value {
  const from = r.at
  let left = sum(r)
  for (;;) {
    const negated =
      isWord(peek(r), 'NOT') && /^(?:IN|LIKE|ILIKE|RLIKE|BETWEEN|SIMILAR|REGEXP)$/i.test(peek(r, 1)?.text ?? '')
    if (negated) r.at++
    const found = compared(r, left, from)
    if (found === null) {
      if (negated) r.at--
      return left
    }
    left = negated ? not(found, spanFrom(r, from)) : found
  }
}

function compared(r: Reading, left: Value, from: number): Value | null {
  const span = () => spanFrom(r, from)
  const equal = (operator: 'equal' | 'not-equal'): Value => ({
    kind: 'operation',
    operator,
    operands: [left, sum(r)],
    carries: false,
    span: span(),
  })
  if (takeMarks(r, '<>') || takeMarks(r, '!=') || takeMarks(r, '^=')) return equal('not-equal')
  if (takeMarks(r, '<=>') || takeMarks(r, '==')) return equal('equal')
  if (atMarks(r, '<=') || atMarks(r, '>=')) {
    r.at += 2
    return withoutContent([left, sum(r)], span())
  }
  if (atMarks(r, '@>') || atMarks(r, '<@') || atMarks(r, '!~') || atMarks(r, '~~')) {
    r.at += 2
    return withoutContent([left, sum(r)], span())
  }
  if (!atMarks(r, '=>') && takeMark(r, '=')) return equal('equal')
  if (atMark(r, '<') || atMark(r, '>') || atMark(r, '~')) {
    r.at++
    return withoutContent([left, sum(r)], span())
  }
  if (takeWord(r, 'IS')) return isTest(r, left, from)
  if (takeWord(r, 'IN')) return among(r, left, from)
  if (takeWord(r, 'BETWEEN')) {
    const low = sum(r)
    takeWord(r, 'AND')
    return withoutContent([left, low, sum(r)], span())
  }
  if (takeWord(r, 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP') || takeWords(r, 'SIMILAR TO')) {
    takeWord(r, 'ANY', 'ALL')
    const pattern = sum(r)
    if (takeWord(r, 'ESCAPE')) sum(r)
    return withoutContent([left, pattern], span())
  }
  return null
}

// x IS NOT NULL, x IS DISTINCT FROM y, x IS TRUE
function isTest(r: Reading, left: Value, from: number): Value {
  const negated = takeWord(r, 'NOT')
  if (takeWords(r, 'DISTINCT FROM')) {
    const operator = negated ? 'equal' : 'not-equal'
    return { kind: 'operation', operator, operands: [left, sum(r)], carries: false, span: spanFrom(r, from) }
  }
  const word = peek(r)
  if (word?.kind === 'name') r.at++
  if (isWord(word, 'TRUE') || isWord(word, 'FALSE')) {
    const holds = isWord(word, 'TRUE') !== negated
    return holds ? left : not(left, spanFrom(r, from))
  }
  return withoutContent([left], spanFrom(r, from))
}

// country IN ('JP', 'KR'), id IN (SELECT …)
function among(r: Reading, left: Value, from: number): Value {
  takeWord(r, 'UNNEST')
  if (!atMark(r, '(')) return withoutContent([left, sum(r)], spanFrom(r, from))
  r.at++
  if (isQueryHere(r)) {
    const query = queryValue(r)
    takeMark(r, ')')
    return withoutContent([left, query], spanFrom(r, from))
  }
  const tests: Value[] = []
  while (r.at < r.end && !atMark(r, ')')) {
    const before = r.at
    const value = expression(r)
    if (tests.length < 40)
      tests.push({ kind: 'operation', operator: 'equal', operands: [left, value], carries: false, span: value.span })
    takeMark(r, ',')
    if (r.at === before) r.at++
  }
  takeMark(r, ')')
  return tests.length === 0 ? withoutContent([left], spanFrom(r, from)) : balanced(tests, 'or', spanFrom(r, from))
}

/** `a || b`, `a + b`: texts are put together by either; other arithmetic gives none. */
function sum(r: Reading): Value {
  const from = r.at
  const values = [product(r)]
  let joins = true
  for (;;) {
    if (takeMarks(r, '||') || (atMark(r, '+') && takeMark(r, '+'))) values.push(product(r))
    else if (atMark(r, '-') && !atMarks(r, '->')) {
      r.at++
      joins = false
      values.push(product(r))
    } else if ((atMark(r, '&') && !atMarks(r, '&&')) || atMark(r, '|') || (atMark(r, '#') && !atMarks(r, '#>'))) {
      r.at++
      values.push(product(r))
    } else break
  }
  if (values.length === 1) return values[0]!
  const span = spanFrom(r, from)
  if (!joins) return { kind: 'operation', operator: 'arithmetic', operands: values, carries: false, span }
  return { kind: 'operation', operator: 'concat', operands: values, carries: true, span }
}

function product(r: Reading): Value {
  const from = r.at
  const values = [unary(r)]
  while ((atMark(r, '*') || atMark(r, '/') || atMark(r, '%')) && !endsAfterStar(r)) {
    r.at++
    values.push(unary(r))
  }
  if (values.length === 1) return values[0]!
  return { kind: 'operation', operator: 'arithmetic', operands: values, carries: false, span: spanFrom(r, from) }
}

function endsAfterStar(r: Reading): boolean {
  const next = peek(r, 1)
  return next === undefined || isMark(next, ',') || isMark(next, ')') || isClause(next)
}

function unary(r: Reading): Value {
  const from = r.at
  let signs = 0
  while (atMark(r, '-') || atMark(r, '+') || (atMark(r, '~') && signs === 0)) {
    r.at++
    signs++
  }
  if (takeWord(r, 'PRIOR', 'DISTINCT', 'ALL', 'CONNECT_BY_ROOT')) signs += 0
  const value = postfix(r)
  return signs === 0 ? value : withoutContent([value], spanFrom(r, from))
}

/** What follows a value: `::text`, `:path.to`, `[0]`, `->>'key'`, `.field`, `AT TIME ZONE 'x'`. */
function postfix(r: Reading): Value {
  const from = r.at
  let value = primary(r)
  for (let steps = 0; steps < 2000; steps++) {
    const span = () => spanFrom(r, from)
    if (takeMarks(r, '::')) {
      value = castValue(r, value, from)
    } else if (atMarks(r, '->>') || atMarks(r, '#>>')) {
      r.at += 3
      value = keyed(value, primary(r), span())
    } else if (atMarks(r, '->') || atMarks(r, '#>')) {
      r.at += 2
      value = keyed(value, primary(r), span())
    } else if (atMark(r, ':') && peek(r, 1)?.kind === 'name' && !atMarks(r, ':=') && value.kind !== 'constant') {
      r.at++
      value = member(value, foldName(peek(r)!), span())
      r.at++
    } else if (atMark(r, '[') || isBracketName(r)) {
      value = element(r, value, from)
    } else if (atMark(r, '.') && peek(r, 1)?.kind === 'name' && peek(r, 1)!.start === peek(r)!.end) {
      r.at++
      value = member(value, foldName(peek(r)!), span())
      r.at++
    } else if (atMark(r, '.') && isMark(peek(r, 1), '*')) r.at += 2
    else if (takeWords(r, 'AT TIME ZONE')) primary(r)
    else if (takeWord(r, 'COLLATE')) r.at++
    else return value
  }
  return value
}

function keyed(object: Value, key: Value, span: Value['span']): Value {
  if (key.kind !== 'constant' || typeof key.value !== 'string') return { kind: 'member', object, key, span }
  // data #>> '{customer,name}'
  const keys = /^\{.*\}$/.test(key.value) ? key.value.slice(1, -1).split(',').slice(0, 20) : [key.value]
  return keys.reduce<Value>((inner, name) => member(inner, name.trim(), span), object)
}

/** `[name]` behind a value is an index that the tokenizer took for a name in brackets. */
function isBracketName(r: Reading): boolean {
  const token = peek(r)
  return (
    token?.kind === 'name' && token.quoted && r.text[token.start] === '[' && r.tokens[r.at - 1]?.end === token.start
  )
}

function element(r: Reading, value: Value, from: number): Value {
  const token = peek(r)!
  if (token.kind === 'name') {
    r.at++
    return member(value, foldName(token), spanFrom(r, from))
  }
  const inner = peek(r, 1)
  if ((inner?.kind === 'string' || inner?.kind === 'number') && isMark(peek(r, 2), ']')) {
    r.at += 3
    return inner.kind === 'string' ? member(value, inner.text, spanFrom(r, from)) : value
  }
  skipBracket(r)
  return value
}

function primary(r: Reading): Value {
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
