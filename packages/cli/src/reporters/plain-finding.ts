/** A finding for formats that have one text a finding: in one line, said to be allowed where it is, worst first. */
import type { Finding, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { messages } from '../messages.js'
import { visible, withoutCommands } from '../sanitize.js'

const rank = { error: 0, warn: 1, note: 2 } as const

/** Open findings before allowed ones, worst first, then by place. */
export function ordered({ findings }: Report): Finding[] {
  return [...findings].sort(
    (a, b) =>
      Number(a.suppressed !== null) - Number(b.suppressed !== null) ||
      rank[a.severity] - rank[b.severity] ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.rule < b.rule ? -1 : 1),
  )
}

/** One line; what is allowed says so first. */
export function oneLine(finding: Finding, locale: Locale): string {
  return withoutCommands(visible(`${allowance(finding, locale)}${finding.message[locale]}`))
}

export function allowance({ suppressed }: Finding, locale: Locale): string {
  if (suppressed === null) return ''
  const { kind, id, reason } = suppressed
  return `[${messages.allowedBy(kind, id, reason)[locale]}] `
}

/** Several lines of our own making, each harmless. */
export function manyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutCommands(visible(line)))
    .join('\n')
}
