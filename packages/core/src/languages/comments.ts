/**
 * Comments, and which declaration each documents: the one directly after it, or the one before it on its line. The index
 * is built once, in time linear in the text.
 */
import type { Span } from '../location.js'

/** A comment as its language has read it. */
export interface SourceComment extends Span {
  /** May span lines; a line's comment ends with its line. */
  block: boolean
  /** Without its markers. */
  text: string
}

export class CommentIndex {
  /** By the offset of the code that follows. */
  readonly #before = new Map<number, string>()
  /** By the offset at which the code before ends, separators aside. */
  readonly #after = new Map<number, string>()

  constructor(
    readonly text: string,
    comments: readonly SourceComment[],
  ) {
    const nodes = [...comments].sort((a, b) => a.start - b.start)
    let next: { start: number; text: string; code: number } | null = null
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i]!
      const ends = i === 0 ? 0 : nodes[i - 1]!.end
      const place = this.#placeOf(node, ends)
      const { text } = node
      if (place.trails) {
        const later = this.#after.get(place.codeBefore)
        this.#after.set(place.codeBefore, later === undefined ? text : `${text}\n${later}`)
      }
      if (!place.leads) {
        next = null
        continue
      }
      const joined: { start: number; text: string; code: number } =
        next !== null && next.start === place.codeAfter
          ? { start: node.start, text: `${text}\n${next.text}`, code: next.code }
          : { start: node.start, text, code: place.codeAfter }
      this.#before.set(joined.code, joined.text)
      next = joined
    }
  }

  /** What documents the code between two offsets. */
  of(start: number, end: number): string | undefined {
    const before = this.#before.get(start)
    const after = this.#after.get(this.#codeEnd(end, 0).at)
    if (before === undefined || after === undefined) return before ?? after
    return `${before}\n${after}`
  }

  #placeOf(node: SourceComment, floor: number) {
    const { text } = this
    const code = this.#codeEnd(node.start, floor)
    let after = node.end
    let lines = node.block ? 0 : 1
    for (; after < text.length && isSpace(text.charCodeAt(after)); after++) if (isBreak(text, after)) lines++
    const ownLine = code.broken || code.at === 0
    const lineEnds = lines > 0 || after >= text.length
    return {
      codeBefore: code.at,
      codeAfter: after,
      trails: !ownLine && (lineEnds || !code.separated),
      leads: ownLine ? lines <= (node.block ? 1 : 2) : !lineEnds,
    }
  }

  /** Goes back from an offset over blanks and separators; `broken` tells whether a line break was among them. */
  #codeEnd(offset: number, floor: number): { at: number; broken: boolean; separated: boolean } {
    let at = offset
    let broken = false
    let separated = false
    for (; at > floor; at--) {
      const code = this.text.charCodeAt(at - 1)
      if (code === 44 || code === 59) separated = true
      else if (!isSpace(code)) break
      else if (isBreak(this.text, at - 1)) broken = true
    }
    return { at, broken, separated }
  }
}

function isSpace(code: number): boolean {
  return (
    code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0x2029
  )
}

/** Whether a line ends with this code unit; the \r of \r\n is not counted. */
function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 13) return text.charCodeAt(at + 1) !== 10
  return code === 10 || code === 0x2028 || code === 0x2029
}
