/**
 * Reads expressions of HCL and Bicep, which differ in quotes, in loops and in what separates the entries of an object. One pass;
 * it recurses no deeper than the bound. What it does not understand it passes over, with a gap, up to the end of the line.
 */
import type { Span } from '../../location.js'
import { addDepthGap, MAX_DEPTH } from '../tree.js'
import { call } from './calls.js'
import { Broken, Scanner } from './scanner.js'
import { type Expression, joined, literalOf, type ObjectEntry, reference, referenceOf, unknown } from './expression.js'

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const OPERATOR = /(?:\|\||&&|==|!=|=~|!~|<=|>=|\?\?|[<>+*/%]|-)/y

const mostKeys = 40

export class ExpressionParser extends Scanner {
  #depth = 0
  /** Marks of here-documents that have no end from here on: looked for once. */
  readonly #endless = new Set<string>()

  expression(): Expression {
    if (this.#depth >= MAX_DEPTH) {
      addDepthGap(this.file, this.at)
      throw new Broken()
    }
    this.#depth++
    try {
      return this.#conditional()
    } finally {
      this.#depth--
    }
  }

  // a ? b : c
  #conditional(): Expression {
    const start = this.at
    const condition = this.#operation()
    if (!this.#ahead('?') || this.peek('??')) return condition
    this.take('?')
    return this.nested(() => {
      this.skip()
      const ways = [this.expression()]
      this.skip()
      this.expect(':')
      this.skip()
      // What follows on the next line belongs to the next statement.
      ways.push(this.expression())
      return { kind: 'choice', ways, span: { start, end: this.at } }
    })
  }

  #ahead(token: string): boolean {
    const before = this.at
    if (this.dialect.id === 'bicep') this.skipLines()
    else this.skip()
    if (this.peek(token)) return true
    this.at = before
    return false
  }

  // a == b, a ?? b: only the last is one of two values
  #operation(): Expression {
    const start = this.at
    const operands = [this.#unary()]
    let isEither = true
    for (;;) {
      const before = this.at
      this.skip()
      const operator = this.peek('//') || this.peek('/*') ? null : this.match(OPERATOR)
      if (operator === null) {
        this.at = before
        break
      }
      if (operator !== '??') isEither = false
      this.skip()
      operands.push(this.#unary())
    }
    if (operands.length === 1) return operands[0]!
    const span = { start, end: this.at }
    return isEither ? { kind: 'choice', ways: operands, span } : unknown(span)
  }

  #unary(): Expression {
    const start = this.at
    if (!this.take('!') && !this.take('-')) return this.#postfix()
    this.skip()
    this.#postfix()
    return unknown({ start, end: this.at })
  }

  // a.b, a[0], a['b'], a[*].b, a.?b, a!.b, a::b
  #postfix(): Expression {
    const start = this.at
    let value = this.#primary()
    let name = referenceOf(value)
    const keys: string[] = []
    for (;;) {
      let key: string
      if (this.match(/!?\.\??(?!\.)|::/y) !== null)
        key = this.take('*') ? '*' : (this.name() ?? this.match(NUMBER) ?? '')
      else if (this.peek('[')) key = this.#index()
      else if (this.peek('(') && name !== null && this.dialect.id === 'bicep') {
        // account.listKeys()
        this.#arguments()
        value = unknown({ start, end: this.at })
        name = null
        continue
      } else break
      if (name === null) value = memberOf(value, key, { start, end: this.at })
      else keys.push(key)
    }
    if (this.dialect.id === 'bicep') this.match(/!(?![=~])/y)
    if (name === null || keys.length === 0) return value
    const span = { start, end: this.at }
    return keys.length > mostKeys ? unknown(span) : reference([name, ...keys].join('.'), span)
  }

  #index(): string {
    this.expect('[')
    return this.nested(() => {
      this.take('?')
      this.skip()
      if (this.take('*')) {
        this.skip()
        this.expect(']')
        return '*'
      }
      const key = literalOf(this.expression())
      this.skip()
      this.expect(']')
      return key ?? '*'
    })
  }

  #primary(): Expression {
    this.skip()
    const start = this.at
    const character = this.text[start]
    if (character === this.dialect.quote) return this.string()
    if (character === '[') return this.#list()
    if (character === '{') return this.#object()
    if (character === '(') return this.nested(() => this.parenthesis())
    if (character === '<' && this.dialect.id === 'hcl') return this.#heredoc()
    const number = this.match(NUMBER)
    if (number !== null) return { kind: 'text', texts: [number], span: { start, end: this.at } }
    let name = this.name()
    if (name === null) return this.fail()
    // provider::azapi::parse_resource_id(…)
    while (this.dialect.id === 'hcl' && this.take('::')) name = this.name() ?? name
    const span = { start, end: this.at }
    if (this.peek('(')) return call(name, this.#arguments(), { start, end: this.at })
    if (name === 'true' || name === 'false') return { kind: 'text', texts: [name], span }
    if (name === 'null') return { kind: 'text', texts: [], span }
    return reference(name, span)
  }

  // (a), (x) => a
  parenthesis(): Expression {
    this.expect('(')
    this.skip()
    const inner = this.take(')') ? unknown({ start: this.at, end: this.at }) : this.expression()
    this.skip()
    while (this.take(',')) {
      this.skip()
      this.expression()
      this.skip()
    }
    this.take(')')
    return this.#lambda() ?? inner
  }

  #lambda(): Expression | null {
    const before = this.at
    this.skip()
    if (!this.take('=>')) {
      this.at = before
      return null
    }
    this.skip()
    this.expression()
    return unknown({ start: before, end: this.at })
  }

  #arguments(): Expression[] {
    this.expect('(')
    return this.nested(() => {
      const given: Expression[] = []
      for (;;) {
        this.skip()
        if (this.take(')')) return given
        if (this.at >= this.text.length) this.fail()
        given.push(this.expression())
        this.#lambda()
        this.match(/\.\.\./y)
        this.skip()
        if (!this.take(',') && !this.peek(')')) this.fail()
      }
    })
  }

  #list(): Expression {
    const start = this.at
    this.expect('[')
    return this.nested(() => {
      this.skip()
      if (this.match(/for\b/y) !== null) return this.#loop(start, ']')
      const items: Expression[] = []
      for (;;) {
        this.skip()
        if (this.take(']')) return { kind: 'list', items, span: { start, end: this.at } }
        if (this.at >= this.text.length) this.fail()
        this.take('...')
        items.push(this.expression())
        this.skip()
        this.take(',')
      }
    })
  }

  // for x in y: z, for (x, i) in y: z, for k, v in y: k => z
  #loop(start: number, end: string): Expression {
    this.skip()
    const inBrackets = this.take('(')
    this.skip()
    const names = [this.name() ?? '']
    this.skip()
    while (this.take(',')) {
      this.skip()
      names.push(this.name() ?? '')
      this.skip()
    }
    if (inBrackets) this.expect(')')
    this.skip()
    if (this.match(/in\b/y) === null) this.fail()
    this.skip()
    const over = this.#operation()
    this.skip()
    this.expect(':')
    this.skip()
    if (this.match(/if\b/y) !== null) {
      this.skip()
      if (this.peek('(')) this.nested(() => this.parenthesis())
      this.skip()
    }
    let body = this.expression()
    this.skip()
    if (this.take('=>')) {
      this.skip()
      body = this.expression()
      this.skip()
    }
    this.take('...')
    this.skip()
    if (this.match(/if\b/y) !== null) {
      this.skip()
      this.expression()
      this.skip()
    }
    this.expect(end)
    const item = this.dialect.id === 'hcl' ? names.at(-1)! : names[0]!
    return { kind: 'loop', item, over, body, span: { start, end: this.at } }
  }

  #object(): Expression {
    const start = this.at
    this.expect('{')
    return this.nested(() => {
      this.skip()
      if (this.dialect.id === 'hcl' && this.match(/for\b(?=\s+\w+\s*(?:,|in\b))/y) !== null)
        return this.#loop(start, '}')
      const entries: ObjectEntry[] = []
      for (;;) {
        this.skip()
        if (this.take('}')) return { kind: 'object', entries, span: { start, end: this.at } }
        if (this.at >= this.text.length) this.fail()
        if (this.take('...')) {
          const value = this.expression()
          if (value.kind === 'object') entries.push(...value.entries)
        } else if (!this.statement()) entries.push(this.#entry())
        this.skip()
        this.take(',')
      }
    })
  }

  /** What stands in an object and is no entry of it. */
  statement(): boolean {
    return false
  }

  #entry(): ObjectEntry {
    const keySpan = { start: this.at, end: this.at }
    const key = this.#key()
    keySpan.end = this.at
    this.skip()
    if (!this.take(':') && !this.take('=')) this.fail()
    this.skip()
    if (this.dialect.id === 'bicep' && this.match(/if\b(?=\s*\()/y) !== null) {
      this.skip()
      this.parenthesis()
      this.skip()
    }
    return { key, keySpan, value: this.expression() }
  }

  #key(): string {
    if (this.peek(this.dialect.quote) || this.peek('(')) {
      const key = this.#primary()
      return literalOf(key) ?? '*'
    }
    const key = this.name() ?? this.match(NUMBER)
    if (key === null) return this.fail()
    // each.value = …
    while (this.dialect.id === 'hcl' && this.peek('.') && !this.peek('...')) {
      this.at++
      this.name()
    }
    return key
  }

  /** "a ${b}", 'a ${b}', '''a''' */
  string(): Expression {
    const { quote } = this.dialect
    const start = this.at
    if (this.dialect.id === 'bicep' && this.peek("'''")) {
      const end = this.text.indexOf("'''", start + 3)
      if (end < 0) this.fail()
      this.at = end + 3
      return { kind: 'text', texts: [plain(this.text.slice(start + 3, end))], span: { start: start + 3, end } }
    }
    this.at++
    const pieces: (string | Expression)[] = []
    const stop = quote === '"' ? /[^"\\$%\r\n]+/y : /[^'\\$\r\n]+/y
    for (;;) {
      const text = this.match(stop)
      if (text !== null) pieces.push(text)
      const character = this.text[this.at]
      if (character === quote) break
      if (character === undefined || character === '\n' || character === '\r') this.fail()
      if (character === '\\') {
        pieces.push(plain(escaped(this.text.slice(this.at, this.at + 2))))
        this.at += 2
      } else this.#interpolation(pieces)
    }
    this.at++
    return joined(pieces, { start: start + 1, end: this.at - 1 })
  }

  // ${…}, %{…}, $${, or a sign that means nothing
  #interpolation(pieces: (string | Expression)[]): void {
    const sign = this.text[this.at]!
    if (this.dialect.id === 'hcl' && this.take(`${sign}${sign}{`)) return void pieces.push(`${sign} {`)
    if (!this.take(`${sign}{`)) {
      this.at++
      return void pieces.push(sign)
    }
    this.take('~')
    pieces.push(
      this.nested(() => {
        this.skip()
        const start = this.at
        if (sign === '%') {
          this.match(/[^}\r\n]*/y)
          this.expect('}')
          return unknown({ start, end: this.at })
        }
        const inner = this.expression()
        this.skip()
        this.take('~')
        this.expect('}')
        return inner
      }),
    )
  }

  // <<-EOT … EOT
  #heredoc(): Expression {
    const opening = this.match(/<<[-~]?([\w-]+)[ \t]*\r?\n/y)
    if (opening === null) return this.fail()
    const mark = /[\w-]+(?=[ \t]*\r?\n$)/.exec(opening.replace(/^<<[-~]?/, ''))![0]
    const start = this.at
    const pattern = new RegExp(`^[ \\t]*${mark}[ \\t]*$`, 'gm')
    pattern.lastIndex = start
    const found = this.#endless.has(mark) ? null : pattern.exec(this.text)
    if (found === null) {
      this.#endless.add(mark)
      this.fail()
    }
    this.at = found!.index + found![0].trimEnd().length
    const end = Math.max(start, found!.index - 1)
    const written = this.text.slice(start, end)
    const text = written.replace(/\$\{\s*([\w.-]{1,200})\s*\}|[$%]\{[^{}]*\}/g, (_, name?: string) =>
      name === undefined ? '${?}' : `\${${name}}`,
    )
    return { kind: 'text', texts: [text], span: trimmed(this.text, { start, end }) }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function escaped(pair: string): string {
  return ESCAPES[pair[1] ?? ''] ?? pair[1] ?? ''
}

/** Text that must not be read as a reference. */
function plain(text: string): string {
  return text.replaceAll('${', '$ {')
}

function trimmed(text: string, { start, end }: Span): Span {
  while (start < end && /\s/.test(text[start]!)) start++
  while (end > start && /\s/.test(text[end - 1]!)) end--
  return { start, end }
}

/** A member of what is written in place. */
function memberOf(value: Expression, key: string, span: Span): Expression {
  if (value.kind === 'object')
    return value.entries.find((entry) => entry.key === key)?.value ?? choiceOf(value, key, span)
  if (value.kind === 'list') return value.items[Number(key)] ?? choiceOf(value, key, span)
  if (value.kind !== 'choice') return unknown(span)
  return { kind: 'choice', ways: value.ways.map((way) => memberOf(way, key, span)), span }
}

function choiceOf(value: Expression & { kind: 'object' | 'list' }, key: string, span: Span): Expression {
  if (key !== '*') return unknown(span)
  return { kind: 'choice', ways: value.kind === 'list' ? value.items : value.entries.map((entry) => entry.value), span }
}
