/** The schema formats, one line each. */
import { prisma } from './prisma.js'
import type { SchemaFormat } from './schema.js'
import { sql } from './sql.js'

export const schemaFormats: readonly SchemaFormat[] = [prisma, sql]

/** The format that reads a file, if one does. `path` is relative, with '/'. */
export function schemaFormatOf(path: string): SchemaFormat | undefined {
  return schemaFormats.find((format) => format.matches(path))
}
