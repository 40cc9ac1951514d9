/** A policy as it is written: the shape that data/policy.schema.json has let through. */
import type { Level, Row } from '../catalog/catalogue.js'
import type { RuleId, Severity, Subject, Zone } from '../finding.js'
import type { FloorPermit } from './policy.js'

type OneOrMore<T extends string> = T | T[]

export interface WrittenCell {
  data: OneOrMore<string>
  zone: OneOrMore<Zone>
  level: Level
  unless?: string[][]
  requires?: string[]
  exception?: boolean
  reason?: string
}

export interface WrittenRule extends Partial<WrittenCell> {
  level: Level
  rule?: RuleId
}

export interface WrittenGuard {
  call?: string
  from?: string
  member?: string
  values?: string[]
  then: Subject
  else?: Subject
}

export interface WrittenBasis {
  all: string[]
  data?: string[]
  purpose?: string
  country?: string
  document?: string
  reviewBy?: string
}

export interface WrittenDestination {
  provider?: string
  match?: { hosts?: string[]; accounts?: string[]; models?: string[] }
  paths?: string[]
  zone?: Zone
  evidence?: Record<string, unknown>
  contract?: Record<string, unknown>
  bases?: WrittenBasis[]
  data?: string[]
}

export interface WrittenSanitizer {
  import?: string
  name: string
  argument?: number
  removes?: string[]
  becomes?: 'pseudonymised'
  evidence?: string
}

export interface WrittenException {
  id: string
  rule: RuleId
  path?: string
  data?: string[]
  destination?: string
  fingerprint?: string
  reason: string
  requester?: string
  approver: string
  ticket?: string
  expiry: string
}

export interface WrittenPolicy {
  version: 1
  extends?: OneOrMore<string>
  locale?: 'en' | 'ja'
  gate?: {
    failOn?: Severity
    gaps?: 'fail' | 'relevant' | 'allow'
    exceptionMaxDays?: number
    approvers?: string[]
    observeUntil?: string
    separateApprover?: boolean
    warnDays?: number
  }
  subjects?: { default?: 'japan' | 'other'; guards?: WrittenGuard[] }
  data?: {
    entities?: Record<string, { party?: string; fields?: Record<string, string> }>
    classes?: Record<string, { row?: Row; names?: string[]; labels?: string[] }>
    notPersonal?: string[]
  }
  sanitizers?: WrittenSanitizer[]
  environments?: Record<string, string[]>
  destinations?: Record<string, WrittenDestination>
  rules?: WrittenRule[]
  exceptions?: WrittenException[]
  exceptionFiles?: string[]
  overrides?: { paths: string[]; rules: WrittenCell[] }[]
  exclude?: string[]
  floor?: { permits?: FloorPermit[] }
}
