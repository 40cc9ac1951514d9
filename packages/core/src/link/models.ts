/** Entities of schema files by the names that code has for them: `Customer`, `customer`, `customers`, `m_customer`. */
import type { SchemaEntity, SchemaFile } from '../schemas/schema.js'

export interface Models {
  /** The entity that a model, table or client member of this name means; null when there is none, or there are two. */
  find(name: string): SchemaEntity | null
  readonly size: number
}

export function indexModels(files: readonly SchemaFile[]): Models {
  const byName = new Map<string, SchemaEntity | null>()
  for (const found of files.flatMap(({ entities }) => entities))
    for (const name of new Set(found.names.flatMap(keysOf))) {
      const known = byName.get(name)
      // A migration and a schema tell of the same table: the one that tells more is kept.
      if (known === undefined || (known !== null && richer(found, known))) byName.set(name, found)
    }
  return { find: (name) => byName.get(fold(name)) ?? byName.get(singular(fold(name))) ?? null, size: byName.size }
}

function richer(a: SchemaEntity, b: SchemaEntity): boolean {
  const weight = ({ entity }: SchemaEntity) =>
    entity.fields.length + entity.fields.filter(({ comment }) => comment !== undefined).length
  return weight(a) > weight(b)
}

function keysOf(name: string): string[] {
  const plain = fold(name)
  const bare = fold(name.replace(/^(?:tbl|t|m|mst|tr|trn|v)_/i, ''))
  return [plain, singular(plain), bare, singular(bare)]
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_\s-]/g, '')
}

function singular(name: string): string {
  if (name.length < 4 || !name.endsWith('s') || name.endsWith('ss')) return name
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/(?<=[sxz]|ch|sh)es$|s$/, '')
}
