/**
 * Schemas: files that declare what records hold — ORM models, tables. A door reads one format into entities, with the comments
 * that classify their columns; it knows nothing of code, policy or AI.
 */
import type { Gap } from '../gap.js'
import type { Entity } from '../ir/ir.js'

export interface SchemaEntity {
  entity: Entity
  /** All names that code knows it by: the model's, the table's. */
  names: readonly string[]
  /** Its records hold those that its fields name, as a document's do; a table's rows only refer to others. */
  embeds?: true
}

export interface SchemaFile {
  path: string
  entities: SchemaEntity[]
  gaps: Gap[]
}

/** A schema format: which files, and how to read one. Never throws: what is not understood is a gap. */
export interface SchemaFormat {
  id: string
  /** Whether a path (relative, with '/') is of this format. */
  matches(path: string): boolean
  read(path: string, text: string): SchemaFile
  /** Its files may be many, and most matter to nobody: only some are read. */
  sampled?: true
}
