/** `CREATE` and `ALTER`: views and tables that queries make, functions and procedures, models, services, settings of the account. */
import type { FunctionValue, Parameter, RecordEntry, Statement, Value } from '../../ir/ir.js'
import { isMark, isWord, tokenizeSql, type Token } from '../../schemas/sql/tokens.js'
import { constant } from '../nodes.js'
import { call, pathOf, setting } from './calls.js'
import { expression } from './expressions.js'
import { isQueryHere, nameList, queryOf, renamed } from './queries.js'
import { tableCall, tableValue } from './sources.js'
import {
  assign,
  atMark,
  atWord,
  emptyScope,
  foldName,
  fresh,
  notRead,
  offered,
  peek,
  sequence,
  shared,
  skipBracket,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  unknown,
  type Reading,
} from './reading.js'
import { filled } from './changes.js'
import { statements } from './statements.js'
import { block } from './procedures.js'

const MODIFIERS =
  /^(?:CREATE|ALTER|OR|REPLACE|TEMP|TEMPORARY|TRANSIENT|LOCAL|GLOBAL|VOLATILE|UNLOGGED|SECURE|RECURSIVE|FORCE|EDITIONABLE|NONEDITIONABLE|MATERIALIZED|DYNAMIC|LIVE|STREAMING|REFRESH|ICEBERG|HYBRID|AGGREGATE|PRIVATE|IF|NOT|EXISTS)$/i

/** What is made or changed, as a value that makes it; null for what moves no data. */
export function created(r: Reading): Value | null {
  const from = r.at
  const isAlter = atWord(r, 'ALTER')
  const kind: string[] = []
  while (peek(r)?.kind === 'name' && MODIFIERS.test(peek(r)!.text)) r.at++
  while (peek(r)?.kind === 'name' && kind.length < 4) {
    const word = peek(r)!.text.toUpperCase()
    kind.push(word)
    r.at++
    if (
      /^(?:TABLE|VIEW|FUNCTION|PROCEDURE|PROC|MODEL|SERVICE|ACCOUNT|SYSTEM|SESSION|DATABASE|INDEX|TASK|SCHEMA|USER|ROLE)$/.test(
        word,
      )
    )
      break
  }
  while (takeWord(r, 'IF', 'NOT', 'EXISTS')) continue
  if (isAlter) return altered(r, kind.at(-1) ?? '', from)
  switch (kind.at(-1)) {
    case 'TABLE':
    case 'VIEW':
      return made(r, from)
    case 'FUNCTION':
    case 'PROCEDURE':
    case 'PROC':
      return routine(r, from)
    case 'MODEL':
      return model(r, kind, from)
    case 'TASK':
      skipTo(r, (token) => isMark(token, ';') || isWord(token, 'AS'))
      return takeWord(r, 'AS')
        ? inside(
            r,
            statements(r, (one) => atMark(one, ';')),
            from,
          )
        : null
    default:
      return kind.length > 1 ? service(r, kind, from) : null
  }
}

// CREATE VIEW v (a, b) COMMENT = 'x' AS SELECT …, CREATE TABLE t AS (WITH …), CREATE TABLE t CLONE u
function made(r: Reading, from: number): Value | null {
  const { name } = tableValue(r)
  if (name === '') return null
  const open = r.at
  const columns = atMark(r, '(') && !isQueryHere(r, 0) ? nameList(r) : null
  const computed = generated(r, name, open, r.at, from)
  if (computed !== null) return computed
  while (r.at < r.end && !atMark(r, ';')) {
    if (takeWord(r, 'CLONE', 'LIKE')) return filled(name, tableValue(r).value, spanFrom(r, from), 'made')
    const isAs = takeWord(r, 'AS')
    if (isQueryHere(r)) return filled(name, renamed(r, queryOf(r), columns).value, spanFrom(r, from), 'made')
    if (!isAs && atMark(r, '(')) skipBracket(r)
    else if (!isAs) r.at++
  }
  return null
}

/** Columns that are worked out of others: `v vector GENERATED ALWAYS AS (embed(c1)) STORED`. */
function generated(r: Reading, name: string, open: number, end: number, from: number): Value | null {
  const values: Value[] = []
  const outer = { scope: r.scope, at: r.at }
  for (let at = open; at < end; at++) {
    if (!isWord(r.tokens[at], 'AS') || !isMark(r.tokens[at + 1], '(') || !isWord(r.tokens[at - 1], 'ALWAYS')) continue
    if (values.length === 0) {
      r.scope = emptyScope(outer.scope)
      const binding = fresh(r, name)
      r.scope.sources.push({ alias: name, binding, columns: null })
      values.push(assign(binding, '', tableCall([name], spanFrom(r, from)), spanFrom(r, from)))
    }
    r.at = at + 1
    values.push(expression(r))
  }
  r.scope = outer.scope
  r.at = outer.at
  return values.length === 0 ? null : sequence(values, spanFrom(r, from))
}

/** `ALTER ACCOUNT SET key = value`: the setting, and what sets it. */
function altered(r: Reading, kind: string, from: number): Value | null {
  if (kind === 'TABLE') {
    const { name } = tableValue(r)
    const open = r.at
    skipTo(r, (token) => isMark(token, ';'))
    return generated(r, name, open, r.at, from)
  }
  if (!/^(?:ACCOUNT|SYSTEM|SESSION|DATABASE)$/.test(kind)) return null
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'SET'))
  if (!takeWord(r, 'SET')) return null
  const steps: Value[] = []
  while (r.at < r.end && !atMark(r, ';')) {
    const start = r.at
    const name = peek(r)
    if (name?.kind !== 'name') break
    const parts = [name.text]
    r.at++
    while (takeMark(r, '.') && peek(r)?.kind === 'name') parts.push(r.tokens[r.at++]!.text)
    if (!takeMark(r, '=') && !takeWord(r, 'TO')) break
    const value = expression(r)
    const key = parts.join('.')
    const span = spanFrom(r, start)
    steps.push(setting(key, value, span))
    const head = { start: name.start, end: name.end }
    steps.push({
      kind: 'call',
      callee: offered([`alter_${kind.toLowerCase()}`, key.toLowerCase()], head),
      arguments: [{ value }],
      construct: false,
      span,
    })
    takeMark(r, ',')
  }
  return steps.length === 0 ? null : sequence(steps, spanFrom(r, from))
}

// CREATE MODEL m REMOTE WITH CONNECTION `p.us.c` OPTIONS (ENDPOINT = 'gemini-2.5-flash')
function model(r: Reading, kind: readonly string[], from: number): Value | null {
  const { name } = tableValue(r)
  if (name === '') return null
  const made = { name: kind.includes('EXTERNAL') ? 'external_model' : 'model', called: '' }
  const entries: RecordEntry[] = []
  const rows: Value[] = []
  while (r.at < r.end && !atMark(r, ';')) {
    if (takeWord(r, 'REMOTE')) made.name = 'remote_with_connection'
    else if (takeWord(r, 'CONNECTION')) entries.push(...connection(r))
    else if (takeWord(r, 'OPTIONS', 'WITH', 'SETTINGS')) {
      if (atMark(r, '(')) entries.push(...options(r))
    } else if (takeWord(r, 'FUNCTION')) made.called = peek(r)?.text ?? ''
    else if (atWord(r, 'MODEL_TYPE')) entries.push(...option(r))
    else if (takeWord(r, 'AS', 'FROM') && isQueryHere(r)) rows.push(queryOf(r).value)
    else if (atMark(r, '(')) skipBracket(r)
    else r.at++
  }
  const span = spanFrom(r, from)
  const options_: Value = { kind: 'record', entries, span }
  const value: Value = {
    kind: 'call',
    callee: offered([made.name], span),
    arguments: [{ value: options_ }, ...rows.map((row) => ({ value: row }))],
    construct: true,
    span,
  }
  const binding = made.called === '' ? shared('model', name) : shared('function', made.called)
  return assign(binding, '', value, span)
}

/** `project.location.name`, `location.name`, `DEFAULT`: where the connection is stands before its name. */
function connection(r: Reading): RecordEntry[] {
  const start = r.at
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    if (!atMark(r, '.') && !atMark(r, '-')) break
    // us.my-connection, asia-northeast1.c: a dash is part of a name here
    while (takeMark(r, '.') || takeMark(r, '-') || peek(r)?.kind === 'number') if (peek(r)?.kind === 'number') r.at++
  }
  const span = spanFrom(r, start)
  const written = r.text.slice(span.start, span.end).replace(/[`"\s]/g, '')
  const path = written.split('.')
  const location = /(?:^|\/)locations\/([^/]+)/.exec(written)?.[1] ?? (path.length > 1 ? path.at(-2)! : null)
  const entries = [entry('connection', constant(written, span))]
  return location === null ? entries : [...entries, entry('location', locationValue(location, span))]
}

/** A region, or the variable that a build puts there; a placeholder of any other kind says nothing. */
export function locationValue(text: string, span: Value['span']): Value {
  const variable = /^\$\{?(\w+)\}?$/.exec(text)?.[1]
  if (variable !== undefined)
    return {
      kind: 'call',
      callee: { kind: 'global', name: 'getenv', span },
      arguments: [{ value: constant(variable, span) }],
      construct: false,
      span,
    }
  return /^[a-z][a-z0-9-]*$/i.test(text) ? constant(text.toLowerCase(), span) : unknown([], span)
}

export function entry(name: string, value: Value): RecordEntry {
  return { key: constant(name, value.span), value, span: value.span }
}

// (ENDPOINT = 'x', remote_service_type = 'y', LOCATION 'z')
function options(r: Reading): RecordEntry[] {
  const entries: RecordEntry[] = []
  r.at++
  while (r.at < r.end && !atMark(r, ')') && !atMark(r, ';')) {
    const before = r.at
    entries.push(...option(r))
    skipTo(r, (token) => isMark(token, ',') || isMark(token, ')') || isMark(token, ';') || token.kind === 'name')
    takeMark(r, ',')
    if (r.at === before) r.at++
  }
  takeMark(r, ')')
  return entries
}

function option(r: Reading): RecordEntry[] {
  const name = peek(r)
  if (name?.kind !== 'name') return []
  r.at++
  takeMark(r, '=')
  const token = peek(r)
  if (token === undefined || isMark(token, ',') || isMark(token, ')')) return []
  const key = name.text.toLowerCase()
  if (token.kind === 'name' && token.text !== '' && !isMark(peek(r, 1), '(')) {
    r.at++
    return [entry(key, constant(token.text, token))]
  }
  const value = expression(r)
  // An endpoint that is a URL says where; one that is a name says which model.
  const isUrl = value.kind === 'constant' && typeof value.value === 'string' && /^(?:https?:)?\/\//i.test(value.value)
  return isUrl ? [entry(key, value), entry('url', value)] : [entry(key, value)]
}

/** Any other thing that is made with a query: a service over its rows, `CREATE CORTEX SEARCH SERVICE s ON text AS SELECT …`. */
function service(r: Reading, kind: readonly string[], from: number): Value | null {
  const head = spanFrom(r, from)
  tableValue(r)
  const entries: RecordEntry[] = []
  while (r.at < r.end && !atMark(r, ';')) {
    if (takeWord(r, 'AS') && isQueryHere(r)) {
      const { value } = queryOf(r)
      const span = spanFrom(r, from)
      const named: Value = { kind: 'record', entries, span }
      return call(
        [`create_${kind.join('_').toLowerCase()}`],
        [value, named].map((one) => ({ ...plainGiven, value: one })),
        head,
        span,
      )
    }
    if (peek(r)?.kind === 'name' && isMark(peek(r, 1), '=')) entries.push(...option(r))
    else if (atMark(r, '(')) skipBracket(r)
    else r.at++
  }
  return null
}

const plainGiven = { name: null, alias: null, star: false, rows: false, key: null }

function inside(r: Reading, body: readonly Statement[], from: number): Value {
  const span = spanFrom(r, from)
  return {
    kind: 'call',
    callee: routineValue('', span, [], [...body], span),
    arguments: [],
    construct: false,
    span,
  }
}

function routineValue(
  name: string,
  nameSpan: Value['span'],
  parameters: Parameter[],
  body: Statement[],
  span: Value['span'],
): FunctionValue {
  return { kind: 'function', name, nameSpan, parameters, body, async: false, generator: false, decorators: [], span }
}

// CREATE FUNCTION f(a STRING) RETURNS STRING AS $$ … $$, CREATE PROCEDURE p @a INT AS BEGIN … END
function routine(r: Reading, from: number): Value | null {
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    if (!takeMark(r, '.')) break
  }
  const name = pathOf(parts).at(-1)
  if (name === undefined) return null
  const nameSpan = { start: parts.at(-1)!.start, end: parts.at(-1)!.end }
  const outer = { scope: r.scope, locals: r.locals }
  r.scope = emptyScope(outer.scope)
  r.locals = []
  const parameters = parametersOf(r)
  const body = bodyOf(r)
  const span = spanFrom(r, from)
  const declared = r.locals.map((binding): Statement => ({
    kind: 'bind',
    pattern: { kind: 'binding', binding, name: '', span: nameSpan },
    value: null,
    span: nameSpan,
  }))
  const own = new Set(parameters.map(({ pattern }) => (pattern.kind === 'binding' ? pattern.binding : '')))
  r.scope = outer.scope
  r.locals = outer.locals
  if (body === null) return null
  const locals = declared.filter(
    ({ kind, ...one }) => kind === 'bind' && !own.has((one as { pattern: { binding: string } }).pattern.binding),
  )
  return assign(
    shared('function', name),
    name,
    routineValue(name, nameSpan, parameters, [...locals, ...body], span),
    span,
  )
}

function parametersOf(r: Reading): Parameter[] {
  const found: Parameter[] = []
  const closes = takeMark(r, '(')
  while (r.at < r.end && !atMark(r, ')') && !atMark(r, ';')) {
    if (!closes && (atWord(r, 'AS', 'WITH', 'BEGIN', 'RETURNS', 'IS', 'LANGUAGE') || !atMark(r, '@'))) break
    const before = r.at
    takeWord(r, 'IN', 'OUT', 'INOUT', 'ARGUMENT')
    while (takeMark(r, '@')) continue
    const token = peek(r)
    if (token?.kind === 'name') {
      r.at++
      const name = foldName(token)
      const binding = fresh(r, name)
      r.scope.variables.set(token.text.toLowerCase(), binding)
      found.push({
        pattern: { kind: 'binding', binding, name, span: { start: token.start, end: token.end } },
        name: name.toLowerCase(),
      })
    }
    skipTo(r, (one) => isMark(one, ',') || isMark(one, ')') || isMark(one, ';') || (!closes && isWord(one, 'AS')))
    if (!takeMark(r, ',') || r.at === before) break
  }
  if (closes) takeMark(r, ')')
  return found
}

/** The body in its language; one that is not SQL is a gap. */
function bodyOf(r: Reading): Statement[] | null {
  let language = 'sql'
  while (r.at < r.end && !atMark(r, ';')) {
    if (takeWord(r, 'LANGUAGE')) {
      language = peek(r)?.text.toLowerCase() ?? 'sql'
      r.at++
    } else if (takeWord(r, 'RETURN')) return returned(r)
    else if (takeWord(r, 'AS', 'IS') || atWord(r, 'BEGIN')) {
      const token = peek(r)
      if (atWord(r, 'BEGIN', 'DECLARE')) return block(r)
      if (token?.kind === 'string') return written(r, token, behind(r, language))
      if (atMark(r, '(')) return returned(r)
      if (token?.kind === 'name' && !/^(?:OWNER|CALLER)$/i.test(token.text))
        return isQueryHere(r) ? returned(r) : statements(r, (one) => atWord(one, 'GO'))
    } else if (atMark(r, '(')) skipBracket(r)
    else r.at++
  }
  return null
}

/** PostgreSQL may name the language behind the body. */
function behind(r: Reading, language: string): string {
  for (let ahead = 1; ahead < 20 && !isMark(peek(r, ahead), ';'); ahead++)
    if (isWord(peek(r, ahead), 'LANGUAGE')) return peek(r, ahead + 1)?.text.toLowerCase() ?? language
  return language
}

function returned(r: Reading): Statement[] {
  const from = r.at
  takeWords(r, 'TABLE')
  const value = isQueryHere(r) ? queryOf(r).value : expression(r)
  return [{ kind: 'return', value, span: spanFrom(r, from) }]
}

const READ = /^(?:sql|plpgsql|plsql)$/

/** `$$ … $$` or `'…'`: the text is a script of its own, with its places in the file. */
function written(r: Reading, token: Token, language: string): Statement[] | null {
  r.at++
  if (!READ.test(language)) {
    notRead(
      r,
      { start: token.start, end: Math.min(token.end, token.start + 2) },
      `a body in ${language.slice(0, 20)} is not read`,
      `${language.slice(0, 20)} で書かれた本体は読み取れません`,
    )
    return null
  }
  const raw = r.text.slice(token.start, token.end)
  const quote = /^\$\w*\$|^[EN]?'|^"/.exec(raw)?.[0] ?? ''
  const isCooked = quote.endsWith("'") && raw.includes("''")
  const text = isCooked ? token.text : raw.slice(quote.length, raw.endsWith(quote) ? -quote.length : undefined)
  const shift = token.start + quote.length
  const tokens = tokenizeSql(text)
    .filter(({ kind }) => kind !== 'comment')
    .map((one) => ({ ...one, start: one.start + shift, end: one.end + shift }))
  const inner: Reading = { ...r, tokens, at: 0, end: tokens.length }
  const body = atWord(inner, 'BEGIN', 'DECLARE')
    ? block(inner)
    : isQueryHere(inner) || !hasStatements(inner)
      ? returned(inner)
      : statements(inner)
  return body
}

function hasStatements(r: Reading): boolean {
  return atWord(
    r,
    'INSERT',
    'UPDATE',
    'DELETE',
    'MERGE',
    'LET',
    'CALL',
    'RETURN',
    'IF',
    'FOR',
    'SET',
    'CREATE',
    'TRUNCATE',
  )
}
