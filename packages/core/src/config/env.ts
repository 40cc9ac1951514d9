/**
 * `.env` files, as dotenv, Compose, Node and shells agree to read them: every key is an environment variable. `.envrc` is a shell
 * script of which only `export` lines count. Reads one line after the other in linear time; what it cannot read is a gap.
 */
import type { Gap } from '../gap.js'
import type { Span } from '../location.js'
import { referencesIn } from './references.js'
import { type ConfigFile, type ConfigFormat, isExample, type Setting } from './setting.js'

const MAX_LENGTH = 1 << 20
const MAX_GAPS = 20
const TEMPLATE = /\.(template|tpl|dist)$/i
/** `.env.ts` and the like are of another language. */
const OTHER_LANGUAGE = /\.(ya?ml|json|[cm]?[jt]sx?|py|rb|sh|md|vault)$/i

export const env: ConfigFormat = {
  id: 'env',
  matches(path) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return name === '.envrc' || name.endsWith('.env') || (name.startsWith('.env.') && !OTHER_LANGUAGE.test(name))
  },
  read(path, text) {
    const file: ConfigFile = { path, format: 'env', settings: [], comments: [], gaps: [] }
    if (isExample(path) || TEMPLATE.test(path)) file.example = true
    new Reader(file, text, path.endsWith('.envrc')).read()
    return file
  },
}

/** A value as read, up to the end of its line. */
interface Value {
  value: string | null
  span: Span
  references: string[]
  /** Offset after it; in a shell line, another assignment may follow. */
  end: number
}

const LINE = /[^\r\n]*/y
const SPACE = /[ \t\f\v\u00A0]*/y
// KEY=  KEY: value  export KEY=  a.dotted-key=
const ASSIGNMENT = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/dy
const SHELL_ASSIGNMENT = /([A-Za-z_]\w*)=/y
// KEY, export KEY: passed on from outside
const PASSED_ON = /(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y

class Reader {
  #at = 0
  readonly #text: string
  /** Quotes that have no end from here on: looked for once. */
  readonly #open = new Set<string>()

  constructor(
    readonly file: ConfigFile,
    text: string,
    readonly shell: boolean,
  ) {
    this.#text = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text
    if (text.length > MAX_LENGTH)
      this.#gap(
        { start: MAX_LENGTH, end: text.length },
        'cut',
        'longer than 1 MiB: the rest was not read',
        '1 MiB を超えるため、残りは読んでいません',
      )
  }

  read(): void {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1
    while (this.#at < this.#text.length) {
      this.#line()
      this.#match(LINE)
      this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #line(): void {
    this.#match(SPACE)
    if (this.#atLineEnd()) return
    if (this.#text[this.#at] === '#') return void this.#comment()
    if (this.shell) return this.#shellLine()
    const start = this.#at
    const assignment = this.#match(ASSIGNMENT)
    if (assignment) {
      this.#add(assignment[1]!, assignment.indices![1]![0], this.#value())
    } else if (!this.#match(PASSED_ON)) {
      this.#match(LINE)
      this.#notUnderstood({ start, end: this.#at })
    }
  }

  // export A=1 B="2"
  #shellLine(): void {
    if (!this.#match(/export[ \t]+/y)) return
    for (;;) {
      const start = this.#at
      const assignment = this.#match(SHELL_ASSIGNMENT)
      if (!assignment) return
      const value = this.#word()
      this.#add(assignment[1]!, start, value)
      this.#at = value.end
      this.#match(SPACE)
    }
  }

  #add(key: string, start: number, value: Value): void {
    const setting: Setting = {
      file: this.file.path,
      path: [key],
      value: value.value,
      keySpan: { start, end: start + key.length },
      valueSpan: value.span,
      references: value.references,
      environment: key,
    }
    this.#at = value.end
    this.#match(SPACE)
    if (this.#text[this.#at] === '#') {
      const comment = this.#comment()
      if (comment) setting.comment = comment
    }
    this.file.settings.push(setting)
  }

  #value(): Value {
    const quoted = this.#quoted()
    if (quoted) return quoted
    const start = this.#at
    const line = this.#match(LINE)![0]
    const comment = /(?:^|[ \t])#/.exec(line)
    const value = (comment ? line.slice(0, comment.index) : line).trimEnd()
    const span = { start, end: start + value.length }
    if (/^["'`]/.test(value)) this.#notUnderstood(span)
    return { value: unescapeDollars(value), span, references: referencesIn(value), end: span.end }
  }

  // "…" with escapes, '…', `…`: over several lines too; something else after the end is no quoted value
  #quoted(): Value | null {
    const quote = this.#text[this.#at]
    if (quote === undefined || !'"\'`'.includes(quote)) return null
    const start = this.#at + 1
    const end = this.#closing(quote, start)
    if (end === -1) return null
    const rest = /[ \t]*(?:#|[\r\n]|$)/y
    rest.lastIndex = end + 1
    if (!rest.test(this.#text)) return null
    const raw = this.#text.slice(start, end).replaceAll('\r\n', '\n')
    const value = quote === '"' ? unescape(raw) : raw
    return { value, span: { start, end }, references: quote === "'" ? [] : referencesIn(raw), end: end + 1 }
  }

  /** Offset of the closing quote, or -1. */
  #closing(quote: string, from: number): number {
    if (this.#open.has(quote)) return -1
    for (let at = from; at < this.#text.length; at++) {
      if (this.#text[at] === quote) return at
      if (quote === '"' && this.#text[at] === '\\') at++
    }
    this.#open.add(quote)
    return -1
  }

  // A shell word: quoted and bare pieces side by side, up to a space or an operator
  #word(): Value {
    const start = this.#at
    const references: string[] = []
    let value: string | null = ''
    while (this.#at < this.#text.length && !/[\s;&|<>()]/.test(this.#text[this.#at]!)) {
      const piece = this.#piece()
      if (piece.command) value = null
      else if (value !== null) value += piece.text
      references.push(...piece.references)
    }
    const quoted = /^(["']).*\1$/s.test(this.#text.slice(start, this.#at)) ? 1 : 0
    const span = { start: start + quoted, end: this.#at - quoted }
    return { value, span, references: [...new Set(references)], end: this.#at }
  }

  #piece(): { text: string; references: string[]; command: boolean } {
    const quote = this.#text[this.#at]
    const end = quote === '"' || quote === "'" ? this.#closing(quote, this.#at + 1) : -1
    if (end !== -1) {
      const raw = this.#text.slice(this.#at + 1, end)
      this.#at = end + 1
      if (quote === "'") return { text: raw, references: [], command: false }
      return { text: unescape(raw), references: referencesIn(raw), command: isCommand(raw) }
    }
    const start = this.#at
    const bare = this.#match(
      /(?:\$\{[^}\r\n]{0,200}\}|\$\([^)\r\n]{0,200}\)|`[^`\r\n]{0,200}`|\\.|[^\s;&|<>()"'\\])+/y,
    )?.[0]
    if (bare === undefined) {
      this.#at++
      this.#notUnderstood({ start, end: this.#at })
      return { text: '', references: [], command: false }
    }
    return { text: bare.replace(/\\(.)/g, '$1'), references: referencesIn(bare), command: isCommand(bare) }
  }

  #comment(): string {
    const start = this.#at
    const written = this.#match(LINE)![0]
    const text = written.replace(/^#+/, '').trim()
    this.file.comments?.push({ span: { start, end: start + written.length }, text })
    return text
  }

  #atLineEnd(): boolean {
    const character = this.#text[this.#at]
    return character === undefined || character === '\n' || character === '\r'
  }

  #notUnderstood(span: Span): void {
    if (this.file.gaps.length < MAX_GAPS)
      this.#gap(
        span,
        'parse',
        'a line that is no KEY=value could not be read',
        'KEY=value の形でない行を読めませんでした',
      )
  }

  #gap(span: Span, kind: Gap['kind'], en: string, ja: string): void {
    this.file.gaps.push({ file: this.file.path, span, reason: { en, ja }, kind })
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$', '`': '`' }

function unescape(text: string): string {
  return text.replace(/\\([nrt"\\$`])/g, (_, character: string) => ESCAPES[character]!)
}

function unescapeDollars(text: string): string {
  return text.replaceAll('\\$', '$')
}

// $(pass show key), `date`: known only when it runs
function isCommand(text: string): boolean {
  return /\$\(|`/.test(text)
}
