import type { Analysis, Finding, FlowRecord, GapRecord } from '@sekisho/core'
import { fileMessages } from '@sekisho/files'
import { describe, expect, test } from 'vitest'
import { compareAnalyses } from './compare.js'

function finding(fingerprint: string, more: Partial<Finding> = {}): Finding {
  return {
    ...{ rule: 'cross-border-flow', severity: 'error', confidence: 'certain', file: 'src/a.ts', fingerprint },
    ...{ line: 1, column: 1, endLine: 1, endColumn: 2, dataClasses: ['phone'], subject: null, party: null },
    ...{ provider: 'openai', zone: 'foreign', jurisdiction: null, environment: null, endpoint: null },
    ...{ message: { en: 'message', ja: '' }, grounds: [], trace: [] },
    ...{ remedy: { en: '', ja: '' }, never: false, cause: null, suppressed: null },
    ...more,
  } as Finding
}

function flow(fingerprint: string, ...sources: [file: string, ...via: string[]][]): FlowRecord {
  const all = sources.map(([file, ...via]) => ({
    file,
    line: 1,
    column: 1,
    label: '',
    labelJa: '',
    via: [file, ...via],
  }))
  return { fingerprint, file: 'src/a.ts', classes: [{ dataClass: 'phone', sources: all }] } as unknown as FlowRecord
}

const analysis = (findings: Finding[], flows: FlowRecord[] = [], gaps: GapRecord[] = []): Analysis => ({
  ...{ findings, flows, endpoints: [], gaps },
})

function compare(base: Analysis, head: Analysis, changed: string[] = [], renamed: [string, string][] = []) {
  const isChanged = (path: string) => changed.includes(path)
  const compared = compareAnalyses({ base, head, renamed: new Map(renamed), isChanged, baseName: 'abc' })
  const open = compared.analysis.findings.filter(({ suppressed }) => suppressed === null)
  return {
    ...compared,
    open: open.map(({ fingerprint }) => fingerprint),
    fixed: compared.fixed.map((one) => one.fingerprint),
  }
}

describe('a finding is known', () => {
  test.each<[string, Finding, Finding, boolean]>([
    ['where it was there', finding('f'), finding('f'), true],
    ['where it was worse', finding('f'), finding('f', { severity: 'warn' }), true],
    ['not where it was less', finding('f', { severity: 'warn' }), finding('f'), false],
    ['not where it was allowed', finding('f', { suppressed: { kind: 'directive' } as never }), finding('f'), false],
    ['not where there was another', finding('g'), finding('f'), false],
  ])('%s', (_, before, after, isKnown) => {
    expect(compare(analysis([before]), analysis([after])).open).toEqual(isKnown ? [] : ['f'])
  })

  test('and stays what an exception made of it', () => {
    const suppressed = { kind: 'exception', id: 'EX', reason: '', approver: null, expiry: null } as const
    const { analysis: after } = compare(
      analysis([finding('f', { suppressed })]),
      analysis([finding('f', { suppressed })]),
    )
    expect(after.findings[0]!.suppressed).toEqual(suppressed)
  })
})

describe('ways', () => {
  const base = analysis([finding('f')], [flow('f', ['src/b.ts'])])
  test.each<[string, FlowRecord, string[], boolean]>([
    ['the same', flow('f', ['src/b.ts']), ['src/b.ts'], true],
    ['one more, from a file that changed', flow('f', ['src/b.ts'], ['src/c.ts']), ['src/c.ts'], false],
    ['one more in the same file', flow('f', ['src/b.ts'], ['src/b.ts', 'src/x.ts']), ['src/b.ts'], false],
    ['one more that nobody touched: the bounds moved', flow('f', ['src/b.ts'], ['src/c.ts']), ['src/z.ts'], true],
    ['one more through a file that changed', flow('f', ['src/b.ts'], ['src/c.ts', 'src/d.ts']), ['src/d.ts'], false],
    ['one less', flow('f'), ['src/b.ts'], true],
  ])('%s', (_, after, changed, isKnown) => {
    expect(compare(base, analysis([finding('f')], [after]), changed).open).toEqual(isKnown ? [] : ['f'])
  })
})

test('a renamed file takes its findings along, one for one', () => {
  const base = analysis([finding('old', { file: 'src/old.ts' })])
  const moved = finding('new', { file: 'src/new.ts' })
  const renamed: [string, string][] = [['src/new.ts', 'src/old.ts']]
  expect(compare(base, analysis([moved]), [], renamed)).toMatchObject({ open: [], fixed: [] })
  expect(compare(base, analysis([moved])).open).toEqual(['new'])
  const twice = analysis([moved, finding('again', { file: 'src/new.ts' })])
  expect(compare(base, twice, [], renamed).open).toEqual(['again'])
  const other = analysis([finding('new', { file: 'src/new.ts', dataClasses: ['email'] })])
  expect(compare(base, other, [], renamed)).toMatchObject({ open: ['new'], fixed: ['old'] })
})

test('a gap is known in a file that has not changed', () => {
  const gap = { file: 'a.ts', line: 1, column: 1, kind: 'parse', reason: { en: 'x', ja: '' }, relevant: true } as const
  const knownOf = (changed: string[], reason = 'x') =>
    compare(analysis([], [], [gap]), analysis([], [], [{ ...gap, reason: { en: reason, ja: '' } }]), changed).analysis
      .gaps[0]!.known
  expect(knownOf([])).toBe(true)
  expect(knownOf(['a.ts'])).toBeUndefined()
  expect(knownOf([], 'y')).toBeUndefined()
  const lacking = analysis([], [], [{ ...gap, kind: 'read', reason: fileMessages.missing }])
  expect(compare(lacking, lacking).analysis.gaps[0]!.known).toBeUndefined()
})
