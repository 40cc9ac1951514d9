/** The schema formats, one line each. */
import { graphql } from './graphql.js'
import { openapi } from './openapi.js'
import { prisma } from './prisma.js'
import { protobuf } from './protobuf.js'
import { rails } from './rails.js'
import type { SchemaFormat } from './schema.js'
import { sql } from './sql.js'
import { tableFile } from './table-file.js'

export const schemaFormats: readonly SchemaFormat[] = [graphql, openapi, prisma, protobuf, rails, sql, tableFile]

/** The format that reads a file, if one does. `path` is relative, with '/'. */
export function schemaFormatOf(path: string): SchemaFormat | undefined {
  return schemaFormats.find((format) => format.matches(path))
}

const mostSampled = 200

/** Schema files among these; of data files, which may be many, the first in order. */
export function schemasAmong(paths: readonly string[]): string[] {
  const found = paths.filter((path) => schemaFormatOf(path) !== undefined)
  const sampled = found.filter((path) => schemaFormatOf(path)!.sampled === true).sort()
  const left = new Set(sampled.slice(mostSampled))
  return left.size === 0 ? found : found.filter((path) => !left.has(path))
}
