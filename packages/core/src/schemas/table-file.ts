/**
 * Data files as schemas: the columns that the first row of a CSV or TSV file names, the keys of the first records of a JSONL file. Only
 * names are kept, never a value. Code that reads the file has records of this shape.
 */
import type { EntityField } from '../ir/ir.js'
import type { SchemaFile, SchemaFormat } from './schema.js'

const mostColumns = 400
const mostRecords = 20
const longestLine = 65_536
const deepest = 4
const span = { start: 0, end: 0 }

export const tableFile: SchemaFormat = {
  id: 'table-file',
  matches: (path) => /\.(?:csv|tsv|jsonl|ndjson)$/i.test(path),
  read: readTable,
  sampled: true,
}

function readTable(path: string, text: string): SchemaFile {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const fields = /\.(?:csv|tsv)$/i.test(path) ? columnsOf(text, /\.tsv$/i.test(path)) : keysOf(text)
  const stem = name.replace(/\.\w+$/, '')
  const entity = { name: stem, binding: '', fields, extends: [], span }
  return { path, entities: fields.length === 0 ? [] : [{ entity, names: [name], embeds: true }], gaps: [] }
}

/** A first row of names: none is empty, long or a number. */
function columnsOf(text: string, tabs: boolean): EntityField[] {
  const line = firstLines(text, 1)[0] ?? ''
  const cells = tabs ? line.split('\t') : cellsOf(line)
  const names = cells.slice(0, mostColumns).map((cell) => cell.trim())
  if (names.length < 2 || names.some((name) => name === '' || name.length > 60 || /^[\d.,:/+-]+$|@/.test(name)))
    return []
  return names.map((name) => field(name))
}

// a,"b ""c""",d
function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return cells
}

function keysOf(text: string): EntityField[] {
  const fields = new Map<string, EntityField>()
  for (const line of firstLines(text, mostRecords)) {
    try {
      for (const one of membersOf(JSON.parse(line), 0)) if (!fields.has(one.name)) fields.set(one.name, one)
    } catch {
      // A line that is no record names nothing.
    }
  }
  return [...fields.values()].slice(0, mostColumns)
}

function membersOf(value: unknown, depth: number): EntityField[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return membersOf(value[0], depth + 1)
  return Object.entries(value).map(([name, member]) => {
    const inner = membersOf(member, depth + 1)
    return inner.length === 0 ? field(name) : { name, span, type: { name: '{}', arguments: [], span, fields: inner } }
  })
}

/** A column in words is its own label. */
function field(name: string): EntityField {
  const type = { name: 'string', arguments: [], span }
  return /^[\w$-]+$/.test(name) ? { name, span, type } : { name, span, type, comment: name }
}

function firstLines(text: string, count: number): string[] {
  const lines: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length && lines.length < count) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? undefined : end).trim()
    if (line !== '' && line.length <= longestLine) lines.push(line)
    if (end < 0) break
    at = end + 1
  }
  return lines
}
