/**
 * The baseline: findings that were there when a team began, each under its fingerprint with what a reviewer must know of it. It marks
 * exactly those: not worse ones, not ones with more sources, nothing that the policy never allows. One entry a line, in the order of
 * files, so that a diff shows what was taken in or out.
 */
import { ruleIds, type Analysis, type Finding, type FlowRecord, type RuleId, type Severity } from '@sekisho/core'
import { Mistake } from '@sekisho/files'
import { gateMessages } from './gate-messages.js'

export const BASELINE_NAME = 'sekisho-baseline.json'

export interface BaselineEntry {
  fingerprint: string
  rule: RuleId
  severity: Severity
  file: string
  data: string[]
  /** In words, in English. */
  what: string
  /** Where the data comes from, each as often as it does: `phone src/send.ts`. */
  from: string[]
}

export interface Made {
  day: string | null
  commit: string | null
  engine: string
  catalogue: string
  policy: string
  /** Of all that was analysed. */
  code: string
}

export interface Baseline {
  made: Made
  entries: BaselineEntry[]
}

const RANK: Readonly<Record<Severity, number>> = { note: 0, warn: 1, error: 2 }

/** Findings about the policy itself are mended, not kept. */
const NEVER_KEPT: ReadonlySet<RuleId> = new Set([
  'expired-exception',
  'unused-exception',
  'overdue-review',
  'malformed-directive',
])

export function baselineOf(analysis: Analysis, made: Made, least: Severity): Baseline {
  const flows = new Map(analysis.flows.map((flow) => [flow.fingerprint, flow]))
  const entries = analysis.findings
    .filter((finding) => canBeKept(finding) && RANK[finding.severity] >= RANK[least])
    .filter(({ suppressed }) => suppressed === null || suppressed.kind === 'baseline')
    .map((finding) => entryOf(finding, flows.get(finding.fingerprint)))
  return { made, entries: entries.sort(byFile) }
}

export function canBeKept({ never, rule }: Finding): boolean {
  return !never && !NEVER_KEPT.has(rule)
}

export function entryOf(
  { fingerprint, rule, severity, file, dataClasses, message }: Finding,
  flow?: FlowRecord,
): BaselineEntry {
  return { fingerprint, rule, severity, file, data: dataClasses, what: message.en, from: sourcesOf(flow) }
}

export function sourcesOf(flow: FlowRecord | undefined): string[] {
  return (flow?.classes ?? [])
    .flatMap(({ dataClass, sources }) => sources.map(({ file }) => `${dataClass} ${file}`))
    .sort()
}

export function byFile(a: BaselineEntry, b: BaselineEntry): number {
  const key = ({ file, rule, fingerprint }: BaselineEntry) => `${file}\0${rule}\0${fingerprint}`
  return key(a) < key(b) ? -1 : 1
}

export function writeBaseline({ made, entries }: Baseline): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`)
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "version": 1,\n  "made": ${JSON.stringify(made)},\n  "entries": ${list}\n}\n`
}

/** Anything that is not a baseline is the user's mistake: read in part, it would hide what it does not say. */
export function readBaseline(text: string, file: string): Baseline {
  const wrong = (why: string) => new Mistake(gateMessages.badBaseline(file, why))
  let value: Partial<Baseline> & { version?: unknown }
  try {
    value = JSON.parse(text) as typeof value
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  if (typeof value !== 'object' || value === null || value.version !== 1) throw wrong('no "version": 1')
  if (!Array.isArray(value.entries)) throw wrong('no "entries"')
  const seen = new Set<string>()
  value.entries.forEach((entry, at) => {
    if (!isEntry(entry)) throw wrong(`entries[${at}]`)
    if (seen.has(entry.fingerprint)) throw wrong(`entries[${at}]: ${entry.fingerprint} stands twice`)
    seen.add(entry.fingerprint)
  })
  const made = (typeof value.made === 'object' && value.made !== null ? value.made : {}) as Partial<Made>
  const text1 = (one: unknown) => (typeof one === 'string' ? one : '')
  const { engine, catalogue, policy, code } = made
  return {
    made: {
      ...{ day: text1(made.day) || null, commit: text1(made.commit) || null },
      ...{ engine: text1(engine), catalogue: text1(catalogue), policy: text1(policy), code: text1(code) },
    },
    entries: value.entries,
  }
}

function isEntry(entry: unknown): entry is BaselineEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { fingerprint, rule, severity, file, what, data, from } = entry as Partial<BaselineEntry>
  const areTexts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string')
  return (
    [fingerprint, file, what].every((one) => typeof one === 'string') &&
    ruleIds.includes(rule as RuleId) &&
    Object.hasOwn(RANK, String(severity)) &&
    areTexts(data) &&
    areTexts(from)
  )
}
