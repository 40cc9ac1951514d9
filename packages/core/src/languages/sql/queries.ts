/**
 * Queries → values. A query's value is one row of its result, a record of what its list names; a table is one row of it. What is read
 * from is bound first, `WHERE` and the conditions of inner joins are the tests under which there is a row.
 */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { isMark, isWord } from '../../schemas/sql/tokens.js'
import { constant, member, reference } from '../nodes.js'
import { expression } from './expressions.js'
import { HOLE } from './literals.js'
import {
  assign,
  atMark,
  carrying,
  either,
  emptyScope,
  foldName,
  fresh,
  maxDepth,
  peek,
  sequence,
  skipBracket,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  unknown,
  type Reading,
} from './reading.js'
import { selection } from './selection.js'
import { tableValue } from './sources.js'

export interface Query {
  value: Value
  /** Names of the columns, in order; null where not all are known. */
  columns: string[] | null
}

/** Whether a query begins here, or some tokens ahead; brackets around it are looked through. */
export function isQueryHere(r: Reading, ahead = 0): boolean {
  for (let at = ahead; at < ahead + 60; at++) {
    const token = peek(r, at)
    if (isMark(token, '(')) continue
    if (isWord(token, 'WITH')) return peek(r, at + 1)?.kind === 'name'
    return isWord(token, 'SELECT') || (isWord(token, 'VALUES') && isMark(peek(r, at + 1), '('))
  }
  return false
}

export function queryValue(r: Reading): Value {
  return queryOf(r).value
}

/** `WITH … SELECT … UNION SELECT …`, in a scope of its own. */
export function queryOf(r: Reading): Query {
  const from = r.at
  if (r.depth >= maxDepth) {
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
    return { value: unknown([], spanFrom(r, from)), columns: null }
  }
  r.depth++
  const outer = r.scope
  r.scope = emptyScope(outer)
  const before = takeWord(r, 'WITH') ? namedQueries(r) : []
  const { value, columns } = united(r)
  r.scope = outer
  r.depth--
  return { value: sequence([...before, value], spanFrom(r, from)), columns }
}

// WITH a AS (…), b (x, y) AS MATERIALIZED (…)
function namedQueries(r: Reading): Value[] {
  const steps: Value[] = []
  takeWord(r, 'RECURSIVE')
  while (peek(r)?.kind === 'name') {
    const name = peek(r)!
    r.at++
    const columns = atMark(r, '(') ? nameList(r) : null
    takeWord(r, 'AS')
    takeWord(r, 'NOT')
    takeWord(r, 'MATERIALIZED')
    if (!takeMark(r, '(')) break
    const query = isQueryHere(r) ? queryOf(r) : { value: expression(r), columns: null }
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
    takeMark(r, ')')
    const row = renamed(r, query, columns)
    const binding = fresh(r, foldName(name))
    steps.push(assign(binding, '', row.value, name))
    r.scope.queries.set(name.text.toLowerCase(), { alias: foldName(name), binding, columns: setOf(row.columns) })
    if (!takeMark(r, ',')) break
  }
  return steps
}

export function nameList(r: Reading): string[] {
  const names: string[] = []
  if (!takeMark(r, '(')) return names
  while (r.at < r.end && !atMark(r, ')')) {
    const token = peek(r)!
    if (token.kind === 'name') names.push(foldName(token))
    r.at++
    skipTo(r, (one) => isMark(one, ',') || isMark(one, ')') || isMark(one, ';'))
    if (!takeMark(r, ',')) break
  }
  takeMark(r, ')')
  return names
}

export function setOf(columns: readonly string[] | null): ReadonlySet<string> | null {
  return columns === null ? null : new Set(columns.map((name) => name.toLowerCase()))
}

/** The same rows with the columns' names, by their places. */
export function renamed(r: Reading, { value, columns }: Query, names: readonly string[] | null): Query {
  if (names === null || names.length === 0) return { value, columns }
  const { span } = value
  const row = reference(fresh(r, 'row'), span)
  // Of columns that are not known, each may hold anything of the row.
  const entries = names.map((name, index): RecordEntry => {
    const old = columns?.[index]
    const own = old === undefined ? constant(null, span) : member(row, old, span)
    return { key: constant(name, span), value: columns === null ? row : own, span }
  })
  return {
    value: sequence([assign(row.binding, '', value, span), { kind: 'record', entries, span }], span),
    columns: [...names],
  }
}

// a UNION ALL b: columns of all by the names of the first
function united(r: Reading): Query {
  const from = r.at
  const all = [term(r)]
  while (takeWord(r, 'UNION', 'INTERSECT', 'EXCEPT', 'MINUS')) {
    takeWord(r, 'ALL', 'DISTINCT')
    if (takeWords(r, 'BY NAME')) takeWord(r, 'ALL')
    all.push(term(r))
  }
  tail(r)
  const [first] = all
  if (all.length === 1) return first!
  const rows = all.map((one, index) =>
    index === 0 || sameNames(one.columns, first!.columns) ? one : renamed(r, one, first!.columns),
  )
  return {
    value: either(
      rows.slice(0, 60).map(({ value }) => value),
      spanFrom(r, from),
    ),
    columns: first!.columns,
  }
}

function sameNames(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((name, index) => name === b[index])
}

/** Clauses behind a union: they choose and sort. */
function tail(r: Reading): void {
  while (r.at < r.end) {
    if (takeWords(r, 'ORDER BY')) listOf(r)
    else if (takeWord(r, 'LIMIT', 'OFFSET', 'FETCH', 'FOR', 'SETTINGS'))
      skipTo(
        r,
        (token) => isMark(token, ')') || isMark(token, ';') || /^(?:ORDER|LIMIT|OFFSET|UNION)$/i.test(token.text),
      )
    else return
  }
}

export function listOf(r: Reading): Value[] {
  const values: Value[] = []
  do {
    values.push(expression(r))
    while (takeWord(r, 'ASC', 'DESC', 'NULLS', 'FIRST', 'LAST', 'ROLLUP', 'CUBE')) continue
  } while (takeMark(r, ','))
  return values
}

function term(r: Reading): Query {
  const from = r.at
  if (atMark(r, '(')) {
    if (r.depth >= maxDepth) {
      skipBracket(r)
      return { value: unknown([], spanFrom(r, from)), columns: null }
    }
    r.at++
    const query = queryOf(r)
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
    takeMark(r, ')')
    return query
  }
  if (takeWord(r, 'VALUES')) return rowsOfValues(r, from)
  if (takeWord(r, 'TABLE')) return { value: tableValue(r).value, columns: null }
  const outer = r.scope
  r.scope = emptyScope(outer)
  const query = selection(r, from)
  r.scope = outer
  return query
}

/** `VALUES (1, 'a'), (2, 'b')`: rows of literals alone are fixtures and carry nothing. */
export function rowsOfValues(r: Reading, from: number): Query {
  const values: Value[] = []
  let width = 0
  do {
    if (!atMark(r, '(')) break
    const before = r.at
    if (isLiteralRow(r)) {
      skipBracket(r)
      width = Math.max(width, 1)
    } else {
      r.at++
      const row: Value[] = []
      while (r.at < r.end && !atMark(r, ')') && !atMark(r, ';')) {
        const at = r.at
        row.push(expression(r))
        takeMark(r, ',')
        if (r.at === at) r.at++
      }
      takeMark(r, ')')
      if (values.length < 400) values.push(...row)
    }
    if (r.at === before) break
  } while (takeMark(r, ','))
  return { value: carrying(values, spanFrom(r, from)), columns: null }
}

function isLiteralRow(r: Reading): boolean {
  for (let at = r.at + 1; at < r.end; at++) {
    const token = r.tokens[at]!
    if (isMark(token, ')')) return true
    const isPlain =
      token.kind === 'string' ? !token.text.includes(HOLE) : token.kind === 'number' || /^[,+-]$/.test(token.text)
    if (!isPlain && !/^(?:NULL|TRUE|FALSE|DEFAULT|DATE|TIMESTAMP|N|E)$/i.test(token.text)) return false
  }
  return true
}
