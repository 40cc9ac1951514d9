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
  for (const { source, language } of sourcesOf(text)) {
    const lines = source.type === 'array' ? (source.children ?? []) : [source]
    let cell = ''
    const own: Piece[] = []
    for (const line of lines) if (line.type === 'string') cell = unescaped(text, line, cell, own)
    const query = queryOf(cell, language)
    const plain = query === null ? withoutMagics(cell) : handedOver(query.text)
    const moved = query === null ? 0 : OPENING.length - query.from
    // What stands before a query's text is placed at its beginning.
    const first = own.find(({ start }) => start >= (query?.from ?? 0))
    if (query !== null && first !== undefined) pieces.push({ start: code.length, at: first.at })
    for (const { start, at } of own)
      if (query === null || start >= query.from) pieces.push({ start: start + moved + code.length, at })
    code += plain.endsWith('\n') ? plain : `${plain}\n`
  }
  return { code, fileOffset: (offset) => fileOffset(pieces, offset) }
}

/** The `source` of every code cell of a notebook in Python. */
function sourcesOf(text: string): { source: Node; language: string }[] {
  const root = parseTree(text, [], { allowTrailingComma: true })
  const cells = memberOf(root, 'cells')?.children ?? []
  return cells.flatMap((cell) => {
    const source = memberOf(cell, 'source')
    const language = memberOf(memberOf(cell, 'metadata'), 'language')?.value
    const isCode = memberOf(cell, 'cell_type')?.value === 'code' && source !== undefined
    return isCode ? [{ source, language: typeof language === 'string' ? language : '' }] : []
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

const OPENING = 'sql(r"""'
const CLOSING = '\n""")\n'
/** `%%sql df <<`, `%%bigquery df --params x`, `%sql` of Databricks: a cell whose rest is a query. */
const QUERY_MAGIC = /^\s*%{1,2}(?:sql|bigquery|read_sql|snowflake)\b[^\n]*\n/

/** The query that a cell is, and where it begins in it; null for a cell of Python. */
function queryOf(cell: string, language: string): { text: string; from: number } | null {
  const magic = QUERY_MAGIC.exec(cell)
  if (magic !== null) return { text: cell.slice(magic[0].length), from: magic[0].length }
  return language.toLowerCase() === 'sql' ? { text: cell, from: 0 } : null
}

/** A query is code of another language, handed over as a text. */
export function handedOver(query: string): string {
  return `${OPENING}${query.replaceAll('"""', "' '")}${CLOSING}`
}

/**
 * A notebook of Databricks as a script: cells in SQL stand in comments, `# MAGIC %sql`. They become texts that are handed over, place
 * by place: the text keeps its length, and what does not fit stands behind its end.
 */
export function withQueries(text: string): string {
  if (!text.startsWith('# Databricks notebook source')) return text
  const lines = text.split('\n')
  let open = false
  for (const [index, line] of lines.entries()) {
    const isMagic = line.startsWith('# MAGIC')
    if (isMagic && !open && /^# MAGIC +%sql\b *$/.test(line)) {
      open = true
      lines[index] = OPENING.padEnd(line.length)
    } else if (isMagic && open) lines[index] = '       ' + line.slice(7).replaceAll('"""', "' '")
    else if (open && line.startsWith('# COMMAND ----------')) {
      open = false
      lines[index] = '""")'.padEnd(line.length)
    }
  }
  return open ? `${lines.join('\n')}${CLOSING}` : lines.join('\n')
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
