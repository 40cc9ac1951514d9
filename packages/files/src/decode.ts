/**
 * Bytes to text. A byte order mark decides; then strict UTF-8; then the encodings of Japanese code bases, each strict, so that a
 * wrong guess fails instead of showing mojibake. Never guesses further: `null` is a gap, not an empty file.
 */

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Shift_JIS and EUC-JP accept many of each other's bytes: the one with more kana and kanji, fewer half-width kana, wins. */
const JAPANESE = ['shift_jis', 'euc-jp'] as const

export interface Decoded {
  text: string
  encoding: string
}

export function decode(bytes: Uint8Array): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strictly('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strictly('utf-16be', bytes)
  try {
    // The decoder drops a UTF-8 byte order mark itself: editors do not count it as a column either.
    return { text: UTF8.decode(bytes), encoding: 'utf-8' }
  } catch {
    return japanese(bytes) ?? utf16(bytes)
  }
}

/** Whether the bytes are no text: NUL does not occur in text but as half of a UTF-16 character. */
export function isBinary(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return !isUtf16 && bytes.subarray(0, 8192).includes(0)
}

function strictly(encoding: string, bytes: Uint8Array): Decoded | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

function japanese(bytes: Uint8Array): Decoded | null {
  const candidates = JAPANESE.map((encoding) => strictly(encoding, bytes)).filter((decoded) => decoded !== null)
  candidates.sort((a, b) => plausibility(b.text) - plausibility(a.text))
  const best = candidates[0]
  return best !== undefined && plausibility(best.text) > 0 ? best : null
}

/** Share of the non-ASCII characters that Japanese text is made of, less those that a wrong decoding makes. */
function plausibility(text: string): number {
  const usual = text.match(/[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g)?.length ?? 0
  const unusual = text.match(/[\uff61-\uff9f\u0080-\u009f\ue000-\uf8ff]/g)?.length ?? 0
  return usual - 2 * unusual
}

function utf16(bytes: Uint8Array): Decoded | null {
  if (bytes.length % 2 !== 0) return null
  const decoded = strictly('utf-16le', bytes)
  return decoded !== null && /^[\t\n\r -~\u3000-\u9fff\uff00-\uffef]*$/.test(decoded.text) ? decoded : null
}
