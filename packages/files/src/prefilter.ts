/**
 * The cheap question first: which files hold one of the catalogue's tokens? Wu–Manber over bytes: a table says, for every
 * block of three bytes, how far the scan may jump without missing a token, so most bytes are never looked at.
 * Invariant: the answer is the same as looking for every token, case-sensitively, one by one (UTF-8).
 */
import { createHash } from 'node:crypto'

const BLOCK = 3
const HASH_BITS = 15
const HASH_MASK = (1 << HASH_BITS) - 1

export interface Prefilter {
  /** Whether the bytes hold a token. */
  matches(bytes: Uint8Array): boolean
  /** The same for the same tokens. */
  readonly key: string
}

/** Tokens shorter than a block cannot be looked for; callers do not give any. */
export function createPrefilter(tokens: Iterable<string>): Prefilter {
  const needles = shortest([...tokens].filter((token) => Buffer.byteLength(token) >= BLOCK)).map((token) =>
    Buffer.from(token),
  )
  const key = createHash('sha256').update(needles.join('\0')).digest('hex').slice(0, 16)
  if (needles.length === 0) return { matches: () => false, key }
  const window = Math.min(...needles.map((needle) => needle.length))
  const shift = new Uint16Array(1 << HASH_BITS).fill(window - BLOCK + 1)
  const buckets = new Map<number, Buffer[]>()
  for (const needle of needles) {
    for (let end = BLOCK - 1; end < window; end++) {
      const hash = hashAt(needle, end)
      shift[hash] = Math.min(shift[hash]!, window - 1 - end)
      if (end === window - 1) buckets.set(hash, [...(buckets.get(hash) ?? []), needle])
    }
  }
  return { matches: (bytes) => scan(bytes, window, shift, buckets), key }
}

function scan(
  bytes: Uint8Array,
  window: number,
  shift: Uint16Array,
  buckets: ReadonlyMap<number, readonly Buffer[]>,
): boolean {
  const { length } = bytes
  let end = window - 1
  while (end < length) {
    const hash = ((bytes[end]! << 10) ^ (bytes[end - 1]! << 5) ^ bytes[end - 2]!) & HASH_MASK
    const jump = shift[hash]!
    if (jump > 0) {
      end += jump
      continue
    }
    for (const needle of buckets.get(hash)!) if (standsAt(bytes, end - window + 1, needle)) return true
    end += 1
  }
  return false
}

function hashAt(bytes: Uint8Array, end: number): number {
  return ((bytes[end]! << 10) ^ (bytes[end - 1]! << 5) ^ bytes[end - 2]!) & HASH_MASK
}

function standsAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  if (start + needle.length > bytes.length) return false
  for (let i = 0; i < needle.length; i++) if (bytes[start + i] !== needle[i]) return false
  return true
}

/** Without tokens that contain another one: where they stand, the other stands too. */
function shortest(tokens: readonly string[]): string[] {
  const kept: string[] = []
  for (const token of [...new Set(tokens)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (!kept.some((other) => token.includes(other))) kept.push(token)
  }
  return kept
}
