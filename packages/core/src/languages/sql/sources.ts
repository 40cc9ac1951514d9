/** What a query reads from: tables, queries, functions that give rows, each bound to its alias; conditions of inner joins are tests. */
import type { Call, RecordEntry, Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, reference } from '../nodes.js'
import { call, callArguments, pathOf } from './calls.js'
import { expression, isClause } from './expressions.js'
import { HOLE, stringValue } from './literals.js'
import { queryNamed } from './names.js'
import { isQueryHere, nameList, queryOf, renamed, setOf, type Query } from './queries.js'
import {
  either,
  assign,
  atMark,
  atWord,
  carrying,
  foldName,
  fresh,
  maxDepth,
  offered,
  peek,
  shared,
  skipBracket,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  unknown,
  withoutContent,
  type Reading,
  type RowSource,
} from './reading.js'

/** `FROM a x JOIN b y ON …, LATERAL (…) z` */
export function readSources(r: Reading, steps: Value[], tests: Value[]): void {
  let outer = false
  while (r.at < r.end) {
    const before = r.at
    source(r, steps)
    for (;;) {
      if (takeWord(r, 'ON')) {
        const test = expression(r)
        if (outer) steps.push(withoutContent([test], test.span))
        else tests.push(test)
      } else if (atWord(r, 'USING') && isMark(peek(r, 1), '(') && !isQueryHere(r, 1)) {
        r.at++
        skipBracket(r)
      } else break
    }
    if (takeMark(r, ',')) {
      outer = false
      continue
    }
    const kind = joinKind(r)
    if (kind === null) return
    outer = kind === 'outer'
    if (r.at === before) return
  }
}

function joinKind(r: Reading): 'inner' | 'outer' | null {
  let outer = false
  let ahead = 0
  for (; ahead < 6; ahead++) {
    const token = peek(r, ahead)
    if (isWord(token, 'JOIN') || isWord(token, 'APPLY')) {
      r.at += ahead + 1
      return outer ? 'outer' : 'inner'
    }
    if (isWord(token, 'LATERAL') && isWord(peek(r, ahead + 1), 'VIEW')) {
      r.at += ahead + 2
      takeWord(r, 'OUTER')
      return 'inner'
    }
    if (
      token?.kind !== 'name' ||
      !/^(?:LEFT|RIGHT|FULL|OUTER|INNER|CROSS|NATURAL|ASOF|SEMI|ANTI|STRAIGHT_JOIN|GLOBAL|ANY|HASH|LOOP|MERGE)$/i.test(
        token.text,
      )
    )
      return null
    if (/^(?:LEFT|RIGHT|FULL|OUTER)$/i.test(token.text)) outer = true
  }
  return null
}

/** One table, query or function that rows come from, with its alias. */
function source(r: Reading, steps: Value[]): void {
  const from = r.at
  takeWord(r, 'LATERAL', 'ONLY')
  const isStaged = atMark(r, '@')
  if (atWord(r, 'STREAM') && peek(r, 1)?.kind === 'name') r.at++
  let rows: Query & { name: string }
  if (atMark(r, '(')) rows = { ...bracketedSource(r, steps), name: '' }
  else if (atMark(r, '@')) rows = staged(r)
  else if (peek(r)?.kind === 'name' || peek(r)?.kind === 'string' || atMark(r, '#')) rows = namedSource(r, steps)
  else return
  for (;;) {
    if (
      /^(?:PIVOT|UNPIVOT|TABLESAMPLE|SAMPLE|MATCH_RECOGNIZE|CHANGES|BEFORE)$/i.test(peek(r)?.text ?? '') ||
      (atWord(r, 'AT') && isMark(peek(r, 1), '('))
    ) {
      r.at++
      while (peek(r)?.kind === 'name' && !isMark(peek(r), '(') && !isClause(peek(r))) r.at++
      if (atMark(r, '(')) skipBracket(r)
      rows.columns = null
    } else if (
      takeWords(r, 'FOR SYSTEM_TIME') ||
      takeWords(r, 'FOR VERSION') ||
      takeWords(r, 'VERSION AS') ||
      takeWords(r, 'TIMESTAMP AS')
    )
      skipTo(
        r,
        (token) =>
          isMark(token, ',') ||
          isMark(token, ')') ||
          isMark(token, ';') ||
          (isClause(token) && !/^(?:AS)$/i.test(token.text)),
      )
    else break
  }
  const alias = aliasOf(r)
  const renamedRows = alias.columns === null ? rows : renamed(r, rows, alias.columns)
  const binding = fresh(r, alias.name ?? rows.name)
  const row: RowSource = {
    alias: alias.name ?? rows.name,
    binding,
    columns: setOf(renamedRows.columns),
    staged: isStaged,
  }
  steps.push(assign(binding, '', renamedRows.value, spanFrom(r, from)))
  r.scope.sources.push(row)
  if (atWord(r, 'WITH') && isMark(peek(r, 1), '(')) {
    r.at++
    skipBracket(r)
  }
}

function aliasOf(r: Reading): { name: string | null; columns: string[] | null } {
  const said = takeWord(r, 'AS')
  const token = peek(r)
  if (token?.kind === 'string' && said) {
    r.at++
    return { name: token.text, columns: null }
  }
  if (token?.kind !== 'name' || (!token.quoted && !said && isClause(token)) || isJoinWord(token))
    return { name: null, columns: null }
  r.at++
  // LATERAL VIEW explode(x) t AS y
  if (atWord(r, 'AS') && peek(r, 1)?.kind === 'name' && !said) {
    r.at++
    const columns = [foldName(r.tokens[r.at++]!)]
    while (takeMark(r, ',') && peek(r)?.kind === 'name') columns.push(foldName(r.tokens[r.at++]!))
    return { name: foldName(token), columns }
  }
  return { name: foldName(token), columns: atMark(r, '(') ? nameList(r) : null }
}

function isJoinWord(token: Token): boolean {
  return (
    !token.quoted &&
    /^(?:SEMI|ANTI|ASOF|APPLY|STRAIGHT_JOIN|WHEN|THEN|ELSE|END|MATCHED|LOOP|DO|SETTINGS|OPTION|FORMAT|CONNECT|START|CLUSTER|DISTRIBUTE|SORT|WITH|OFFSET)$/i.test(
      token.text,
    )
  )
}

/** (SELECT …), (a JOIN b ON …), (VALUES …) */
function bracketedSource(r: Reading, steps: Value[]): Query {
  const from = r.at
  if (r.depth >= maxDepth) {
    skipBracket(r)
    return { value: unknown([], spanFrom(r, from)), columns: null }
  }
  r.depth++
  r.at++
  let found: Query
  if (isQueryHere(r)) found = queryOf(r)
  else {
    const before = r.scope.sources.length
    readSources(r, steps, [])
    const inner = r.scope.sources.slice(before)
    const span = spanFrom(r, from)
    const entries = inner.map(({ binding }): RecordEntry => ({ key: null, value: reference(binding, span), span }))
    found = { value: { kind: 'record', entries, span }, columns: null }
  }
  skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
  takeMark(r, ')')
  r.depth--
  return found
}

// @stage/path (FILE_FORMAT => 'x')
function staged(r: Reading): Query & { name: string } {
  const from = r.at
  r.at++
  const name = peek(r)?.text ?? ''
  skipTo(
    r,
    (token) =>
      isMark(token, ',') ||
      isMark(token, ';') ||
      isMark(token, ')') ||
      isClause(token) ||
      token.start !== r.tokens[r.at - 1]?.end,
  )
  if (atMark(r, '(')) skipBracket(r)
  return { value: tableCall([name], spanFrom(r, from)), columns: null, name }
}

/** A table by its name, a named query, or a function that gives rows. */
function namedSource(r: Reading, steps: Value[]): Query & { name: string } {
  const from = r.at
  const isTable = /^(?:TABLE|STREAM)$/i.test(peek(r)?.text ?? '') && isMark(peek(r, 1), '(')
  if (isTable) {
    r.at += 2
    const inner = peek(r)?.kind === 'string' ? { ...tableValue(r), name: '' } : namedSource(r, steps)
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
    takeMark(r, ')')
    return inner
  }
  let ahead = 0
  while (peek(r, ahead)?.kind === 'name' && isMark(peek(r, ahead + 1), '.') && peek(r, ahead + 2)?.kind === 'name')
    ahead += 2
  if (peek(r)?.kind === 'name' && isMark(peek(r, ahead + 1), '(') && !/^(?:WITH)$/i.test(peek(r, ahead)!.text)) {
    const parts = Array.from({ length: ahead / 2 + 1 }, (_, index) => peek(r, index * 2)!)
    r.at += ahead + 1
    return rowsOfCall(r, parts, from, steps)
  }
  return tableValue(r)
}

/** Rows of a function: what it gives, beside the columns of the rows that it was given. */
function rowsOfCall(r: Reading, parts: readonly Token[], from: number, steps: Value[]): Query & { name: string } {
  const path = pathOf(parts)
  const name = path.at(-1)!
  const head = { start: parts[0]!.start, end: parts.at(-1)!.end }
  const given = callArguments(r)
  const span = spanFrom(r, from)
  if (
    /^(?:flatten|unnest|explode|posexplode|explode_outer|split_to_table|string_split|json_each|jsonb_array_elements|jsonb_array_elements_text|openjson|json_table|generate_series|generator|result_scan|strtok_split_to_table)$/.test(
      name,
    )
  ) {
    if (name === 'openjson' && takeWord(r, 'WITH') && atMark(r, '(')) skipBracket(r)
    if (takeWords(r, 'WITH OFFSET')) if (takeWord(r, 'AS') || peek(r)?.kind === 'name') r.at++
    const value = carrying(
      given.map((one) => one.value),
      span,
    )
    return { value, columns: null, name }
  }
  const rows: Value[] = []
  const args = given.map((one) => {
    if (!one.rows) return one
    const binding = fresh(r, 'rows')
    steps.push(assign(binding, '', one.value, one.value.span))
    rows.push(reference(binding, one.value.span))
    return { ...one, value: reference(binding, one.value.span) }
  })
  const made: Call = call(path, args, head, span)
  if (rows.length === 0) return { value: made, columns: null, name }
  const entries = [...rows, made].map((value): RecordEntry => ({ key: null, value, span }))
  return { value: { kind: 'record', entries, span }, columns: null, name }
}

/** A table's row: of what a script made it, else of what its schema and its name say. */
export function tableValue(r: Reading): Query & { name: string } {
  const from = r.at
  const parts: Token[] = []
  // #temporary, ##global
  while (takeMark(r, '#')) continue
  while (peek(r)?.kind === 'name' || peek(r)?.kind === 'string') {
    parts.push(peek(r)!)
    r.at++
    // a.b.c, a..c, `project-id`.x
    if (!atMark(r, '.')) break
    while (takeMark(r, '.')) continue
  }
  const span = spanFrom(r, from)
  const names = parts.flatMap((part) => (part.quoted || part.kind === 'string' ? part.text.split('.') : [part.text]))
  const name = names.at(-1)?.replace(/^#+/, '') ?? ''
  const known = parts.length === 1 ? queryNamed(r, name) : null
  if (known !== null)
    return { value: reference(known.binding, span), columns: known.columns === null ? null : [...known.columns], name }
  const own = r.declared.get(name.toLowerCase())
  if (name.includes(HOLE)) {
    const text = stringValue(r, { ...parts.at(-1)!, kind: 'string', quoted: false, text: name })
    return { value: { ...tableCall([''], span), arguments: [{ value: text }] }, columns: null, name: '' }
  }
  const made: Value = {
    kind: 'operation',
    operator: 'first',
    operands: [reference(shared('table', name), span), tableCall([name], span)],
    carries: true,
    span,
  }
  const value = either([reference(shared('rows', name), span), made], span)
  return { value, columns: own === undefined ? null : [...own], name: foldName({ text: name }) }
}

/** `table('customers')` of the database: a row of what its schema says. */
export function tableCall([name]: readonly string[], span: Value['span']): Call {
  return {
    kind: 'call',
    callee: offered(['table'], span),
    arguments: [{ value: constant(name ?? '', span) }],
    construct: false,
    span,
  }
}
