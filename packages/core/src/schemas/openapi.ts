/**
 * OpenAPI and JSON Schema: named object schemas with their properties; titles and descriptions classify these. References are names,
 * nothing outside of the file is followed. Aliases of YAML are bounded by its reader.
 */
import { parseDocument } from 'yaml'
import { outlineOf } from '../config/yaml/outline.js'
import type { Entity, EntityField, TypeReference } from '../ir/ir.js'
import type { SchemaEntity, SchemaFile, SchemaFormat } from './schema.js'

type Json = Readonly<Record<string, unknown>>

const deepest = 6
const deepestYaml = 60
const mostEntities = 2_000
const longest = 1 << 20
const span = { start: 0, end: 0 }
const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
}

export const openapi: SchemaFormat = {
  id: 'openapi',
  matches: (path) =>
    /(?:^|\/)(?:[\w.-]*[._-])?(?:openapi|swagger)(?:[._-][\w.-]*)?\.(?:ya?ml|json)$/i.test(path) ||
    /\.schema\.(?:json|ya?ml)$/i.test(path) ||
    /(?:^|\/)(?:openapi|swagger|json-?schemas?)\/(?:[\w./-]+\/)?[\w.-]+\.(?:ya?ml|json)$/i.test(path),
  read: readOpenapi,
}

function readOpenapi(path: string, text: string): SchemaFile {
  const found: SchemaFile = { path, entities: [], gaps: [] }
  if (text.length > longest || !/["']?(?:properties|allOf)["']?\s*:/.test(text)) return found
  try {
    const root = path.endsWith('.json') ? (JSON.parse(text) as unknown) : ofYaml(text)
    if (isJson(root)) found.entities.push(...schemasOf(root, path).slice(0, mostEntities))
  } catch {
    // What is no such document declares nothing.
  }
  return found
}

function ofYaml(text: string): unknown {
  if (outlineOf(text, deepestYaml).tooDeep !== null) return null
  return parseDocument(text, { uniqueKeys: false, stringKeys: true, logLevel: 'silent' }).toJS({ maxAliasCount: 100 })
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function schemasOf(root: Json, path: string): SchemaEntity[] {
  const components = isJson(root['components']) ? root['components'] : {}
  const places = [components['schemas'], root['definitions'], root['$defs']].filter(isJson)
  const named = places.flatMap((place) => Object.entries(place))
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.schema)?\.\w+$/, '')
  const title = typeof root['title'] === 'string' && /^[\w-]+$/.test(root['title']) ? root['title'] : file
  return [...named, [title, root] as const].flatMap(([name, schema]): SchemaEntity[] => {
    const entity = isJson(schema) ? entityOf(name, schema) : null
    return entity === null ? [] : [{ entity, names: [name], embeds: true }]
  })
}

function entityOf(name: string, schema: Json): Entity | null {
  const fields = fieldsOf(schema, 0)
  if (fields.length === 0) return null
  const comment = said(schema)
  const parents = partsOf(schema).flatMap(({ $ref }) => (typeof $ref === 'string' ? [typeNamed(nameIn($ref))] : []))
  return { name, binding: '', fields, extends: parents, span, ...(comment === '' ? {} : { comment }) }
}

/** `allOf: [{ $ref: … }, { properties: … }]` */
function partsOf(schema: Json): Json[] {
  return Array.isArray(schema['allOf']) ? schema['allOf'].filter(isJson) : []
}

function fieldsOf(schema: Json, depth: number): EntityField[] {
  if (depth > deepest) return []
  const own = isJson(schema['properties']) ? Object.entries(schema['properties']) : []
  return [
    ...partsOf(schema).flatMap((part) => fieldsOf(part, depth + 1)),
    ...own.flatMap(([name, property]): EntityField[] => {
      if (!isJson(property)) return []
      const comment = said(property)
      const type = typeOf(property, depth)
      return [{ name, span, ...(type === null ? {} : { type }), ...(comment === '' ? {} : { comment }) }]
    }),
  ]
}

function typeOf(property: Json, depth: number): TypeReference | null {
  const { $ref: reference, type, items } = property
  if (typeof reference === 'string') return typeNamed(nameIn(reference))
  if (isJson(items)) {
    const element = typeOf(items, depth + 1)
    return element === null ? null : { name: '[]', arguments: [element], span }
  }
  const fields = fieldsOf(property, depth + 1)
  if (fields.length > 0) return { name: '{}', arguments: [], span, fields }
  const name = Array.isArray(type) ? type.find((one) => one !== 'null') : type
  return typeof name === 'string' && scalars[name] !== undefined ? typeNamed(scalars[name]) : null
}

function typeNamed(name: string): TypeReference {
  return { name, arguments: [], span }
}

function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

function said(schema: Json): string {
  return [schema['title'], schema['description']].filter((part) => typeof part === 'string').join('\n')
}
