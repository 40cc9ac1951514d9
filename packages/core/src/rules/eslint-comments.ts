/**
 * Comments by which ESLint, or oxlint, is told to hide problems. The scanner obeys none of them. One that names a rule of ours is
 * reported wherever it stands; one that names no rule hides ours, too, and is reported where a finding stands under it.
 */
import type { Unit } from '../link/program.js'
import type { Span } from '../location.js'

export interface EslintComment {
  file: string
  span: Span
  /** Lines under it, where it names no rule; null: it names one of ours. */
  lines: { from: number; to: number } | null
}

// /* eslint-disable */, // eslint-disable-next-line no-console -- reason
const DISABLE = /^\s*(?:eslint|oxlint)-disable(-next-line|-line)?(?=\s|$)(.*)$/s
const ENABLE = /^\s*(?:eslint|oxlint)-enable(?=\s|$)(.*)$/s
const REASON = /(?:^|\s)-{2,}\s.*$/s
// /* eslint sekisho/cross-border-flow: "off" */
const CONFIGURED = /^\s*eslint\s.*\bsekisho\/[\w-]+["']?\s*:\s*\[?\s*["']?(?:off\b|0)/s

export function readEslintComments(unit: Unit): EslintComment[] {
  const found: EslintComment[] = []
  const lineOf = (offset: number) => unit.lines.position(offset).line
  const ends = unit.module.comments
    .filter(({ text }) => rulesOf(ENABLE.exec(text)?.[1]) === '')
    .map(({ span }) => lineOf(span.start))
  for (const { span, text } of unit.module.comments) {
    const own = { file: unit.module.path, span }
    const match = DISABLE.exec(text)
    const rules = rulesOf(match?.[2])
    if (/\bsekisho\//.test(rules ?? '') || CONFIGURED.test(text)) found.push({ ...own, lines: null })
    if (match === null || rules !== '') continue
    const line = lineOf(span.end)
    if (match[1] === '-next-line') found.push({ ...own, lines: { from: line + 1, to: line + 1 } })
    else if (match[1] === '-line') found.push({ ...own, lines: { from: line, to: line } })
    else found.push({ ...own, lines: { from: line, to: ends.find((end) => end >= line) ?? Infinity } })
  }
  return found
}

function rulesOf(written: string | undefined): string | null {
  return written === undefined ? null : written.replace(REASON, '').trim()
}
