/**
 * JSON, JSON with comments and JSON5 in one: what any of them allows is read. One pass, no backtracking; it recurses no deeper
 * than the bound. What cannot be read ends the reading with a gap; what was read stays.
 */
import type { Span } from '../../location.js'
import type { ConfigFile } from '../setting.js'
import { addDepthGap, addGap, MAX_DEPTH, type ConfigNode, type Entry, type ScalarNode } from '../tree.js'

/** Where reading ended early. */
class Broken extends Error {}

const TRIVIA = /(?:[\s\uFEFF]+|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$))/y
const BARE = /[^\s,:[\]{}"'/\\]+/y
const STRING_END = { '"': /["\\]/g, "'": /['\\]/g }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }

export class JsonReader {
  #at = 0

  constructor(
    readonly file: ConfigFile,
    readonly text: string,
  ) {}

  /** The value of the whole text; null where it is empty. */
  read(): ConfigNode | null {
    this.#skip()
    if (this.#at >= this.text.length) return null
    const root: { node: ConfigNode | null } = { node: null }
    try {
      this.#value(0, (node) => (root.node = node))
      this.#skip()
      if (this.#at < this.text.length) this.#fail('text after the end of the JSON', 'JSON の終わりの後に文字があります')
    } catch (error) {
      if (!(error instanceof Broken)) throw error
    }
    return root.node
  }

  /** `take` gets the node before what it holds is read, so that a cut keeps what came before. */
  #value(depth: number, take: (node: ConfigNode) => void): void {
    this.#skip()
    const start = this.#at
    const character = this.text[start]
    if (character === '{' || character === '[') {
      if (depth >= MAX_DEPTH) {
        addDepthGap(this.file, start)
        throw new Broken()
      }
      this.#at++
      if (character === '{') this.#object(start, depth, take)
      else this.#list(start, depth, take)
    } else if (character === '"' || character === "'") take(this.#string(character))
    else take(this.#bare())
  }

  #object(start: number, depth: number, take: (node: ConfigNode) => void): void {
    const entries: Entry[] = []
    const span = { start, end: this.text.length }
    take({ kind: 'object', entries, span })
    for (;;) {
      this.#skip()
      if (this.#ends('}')) break
      const character = this.text[this.#at]
      const key = character === '"' || character === "'" ? this.#string(character) : this.#bare()
      this.#skip()
      if (this.text[this.#at] !== ':') this.#fail('a colon is missing', 'コロンがありません')
      this.#at++
      this.#value(depth + 1, (value) => entries.push({ key: key.value ?? 'null', keySpan: key.span, value }))
      this.#skip()
      if (this.text[this.#at] === ',') this.#at++
      else if (this.text[this.#at] !== '}') this.#fail('a comma is missing', 'カンマがありません')
    }
    span.end = this.#at
  }

  #list(start: number, depth: number, take: (node: ConfigNode) => void): void {
    const items: ConfigNode[] = []
    const span = { start, end: this.text.length }
    take({ kind: 'list', items, span })
    for (;;) {
      this.#skip()
      if (this.#ends(']')) break
      this.#value(depth + 1, (item) => items.push(item))
      this.#skip()
      if (this.text[this.#at] === ',') this.#at++
      else if (this.text[this.#at] !== ']') this.#fail('a comma is missing', 'カンマがありません')
    }
    span.end = this.#at
  }

  #ends(bracket: string): boolean {
    if (this.#at >= this.text.length) this.#fail('the JSON ends too early', 'JSON が途中で終わっています')
    if (this.text[this.#at] !== bracket) return false
    this.#at++
    return true
  }

  #string(quote: '"' | "'"): ScalarNode {
    const start = this.#at + 1
    const pattern = STRING_END[quote]
    let value = ''
    for (let from = start; ;) {
      pattern.lastIndex = from
      const found = pattern.exec(this.text)
      if (found === null) this.#fail('a text has no end', '文字列が閉じられていません')
      value += this.text.slice(from, found!.index)
      this.#at = found!.index + 1
      if (found![0] === quote) break
      const { text, length } = escapeAt(this.text, found!.index)
      value += text
      from = found!.index + length
    }
    return { kind: 'scalar', value, isText: true, span: { start, end: this.#at - 1 } }
  }

  // true, 12, NaN, unquoted: null has no value
  #bare(): ScalarNode {
    BARE.lastIndex = this.#at
    const found = BARE.exec(this.text)
    if (found === null) this.#fail('the JSON is not valid here', 'ここで JSON の文法が正しくありません')
    const span: Span = { start: this.#at, end: BARE.lastIndex }
    this.#at = span.end
    return { kind: 'scalar', value: found![0] === 'null' ? null : found![0], isText: false, span }
  }

  #skip(): void {
    for (;;) {
      TRIVIA.lastIndex = this.#at
      const found = TRIVIA.exec(this.text)
      if (found === null) return
      const span = { start: this.#at, end: TRIVIA.lastIndex }
      if (found[0].startsWith('/'))
        this.file.comments?.push({ span, text: found[0].replace(/^\/[/*]+|\*\/$/g, '').trim() })
      this.#at = span.end
    }
  }

  #fail(en: string, ja: string): never {
    addGap(this.file, { start: this.#at, end: Math.min(this.#at + 1, this.text.length) }, 'parse', en, ja)
    throw new Broken()
  }
}

/** The escape at a backslash: what it stands for, and how long it is. */
export function escapeAt(text: string, at: number): { text: string; length: number } {
  const next = text[at + 1]
  if (next === undefined) return { text: '', length: 1 }
  const code = /^u([0-9a-f]{4})|^x([0-9a-f]{2})/i.exec(text.slice(at + 1, at + 6))
  if (code !== null)
    return { text: String.fromCharCode(Number.parseInt(code[1] ?? code[2]!, 16)), length: 1 + code[0].length }
  if (next === '\r' && text[at + 2] === '\n') return { text: '', length: 3 }
  if (next === '\n' || next === '\r') return { text: '', length: 2 }
  return { text: ESCAPES[next] ?? next, length: 2 }
}
