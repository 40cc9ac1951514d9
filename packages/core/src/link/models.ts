/** Entities of schema files by the names that code has for them: `Customer`, `customer`, `customers`, `m_customer`. */
import type { Entity, TypeReference } from '../ir/ir.js'
import type { SchemaFile } from '../schemas/schema.js'

export interface Models {
  /** The entity that a model, table or client member of this name means, as it is loaded: without its relations. */
  find(name: string): Entity | null
  /** The same with the relations that a query can ask for. */
  whole(name: string): Entity | null
  readonly size: number
}

export function indexModels(files: readonly Pick<SchemaFile, 'entities'>[]): Models {
  const byName = new Map<string, Entity>()
  const embedding = new Set<Entity>()
  for (const { entity: found, names, embeds } of files.flatMap(({ entities }) => entities)) {
    if (embeds === true) embedding.add(found)
    for (const name of new Set(names.flatMap(keysOf))) {
      const known = byName.get(name)
      // A migration and a schema tell of the same table: the one that tells more is kept.
      if (known === undefined || richer(found, known)) byName.set(name, found)
    }
  }
  const whole = (name: string) => byName.get(fold(name)) ?? byName.get(singular(fold(name))) ?? null
  const plain = new Map<Entity, Entity>()
  return {
    size: byName.size,
    whole,
    find(name) {
      const entity = whole(name)
      if (entity === null || embedding.has(entity)) return entity
      let found = plain.get(entity)
      if (found === undefined) {
        const fields = entity.fields.filter(({ type }) => whole(typeName(type)) === null)
        plain.set(entity, (found = fields.length === entity.fields.length ? entity : { ...entity, fields }))
      }
      return found
    },
  }
}

function typeName(type: TypeReference | undefined): string {
  const one = type?.name === '[]' ? type.arguments[0] : type
  return one?.name ?? ''
}

function richer(a: Entity, b: Entity): boolean {
  const weight = (entity: Entity) =>
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
