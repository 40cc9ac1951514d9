/** Rails' `db/schema.rb`: `create_table "customers" do |t| t.string "tel", comment: "電話番号"`; one table a block, one column a line. */
import type { Entity, EntityField } from '../ir/ir.js'
import type { SchemaEntity, SchemaFormat } from './schema.js'

const numbers = /^(?:integer|bigint|decimal|float|numeric)$/
/** What a table's block says that is no column. */
const others = new Set(['index', 'check_constraint', 'foreign_key', 'exclusion_constraint', 'unique_constraint'])
const said = /\bcomment:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/

export const rails: SchemaFormat = {
  id: 'rails',
  matches: (path) => /(?:^|\/)(?:\w+_)?schema\.rb$/.test(path),
  read: (path, text) => ({ path, entities: tablesOf(text), gaps: [] }),
}

function tablesOf(text: string): SchemaEntity[] {
  const tables: SchemaEntity[] = []
  let open: Entity | null = null
  let start = 0
  for (const line of text.split('\n')) {
    const at = start
    start += line.length + 1
    const table = /^\s*create_table\s*\(?\s*["':]([\w.]+)/.exec(line)
    if (table !== null) {
      const name = table[1]!.slice(table[1]!.lastIndexOf('.') + 1)
      const span = { start: at, end: at + line.length }
      open = { name, binding: '', fields: [], extends: [], span, ...commentIn(line) }
      tables.push({ entity: open, names: [name] })
    } else if (/^\s*end\b/.test(line)) open = null
    else if (open !== null) open.fields.push(...columnsOf(line, at))
  }
  return tables
}

// t.string "tel", limit: 20, comment: "電話番号" # 連絡先
function columnsOf(line: string, at: number): EntityField[] {
  const column = /^\s*t\.(\w+)\s*\(?\s*["':](\w+)/.exec(line)
  if (column === null || others.has(column[1]!)) return []
  const [, type = '', name = ''] = column
  const span = { start: at, end: at + line.length }
  const known = numbers.test(type) ? 'number' : type === 'boolean' ? 'boolean' : 'string'
  return [{ name, span, type: { name: known, arguments: [], span }, ...commentIn(line) }]
}

function commentIn(line: string): { comment?: string } {
  const match = said.exec(line)
  const behind = /#\s*([^#"']+)$/.exec(line)?.[1]
  const comment = [match?.[1] ?? match?.[2], behind].filter((part) => part !== undefined).join('\n')
  return comment === '' ? {} : { comment }
}
