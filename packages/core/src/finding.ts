/**
 * The finding and the report: a contract that outside programs read (JSON report version 1).
 * Positions are 1-based, columns in UTF-16 code units; files are relative to the report's root, with '/'.
 */
import type { Region } from './location.js'

export interface Localized {
  en: string
  ja: string
}

export type Severity = 'note' | 'warn' | 'error'
export type Confidence = 'certain' | 'likely' | 'possible'
export type Subject = 'japan' | 'other' | 'unknown'

/** Where data is processed, by whom: decided by contracting entity, then region, then routing. Best to worst. */
export const zones = [
  'edge',
  'domestic',
  'japan-region',
  'japan-cross-region',
  'designated',
  'unknown',
  'foreign',
] as const
export type Zone = (typeof zones)[number]

export const ruleIds = [
  'cross-border-flow',
  'unresolved-endpoint',
  'foreign-endpoint',
  'region-escape',
  'undeclared-residency',
  'personal-data-literal',
  'client-side-ai-call',
  'expired-exception',
  'unused-exception',
  'overdue-review',
  'malformed-directive',
] as const
export type RuleId = (typeof ruleIds)[number]

export interface TraceStep {
  file: string
  line: number
  column: number
  /** English; what happens here, e.g. `customer.phone (phone)`, `argument prompt of ask()`. */
  label: string
  labelJa: string
  /** Data class whose path this is. */
  dataClass?: string
}

export interface EndpointPlace {
  host: string | null
  region: string | null
  /** In the order consulted: `option baseURL`, `environment OPENAI_BASE_URL (.env.production:3)`, `default of openai`. */
  resolvedFrom: string[]
}

export interface Ground {
  kind: 'statute' | 'guideline' | 'product-policy'
  /** `APPI Art. 28(1)`, `preset localization: basic × foreign` */
  reference: string
}

export interface Suppression {
  /** directive: an inline comment; exception: a policy entry; baseline. */
  kind: 'directive' | 'exception' | 'baseline'
  id: string | null
  reason: string
  approver: string | null
  expiry: string | null
}

export interface Finding extends Region {
  rule: RuleId
  severity: Severity
  confidence: Confidence
  file: string
  dataClasses: string[]
  subject: Subject | null
  party: string | null
  provider: string | null
  zone: Zone | null
  /** ISO 3166 country of the operator, or null. */
  jurisdiction: string | null
  environment: string | null
  endpoint: EndpointPlace | null
  message: Localized
  grounds: Ground[]
  remedy: Localized
  trace: TraceStep[]
  fingerprint: string
  suppressed: Suppression | null
}

/** Data of some classes that can reach an endpoint, with the policy's decision, allowed or not. */
export interface FlowRecord extends Region {
  file: string
  dataClasses: string[]
  subject: Subject
  party: string | null
  confidence: Confidence
  provider: string | null
  zone: Zone
  endpoint: EndpointPlace
  destination: string | null
  decision: 'allow' | Severity | 'never'
  basis: string[] | null
  purpose: string | null
  exception: string | null
  sanitizers: string[]
  fingerprint: string
}

/** An AI endpoint met in the code or config, with or without data. */
export interface EndpointRecord {
  provider: string | null
  zone: Zone
  jurisdiction: string | null
  endpoint: EndpointPlace
  destination: string | null
  places: { file: string; line: number; column: number }[]
}

export interface GapRecord {
  file: string
  line: number | null
  column: number | null
  kind: 'parse' | 'read' | 'cut'
  reason: Localized
  /** Whether the prefilter says that the file could matter. */
  relevant: boolean
}

export interface Report {
  version: 1
  tool: { name: 'sekisho'; version: string; catalogue: string }
  policy: { digest: string; file: string | null; extends: string[] }
  run: {
    root: string
    commit: string | null
    /** Files seen, and those read in full. */
    files: { seen: number; analysed: number; skipped: number }
    excluded: string[]
    complete: boolean
  }
  findings: Finding[]
  flows: FlowRecord[]
  endpoints: EndpointRecord[]
  gaps: GapRecord[]
  summary: {
    findings: { error: number; warn: number; note: number; suppressed: number }
    flows: number
    endpoints: number
    gaps: number
  }
}
