/** Lines as the core counts them, to offsets of the text. */
export function offsetOf(text: string, line: number, column: number): number {
  const breaks = /\r\n|[\n\r\u2028\u2029]/g
  let start = 0
  for (let at = 1; at < line; at++) {
    if (breaks.exec(text) === null) return text.length
    start = breaks.lastIndex
  }
  return Math.min(start + column - 1, text.length)
}
