/**
 * SQL, in any dialect that has functions of AI services, dbt models among them. It is read by its tokens, as its schema is: no grammar
 * knows all dialects, and what is not understood must not end what is. A table is a name of the whole program, a row of it is a value;
 * views, queries and functions that scripts make are found wherever they stand.
 */
import type { Module, Statement } from '../ir/ir.js'
import { sql as schema } from '../schemas/sql.js'
import { tokenizeSql } from '../schemas/sql/tokens.js'
import type { Language } from './language.js'
import { sqlLibrary } from './sql/library.js'
import { DATABASE, emptyScope, shared, type Holes, type Reading } from './sql/reading.js'
import { statements } from './sql/statements.js'
import { withoutTemplating } from './sql/templating.js'
import { unread } from './unread.js'

export const sql: Language = {
  id: 'sql',
  extensions: ['.sql', '.ddl', '.bteq', '.hql', '.pgsql'],
  grammar: 'none',
  library: sqlLibrary,
  manifests: /(?!)/,
  prepare: (_, text) => ({ text, dialect: '' }),
  specifiersIn: () => [DATABASE],
  createResolver: (files) => {
    const scripts = [...files].filter(([path]) => /\.(?:sql|ddl|bteq|hql|pgsql)$/i.test(path))
    const [first] = scripts
    const beside = scripts.slice(1).map(([, index]) => index)
    return {
      // All scripts share their tables: each takes from the first, the first from all.
      resolve: (from, specifier) => {
        if (specifier !== DATABASE || first === undefined) return { package: specifier, subpath: '' }
        return from === first[0] ? { module: first[1], beside } : { module: first[1] }
      },
    }
  },
  lower({ path, text }) {
    try {
      return lowered(path, text)
    } catch (error) {
      return unread(path, 'sql', error)
    }
  },
}

function lowered(path: string, text: string): Module {
  const plain = withoutTemplating(text)
  const tokens = tokenizeSql(plain)
  const comments = tokens.filter(({ kind }) => kind === 'comment')
  const reading = startReading(path, plain, [], declaredIn(path, plain))
  const body = statements(reading)
  return {
    path,
    language: 'sql',
    imports: [{ binding: DATABASE, from: 'sql:database', name: '*', typeOnly: false, span: { start: 0, end: 0 } }],
    exports: [],
    body: isModel(body) ? [asModel(path, body[0]!)] : body,
    entities: [],
    comments: comments.map(({ text: said, start, end }) => ({ text: said, span: { start, end } })),
    client: false,
    gaps: reading.gaps,
  }
}

/** Tables that a script declares with their columns. */
function declaredIn(path: string, text: string): Map<string, ReadonlySet<string>> {
  const { entities } = schema.read(path, text)
  return new Map(
    entities.map(({ entity }) => [
      entity.name.toLowerCase(),
      new Set(entity.fields.map(({ name }) => name.toLowerCase())),
    ]),
  )
}

export function startReading(
  path: string,
  text: string,
  holes: Holes,
  declared: ReadonlyMap<string, ReadonlySet<string>>,
): Reading {
  const tokens = tokenizeSql(text).filter(({ kind }) => kind !== 'comment')
  return {
    path,
    text,
    tokens,
    at: 0,
    end: tokens.length,
    depth: 0,
    scope: emptyScope(null),
    gaps: [],
    declared,
    holes,
    locals: null,
    quotesStrings: tokens.some(({ quoted, start }) => quoted && text[start] === '`'),
    counts: { next: 1 },
    names: '',
  }
}

/** A script that is one query is a model: others know it by the file's name. */
function isModel(body: readonly Statement[]): boolean {
  return body.length === 1 && body[0]!.kind === 'expression'
}

function asModel(path: string, statement: Statement): Statement {
  if (statement.kind !== 'expression') return statement
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  const { value, span } = statement
  return { kind: 'bind', pattern: { kind: 'binding', binding: shared('table', name), name: '', span }, value, span }
}
