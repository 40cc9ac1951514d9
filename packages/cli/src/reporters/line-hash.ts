/**
 * GitHub code scanning's `primaryLocationLineHash` (github/codeql-action, src/fingerprints.ts): a polynomial of the first 100 characters
 * from a line's start, blanks left out and line ends made equal, and how many lines before had the same. Computing the
 * same value keeps alerts the same whichever way a report is uploaded.
 */

const BLOCK = 100
const FACTOR = 37n
const END_OF_FILE = '\uffff'

/** The hashes of some 1-based lines. */
export function lineHashes(text: string, lines: Iterable<number>): Map<number, string> {
  const { content, starts } = normalized(text)
  const wanted = new Set(lines)
  const counts = new Map<string, number>()
  const hashes = new Map<number, string>()
  const last = Math.max(0, ...wanted)
  for (let line = 1; line <= Math.min(last, starts.length); line++) {
    const start = starts[line - 1]!
    const window = content.slice(start, start + BLOCK)
    const count = (counts.get(window) ?? 0) + 1
    counts.set(window, count)
    if (wanted.has(line)) hashes.set(line, `${hash(window)}:${count}`)
  }
  return hashes
}

/** The text without blanks, \n for every line end, and where each line starts in it. */
function normalized(text: string): { content: string; starts: number[] } {
  const content = text.replace(/\r\n|\r/g, '\n').replace(/[ \t]+/g, '') + END_OF_FILE
  const starts = [0]
  for (let at = content.indexOf('\n'); at >= 0 && at + 1 < content.length; at = content.indexOf('\n', at + 1))
    starts.push(at + 1)
  return { content, starts }
}

/** In 64 bits; characters past the end count as 0. */
function hash(window: string): string {
  let value = 0n
  for (let i = 0; i < BLOCK; i++) value = value * FACTOR + BigInt(window.charCodeAt(i) || 0)
  return BigInt.asUintN(64, value).toString(16)
}
