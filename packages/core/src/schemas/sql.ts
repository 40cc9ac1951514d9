/**
 * Tables of SQL scripts: `CREATE TABLE` with its columns, `ALTER TABLE … ADD`, and the comments that classify them — `COMMENT '氏名'`,
 * `COMMENT ON COLUMN`, `-- 氏名` behind or above a column. Dialects differ in what stands between; that is skipped.
 */
import type { Entity, EntityField } from '../ir/ir.js'
import type { SchemaEntity, SchemaFormat } from './schema.js'
import { isMark, isWord, tokenizeSql, type Token } from './sql/tokens.js'

const constraints = new Set(
  'PRIMARY FOREIGN UNIQUE CONSTRAINT KEY INDEX CHECK EXCLUDE FULLTEXT SPATIAL LIKE PERIOD PARTITION'.split(' '),
)
const scalars =
  /^(?:bool|boolean|bit|int|integer|bigint|smallint|tinyint|mediumint|serial|bigserial|decimal|numeric|number|float|double|real|money)\b/i

export const sql: SchemaFormat = {
  id: 'sql',
  matches: (path) => /\.(?:sql|ddl)$/i.test(path),
  read: (path, text) => ({ path, entities: tablesOf(text), gaps: [] }),
}

function tablesOf(text: string): SchemaEntity[] {
  const tokens = tokenizeSql(text)
  const tables = new Map<string, SchemaEntity>()
  for (let at = 0; at < tokens.length; at++) {
    if (isWord(tokens[at], 'CREATE')) at = readTable(tokens, at, tables, text)
    else if (isWord(tokens[at], 'ALTER') && isWord(tokens[at + 1], 'TABLE')) at = readAdded(tokens, at + 2, tables)
    else if (isWord(tokens[at], 'COMMENT') && isWord(tokens[at + 1], 'ON')) at = readComment(tokens, at + 2, tables)
  }
  return [...tables.values()]
}

/** `schema.table` → the last name, and where it ends. */
function nameAt(tokens: readonly Token[], at: number): { parts: string[]; next: number } {
  const parts: string[] = []
  let next = at
  while (tokens[next]?.kind === 'name') {
    parts.push(tokens[next]!.text)
    next++
    if (!isMark(tokens[next], '.')) break
    next++
  }
  return { parts, next }
}

function readTable(tokens: readonly Token[], from: number, tables: Map<string, SchemaEntity>, text: string): number {
  let at = from + 1
  while (tokens[at]?.kind === 'name' && !isWord(tokens[at], 'TABLE') && at < from + 6) at++
  if (!isWord(tokens[at], 'TABLE')) return from
  at++
  while (isWord(tokens[at], 'IF') || isWord(tokens[at], 'NOT') || isWord(tokens[at], 'EXISTS')) at++
  const { parts, next } = nameAt(tokens, at)
  const name = parts.at(-1)
  if (name === undefined || !isMark(tokens[next], '(')) return next
  const entity: Entity = {
    name,
    binding: '',
    fields: [],
    extends: [],
    span: { start: tokens[from]!.start, end: tokens[next]!.end },
  }
  const end = readColumns(tokens, next + 1, entity, text)
  for (let tail = end; tail < tokens.length && !isMark(tokens[tail], ';'); tail++)
    if (isWord(tokens[tail], 'COMMENT')) {
      const label = tokens.slice(tail + 1, tail + 3).find(({ kind }) => kind === 'string')
      if (label !== undefined) entity.comment = label.text
    }
  tables.set(name.toLowerCase(), { entity, names: [name] })
  return end
}

function readColumns(tokens: readonly Token[], from: number, entity: Entity, text: string): number {
  let at = from
  let before: string[] = []
  while (at < tokens.length && !isMark(tokens[at], ')')) {
    if (tokens[at]!.kind === 'comment') {
      before.push(tokens[at]!.text)
      at++
      continue
    }
    const end = endOfItem(tokens, at)
    const field = columnOf(tokens.slice(at, end), before)
    before = []
    at = end
    if (isMark(tokens[at], ',')) at++
    const behind = tokens[at]
    if (field !== null) {
      // name text, -- 氏名
      if (behind?.kind === 'comment' && !text.slice(field.span.end, behind.start).includes('\n')) {
        field.comment = [field.comment ?? '', behind.text].filter((part) => part !== '').join('\n')
        at++
      }
      entity.fields.push(field)
    }
  }
  return at + 1
}

function endOfItem(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    if (isMark(tokens[at], '(')) depth++
    else if (isMark(tokens[at], ')')) {
      if (depth === 0) return at
      depth--
    } else if (depth === 0 && isMark(tokens[at], ',')) return at
  }
  return tokens.length
}

// phone VARCHAR(20) NOT NULL COMMENT '電話番号'
function columnOf(item: readonly Token[], before: readonly string[]): EntityField | null {
  const [name, type] = item
  if (name?.kind !== 'name' || (!name.quoted && constraints.has(name.text.toUpperCase()))) return null
  const span = { start: name.start, end: item.at(-1)!.end }
  const labels = [...before]
  for (const [index, at] of item.entries()) {
    if (isWord(at, 'COMMENT'))
      labels.push(
        ...item
          .slice(index + 1, index + 3)
          .filter(({ kind }) => kind === 'string')
          .map(({ text }) => text),
      )
    if (at.kind === 'comment') labels.push(at.text)
  }
  const scalar = type !== undefined && scalars.test(type.text)
  return {
    name: name.text,
    type: { name: scalar ? (/^bool/i.test(type.text) ? 'boolean' : 'number') : 'string', arguments: [], span },
    span,
    ...(labels.length === 0 ? {} : { comment: labels.join('\n') }),
  }
}

// ALTER TABLE customers ADD COLUMN phone text
function readAdded(tokens: readonly Token[], from: number, tables: Map<string, SchemaEntity>): number {
  let at = from
  while (isWord(tokens[at], 'ONLY') || isWord(tokens[at], 'IF') || isWord(tokens[at], 'EXISTS')) at++
  const { parts, next } = nameAt(tokens, at)
  const table = tables.get((parts.at(-1) ?? '').toLowerCase())
  if (table === undefined || !isWord(tokens[next], 'ADD')) return next
  at = next + 1
  while (
    isWord(tokens[at], 'COLUMN') ||
    isWord(tokens[at], 'IF') ||
    isWord(tokens[at], 'NOT') ||
    isWord(tokens[at], 'EXISTS')
  )
    at++
  let end = at
  while (end < tokens.length && !isMark(tokens[end], ';')) end++
  const field = columnOf(tokens.slice(at, end), [])
  if (field !== null) table.entity.fields.push(field)
  return end
}

// COMMENT ON COLUMN customers.tel IS '電話番号'
function readComment(tokens: readonly Token[], from: number, tables: Map<string, SchemaEntity>): number {
  const isColumn = isWord(tokens[from], 'COLUMN')
  if (!isColumn && !isWord(tokens[from], 'TABLE')) return from
  const { parts, next } = nameAt(tokens, from + 1)
  const label = tokens[next + 1]
  if (!isWord(tokens[next], 'IS') || label?.kind !== 'string') return next
  const table = tables.get((parts.at(isColumn ? -2 : -1) ?? '').toLowerCase())
  if (table === undefined) return next + 1
  if (!isColumn) table.entity.comment = label.text
  const field = table.entity.fields.find(({ name }) => name.toLowerCase() === parts.at(-1)!.toLowerCase())
  if (isColumn && field !== undefined) field.comment = label.text
  return next + 1
}
