/** The report for people at a terminal: findings by file with frame, path, grounds and remedy; then what was and was not looked at. */
import { zones, type Finding, type GapRecord, type Report, type Severity } from '@sekisho/core'
import { messages, zoneNames } from '../messages.js'
import { safeLines, visible } from '../sanitize.js'
import { createPaint, type Paint } from './paint.js'
import { gateLines } from './terminal-gate.js'
import type { ReportContext, Reporter } from './reporter.js'
import { ShownPaths } from './paths.js'
import { sourcesOf } from './sources.js'
import { findingLines, noteLine } from './terminal-finding.js'
import { verdict } from './verdict.js'

/** So few notes are shown, one line each, where there is nothing else to read. */
const FEW_NOTES = 5
const MAX_IRRELEVANT_GAPS = 5
/** Letters of a fingerprint that tell findings of one repository apart. */
const PREFIX = 10

export const terminal: Reporter = {
  id: 'terminal',
  render(report, context) {
    const paint = createPaint(context.color)
    const lines = [
      ...topLine(report, context, paint),
      ...findings(report, context, paint),
      ...allowed(report, context, paint),
      ...gaps(report, context, paint),
      ...summary(report, context, paint),
    ]
    return `${safeLines(lines.join('\n'))}\n`
  },
}

/** What it comes to, first, where there is more than a screen shows; the whole summary stands last. */
function topLine(report: Report, context: ReportContext, paint: Paint): string[] {
  const { level, text } = verdict(report, context)
  const open = report.findings.filter(({ suppressed }) => suppressed === null)
  if (open.every(({ severity }) => severity === 'note')) return []
  const files = new Set(open.filter(({ severity }) => severity !== 'note').map(({ file }) => file)).size
  const line = `${text[context.locale]} (${messages.inFiles(files)[context.locale]})`
  return [paint.bold(paint.severity(level === 'error' ? 'error' : 'warn', line)), '']
}

/** Files with errors come first. */
const severities: readonly Finding['severity'][] = ['error', 'warn', 'note']

function findings(report: Report, context: ReportContext, paint: Paint): string[] {
  const all = { report, paths: new ShownPaths(), sources: sourcesOf(context) }
  const open = report.findings.filter(({ suppressed }) => suppressed === null)
  const isShown = ({ severity }: Finding) => severity !== 'note' || context.notes || context.verbose
  const shown = open.filter(isShown)
  const notes = open.filter((finding) => !isShown(finding))
  const lines: string[] = []
  let file: string | null = null
  const worst = new Map<string, number>()
  for (const { file: at, severity } of shown) worst.set(at, Math.min(worst.get(at) ?? 2, severities.indexOf(severity)))
  const byWorst = (a: Finding, b: Finding) => worst.get(a.file)! - worst.get(b.file)! || byPlace(a, b)
  for (const finding of [...shown].sort(byWorst)) {
    if (finding.file !== file) lines.push(paint.bold(paint.underline(visible(finding.file))), '')
    file = finding.file
    const more = messages.more(finding.fingerprint.slice(0, PREFIX))[context.locale]
    lines.push(...findingLines(finding, context, paint, all), `    ${paint.dim(more)}`, '')
  }
  if (notes.length === 0) return lines
  if (shown.length === 0 && notes.length <= FEW_NOTES) {
    return [...lines, ...[...notes].sort(byPlace).map((note) => noteLine(note, context, paint)), '']
  }
  return [...lines, paint.dim(messages.hiddenNotes(notes.length)[context.locale]), '']
}

/** What is allowed is listed for those who ask for everything. */
function allowed(report: Report, { locale, notes, verbose }: ReportContext, paint: Paint): string[] {
  const suppressed = report.findings.filter((finding) => finding.suppressed !== null).sort(byPlace)
  if (suppressed.length === 0 || !(notes || verbose)) return []
  const lines = suppressed.map(({ file, line, column, rule, suppressed: by }) => {
    const why = messages.allowedBy(by!.kind, by!.id, by!.reason)[locale]
    return `  ${visible(file)}:${line}:${column}  ${rule}  ${visible(why)}`
  })
  return [paint.bold(messages.allowed[locale]), ...lines, '']
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1)
}

/** What can't hide a flow is counted; what can is named, every one. */
function gaps({ gaps: all }: Report, { locale, verbose }: ReportContext, paint: Paint): string[] {
  if (all.length === 0) return []
  const relevant = all.filter((gap) => gap.relevant)
  const rest = all.filter((gap) => !gap.relevant)
  const named = verbose ? rest : rest.slice(0, MAX_IRRELEVANT_GAPS)
  const line = (gap: GapRecord) => {
    const place = visible(gap.file) + (gap.line === null ? '' : `:${gap.line}:${gap.column ?? 1}`)
    const mark = gap.relevant ? paint.yellow(` [${messages.relevantGap[locale]}]`) : ''
    return `  ${place}  ${visible(gap.reason[locale])}${mark}`
  }
  return [
    paint.bold(paint.yellow(messages.gaps(all.length, relevant.length)[locale])),
    ...[...relevant, ...named].map(line),
    ...(named.length < rest.length ? [`  ${messages.moreGaps(rest.length - named.length)[locale]}`] : []),
    '',
  ]
}

function summary(report: Report, context: ReportContext, paint: Paint): string[] {
  const { locale } = context
  const { error, warn, note, suppressed } = report.summary.findings
  const allowed = report.flows.filter(({ decision }) => decision === 'allow').length
  const worst: Severity | null = error > 0 ? 'error' : warn > 0 ? 'warn' : null
  const title = messages.findings(error, warn, note, suppressed)[locale]
  const policy = report.policy.file === null ? null : visible(report.policy.file)
  const lines = [
    paint.bold(worst === null ? (context.isIncomplete ? title : paint.green(title)) : paint.severity(worst, title)),
    messages.flows(allowed, report.flows.length)[locale],
    messages.endpoints(report.endpoints.length, endpointsByZone(report, context))[locale],
    messages.files(report.run.files.seen, report.run.files.analysed)[locale],
    messages.policy(policy, report.policy.extends.map(visible).join(', '))[locale],
  ]
  lines.push(...gateLines(report, locale, paint))
  if (report.run.excluded.length > 0) lines.push(messages.excluded(report.run.excluded.map(visible).join(', '))[locale])
  if (context.isIncomplete) lines.push(paint.bold(paint.severity('error', messages.incomplete[locale])))
  return lines
}

function endpointsByZone({ endpoints }: Report, { locale }: ReportContext): string {
  return zones
    .map((zone) => ({ zone, count: endpoints.filter((endpoint) => endpoint.zone === zone).length }))
    .filter(({ count }) => count > 0)
    .map(({ zone, count }) => `${zoneNames[zone][locale]} ${count}`)
    .join(', ')
}
