/** A verdict as ESLint reports it: which rule carries what, where it stands, what it says. */
import { type Finding, type Localized, PolicyErrors, type Region, type RuleId, type Severity } from '@sekisho/core'
import { visible, withoutCommands } from '@sekisho/files'
import { messages } from './messages.js'
import { placeOf } from './place.js'
import { suggestionsFor, type Suggestion } from './suggest.js'
import type { Verdict } from './workspace.js'

/** The linter's rules: one for each of Sekisho's that can stand in a file, carrying errors; two that are the plugin's own. */
export type Carrier = RuleId | 'review' | 'policy'

export interface Report {
  region: Region
  message: string
  suggestions: readonly (Suggestion & { description: string })[]
}

export interface Wanted {
  carrier: Carrier
  locale: 'en' | 'ja' | null
  /** `review` only: whether notes are shown, too. */
  notes: boolean
}

const top: Region = { line: 1, column: 1, endLine: 1, endColumn: 1 }

/** What is in a message may come from a file's name, a key, a policy: a linter prints it as it is. */
function safe(text: string): string {
  return withoutCommands(visible(text))
}

function safely(report: Report): Report {
  const suggestions = report.suggestions.map((one) => ({ ...one, description: safe(one.description) }))
  return { ...report, message: safe(report.message), suggestions }
}

export function reportsFor(verdict: Verdict, wanted: Wanted): Report[] {
  return reported(verdict, wanted).map(safely)
}

function reported(verdict: Verdict, wanted: Wanted): Report[] {
  const locale = wanted.locale ?? verdict.locale
  const plain = (region: Region, message: Localized, rule: RuleId | null): Report => {
    return { region, message: message[locale] + named(wanted, rule), suggestions: [] }
  }
  const carries = (rule: RuleId, severity: Severity) => isCarried(wanted, rule, severity)
  const notices = verdict.notices.filter(({ rule, severity }) => carries(rule, severity))
  return [
    ...verdict.findings
      .filter(({ rule, severity }) => carries(rule, severity))
      .flatMap((finding) => reportOf(verdict, finding, wanted) ?? []),
    ...notices.map(({ origin, message, rule }) => plain(origin, message, rule)),
    ...(wanted.notes && verdict.exhausted ? [plain(top, messages.exhausted, null)] : []),
    ...(wanted.carrier === 'review' ? verdict.warnings.map((warning) => plain(warning, warning.message, null)) : []),
  ]
}

/** Why nothing was judged, at the policy's own lines where it is the policy that is linted. */
export function problemsOf(verdict: Verdict, wanted: Wanted): Report[] {
  return toldProblems(verdict, wanted).map(safely)
}

function toldProblems({ problem, path }: Verdict, wanted: Wanted): Report[] {
  const locale = wanted.locale ?? 'en'
  if (problem === null) return []
  const plain = (region: Region, message: string): Report => ({ region, message, suggestions: [] })
  if (!(problem instanceof PolicyErrors)) return [plain(top, messages.broken(problem.localized[locale])[locale])]
  const here = problem.errors.filter(({ file }) => file === path)
  if (here.length > 0) return here.map((error) => plain(error, withRemedy(error.message, error.remedy)[locale]))
  const { file, line, column, message } = problem.errors[0]!
  const what = `${file}:${line}:${column}: ${message[locale]}`
  return [plain(top, messages.broken(what)[locale])]
}

function isCarried({ carrier, notes }: Wanted, rule: RuleId, severity: Severity): boolean {
  if (carrier !== 'review') return carrier === rule && severity === 'error'
  return severity === 'warn' || (notes && severity === 'note')
}

function reportOf(verdict: Verdict, finding: Finding, wanted: Wanted): Report | null {
  const locale = wanted.locale ?? verdict.locale
  const { path, text, marks, cut } = verdict
  const mark = marks.get(finding)
  const region = placeOf(finding, mark, path, text)
  if (region === null) return null
  const parts = [finding.message[locale]]
  if (finding.file !== path) parts.push(messages.sentIn(finding.file, finding.line)[locale])
  if (cut) parts.push(messages.cut[locale])
  const suggestions = suggestionsFor(finding, mark, path, text).map((suggestion) => ({
    ...suggestion,
    description: messages.inPlace(suggestion.shown)[locale],
  }))
  const message = parts.join(locale === 'ja' ? '' : ' ') + named(wanted, finding.rule)
  return { region, message, suggestions }
}

/** What `review` shows is another rule's: directives need its name. */
function named({ carrier }: Wanted, rule: RuleId | null): string {
  return carrier === 'review' && rule !== null ? ` (${rule})` : ''
}

function withRemedy(message: Localized, remedy: Localized | null): Localized {
  return remedy === null ? message : { en: `${message.en}: ${remedy.en}`, ja: `${message.ja}: ${remedy.ja}` }
}
