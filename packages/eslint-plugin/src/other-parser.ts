/**
 * A config file for which another plugin has named its parser (of JSON, YAML or TOML) stays that plugin's: its rules see the tree and the
 * tokens that they know, as without this plugin. Ours need none: what a file says is read from its text.
 */
import { createRequire } from 'node:module'
import type { Linter, SourceCode } from 'eslint'
import { emptyProgram } from './empty-program.js'

interface Given {
  parser?: unknown
  parserOptions?: object | null
}

export interface OtherTree {
  ast: object
  parserServices: object
  visitorKeys: SourceCode.VisitorKeys | undefined
}

type Parser = Linter.Parser & { meta?: { name?: string }; name?: string }

/** By their names: a parser that is there for all files (of TypeScript) is none for these. */
const DATA_PARSER = /\b(?:jsonc|json|yaml|toml)-eslint-parser$/

const asked = { loc: true, range: true, raw: true, tokens: true, comment: true, eslintVisitorKeys: true } as const

export type OtherParse =
  | { ok: true; ast: object; other: OtherTree }
  | { ok: false; errors: { message: string; line: number; column: number }[] }

/** null: no such parser is named, or ESLint can't be had from here; then the file is an empty program. */
export function parsedByOther(text: string, path: string, { parser, parserOptions }: Given): OtherParse | null {
  const given = parser as Parser | null | undefined
  if (given === null || given === undefined || !('parseForESLint' in given)) return null
  if (!DATA_PARSER.test(given.meta?.name ?? given.name ?? '') || sourceCodeClass() === null) return null
  try {
    const parsed = given.parseForESLint(text, { ...parserOptions, ...asked, filePath: path })
    const ast = parsed.ast as object
    return { ok: true, ast, other: { ast, parserServices: parsed.services ?? {}, visitorKeys: parsed.visitorKeys } }
  } catch (error) {
    // What does not parse is told as ESLint tells it.
    const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number }
    return { ok: false, errors: [{ message, line: lineNumber ?? 1, column: column ?? 1 }] }
  }
}

/** As ESLint makes it for its own language. */
export function sourceOfOther(text: string, { ast, parserServices, visitorKeys }: OtherTree): SourceCode {
  const { scopeManager } = emptyProgram(ast)
  return new (sourceCodeClass()!)({
    text,
    ast,
    parserServices,
    visitorKeys,
    scopeManager,
  } as unknown as SourceCode.Config)
}

let known: typeof SourceCode | null | undefined

function sourceCodeClass(): typeof SourceCode | null {
  if (known !== undefined) return known
  try {
    known = (createRequire(import.meta.url)('eslint') as { SourceCode: typeof SourceCode }).SourceCode
  } catch {
    known = null
  }
  return known
}
