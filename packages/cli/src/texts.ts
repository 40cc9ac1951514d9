/** Texts of the files that a report names, for code frames: read again, personal data in them masked in place. */
import { relative, resolve } from 'node:path'
import { decode, portable, type Tree } from '@sekisho/files'
import { maskLiterals } from './mask.js'

/** `directory` is the one that the report's paths are relative to. */
export function createTexts(tree: Tree, directory: string, limit: number): (file: string) => string | null {
  const known = new Map<string, string | null>()
  return (file) => {
    if (!known.has(file)) known.set(file, read(tree, directory, file, limit))
    return known.get(file)!
  }
}

function read(tree: Tree, directory: string, file: string, limit: number): string | null {
  const path = portable(relative(tree.root, resolve(directory, file)))
  if (path.startsWith('../')) return null
  const content = tree.read(path, limit)
  const text = content.kind === 'bytes' ? decode(content.bytes)?.text : null
  return text === null || text === undefined ? null : maskLiterals(text)
}
