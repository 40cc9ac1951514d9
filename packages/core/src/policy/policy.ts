/**
 * The policy: what a user's `sekisho.yaml` says, resolved with its presets. Deny by default: what no cell allows is a finding.
 * It decides (data class × endpoint) and knows nothing of code, files or clocks: dates are given.
 */
import type { Level, Row } from '../catalog/catalogue.js'
import type { Confidence, Ground, RuleId, Severity, Subject, Zone } from '../finding.js'
import type { Region } from '../location.js'

/** Where a policy entry was written. */
export interface Origin extends Region {
  file: string
}

export interface Gate {
  failOn: Severity
  gaps: 'fail' | 'relevant' | 'allow'
  exceptionMaxDays: number | null
  approvers: string[]
  /** Rollout: until this day findings fail nothing. */
  observeUntil: string | null
  /** Whether an exception must name a requester who is not its approver. */
  separateApprover: boolean
  /** How many days before an expiry or a review the report says so. */
  warnDays: number
}

/** What a repository under a floor may declare itself. */
export const floorPermits = ['destinations', 'exceptions', 'sanitizers', 'guards', 'exclude', 'notPersonal'] as const
export type FloorPermit = (typeof floorPermits)[number]

/** A predicate or a test that tells the subject. */
export interface Guard {
  /** Function name, with the module it comes from (path relative to the policy's root, or package), if given. */
  call: string | null
  from: string | null
  /** Or a member and the values that mean `then`. */
  member: string | null
  values: string[]
  then: Subject
  otherwise: Subject
}

export interface EntityRule {
  name: string
  party: string | null
  /** Field → data class id. */
  fields: Readonly<Record<string, string>>
}

export interface OwnClass {
  id: string
  row: Row
  names: string[]
  labels: string[]
}

export interface Sanitizer {
  import: string | null
  name: string
  argument: number
  removes: string[]
  becomes: 'pseudonymised' | null
  evidence: string
}

export interface Basis {
  all: string[]
  /** Data class ids or rows; empty: all. */
  data: string[]
  purpose: string | null
  country: string | null
  document: string | null
  reviewBy: string | null
  origin: Origin
}

export interface Destination {
  id: string
  provider: string | null
  match: { hosts: string[]; accounts: string[]; models: string[] }
  /** Globs; empty: everywhere. */
  paths: string[]
  zone: Zone | null
  evidence: Readonly<Record<string, unknown>>
  contract: Readonly<Record<string, unknown>>
  bases: Basis[]
  /** Data (classes or rows) that may go there; null: what the cells say. `not-personal` alone: none. */
  data: string[] | null
  origin: Origin
}

export interface Exception {
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
  origin: Origin
}

export interface CellRule {
  /** A class id or a row. */
  data: string
  zone: Zone
  level: Level
  unless: string[][]
  requires: string[]
  exception: boolean
  reason: string | null
  ground: Ground
  origin: Origin | null
  /** The presets and files whose cells it stands among: within one, class before row; over all of them, the strictest. */
  layers: string[]
}

export interface Override {
  paths: string[]
  rules: CellRule[]
  /** A nested policy's: they stand besides the other cells, the strictest wins, instead of replacing them. */
  tightens: boolean
}

/** Data of some rows, held about somebody in this capacity, is judged as another row: a patient's name is health data. */
export interface PartyRow {
  party: string
  rows: Row[]
  as: Row
}

export interface Policy {
  version: 1
  file: string | null
  digest: string
  extends: string[]
  locale: 'en' | 'ja' | null
  gate: Gate
  subjects: { default: 'japan' | 'other'; guards: Guard[] }
  data: { entities: EntityRule[]; classes: OwnClass[]; notPersonal: string[] }
  sanitizers: Sanitizer[]
  /** Environment → globs of the files that set it. */
  environments: Readonly<Record<string, string[]>>
  destinations: Destination[]
  cells: CellRule[]
  /** Rows that swallow a whole object that holds them. */
  absorbs: Row[]
  parties: PartyRow[]
  /** Default severities of rules that no cell decides. */
  rules: Partial<Record<RuleId, Severity>>
  exceptions: Exception[]
  overrides: Override[]
  exclude: string[]
  /** Where it is an organisation's floor; null: what a floor permits by default. */
  permits: FloorPermit[] | null
}

export interface Query {
  dataClass: string
  row: Row
  zone: Zone
  /** File of the sink, relative to the policy's root. */
  path: string
  destination: Destination | null
  confidence: Confidence
  subject: Subject
  party: string | null
  /** Today in Asia/Tokyo, YYYY-MM-DD; null where no clock is given: dates are then not judged. */
  today: string | null
}

export interface Decision {
  level: Level
  /** The basis that lowered the cell, if one did. */
  basis: Basis | null
  grounds: Ground[]
  /** Evidence or contract fields (`auditRight`, `training=false`) that the cell or preset asks for and the destination does not declare. */
  missing: string[]
  /** Whether an exception may lift it. */
  exceptionAllowed: boolean
  /** Why, in words for the message: the cell and its reason. */
  cell: CellRule | null
}
