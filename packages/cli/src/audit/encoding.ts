/**
 * The encoding of a file of any size: a byte order mark decides; then strict UTF-8 over the whole file; then the Japanese encodings, of
 * which the one that reads it without a mistake and looks more like Japanese wins. What none can read is counted, not hidden.
 */
import { closeSync, openSync, readSync } from 'node:fs'

export interface Encoding {
  name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp'
  bom: boolean
}

const PIECE = 1 << 20

/** The file's bytes, piece by piece. */
export function* piecesOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE)
      const length = readSync(file, piece, 0, PIECE, null)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

export function encodingOf(path: string): Encoding {
  const head = piecesOf(path).next().value ?? Buffer.alloc(0)
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', bom: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', bom: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', bom: true }
  if (readsAs(path, 'utf-8') !== null) return { name: 'utf-8', bom: false }
  const candidates = (['shift_jis', 'euc-jp'] as const).map((name) => ({ name, score: readsAs(path, name) }))
  const best = candidates.filter(({ score }) => score !== null).sort((a, b) => b.score! - a.score!)[0]
  return { name: best !== undefined && best.score! > 0 ? best.name : 'utf-8', bom: false }
}

/** How much a file looks like Japanese when read so; null where it cannot be. */
function readsAs(path: string, name: Encoding['name']): number | null {
  const decoder = new TextDecoder(name, { fatal: true })
  let score = 0
  try {
    for (const piece of piecesOf(path)) score += likeness(decoder.decode(piece, { stream: true }))
    decoder.decode()
    return score
  } catch {
    return null
  }
}

function likeness(text: string): number {
  if (/^[\x00-\x7f]*$/.test(text)) return 0 // eslint-disable-line no-control-regex
  const usual = text.match(/[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g)?.length ?? 0
  const unusual = text.match(/[\uff61-\uff9f\u0080-\u009f\ue000-\uf8ff]/g)?.length ?? 0
  return usual - 2 * unusual
}
