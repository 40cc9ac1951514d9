/**
 * SARIF 2.1.0, for GitHub code scanning and every other reader of it. Traces are code flows, one thread flow a data class; gaps
 * are notifications of the invocation; what an exception allows is a suppressed result, and a note, since GitHub does not
 * read suppressions. Severity stands at the result, never at the rule: one rule's findings are of all severities.
 */
import { ruleIds, type Finding, type GapRecord, type Report, type TraceStep } from '@sekisho/core'
import type {
  CodeFlow,
  Location,
  Log,
  Notification,
  PhysicalLocation,
  ReportingDescriptor,
  Result,
  Suppression,
} from 'sarif'
import { isRooted } from '@sekisho/files'
import type { Locale } from '../locale.js'
import { safeJson, visible } from '../sanitize.js'
import { lineHashes } from './line-hash.js'
import { pathsOf } from './paths.js'
import { ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { ReportContext, Reporter } from './reporter.js'
import { ruleTexts } from './rule-texts.js'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const SRCROOT = '%SRCROOT%'
const LEVELS = { error: 'error', warn: 'warning', note: 'note' } as const
/** GitHub takes this many results of a run, and this many steps of one; what is over that is said to be left out. */
const MAX_RESULTS = 25_000
const MAX_STEPS = 1000
/** Of all results together, so that a report stays within ten megabytes when compressed; the gravest results keep theirs. */
const MOST_STEPS = 200_000
const PRECISION = { certain: 'very-high', likely: 'high', possible: 'medium' } as const

export const sarif: Reporter = {
  id: 'sarif',
  render: (report, context) => `${safeJson(toLog(report, context), 0)}\n`,
}

function toLog(report: Report, context: ReportContext): Log {
  const { locale } = context
  const hashes = hashesByFile(report, context)
  const findings = ordered(report)
  const omitted = Math.max(0, findings.length - MAX_RESULTS)
  const notifications = report.gaps.map((gap) => notification(report, gap, locale))
  if (omitted > 0) notifications.unshift(omission(omitted, locale))
  const results = findings.slice(0, MAX_RESULTS).map((finding) => result(report, finding, locale, hashes))
  const cut = withoutLastFlows(results)
  if (cut > 0) notifications.unshift(shortened(cut, locale))
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Sekisho',
            semanticVersion: report.tool.version,
            language: locale,
            rules: ruleIds.map((id) => descriptor(id, locale)),
          },
        },
        language: locale,
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: report.run.root === '.' ? 'sekisho/' : `sekisho/${report.run.root}/` },
        originalUriBaseIds: { [SRCROOT]: { description: { text: 'The repository' } } },
        invocations: [
          {
            executionSuccessful: report.run.complete,
            toolExecutionNotifications: notifications,
          },
        ],
        ...(report.run.commit === null ? {} : { properties: { commit: report.run.commit } }),
        results,
      },
    ],
  }
}

function descriptor(id: (typeof ruleIds)[number], locale: Locale): ReportingDescriptor {
  const { short, full, help, severity } = ruleTexts[id]
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: short[locale] },
    fullDescription: { text: full[locale] },
    help: { text: `${help.en}\n\n${help.ja}`, markdown: `${help.en}\n\n${help.ja}` },
    defaultConfiguration: { level: severity },
    properties: { tags: ['security', 'privacy', 'data-residency'] },
  }
}

function omission(count: number, locale: Locale): Notification {
  const text = {
    en: `${count} results are left out: GitHub takes ${MAX_RESULTS}. The JSON report has them all.`,
    ja: `${count} 件を省略しました(GitHub の上限は ${MAX_RESULTS} 件)。すべては JSON レポートにあります。`,
  }[locale]
  return { level: 'warning', descriptor: { id: 'omitted' }, message: { text } }
}

/** Takes the paths from the last results once the first have used up what there is; how many lost theirs. */
function withoutLastFlows(results: Result[]): number {
  let steps = 0
  let cut = 0
  for (const each of results) {
    const flows = each.codeFlows?.flatMap(({ threadFlows }) => threadFlows) ?? []
    steps += flows.reduce((sum, { locations }) => sum + locations.length, 0)
    if (steps <= MOST_STEPS || flows.length === 0) continue
    delete each.codeFlows
    cut++
  }
  return cut
}

function shortened(count: number, locale: Locale): Notification {
  const text = {
    en: `The paths of ${count} results are left out for size. The JSON report has them all.`,
    ja: `${count} 件の経路を省略しました(大きさの制限)。すべては JSON レポートにあります。`,
  }[locale]
  return { level: 'warning', descriptor: { id: 'shortened' }, message: { text } }
}

function result(
  report: Report,
  finding: Finding,
  locale: Locale,
  hashes: ReadonlyMap<string, ReadonlyMap<number, string>>,
): Result {
  const hash = hashes.get(finding.file)?.get(finding.line)
  return {
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: finding.suppressed === null ? LEVELS[finding.severity] : 'note',
    message: { text: `${plain(finding.message[locale])}\n\n${plain(finding.remedy[locale])}` },
    locations: [{ physicalLocation: physical(inRepository(report, finding.file), finding) }],
    ...(finding.trace.length > 0 ? { codeFlows: codeFlows(report, finding.trace, locale) } : {}),
    partialFingerprints: {
      ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
      'sekishoFlow/v1': finding.fingerprint,
    },
    suppressions: finding.suppressed === null ? [] : [suppression(finding.suppressed)],
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      precision: PRECISION[finding.confidence],
      dataClasses: finding.dataClasses,
      provider: finding.provider,
      zone: finding.zone,
      jurisdiction: finding.jurisdiction,
      environment: finding.environment,
      grounds: finding.grounds.map(({ kind, reference }) => `${kind}: ${reference}`),
    },
  }
}

/** One code flow, a thread flow for each data class's path. */
function codeFlows(report: Report, trace: readonly TraceStep[], locale: Locale): CodeFlow[] {
  const threadFlows = pathsOf(trace).map(({ dataClass, steps }) => ({
    ...(dataClass === '' ? {} : { id: dataClass }),
    locations: steps.slice(0, MAX_STEPS).map((step) => ({ location: stepLocation(report, step, locale) })),
  }))
  return [{ threadFlows }]
}

function stepLocation(report: Report, step: TraceStep, locale: Locale): Location {
  const { file, line, column, label, labelJa } = step
  return {
    physicalLocation: {
      artifactLocation: artifact(inRepository(report, file)),
      region: { startLine: line, startColumn: column },
    },
    message: { text: plain(locale === 'ja' ? labelJa : label) },
  }
}

function suppression({ kind, id, reason, approver, expiry }: NonNullable<Finding['suppressed']>): Suppression {
  return {
    kind: kind === 'directive' ? 'inSource' : 'external',
    status: 'accepted',
    justification: visible(reason),
    properties: { kind, id, approver, expiry },
  }
}

function notification(report: Report, gap: GapRecord, locale: Locale): Notification {
  const region = gap.line === null ? {} : { region: { startLine: gap.line, startColumn: gap.column ?? 1 } }
  return {
    level: gap.relevant ? 'error' : 'note',
    descriptor: { id: `gap/${gap.kind}` },
    message: { text: `${plain(gap.file)}: ${plain(gap.reason[locale])}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(inRepository(report, gap.file)), ...region } }],
  }
}

function physical(file: string, { line, column, endLine, endColumn }: Finding): PhysicalLocation {
  return {
    artifactLocation: artifact(file),
    region: { startLine: line, startColumn: column, endLine, endColumn },
  }
}

/** A policy that the user keeps outside the repository has an absolute path. */
function artifact(file: string): { uri: string; uriBaseId?: string } {
  const uri = file.split('/').map(encodeSegment).join('/')
  return isRooted(file) ? { uri: `file://${uri.startsWith('/') ? '' : '/'}${uri}` } : { uri, uriBaseId: SRCROOT }
}

/** Percent-encoded as RFC 3986 asks; half a surrogate pair can't be a part of a URI. */
function encodeSegment(segment: string): string {
  const encoded = encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** SARIF reads `[text](id)` in messages as links: brackets are escaped, so is what a terminal would act upon. */
function plain(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\\[\]]/g, '\\$&')
}

function hashesByFile(report: Report, context: ReportContext): Map<string, Map<number, string>> {
  const lines = new Map<string, Set<number>>()
  for (const { file, line } of report.findings) lines.set(file, (lines.get(file) ?? new Set()).add(line))
  const hashes = new Map<string, Map<number, string>>()
  for (const [file, wanted] of lines) {
    const text = context.text(file)
    if (text !== null) hashes.set(file, lineHashes(text, wanted))
  }
  return hashes
}
