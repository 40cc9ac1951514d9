/**
 * Where each character of a value stands in the text that it was read from: indentation, escapes and folded lines are what the text
 * has more of. Linear; what does not fit stays where the last one stood.
 */
import type { Span } from '../location.js'
import { escapeAt } from './json/reader.js'

export function aligned(value: string, text: string, { start, end }: Span): Uint32Array {
  const from = new Uint32Array(value.length)
  // <<-EOT: the text begins on the next line
  let at = text.startsWith('<<', start) ? text.indexOf('\n', start) + 1 : start
  for (let index = 0; index < value.length; index++) {
    const wanted = value[index]!
    while (at < end && text[at] !== wanted && isPassedOver(text, at, wanted)) at++
    from[index] = Math.min(at, Math.max(start, end - 1))
    if (at >= end) continue
    if (text[at] === wanted) at++
    else if (text[at] === '\\') {
      const escape = escapeAt(text, at)
      // A pair of surrogates is one escape for two characters in some formats.
      at += escape.length
      if (escape.text.length > 1 && index + 1 < value.length) from[++index] = from[index - 1]!
    } else if (wanted === ' ' && /[\r\n]/.test(text[at]!)) at++
  }
  return from
}

/** What a text has more of than its value: indentation and line ends. */
function isPassedOver(text: string, at: number, wanted: string): boolean {
  const has = text[at]!
  if (has === '\r') return true
  if (has === ' ' || has === '\t') return true
  if (has === '\n') return wanted !== ' '
  // An escaped line end, with the indentation after it.
  return has === '\\' && /[\r\n]/.test(text[at + 1] ?? '')
}
