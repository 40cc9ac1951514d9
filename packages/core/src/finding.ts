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
  /** The same as Japanese lawyers cite it: `個人情報保護法28条1項`. */
  referenceJa?: string
}

export interface Suppression {
  /** directive: an inline comment; exception: a policy entry; baseline: a file of what was there; base: the commit compared with has it. */
  kind: 'directive' | 'exception' | 'baseline' | 'base'
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
  /** The one that decides the severity comes first. */
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
  /** The policy's `never`: no exception and no baseline may lift it. */
  never: boolean
  /** Of a finding that the baseline does not hold: what brought it. null: not known, or no baseline. */
  cause: 'code' | 'engine' | 'catalogue' | 'policy' | null
  suppressed: Suppression | null
}

/** A legal ground that the policy declares for a destination. */
export interface DeclaredBasis {
  all: string[]
  /** Data class ids or rows; empty: all. */
  data: string[]
  purpose: string | null
  country: string | null
  document: string | null
  reviewBy: string | null
}

/** One class of a flow, judged by itself. */
export interface FlowClass {
  dataClass: string
  /** The line of the policy's tables that judged it. */
  row: string
  subject: Subject
  party: string | null
  confidence: Confidence
  decision: 'allow' | Severity | 'never'
  /** The basis that lowered the decision, if one did. */
  basis: DeclaredBasis | null
  sanitizers: string[]
  /** Where the data enters. */
  source: TraceStep | null
  /** Every place met where data of the class that is not allowed here enters; some at most. */
  sources: FlowSource[]
}

/** A source, with the files that its path passes through. */
export interface FlowSource extends TraceStep {
  via: string[]
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
  /** ISO 3166 country of the operator, or null. */
  jurisdiction: string | null
  environment: string | null
  model: string | null
  /** What is called, as written: `responses.create`; and what it is for: `chat`. */
  call: { name: string; purpose: string }
  /** Each class by itself, the one that decides first. */
  classes: FlowClass[]
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
  /** The commit compared with has it too, in a file that has not changed: it does not stop the gate. */
  known?: boolean
}

/** What the catalogue says of a data class that the report names. */
export interface DataClassRecord {
  id: string
  name: Localized
  row: string
  law: Ground[]
}

/** What the catalogue says of a provider that the report names: the brand's operator, not the contract's party. */
export interface ProviderRecord {
  id: string
  name: Localized
  operator: string
  jurisdiction: string | null
  /** Day on which the facts were compared with their sources. */
  checked: string
}

/** A country that the report names. `system`: `designated` under APPI Art. 28; `surveyed`: the PPC has published a survey of its system. */
export interface CountryRecord {
  code: string
  system: 'home' | 'designated' | 'surveyed' | 'unknown'
}

/** A destination as the policy declares it. */
export interface DestinationRecord {
  id: string
  provider: string | null
  zone: Zone | null
  hosts: string[]
  accounts: string[]
  models: string[]
  paths: string[]
  data: string[] | null
  evidence: Readonly<Record<string, unknown>>
  contract: Readonly<Record<string, unknown>>
  bases: DeclaredBasis[]
  file: string
  line: number
}

/** An exception as the policy states it, on the day of the run. */
export interface ExceptionRecord {
  id: string
  rule: RuleId
  path: string | null
  data: string[]
  destination: string | null
  fingerprint: string | null
  reason: string
  requester: string | null
  approver: string
  ticket: string | null
  expiry: string
  expired: boolean
  /** Whether it allows a finding of this report. */
  used: boolean
  file: string
  line: number
}

export interface SanitizerRecord {
  name: string
  import: string | null
  removes: string[]
  becomes: string | null
  evidence: string
}

/** What the other parts of the report refer to by id. */
export interface Reference {
  dataClasses: DataClassRecord[]
  providers: ProviderRecord[]
  countries: CountryRecord[]
  /** All that the policy declares, met or not. */
  destinations: DestinationRecord[]
  exceptions: ExceptionRecord[]
  sanitizers: SanitizerRecord[]
}

/** What a finding that is gone was. */
export interface GoneFinding {
  fingerprint: string
  rule: RuleId
  severity: Severity
  file: string
  message: Localized
}

/** A change of the policy between two commits: `exceptions/EX-014`, `cells/basic × foreign`. */
export interface PolicyChange {
  what: 'added' | 'removed' | 'changed'
  entry: string
  /** As it was and as it is, in short. */
  before: string | null
  after: string | null
}

/** A run that compared two whole programs. */
export interface Comparison {
  kind: 'staged' | 'since'
  /** The commit compared with; null: there is none before. */
  base: string | null
  /** Whose policy and exceptions judged. */
  policyFrom: 'base' | 'head'
  policyChanges: PolicyChange[]
  new: number
  known: number
  fixed: GoneFinding[]
}

/** A run with a baseline. */
export interface BaselineRecord {
  file: string
  entries: number
  matched: number
  /** Entries that hold nothing: no baseline lifts `never`. */
  refused: number
  /** In the baseline, but no longer found. */
  fixed: GoneFinding[]
  /** When and with what it was made. */
  made: { day: string | null; commit: string | null; engine: string; catalogue: string; policy: string }
  /** What has changed since then, besides the code. */
  changed: ('engine' | 'catalogue' | 'policy')[]
}

/** What decides the exit code. */
export interface GateRecord {
  failOn: Severity | 'never'
  gaps: 'fail' | 'relevant' | 'allow'
  /** The policy's rollout: until this day findings are observed and fail nothing; null: the gate holds. */
  observedUntil: string | null
}

export interface Report {
  version: 1
  tool: {
    name: 'sekisho'
    version: string
    catalogue: string
    /** Days on which the catalogue's facts about providers were checked: the oldest and the newest. */
    facts: { oldest: string; newest: string }
  }
  policy: { digest: string; file: string | null; extends: string[] }
  run: {
    root: string
    commit: string | null
    /** The day, in Asia/Tokyo, by which expiries and reviews were judged. */
    today: string | null
    /** SHA-256 over the paths and texts of all that was analysed. */
    digest: string
    /** Files seen, and those read in full. */
    files: { seen: number; analysed: number; skipped: number }
    excluded: string[]
    complete: boolean
    /** What makes this run say less than it seems to: no file matched, the policy speaks of none of them. */
    notices: Localized[]
  }
  gate: GateRecord
  comparison: Comparison | null
  baseline: BaselineRecord | null
  findings: Finding[]
  flows: FlowRecord[]
  endpoints: EndpointRecord[]
  gaps: GapRecord[]
  reference: Reference
  summary: {
    findings: { error: number; warn: number; note: number; suppressed: number }
    flows: number
    endpoints: number
    gaps: number
  }
}
