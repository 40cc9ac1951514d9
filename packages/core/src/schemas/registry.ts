/** The schema formats, one line each. */
import { graphql } from './graphql.js'
import { openapi } from './openapi.js'
import { prisma } from './prisma.js'
import { protobuf } from './protobuf.js'
import { rails } from './rails.js'
import type { SchemaFormat } from './schema.js'
import { sql } from './sql.js'

export const schemaFormats: readonly SchemaFormat[] = [graphql, openapi, prisma, protobuf, rails, sql]

/** The format that reads a file, if one does. `path` is relative, with '/'. */
export function schemaFormatOf(path: string): SchemaFormat | undefined {
  return schemaFormats.find((format) => format.matches(path))
}
