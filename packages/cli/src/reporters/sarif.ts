/**
 * SARIF 2.1.0, for GitHub code scanning and every other reader of it. Traces are code flows, one thread flow a data class; gaps
 * are notifications of the invocation; what an exception allows is a suppressed result.
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
import type { Locale } from '../locale.js'
import { safeJson, visible } from '../sanitize.js'
import { lineHashes } from './line-hash.js'
import type { ReportContext, Reporter } from './reporter.js'
import { ruleTexts } from './rule-texts.js'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const SRCROOT = '%SRCROOT%'
const LEVELS = { error: 'error', warn: 'warning', note: 'note' } as const
/** GitHub's scale: above 7 high, above 4 medium. */
const SECURITY_SEVERITY = { error: '8.0', warning: '5.0', note: '2.0' } as const
const PRECISION = { certain: 'very-high', likely: 'high', possible: 'medium' } as const

export const sarif: Reporter = {
  id: 'sarif',
  render: (report, context) => `${safeJson(toLog(report, context))}\n`,
}

function toLog(report: Report, context: ReportContext): Log {
  const { locale } = context
  const hashes = hashesByFile(report, context)
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
        automationDetails: { id: 'sekisho/' },
        originalUriBaseIds: { [SRCROOT]: { description: { text: 'The scanned directory' } } },
        invocations: [
          {
            executionSuccessful: report.run.complete,
            toolExecutionNotifications: report.gaps.map((gap) => notification(gap, locale)),
          },
        ],
        ...(report.run.commit === null ? {} : { properties: { commit: report.run.commit } }),
        results: report.findings.map((finding) => result(finding, locale, hashes)),
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
    properties: { tags: ['security', 'privacy', 'data-residency'], 'security-severity': SECURITY_SEVERITY[severity] },
  }
}

function result(finding: Finding, locale: Locale, hashes: ReadonlyMap<string, ReadonlyMap<number, string>>): Result {
  const hash = hashes.get(finding.file)?.get(finding.line)
  return {
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: `${plain(finding.message[locale])}\n\n${plain(finding.remedy[locale])}` },
    locations: [{ physicalLocation: physical(finding.file, finding) }],
    ...(finding.trace.length > 0 ? { codeFlows: codeFlows(finding.trace, locale) } : {}),
    partialFingerprints: {
      ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
      'sekishoFlow/v1': finding.fingerprint,
    },
    baselineState: undefined,
    suppressions: finding.suppressed === null ? [] : [suppression(finding.suppressed)],
    properties: {
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
function codeFlows(trace: readonly TraceStep[], locale: Locale): CodeFlow[] {
  const paths = new Map<string, TraceStep[]>()
  for (const step of trace) {
    const key = step.dataClass ?? ''
    paths.set(key, [...(paths.get(key) ?? []), step])
  }
  const threadFlows = [...paths].map(([dataClass, steps]) => ({
    ...(dataClass === '' ? {} : { id: dataClass }),
    locations: steps.map((step) => ({ location: stepLocation(step, locale) })),
  }))
  return [{ threadFlows }]
}

function stepLocation(step: TraceStep, locale: Locale): Location {
  const { file, line, column, label, labelJa } = step
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
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

function notification(gap: GapRecord, locale: Locale): Notification {
  const region = gap.line === null ? {} : { region: { startLine: gap.line, startColumn: gap.column ?? 1 } }
  return {
    level: gap.relevant ? 'error' : 'note',
    descriptor: { id: `gap/${gap.kind}` },
    message: { text: `${plain(gap.file)}: ${plain(gap.reason[locale])}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(gap.file), ...region } }],
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
  return file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: SRCROOT }
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
