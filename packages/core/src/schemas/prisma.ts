/** Prisma models: one line a field, `///` and `//` comments, `@map` and `@@map` for the names in the database. */
import type { Entity, EntityField } from '../ir/ir.js'
import type { SchemaEntity, SchemaFormat } from './schema.js'

const scalars: Readonly<Record<string, string>> = {
  String: 'string',
  Boolean: 'boolean',
  Int: 'number',
  BigInt: 'bigint',
  Float: 'number',
  Decimal: 'number',
  DateTime: 'Date',
  Json: 'any',
  Bytes: 'any',
}

export const prisma: SchemaFormat = {
  id: 'prisma',
  matches: (path) => path.endsWith('.prisma'),
  read: (path, text) => ({ path, entities: modelsOf(text), gaps: [] }),
}

function modelsOf(text: string): SchemaEntity[] {
  const models: SchemaEntity[] = []
  let open: { entity: Entity; names: string[] } | null = null
  let comment: string[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const at = start
    start += line.length + 1
    const trimmed = line.trim()
    if (trimmed.startsWith('//')) {
      comment.push(trimmed.replace(/^\/+\s*/, ''))
      continue
    }
    const opened = /^(?:model|view|type)\s+(\w+)\s*\{/.exec(trimmed)
    if (opened !== null) {
      const name = opened[1]!
      open = { entity: entityOf(name, comment, at, line), names: [name] }
      models.push(open)
    } else if (trimmed.startsWith('}')) open = null
    else if (open !== null) {
      const table = /^@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(trimmed)
      if (table !== null) open.names.push(table[1]!)
      const field = fieldOf(trimmed, comment, at + line.indexOf(trimmed))
      if (field !== null) open.entity.fields.push(field)
    }
    comment = []
  }
  return models
}

function entityOf(name: string, comment: readonly string[], at: number, line: string): Entity {
  return {
    name,
    binding: '',
    fields: [],
    extends: [],
    span: { start: at, end: at + line.length },
    ...(comment.length === 0 ? {} : { comment: comment.join('\n') }),
  }
}

// email String? @unique @map("mail_address") // 連絡先
function fieldOf(line: string, before: readonly string[], at: number): EntityField | null {
  const match = /^(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/.exec(line)
  if (match === null) return null
  const [, name = '', type = '', list, , tail = ''] = match
  const span = { start: at, end: at + line.length }
  const after = /\/\/+\s*(.*)$/.exec(tail)?.[1]
  const comment = [...before, ...(after === undefined ? [] : [after])].join('\n')
  const one = { name: scalars[type] ?? type, arguments: [], span }
  return {
    name,
    type: list === undefined ? one : { name: '[]', arguments: [one], span },
    span,
    ...(comment === '' ? {} : { comment }),
  }
}
