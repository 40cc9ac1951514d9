/**
 * GraphQL's schema language: object types, inputs and interfaces with their fields; descriptions (`"""電話番号"""`) and comments
 * classify them. Operations and fragments declare nothing.
 */
import type { Entity, EntityField, TypeReference } from '../ir/ir.js'
import { lex, type Token } from './lexer.js'
import type { SchemaEntity, SchemaFormat } from './schema.js'

const scalars: Readonly<Record<string, string>> = {
  String: 'string',
  Boolean: 'boolean',
  Int: 'number',
  Float: 'number',
}
const declares = new Set(['type', 'input', 'interface'])
/** Root types hold operations, no records. */
const roots = new Set(['Query', 'Mutation', 'Subscription'])
export const graphql: SchemaFormat = {
  id: 'graphql',
  matches: (path) => /\.(?:graphqls?|gql)$/i.test(path),
  read: (path, text) => ({ path, entities: typesOf(lex(text, '#')), gaps: [] }),
}

function typesOf(tokens: readonly Token[]): SchemaEntity[] {
  const found = new Map<string, SchemaEntity>()
  for (let at = 0; at < tokens.length; at++) {
    const name = tokens[at + 1]
    if (tokens[at]!.kind !== 'name' || !declares.has(tokens[at]!.text) || name?.kind !== 'name') continue
    let open = at + 2
    while (open < tokens.length && tokens[open]!.text !== '{' && !declares.has(tokens[open]!.text)) open++
    if (tokens[open]?.text !== '{') continue
    const { fields, end } = fieldsOf(tokens, open + 1)
    if (!roots.has(name.text)) {
      const known = found.get(name.text)
      if (known !== undefined) known.entity.fields.push(...fields)
      else
        found.set(name.text, {
          entity: entityOf(name, fields, saidBefore(tokens, at)),
          names: [name.text],
          embeds: true,
        })
    }
    at = end
  }
  return [...found.values()]
}

function entityOf({ text, start, end }: Token, fields: EntityField[], comment: string): Entity {
  const span = { start, end }
  return { name: text, binding: '', fields, extends: [], span, ...(comment === '' ? {} : { comment }) }
}

function isSaid(token: Token | undefined): boolean {
  return token?.kind === 'text' || token?.kind === 'comment'
}

function saidBefore(tokens: readonly Token[], at: number): string {
  const said: string[] = []
  for (let before = at - 1; isSaid(tokens[before]); before--) said.unshift(tokens[before]!.text)
  return said.join('\n')
}

// c1(format: Format): String! @deprecated
function fieldsOf(tokens: readonly Token[], from: number): { fields: EntityField[]; end: number } {
  const fields: EntityField[] = []
  let said: string[] = []
  let at = from
  while (at < tokens.length && tokens[at]!.text !== '}') {
    const token = tokens[at]!
    if (isSaid(token)) {
      said.push(token.text)
      at++
      continue
    }
    let after = at + 1
    if (tokens[after]?.text === '(') after = behind(tokens, after)
    if (token.kind !== 'name' || tokens[after]?.text !== ':') {
      at = token.text === '(' ? behind(tokens, at) : at + 1
      continue
    }
    const { type, next } = typeAt(tokens, after + 1)
    const span = { start: token.start, end: tokens[next - 1]!.end }
    const comment = said.join('\n')
    fields.push({ name: token.text, span, ...(type === null ? {} : { type }), ...(comment === '' ? {} : { comment }) })
    said = []
    at = next
  }
  return { fields, end: at }
}

function behind(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]!.text === '(' && tokens[at]!.kind === 'mark') depth++
    else if (tokens[at]!.text === ')' && tokens[at]!.kind === 'mark' && --depth === 0) return at + 1
  }
  return tokens.length
}

// [Order!]!
function typeAt(tokens: readonly Token[], from: number): { type: TypeReference | null; next: number } {
  let at = from
  let list = false
  let type: TypeReference | null = null
  for (; tokens[at]?.kind === 'mark' && tokens[at]!.text === '['; at++) list = true
  const name = tokens[at]
  if (name?.kind === 'name') {
    const span = { start: name.start, end: name.end }
    const one = { name: scalars[name.text] ?? name.text, arguments: [], span }
    type = list ? { name: '[]', arguments: [one], span } : one
    at++
  }
  while (tokens[at]?.kind === 'mark' && /^[\]!]$/.test(tokens[at]!.text)) at++
  while (tokens[at]?.text === '@' && tokens[at]!.kind === 'mark') {
    at += 2
    if (tokens[at]?.text === '(') at = behind(tokens, at)
  }
  return { type, next: Math.max(at, from) }
}
