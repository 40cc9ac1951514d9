/** Reviewdog's diagnostic format. Its columns count UTF-8 bytes; its end stands after the last character. */
import type { Finding, GapRecord, Report } from '@sekisho/core'
import { safeJson } from '../sanitize.js'
import { manyLines, oneLine, ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { ReportContext, Reporter } from './reporter.js'

const SEVERITY = { error: 'ERROR', warn: 'WARNING', note: 'INFO' } as const

export const rdjson: Reporter = {
  id: 'rdjson',
  render: (report, context) =>
    `${safeJson({
      source: { name: 'sekisho' },
      severity: report.findings.some(({ suppressed }) => suppressed === null) ? 'ERROR' : 'INFO',
      diagnostics: [
        ...ordered(report).map((finding) => diagnostic(report, finding, context)),
        ...report.gaps.map((gap) => gapDiagnostic(report, gap, context)),
      ],
    })}\n`,
}

function diagnostic(report: Report, finding: Finding, context: ReportContext) {
  const { locale } = context
  const { file, line, column, endLine, endColumn, severity, rule, suppressed, trace, remedy } = finding
  return {
    message: `${oneLine(finding, locale)}\n${manyLines(remedy[locale])}`,
    location: {
      path: inRepository(report, file),
      range: { start: at(file, line, column, context), end: at(file, endLine, endColumn, context) },
    },
    severity: suppressed === null ? SEVERITY[severity] : 'INFO',
    code: { value: rule },
    relatedLocations: trace.map((step) => ({
      message: manyLines(locale === 'ja' ? step.labelJa : step.label),
      location: {
        path: inRepository(report, step.file),
        range: { start: at(step.file, step.line, step.column, context) },
      },
    })),
  }
}

function gapDiagnostic(
  report: Report,
  { file, line, column, reason, relevant, kind }: GapRecord,
  context: ReportContext,
) {
  const range = line === null ? {} : { range: { start: at(file, line, column ?? 1, context) } }
  return {
    message: manyLines(reason[context.locale]),
    location: { path: inRepository(report, file), ...range },
    severity: relevant ? 'WARNING' : 'INFO',
    code: { value: `gap/${kind}` },
  }
}

function at(file: string, line: number, column: number, context: ReportContext) {
  return { line, column: context.utf8Column(file, line, column) }
}
