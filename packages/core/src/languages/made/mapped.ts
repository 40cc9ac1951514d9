/** Text that is put together from generated pieces and copies, and that knows for each offset where in the file it is from. */
import type { Module } from '../../ir/ir.js'
import type { Span } from '../../location.js'

interface Piece {
  /** Offset in the text that is made. */
  at: number
  /** Where a copy's characters stand in the file; or the one place that a generated piece stands for. */
  from: Uint32Array | Span
}

export class MappedText {
  text = ''
  readonly #pieces: Piece[] = []

  /** Generated text that stands for a place of the file. */
  add(text: string, place: Span): this {
    this.#pieces.push({ at: this.text.length, from: place })
    this.text += text
    return this
  }

  /** Text copied from the file; `from` says where each of its characters stands. */
  copy(text: string, from: Uint32Array): this {
    this.#pieces.push({ at: this.text.length, from })
    this.text += text
    return this
  }

  /** The place in the file of a range of the text. */
  place(start: number, end: number): Span {
    const first = this.#start(start)
    const last = this.#end(Math.max(start, end - 1))
    // What spans several places of the file is named by its first.
    return { start: first.start, end: last >= first.start ? Math.max(last, first.start) : first.end }
  }

  #piece(offset: number): Piece | null {
    let low = 0
    let high = this.#pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#pieces[middle]!.at <= offset) low = middle
      else high = middle - 1
    }
    return this.#pieces[low] ?? null
  }

  #start(offset: number): Span {
    const piece = this.#piece(offset)
    if (piece === null) return { start: 0, end: 0 }
    if (!(piece.from instanceof Uint32Array)) return piece.from
    const start = piece.from[Math.min(offset - piece.at, piece.from.length - 1)] ?? 0
    return { start, end: start + 1 }
  }

  #end(offset: number): number {
    const piece = this.#piece(offset)
    if (piece === null) return 0
    if (!(piece.from instanceof Uint32Array)) return piece.from.end
    return (piece.from[Math.min(offset - piece.at, piece.from.length - 1)] ?? 0) + 1
  }
}

/** The module of a text that was made, with every place turned into one of the file. */
export function placed(module: Module, made: MappedText): Module {
  const seen = new Set<object>()
  const pending: unknown[] = [module]
  while (pending.length > 0) {
    const one = pending.pop()
    if (typeof one !== 'object' || one === null || seen.has(one)) continue
    seen.add(one)
    const span = one as { start?: unknown; end?: unknown }
    if (typeof span.start === 'number' && typeof span.end === 'number') {
      const place = made.place(span.start, span.end)
      span.start = place.start
      span.end = place.end
    } else pending.push(...(Array.isArray(one) ? (one as unknown[]) : Object.values(one)))
  }
  for (const gap of module.gaps) gap.file = module.path
  return module
}
