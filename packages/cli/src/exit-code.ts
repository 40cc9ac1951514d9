/** Exit codes; where several apply, the worst wins. They never depend on report formats, outputs or CI variables. */
import type { Finding, GapRecord, Policy, Report, Severity } from '@sekisho/core'

export const exitCodes = { clean: 0, findings: 1, mistake: 2, incomplete: 3, interrupted: 130 } as const

export type FailOn = Severity | 'never'

const RANK: Readonly<Record<Severity, number>> = { note: 0, warn: 1, error: 2 }

/** By what the report itself says of the gate: whoever reads it can check. */
export function exitCodeOf({ gate, gaps, findings }: Pick<Report, 'gate' | 'gaps' | 'findings'>): number {
  if (gate.observedUntil !== null) return exitCodes.clean
  if (gaps.some((gap) => isRefused(gap, gate.gaps))) return exitCodes.incomplete
  return findings.some((finding) => fails(finding, gate.failOn)) ? exitCodes.findings : exitCodes.clean
}

export function fails({ severity, suppressed }: Pick<Finding, 'severity' | 'suppressed'>, failOn: FailOn): boolean {
  return suppressed === null && failOn !== 'never' && RANK[severity] >= RANK[failOn]
}

export function isRefused(gap: GapRecord, gaps: Policy['gate']['gaps']): boolean {
  return gap.known !== true && (gaps === 'fail' || (gaps === 'relevant' && gap.relevant))
}
