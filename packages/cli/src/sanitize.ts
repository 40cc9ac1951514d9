/**
 * The one writer boundary: nothing that comes from a scanned repository (names, code, messages) reaches a terminal or a
 * log without passing here. Control, bidirectional and zero-width characters become visible escapes; what a CI system
 * reads as a command (`::error::`, `##[…]`, `##vso[…]`) loses its meaning. Invariant: the result of `visible` is one line.
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

/** Lines of our own making, some of which hold untrusted text that already passed `visible`. */
export function safeLines(text: string): string {
  return text.split('\n').map(withoutCommands).join('\n')
}

/** JSON with the same meaning, but without what a terminal or a CI system would act upon. */
export function safeJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent)
    .replace(/[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, escapeUnit)
    .replace(/[\u{e0000}-\u{e007f}]/gu, (character) => escapeUnit(character[0]!) + escapeUnit(character[1]!))
    .replace(/##(?=\[|vso\[)/gi, '\\u0023#')
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
