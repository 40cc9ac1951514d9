/**
 * Parsers as the user's ESLint configuration has them: those of the files that were linted so far. An imported file takes the parser
 * of a file like it; where none fits, it is not seen. The plugin brings none of its own.
 */
import type { Language } from '@sekisho/core'

type Dialect = ReturnType<Language['prepare']>['dialect']

export interface Tree {
  program: unknown
  comments: unknown[]
}

/** ESLint's own contract for parsers, as far as it is used here. */
interface Parser {
  parse?(text: string, options: object): unknown
  parseForESLint?(text: string, options: object): { ast: unknown }
}

export class Parsers {
  readonly #known: { parser: Parser; typescript: boolean }[] = []

  /** Takes up the parser of a linted file, and the one that it hands script blocks to. */
  learn(languageOptions: { parser?: unknown; parserOptions?: { parser?: unknown } | null } | undefined): void {
    this.#add(languageOptions?.parser)
    const inner = languageOptions?.parserOptions?.parser
    for (const parser of isParser(inner) ? [inner] : Object.values(asRecord(inner))) this.#add(parser)
  }

  get size(): number {
    return this.#known.length
  }

  parse(path: string, text: string, dialect: Dialect): Tree | null {
    const isTyped = dialect.startsWith('ts')
    const fitting = this.#known.filter(({ typescript }) => typescript || !isTyped)
    for (const { parser } of fitting.sort((a, b) => Number(b.typescript) - Number(a.typescript))) {
      const tree = parseWith(parser, path, text, dialect)
      if (tree !== null) return tree
    }
    return null
  }

  #add(parser: unknown): void {
    if (!isParser(parser) || this.#known.some((known) => known.parser === parser)) return
    const name = nameOf(parser)
    // These take whole components; what is inside is given to another parser.
    if (/vue|svelte|astro/.test(name)) return
    this.#known.push({ parser, typescript: /typescript|babel/.test(name) })
  }
}

function parseWith(parser: Parser, filePath: string, text: string, dialect: Dialect): Tree | null {
  const jsx = dialect.endsWith('x')
  for (const sourceType of ['module', 'script'] as const) {
    const shared = { ecmaVersion: 'latest', sourceType, range: true, comment: true, tokens: false, loc: false }
    const options = { ...shared, jsx, ecmaFeatures: { jsx, globalReturn: sourceType === 'script' }, filePath }
    try {
      const ast = parser.parse?.(text, options) ?? parser.parseForESLint?.(text, options).ast
      if (isProgram(ast)) return { program: ast, comments: ast.comments ?? [] }
    } catch {
      // No module: a script, or another parser's.
    }
  }
  return null
}

function isProgram(value: unknown): value is { body: unknown[]; comments?: unknown[] } {
  return Array.isArray((value as { body?: unknown } | null | undefined)?.body)
}

function isParser(value: unknown): value is Parser {
  const { parse, parseForESLint } = asRecord(value)
  return typeof parse === 'function' || typeof parseForESLint === 'function'
}

function nameOf(parser: Parser): string {
  const { meta, name } = parser as { meta?: { name?: unknown }; name?: unknown }
  return String(meta?.name ?? name ?? '')
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
