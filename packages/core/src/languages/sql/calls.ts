/** Calls: of the dialect's own functions as operations, of all others as calls of what the database offers or the program declares. */
import type { Argument, Call, RecordEntry, Value } from '../../ir/ir.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, member, reference } from '../nodes.js'
import { locationValue } from './definitions.js'
import { meantBy } from './dialects.js'
import { expression, isClause } from './expressions.js'
import { carryingOf, joining, pairing, withoutContentOf } from './library.js'
import { rowNamed } from './names.js'
import { isQueryHere, queryOf } from './queries.js'
import { tableValue } from './sources.js'
import {
  assign,
  atMark,
  atMarks,
  atWord,
  carrying,
  DATABASE,
  foldName,
  fresh,
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
  withoutContent,
  type Reading,
} from './reading.js'

export interface Given {
  value: Value
  /** `name => value`, `value AS name` */
  name: string | null
  alias: string | null
  /** `*`: all that is read here. */
  star: boolean
  /** A query's or a table's rows. */
  rows: boolean
  /** `'key': value` */
  key: Value | null
}

/** The values of a list up to its bracket, which is read too. */
export function argumentLists(r: Reading): Value[] {
  const values: Value[] = []
  while (r.at < r.end && !atMark(r, ')')) {
    const before = r.at
    values.push(expression(r))
    if (!takeMark(r, ',') && !atMark(r, ')'))
      skipTo(r, (token) => isMark(token, ',') || isMark(token, ')') || isMark(token, ';'))
    takeMark(r, ',')
    if (r.at === before || atMark(r, ';')) break
  }
  takeMark(r, ')')
  return values
}

/** A call, from its bracket on; `parts` are the names before it. */
export function functionCall(r: Reading, parts: readonly Token[], from: number): Value {
  const path = pathOf(parts)
  const head = { start: parts[0]!.start, end: parts.at(-1)!.end }
  const special = specialCall(r, path.at(-1)!, path.length, from)
  if (special !== null) {
    afterCall(r)
    return special
  }
  const given = callArguments(r)
  afterCall(r)
  const span = spanFrom(r, from)
  return ownFunction(r, path, given, span) ?? meantBy(r, path, call(path, given, head, span))
}

export function pathOf(parts: readonly Token[]): string[] {
  const names = parts.flatMap((part) => (part.quoted ? part.text.split('.') : [part.text]))
  return names.map((name) => name.toLowerCase())
}

/** What the database offers by this path, or the program declares by its last name. */
export function call(path: readonly string[], given: readonly Given[], head: Value['span'], span: Value['span']): Call {
  const declared = reference(shared('function', path.at(-1)!), head)
  const callee: Value = {
    kind: 'operation',
    operator: 'first',
    operands: [declared, offered(path, head)],
    carries: true,
    span: head,
  }
  const args = given.flatMap(({ value, name }): Argument[] =>
    name === null ? [{ value }] : namedArgument(name, value),
  )
  return { kind: 'call', callee, arguments: args, construct: false, span }
}

/** An argument by its name; a connection also says where it is, an endpoint that is a URL that it is one. */
function namedArgument(name: string, value: Value): Argument[] {
  const text = value.kind === 'constant' ? String(value.value) : ''
  const parts = text.split('.')
  if (name.startsWith('connection') && parts.length > 1)
    return [
      { value, name },
      { value: locationValue(parts.at(-2)!, value.span), name: 'location' },
    ]
  return name === 'endpoint' && /^https?:\/\//i.test(text)
    ? [
        { value, name },
        { value, name: 'url' },
      ]
    : [{ value, name }]
}

export function callArguments(r: Reading): Given[] {
  const given: Given[] = []
  if (!takeMark(r, '(')) return given
  takeWord(r, 'DISTINCT', 'ALL')
  while (r.at < r.end && !atMark(r, ')')) {
    const before = r.at
    const one = argument(r, given)
    if (one !== null && given.length < 400) given.push(one)
    afterArgument(r, given)
    takeMark(r, ',')
    if (atMark(r, ';') || r.at === before) {
      if (atMark(r, ';')) break
      r.at++
    }
  }
  takeMark(r, ')')
  return given
}

function argument(r: Reading, before: readonly Given[]): Given | null {
  const plain = (value: Value, more: Partial<Given> = {}): Given => ({
    ...{ value, name: null, alias: null, star: false, rows: false, key: null },
    ...more,
  })
  const token = peek(r)
  const next = peek(r, 1)
  if (token === undefined) return null
  if (isMark(token, '*')) {
    r.at++
    return plain(everything(r, token), { star: true })
  }
  if (token.kind === 'name' && !token.quoted) {
    const isName = next?.kind === 'name'
    if (isWord(token, 'MODEL') && isName) return plain(modelNamed(r))
    if (isWord(token, 'TABLE') && isName && !isClause(next)) {
      r.at++
      return plain(tableValue(r).value, { rows: true })
    }
    if (isWord(token, 'KEY') && isName) r.at++
  }
  const named = token.kind === 'name' && (marksAt(r, 1, '=>') || marksAt(r, 1, ':='))
  if (named) {
    r.at += 3
    return { ...(argument(r, before) ?? plain(constant(null, token))), name: token.text.toLowerCase() }
  }
  if (token.kind === 'name' && marksAt(r, 1, '->') && peek(r, 3)?.kind !== 'string' && peek(r, 3)?.kind !== 'number')
    return plain(lambda(r, [token], 1, before))
  if (isQueryHere(r) || (isMark(token, '(') && isQueryHere(r, 1))) return plain(rowsArgument(r), { rows: true })
  if (isRowStar(r)) return plain(rowStar(r))
  if (isMark(token, '(')) {
    const names = lambdaNames(r)
    if (names !== null) return plain(lambda(r, names.names, names.size, before))
  }
  return plain(expression(r))
}

function rowsArgument(r: Reading): Value {
  if (!takeMark(r, '(')) return queryOf(r).value
  const { value } = queryOf(r)
  takeMark(r, ')')
  return value
}

function marksAt(r: Reading, ahead: number, marks: string): boolean {
  return [...marks].every((mark, index) => isMark(peek(r, ahead + index), mark))
}

// c.*
function isRowStar(r: Reading): boolean {
  return peek(r)?.kind === 'name' && isMark(peek(r, 1), '.') && isMark(peek(r, 2), '*')
}

function rowStar(r: Reading): Value {
  const token = peek(r)!
  r.at += 3
  const row = rowNamed(r, token.text)
  return row === null ? constant(null, token) : reference(row.binding, token)
}

/** All rows that are read here, as one record. */
export function everything(r: Reading, span: Value['span']): Value {
  const entries = r.scope.sources.map(({ binding }): RecordEntry => ({
    key: null,
    value: reference(binding, span),
    span,
  }))
  return { kind: 'record', entries, span: { start: span.start, end: span.end } }
}

// MODEL `shop.models.gemini`
export function modelNamed(r: Reading): Value {
  r.at++
  const from = r.at
  const parts: Token[] = []
  while (peek(r)?.kind === 'name') {
    parts.push(peek(r)!)
    r.at++
    if (!takeMark(r, '.')) break
  }
  return reference(shared('model', pathOf(parts).at(-1) ?? ''), spanFrom(r, from))
}

function lambdaNames(r: Reading): { names: Token[]; size: number } | null {
  const names: Token[] = []
  for (let ahead = 1; ahead < 12; ahead++) {
    const token = peek(r, ahead)
    if (token?.kind === 'name') names.push(token)
    else if (isMark(token, ')'))
      return names.length > 0 && marksAt(r, ahead + 1, '->') ? { names, size: ahead + 1 } : null
    else if (!isMark(token, ',')) return null
  }
  return null
}

/** `x -> f(x)`: x is of what was given before. */
function lambda(r: Reading, names: readonly Token[], size: number, before: readonly Given[]): Value {
  const from = r.at
  r.at += size + 2
  const given = before.map(({ value }) => value)
  const outer = r.scope
  const variables = new Map(outer.variables)
  const steps: Value[] = []
  for (const name of names) {
    const binding = fresh(r, foldName(name))
    variables.set(name.text.toLowerCase(), binding)
    steps.push(assign(binding, foldName(name), carrying(given, name), name))
  }
  r.scope = { ...outer, variables }
  const value = expression(r)
  r.scope = outer
  return sequence([...steps, value], spanFrom(r, from))
}

/** What may stand behind an argument: an alias, an order, a key's value. */
function afterArgument(r: Reading, given: Given[]): void {
  const last = given.at(-1)
  if (takeWord(r, 'AS')) {
    const name = peek(r)
    if (name?.kind === 'name' && last !== undefined) last.alias = foldName(name)
    if (name !== undefined) r.at++
  }
  if (last !== undefined && (takeMark(r, ':') || takeWord(r, 'VALUE', 'VALUES'))) {
    last.key = last.value
    last.value = expression(r)
  }
  // AI_GENERATE_EMBEDDINGS(text USE MODEL m)
  if (atWord(r, 'USE') && isWord(peek(r, 1), 'MODEL')) {
    r.at++
    given.push({ value: modelNamed(r), name: 'model', alias: null, star: false, rows: false, key: null })
  }
  if (takeWord(r, 'FROM', 'USING', 'IN', 'SEPARATOR', 'FOR', 'PLACING') || takeWords(r, 'ORDER BY')) {
    const value = expression(r)
    given.push({ value, name: null, alias: null, star: false, rows: false, key: null })
  }
  skipTo(r, (token) => isMark(token, ',') || isMark(token, ')') || isMark(token, ';'))
}

/** `OVER (…)`, `WITHIN GROUP (…)`, `FILTER (…)`: they choose rows, they carry none. */
function afterCall(r: Reading): void {
  for (;;) {
    if (takeWords(r, 'WITHIN GROUP') || takeWord(r, 'FILTER', 'OVER', 'KEEP')) {
      if (atMark(r, '(')) skipBracket(r)
      else if (peek(r)?.kind === 'name') r.at++
    } else if (!takeWords(r, 'IGNORE NULLS') && !takeWords(r, 'RESPECT NULLS')) return
  }
}

/** Calls with a syntax of their own; null for all others. */
function specialCall(r: Reading, name: string, size: number, from: number): Value | null {
  if (size > 1 && !/^(?:pg_catalog|safe)$/.test(r.tokens[from]?.text.toLowerCase() ?? '')) return null
  switch (name) {
    case 'cast':
    case 'try_cast':
    case 'safe_cast':
    case 'convert':
    case 'try_convert': {
      if (/convert$/.test(name)) return null
      r.at++
      const value = expression(r)
      if (takeWord(r, 'AS')) skipTo(r, (token) => isMark(token, ')') || isMark(token, ';'))
      takeMark(r, ')')
      return value
    }
    case 'extract':
      if (!(peek(r, 1)?.kind === 'name' && isWord(peek(r, 2), 'FROM'))) return null
      r.at += 3
      return withoutContent(argumentLists(r), spanFrom(r, from))
    case 'array':
      if (!isQueryHere(r, 1)) return null
      r.at++
      return carrying([closed(r)], spanFrom(r, from))
    default:
      return null
  }
}

function closed(r: Reading): Value {
  const { value } = queryOf(r)
  takeMark(r, ')')
  return value
}

/** A function of the dialect, by what it does; null for all others. */
function ownFunction(r: Reading, path: readonly string[], given: readonly Given[], span: Value['span']): Value | null {
  const isPlain = path.length === 1 || /^(?:pg_catalog|safe|dbo|sys|builtin)$/.test(path[0]!)
  const name = isPlain ? path.at(-1)! : path.join('.')
  const values = given.map(({ value }) => value)
  const set = settingCall(path, given, span)
  if (set !== null) return set
  if (withoutContentOf.has(name)) return withoutContent(values, span)
  if (!isPlain) return null
  if (joining.has(name)) return { kind: 'operation', operator: 'concat', operands: values, carries: true, span }
  if (name === 'struct' || name === 'row') return structOf(given, span)
  if (pairing.has(name)) return pairs(r, given, span)
  switch (name) {
    case 'if':
    case 'iff':
    case 'iif':
    case 'nvl2':
      if (values.length < 2) return carrying(values, span)
      return { kind: 'choice', test: values[0]!, then: values[1]!, otherwise: values[2] ?? constant(null, span), span }
    case 'coalesce':
    case 'nvl':
    case 'ifnull':
    case 'isnull':
      return values.length === 0
        ? constant(null, span)
        : values.reduce((left, right) => ({ kind: 'logical', operator: 'nullish', left, right, span }))
    case 'json':
    case 'parse_json':
    case 'nullif':
      return values[0] ?? constant(null, span)
    case 'decode':
      return decode(values, span)
    default:
      if (
        /^(?:json_value|json_query|json_extract|json_extract_scalar|json_extract_string|get_json_object|get_path|json_extract_path_text)$/.test(
          name,
        )
      )
        return pathOfJson(values, span)
      return carryingOf.has(name) ? carrying(values, span) : null
  }
}

// JSON_VALUE(payload, '$.customer.email'), GET_PATH(v, 'customer.email'), json_extract_path_text(v, 'customer', 'email')
function pathOfJson([object, ...path]: readonly Value[], span: Value['span']): Value {
  const keys = path.flatMap((one) => (one.kind === 'constant' ? String(one.value).split(/[.[\]"'$]+/) : []))
  const named = keys.filter((key) => key !== '' && !/^\d+$/.test(key)).slice(0, 20)
  if (object === undefined || named.length === 0)
    return carrying(
      [object, ...path].filter((one) => one !== undefined),
      span,
    )
  return named.reduce<Value>((inner, key) => member(inner, key, span), object)
}

// set_config('x.endpoint', 'https://…', false), azure_ai.set_setting('azure_openai.endpoint', 'https://…')
function settingCall(path: readonly string[], given: readonly Given[], span: Value['span']): Value | null {
  const [key, value] = given
  if (!/^(?:set_config|set_setting)$/.test(path.at(-1)!) || key?.value.kind !== 'constant' || value === undefined)
    return null
  return setting(String(key.value.value), value.value, span)
}

/** What the script sets in the database holds for all of it. */
export function setting(name: string, value: Value, span: Value['span']): Value {
  const place = {
    kind: 'member' as const,
    object: reference(DATABASE, span),
    key: constant(name.toLowerCase(), span),
    span,
  }
  return { kind: 'assignment', target: { kind: 'place', place, span }, value, span }
}

function structOf(given: readonly Given[], span: Value['span']): Value {
  const entries = given.map(({ value, alias, name, star }, index): RecordEntry => {
    if (star) return { key: null, value, span: value.span }
    return { key: constant(alias ?? name ?? lastName(value) ?? `_${index}`, value.span), value, span: value.span }
  })
  return { kind: 'record', entries, span }
}

/** The name that a value goes by where it is given none. */
export function lastName(value: Value): string | null {
  if (value.kind === 'cast') return lastName(value.value)
  if (value.kind === 'member') return value.key.kind === 'constant' ? String(value.key.value) : null
  if (value.kind === 'global') return value.name
  if (value.kind === 'choice' && value.then.kind === 'cast') return lastName(value.then)
  return value.kind === 'reference' ? value.binding.replace(/#\d+$/, '') : null
}

// OBJECT_CONSTRUCT('phone', phone, 'x', y), JSON_OBJECT('phone': phone), OBJECT_CONSTRUCT(*)
function pairs(r: Reading, given: readonly Given[], span: Value['span']): Value {
  const entries: RecordEntry[] = []
  const flat = given.filter(({ key, star }) => key === null && !star)
  for (const { value, key, star } of given) if (key !== null || star) entries.push({ key, value, span: value.span })
  for (let at = 0; at < flat.length; at += 2) {
    const [key, value] = [flat[at]!.value, flat[at + 1]?.value]
    if (value === undefined) entries.push({ key: null, value: key, span: key.span })
    else entries.push({ key: key.kind === 'constant' ? key : unknown([], key.span), value, span: value.span })
  }
  return { kind: 'record', entries, span }
}

// DECODE(country, 'JP', a, b)
function decode(values: readonly Value[], span: Value['span']): Value {
  const [subject, ...rest] = values
  if (subject === undefined || rest.length < 2) return carrying(values, span)
  let otherwise: Value = rest.length % 2 === 1 ? rest.at(-1)! : constant(null, span)
  const arms = rest.slice(0, Math.min(rest.length - (rest.length % 2), 80))
  for (let at = arms.length - 2; at >= 0; at -= 2) {
    const test: Value = { kind: 'operation', operator: 'equal', operands: [subject, arms[at]!], carries: false, span }
    otherwise = { kind: 'choice', test, then: arms[at + 1]!, otherwise, span }
  }
  return otherwise
}

/** `x::text`: numbers, times and truths hold nothing of a text; what stands behind is read. */
export function castValue(r: Reading, value: Value, from: number): Value {
  const parts: Token[] = []
  while (peek(r)?.kind === 'name' && parts.length < 4) {
    if (parts.length > 0 && isClause(peek(r))) break
    parts.push(peek(r)!)
    r.at++
    if (!takeMark(r, '.') && !/^(?:double|character|timestamp|time)$/i.test(parts.at(-1)!.text)) break
  }
  if (atMark(r, '(') && parts.length > 0) skipBracket(r)
  while (atMarks(r, '[]')) r.at += 2
  const span = spanFrom(r, from)
  return /^bool/i.test(parts[0]?.text ?? '') ? withoutContent([value], span) : value
}
