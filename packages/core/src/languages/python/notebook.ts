/**
 * Jupyter notebooks: the code of all cells, one after the other, with where each piece stands in the file. Places are those of the
 * `.ipynb` file itself, so that editors and reports point at the line that holds the code.
 */
import { parseTree, type Node } from 'jsonc-parser'

export interface Notebook {
  code: string
  /** Place in the file of an offset of the code. */
  fileOffset(offset: number): number
}

/** `code` from `start` on stands at `at` in the file, unit by unit, up to the next piece. */
interface Piece {
  start: number
  at: number
}

export function notebookOf(text: string): Notebook {
  const pieces: Piece[] = []
  let code = ''
  for (const source of sourcesOf(text)) {
    const lines = source.type === 'array' ? (source.children ?? []) : [source]
    let cell = ''
    const own: Piece[] = []
    for (const line of lines) if (line.type === 'string') cell = unescaped(text, line, cell, own)
    const plain = withoutMagics(cell)
    pieces.push(...own.map(({ start, at }) => ({ start: start + code.length, at })))
    code += plain.endsWith('\n') ? plain : `${plain}\n`
  }
  return { code, fileOffset: (offset) => fileOffset(pieces, offset) }
}

/** The `source` of every code cell of a notebook in Python. */
function sourcesOf(text: string): Node[] {
  const root = parseTree(text, [], { allowTrailingComma: true })
  const cells = memberOf(root, 'cells')?.children ?? []
  return cells.flatMap((cell) => {
    const source = memberOf(cell, 'source')
    return memberOf(cell, 'cell_type')?.value === 'code' && source !== undefined ? [source] : []
  })
}

function memberOf(node: Node | undefined, key: string): Node | undefined {
  return node?.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1]
}

/** A JSON string's text, piece by piece: every escape begins a new one. */
function unescaped(text: string, node: Node, before: string, pieces: Piece[]): string {
  const end = node.offset + node.length - 1
  let result = before
  let at = node.offset + 1
  while (at < end) {
    const next = text.indexOf('\\', at)
    const stop = next < 0 || next >= end ? end : next
    if (stop > at) {
      pieces.push({ start: result.length, at })
      result += text.slice(at, stop)
      at = stop
      continue
    }
    const size = text[at + 1] === 'u' ? 6 : 2
    pieces.push({ start: result.length, at })
    result += escaped(text.slice(at, at + size))
    at += size
  }
  return result
}

function escaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`))
  } catch {
    return ' '
  }
}

/** `%pip install x`, `!ls`, `%%bash` are no Python: blanked, so that places stay what they are. */
function withoutMagics(code: string): string {
  if (/^\s*%%(?!time|capture|timeit)/.test(code)) return code.replace(/[^\n]/g, ' ')
  return code.replace(/^[ \t]*[%!?][^\n]*/gm, (line) => ' '.repeat(line.length))
}

function fileOffset(pieces: readonly Piece[], offset: number): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pieces[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  if (piece === undefined) return 0
  const next = pieces[low + 1]
  const moved = piece.at + (offset - piece.start)
  return next === undefined ? moved : Math.min(moved, Math.max(piece.at, next.at))
}
