import type { Finding, Report } from '@sekisho/core'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import { reporterOf } from './registry.js'
import type { ReportContext } from './reporter.js'

const ASK = `import { openai } from './client.js'

export function ask(顧客: Customer) {
\treturn openai.responses.create({ input: 顧客.電話 })
}
`

const finding: Finding = {
  rule: 'cross-border-flow',
  severity: 'error',
  confidence: 'certain',
  file: 'src/[id]/顧客.ts',
  line: 4,
  column: 42,
  endLine: 4,
  endColumn: 47,
  dataClasses: ['phone', 'name'],
  subject: 'japan',
  party: 'customer',
  provider: 'openai',
  zone: 'foreign',
  jurisdiction: 'US',
  environment: null,
  endpoint: { host: 'api.openai.com', region: null, resolvedFrom: ['default of openai'] },
  message: { en: 'A phone number can reach OpenAI.', ja: '電話番号が OpenAI に届きえます。' },
  grounds: [{ kind: 'statute', reference: 'APPI Art. 28(1)' }],
  remedy: { en: 'Declare a [basis].', ja: '根拠を宣言してください。' },
  trace: [
    {
      file: 'src/[id]/顧客.ts',
      line: 4,
      column: 42,
      label: '顧客.電話 (phone)',
      labelJa: '顧客.電話(電話番号)',
      dataClass: 'phone',
    },
    { file: 'src/client.ts', line: 1, column: 1, label: 'create()', labelJa: 'create()', dataClass: 'phone' },
    { file: 'src/[id]/顧客.ts', line: 3, column: 21, label: '顧客 (name)', labelJa: '顧客(氏名)', dataClass: 'name' },
  ],
  fingerprint: 'f1',
  never: false,
  cause: null,
  suppressed: null,
}

const note: Finding = {
  ...finding,
  rule: 'foreign-endpoint',
  severity: 'note',
  trace: [],
  dataClasses: [],
  fingerprint: 'f2',
}
const allowed: Finding = {
  ...finding,
  fingerprint: 'f3',
  suppressed: { kind: 'exception', id: 'EX-1', reason: 'migration', approver: 'privacy', expiry: '2027-03-31' },
}

function report(findings: Finding[], gaps: Report['gaps'] = []): Report {
  const count = (severity: string) =>
    findings.filter((one) => one.severity === severity && one.suppressed === null).length
  return {
    version: 1,
    tool: {
      name: 'sekisho',
      version: '1.0.0',
      catalogue: 'c',
      facts: { oldest: '2026-10-01', newest: '2026-11-25' },
    },
    policy: { digest: 'd', file: 'sekisho.yaml', extends: ['localization'] },
    run: {
      root: '.',
      commit: null,
      today: '2026-11-25',
      digest: 'd',
      files: { seen: 9, analysed: 2, skipped: 7 },
      excluded: ['vendor/**'],
      complete: true,
      notices: [],
    },
    gate: { failOn: 'error', gaps: 'relevant', observedUntil: null },
    comparison: null,
    baseline: null,
    findings,
    flows: [],
    endpoints: [
      {
        provider: 'openai',
        zone: 'foreign',
        jurisdiction: 'US',
        endpoint: finding.endpoint!,
        destination: null,
        places: [{ file: 'src/client.ts', line: 1, column: 1 }],
      },
    ],
    gaps,
    reference: { dataClasses: [], providers: [], countries: [], destinations: [], exceptions: [], sanitizers: [] },
    summary: {
      findings: { error: count('error'), warn: count('warn'), note: count('note'), suppressed: 0 },
      flows: 0,
      endpoints: 1,
      gaps: gaps.length,
    },
  }
}

const gap: Report['gaps'][number] = {
  file: 'src/\u001b[2Jbroken.ts',
  line: null,
  column: null,
  kind: 'parse',
  reason: { en: "can't be parsed", ja: '構文を解析できません' },
  relevant: true,
}

function context(changes: Partial<ReportContext> = {}): ReportContext {
  return {
    locale: 'en',
    color: false,
    width: 100,
    notes: false,
    verbose: false,
    isIncomplete: false,
    text: (file) => (file === finding.file ? ASK : file === 'src/client.ts' ? "export { openai } from 'x'\n" : null),
    utf8Column: (_, __, column) => column,
    ...changes,
  }
}

const rendered = (id: string, of: Report, changes?: Partial<ReportContext>) =>
  reporterOf(id).render(of, context(changes)) as string

describe('terminal', () => {
  test('a finding with its frame, paths, grounds and remedy', () => {
    expect(rendered('terminal', report([finding, note, allowed]))).toMatchInlineSnapshot(`
      "1 error: what the policy does not allow (in 1 file)

      src/[id]/顧客.ts

        error  cross-border-flow  src/[id]/顧客.ts:4:42  phone, name → foreign (openai)
          A phone number can reach OpenAI.
            3 │ export function ask(顧客: Customer) {
          > 4 │     return openai.responses.create({ input: 顧客.電話 })
              │                                             ^^^^^^^^^
            5 │ }
          path of phone
            1. src/[id]/顧客.ts:4:42  顧客.電話 (phone)
               return openai.responses.create({ input: 顧客.電話 })
            2. src/client.ts:1:1  create()
               export { openai } from 'x'
          also, with their paths under --verbose
            name  src/[id]/顧客.ts:3:21  顧客 (name)
          grounds: APPI Art. 28(1) (statute)
          endpoint: api.openai.com (default of openai)
          confidence: certain; decided by phone
          what to do: Declare a [basis].
          more: sekisho explain f1

      1 note not shown: --notes shows it

      1 error, 0 warnings, 1 note
      0 flows of personal data to AI endpoints, 0 allowed by the policy
      1 AI endpoint: foreign 1
      9 files seen, 2 could matter and were analysed
      policy: sekisho.yaml
      excluded by the policy: vendor/**
      "
    `)
  })

  test('of a long path the middle is counted, and a path shown before is named', () => {
    const step = (line: number) => ({ ...finding.trace[1]!, line, label: `step ${line}` })
    const long = { ...finding, dataClasses: ['phone'], trace: Array.from({ length: 12 }, (_, at) => step(at + 1)) }
    const twice = report([long, { ...long, line: 1, fingerprint: 'f4', endpoint: null }])
    const text = rendered('terminal', twice)
    expect(text).toContain('…  6 steps between: --verbose')
    expect(text).toMatch(/step 3[^]*step 10/)
    expect(text).not.toContain('step 7')
    expect(text).toMatch(/path of phone {2}as at src\/\[id\]\/顧客\.ts:1:42/)
    expect(rendered('terminal', twice, { verbose: true }).match(/step 7/g)).toHaveLength(2)
  })

  test('what is allowed is listed for those who ask', () => {
    expect(rendered('terminal', report([allowed]))).not.toContain('EX-1')
    const text = rendered('terminal', report([allowed]), { notes: true })
    expect(text).toContain('src/[id]/顧客.ts:4:42  cross-border-flow  exception EX-1: migration')
  })

  test('in Japanese, with colours', () => {
    const text = rendered('terminal', report([finding]), { locale: 'ja', color: true })
    expect(text).toContain('電話番号が OpenAI に届きえます。')
    expect(text).toContain('\u001b[')
    expect(text).not.toMatch(/can reach|what to do/)
  })

  test('a few notes stand alone, one line each', () => {
    expect(rendered('terminal', report([note]))).toMatch(/^note {2}src\/\[id\]\/顧客\.ts:4:42 {2}A phone number/)
    expect(rendered('terminal', report([note]), { notes: true })).toContain('what to do')
  })

  test('what was not analysed is said, and made harmless', () => {
    const text = rendered('terminal', report([], [gap]), { isIncomplete: true })
    expect(text).toContain('NOT analysed: 1 gap, 1 of which could hide a flow')
    expect(text).toContain("src/\\u{1b}[2Jbroken.ts  can't be parsed [could matter]")
    expect(text).toContain('exit code 3')
  })
})

describe('json', () => {
  test('the report as it is', () => {
    const of = report([finding, note], [gap])
    expect(JSON.parse(rendered('json', of))).toEqual(of)
    expect(rendered('json', of)).not.toContain('\u001b')
  })
})

describe('sarif', () => {
  const log = JSON.parse(rendered('sarif', report([finding, note, allowed], [gap]))) as Log
  const run = log.runs[0]!
  const [first, , third] = run.results!

  test('names what every rule is about', () => {
    expect(run.tool.driver.rules).toHaveLength(11)
    expect(run.columnKind).toBe('utf16CodeUnits')
    expect(run.automationDetails?.id).toBe('sekisho/')
  })

  test('places are percent-encoded and relative', () => {
    expect(first!.locations![0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/%5Bid%5D/%E9%A1%A7%E5%AE%A2.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 4, startColumn: 42, endLine: 4, endColumn: 47 },
    })
  })

  test('brackets in messages are no links', () => {
    expect(first!.message.text).toContain('Declare a \\[basis\\].')
  })

  test('a thread flow for each data class', () => {
    const flows = first!.codeFlows![0]!.threadFlows
    expect(flows.map(({ id, locations }) => [id, locations.length])).toEqual([
      ['phone', 2],
      ['name', 1],
    ])
  })

  test('fingerprints, suppressions and gaps', () => {
    expect(first!.partialFingerprints).toEqual({
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]+:1$/) as string,
      'sekishoFlow/v1': 'f1',
    })
    expect(first!.suppressions).toEqual([])
    expect(third!.suppressions).toMatchObject([{ kind: 'external', status: 'accepted', justification: 'migration' }])
    expect(run.invocations![0]!.toolExecutionNotifications).toHaveLength(1)
  })

  test('what GitHub would not take is left out and said to be', () => {
    const many = Array.from({ length: 25_002 }, (_, at) => ({ ...note, fingerprint: `f${at}` }))
    const [large] = (JSON.parse(rendered('sarif', report([...many, finding]))) as Log).runs
    expect(large!.results).toHaveLength(25_000)
    expect(large!.results![0]!.level).toBe('error')
    expect(large!.invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^3 results are left out/)
  })

  test('of more steps than a report can carry, the gravest results keep theirs', () => {
    const trace = Array.from({ length: 900 }, (_, at) => ({ ...finding.trace[0]!, line: at + 1 }))
    const many = Array.from({ length: 250 }, (_, at) => ({ ...note, trace, fingerprint: `f${at}` }))
    const [large] = (JSON.parse(rendered('sarif', report([...many, finding]))) as Log).runs
    const results = large!.results!
    expect([results[0]!.codeFlows, results.at(-1)!.codeFlows]).toEqual([expect.anything(), undefined])
    expect(results.filter(({ codeFlows }) => codeFlows !== undefined)).toHaveLength(223)
    expect(large!.invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^The paths of 28 results/)
  })
})
