/**
 * What is known while one script is read: its tokens with a place in them, the names that are seen there, what was found so far. Every
 * recursion counts its depth; what is over the bound keeps the names that stand in it. Reading never goes back.
 */
import type { Gap, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { isMark, isWord, type Token } from '../../schemas/sql/tokens.js'
import { constant, member, reference } from '../nodes.js'

export const maxDepth = 120
const maxGaps = 20

/** A table, a query or a row that a query reads. */
export interface RowSource {
  alias: string
  binding: string
  /** Its columns, in lower case; null where they are not known. */
  columns: ReadonlySet<string> | null
  /** A file, whose columns go by numbers. */
  staged?: boolean
}

export interface Scope {
  sources: RowSource[]
  /** Names that the select list gives, with those that they are made of. */
  aliases: Map<string, { binding: string; of: ReadonlySet<string> }>
  /** `WITH name AS`, variables, parameters: name → binding. */
  queries: Map<string, RowSource>
  variables: Map<string, string>
  outer: Scope | null
}

/** Of an embedded query: values that stand in its text. */
export type Holes = readonly Value[]

export interface Reading {
  readonly path: string
  readonly text: string
  readonly tokens: readonly Token[]
  at: number
  readonly end: number
  depth: number
  scope: Scope
  readonly gaps: Gap[]
  /** Tables that the script declares, with their columns in lower case. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>
  readonly holes: Holes
  /** Names bound in the function that is read; null at the top. */
  locals: string[] | null
  /** Where strings stand in double quotes. */
  readonly quotesStrings: boolean
  counts: { next: number }
  /** What the names that are made begin with. */
  names: string
}

export function emptyScope(outer: Scope | null): Scope {
  return { sources: [], aliases: new Map(), queries: new Map(), variables: new Map(), outer }
}

export function peek(r: Reading, ahead = 0): Token | undefined {
  const at = r.at + ahead
  return at < r.end ? r.tokens[at] : undefined
}

export function atWord(r: Reading, ...words: readonly string[]): boolean {
  const token = peek(r)
  return words.some((word) => isWord(token, word))
}

export function atMark(r: Reading, mark: string, ahead = 0): boolean {
  return isMark(peek(r, ahead), mark)
}

/** Whether marks stand here without a blank between: `||`, `=>`. */
export function atMarks(r: Reading, marks: string): boolean {
  for (let index = 0; index < marks.length; index++) {
    const token = peek(r, index)
    if (!isMark(token, marks[index]!)) return false
    if (index > 0 && token!.start !== peek(r, index - 1)!.end) return false
  }
  return true
}

export function takeWord(r: Reading, ...words: readonly string[]): boolean {
  if (!atWord(r, ...words)) return false
  r.at++
  return true
}

/** A row of words: `GROUP BY`. */
export function takeWords(r: Reading, words: string): boolean {
  const all = words.split(' ')
  if (!all.every((word, index) => isWord(peek(r, index), word))) return false
  r.at += all.length
  return true
}

export function takeMark(r: Reading, mark: string): boolean {
  if (!atMark(r, mark)) return false
  r.at++
  return true
}

export function takeMarks(r: Reading, marks: string): boolean {
  if (!atMarks(r, marks)) return false
  r.at += marks.length
  return true
}

/** Over a bracket to behind its end; one that does not end, ends with its statement. */
export function skipBracket(r: Reading): void {
  let depth = 0
  for (; r.at < r.end; r.at++) {
    const token = r.tokens[r.at]
    if (isMark(token, ';')) return
    if (isMark(token, '(') || isMark(token, '[') || isMark(token, '{')) depth++
    else if (isMark(token, ')') || isMark(token, ']') || isMark(token, '}')) {
      depth--
      if (depth <= 0) {
        r.at++
        return
      }
    }
  }
}

/** To the mark that ends what is read here, brackets in it skipped. */
export function skipTo(r: Reading, ends: (token: Token) => boolean): void {
  while (r.at < r.end) {
    const token = r.tokens[r.at]!
    if (ends(token)) return
    if (isMark(token, '(')) skipBracket(r)
    else r.at++
  }
}

export function spanFrom(r: Reading, from: number): Span {
  const first = r.tokens[Math.min(from, r.tokens.length - 1)]
  const last = r.tokens[Math.max(from, Math.min(r.at, r.end) - 1)]
  return { start: first?.start ?? 0, end: Math.max(last?.end ?? 0, first?.end ?? 0) }
}

/** A new name, declared in the function that is read. */
export function fresh(r: Reading, name: string): string {
  const binding = `${r.names}${name === '' ? 'row' : name}#${r.counts.next++}`
  r.locals?.push(binding)
  return binding
}

/** The value as a name's, from here on. */
export function assign(binding: string, name: string, value: Value, span: Span): Value {
  return { kind: 'assignment', target: { kind: 'binding', binding, name, span }, value, span }
}

/** Values one after the other; the last one is the result. */
export function sequence(values: readonly Value[], span: Span): Value {
  if (values.length === 1) return values[0]!
  return { kind: 'operation', operator: 'sequence', operands: [...values], carries: true, span }
}

export function carrying(values: readonly Value[], span: Span): Value {
  return values.length === 0
    ? constant(null, span)
    : { kind: 'operation', operator: 'other', operands: [...values], carries: true, span }
}

/** Evaluated for what is called in it; nothing of it is in the result. */
export function withoutContent(values: readonly Value[], span: Span): Value {
  return { kind: 'operation', operator: 'compare', operands: [...values], carries: false, span }
}

export function unknown(children: readonly Value[], span: Span): Value {
  return { kind: 'unknown', children: [...children], span }
}

/** One or the other, for no reason that is known. */
export function either(values: readonly Value[], span: Span): Value {
  return values.reduceRight((otherwise, then) => ({ kind: 'choice', test: unknown([], span), then, otherwise, span }))
}

/** A name of the whole program, of this kind: a table that is made, rows that it takes besides, a function, a model. */
export function shared(kind: 'table' | 'rows' | 'function' | 'model', name: string): string {
  return `shared ${kind} ${name.toLowerCase()}`
}

/** What the database offers under a path. */
export function offered(path: readonly string[], span: Span): Value {
  return path.reduce<Value>((object, name) => member(object, name, span), reference(DATABASE, span))
}

/** Binding of the database itself, the package `sql:database`. */
export const DATABASE = '.database'

export function cut(r: Reading, span: Span): void {
  if (r.gaps.length >= maxGaps) return
  r.gaps.push({
    file: r.path,
    span,
    kind: 'cut',
    reason: {
      en: 'nested too deeply; what is inside was read only for the names it mentions',
      ja: '入れ子が深すぎるため、内側は名前だけを読み取りました',
    },
  })
}

export function notRead(r: Reading, span: Span, en: string, ja: string): void {
  if (r.gaps.length < maxGaps) r.gaps.push({ file: r.path, span, kind: 'parse', reason: { en, ja } })
}

/** As names are compared: what is written in one case is folded, what is written in both is kept for its words. */
export function foldName({ text }: Pick<Token, 'text'>): string {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) ? text : text.toLowerCase()
}
