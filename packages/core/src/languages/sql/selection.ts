/**
 * `SELECT list FROM … WHERE …` → a row of what the list names. The list is read last, when it is known what it is of; an item that is given
 * a name is bound, so that later items may ask for it.
 */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { isMark, type Token } from '../../schemas/sql/tokens.js'
import { constant, reference } from '../nodes.js'
import { lastName } from './calls.js'
import { expression, isClause } from './expressions.js'
import { rowNamed, variableNamed } from './names.js'
import { isQueryHere, type Query, nameList, listOf } from './queries.js'
import {
  assign,
  atMark,
  atWord,
  foldName,
  fresh,
  peek,
  sequence,
  shared,
  skipBracket,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  withoutContent,
  type Reading,
} from './reading.js'
import { readSources } from './sources.js'

interface Item {
  value: Value
  name: string | null
  star: boolean
  from: number
  to: number
}

/** `SELECT list FROM … WHERE …`; BigQuery and DuckDB also put `FROM` first. The list is read last, when it is known what it is of. */
export function selection(r: Reading, from: number): Query {
  takeWord(r, 'SELECT')
  const listAt = r.at
  skipList(r)
  const steps: Value[] = []
  const tests: Value[] = []
  const into = takeWord(r, 'INTO') ? intoNames(r) : []
  takeWords(r, 'BULK COLLECT')
  if (takeWord(r, 'INTO')) into.push(...intoNames(r))
  if (takeWord(r, 'FROM')) readSources(r, steps, tests)
  if (takeWord(r, 'WHERE')) tests.push(expression(r))
  const after = r.at
  r.at = listAt
  const items = itemsOf(r, after, steps)
  r.at = after
  const aside = clauses(r)
  const columns = items.some(({ star, name }) => star || name === null) ? null : items.map(({ name }) => name!)
  const span = spanFrom(r, from)
  const row = rowOf(items, span)
  const bound = items.filter(({ star }) => !star).map(({ value }) => value)
  const seen = [...bound, ...aside, ...storesOf(r, into, items, span), row]
  const result = sequence(seen, span)
  const guarded: Value =
    tests.length === 0
      ? result
      : { kind: 'choice', test: all(tests, span), then: result, otherwise: constant(null, span), span }
  return { value: sequence([...steps, guarded], span), columns }
}

function all(tests: readonly Value[], span: Value['span']): Value {
  return tests.reduce((left, right) => ({ kind: 'logical', operator: 'and', left, right, span }))
}

/** Over the list, to the clause behind it. `* EXCEPT (a)` is no set operation. */
function skipList(r: Reading): void {
  do {
    skipTo(r, (token) => isMark(token, ')') || isMark(token, ';') || endsList(token))
  } while (atWord(r, 'EXCEPT') && isMark(peek(r, 1), '(') && !isQueryHere(r, 1) && ++r.at > 0)
}

const BEHIND_LISTS = words('from into where group having order limit union intersect except minus qualify window fetch')

function endsList(token: Token): boolean {
  return token.kind === 'name' && !token.quoted && BEHIND_LISTS.has(token.text.toLowerCase())
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

// SELECT a, b INTO x, y; SELECT … INTO @x; SELECT * INTO t FROM …
function intoNames(r: Reading): Token[] {
  const names: Token[] = []
  takeWord(r, 'STRICT', 'TEMP', 'TEMPORARY', 'TABLE')
  for (;;) {
    while (atMark(r, ':') || atMark(r, '@') || atMark(r, '#')) r.at++
    const token = peek(r)
    if (token?.kind !== 'name') return names
    r.at++
    while (takeMark(r, '.') && peek(r)?.kind === 'name') r.at++
    names.push(r.tokens[r.at - 1]!)
    if (!takeMark(r, ',')) return names
  }
}

/** What `INTO` names: variables, else a table that is made. */
function storesOf(r: Reading, into: readonly Token[], items: readonly Item[], span: Value['span']): Value[] {
  return into.map((token, index) => {
    const name = token.text.toLowerCase()
    const variable = variableNamed(r, name)
    const item = items[index]
    if (variable !== null) {
      const value = into.length === 1 && items.length !== 1 ? rowOf(items, span) : (item?.value ?? constant(null, span))
      return assign(variable, foldName(token), plainOf(value), token)
    }
    return assign(shared('table', name), '', rowOf(items, span), token)
  })
}

/** The value that an item's alias was bound to. */
function plainOf(value: Value): Value {
  return value.kind === 'assignment' && value.target.kind === 'binding'
    ? reference(value.target.binding, value.span)
    : value
}

function rowOf(items: readonly Item[], span: Value['span']): Value {
  const entries = items.map(({ value, name, star }, index): RecordEntry => {
    if (star) return { key: null, value, span: value.span }
    return { key: constant(name ?? `_${index}`, value.span), value: plainOf(value), span: value.span }
  })
  return { kind: 'record', entries, span }
}

/** The list, each item with its name; an item that is given a name is bound, later items may ask for it. */
function itemsOf(r: Reading, until: number, steps: Value[]): Item[] {
  const items: Item[] = []
  while (takeWord(r, 'DISTINCT', 'ALL', 'TOP', 'STRAIGHT_JOIN', 'STRUCT')) {
    if (atMark(r, '(')) skipBracket(r)
    else if (peek(r)?.kind === 'number') r.at++
    takeWord(r, 'PERCENT')
    if (takeWord(r, 'ON') && atMark(r, '(')) skipBracket(r)
    // SELECT AS STRUCT
  }
  if (atWord(r, 'AS') && /^(?:STRUCT|VALUE)$/i.test(peek(r, 1)?.text ?? '')) r.at += 2
  while (r.at < Math.min(until, r.end) && items.length < 1000) {
    const before = r.at
    const item = star(r, steps) ?? itemOf(r)
    if (item !== null) items.push(item)
    if (!takeMark(r, ',')) {
      const token = peek(r)
      if (token === undefined || r.at >= until || endsList(token) || isMark(token, ')') || isMark(token, ';')) break
      skipTo(r, (one) => isMark(one, ',') || isMark(one, ')') || isMark(one, ';') || endsList(one))
      if (!takeMark(r, ',')) break
    }
    if (r.at === before) break
  }
  return items
}

// *, c.*, * EXCEPT (a, b), * EXCLUDE a, * REPLACE (x AS a), * ILIKE '%'
function star(r: Reading, steps: Value[]): Item | null {
  const from = r.at
  const span = peek(r)
  if (span === undefined) return null
  let row: Value
  if (takeMark(r, '*')) {
    const sources = r.scope.sources
    const entries = sources.map(({ binding }): RecordEntry => ({ key: null, value: reference(binding, span), span }))
    row = sources.length === 1 ? reference(sources[0]!.binding, span) : { kind: 'record', entries, span }
  } else {
    let ahead = 0
    while (peek(r, ahead)?.kind === 'name' && isMark(peek(r, ahead + 1), '.')) ahead += 2
    if (ahead === 0 || !isMark(peek(r, ahead), '*')) return null
    const name = peek(r, ahead - 2)!
    r.at += ahead + 1
    const found = rowNamed(r, name.text)
    row = found === null ? constant(null, span) : reference(found.binding, span)
  }
  const left: string[] = []
  const replaced: RecordEntry[] = []
  while (r.at < r.end) {
    if (takeWord(r, 'EXCEPT', 'EXCLUDE')) {
      if (atMark(r, '(')) left.push(...nameList(r))
      else if (peek(r)?.kind === 'name') left.push(foldName(r.tokens[r.at++]!))
    } else if (takeWord(r, 'REPLACE', 'RENAME') && takeMark(r, '(')) {
      while (r.at < r.end && !atMark(r, ')')) {
        const before = r.at
        const value = expression(r)
        if (takeWord(r, 'AS') && peek(r)?.kind === 'name') {
          const name = foldName(r.tokens[r.at++]!)
          replaced.push({ key: constant(name, value.span), value, span: value.span })
          left.push(name)
        }
        takeMark(r, ',')
        if (r.at === before) r.at++
      }
      takeMark(r, ')')
    } else if (takeWord(r, 'ILIKE')) r.at++
    else break
  }
  const whole = spanFrom(r, from)
  if (left.length > 0) row = without(r, row, left, steps, whole)
  if (replaced.length > 0)
    row = { kind: 'record', entries: [{ key: null, value: row, span: whole }, ...replaced], span: whole }
  return { value: row, name: null, star: true, from, to: r.at }
}

/** The row without some of its columns. */
function without(r: Reading, row: Value, left: readonly string[], steps: Value[], span: Value['span']): Value {
  const binding = fresh(r, 'rest')
  const entries = left.map((name) => ({
    key: constant(name, span),
    pattern: { kind: 'binding' as const, binding: fresh(r, name), name: '', span },
  }))
  const rest = { kind: 'binding' as const, binding, name: '', span }
  steps.push({ kind: 'assignment', target: { kind: 'record-pattern', entries, rest, span }, value: row, span })
  return reference(binding, span)
}

function itemOf(r: Reading): Item | null {
  const from = r.at
  // alias = expression (T-SQL), @variable = expression
  const isVariable = atMark(r, '@')
  const assigned = assignedName(r)
  const start = r.at
  const value = expression(r)
  if (r.at === start) return null
  let name = assigned
  const of = new Set(r.tokens.slice(start, r.at).map(({ text }) => text.toLowerCase()))
  if (takeWord(r, 'AS')) {
    const token = peek(r)
    if (token?.kind === 'name' || token?.kind === 'string') {
      name = token.kind === 'name' ? foldName(token) : token.text
      r.at++
    }
  } else if (name === null) {
    const token = peek(r)
    if (token?.kind === 'name' && !isClause(token)) {
      name = foldName(token)
      r.at++
    }
  }
  const to = r.at
  const variable = isVariable && assigned !== null ? variableNamed(r, assigned) : null
  if (variable !== null) return { value: assign(variable, '', value, value.span), name, star: false, from, to }
  if (name === null) return { value: bind(r, '', value), name: lastName(value), star: false, from, to }
  const bound = bind(r, name, value)
  if (bound.kind === 'assignment' && bound.target.kind === 'binding')
    r.scope.aliases.set(name.toLowerCase(), { binding: bound.target.binding, of })
  return { value: bound, name, star: false, from, to }
}

function bind(r: Reading, name: string, value: Value): Value {
  return assign(fresh(r, name), '', value, value.span)
}

function assignedName(r: Reading): string | null {
  const isVariable = atMark(r, '@')
  const name = peek(r, isVariable ? 1 : 0)
  const mark = isVariable ? 2 : 1
  if (name?.kind !== 'name' || !isMark(peek(r, mark), '=') || isMark(peek(r, mark + 1), '=')) return null
  if (isMark(peek(r, mark + 1), '>')) return null
  r.at += mark + 1
  return foldName(name)
}

/** What stands behind the rows: groups, orders, windows. Calls in them are made, too. */
function clauses(r: Reading): Value[] {
  const values: Value[] = []
  while (r.at < r.end) {
    if (
      takeWords(r, 'GROUP BY') ||
      takeWords(r, 'ORDER BY') ||
      takeWords(r, 'CLUSTER BY') ||
      takeWords(r, 'DISTRIBUTE BY')
    ) {
      takeWord(r, 'ALL')
      values.push(...listOf(r))
    } else if (takeWord(r, 'HAVING', 'QUALIFY')) values.push(expression(r))
    else if (takeWord(r, 'WINDOW'))
      skipTo(
        r,
        (token) => isMark(token, ')') || isMark(token, ';') || /^(?:ORDER|LIMIT|QUALIFY|UNION)$/i.test(token.text),
      )
    else if (takeWords(r, 'START WITH') || takeWords(r, 'CONNECT BY')) {
      takeWord(r, 'NOCYCLE')
      values.push(expression(r))
    } else if (takeWord(r, 'LIMIT', 'OFFSET', 'FETCH', 'OPTION'))
      skipTo(
        r,
        (token) =>
          isMark(token, ')') ||
          isMark(token, ';') ||
          /^(?:UNION|INTERSECT|EXCEPT|MINUS|OFFSET|ORDER)$/i.test(token.text),
      )
    else break
  }
  return values.length === 0 ? [] : [withoutContent(values, values[0]!.span)]
}
