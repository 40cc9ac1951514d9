/** Exit codes; where several apply, the worst wins. They never depend on report formats, outputs or CI variables. */
import type { GapRecord, Policy, Report, Severity } from '@sekisho/core'

export const exitCodes = { clean: 0, findings: 1, mistake: 2, incomplete: 3, interrupted: 130 } as const

export type FailOn = Severity | 'never'

const RANK: Readonly<Record<Severity, number>> = { note: 0, warn: 1, error: 2 }

export function exitCodeOf(report: Report, failOn: FailOn, gaps: Policy['gate']['gaps']): number {
  if (report.gaps.some((gap) => isRefused(gap, gaps))) return exitCodes.incomplete
  const failing = report.findings.some(
    ({ severity, suppressed }) => suppressed === null && failOn !== 'never' && RANK[severity] >= RANK[failOn],
  )
  return failing ? exitCodes.findings : exitCodes.clean
}

export function isRefused(gap: GapRecord, gaps: Policy['gate']['gaps']): boolean {
  return gaps === 'fail' || (gaps === 'relevant' && gap.relevant)
}
