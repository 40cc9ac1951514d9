/**
 * Two analyses under one policy: what the newer one brings. A finding is known if the older one has it too, as open, as severe, and
 * from no more places: a new way through an old call is new. Findings follow their file where it was renamed.
 */
import { fileMessages } from '@sekisho/files'
import type { Analysis, Finding, FlowRecord, GapRecord, GoneFinding, Severity, Suppression } from '@sekisho/core'

export interface Sides {
  base: Analysis
  head: Analysis
  /** Paths of the newer side by what they were called in the older one. */
  renamed: ReadonlyMap<string, string>
  /** Whether the file, named as in the newer side, differs. */
  isChanged(path: string): boolean
  /** How the base is called in reports. */
  baseName: string | null
}

export interface Compared {
  analysis: Analysis
  new: number
  known: number
  fixed: GoneFinding[]
}

const RANK: Readonly<Record<Severity, number>> = { note: 0, warn: 1, error: 2 }

export function compareAnalyses({ base, head, renamed, isChanged, baseName }: Sides): Compared {
  const pairs = pairFindings(base.findings, head.findings, renamed)
  const flows = { base: byFingerprint(base.flows), head: byFingerprint(head.flows) }
  const suppressed: Suppression = {
    kind: 'base',
    id: baseName,
    reason: baseName === null ? 'there before' : `there before, at ${baseName}`,
    approver: null,
    expiry: null,
  }
  const isKnown = (finding: Finding) => {
    const before = pairs.get(finding)
    if (before === undefined || before.suppressed !== null || RANK[before.severity] < RANK[finding.severity])
      return false
    const [was, is] = [flows.base.get(before.fingerprint), flows.head.get(finding.fingerprint)]
    return was === undefined || is === undefined || !hasNewWay(was, is, renamed, isChanged)
  }
  const findings = head.findings.map((finding) =>
    finding.suppressed === null && isKnown(finding) ? { ...finding, suppressed } : finding,
  )
  const matched = new Set(pairs.values())
  const known = findings.filter(({ suppressed: by }) => by === suppressed).length
  return {
    analysis: { ...head, findings, gaps: knownGaps(base.gaps, head.gaps, renamed, isChanged) },
    new: findings.filter((finding) => finding.suppressed === null).length,
    known,
    fixed: base.findings.filter((one) => one.suppressed === null && !matched.has(one)).map(goneFinding),
  }
}

export function goneFinding({ fingerprint, rule, severity, file, message }: Finding): GoneFinding {
  return { fingerprint, rule, severity, file, message }
}

/** By fingerprint; what is left, in a renamed file, by all that it says. */
function pairFindings(
  base: readonly Finding[],
  head: readonly Finding[],
  renamed: ReadonlyMap<string, string>,
): Map<Finding, Finding> {
  const pairs = new Map<Finding, Finding>()
  const left = byFingerprint(base)
  for (const finding of head) {
    const before = left.get(finding.fingerprint)
    if (before === undefined) continue
    pairs.set(finding, before)
    left.delete(finding.fingerprint)
  }
  if (renamed.size === 0) return pairs
  const moved = new Map<string, Finding[]>()
  for (const finding of left.values()) {
    const key = contentKey(finding, finding.file)
    moved.set(key, [...(moved.get(key) ?? []), finding])
  }
  for (const finding of head) {
    const old = pairs.has(finding) ? undefined : renamed.get(finding.file)
    const before = old === undefined ? undefined : moved.get(contentKey(finding, old))?.shift()
    if (before !== undefined) pairs.set(finding, before)
  }
  return pairs
}

/** All that a finding says but its place. */
export function contentKey({ rule, message, endpoint, environment, dataClasses }: Finding, file: string): string {
  return JSON.stringify([rule, file, message.en, endpoint?.host, endpoint?.region, environment, dataClasses])
}

function byFingerprint<T extends { fingerprint: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((one) => [one.fingerprint, one]))
}

/** More places of one file from which data of one class comes than before, on a path that was touched. */
function hasNewWay(
  before: FlowRecord,
  after: FlowRecord,
  renamed: ReadonlyMap<string, string>,
  isChanged: (path: string) => boolean,
): boolean {
  const counts = new Map<string, number>()
  const count = (key: string, by: number) => {
    const next = (counts.get(key) ?? 0) + by
    counts.set(key, next)
    return next
  }
  for (const { dataClass, sources } of before.classes) for (const { file } of sources) count(`${dataClass} ${file}`, 1)
  return after.classes.some(({ dataClass, sources }) =>
    // Untouched ways first: they were there before.
    [...sources]
      .sort((a, b) => Number(a.via.some(isChanged)) - Number(b.via.some(isChanged)))
      .some(({ file, via }) => count(`${dataClass} ${renamed.get(file) ?? file}`, -1) < 0 && via.some(isChanged)),
  )
}

function knownGaps(
  base: readonly GapRecord[],
  head: readonly GapRecord[],
  renamed: ReadonlyMap<string, string>,
  isChanged: (path: string) => boolean,
): GapRecord[] {
  const key = ({ kind, reason }: GapRecord, file: string) => `${file}\0${kind}\0${reason.en}`
  const before = new Set(base.map((gap) => key(gap, gap.file)))
  // What this clone lacks it lacks on both sides: that says nothing of what is brought.
  const isLacking = ({ reason }: GapRecord) => reason.en === fileMessages.missing.en
  return head.map((gap) => {
    const isOld = !isLacking(gap) && before.has(key(gap, renamed.get(gap.file) ?? gap.file)) && !isChanged(gap.file)
    return isOld ? { ...gap, known: true } : gap
  })
}
