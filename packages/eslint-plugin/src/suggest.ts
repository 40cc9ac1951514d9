/** What could be written instead of the literals that lead out of Japan. Offered, never done: an endpoint is a decision. */
import { alternativesInJapan, catalogue, type Finding, type Mark, type Span } from '@sekisho/core'
import { offsetOf } from './lines.js'

export interface Suggestion {
  span: Span
  /** With its quotes. */
  text: string
  /** As people read it. */
  shown: string
}

const RULES = new Set(['cross-border-flow', 'foreign-endpoint', 'region-escape', 'unresolved-endpoint'])

export function suggestionsFor(finding: Finding, mark: Mark | undefined, path: string, text: string): Suggestion[] {
  if (!RULES.has(finding.rule)) return []
  const literals =
    mark === undefined ? [settingAt(finding, path, text)] : mark.literals.filter(({ file }) => file === path)
  const seen = new Set<number>()
  return literals.flatMap(({ span }) => {
    if (seen.has(span.start)) return []
    seen.add(span.start)
    const written = text.slice(span.start, span.end)
    const [, quote = '', inner = ''] = /^(['"`]?)([^'"`\\$]*)\1$/.exec(written) ?? []
    return alternativesInJapan(catalogue, finding.provider, inner).map((shown) => ({
      ...{ span, shown },
      text: quote + shown + quote,
    }))
  })
}

/** A setting's finding stands at its value. */
function settingAt(finding: Finding, file: string, text: string): { file: string; span: Span } {
  const { line, column, endLine, endColumn } = finding
  return { file, span: { start: offsetOf(text, line, column), end: offsetOf(text, endLine, endColumn) } }
}
