/**
 * What a language is to the rest: how its files are known and read, how its imports are found and resolved, what its standard
 * library does. One language is one file with its folder and one line of the registry.
 */
import type { Module } from '../ir/ir.js'
import type { Resolver } from '../link/resolver.js'
import type { StandardLibrary } from './library.js'

export interface Language {
  id: string
  /** With their dot, in lower case. */
  extensions: readonly string[]
  /**
   * The grammar that makes the tree; the caller loads and runs it. `estree` gives `{ program, comments }`, any other the root of
   * a tree as in `tree.ts`; `none`: the language reads the text itself.
   */
  grammar: string
  /** The text to parse, offsets kept, and the parser's hint where its grammar has dialects. */
  prepare(path: string, text: string): Prepared
  /** Programs that run it, as the first line of a script without an extension names them. */
  interpreters?: RegExp
  /** Whether a file without an extension of its own is of this language, by its text. */
  recognizes?(path: string, text: string): boolean
  /** Its files are config as well: what they set is judged beside what they do. */
  isConfig?: boolean
  /** Files that hold more than code, images of a notebook: a long line does not tell that nobody wrote them. */
  containers?: RegExp
  /** What its standard library does. */
  library: StandardLibrary
  /** Names of the files that say how specifiers are resolved. */
  manifests: RegExp
  /**
   * What a file may import, by looking at its text only: more may be found than is there, never less. With `^` before it: what it
   * implements, so that whoever imports that may be given this.
   */
  specifiersIn(path: string, text: string): readonly string[]
  /** Resolution among these files: path → number. */
  createResolver(files: ReadonlyMap<string, number>, manifests: readonly { path: string; text: string }[]): Resolver
  /** Tree → IR. `text` is the file's, as given to `prepare`. Never throws. */
  lower(input: { path: string; text: string; tree: unknown }): Module
}

export interface Prepared {
  text: string
  dialect: string
  /** A text that says less, for a parser that cannot read the first; only of texts that are made, not found. */
  simpler?: () => string
}
