/** Statements that change what tables hold: INSERT, UPDATE, MERGE, COPY. */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant } from '../nodes.js'
import { expression } from './expressions.js'
import { isQueryHere, nameList, queryOf, renamed, rowsOfValues, type Query } from './queries.js'
import { readSources, tableValue } from './sources.js'
import {
  assign,
  atMark,
  either,
  emptyScope,
  foldName,
  peek,
  sequence,
  shared,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  type Reading,
} from './reading.js'

/** A table is made of rows, or takes them beside those that it has. */
export function filled(name: string, value: Value, span: Value['span'], how: 'made' | 'taken'): Value {
  return assign(shared(how === 'made' ? 'table' : 'rows', name), '', value, span)
}

// INSERT INTO t (a, b) SELECT …, INSERT OVERWRITE TABLE t …, INSERT INTO t VALUES (…)
export function inserted(r: Reading): Value | null {
  const from = r.at
  r.at++
  takeWord(r, 'OVERWRITE', 'OR', 'IGNORE', 'ALL')
  while (takeWord(r, 'INTO', 'OVERWRITE', 'TABLE', 'ROW', 'IGNORE')) continue
  const { name } = tableValue(r)
  if (name === '') return null
  const columns = atMark(r, '(') && !isQueryHere(r) ? nameList(r) : null
  if (takeWord(r, 'OUTPUT')) skipTo(r, (token) => isMark(token, ';') || /^(?:VALUES|SELECT)$/i.test(token.text))
  const start = r.at
  const rows: Query | null = takeWord(r, 'VALUES')
    ? valuesInto(r, start, columns)
    : isQueryHere(r)
      ? renamed(r, queryOf(r), columns)
      : null
  return rows === null ? null : filled(name, rows.value, spanFrom(r, from), 'taken')
}

/** One row of values by the columns' names; more rows together. */
function valuesInto(r: Reading, from: number, columns: readonly string[] | null): Query {
  const start = r.at
  const query = rowsOfValues(r, from)
  if (columns === null || query.value.kind === 'constant') return query
  // Read again, each value under its column.
  const end = r.at
  r.at = start
  const rows: Value[] = []
  while (r.at < end && rows.length < 40 && takeMark(r, '(')) {
    const entries: RecordEntry[] = []
    for (const column of columns) {
      const value = expression(r)
      entries.push({ key: constant(column, value.span), value, span: value.span })
      if (!takeMark(r, ',')) break
    }
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
    takeMark(r, ')')
    rows.push({ kind: 'record', entries, span: query.value.span })
    if (!takeMark(r, ',')) break
  }
  r.at = end
  return { value: either(rows.length === 0 ? [query.value] : rows, query.value.span), columns: [...columns] }
}

// UPDATE t x SET a = f(b) FROM u WHERE …
export function updated(r: Reading): Value | null {
  const from = r.at
  r.at++
  const outer = r.scope
  r.scope = emptyScope(outer)
  const steps: Value[] = []
  const tests: Value[] = []
  const at = r.at
  const { name } = tableValue(r)
  r.at = at
  readSources(r, steps, tests)
  if (!takeWord(r, 'SET')) {
    r.scope = outer
    return null
  }
  const setAt = r.at
  skipTo(r, (token) => isMark(token, ';') || (token.kind === 'name' && /^(?:FROM|WHERE|RETURNING)$/i.test(token.text)))
  if (takeWord(r, 'FROM')) readSources(r, steps, tests)
  // UPDATE c … FROM customers AS c: the name is the alias
  const all = r.scope.sources
  r.scope.sources = all.filter((one, index) => !all.some((other, later) => later > index && other.alias === one.alias))
  if (takeWord(r, 'WHERE')) tests.push(expression(r))
  const end = r.at
  r.at = setAt
  const entries = assignments(r, end)
  r.at = end
  r.scope = outer
  return changed(name, steps, tests, entries, spanFrom(r, from))
}

function changed(
  name: string,
  steps: readonly Value[],
  tests: readonly Value[],
  entries: RecordEntry[],
  span: Value['span'],
): Value {
  const row: Value = { kind: 'record', entries, span }
  const test =
    tests.length === 0 ? null : tests.reduce((left, right) => ({ kind: 'logical', operator: 'and', left, right, span }))
  const written: Value =
    test === null ? row : { kind: 'choice', test, then: row, otherwise: constant(null, span), span }
  return filled(name, sequence([...steps, written], span), span, 'taken')
}

// a = x, t.b = y, (c, d) = (…)
function assignments(r: Reading, end: number): RecordEntry[] {
  const entries: RecordEntry[] = []
  while (r.at < end) {
    const before = r.at
    if (atMark(r, '(')) nameList(r)
    while (takeMark(r, '@')) continue
    let name: Token | undefined
    while (peek(r)?.kind === 'name') {
      name = peek(r)
      r.at++
      if (!takeMark(r, '.')) break
    }
    takeMark(r, ':')
    takeMark(r, '+')
    if (takeMark(r, '=')) {
      const value = expression(r)
      entries.push({ key: constant(name === undefined ? '_' : foldName(name), value.span), value, span: value.span })
    }
    if (!takeMark(r, ',')) break
    if (r.at === before) break
  }
  return entries
}

// MERGE INTO t USING (SELECT …) s ON … WHEN MATCHED THEN UPDATE SET a = s.b WHEN NOT MATCHED THEN INSERT (a) VALUES (s.b)
export function merged(r: Reading): Value | null {
  const from = r.at
  r.at++
  takeWord(r, 'INTO')
  const outer = r.scope
  r.scope = emptyScope(outer)
  const steps: Value[] = []
  const tests: Value[] = []
  const at = r.at
  const { name } = tableValue(r)
  r.at = at
  readSources(r, steps, tests)
  if (takeWord(r, 'USING')) readSources(r, steps, [])
  const rows: Value[] = []
  while (takeWord(r, 'WHEN')) {
    skipTo(r, (token) => isMark(token, ';') || isWord(token, 'THEN'))
    takeWord(r, 'THEN')
    const start = r.at
    if (takeWords(r, 'UPDATE SET') || takeWord(r, 'UPDATE')) {
      const end = endOfArm(r)
      r.at = start + 2
      rows.push({ kind: 'record', entries: assignments(r, end), span: spanFrom(r, start) })
      r.at = end
    } else if (takeWord(r, 'INSERT')) {
      const columns = atMark(r, '(') ? nameList(r) : null
      const values = r.at
      if (takeWord(r, 'VALUES')) rows.push(valuesInto(r, values, columns).value)
      r.at = endOfArm(r)
    } else r.at = endOfArm(r)
  }
  r.scope = outer
  const span = spanFrom(r, from)
  if (rows.length === 0) return sequence([...steps, constant(null, span)], span)
  return filled(name, sequence([...steps, either(rows, span)], span), span, 'taken')
}

function endOfArm(r: Reading): number {
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'WHEN'))
  return r.at
}

// COPY INTO t FROM (SELECT …)
export function copied(r: Reading): Value | null {
  const from = r.at
  r.at++
  if (!takeWord(r, 'INTO')) return null
  const isStage = atMark(r, '@')
  const { name } = isStage ? { name: '' } : tableValue(r)
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'FROM'))
  if (!takeWord(r, 'FROM') || !atMark(r, '(') || !isQueryHere(r, 1)) return null
  r.at++
  const { value } = queryOf(r)
  takeMark(r, ')')
  return name === '' ? value : filled(name, value, spanFrom(r, from), 'taken')
}
