/** The code frame of a policy error: the line before, the line with carets under what is wrong, the line after. */
import type { LineIndex, Region } from '../location.js'
import { displayWidth } from './width.js'

const longest = 120
const tab = '  '

export function codeFrame(lines: LineIndex, region: Region): string {
  const { line, column, endLine, endColumn } = region
  const last = lines.position(lines.text.length).line
  const gutter = String(Math.min(line + 1, last)).length
  const text = lines.line(line)
  const from = Math.max(0, column - 1 - longest / 2)
  const end = endLine > line ? text.length : endColumn - 1
  const before = printable(text.slice(from, column - 1))
  const marked = printable(text.slice(column - 1, Math.min(Math.max(end, column), from + longest)))
  const carets = ' '.repeat(displayWidth(before)) + '^'.repeat(Math.max(1, displayWidth(marked)))
  const numbered = (number: number, content: string): string =>
    `${number === line ? '>' : ' '} ${String(number).padStart(gutter)} | ${content}`.trimEnd()
  return [
    ...(line > 1 ? [numbered(line - 1, cut(lines.line(line - 1), from))] : []),
    numbered(line, cut(text, from)),
    `  ${' '.repeat(gutter)} | ${carets}`,
    ...(line < last && (line + 1 < last || lines.line(last) !== '')
      ? [numbered(line + 1, cut(lines.line(line + 1), from))]
      : []),
  ].join('\n')
}

function cut(text: string, from: number): string {
  return printable(text.slice(from, from + longest))
}

/** Tabs as two spaces; control and bidirectional characters, which could rewrite a terminal's line, as U+FFFD. */
function printable(text: string): string {
  return text.replaceAll('\t', tab).replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
