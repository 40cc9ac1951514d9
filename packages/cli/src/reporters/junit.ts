/**
 * JUnit XML: a suite a rule, a failed test an error or warning, a passed one with its text a note, a skipped one what is
 * allowed; what could not be analysed is an error. A rule without findings is one passed test.
 */
import { ruleIds, type Finding, type Report, type RuleId } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { allowance, manyLines, oneLine, ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'
import { ruleTexts } from './rule-texts.js'
import { attributes, xmlLines } from './xml.js'

interface Case {
  state: 'passed' | 'failure' | 'error' | 'skipped'
  xml: string
}

export const junit: Reporter = {
  id: 'junit',
  render(report, { locale }) {
    const all = ordered(report)
    const suites = ruleIds.map((rule) => ruleSuite(report, rule, all, locale))
    if (report.gaps.length > 0) suites.push(suite('gaps', gapCases(report, locale)))
    const cases = suites.flatMap((one) => one.cases)
    const totals = { name: 'sekisho', tests: cases.length, ...counts(cases) }
    const { skipped: _, ...head } = totals
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(head)}>\n${suites.map(({ xml }) => xml).join('\n')}\n</testsuites>\n`
  },
}

function counts(cases: readonly Case[]): { failures: number; errors: number; skipped: number } {
  const count = (state: Case['state']) => cases.filter((one) => one.state === state).length
  return { failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

function suite(name: string, cases: readonly Case[]): { cases: readonly Case[]; xml: string } {
  const head = attributes({ name, tests: cases.length, ...counts(cases) })
  return { cases, xml: `  <testsuite${head}>\n${cases.map(({ xml }) => xml).join('\n')}\n  </testsuite>` }
}

function ruleSuite(report: Report, rule: RuleId, all: readonly Finding[], locale: Locale) {
  const own = all.filter((finding) => finding.rule === rule)
  const clean = `    <testcase${attributes({ classname: rule, name: ruleTexts[rule].short[locale] })}/>`
  const cases = own.map((finding) => findingCase(report, finding, locale))
  return suite(rule, cases.length > 0 ? cases : [{ state: 'passed', xml: clean }])
}

function findingCase(report: Report, finding: Finding, locale: Locale): Case {
  const { line, column, severity, suppressed } = finding
  const file = inRepository(report, finding.file)
  const message = oneLine(finding, locale)
  const head = attributes({ classname: file, name: `${file}:${line}:${column} ${message}` })
  if (suppressed !== null) {
    const why = allowance(finding, locale).trim()
    return { state: 'skipped', xml: `    <testcase${head}><skipped${attributes({ message: why })}/></testcase>` }
  }
  const text = xmlLines(detail(report, finding, locale))
  if (severity === 'note')
    return { state: 'passed', xml: `    <testcase${head}><system-out>${text}</system-out></testcase>` }
  const failure = attributes({ type: severity, message })
  return { state: 'failure', xml: `    <testcase${head}><failure${failure}>${text}</failure></testcase>` }
}

function detail(report: Report, { message, remedy, trace }: Finding, locale: Locale): string {
  const steps = trace.map(({ file, line, column, label, labelJa }, at) => {
    return `${at + 1}. ${inRepository(report, file)}:${line}:${column} ${locale === 'ja' ? labelJa : label}`
  })
  return manyLines([message[locale], ...steps, remedy[locale]].join('\n'))
}

/** What cannot hide a flow does not fail a run. */
function gapCases(report: Report, locale: Locale): Case[] {
  return report.gaps.map(({ file, line, kind, reason, relevant }) => {
    const path = inRepository(report, file)
    const head = attributes({ classname: path, name: `${path}${line === null ? '' : `:${line}`}` })
    const message = attributes({ type: kind, message: reason[locale] })
    const element = relevant ? 'error' : 'skipped'
    return { state: element, xml: `    <testcase${head}><${element}${message}/></testcase>` }
  })
}
