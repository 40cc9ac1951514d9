/** `sekisho explain`: what a rule is about, or one finding with all that is known of it and the exception that would allow it. */
import { posix } from 'node:path'
import { ruleIds, type Finding, type FlowRecord, type Report, type RuleId } from '@sekisho/core'
import { Mistake } from '@sekisho/files'
import { exitCodes } from '../exit-code.js'
import { chooseLocale, type Locale } from '../locale.js'
import { messages } from '../messages.js'
import { createPaint } from '../reporters/paint.js'
import { ShownPaths } from '../reporters/paths.js'
import type { ReportContext } from '../reporters/reporter.js'
import { ruleTexts } from '../reporters/rule-texts.js'
import { sourcesOf } from '../reporters/sources.js'
import { findingLines } from '../reporters/terminal-finding.js'
import { wrap } from '../reporters/wrap.js'
import { safeLines, visible } from '../sanitize.js'
import { scan, type Scanned } from '../scan.js'
import { createTexts } from '../texts.js'
import type { Outcome, Register } from './command.js'
import { scanOptionsOf, withScanFlags, type RawScanFlags } from './scan-flags.js'

const WIDTH = 100
const SHORTEST = 6

const words = {
  en: {
    description: 'explain a rule, or a finding by its fingerprint (or the beginning of it)',
    what: 'a rule, or a fingerprint',
    directory: 'for a fingerprint: the directory to scan (default: this one)',
    level: 'severity where the policy says nothing else',
    silence: 'how to allow it',
    silenced:
      'An error needs an exception in the policy; a note or a warning may have a directive: // sekisho-disable-next-line <rule> -- <reason>',
    sources: 'where the data comes from',
    decision: 'decided by class',
    exception: 'an exception that would allow it (for the approver to decide)',
    never: 'The policy never allows this: no exception and no baseline lifts it.',
    marked: 'marked as',
  },
  ja: {
    description: 'ルール、またはフィンガープリント(先頭の一部でも可)で指定した検出を説明',
    what: 'ルールまたはフィンガープリント',
    directory: 'フィンガープリントの場合: 検査するディレクトリ(既定: 現在の場所)',
    level: 'ポリシーに定めがないときの重大度',
    silence: '許可する方法',
    silenced:
      'error にはポリシーの例外が必要です。note と warn にはディレクティブも使えます: // sekisho-disable-next-line <ルール> -- <理由>',
    sources: 'データの出どころ',
    decision: 'データ種別ごとの判定',
    exception: 'これを許可する例外の例(承認者が判断してください)',
    never: 'ポリシーはこれを決して許しません(never)。例外にもベースラインにもできません。',
    marked: '扱い',
  },
} as const

export const registerExplain: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  withScanFlags(program.command('explain').description(text.description), locale)
    .argument('<rule|fingerprint>', text.what)
    .argument('[directory]', text.directory)
    .action((what: string, directory: string | undefined, raw: RawScanFlags) => {
      onRun(async (surroundings, spoken) => {
        const rule = ruleIds.find((id) => id === what)
        if (rule !== undefined) return { code: exitCodes.clean, stdout: ruleText(rule, spoken) }
        const scanned = await scan(scanOptionsOf([directory ?? '.'], raw), surroundings)
        return findingText(
          what,
          scanned,
          chooseLocale(raw.locale ?? null, scanned.policy.locale, surroundings.environment),
        )
      })
    })
}

function ruleText(rule: RuleId, locale: Locale): string {
  const { short, full, help, severity } = ruleTexts[rule]
  const text = words[locale]
  const lines = [
    rule,
    ...wrap(short[locale], WIDTH),
    '',
    ...wrap(full[locale], WIDTH),
    '',
    `${text.level}: ${severity}`,
    '',
    `${messages.remedy[locale]}:`,
    ...wrap(help[locale], WIDTH),
    '',
    `${text.silence}:`,
    ...wrap(text.silenced, WIDTH),
  ]
  return `${lines.join('\n')}\n`
}

function findingText(prefix: string, scanned: Scanned, locale: Locale): Outcome {
  const { report } = scanned
  const isPrefix = /^[0-9a-f]+$/.test(prefix) && prefix.length >= SHORTEST
  const found = isPrefix ? report.findings.filter(({ fingerprint }) => fingerprint.startsWith(prefix)) : []
  if (found.length === 0) throw new Mistake(goneOrUnknown(prefix, report))
  const context = contextOf(scanned, locale)
  const text = found.map((finding) => oneFinding(finding, report, context, locale)).join('\n')
  return { code: exitCodes.clean, stdout: safeLines(text) }
}

function goneOrUnknown(prefix: string, { baseline, comparison }: Report) {
  const gone = [...(baseline?.fixed ?? []), ...(comparison?.fixed ?? [])]
  const one = gone.find(({ fingerprint }) => prefix.length >= SHORTEST && fingerprint.startsWith(prefix))
  if (one !== undefined)
    return {
      en: `${one.rule} in ${one.file} is no longer found: it is fixed. "sekisho baseline --prune" takes it out of the baseline.`,
      ja: `${one.file} の ${one.rule} は解消済みです。sekisho baseline --prune でベースラインから除けます。`,
    }
  return {
    en: `${prefix} is neither a rule (${ruleIds.join(', ')}) nor the beginning, of ${SHORTEST} letters or more, of a fingerprint of this scan (sekisho scan shows them).`,
    ja: `${prefix} はルール(${ruleIds.join('、')})でも、この検査のフィンガープリント(sekisho scan で表示)の先頭 ${SHORTEST} 文字以上でもありません。`,
  }
}

function oneFinding(finding: Finding, report: Report, context: ReportContext, locale: Locale): string {
  const text = words[locale]
  const shown = { report, paths: new ShownPaths(), sources: sourcesOf(context) }
  const lines = findingLines(finding, context, createPaint(false), shown)
  lines.push(`    fingerprint: ${finding.fingerprint}`)
  const flow = report.flows.find(({ fingerprint }) => fingerprint === finding.fingerprint)
  if (flow !== undefined) lines.push(...flowLines(flow, locale))
  const { suppressed } = finding
  if (suppressed !== null) {
    const why = messages.allowedBy(suppressed.kind, suppressed.id, suppressed.reason)[locale]
    lines.push(`    ${text.marked}: ${visible(why)}`)
  } else if (finding.never) lines.push(`    ${text.never}`)
  else lines.push(`    ${text.exception}:`, ...exceptionLines(finding, flow))
  return `${lines.join('\n')}\n`
}

function flowLines(flow: FlowRecord, locale: Locale): string[] {
  const text = words[locale]
  const decisions = flow.classes.map(({ dataClass, row, decision, confidence }) => {
    return `      ${visible(dataClass)} (${visible(row)}) → ${decision}, ${confidence}`
  })
  const sources = flow.classes.flatMap(({ dataClass, sources: all }) =>
    all.map(({ file, line, column }) => `      ${visible(dataClass)}  ${visible(file)}:${line}:${column}`),
  )
  return [`    ${text.decision}:`, ...decisions, ...(sources.length === 0 ? [] : [`    ${text.sources}:`, ...sources])]
}

/** JSON's strings are YAML's, whatever a repository calls its files. */
function exceptionLines({ rule, file, dataClasses, fingerprint }: Finding, flow: FlowRecord | undefined): string[] {
  const lines = [
    '- id: EX-…',
    `  rule: ${rule}`,
    `  path: ${JSON.stringify(visible(file))}`,
    ...(dataClasses.length === 0 ? [] : [`  data: [${dataClasses.map(visible).join(', ')}]`]),
    ...(flow?.destination ? [`  destination: ${JSON.stringify(visible(flow.destination))}`] : []),
    `  fingerprint: ${fingerprint}`,
    '  reason: …',
    '  requester: …',
    '  approver: …',
    '  expiry: YYYY-MM-DD',
  ]
  return lines.map((line) => `      ${line}`)
}

function contextOf({ tree, root }: Scanned, locale: Locale): ReportContext {
  const texts = createTexts(tree, posix.normalize(root.directory), 1024 * 1024)
  return { locale, color: false, width: WIDTH, notes: true, verbose: true, isIncomplete: false, ...texts }
}
