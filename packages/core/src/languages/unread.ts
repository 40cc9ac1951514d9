/** A module of which nothing was understood: a gap, never a throw. */
import type { Module } from '../ir/ir.js'

export function unread(path: string, language: string, error: unknown): Module {
  const what = error instanceof Error ? error.message : String(error)
  const reason = { en: `the syntax tree could not be read: ${what}`, ja: `構文木を読み取れませんでした: ${what}` }
  return {
    path,
    language,
    imports: [],
    exports: [],
    body: [],
    entities: [],
    comments: [],
    client: false,
    gaps: [{ file: path, span: null, kind: 'parse', reason }],
  }
}
