/** Findings, one a row, for spreadsheets and scripts: headers are the contract's keys and do not vary with the language. */
import type { Finding, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { csvText } from './csv-text.js'
import { ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'

const HEAD = [
  ...['fingerprint', 'rule', 'severity', 'confidence', 'file', 'line', 'column', 'endLine', 'endColumn'],
  ...['dataClasses', 'subject', 'party', 'provider', 'zone', 'jurisdiction', 'host', 'region', 'resolvedFrom'],
  ...['environment', 'message', 'grounds', 'remedy', 'trace'],
  ...['suppressedBy', 'suppressionId', 'reason', 'approver', 'expiry'],
]

export const csv: Reporter = {
  id: 'csv',
  render: (report, { locale }) => csvText([HEAD, ...ordered(report).map((finding) => row(finding, report, locale))]),
}

function row(finding: Finding, report: Report, locale: Locale): (string | number | null)[] {
  const { endpoint, suppressed, trace } = finding
  const steps = trace.map(({ file, line, column, label, labelJa }) => {
    return `${inRepository(report, file)}:${line}:${column} ${locale === 'ja' ? labelJa : label}`
  })
  return [
    ...[finding.fingerprint, finding.rule, finding.severity, finding.confidence, inRepository(report, finding.file)],
    ...[finding.line, finding.column, finding.endLine, finding.endColumn],
    ...[finding.dataClasses.join(' '), finding.subject, finding.party, finding.provider, finding.zone],
    ...[finding.jurisdiction, endpoint?.host ?? null, endpoint?.region ?? null],
    ...[endpoint?.resolvedFrom.join(' > ') ?? null, finding.environment, finding.message[locale]],
    ...[finding.grounds.map(({ reference }) => reference).join('; '), finding.remedy[locale], steps.join('\n')],
    ...[suppressed?.kind ?? null, suppressed?.id ?? null, suppressed?.reason ?? null],
    ...[suppressed?.approver ?? null, suppressed?.expiry ?? null],
  ]
}
