import { catalogue, defaultPolicy, type Analysis, type Finding } from '@sekisho/core'
import { expect, test } from 'vitest'
import { exitCodeOf } from './exit-code.js'
import { toReport, type ReportFacts } from './report.js'

const facts: ReportFacts = {
  policy: defaultPolicy(catalogue.data.presets),
  catalogue,
  version: '1',
  root: '.',
  commit: null,
  today: null,
  digest: 'd',
  files: { seen: 3, analysed: 2, skipped: 1 },
  directory: '',
  scope: null,
  concerns: () => true,
  gate: { failOn: 'error', gaps: 'relevant', observedUntil: null },
  notices: [],
  comparison: null,
  baseline: null,
}

function finding(file: string, changes: Partial<Finding> = {}): Finding {
  return {
    ...{ rule: 'cross-border-flow', severity: 'error', confidence: 'certain', file },
    ...{ line: 1, column: 1, endLine: 1, endColumn: 2, dataClasses: ['phone'], subject: 'japan', party: 'customer' },
    ...{ provider: 'openai', zone: 'foreign', jurisdiction: 'US', environment: null },
    endpoint: { host: 'api.openai.com', region: null, resolvedFrom: ['environment URL (apps/web/.env:3)'] },
    ...{ message: { en: '', ja: '' }, grounds: [], remedy: { en: '', ja: '' }, fingerprint: file },
    ...{ never: false, cause: null, suppressed: null },
    trace: [{ file: 'packages/ai/client.ts', line: 1, column: 1, label: '', labelJa: '' }],
    ...changes,
  } as Finding
}

const gap = { line: null, column: null, kind: 'parse', reason: { en: '', ja: '' }, relevant: true } as const
const analysis: Analysis = {
  findings: [finding('apps/web/ask.ts'), finding('apps/api/ask.ts', { trace: [] })],
  flows: [],
  endpoints: [],
  gaps: [
    { ...gap, file: 'packages/ai/broken.ts' },
    { ...gap, file: 'apps/api/broken.ts' },
  ],
}

test('a whole scan holds all', () => {
  const { findings, gaps, run } = toReport(analysis, facts)
  expect(findings.map(({ file }) => file)).toEqual(['apps/web/ask.ts', 'apps/api/ask.ts'])
  expect(gaps.map(({ file }) => file)).toEqual(['apps/api/broken.ts', 'packages/ai/broken.ts'])
  expect(run.complete).toBe(false)
})

test('a folder holds what concerns it, with paths from there', () => {
  const concerns = (path: string) => path.startsWith('packages/')
  const { findings, gaps } = toReport(analysis, { ...facts, directory: 'apps/web', scope: ['apps/web'], concerns })
  expect(findings.map(({ file }) => file)).toEqual(['ask.ts'])
  expect(findings[0]!.trace[0]!.file).toBe('../../packages/ai/client.ts')
  expect(findings[0]!.endpoint!.resolvedFrom).toEqual(['environment URL (.env:3)'])
  expect(gaps.map(({ file }) => file)).toEqual(['../../packages/ai/broken.ts'])
})

test('a flow that passes through what was asked for is in it, wherever its sink stands', () => {
  const { findings } = toReport(analysis, { ...facts, scope: ['packages/ai/client.ts'] })
  expect(findings.map(({ file }) => file)).toEqual(['apps/web/ask.ts'])
})

test.each([
  ['error', 'relevant', 3],
  ['error', 'allow', 1],
  ['never', 'allow', 0],
  ['never', 'fail', 3],
] as const)('fail on %s, gaps %s: exit code %i', (failOn, gaps, expected) => {
  expect(exitCodeOf(toReport(analysis, { ...facts, gate: { failOn, gaps, observedUntil: null } }))).toBe(expected)
})

test('what an exception allows does not fail', () => {
  const suppressed = { kind: 'exception', id: 'EX-1', reason: '', approver: null, expiry: null } as const
  const report = toReport({ ...analysis, gaps: [], findings: [finding('a.ts', { suppressed })] }, facts)
  expect(exitCodeOf(report)).toBe(0)
  expect(report.summary.findings).toEqual({ error: 0, warn: 0, note: 0, suppressed: 1 })
})
