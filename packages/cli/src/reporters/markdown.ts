/** Markdown for pull request comments, step summaries and wikis: a verdict, findings worst first, flows, what was not looked at. */
import { zones, type Finding, type GapRecord, type Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { messages, severityNames, zoneNames } from '../messages.js'
import { safeLines } from '../sanitize.js'
import { changeLines } from './change-lines.js'
import { code, codeBlock, prose, table } from './markdown-text.js'
import { allowance, ordered } from './plain-finding.js'
import { className, confidenceNames, groundText, limit, providerName } from './report-words.js'
import { remedyParts } from './remedy-parts.js'
import { inRepository } from './repository-path.js'
import type { ReportContext, Reporter } from './reporter.js'
import { verdict } from './verdict.js'

/** So many findings are told in full; all are in the table of the JSON report. */
const MAX_FINDINGS = 50
const MAX_GAPS = 50
/** Below the limits of step summaries (1 MiB) and comments where that can be had. */
const MAX_LENGTH = 900_000

export const markdown: Reporter = {
  id: 'markdown',
  render(report, context) {
    const parts = [title(report, context), counts(report, context.locale), ...changePart(report, context.locale)]
    const open = ordered(report).filter(({ suppressed }) => suppressed === null)
    const shown = open.filter(({ severity }) => severity !== 'note' || context.notes || context.verbose)
    parts.push(...shown.slice(0, MAX_FINDINGS).map((finding) => findingPart(report, finding, context.locale)))
    const hidden = open.length - Math.min(shown.length, MAX_FINDINGS)
    if (hidden > 0) parts.push(prose(words.more(hidden)[context.locale]))
    parts.push(
      ...allowedPart(report, context.locale),
      ...gapsPart(report, context.locale),
      footer(report, context.locale),
    )
    return `${safeLines(withinLength(parts))}\n`
  },
}

const words = {
  more: (count: number) => ({
    en: `${count} more findings or notes: see the JSON or HTML report.`,
    ja: `ほかに検出・注記 ${count} 件(JSON または HTML レポートを参照)。`,
  }),
  cut: { en: 'The report was cut here: it is too long.', ja: '長すぎるため、ここで打ち切りました。' },
  trace: { en: 'Path', ja: '経路' },
  counts: {
    en: ['severity', 'open', 'zone', 'endpoints', 'flows'],
    ja: ['重大度', '件数', 'ゾーン', '送信先', '流れ'],
  },
}

function title(report: Report, context: ReportContext): string {
  const { icon, text } = verdict(report, context)
  return `## ${icon} ${prose(text[context.locale])}`
}

function counts({ summary, endpoints, flows }: Report, locale: Locale): string {
  const { error, warn, note, suppressed } = summary.findings
  const severities = (
    [
      ['error', error],
      ['warn', warn],
      ['note', note],
    ] as const
  ).map(([severity, count]) => `${severityNames[severity][locale]} **${count}**`)
  const zoneCells = [...zones].reverse().flatMap((zone) => {
    const met = endpoints.filter((one) => one.zone === zone).length
    const through = flows.filter((one) => one.zone === zone).length
    return met + through === 0 ? [] : [[zoneNames[zone][locale], String(met), String(through)]]
  })
  const head = prose(messages.findings(error, warn, note, suppressed)[locale])
  if (zoneCells.length === 0) return `${severities.join(' · ')}  \n${head}`
  return `${severities.join(' · ')}\n\n${table(words.counts[locale].slice(2), zoneCells)}`
}

/** Lines under a line are its list. */
function changePart(report: Report, locale: Locale): string[] {
  const lines = changeLines(report, locale)
  if (lines.length === 0) return []
  return [lines.map((line) => (line.startsWith('  ') ? `  - ${code(line.trim())}` : `- ${prose(line)}`)).join('\n')]
}

function findingPart(report: Report, finding: Finding, locale: Locale): string {
  const { severity, rule, dataClasses, provider, zone, confidence, message, remedy, grounds } = finding
  const place = `${inRepository(report, finding.file)}:${finding.line}:${finding.column}`
  const to =
    zone === null
      ? ''
      : ` → ${zoneNames[zone][locale]}${provider === null ? '' : ` (${prose(providerName(report, provider, locale)!)})`}`
  const classes = dataClasses.map((id) => prose(className(report, id, locale))).join(', ')
  const lines = [
    `### ${severityNames[severity][locale]}: ${classes === '' ? code(rule) : classes}${to}`,
    `${code(place)} · ${code(rule)} · ${confidenceNames[confidence][locale]}`,
    message[locale].split('\n').map(prose).join('  \n'),
  ]
  if (finding.trace.length > 0) lines.push(tracePart(report, finding, locale))
  if (grounds.length > 0)
    lines.push(`${messages.grounds[locale]}: ${grounds.map((ground) => prose(groundText(ground, locale))).join('; ')}`)
  lines.push(remedyPart(remedy[locale], locale))
  return lines.join('\n\n')
}

function remedyPart(text: string, locale: Locale): string {
  const { prose: read, copy } = remedyParts(text)
  const head = `**${messages.remedy[locale]}**: ${read.map(prose).join('  \n')}`
  return copy === null ? head : `${head}\n\n${codeBlock(copy, 'yaml')}`
}

function tracePart(report: Report, { trace }: Finding, locale: Locale): string {
  const steps = trace.map(({ file, line, column, label, labelJa }) => {
    return `1. ${code(`${inRepository(report, file)}:${line}:${column}`)} ${prose(locale === 'ja' ? labelJa : label)}`
  })
  return `<details><summary>${words.trace[locale]} (${trace.length})</summary>\n\n${steps.join('\n')}\n\n</details>`
}

function allowedPart(report: Report, locale: Locale): string[] {
  const all = ordered(report).filter(({ suppressed }) => suppressed !== null)
  if (all.length === 0) return []
  const rows = all
    .slice(0, MAX_FINDINGS)
    .map((finding) => [
      code(`${inRepository(report, finding.file)}:${finding.line}`),
      code(finding.rule),
      prose(allowance(finding, locale).trim()),
      prose(finding.suppressed!.approver ?? ''),
      prose(finding.suppressed!.expiry ?? ''),
    ])
  const head = {
    en: ['place', 'rule', 'allowed by', 'approver', 'until'],
    ja: ['場所', 'ルール', '許可の根拠', '承認者', '期限'],
  }
  return [`### ${messages.allowed[locale]} (${all.length})`, table(head[locale], rows)]
}

function gapsPart({ gaps, run }: Report, locale: Locale): string[] {
  const parts: string[] = []
  if (gaps.length > 0) {
    const relevant = gaps.filter((gap) => gap.relevant)
    const shown = [...relevant, ...gaps.filter((gap) => !gap.relevant)].slice(0, MAX_GAPS)
    parts.push(
      `### ${prose(messages.gaps(gaps.length, relevant.length)[locale])}`,
      shown.map((gap) => gapLine(gap, locale)).join('\n'),
    )
  }
  if (run.excluded.length > 0)
    parts.push(`${prose(messages.excluded('')[locale]).trim()} ${run.excluded.map(code).join(', ')}`)
  return parts
}

function gapLine({ file, line, reason, relevant }: GapRecord, locale: Locale): string {
  const mark = relevant ? `**${messages.relevantGap[locale]}** ` : ''
  return `- ${mark}${code(line === null ? file : `${file}:${line}`)} ${prose(reason[locale])}`
}

function footer({ tool, policy, run }: Report, locale: Locale): string {
  const parts = [
    `sekisho ${tool.version}`,
    run.commit === null ? '' : code(run.commit.slice(0, 12)),
    prose(messages.policy(policy.file, policy.extends.join(', '))[locale]),
    run.today ?? '',
  ]
  return `---\n\n${prose(limit[locale])}\n\n${parts.filter((part) => part !== '').join(' · ')}`
}

function withinLength(parts: readonly string[]): string {
  let length = 0
  const kept: string[] = []
  for (const part of parts) {
    length += Buffer.byteLength(part) + 2
    if (length > MAX_LENGTH) return [...kept, prose(words.cut.en), prose(words.cut.ja)].join('\n\n')
    kept.push(part)
  }
  return kept.join('\n\n')
}
