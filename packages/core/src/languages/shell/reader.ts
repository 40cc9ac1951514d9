/**
 * Scripts of a shell as commands: words of parts, pipes, here-documents, commands within words. As POSIX shells read them, as far as
 * data goes; linear, bounded in depth and number; nothing is run.
 */
import type { Span } from '../../location.js'

export type Part =
  | { kind: 'text'; text: string; from: number }
  | { kind: 'variable'; name: string; fallback: string | null; span: Span }
  | { kind: 'commands'; commands: Command[]; span: Span }

export interface Word {
  parts: Part[]
  span: Span
}

export interface Command {
  words: Word[]
  /** What it reads: a file, a here-document, a here-string. */
  input: { kind: 'file' | 'text'; word: Word } | null
  /** Whether the next command reads what this one writes. */
  isPiped: boolean
  span: Span
}

const BLANK = /(?:[ \t\v\f]|\\(?:\r\n?|\n))+/y
const BARE = /(?:[^\s;&|()<>"'`\\$])+/y
const PLAIN = /[^"\\$`]+/y
const DOCUMENT = /[^\\$`]+/y
const VARIABLE = /\$([A-Za-z_]\w{0,100}|[0-9@*])/y
const BRACED = /\$\{#?([A-Za-z_]\w{0,100}|[0-9@*])(?:\[[^\]{}]{0,50}\])?(?::?[-=]([^{}]{0,1000})|[^{}]{0,200})?\}/y
const HEREDOC = /<<-?[ \t]*(["']?)([\w-]+)\1/y
const mostWords = 20_000
const deepest = 20

/** Commands, and where reading ended early: there are too many words. */
export function readScript(text: string, { start, end }: Span): { commands: Command[]; cut: number | null } {
  const reader = new Reader(text, start, end)
  const commands = reader.commands(null, 0)
  return { commands, cut: reader.cut }
}

class Reader {
  #words = 0
  #open: { mark: string; isPlain: boolean; word: Word }[] = []

  constructor(
    readonly text: string,
    private at: number,
    readonly end: number,
  ) {}

  get cut(): number | null {
    return this.#words >= mostWords ? this.at : null
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null || pattern.lastIndex > this.end) return null
    this.at = pattern.lastIndex
    return found
  }

  /** Text up to what ends it, or to the end. */
  #text(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0].slice(0, this.end - this.at) ?? ''
    this.at += found.length
    return found
  }

  commands(until: ')' | '`' | null, depth: number): Command[] {
    const commands: Command[] = []
    let command: Command | null = null
    const close = (isPiped: boolean) => {
      if (command !== null) commands.push({ ...command, isPiped, span: { start: command.span.start, end: this.at } })
      command = null
    }
    while (this.at < this.end && this.#words < mostWords) {
      this.#match(BLANK)
      if (this.at >= this.end) break
      const character = this.text[this.at]!
      if (character === until) break
      if (character === '#') this.#text(/#[^\r\n]*/y)
      else if (/[\r\n]/.test(character)) {
        this.at++
        close(false)
        this.#documents()
      } else if (/[;&()|]/.test(character)) {
        const sign = this.#match(/\|\||&&|;;|[;&()|]/y)![0]
        close(sign === '|')
      } else {
        command ??= { words: [], input: null, isPiped: false, span: { start: this.at, end: this.at } }
        this.#piece(command, depth)
      }
    }
    close(false)
    return commands
  }

  #piece(command: Command, depth: number): void {
    const document = this.#match(HEREDOC)
    if (document !== null) {
      const word: Word = { parts: [], span: { start: this.at, end: this.at } }
      this.#open.push({ mark: document[2]!, isPlain: document[1] !== '', word })
      command.input = { kind: 'text', word }
      return
    }
    const sign = this.#match(/\d?(?:<<<|<|>>|>)[&|]?-?/y)?.[0]
    if (sign === undefined) {
      const before = this.at
      command.words.push(this.#word(depth))
      if (this.at === before) this.at++
      return
    }
    this.#match(BLANK)
    const word = this.#word(depth)
    if (sign === '<<<') command.input = { kind: 'text', word }
    else if (sign === '<') command.input = { kind: 'file', word }
  }

  #documents(): void {
    for (const { mark, isPlain, word } of this.#open.splice(0)) {
      const line = new RegExp(`^[ \\t]*${mark}[ \\t]*\\r?$`, 'gm')
      line.lastIndex = this.at
      const found = line.exec(this.text)
      // One without an end takes the rest.
      const end = found !== null && found.index < this.end ? found.index : this.end
      word.span = { start: this.at, end }
      const inside = new Reader(this.text, this.at, end)
      word.parts = isPlain
        ? [{ kind: 'text', text: this.text.slice(this.at, end), from: this.at }]
        : inside.quoted(1, true)
      this.at = found !== null && found.index < this.end ? line.lastIndex : this.end
    }
  }

  #word(depth: number): Word {
    this.#words++
    const start = this.at
    const parts: Part[] = []
    while (this.at < this.end && !/[\s;&|()<>]/.test(this.text[this.at]!)) {
      const before = this.at
      const character = this.text[this.at]!
      if (character === "'") {
        const close = this.text.indexOf("'", this.at + 1)
        const end = close < 0 || close > this.end ? this.end : close
        parts.push({ kind: 'text', text: this.text.slice(this.at + 1, end), from: this.at + 1 })
        this.at = end + 1
      } else if (character === '"') {
        this.at++
        parts.push(...this.quoted(depth))
        this.at++
      } else if (character === '\\') {
        parts.push({ kind: 'text', text: this.text[this.at + 1] ?? '', from: this.at + 1 })
        this.at += 2
      } else if (character === '$' || character === '`') parts.push(this.#dollar(depth))
      else parts.push({ kind: 'text', text: this.#text(BARE), from: before })
      if (this.at === before) this.at++
    }
    this.at = Math.min(this.at, this.end)
    return { parts, span: { start, end: this.at } }
  }

  /** Up to the closing quote, or the end, as in a here-document. */
  quoted(depth: number, isDocument = false): Part[] {
    const parts: Part[] = []
    while (this.at < this.end && (isDocument || this.text[this.at] !== '"')) {
      const from = this.at
      const text = this.#text(isDocument ? DOCUMENT : PLAIN)
      if (text !== '') parts.push({ kind: 'text', text, from })
      else if (this.text[this.at] === '\\') {
        const next = this.text[this.at + 1] ?? ''
        parts.push({ kind: 'text', text: /["\\$`]/.test(next) ? next : next === '\n' ? '' : `\\${next}`, from })
        this.at += 2
      } else parts.push(this.#dollar(depth))
    }
    return parts
  }

  #dollar(depth: number): Part {
    const start = this.at
    const opens = this.text.startsWith('$(', start) && !this.text.startsWith('$((', start)
    if ((opens || this.text[start] === '`') && depth < deepest) {
      this.at += opens ? 2 : 1
      const commands = this.commands(opens ? ')' : '`', depth + 1)
      this.at = Math.min(this.at + 1, this.end)
      return { kind: 'commands', commands, span: { start, end: this.at } }
    }
    const found = this.#match(VARIABLE) ?? this.#match(BRACED)
    if (found !== null)
      return { kind: 'variable', name: found[1]!, fallback: found[2] ?? null, span: { start, end: this.at } }
    // ${{ github.event.issue.body }}
    const expression = this.#match(/\$\{\{[^{}\r\n]{0,300}\}\}/y)
    if (expression !== null)
      return { kind: 'variable', name: expression[0], fallback: null, span: { start, end: this.at } }
    this.at++
    return { kind: 'text', text: '$', from: start }
  }
}
