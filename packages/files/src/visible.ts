/**
 * Untrusted text (names, code) for people and logs. Control, bidirectional and zero-width characters become visible escapes; what a CI
 * system reads as a command (`::error::`, `##[…]`, `##vso[…]`) loses its meaning. Invariant: the result of `visible` is one line.
 */

/** C0, DEL, C1, soft hyphen, bidirectional marks, zero-width, line separators, tags, lone surrogates, interlinear. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Untrusted text as one line that shows what is in it. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`)
}

/** A composed line without CI commands: GitHub reads `::` at a line's start and `##[` anywhere, Azure `##vso[` anywhere. */
export function withoutCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replace(/#(?=#(?:\[|vso\[))/gi, '# ')
}
