/**
 * GitLab's SAST report, schema 15.0.7. Its times are the day that the run judged by: a report does not vary with the clock.
 * Names hold no finding's own words; those stand in the description, the path in `details`.
 */
import type { Finding, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { messages } from '../messages.js'
import { safeJson, visible } from '../sanitize.js'
import { allowance, manyLines, ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'
import { ruleTexts } from './rule-texts.js'

const VERSION = '15.0.7'
const SEVERITY = { error: 'High', warn: 'Medium', note: 'Low' } as const
const LONGEST_NAME = 255
const LONGEST_SOLUTION = 7000

export const gitlabSast: Reporter = {
  id: 'gitlab-sast',
  render(report, { locale, isIncomplete }) {
    const time = `${report.run.today ?? '1970-01-01'}T00:00:00`
    const tool = { id: 'sekisho', name: 'Sekisho', version: report.tool.version, vendor: { name: 'Sekisho' } }
    return `${safeJson({
      version: VERSION,
      scan: {
        ...{ analyzer: tool, scanner: tool, type: 'sast', start_time: time, end_time: time },
        status: isIncomplete ? 'failure' : 'success',
        messages: report.gaps.map(({ file, reason, relevant }) => ({
          level: relevant ? 'warn' : 'info',
          value: visible(`${inRepository(report, file)}: ${reason[locale]}`),
        })),
      },
      vulnerabilities: ordered(report).map((finding) => vulnerability(report, finding, locale)),
    })}\n`
  },
}

function vulnerability(report: Report, finding: Finding, locale: Locale) {
  const { rule, file, line, endLine, severity, suppressed, message, remedy, fingerprint } = finding
  const path = inRepository(report, file)
  return {
    id: uuid(fingerprint),
    name: cut(ruleTexts[rule].short[locale], LONGEST_NAME),
    description: manyLines(`${allowance(finding, locale)}${message[locale]}`),
    severity: suppressed === null ? SEVERITY[severity] : 'Info',
    solution: cut(manyLines(remedy[locale]), LONGEST_SOLUTION),
    identifiers: [{ type: 'sekisho_rule', name: `Sekisho ${rule}`, value: rule }],
    location: { file: path, start_line: line, end_line: endLine },
    tracking: {
      type: 'source',
      items: [
        {
          ...{ file: path, start_line: line, end_line: endLine },
          signatures: [{ algorithm: 'hash', value: fingerprint }],
        },
      ],
    },
    details: details(report, finding, locale),
  }
}

function details(report: Report, { trace, endpoint, grounds }: Finding, locale: Locale) {
  const text = (name: string, value: string) => ({ name, type: 'text', value: visible(value) })
  const cell = (value: string) => ({ type: 'text', value: visible(value) })
  const rows = trace.map(({ file, line, label, labelJa }) => [
    { type: 'file-location', file_name: inRepository(report, file), line_start: line },
    cell(locale === 'ja' ? labelJa : label),
  ])
  const endpointText = [endpoint?.host, endpoint?.region, ...(endpoint?.resolvedFrom ?? [])].filter(Boolean).join(' · ')
  return {
    ...(rows.length > 0 ? { trace: { name: messages.pathPlain[locale], type: 'table', rows } } : {}),
    ...(endpointText === '' ? {} : { endpoint: text(messages.endpoint[locale], endpointText) }),
    ...(grounds.length > 0
      ? { grounds: text(messages.grounds[locale], grounds.map(({ reference }) => reference).join('; ')) }
      : {}),
  }
}

/** A fingerprint in the form of a UUID. */
function uuid(fingerprint: string): string {
  const hex = fingerprint.replace(/[^0-9a-f]/gi, '').padEnd(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
