/** GitLab's Code Quality report, the widget of a merge request: a list, one entry a finding, its fingerprint unique. */
import type { Finding, GapRecord, Report } from '@sekisho/core'
import { createHash } from 'node:crypto'
import { safeJson } from '../sanitize.js'
import { oneLine, ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'

const SEVERITY = { error: 'critical', warn: 'major', note: 'info' } as const

export const gitlabCodequality: Reporter = {
  id: 'gitlab-codequality',
  render(report, { locale }) {
    const entries = [
      ...ordered(report).map((finding) => entryOf(report, finding, oneLine(finding, locale))),
      ...report.gaps.map((gap) => gapEntry(report, gap, gap.reason[locale])),
    ]
    return `${safeJson(withUniqueFingerprints(entries))}\n`
  },
}

interface Entry {
  fingerprint: string
}

function entryOf(
  report: Report,
  { file, line, endLine, severity, rule, suppressed, fingerprint }: Finding,
  text: string,
) {
  return {
    description: text,
    check_name: rule,
    fingerprint,
    severity: suppressed === null ? SEVERITY[severity] : 'info',
    location: { path: inRepository(report, file), lines: { begin: line, end: endLine } },
  }
}

function gapEntry(report: Report, { file, line, kind, relevant }: GapRecord, text: string) {
  return {
    description: text,
    check_name: `gap/${kind}`,
    fingerprint: createHash('sha256').update(`gap\0${file}\0${kind}\0${text}`).digest('hex').slice(0, 32),
    severity: relevant ? 'major' : 'info',
    location: { path: inRepository(report, file), lines: { begin: line ?? 1, end: line ?? 1 } },
  }
}

/** GitLab drops an entry whose fingerprint it has seen. */
function withUniqueFingerprints<T extends Entry>(entries: readonly T[]): T[] {
  const seen = new Map<string, number>()
  return entries.map((entry) => {
    const count = (seen.get(entry.fingerprint) ?? 0) + 1
    seen.set(entry.fingerprint, count)
    if (count === 1) return entry
    const fingerprint = createHash('sha256').update(`${entry.fingerprint}\0${count}`).digest('hex').slice(0, 32)
    return { ...entry, fingerprint }
  })
}
