/**
 * GitHub Actions: annotations on standard output, as workflow commands, and the Markdown report as the step's summary. GitHub shows
 * ten errors, ten warnings and ten notices of a step; what is over that is counted in one of them.
 */
import type { Finding, GapRecord, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { messages } from '../messages.js'
import { visible, withoutCommands } from '../sanitize.js'
import { changeLines } from './change-lines.js'
import { markdown } from './markdown.js'
import { ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'
import { verdict } from './verdict.js'

const SHOWN = 10
const COMMAND = { error: 'error', warn: 'warning', note: 'notice' } as const
type Command = (typeof COMMAND)[keyof typeof COMMAND]

interface Annotation {
  command: Command
  properties: Readonly<Record<string, string | number>>
  message: string
}

export const github: Reporter = {
  id: 'github',
  render(report, context) {
    const { locale, notes, verbose } = context
    const open = ordered(report).filter(({ suppressed }) => suppressed === null)
    const shown = open.filter(({ severity }) => severity !== 'note' || notes || verbose)
    const annotations = [
      ...shown.map((finding) => findingAnnotation(report, finding, locale)),
      ...report.gaps.filter((gap) => gap.relevant).map((gap) => gapAnnotation(report, gap, locale)),
    ]
    const lines = (['error', 'warning', 'notice'] as const).flatMap((command) => limited(annotations, command, locale))
    const { text } = verdict(report, context)
    const said = [...changeLines(report, locale), text[locale]].map((line) => withoutCommands(visible(line)))
    return `${[...lines, ...said].join('\n')}\n`
  },
  aside: { variable: 'GITHUB_STEP_SUMMARY', render: (report, context) => markdown.render(report, context) as string },
}

/** The last that GitHub would show gives way to the count of the rest. */
function limited(all: readonly Annotation[], command: Command, locale: Locale): string[] {
  const own = all.filter((one) => one.command === command)
  if (own.length <= SHOWN) return own.map(written)
  const rest = own.length - SHOWN + 1
  const message = {
    en: `${rest} more are in the step summary and the other reports`,
    ja: `ほかに ${rest} 件(ステップの要約とほかのレポートを参照)`,
  }[locale]
  return [...own.slice(0, SHOWN - 1), { command, properties: { title: 'Sekisho' }, message }].map(written)
}

function findingAnnotation(report: Report, finding: Finding, locale: Locale): Annotation {
  const { file, line, column, endLine, endColumn, severity, rule, message, remedy } = finding
  // GitHub reads columns only where the region is within one line.
  const columns: Record<string, number> = line === endLine ? { col: column, endColumn } : {}
  return {
    command: COMMAND[severity],
    properties: { file: inRepository(report, file), line, endLine, ...columns, title: `Sekisho: ${rule}` },
    message: `${message[locale]}\n${remedy[locale]}`,
  }
}

function gapAnnotation(report: Report, { file, line, reason }: GapRecord, locale: Locale): Annotation {
  return {
    command: 'warning',
    properties: {
      file: inRepository(report, file),
      line: line ?? 1,
      title: `Sekisho: ${messages.notAnalysed[locale]}`,
    },
    message: reason[locale],
  }
}

function written({ command, properties, message }: Annotation): string {
  const all = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${command} ${all.join(',')}::${data(message)}`
}

/** What is invisible is made visible line by line; then GitHub's own escapes. A runner also looks for `##[` and `##vso[` within a line. */
function data(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line).replace(/#(?=#)/g, '# '))
    .join('\n')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
