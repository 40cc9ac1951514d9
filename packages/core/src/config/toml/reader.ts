/**
 * TOML 1.0: tables, arrays of tables, dotted keys, all four kinds of text, arrays and inline tables. A line that cannot be read is a
 * gap and is left out; what follows is read.
 */
import { escapeAt } from '../json/reader.js'
import type { ConfigFile } from '../setting.js'
import {
  addDepthGap,
  addGap,
  MAX_DEPTH,
  type ConfigNode,
  type Entry,
  type ObjectNode,
  type ScalarNode,
} from '../tree.js'

class Broken extends Error {}

interface Key {
  text: string
  span: { start: number; end: number }
}

const SPACE = /[ \t]*/y
const TRIVIA = /(?:[\s\uFEFF]+|#[^\r\n]*)*/y
const REST = /[^\r\n]*/y
const BARE_KEY = /[\p{L}\p{N}_-]+/uy
const BARE_VALUE = /[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?/y

export class TomlReader {
  #at = 0
  readonly #root: ObjectNode
  readonly #indexes = new WeakMap<ObjectNode, Map<string, Entry>>()

  constructor(
    readonly file: ConfigFile,
    readonly text: string,
  ) {
    this.#root = { kind: 'object', entries: [], span: { start: 0, end: text.length } }
  }

  read(): ObjectNode {
    let table = this.#root
    for (;;) {
      this.#trivia()
      if (this.#at >= this.text.length) return this.#root
      try {
        if (this.text[this.#at] === '[') table = this.#header()
        else this.#pair(table, 0)
        this.#take(SPACE)
        if (!/^(?:[\r\n#]|$)/.test(this.text[this.#at] ?? '')) this.#fail()
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        this.#take(REST)
      }
    }
  }

  // [a.b], [[a.b]]
  #header(): ObjectNode {
    const isList = this.text.startsWith('[[', this.#at)
    this.#at += isList ? 2 : 1
    const keys = this.#keys()
    const close = isList ? ']]' : ']'
    if (!this.text.startsWith(close, this.#at)) this.#fail()
    this.#at += close.length
    const last = keys.at(-1)!
    const parent = this.#descend(this.#root, keys.slice(0, -1))
    if (!isList) return this.#descend(parent, [last])
    const made: ObjectNode = { kind: 'object', entries: [], span: last.span }
    const known = this.#entry(parent, last.text)
    if (known?.value.kind === 'list') known.value.items.push(made)
    else this.#put(parent, last, { kind: 'list', items: [made], span: last.span })
    return made
  }

  #pair(table: ObjectNode, depth: number): void {
    const keys = this.#keys()
    if (this.text[this.#at] !== '=') this.#fail()
    this.#at++
    this.#take(SPACE)
    const last = keys.at(-1)!
    const value = this.#value(depth)
    this.#put(this.#descend(table, keys.slice(0, -1)), last, value)
  }

  /** The table at keys below another one; made where there is none. */
  #descend(from: ObjectNode, keys: readonly Key[]): ObjectNode {
    let table = from
    for (const key of keys) {
      const known = this.#entry(table, key.text)?.value
      const last = known?.kind === 'list' ? known.items.at(-1) : known
      if (last?.kind === 'object') table = last
      else {
        const made: ObjectNode = { kind: 'object', entries: [], span: key.span }
        this.#put(table, key, made)
        table = made
      }
    }
    return table
  }

  #entry(table: ObjectNode, key: string): Entry | undefined {
    return this.#indexes.get(table)?.get(key)
  }

  #put(table: ObjectNode, key: Key, value: ConfigNode): void {
    const entry = { key: key.text, keySpan: key.span, value }
    table.entries.push(entry)
    const index = this.#indexes.get(table) ?? new Map<string, Entry>()
    index.set(key.text, entry)
    this.#indexes.set(table, index)
  }

  // a.b."c d"
  #keys(): Key[] {
    const keys: Key[] = []
    for (;;) {
      this.#take(SPACE)
      const quote = this.text[this.#at]
      if (quote === '"' || quote === "'") {
        const { value, span } = this.#text(quote)
        keys.push({ text: value ?? '', span })
      } else {
        const start = this.#at
        const bare = this.#take(BARE_KEY)
        if (bare === '') this.#fail()
        keys.push({ text: bare, span: { start, end: this.#at } })
      }
      this.#take(SPACE)
      if (keys.length > MAX_DEPTH) this.#tooDeep()
      if (this.text[this.#at] !== '.') return keys
      this.#at++
    }
  }

  #value(depth: number): ConfigNode {
    if (depth > MAX_DEPTH) this.#tooDeep()
    const start = this.#at
    const character = this.text[start]
    if (character === '"' || character === "'") return this.#text(character)
    if (character === '[') return this.#list(start, depth)
    if (character === '{') return this.#table(start, depth)
    const bare = this.#take(BARE_VALUE)
    if (bare === '') this.#fail()
    return { kind: 'scalar', value: bare, isText: false, span: { start, end: this.#at } }
  }

  #list(start: number, depth: number): ConfigNode {
    const items: ConfigNode[] = []
    this.#at++
    for (;;) {
      this.#trivia()
      if (this.text[this.#at] === ']') break
      items.push(this.#value(depth + 1))
      this.#trivia()
      if (this.text[this.#at] === ',') this.#at++
      else if (this.text[this.#at] !== ']') this.#fail()
    }
    return { kind: 'list', items, span: { start, end: ++this.#at } }
  }

  #table(start: number, depth: number): ConfigNode {
    const table: ObjectNode = { kind: 'object', entries: [], span: { start, end: start } }
    this.#at++
    for (;;) {
      this.#trivia()
      if (this.text[this.#at] === '}') break
      this.#pair(table, depth + 1)
      this.#trivia()
      if (this.text[this.#at] === ',') this.#at++
      else if (this.text[this.#at] !== '}') this.#fail()
    }
    table.span.end = ++this.#at
    return table
  }

  // "…", '…', """…""", '''…'''
  #text(quote: '"' | "'"): ScalarNode {
    const long = this.text.startsWith(quote.repeat(3), this.#at)
    const mark = long ? quote.repeat(3) : quote
    let start = this.#at + mark.length
    if (long) start += /^(?:\r\n|\r|\n)?/.exec(this.text.slice(start, start + 2))![0].length
    let value = ''
    let at = start
    for (;;) {
      if (at >= this.text.length || (!long && /[\r\n]/.test(this.text[at]!))) this.#fail()
      if (this.text.startsWith(mark, at)) break
      if (quote === '"' && this.text[at] === '\\') {
        const { text, length } = escapeAt(this.text, at)
        value += text
        at += length
      } else value += this.text[at++]
    }
    // """a"""": up to two quotes before the end are text
    while (long && this.text[at + 3] === quote) value += this.text[at++]
    this.#at = at + mark.length
    return { kind: 'scalar', value, isText: true, span: { start, end: at } }
  }

  #trivia(): void {
    const start = this.#at
    const text = this.#take(TRIVIA)
    for (const comment of text.matchAll(/#[^\r\n]*/g)) {
      const from = start + comment.index
      const span = { start: from, end: from + comment[0].length }
      this.file.comments?.push({ span, text: comment[0].replace(/^#+/, '').trim() })
    }
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)
    if (found === null) return ''
    this.#at = pattern.lastIndex
    return found[0]
  }

  #tooDeep(): never {
    addDepthGap(this.file, this.#at)
    throw new Broken()
  }

  #fail(): never {
    const span = { start: this.#at, end: Math.min(this.#at + 1, this.text.length) }
    addGap(this.file, span, 'parse', 'the TOML is not valid here', 'ここで TOML の文法が正しくありません')
    throw new Broken()
  }
}
