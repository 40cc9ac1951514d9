/** A baseline over an analysis: what it marks, what is fixed, and what of the rest came from the tool rather than from code. */
import type { Analysis, BaselineRecord, Finding, FlowRecord, GoneFinding, Severity } from '@sekisho/core'
import { byFile, canBeKept, entryOf, sourcesOf, type Baseline, type BaselineEntry, type Made } from './baseline.js'

const RANK: Readonly<Record<Severity, number>> = { note: 0, warn: 1, error: 2 }

/** A flow at the bound may have more sources than are known: they are not counted. */
const MANY_SOURCES = 16

export interface Applied {
  analysis: Analysis
  record: BaselineRecord
  /** Entries that still hold something, under the file and fingerprint that they have now. */
  kept: BaselineEntry[]
}

export interface Now {
  /** Path of the baseline, for the report. */
  file: string
  made: Made
  /** Whether a file is in the program. */
  exists(path: string): boolean
  /** Whether a file is as it was in the commit of the baseline; null: not known. */
  isAsItWas(path: string): boolean | null
}

export function applyBaseline(baseline: Baseline, analysis: Analysis, now: Now): Applied {
  const flows = new Map(analysis.flows.map((flow) => [flow.fingerprint, flow]))
  const { pairs, gone } = pairEntries(baseline.entries, analysis.findings, now.exists)
  const changed = (['engine', 'catalogue', 'policy'] as const).filter((part) => baseline.made[part] !== now.made[part])
  const suppressed = {
    kind: 'baseline' as const,
    id: null,
    reason: baseline.made.day === null ? 'in the baseline' : `in the baseline of ${baseline.made.day}`,
    approver: null,
    expiry: null,
  }
  let refused = 0
  const kept: BaselineEntry[] = []
  const findings = analysis.findings.map((finding): Finding => {
    const entry = pairs.get(finding)
    const flow = flows.get(finding.fingerprint)
    if (entry !== undefined && !canBeKept(finding)) refused += 1
    else if (entry !== undefined && holds(entry, finding, flow)) {
      kept.push(entryOf(finding, flow))
      return finding.suppressed === null ? { ...finding, suppressed } : finding
    }
    return finding.suppressed === null ? { ...finding, cause: causeOf(finding, changed, baseline.made, now) } : finding
  })
  const fixed = gone.map(({ fingerprint, rule, severity, file, what }): GoneFinding => ({
    ...{ fingerprint, rule, severity, file },
    message: { en: what, ja: what },
  }))
  const { code: _, ...made } = baseline.made
  const entries = baseline.entries.length
  return {
    analysis: { ...analysis, findings },
    record: { file: now.file, entries, matched: kept.length, refused, fixed, made, changed },
    kept: kept.sort(byFile),
  }
}

/** By fingerprint; an entry whose file is gone goes with the finding that says the same in a file that has come. */
function pairEntries(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
  exists: (path: string) => boolean,
): { pairs: Map<Finding, BaselineEntry>; gone: BaselineEntry[] } {
  const left = new Map(entries.map((entry) => [entry.fingerprint, entry]))
  const known = new Set(entries.map(({ file }) => file))
  const pairs = new Map<Finding, BaselineEntry>()
  for (const finding of findings) {
    const entry = left.get(finding.fingerprint)
    if (entry === undefined) continue
    pairs.set(finding, entry)
    left.delete(finding.fingerprint)
  }
  const key = (rule: string, what: string, data: readonly string[]) => JSON.stringify([rule, what, data])
  const moved = new Map<string, BaselineEntry[]>()
  for (const entry of left.values()) {
    if (exists(entry.file)) continue
    const at = key(entry.rule, entry.what, entry.data)
    moved.set(at, [...(moved.get(at) ?? []), entry])
  }
  for (const finding of moved.size === 0 ? [] : findings) {
    if (pairs.has(finding) || known.has(finding.file)) continue
    const entry = moved.get(key(finding.rule, finding.message.en, finding.dataClasses))?.shift()
    if (entry === undefined) continue
    pairs.set(finding, entry)
    left.delete(entry.fingerprint)
  }
  return { pairs, gone: [...left.values()] }
}

function holds(entry: BaselineEntry, finding: Finding, flow: FlowRecord | undefined): boolean {
  if (RANK[finding.severity] > RANK[entry.severity]) return false
  const now = sourcesOf(flow)
  if (entry.from.length >= MANY_SOURCES || now.length >= MANY_SOURCES) return true
  // In a file that was renamed, sources are too: only their number by class is compared.
  const isMoved = entry.file !== finding.file
  const plain = (source: string) => (isMoved ? source.slice(0, source.indexOf(' ')) : source)
  const before = entry.from.map(plain)
  return now.map(plain).every((source) => {
    const at = before.indexOf(source)
    if (at >= 0) before.splice(at, 1)
    return at >= 0
  })
}

/** Code that is as it was brings nothing new: then it is what judges it that has changed. */
function causeOf(
  { file, trace, endpoint }: Finding,
  changed: BaselineRecord['changed'],
  made: Made,
  now: Now,
): Finding['cause'] {
  const cause = changed[0]
  if (cause === undefined) return 'code'
  if (made.code === now.made.code) return cause
  const settings = (endpoint?.resolvedFrom ?? []).flatMap((from) => /\(([^()]+?)(?::\d+)?\)$/.exec(from)?.[1] ?? [])
  const files = new Set([file, ...trace.map((step) => step.file), ...settings])
  const same = [...files].map((path) => now.isAsItWas(path))
  if (same.some((one) => one === null)) return null
  return same.every((one) => one === true) ? cause : 'code'
}
