/** Findings against assertions: each must meet the other, one to one. What is left on either side is a problem. */
import type { Assertion } from './assertion.js'
import type { Finding } from './contract.js'

/** The notes that need not be declared: they say where an endpoint is, in every example that has one. */
const EXEMPT_NOTES: readonly { rule: Finding['rule']; in: RegExp }[] = [
  { rule: 'foreign-endpoint', in: /\.([cm]?[jt]sx?|vue|svelte|astro)$/ },
  { rule: 'undeclared-residency', in: /./ },
]

export interface Problem {
  file: string
  line: number
  expected: Assertion | null
  got: Finding[]
}

export interface Options {
  /** Notes need not be declared. */
  anyNotes?: boolean
}

/** Problems of one file. Suppressed findings are none. */
export function compare(
  file: string,
  assertions: readonly Assertion[],
  findings: readonly Finding[],
  { anyNotes = false }: Options = {},
): Problem[] {
  const left = findings.filter((finding) => finding.file === file && finding.suppressed === null)
  const problems: Problem[] = []
  // The most exact first, so that a loose one does not take what only an exact one fits.
  const open = [...assertions].sort((a, b) => exactness(b) - exactness(a))
  const missing: Assertion[] = []
  for (const assertion of open) {
    const at = left.findIndex((finding) => finding.line === assertion.line && meets(finding, assertion))
    if (at === -1) missing.push(assertion)
    else left.splice(at, 1)
  }
  for (const expected of missing) {
    // What stands there instead is part of the same problem.
    const got = left.filter((finding) => finding.line === expected.line)
    problems.push({ file, line: expected.line, expected, got })
  }
  const told = new Set(problems.flatMap((problem) => problem.got))
  for (const finding of left) {
    if (!told.has(finding) && !(finding.severity === 'note' && (anyNotes || isExempt(finding))))
      problems.push({ file, line: finding.line, expected: null, got: [finding] })
  }
  return problems.sort((a, b) => a.line - b.line)
}

export function isExempt(finding: Finding): boolean {
  return (
    finding.severity === 'note' &&
    EXEMPT_NOTES.some((exempt) => exempt.rule === finding.rule && exempt.in.test(finding.file))
  )
}

/** Whether a finding is what an assertion says, the line apart. */
export function meets(finding: Finding, assertion: Assertion): boolean {
  return (
    finding.rule === assertion.rule &&
    (assertion.classes === null || sameSet(finding.dataClasses, assertion.classes)) &&
    (assertion.zone === null || finding.zone === assertion.zone) &&
    (assertion.severity === null || finding.severity === assertion.severity) &&
    (assertion.confidence === null || finding.confidence === assertion.confidence) &&
    (assertion.provider === null || finding.provider === assertion.provider)
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join()
}

function exactness({ classes, zone, severity, confidence, provider }: Assertion): number {
  return [classes, zone, severity, confidence, provider].filter((each) => each !== null).length
}

/** A problem in words. `source` is the file's line as written. */
export function describeProblem({ line, expected, got }: Problem, place: string, source: string): string {
  const lines = [`${place}  line ${line}: ${source.trim()}`]
  lines.push(`  expected: ${expected ? expected.text : 'nothing'}`)
  if (got.length === 0) lines.push('  got:      nothing')
  for (const finding of got) lines.push(`  got:      ${describeFinding(finding)}`)
  return lines.join('\n')
}

function describeFinding(finding: Finding): string {
  const { rule, dataClasses, zone, severity, confidence, provider, trace, message } = finding
  const head = [
    rule,
    dataClasses.join(', '),
    zone && `→ ${zone}`,
    `(${severity})`,
    `confidence ${confidence}`,
    provider && `for ${provider}`,
  ]
  const steps = trace.map((step) => `\n              ${step.file}:${step.line}:${step.column} ${step.label}`)
  return `${head.filter(Boolean).join(' ')}\n            ${message.en}${steps.join('')}`
}
