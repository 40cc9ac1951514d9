/**
 * The one writer boundary of the CLI: nothing that comes from a scanned repository (names, code, messages) reaches a terminal or a
 * log without passing here.
 */
import { visible, withoutCommands } from '@sekisho/files'

export { visible, withoutCommands }

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
