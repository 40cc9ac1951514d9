/** The engine's analysis as the report: paths relative to the directory asked for, only what was asked for, counted. */
import { posix } from 'node:path'
import type {
  Analysis,
  BaselineRecord,
  Catalogue,
  Comparison,
  EndpointPlace,
  Finding,
  FlowRecord,
  GateRecord,
  Localized,
  Policy,
  Report,
  RuleId,
} from '@sekisho/core'
import { isInScope, isRooted } from '@sekisho/files'
import { factsOf, referenceOf } from './reference.js'

export interface ReportFacts {
  policy: Policy
  catalogue: Catalogue
  version: string
  /** How the report names the scanned directory. */
  root: string
  commit: string | null
  today: string | null
  /** Of all that was analysed. */
  digest: string
  files: Report['run']['files']
  /** Directory of the report, relative to the program's root; '' where they are the same. */
  directory: string
  scope: readonly string[] | null
  /** Whether a gap in this file can matter to what was asked for. */
  concerns(path: string): boolean
  gate: GateRecord
  notices: Localized[]
  comparison: Comparison | null
  baseline: BaselineRecord | null
}

/** Rules about the policy itself: they stand in its file, which is part of every scan. */
const POLICY_RULES: ReadonlySet<RuleId> = new Set(['expired-exception', 'unused-exception', 'overdue-review'])

export function toReport(analysis: Analysis, facts: ReportFacts): Report {
  const { scope, policy } = facts
  const inScope = (path: string) => isInScope(path, scope)
  const rebase = (path: string) =>
    facts.directory === '' || isRooted(path) ? path : posix.relative(facts.directory, path)
  const place = (endpoint: EndpointPlace) => rebasedPlace(endpoint, facts.directory, rebase)
  const findings = analysis.findings
    .filter(
      ({ file, trace, rule }) => POLICY_RULES.has(rule) || inScope(file) || trace.some((step) => inScope(step.file)),
    )
    .map((finding) => rebasedFinding(finding, rebase, place))
  const fingerprints = new Set(findings.map(({ fingerprint }) => fingerprint))
  const flows = analysis.flows
    .filter(({ file, fingerprint }) => inScope(file) || fingerprints.has(fingerprint))
    .map((flow) => rebasedFlow(flow, rebase, place))
  const endpoints = analysis.endpoints
    .map((record) => ({
      ...record,
      endpoint: place(record.endpoint),
      places: record.places.filter(({ file }) => inScope(file)).map((at) => ({ ...at, file: rebase(at.file) })),
    }))
    .filter((record) => scope === null || record.places.length > 0)
  const gaps = analysis.gaps
    .filter(({ file }) => inScope(file) || facts.concerns(file))
    .map((gap) => ({ ...gap, file: rebase(gap.file) }))
    .sort((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1))
  const open = findings.filter(({ suppressed }) => suppressed === null)
  const count = (severity: Finding['severity']) => open.filter((finding) => finding.severity === severity).length
  return {
    version: 1,
    tool: {
      name: 'sekisho',
      version: facts.version,
      catalogue: facts.catalogue.version,
      facts: factsOf(facts.catalogue),
    },
    policy: {
      digest: policy.digest,
      file: policy.file === null ? null : rebase(policy.file),
      extends: policy.extends,
    },
    run: {
      root: facts.root,
      commit: facts.commit,
      today: facts.today,
      digest: facts.digest,
      files: facts.files,
      excluded: policy.exclude,
      complete: !gaps.some(({ relevant }) => relevant),
      notices: facts.notices,
    },
    gate: facts.gate,
    comparison: withFixed(facts.comparison, rebase),
    baseline: withFixed(
      facts.baseline === null ? null : { ...facts.baseline, file: rebase(facts.baseline.file) },
      rebase,
    ),
    findings,
    flows,
    endpoints,
    gaps,
    reference: referenceOf(facts.catalogue, policy, { findings, flows, endpoints }, facts.today, rebase),
    summary: {
      findings: {
        error: count('error'),
        warn: count('warn'),
        note: count('note'),
        suppressed: findings.length - open.length,
      },
      flows: flows.length,
      endpoints: endpoints.length,
      gaps: gaps.length,
    },
  }
}

function withFixed<T extends Pick<Comparison, 'fixed'>>(record: T | null, rebase: (path: string) => string): T | null {
  return record === null
    ? null
    : { ...record, fixed: record.fixed.map((gone) => ({ ...gone, file: rebase(gone.file) })) }
}

function rebasedFinding(
  finding: Finding,
  rebase: (path: string) => string,
  place: (endpoint: EndpointPlace) => EndpointPlace,
): Finding {
  return {
    ...finding,
    file: rebase(finding.file),
    endpoint: finding.endpoint === null ? null : place(finding.endpoint),
    trace: finding.trace.map((step) => ({ ...step, file: rebase(step.file) })),
  }
}

function rebasedFlow(
  flow: FlowRecord,
  rebase: (path: string) => string,
  place: (endpoint: EndpointPlace) => EndpointPlace,
): FlowRecord {
  const classes = flow.classes.map((one) => ({
    ...one,
    source: one.source === null ? null : { ...one.source, file: rebase(one.source.file) },
    sources: one.sources.map((source) => ({ ...source, file: rebase(source.file), via: source.via.map(rebase) })),
  }))
  return { ...flow, file: rebase(flow.file), endpoint: place(flow.endpoint), classes }
}

/** `environment OPENAI_BASE_URL (apps/web/.env:3)` names a file, too. */
function rebasedPlace(endpoint: EndpointPlace, directory: string, rebase: (path: string) => string): EndpointPlace {
  if (directory === '') return endpoint
  const resolvedFrom = endpoint.resolvedFrom.map((from) =>
    from.replace(/^(environment .*)\(([^()]+?)((?::\d+)?)\)$/, (_, start: string, path: string, line: string) => {
      return `${start}(${rebase(path)}${line})`
    }),
  )
  return { ...endpoint, resolvedFrom }
}
