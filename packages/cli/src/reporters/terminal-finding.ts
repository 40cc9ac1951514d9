/** One finding as lines: what, the frame, the path that proves it, why, and what to do. */
import type { Finding, LineIndex, TraceStep } from '@sekisho/core'
import { groundNames, messages, severityNames, zoneNames } from '../messages.js'
import { visible } from '../sanitize.js'
import { codeFrame, snippet } from './code-frame.js'
import type { Paint } from './paint.js'
import type { ReportContext } from './reporter.js'
import { wrap } from './wrap.js'

export type Sources = (file: string) => LineIndex | null

const MIN_WIDTH = 40

export function findingLines(finding: Finding, context: ReportContext, paint: Paint, sources: Sources): string[] {
  const { locale } = context
  const lines = [
    `  ${head(finding, context, paint)}`,
    ...text(finding.message[locale], context),
    ...frame(finding, context, paint, sources),
  ]
  for (const [dataClass, steps] of byClass(finding.trace)) {
    lines.push(
      `    ${paint.dim(dataClass === '' ? messages.pathPlain[locale] : messages.path(visible(dataClass))[locale])}`,
    )
    steps.forEach((step, at) => {
      const isNew = at === 0 || steps[at - 1]!.file !== step.file || steps[at - 1]!.line !== step.line
      lines.push(...stepLines(step, at + 1, isNew, context, paint, sources))
    })
  }
  if (finding.grounds.length > 0) {
    const grounds = finding.grounds.map(({ kind, reference }) => `${visible(reference)} (${groundNames[kind][locale]})`)
    lines.push(...labelled(messages.grounds[locale], grounds.join('; '), paint, context))
  }
  if (finding.endpoint !== null) lines.push(...endpointLines(finding, context, paint))
  lines.push(...labelled(messages.remedy[locale], finding.remedy[locale], paint, context))
  return lines
}

/** A note in one line. */
export function noteLine(finding: Finding, { locale }: ReportContext, paint: Paint): string {
  const place = `${visible(finding.file)}:${finding.line}:${finding.column}`
  const what = visible(finding.message[locale])
  return `${paint.severity('note', severityNames.note[locale])}  ${place}  ${what}  ${paint.dim(finding.rule)}`
}

function head(
  { severity, rule, line, column, dataClasses, zone, provider, file }: Finding,
  { locale }: ReportContext,
  paint: Paint,
): string {
  const at =
    zone === null
      ? ''
      : `${messages.to[locale]} ${zoneNames[zone][locale]}${provider === null ? '' : ` (${visible(provider)})`}`
  const what = [dataClasses.map(visible).join(', '), at].filter((part) => part !== '').join(' ')
  const name = paint.bold(paint.severity(severity, severityNames[severity][locale]))
  return `${name}  ${paint.cyan(rule)}  ${visible(file)}:${line}:${column}${what === '' ? '' : `  ${what}`}`
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
  const place = `${visible(file)}:${line}:${column}`
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
  const from = resolvedFrom.map(visible).join(' → ')
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

function byClass(trace: readonly TraceStep[]): Map<string, TraceStep[]> {
  const paths = new Map<string, TraceStep[]>()
  for (const step of trace) {
    const key = step.dataClass ?? ''
    paths.set(key, [...(paths.get(key) ?? []), step])
  }
  return paths
}
