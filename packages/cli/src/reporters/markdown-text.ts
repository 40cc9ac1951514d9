/**
 * Untrusted text in Markdown that GitHub, GitLab and others render: no HTML, no links, images or mentions that were not ours,
 * no broken tables. Names and code stand in code spans.
 */
import { visible } from '../sanitize.js'

/** What a renderer would link or notify somebody of: `@name`, `#12`, a URL. */
const LINKED = /((?:[^\s(]*@|#(?=\d)|(?:https?:\/\/|ftp:\/\/|mailto:|www\.))[^\s)）、。]*)/i

/** Prose: every character that Markdown or HTML could take for its own is escaped; what would be linked is code. */
export function prose(text: string): string {
  return visible(text)
    .split(new RegExp(LINKED, 'gi'))
    .map((part, at) => (at % 2 === 1 ? code(part) : escaped(part)))
    .join('')
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
    .replace(/^(\s*)([-+=#])/g, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/g, '$1\\$2')
}

/** A code span, with a fence longer than any in the text; a pipe is escaped for tables. */
export function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|')
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : ''
  return shown === '' ? '' : `${fence}${pad}${shown}${pad}${fence}`
}

/** A fenced block that nothing in it can end. */
export function codeBlock(lines: readonly string[], language: string): string {
  const shown = lines.map(visible)
  const longest = Math.max(2, ...(shown.join('\n').match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...shown, fence].join('\n')
}

/** Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('\n', '<br>')).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n')
}
