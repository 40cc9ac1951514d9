/**
 * CSV and TSV (RFC 4180), piece by piece: quotes, doubled quotes, line breaks within quotes, any line end. What is not right is told
 * with its line, and the next line is read.
 */
export interface CsvSink {
  row(fields: string[], line: number): void
  malformed(line: number, why: 'quote' | 'field'): void
}

const longestField = 1 << 20

export class CsvReader {
  #fields: string[] = []
  #field = ''
  #state: 'start' | 'bare' | 'quoted' | 'closed' = 'start'
  #line = 1
  #rowLine = 1
  #wasReturn = false
  #isLong = false
  /** Line ends within fields. */
  readonly inner = { lf: 0, crlf: 0, cr: 0 }

  constructor(
    readonly delimiter: string,
    readonly sink: CsvSink,
  ) {}

  push(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!
      if (this.#wasReturn && character === '\n') {
        this.#wasReturn = false
        continue
      }
      this.#wasReturn = false
      const end = this.#ordinary(text, at)
      if (end > at) {
        this.#takeAll(text, at, end)
        at = end - 1
      } else if (this.#state === 'quoted') this.#quoted(character)
      else this.#plain(character)
    }
  }

  /** Where what is only taken ends. */
  #ordinary(text: string, from: number): number {
    if (this.#state === 'closed') return from
    const isQuoted = this.#state === 'quoted'
    const delimiter = this.delimiter.charCodeAt(0)
    let end = from
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === 34 || code === 10 || code === 13 || (!isQuoted && code === delimiter)) break
    }
    return end
  }

  #takeAll(text: string, from: number, end: number): void {
    if (this.#state === 'start') this.#state = 'bare'
    const room = longestField - this.#field.length
    this.#field += text.slice(from, Math.min(end, from + Math.max(room, 0)))
    if (end - from > room) this.#tooLong()
  }

  #quoted(character: string): void {
    if (character === '"') this.#state = 'closed'
    else {
      if (character === '\n' || character === '\r') this.#innerLine(character)
      this.#take(character)
    }
  }

  #innerLine(character: string): void {
    if (character === '\n' && this.#field.endsWith('\r')) {
      this.inner.cr--
      this.inner.crlf++
      return
    }
    this.inner[character === '\n' ? 'lf' : 'cr']++
    this.#line++
  }

  #plain(character: string): void {
    if (character === this.delimiter) this.#endField()
    else if (character === '\n' || character === '\r') {
      this.#wasReturn = character === '\r'
      this.#endRow()
      this.#line++
      this.#rowLine = this.#line
    } else if (character === '"' && this.#state === 'start') this.#state = 'quoted'
    else if (character === '"' && this.#state === 'closed') {
      this.#state = 'quoted'
      this.#take('"')
    } else {
      if (this.#state === 'closed') this.sink.malformed(this.#line, 'quote')
      this.#state = 'bare'
      this.#take(character)
    }
  }

  #take(character: string): void {
    if (this.#field.length < longestField) this.#field += character
    else this.#tooLong()
  }

  /** A quote that never ends would take the rest of the file. */
  #tooLong(): void {
    if (this.#isLong) return
    this.#isLong = true
    this.sink.malformed(this.#rowLine, 'field')
    this.#state = 'bare'
  }

  #endField(): void {
    this.#fields.push(this.#field)
    this.#field = ''
    this.#isLong = false
    this.#state = 'start'
  }

  #endRow(): void {
    this.#endField()
    const fields = this.#fields
    this.#fields = []
    if (fields.length > 1 || fields[0] !== '') this.sink.row(fields, this.#rowLine)
  }

  end(): void {
    if (this.#state === 'quoted') this.sink.malformed(this.#rowLine, 'quote')
    if (this.#fields.length > 0 || this.#field !== '') this.#endRow()
  }
}

/** The separator of a file's first line, outside quotes. */
export function delimiterOf(path: string, head: string): string {
  if (/\.tsv$/i.test(path)) return '\t'
  const line = /^(?:"(?:[^"]|"")*"|[^\r\n"])*/.exec(head.slice(0, 20_000))![0].replace(/"(?:[^"]|"")*"/g, '')
  const counts = [',', '\t', ';', '|'].map((mark) => [mark, line.split(mark).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
