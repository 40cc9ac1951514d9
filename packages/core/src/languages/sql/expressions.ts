/** Expressions of SQL → values: operators by how tightly they bind, names, literals, `CASE`. Calls stand in `calls.ts`. */
import type { Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, member } from '../nodes.js'
import { castValue } from './calls.js'
import { valueOf } from './names.js'
import { isQueryHere, queryValue } from './queries.js'
import {
  atMark,
  atMarks,
  cut,
  foldName,
  maxDepth,
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
import { primary } from './primaries.js'

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
export function tooDeep(r: Reading): Value {
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
