/**
 * Places in a file's text. Offsets and columns count UTF-16 code units, as JavaScript strings, ESLint and SARIF do;
 * lines and columns are 1-based. Lines end at \n, \r\n, a lone \r, U+2028 or U+2029, as in ECMAScript.
 */
export interface Span {
  /** Offset of the first code unit. */
  start: number
  /** Offset after the last code unit. */
  end: number
}

export interface Position {
  line: number
  column: number
}

export interface Region extends Position {
  endLine: number
  endColumn: number
}

/** Turns offsets of one text into lines and columns in logarithmic time. */
export class LineIndex {
  readonly #starts: number[] = [0]

  constructor(readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 13 && text.charCodeAt(i + 1) === 10) continue
      if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) this.#starts.push(i + 1)
    }
  }

  /** Position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length))
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - this.#starts[low]! + 1 }
  }

  region(span: Span): Region {
    const { line, column } = this.position(span.start)
    const end = this.position(span.end)
    return { line, column, endLine: end.line, endColumn: end.column }
  }

  /** The text of a 1-based line, without its line break. */
  line(number: number): string {
    const start = this.#starts[number - 1]
    if (start === undefined) return ''
    const end = this.#starts[number] ?? this.text.length
    return this.text.slice(start, end).replace(/[\r\n\u2028\u2029]+$/, '')
  }
}
