/**
 * Protocol Buffers: messages with their fields, nested ones too; `//` comments above or behind a field classify it. Generated code
 * has fields in camel case or as they are written, so both names stand for one.
 */
import type { Entity, EntityField } from '../ir/ir.js'
import { lex, type Token } from './lexer.js'
import type { SchemaEntity, SchemaFormat } from './schema.js'

const numbers = new Set(
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64'.split(' '),
)
const mostOpen = 64
export const protobuf: SchemaFormat = {
  id: 'protobuf',
  matches: (path) => path.endsWith('.proto'),
  read: (path, text) => ({ path, entities: messagesOf(lex(text, '//'), text), gaps: [] }),
}

function messagesOf(tokens: readonly Token[], text: string): SchemaEntity[] {
  const found: SchemaEntity[] = []
  /** Blocks around: a message, or null for anything else (an enum, a service). */
  const open: (Entity | null)[] = []
  let said: string[] = []
  let statement: Token[] = []
  let last = 0
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'comment') {
      // What stands behind a field on its line is the field's.
      if (last === 0 || text.slice(last, token.start).includes('\n')) said.push(cleaned(token))
      continue
    }
    last = token.end
    if (token.text !== '{' && token.text !== '}' && token.text !== ';') {
      statement.push(token)
      continue
    }
    if (token.text === '{') {
      const entity = open.length < mostOpen ? entityOf(statement, said, open.at(-1)) : null
      if (entity !== null && entity !== open.at(-1)) found.push({ entity, names: [entity.name], embeds: true })
      open.push(entity)
    } else if (token.text === '}') open.pop()
    else {
      const message = open.at(-1)
      if (message != null) message.fields.push(...fieldsOf(statement, said, behind(tokens[at + 1], token, text)))
    }
    statement = []
    said = []
  }
  return found
}

// message Customer {, oneof contact {
function entityOf(
  statement: readonly Token[],
  said: readonly string[],
  around: Entity | null | undefined,
): Entity | null {
  const [kind, name] = statement
  if (kind?.text === 'oneof') return around ?? null
  if (kind?.text !== 'message' || name === undefined) return null
  const span = { start: kind.start, end: name.end }
  const comment = said.join('\n')
  return { name: name.text, binding: '', fields: [], extends: [], span, ...(comment === '' ? {} : { comment }) }
}

/** `/** 氏名 …` without its decoration. */
function cleaned({ text }: Token): string {
  return text.replace(/^[ \t*/]+|[ \t*]+$/gm, '').trim()
}

/** A comment behind the field on its line. */
function behind(next: Token | undefined, end: Token, text: string): string[] {
  return next?.kind === 'comment' && !text.slice(end.end, next.start).includes('\n') ? [cleaned(next)] : []
}

// repeated string phone_number = 1 [deprecated = true]
function fieldsOf(statement: readonly Token[], before: readonly string[], after: readonly string[]): EntityField[] {
  const at = statement.findIndex(({ text }) => text === '=')
  const name = statement[at - 1]
  const type = statement[at - 2]
  if (at < 2 || name === undefined || type === undefined || !/^[A-Za-z_]\w*$/.test(name.text)) return []
  const span = { start: statement[0]!.start, end: name.end }
  const comment = [...before, ...after].join('\n')
  const known = numbers.has(type.text) ? 'number' : type.text === 'bool' ? 'boolean' : type.text
  const one = { name: known.slice(known.lastIndexOf('.') + 1), arguments: [], span }
  const list = statement[0]!.text === 'repeated'
  const field: EntityField = {
    name: name.text,
    span,
    ...(/^[\w.]+$/.test(type.text) ? { type: list ? { name: '[]', arguments: [one], span } : one } : {}),
    ...(comment === '' ? {} : { comment }),
  }
  const camel = name.text.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return camel === name.text ? [field] : [field, { ...field, name: camel }]
}
