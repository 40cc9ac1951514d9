/** Blocks of procedures → statements: `BEGIN … END`, `IF`, `CASE`, loops, `RETURN`. Dialects differ in the words around; these are taken as they come. */
import type { Statement, Value } from '../../ir/ir.js'
import { isMark, isWord } from '../../schemas/sql/tokens.js'
import { constant, reference } from '../nodes.js'
import { expression } from './expressions.js'
import { queryNamed, variableNamed } from './names.js'
import { isQueryHere, queryOf } from './queries.js'
import {
  assign,
  atMark,
  atWord,
  foldName,
  fresh,
  maxDepth,
  cut,
  peek,
  skipTo,
  spanFrom,
  takeMark,
  takeWord,
  takeWords,
  type Reading,
} from './reading.js'
import { statement, statements, variable } from './statements.js'

/** A statement that steers; null for any other. */
export function controlled(r: Reading): Statement[] | null {
  if (r.depth >= maxDepth) {
    if (!atWord(r, 'BEGIN', 'IF', 'FOR', 'WHILE', 'LOOP', 'CASE')) return null
    cut(r, spanFrom(r, r.at))
    r.at = r.end
    return []
  }
  r.depth++
  const found = control(r)
  r.depth--
  return found
}

function control(r: Reading): Statement[] | null {
  const from = r.at
  if (atWord(r, 'BEGIN')) {
    if (/^(?:TRAN|TRANSACTION|WORK)$/i.test(peek(r, 1)?.text ?? '') || isMark(peek(r, 1), ';')) return null
    return block(r)
  }
  if (atWord(r, 'DECLARE') && !isMark(peek(r, 1), '@') && declaresBlock(r)) return block(r)
  if (takeWord(r, 'IF')) return branch(r, from)
  if (atWord(r, 'CASE')) return cases(r)
  if (takeWord(r, 'FOR', 'FOREACH')) return loopOver(r, from)
  if (takeWord(r, 'WHILE')) {
    const test = expression(r)
    return repeated(r, { kind: 'expression', value: test, span: test.span }, from)
  }
  if (takeWord(r, 'LOOP', 'REPEAT')) return repeated(r, null, from)
  if (takeWord(r, 'RETURN')) return [returned(r, from)]
  if (takeWord(r, 'GO', 'END')) return []
  return takeWord(r, 'OPEN', 'CLOSE', 'COMMIT', 'ROLLBACK', 'RAISE') ? ended(r) : null
}

function ended(r: Reading): Statement[] {
  skipTo(r, (token) => isMark(token, ';'))
  takeMark(r, ';')
  return []
}

/** `DECLARE … BEGIN`, where the declarations are no statements. */
function declaresBlock(r: Reading): boolean {
  for (let ahead = 1; ahead < 400; ahead++) {
    const token = peek(r, ahead)
    if (token === undefined) return false
    if (isWord(token, 'BEGIN')) return true
    if (/^(?:SELECT|SET|INSERT)$/i.test(token.text) && isMark(peek(r, ahead - 1), ';')) return false
  }
  return false
}

// DECLARE x STRING DEFAULT 'a'; BEGIN … EXCEPTION WHEN OTHERS THEN … END
export function block(r: Reading): Statement[] {
  const found: Statement[] = []
  if (takeWord(r, 'DECLARE')) {
    while (r.at < r.end && !atWord(r, 'BEGIN')) {
      const before = r.at
      declaration(r, found)
      if (r.at === before) r.at++
    }
  }
  if (!takeWord(r, 'BEGIN')) return found
  takeWords(r, 'NOT ATOMIC')
  takeWord(r, 'ATOMIC', 'TRY', 'CATCH')
  found.push(...statements(r, (one) => atWord(one, 'END', 'EXCEPTION')))
  if (takeWord(r, 'EXCEPTION')) {
    while (r.at < r.end && !atWord(r, 'END')) {
      skipTo(r, (token) => isWord(token, 'THEN') || isWord(token, 'END'))
      if (takeWord(r, 'THEN')) found.push(...statements(r, (one) => atWord(one, 'END', 'WHEN')))
    }
  }
  takeWord(r, 'END')
  takeWord(r, 'TRY', 'CATCH')
  return found
}

// x STRING DEFAULT 'a'; c CURSOR FOR SELECT …; r RESULTSET := (SELECT …);
function declaration(r: Reading, found: Statement[]): void {
  const from = r.at
  const name = peek(r)
  if (takeMark(r, ';') || name?.kind !== 'name') return
  r.at++
  takeWord(r, 'DECLARE')
  const binding = variable(r, name)
  skipTo(
    r,
    (token) =>
      isMark(token, ';') ||
      isMark(token, ':') ||
      isMark(token, '=') ||
      isWord(token, 'DEFAULT') ||
      isWord(token, 'FOR') ||
      isWord(token, 'BEGIN'),
  )
  takeMark(r, ':')
  if (!takeMark(r, '=') && !takeWord(r, 'DEFAULT', 'FOR')) {
    takeMark(r, ';')
    return
  }
  const value = isQueryHere(r) ? closedQuery(r) : expression(r)
  found.push({ kind: 'expression', value: assign(binding, foldName(name), value, name), span: spanFrom(r, from) })
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'BEGIN'))
  takeMark(r, ';')
}

function closedQuery(r: Reading): Value {
  return queryOf(r).value
}

// IF c THEN … ELSEIF d THEN … ELSE … END IF; IF c statement ELSE statement
function branch(r: Reading, from: number): Statement[] {
  const test = expression(r)
  if (!takeWord(r, 'THEN')) {
    const then = statement(r)
    takeMark(r, ';')
    const otherwise = takeWord(r, 'ELSE') ? statement(r) : []
    return [{ kind: 'branch', test, then, otherwise, span: spanFrom(r, from) }]
  }
  const then = statements(r, (one) => atWord(one, 'ELSE', 'ELSEIF', 'ELSIF', 'END'))
  let otherwise: Statement[] = []
  if (takeWord(r, 'ELSEIF', 'ELSIF'))
    return [{ kind: 'branch', test, then, otherwise: controlledElse(r), span: spanFrom(r, from) }]
  if (takeWord(r, 'ELSE')) otherwise = statements(r, (one) => atWord(one, 'END'))
  if (takeWord(r, 'END')) takeWord(r, 'IF')
  return [{ kind: 'branch', test, then, otherwise, span: spanFrom(r, from) }]
}

function controlledElse(r: Reading): Statement[] {
  if (r.depth >= maxDepth) {
    r.at = r.end
    return []
  }
  r.depth++
  const found = branch(r, r.at)
  r.depth--
  return found
}

// CASE x WHEN 'JP' THEN … ELSE … END CASE
function cases(r: Reading): Statement[] {
  const from = r.at
  r.at++
  const subject = atWord(r, 'WHEN') ? null : expression(r)
  const arms: { test: Value; then: Statement[] }[] = []
  while (takeWord(r, 'WHEN')) {
    const value = expression(r)
    takeWord(r, 'THEN')
    const { span } = value
    const test: Value =
      subject === null
        ? value
        : { kind: 'operation', operator: 'equal', operands: [subject, value], carries: false, span }
    arms.push({ test, then: statements(r, (one) => atWord(one, 'WHEN', 'ELSE', 'END')) })
  }
  let otherwise = takeWord(r, 'ELSE') ? statements(r, (one) => atWord(one, 'END')) : []
  if (takeWord(r, 'END')) takeWord(r, 'CASE')
  const span = spanFrom(r, from)
  for (const { test, then } of arms.reverse().slice(-60)) otherwise = [{ kind: 'branch', test, then, otherwise, span }]
  return otherwise
}

// FOR x IN (SELECT …) DO … END FOR, FOR x IN cursor LOOP … END LOOP
function loopOver(r: Reading, from: number): Statement[] {
  const name = peek(r)
  if (name?.kind !== 'name') return ended(r)
  r.at++
  takeWord(r, 'AS')
  takeWord(r, 'IN', 'SLICE')
  takeWord(r, 'REVERSE', 'ARRAY')
  let rows: Value
  if (isQueryHere(r)) {
    rows = queryOf(r).value
    takeMark(r, ')')
  } else {
    const token = peek(r)
    const cursor = token?.kind === 'name' ? variableNamed(r, token.text) : null
    const query = token?.kind === 'name' ? queryNamed(r, token.text) : null
    rows =
      cursor !== null ? reference(cursor, token!) : query !== null ? reference(query.binding, token!) : expression(r)
  }
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'DO') || isWord(token, 'LOOP'))
  const binding = fresh(r, foldName(name))
  const outer = r.scope
  r.scope = { ...outer, variables: new Map(outer.variables).set(name.text.toLowerCase(), binding) }
  const bind: Statement = { kind: 'expression', value: assign(binding, '', rows, name), span: spanFrom(r, from) }
  const found = repeated(r, bind, from)
  r.scope = outer
  return found
}

/** A body that may run, once for what is known of it. */
function repeated(r: Reading, first: Statement | null, from: number): Statement[] {
  takeWord(r, 'DO', 'LOOP')
  const body = atWord(r, 'BEGIN') ? block(r) : statements(r, (one) => atWord(one, 'END', 'UNTIL'))
  if (takeWord(r, 'UNTIL')) expression(r)
  if (takeWord(r, 'END')) takeWord(r, 'FOR', 'LOOP', 'WHILE', 'REPEAT')
  const span = spanFrom(r, from)
  const inner = first === null ? body : [first, ...body]
  return [
    {
      kind: 'loop',
      form: 'while',
      before: [],
      pattern: null,
      over: null,
      test: { kind: 'unknown', children: [], span },
      body: inner,
      after: [],
      span,
    },
  ]
}

// RETURN x, RETURN TABLE(rows), RETURN QUERY SELECT …
function returned(r: Reading, from: number): Statement {
  takeWord(r, 'NEXT', 'QUERY')
  if (takeWord(r, 'TABLE')) takeMark(r, '(')
  const value = isQueryHere(r) ? queryOf(r).value : atMark(r, ';') ? constant(null, spanFrom(r, from)) : expression(r)
  skipTo(r, (token) => isMark(token, ';') || isWord(token, 'END'))
  takeMark(r, ';')
  return { kind: 'return', value, span: spanFrom(r, from) }
}
