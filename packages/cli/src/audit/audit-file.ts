/** One data file, streamed: its encoding, its rows, what its columns hold. Keeps counts and places, never a value. */
import { statSync } from 'node:fs'
import { extname } from 'node:path'
import { catalogue, TableAudit, type ColumnRecord } from '@sekisho/core'
import { CsvReader, delimiterOf } from './csv.js'
import { encodingOf, piecesOf, type Encoding } from './encoding.js'

export interface FileAudit {
  path: string
  format: 'csv' | 'tsv' | 'jsonl' | 'json'
  encoding: Encoding
  lineEnds: { lf: number; crlf: number; cr: number }
  /** Characters that the encoding does not have. */
  undecodable: number
  rows: number
  hasHeader: boolean
  malformed: { count: number; lines: number[] }
  columns: ColumnRecord[]
}

/** `.json` is read as a whole; JSON Lines has no bound. */
export const largestJson = 64 * 1024 * 1024
const longestLine = 16 * 1024 * 1024
const shownLines = 20

export interface AuditOptions {
  header: boolean | null
}

export function auditFile(path: string, shown: string, { header }: AuditOptions): FileAudit {
  const encoding = encodingOf(path)
  const format = formatOf(path)
  const table = new TableAudit(catalogue)
  const file: FileAudit = {
    ...{ path: shown, format, encoding, lineEnds: { lf: 0, crlf: 0, cr: 0 }, undecodable: 0, rows: 0 },
    ...{ hasHeader: false, malformed: { count: 0, lines: [] }, columns: [] },
  }
  if (format === 'jsonl') readLines(path, file, table)
  else if (format === 'json') readJson(path, file, table)
  else readTable(path, file, table, header)
  file.rows = table.rows
  file.columns = table.columns()
  return file
}

function formatOf(path: string): FileAudit['format'] {
  const extension = extname(path).toLowerCase()
  if (extension === '.jsonl' || extension === '.ndjson') return 'jsonl'
  if (extension === '.json') return 'json'
  return extension === '.tsv' ? 'tsv' : 'csv'
}

function* textOf(path: string, file: FileAudit): Generator<string> {
  const decoder = new TextDecoder(file.encoding.name)
  let wasReturn = false
  for (const piece of piecesOf(path)) {
    const text = decoder.decode(piece, { stream: true })
    wasReturn = countLineEnds(text, file, wasReturn)
    yield text
  }
  yield decoder.decode()
}

function countLineEnds(text: string, file: FileAudit, wasReturn: boolean): boolean {
  const { lineEnds } = file
  let before = wasReturn
  for (const found of text.matchAll(/\r\n|\r|\n|\ufffd/g)) {
    if (found[0] === '\ufffd') file.undecodable++
    else if (found[0] === '\r\n') lineEnds.crlf++
    else if (found[0] === '\n' && before && found.index === 0) {
      lineEnds.cr--
      lineEnds.crlf++
    } else if (found[0] === '\n') lineEnds.lf++
    else lineEnds.cr++
    before = false
  }
  return text.endsWith('\r')
}

function note(file: FileAudit, line: number): void {
  file.malformed.count++
  if (file.malformed.lines.length < shownLines && file.malformed.lines.at(-1) !== line) file.malformed.lines.push(line)
}

function readTable(path: string, file: FileAudit, table: TableAudit, header: boolean | null): void {
  let reader: CsvReader | null = null
  let width: number | null = null
  const sink = {
    row(fields: string[], line: number) {
      if (width === null) {
        width = fields.length
        file.hasHeader = header ?? table.isHeader(fields)
        if (file.hasHeader) return table.header(fields)
      }
      if (fields.length !== width) note(file, line)
      table.row(fields)
    },
    malformed: (line: number) => note(file, line),
  }
  for (const text of textOf(path, file)) {
    reader ??= new CsvReader(delimiterOf(path, text), sink)
    reader.push(text)
  }
  reader?.end()
  // What stands within a field ends no row.
  for (const kind of ['lf', 'crlf', 'cr'] as const) file.lineEnds[kind] -= reader?.inner[kind] ?? 0
}

function readLines(path: string, file: FileAudit, table: TableAudit): void {
  let rest = ''
  let line = 0
  const take = (text: string) => {
    line++
    if (text.trim() === '') return
    if (text.length > longestLine) return note(file, line)
    try {
      table.record(JSON.parse(text))
    } catch {
      note(file, line)
    }
  }
  for (const text of textOf(path, file)) {
    const lines = (rest + text).split(/\r\n|\n/)
    rest = lines.pop() ?? ''
    // A line without an end is not kept beyond its bound.
    if (rest.length > longestLine * 2) rest = rest.slice(0, longestLine + 1)
    for (const one of lines) take(one)
  }
  if (rest !== '') take(rest)
}

function readJson(path: string, file: FileAudit, table: TableAudit): void {
  if (statSync(path).size > largestJson) return note(file, 1)
  try {
    const value: unknown = JSON.parse([...textOf(path, file)].join(''))
    for (const record of Array.isArray(value) ? value : [value]) table.record(record)
  } catch {
    note(file, 1)
  }
}
