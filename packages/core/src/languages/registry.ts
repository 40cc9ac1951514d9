/** The languages, one line each. */
import type { Module } from '../ir/ir.js'
import { ecmascript } from './ecmascript.js'
import type { StandardLibrary } from './library.js'

export interface Language {
  id: string
  /** With their dot, in lower case. */
  extensions: readonly string[]
  /** The grammar that makes the tree; the caller loads and runs it. */
  grammar: string
  /** The text to parse, offsets kept, and the parser's hint. */
  prepare(path: string, text: string): { text: string; dialect: 'ts' | 'tsx' | 'js' | 'jsx' }
  /** What its standard library does. */
  library: StandardLibrary
  /** Tree → IR. `text` is the file's, as given to `prepare`. Never throws. */
  lower(input: { path: string; text: string; program: unknown; comments: unknown[] }): Module
}

export const languages: readonly Language[] = [ecmascript]

const byExtension = new Map(languages.flatMap((one) => one.extensions.map((extension) => [extension, one] as const)))

/** The language of a path, by its extension. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? null : (byExtension.get(name.slice(dot).toLowerCase()) ?? null)
}
