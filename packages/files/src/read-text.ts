/** A file's text, or the gap that says why there is none; null where there is nothing to read. */
import { decode, isBinary } from './decode.js'
import type { Content, Tree } from './file-system.js'
import { gapOf, type FoundGap } from './gap.js'
import { fileMessages } from './messages.js'

export type ReadText = { text: string; gap?: undefined } | { text?: undefined; gap: FoundGap } | null

/** `isRelevant` judges what can't be read in full: a prefilter over its bytes. */
export function readText(
  tree: Tree,
  path: string,
  limit: number,
  isRelevant: (bytes: Uint8Array) => boolean,
): ReadText {
  const content = tree.read(path, limit)
  if (content.kind !== 'bytes') {
    const gap = gapOfContent(tree, path, content, limit, isRelevant)
    return gap === null ? null : { gap }
  }
  // A NUL in a file that holds a token may be there to have it skipped.
  if (isBinary(content.bytes) && !isRelevant(content.bytes)) return null
  const decoded = decode(content.bytes)
  if (decoded !== null) return { text: decoded.text }
  return { gap: gapOf(path, 'read', fileMessages.undecodable, isRelevant(content.bytes)) }
}

/** Longest token that must not be missed where two pieces of a large file meet. */
const OVERLAP = 512

export function gapOfContent(
  tree: Tree,
  path: string,
  content: Exclude<Content, { kind: 'bytes' }>,
  limit: number,
  isRelevant: (bytes: Uint8Array) => boolean,
): FoundGap | null {
  switch (content.kind) {
    case 'nothing':
      return path.includes('\ufffd') ? gapOf(path, 'read', fileMessages.nameUndecodable) : null
    case 'directory':
      return null
    case 'outside':
      return gapOf(path, 'read', fileMessages.linkOutside)
    case 'unreadable':
      return gapOf(path, 'read', fileMessages.unreadable(content.code))
    case 'missing':
      return gapOf(path, 'read', fileMessages.missing)
    case 'large': {
      const relevant = tree.some(path, OVERLAP, isRelevant)
      return relevant ? gapOf(path, 'cut', fileMessages.tooLarge(content.size, limit)) : null
    }
  }
}
