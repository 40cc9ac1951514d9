/** Tables in plain text and Markdown: columns as wide as what stands in them, by display width. */
import { displayWidth } from '@sekisho/core'
import { visible } from '../sanitize.js'

export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [head, ...rows].map((row) => row.map(visible))
  const widths = head.map((_, column) => Math.max(...clean.map((row) => displayWidth(row[column] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - displayWidth(cell)))
      .join('  ')
      .trimEnd()
  const [first, ...others] = clean
  return [line(first!), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n') + '\n'
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => visible(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n'
}
