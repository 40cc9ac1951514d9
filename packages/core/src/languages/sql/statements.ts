/** Statements → IR: what fills tables and views, what calls, what sets. Statements that move no data between columns are left out. */
import type { Statement, Value } from '../../ir/ir.js'
import { isMark, isWord, tokenizeSql, type Token } from '../../schemas/sql/tokens.js'
import { constant } from '../nodes.js'
import { call, callArguments, pathOf, setting, type Given } from './calls.js'
import { created } from './definitions.js'
import { expression } from './expressions.js'
import { holeText } from './literals.js'
import { variableNamed } from './names.js'
import { controlled } from './procedures.js'
import { isQueryHere, queryOf } from './queries.js'
import {
  assign,
  atMark,
  atWord,
  carrying,
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
  type Reading,
} from './reading.js'
import { copied, inserted, merged, updated } from './changes.js'

/** Statements up to one of the words that end a block, which is not read. */
export function statements(r: Reading, ends: (r: Reading) => boolean = () => false): Statement[] {
  const found: Statement[] = []
  while (r.at < r.end && !ends(r)) {
    const before = r.at
    if (takeMark(r, ';')) continue
    found.push(...statement(r))
    if (r.at === before) r.at++
  }
  return found
}

/** One statement. What stands behind what was understood is left out, up to its end. */
export function statement(r: Reading): Statement[] {
  const from = r.at
  const control = controlled(r)
  if (control !== null) return control
  const value = simple(r)
  restOf(r)
  if (value === null) return []
  if (value.kind === 'assignment' && value.target.kind === 'binding' && value.target.binding.startsWith('shared '))
    return [{ kind: 'bind', pattern: value.target, value: value.value, span: spanFrom(r, from) }]
  return [{ kind: 'expression', value, span: spanFrom(r, from) }]
}

/** Words that begin a statement where the one before has no semicolon, as in T-SQL. */
const BEGINS =
  /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|EXEC|EXECUTE|CALL|DECLARE|BEGIN|END|IF|ELSE|ELSIF|ELSEIF|WHILE|RETURN|GO|PRINT|TRUNCATE|GRANT|USE)$/i

function restOf(r: Reading): void {
  while (r.at < r.end && !atMark(r, ';')) {
    const token = peek(r)!
    if (isMark(token, '(')) {
      skipBracket(r)
      continue
    }
    if (token.kind === 'name' && !token.quoted && BEGINS.test(token.text) && startsLine(r, token)) return
    r.at++
  }
  takeMark(r, ';')
}

function startsLine(r: Reading, token: Token): boolean {
  const before = r.tokens[r.at - 1]
  return before === undefined || r.text.slice(before.end, token.start).includes('\n')
}

function simple(r: Reading): Value | null {
  const token = peek(r)
  if (token === undefined) return null
  if (isQueryHere(r)) return queryOrWithInsert(r)
  if (token.kind !== 'name') return other(r)
  switch (token.text.toUpperCase()) {
    case 'CREATE':
    case 'ALTER':
    case 'REPLACE':
      return created(r)
    case 'INSERT':
    case 'UPSERT':
      return inserted(r)
    case 'UPDATE':
      return updated(r)
    case 'MERGE':
      return merged(r)
    case 'COPY':
      return copied(r)
    case 'CALL':
    case 'EXEC':
    case 'EXECUTE':
      return called(r)
    case 'SET':
    case 'LET':
      return set(r)
    case 'DECLARE':
      return declared(r)
    case 'RETURN':
      return null
    case 'EXPLAIN':
    case 'PERFORM':
    case 'DO':
      r.at++
      return isQueryHere(r) ? queryOf(r).value : expression(r)
    default:
      return other(r)
  }
}

// x := expression; anything else is no statement that is known
function other(r: Reading): Value | null {
  const token = peek(r)!
  const name = isMark(token, ':') || isMark(token, '@') ? peek(r, 1) : token
  const ahead = name === token ? 1 : 2
  if (name?.kind === 'name' && isMark(peek(r, ahead), ':') && isMark(peek(r, ahead + 1), '=')) {
    r.at += ahead + 2
    return assigned(r, name)
  }
  if (name?.kind === 'name' && isMark(peek(r, ahead), '=') && variableNamed(r, name.text) !== null) {
    r.at += ahead + 1
    return assigned(r, name)
  }
  return queryWithin(r)
}

/** A statement that is not known may hand on a query: `EXPORT DATA OPTIONS (…) AS SELECT …`, `UNLOAD ('SELECT …') TO …`. */
function queryWithin(r: Reading): Value | null {
  while (r.at < r.end && !atMark(r, ';')) {
    if (isQueryHere(r)) return queryOf(r).value
    const token = peek(r)!
    if (token.kind === 'name' && !token.quoted && r.at > 0 && BEGINS.test(token.text) && startsLine(r, token))
      return null
    r.at++
    if (token.kind === 'string' && looksLikeQuery(token.text)) return scriptIn(r, constant(token.text, token))
  }
  return null
}

function looksLikeQuery(text: string): boolean {
  return /^\s*(?:select|with|insert|update|merge|create|call)\b/i.test(text)
}

/** A text that is run: a script with what stands in its holes, all of it at the text's place. */
function scriptIn(r: Reading, value: Value): Value {
  const parts = value.kind === 'operation' && value.operator === 'concat' ? value.operands : [value]
  const first = parts[0]
  if (first?.kind !== 'constant' || !looksLikeQuery(String(first.value)) || r.depth >= maxDepth) return value
  const holes: Value[] = []
  const text = parts
    .map((part) => (part.kind === 'constant' ? String(part.value) : holeText(holes.push(part) - 1)))
    .join('')
  const shift = first.span
  const tokens = tokenizeSql(text)
    .filter(({ kind }) => kind !== 'comment')
    .map((token) => ({ ...token, start: shift.start, end: shift.end }))
  const inner: Reading = { ...r, text, tokens, at: 0, end: tokens.length, holes, depth: r.depth + 1 }
  const values = statements(inner).flatMap((one): Value[] => {
    if (one.kind === 'expression') return [one.value]
    return one.kind === 'bind' && one.value !== null
      ? [{ kind: 'assignment', target: one.pattern, value: one.value, span: one.span }]
      : []
  })
  return sequence([...values, value], value.span)
}

function assigned(r: Reading, name: Token): Value {
  const value = isQueryHere(r) ? queryOf(r).value : expression(r)
  const binding = variableNamed(r, name.text) ?? variable(r, name)
  return assign(binding, foldName(name), value, name)
}

export function variable(r: Reading, name: Token): string {
  const binding = fresh(r, foldName(name))
  r.scope.variables.set(name.text.toLowerCase(), binding)
  return binding
}

// WITH x AS (…) INSERT INTO …; WITH x AS (…) UPDATE …
function queryOrWithInsert(r: Reading): Value {
  return queryOf(r).value
}

// CALL p(a, b), EXEC p @a = x, b OUTPUT, EXECUTE IMMEDIATE 'SELECT …' USING x
function called(r: Reading): Value | null {
  const from = r.at
  r.at++
  if (takeWord(r, 'IMMEDIATE')) return executed(r, from)
  if (atMark(r, '(')) return executed(r, from)
  if (peek(r)?.kind === 'string') return executed(r, from)
  // EXEC @status = p …
  if (atMark(r, '@') && isMark(peek(r, 2), '=')) r.at += 3
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    if (!takeMark(r, '.')) break
  }
  if (parts.length === 0) return null
  const head = { start: parts[0]!.start, end: parts.at(-1)!.end }
  const given = atMark(r, '(') ? callArguments(r) : openArguments(r)
  return call(pathOf(parts), given, head, spanFrom(r, from))
}

function openArguments(r: Reading): Given[] {
  const given: Given[] = []
  while (r.at < r.end && !atMark(r, ';') && given.length < 100) {
    const before = r.at
    const isNamed = atMark(r, '@') && isMark(peek(r, 2), '=') && !isMark(peek(r, 3), '=')
    const name = isNamed ? peek(r, 1)!.text.toLowerCase() : null
    if (isNamed) r.at += 3
    given.push({ value: expression(r), name, alias: null, star: false, rows: false, key: null })
    takeWord(r, 'OUTPUT', 'OUT')
    if (!takeMark(r, ',')) break
    if (r.at === before) break
  }
  return given
}

/** A statement that is put together as text: what is in the text is what it is of. */
function executed(r: Reading, from: number): Value {
  const value = scriptIn(r, expression(r))
  return carrying([value], spanFrom(r, from))
}

// SET x = 1, SET (a, b) = (1, 2), SET @x = y, LET x TYPE := y, SET app.key = 'v'
function set(r: Reading): Value | null {
  const from = r.at
  const isLet = takeWord(r, 'LET')
  if (!isLet) r.at++
  takeWord(r, 'LOCAL', 'SESSION', 'GLOBAL', 'VAR', 'VARIABLE')
  while (atMark(r, '@') || atMark(r, ':')) r.at++
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    if (!takeMark(r, '.')) break
  }
  const [name] = parts
  if (name === undefined) return null
  if (isLet || parts.length === 1) {
    if (isLet && takeWord(r, 'CURSOR')) takeWord(r, 'FOR')
    skipTo(
      r,
      (token) =>
        isMark(token, ';') ||
        isMark(token, '=') ||
        isMark(token, ':') ||
        isWord(token, 'TO') ||
        isWord(token, 'SELECT') ||
        isWord(token, 'DEFAULT'),
    )
    takeMark(r, ':')
    takeMark(r, '+')
    if (!takeMark(r, '=')) takeWord(r, 'TO', 'DEFAULT')
    return assigned(r, name)
  }
  if (!takeMark(r, '=') && !takeWord(r, 'TO')) return null
  return setting(parts.map(({ text }) => text).join('.'), expression(r), spanFrom(r, from))
}

// DECLARE @x NVARCHAR(MAX) = y, @z INT; DECLARE x STRING DEFAULT 'a'; DECLARE c CURSOR FOR SELECT …
function declared(r: Reading): Value | null {
  const from = r.at
  r.at++
  const steps: Value[] = []
  while (r.at < r.end && !atMark(r, ';') && !atWord(r, 'BEGIN')) {
    const before = r.at
    while (takeMark(r, '@')) continue
    const name = peek(r)
    if (name?.kind !== 'name') break
    r.at++
    const binding = variable(r, name)
    skipTo(
      r,
      (token) =>
        isMark(token, ';') ||
        isMark(token, '=') ||
        isMark(token, ',') ||
        (token.kind === 'name' &&
          /^(?:DEFAULT|FOR|SELECT|INSERT|SET|EXEC|BEGIN|UPDATE|DECLARE|IF|WHILE)$/i.test(token.text)),
    )
    if (takeMark(r, '=') || takeWord(r, 'DEFAULT', 'FOR')) {
      const value = isQueryHere(r) ? queryOf(r).value : expression(r)
      steps.push(assign(binding, foldName(name), value, name))
    }
    if (!takeMark(r, ',')) break
    if (r.at === before) break
  }
  return steps.length === 0 ? null : sequence(steps, spanFrom(r, from))
}
