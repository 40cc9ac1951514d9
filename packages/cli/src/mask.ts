/** Personal data in a text, hidden in place: every line and column stays where it is. */
import { findLiterals } from '@sekisho/core'

/** What can't hold a number or an address of a person needs no second look. */
const SUSPECT = /[0-9０-９][0-9０-９() -]{4,}|@|[A-Z]{2}[0-9]{7}/

export function maskLiterals(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]+/g, (line) => (SUSPECT.test(line) ? maskLine(line) : line))
}

function maskLine(line: string): string {
  let masked = ''
  let at = 0
  for (const { start, end, masked: hidden, sample } of findLiterals(line)) {
    if (sample || start < at) continue
    masked += line.slice(at, start) + hidden.slice(0, end - start).padEnd(end - start, '*')
    at = end
  }
  return masked + line.slice(at)
}
