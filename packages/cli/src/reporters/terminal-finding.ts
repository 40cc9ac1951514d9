/** One finding as lines: what, the frame, the path that proves it, why, and what to do. */
import type { Finding, LineIndex, Report, TraceStep } from '@sekisho/core'
import { groundNames, messages, severityNames, zoneNames } from '../messages.js'
import { visible } from '../sanitize.js'
import { codeFrame, snippet } from './code-frame.js'
import type { Paint } from './paint.js'
import { pathsOf, type Path, type ShownPaths } from './paths.js'
import { className, confidenceNames, groundText, providerName, resolvedText } from './report-words.js'
import type { ReportContext } from './reporter.js'
import { wrap } from './wrap.js'

export type Sources = (file: string) => LineIndex | null

const MIN_WIDTH = 40
/** Of a longer path, the middle is counted: where data enters and where it leaves is what people look for. */
const LONGEST_PATH = 8
const FIRST_STEPS = 3
const LAST_STEPS = 3

/** What all findings of a report share. */
export interface Shown {
  report: Report
  paths: ShownPaths
  sources: Sources
}

export function findingLines(finding: Finding, context: ReportContext, paint: Paint, shown: Shown): string[] {
  const { locale } = context
  const lines = [
    `  ${head(finding, context, paint, shown)}`,
    ...text(finding.message[locale], context),
    ...frame(finding, context, paint, shown.sources),
    ...pathLines(finding, context, paint, shown),
  ]
  if (finding.grounds.length > 0) {
    const grounds = finding.grounds.map(
      (ground) => `${visible(groundText(ground, locale))} (${groundNames[ground.kind][locale]})`,
    )
    lines.push(...labelled(messages.grounds[locale], grounds.join('; '), paint, context))
  }
  if (finding.endpoint !== null) lines.push(...endpointLines(finding, context, paint))
  lines.push(...labelled(messages.confidence[locale], certainty(finding, context, shown), paint, context))
  lines.push(...labelled(messages.remedy[locale], finding.remedy[locale], paint, context))
  return lines
}

/** The class that decides in steps, the others by where they enter; all in full for those who ask. */
function pathLines(
  finding: Finding,
  context: ReportContext,
  paint: Paint,
  { report, paths, sources }: Shown,
): string[] {
  const { locale, verbose } = context
  const [first, ...others] = pathsOf(finding.trace)
  const inFull = verbose ? [first, ...others] : [first]
  const lines = inFull.flatMap((path) => {
    if (path === undefined) return []
    const named = path.dataClass === '' ? null : visible(classWord(report, path.dataClass, context))
    const title = `    ${paint.dim(named === null ? messages.pathPlain[locale] : messages.path(named)[locale])}`
    const before = verbose ? null : paths.before(finding, path)
    if (before !== null) return [`${title}  ${messages.pathBefore(placeOf(before))[locale]}`]
    return [title, ...stepsOf(path, context, paint, sources)]
  })
  if (verbose || others.length === 0) return lines
  return [
    ...lines,
    `    ${paint.dim(messages.otherPaths[locale])}`,
    ...others.map(({ dataClass, steps }) => {
      const step = steps[0]!
      const label = visible(locale === 'ja' ? step.labelJa : step.label)
      return `      ${visible(classWord(report, dataClass, context))}  ${placeOf(step)}  ${label}`
    }),
  ]
}

function stepsOf({ steps }: Path, context: ReportContext, paint: Paint, sources: Sources): string[] {
  const isLong = !context.verbose && steps.length > LONGEST_PATH
  const cut = isLong ? steps.length - FIRST_STEPS - LAST_STEPS : 0
  return steps.flatMap((step, at) => {
    if (isLong && at === FIRST_STEPS) return [`      ${paint.dim(messages.stepsBetween(cut)[context.locale])}`]
    if (isLong && at > FIRST_STEPS && at < steps.length - LAST_STEPS) return []
    const previous = steps[at - 1]
    const isNew = previous === undefined || previous.file !== step.file || previous.line !== step.line
    return stepLines(step, at + 1, isNew, context, paint, sources)
  })
}

/** How sure, and by which class. */
function certainty({ confidence, dataClasses }: Finding, context: ReportContext, { report }: Shown): string {
  const sure = confidenceNames[confidence][context.locale]
  if (dataClasses.length < 2) return sure
  return `${sure}; ${messages.decidedBy(visible(classWord(report, dataClasses[0]!, context)))[context.locale]}`
}

/** Ids in English, which the policy takes; names in Japanese. */
function classWord(report: Report, id: string, { locale }: ReportContext): string {
  return locale === 'ja' ? className(report, id, locale) : id
}

function placeOf({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${visible(file)}:${line}:${column}`
}

/** A note in one line. */
export function noteLine(finding: Finding, { locale }: ReportContext, paint: Paint): string {
  const place = `${visible(finding.file)}:${finding.line}:${finding.column}`
  const what = visible(finding.message[locale])
  return `${paint.severity('note', severityNames.note[locale])}  ${place}  ${what}  ${paint.dim(finding.rule)}`
}

function head(finding: Finding, context: ReportContext, paint: Paint, { report }: Shown): string {
  const { severity, rule, dataClasses, zone, provider } = finding
  const { locale } = context
  const who = locale === 'ja' ? providerName(report, provider, locale) : provider
  const at =
    zone === null ? '' : `${messages.to[locale]} ${zoneNames[zone][locale]}${who === null ? '' : ` (${visible(who)})`}`
  const classes = dataClasses.map((id) => visible(classWord(report, id, context))).join(locale === 'ja' ? '、' : ', ')
  const what = [classes, at].filter((part) => part !== '').join(' ')
  const name = paint.bold(paint.severity(severity, severityNames[severity][locale]))
  return `${name}  ${paint.cyan(rule)}  ${placeOf(finding)}${what === '' ? '' : `  ${what}`}`
}

function frame(finding: Finding, context: ReportContext, paint: Paint, sources: Sources): string[] {
  const index = sources(finding.file)
  if (index === null) return []
  const frames = codeFrame(index, finding, Math.max(MIN_WIDTH, context.width - 16))
  const gutter = String(frames.at(-1)?.number ?? 0).length
  return frames.flatMap(({ number, text: code, carets }) => {
    const mark = carets === null ? ' ' : paint.severity(finding.severity, '>')
    const line = `    ${mark} ${paint.dim(`${String(number).padStart(gutter)} │`)} ${code}`.trimEnd()
    if (carets === null) return [line]
    return [line, `      ${' '.repeat(gutter)} ${paint.dim('│')} ${paint.severity(finding.severity, carets)}`]
  })
}

function stepLines(
  step: TraceStep,
  number: number,
  isNew: boolean,
  context: ReportContext,
  paint: Paint,
  sources: Sources,
): string[] {
  const { file, line, column, label, labelJa } = step
  const place = placeOf(step)
  const index = sources(file)
  const code = index === null || !isNew ? '' : snippet(index, line, column, Math.max(MIN_WIDTH, context.width - 14))
  const lines = [`      ${number}. ${place}  ${visible(context.locale === 'ja' ? labelJa : label)}`]
  if (code !== '') lines.push(`         ${paint.dim(code)}`)
  return lines
}

function endpointLines({ endpoint, environment }: Finding, context: ReportContext, paint: Paint): string[] {
  const { locale } = context
  const { host, region, resolvedFrom } = endpoint!
  const place = [host, region]
    .filter((part) => part !== null)
    .map(visible)
    .join(', ')
  const from = resolvedFrom.map((one) => visible(resolvedText(one, locale))).join(' → ')
  const where = environment === null ? '' : `${messages.environment[locale]} ${visible(environment)}`
  const content = [place, from === '' ? '' : `(${from})`, where].filter((part) => part !== '').join(' ')
  return content === '' ? [] : labelled(messages.endpoint[locale], content, paint, context)
}

function labelled(label: string, content: string, paint: Paint, { width }: ReportContext): string[] {
  const [first = '', ...rest] = wrapped(`${label}: ${content}`, width - 6)
  return [`    ${paint.dim(`${label}:`)}${first.slice(label.length + 1)}`, ...rest.map((line) => `      ${line}`)]
}

function text(content: string, { width }: ReportContext): string[] {
  return wrapped(content, width - 4).map((line) => `    ${line}`)
}

/** Prose is wrapped; what is indented is there to be copied, and stays as it is. */
function wrapped(content: string, width: number): string[] {
  return content
    .split('\n')
    .flatMap((line) => (/^\s/.test(line) ? [visible(line)] : wrap(visible(line), Math.max(MIN_WIDTH, width))))
}
