/**
 * Shell text as commands of words, with their places: quotes, comments, continued lines, here-documents and substitutions as POSIX
 * shells read them, as far as values go. Linear; nothing is run. `$NAME` and `${NAME}` become `${NAME}`, what a command gives `${?}`.
 */
import type { Span } from '../../location.js'

export interface Word {
  /** Ways it may read: a default is one. */
  texts: readonly string[]
  span: Span
}

export interface ShellOptions {
  /** Recipes of Makefiles: `$(NAME)` is a variable, `$$` the shell's dollar. */
  make?: boolean
  onComment?: (span: Span) => void
  /** Told where reading ends early, because there are too many words. */
  onCut?: (at: number) => void
}

const BLANK = /(?:[ \t\v\f]|\\(?:\r\n?|\n))+/y
const END = /\r\n?|\n|[;&|()]+|#[^\r\n]*/y
const BARE = /(?:[^\s;&|()<>"'`\\$#]|#(?!^))+/y
const REDIRECTION = /\d?[<>]{1,2}&?-?/y
const HEREDOC = /<<-?[ \t]*(["']?)([\w-]+)\1/y
const mostWords = 100_000

export function commandsIn(text: string, { start, end }: Span, options: ShellOptions = {}): Word[][] {
  return new WordReader(text, start, end, options).commands()
}

class WordReader {
  #words = 0
  readonly #documents: string[] = []

  constructor(
    readonly text: string,
    private at: number,
    readonly end: number,
    readonly options: ShellOptions,
  ) {}

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null || pattern.lastIndex > this.end) return null
    this.at = pattern.lastIndex
    return found[0]
  }

  commands(): Word[][] {
    const commands: Word[][] = []
    let words: Word[] = []
    while (this.at < this.end && this.#words < mostWords) {
      this.#match(BLANK)
      if (this.at >= this.end) break
      const stop = this.#match(END)
      if (stop !== null) {
        if (stop.startsWith('#')) {
          this.options.onComment?.({ start: this.at - stop.length, end: this.at })
          continue
        }
        if (words.length > 0) commands.push(words)
        words = []
        if (/[\r\n]/.test(stop)) this.#skipDocuments()
        continue
      }
      const document = this.#match(HEREDOC)
      if (document !== null) this.#documents.push(/[\w-]+(?=["']?$)/.exec(document)![0])
      else if (this.#match(REDIRECTION) === null) {
        const before = this.at
        words.push(this.#word())
        if (this.at === before) this.at++
      }
    }
    if (words.length > 0) commands.push(words)
    if (this.#words >= mostWords && this.at < this.end) this.options.onCut?.(this.at)
    return commands
  }

  #skipDocuments(): void {
    for (const mark of this.#documents.splice(0)) {
      const line = new RegExp(`^[ \\t]*${mark}[ \\t]*\\r?$`, 'gm')
      line.lastIndex = this.at
      const found = line.exec(this.text)
      // One without an end takes the rest.
      this.at = found !== null && found.index < this.end ? line.lastIndex : this.end
    }
  }

  #word(): Word {
    this.#words++
    const start = this.at
    let texts = ['']
    const add = (ways: readonly string[]) => {
      texts = texts.flatMap((text) => ways.map((way) => text + way)).slice(0, 4)
    }
    while (this.at < this.end && !/[\s;&|()<>]/.test(this.text[this.at]!)) {
      const before = this.at
      const character = this.text[this.at]!
      if (character === "'" && this.options.make !== true) add([this.#single()])
      else if (character === '"' || character === "'") this.#double(add, character)
      else if (character === '\\') {
        add([this.text[this.at + 1] ?? ''])
        this.at += 2
      } else if (character === '$' || character === '`') add(this.#dollar())
      else add([this.#match(BARE) ?? ''])
      if (this.at === before) {
        add([character])
        this.at++
      }
    }
    this.at = Math.min(this.at, this.end)
    const quoted =
      /^["']/.test(this.text[start]!) && this.text[this.at - 1] === this.text[start] && this.at - start > 1 ? 1 : 0
    return { texts, span: { start: start + quoted, end: this.at - quoted } }
  }

  #single(): string {
    const close = this.text.indexOf("'", this.at + 1)
    const end = close < 0 || close > this.end ? this.end : close
    const text = this.text.slice(this.at + 1, end)
    this.at = end + 1
    return text.replaceAll('${', '$ {')
  }

  #double(add: (ways: readonly string[]) => void, quote: string): void {
    this.at++
    const plain = quote === '"' ? /[^"\\$`]+/y : /[^'$]+/y
    while (this.at < this.end && this.text[this.at] !== quote) {
      const text = this.#match(plain)
      if (text !== null) add([text])
      else if (this.text[this.at] === '\\') {
        const next = this.text[this.at + 1] ?? ''
        add([/["\\$`\n]/.test(next) ? next.replace('\n', '') : `\\${next}`])
        this.at += 2
      } else if (/[$`]/.test(this.text[this.at]!)) add(this.#dollar())
      else this.at = this.end
    }
    this.at++
  }

  // $NAME, ${NAME}, ${NAME:-default}, $(command), `command`
  #dollar(): readonly string[] {
    if (this.options.make === true) {
      const name = this.#match(/\$[({][\w.-]{1,100}[)}]/y)
      if (name !== null) return [`\${${name.slice(2, -1)}}`]
      if (this.#match(/\$\$(?=\$?[\w({])/y) !== null) this.at--
    }
    if (this.#match(/`[^`]*`?/y) !== null) return ['${?}']
    const plain = this.#match(/\$[A-Za-z_]\w{0,100}/y)
    if (plain !== null) return [`\${${plain.slice(1)}}`]
    if (this.text.startsWith('${{', this.at))
      return [this.#match(/\$\{\{[^}\r\n]*\}\}/y) ?? this.#match(/\$\{\{/y) ?? '']
    const braced = this.#match(/\$\{[^{}\r\n]{1,300}\}/y)
    if (braced !== null) {
      const [, name, fallback] = /^\$\{(\w+)(?::?[-=]([^{}$]*))?\}$/.exec(braced) ?? []
      if (name === undefined) return ['${?}']
      return fallback === undefined ? [`\${${name}}`] : [`\${${name}}`, fallback.replace(/^(["'])(.*)\1$/, '$2')]
    }
    if (this.text.startsWith('$(', this.at)) {
      this.#skipCommand()
      return ['${?}']
    }
    this.at++
    return ['$']
  }

  #skipCommand(): void {
    let open = 0
    for (; this.at < this.end; this.at++) {
      if (this.text[this.at] === '(') open++
      else if (this.text[this.at] === ')' && --open === 0) {
        this.at++
        return
      }
    }
  }
}
