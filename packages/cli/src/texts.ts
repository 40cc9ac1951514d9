/** Texts of the files that a report names, for code frames: read again, personal data in them masked in place. */
import { relative, resolve } from 'node:path'
import { LineIndex } from '@sekisho/core'
import { decode, isOutside, portable, type Tree } from '@sekisho/files'
import { maskLiterals } from './mask.js'

export interface Texts {
  /** Masked without moving a column; null: not readable. */
  text(file: string): string | null
  utf8Column(file: string, line: number, column: number): number
}

/** `directory` is the one that the report's paths are relative to. */
export function createTexts(tree: Tree, directory: string, limit: number): Texts {
  const known = new Map<string, { masked: string; lines: LineIndex } | null>()
  const of = (file: string) => {
    if (!known.has(file)) {
      const text = read(tree, directory, file, limit)
      known.set(file, text === null ? null : { masked: maskLiterals(text), lines: new LineIndex(text) })
    }
    return known.get(file)!
  }
  return {
    text: (file) => of(file)?.masked ?? null,
    utf8Column(file, line, column) {
      const lines = of(file)?.lines
      return lines === undefined ? column : Buffer.byteLength(lines.line(line).slice(0, column - 1)) + 1
    },
  }
}

function read(tree: Tree, directory: string, file: string, limit: number): string | null {
  const path = portable(relative(tree.root, resolve(directory, file)))
  if (isOutside(path)) return null
  const content = tree.read(path, limit)
  return content.kind === 'bytes' ? (decode(content.bytes)?.text ?? null) : null
}
