import { describe, expect, test } from 'vitest'
import { catalogue } from '../catalog/load.js'
import type { Zone } from '../finding.js'
import { decide } from './decide.js'
import { PolicyErrors } from './errors.js'
import { underFloor } from './floor.js'
import { parsePolicy } from './parse.js'
import type { Policy } from './policy.js'

const { dataClasses, presets } = catalogue.data
const policyOf = (text: string, files: Record<string, string> = {}) =>
  parsePolicy({
    file: 'sekisho.yaml',
    text: `version: 1\n${text}`,
    read: (path) => files[path] ?? null,
    presets,
    dataClasses,
  })
const under = (own: string, floor: string) => underFloor(policyOf(own).policy, policyOf(floor).policy, { dataClasses })
const codesOf = (text: string, files: Record<string, string> = {}): string[] => {
  try {
    policyOf(text, files)
    return []
  } catch (error) {
    if (!(error instanceof PolicyErrors)) throw error
    return error.errors.map(({ file, line, code }) => `${file}:${line} ${code}`)
  }
}
const levelOf = (policy: Policy, dataClass: string, zone: Zone, path = 'src/a.ts') => {
  const row = dataClasses.find(({ id }) => id === dataClass)!.row
  const more = { destination: null, confidence: 'certain', subject: 'japan', party: null, today: null } as const
  return decide(policy, { dataClass, row, zone, path, ...more }).level
}

describe('a floor', () => {
  const lax = `extends: []
rules: [{ data: basic, zone: [foreign, unknown, designated, japan-region, japan-cross-region, domestic, edge], level: allow, reason: x }]`

  test('its cells hold whatever the repository writes, and that is said', () => {
    const { policy, warnings } = under(lax, '')
    expect(levelOf(policyOf(lax).policy, 'phone', 'foreign')).toBe('allow')
    expect(levelOf(policy, 'phone', 'foreign')).toBe('error')
    expect(warnings.map(({ code, line }) => `${code} ${line}`)).toContain('under-floor 3')
  })

  test('an override can not get below it', () => {
    const { policy } = under(
      "overrides: [{ paths: ['**'], rules: [{ data: basic, zone: foreign, level: note, reason: x }] }]",
      '',
    )
    expect(levelOf(policy, 'phone', 'foreign')).toBe('error')
  })

  test('a stricter repository stays stricter', () => {
    const own = 'rules: [{ data: basic, zone: japan-region, level: error, reason: x }]'
    expect(levelOf(under(own, '').policy, 'phone', 'japan-region')).toBe('error')
    expect(under(own, '').warnings).toEqual([])
  })

  test('the gate is the stricter of both', () => {
    const own = 'gate: { failOn: error, gaps: allow, exceptionMaxDays: 900 }'
    const { policy, warnings } = under(own, 'gate: { failOn: warn, exceptionMaxDays: 90, separateApprover: true }')
    expect(policy.gate).toMatchObject({
      failOn: 'warn',
      gaps: 'relevant',
      exceptionMaxDays: 90,
      separateApprover: true,
    })
    expect(warnings).toHaveLength(2)
  })

  test.each([
    ['', null],
    ['gate: { observeUntil: 2026-12-31 }', '2026-12-31'],
    ['gate: { observeUntil: 2027-12-31 }', '2027-03-31'],
  ])('a rollout goes no further than its own (%s): %s', (floor, until) => {
    expect(under('gate: { observeUntil: 2027-03-31 }', floor).policy.gate.observeUntil).toBe(until)
  })

  test('what it does not permit does not count', () => {
    const own =
      "exclude: ['src/**']\ndata: { notPersonal: [phone] }\nsanitizers: [{ name: mask, removes: [phone], evidence: T }]"
    const { policy, warnings } = under(own, '')
    expect(policy.exclude).toEqual([])
    expect(policy.data.notPersonal).toEqual([])
    expect(policy.sanitizers).toHaveLength(1)
    expect(warnings).toHaveLength(2)
    const open = under(own, 'floor: { permits: [exclude] }').policy
    expect([open.exclude, open.sanitizers]).toEqual([['src/**'], []])
  })

  test('a destination of the floor is the one that counts', () => {
    const written = (zone: string) =>
      `destinations: { llm: { match: { hosts: [llm.example.jp] }, zone: ${zone}, evidence: { checked: 2026-11-01 } } }`
    expect(under(written('edge'), written('foreign')).policy.destinations.map(({ zone }) => zone)).toEqual(['foreign'])
  })

  test('exceptions need an approver of the floor', () => {
    const own = `exceptions:
  - { id: A, rule: cross-border-flow, path: src/a.ts, data: [phone], reason: r, approver: ann, expiry: 2027-01-31 }
  - { id: B, rule: cross-border-flow, path: src/b.ts, data: [phone], reason: r, approver: privacy-office, expiry: 2027-01-31 }`
    const { policy, warnings } = under(own, 'gate: { approvers: [privacy-office] }')
    expect(policy.exceptions.map(({ id }) => id)).toEqual(['B'])
    expect(warnings.map(({ line }) => line)).toEqual([3])
  })
})

describe('exceptions', () => {
  const one = (more: string) => `exceptions:
  - { id: A, rule: cross-border-flow, path: src/a.ts, data: [phone], reason: r, approver: ann, expiry: 2027-01-31${more} }\n`

  test.each([
    ['nobody need ask', one(''), []],
    ['who asks approves: a warning only', one(', requester: ann'), []],
    ['somebody must ask', `gate: { separateApprover: true }\n${one('')}`, ['sekisho.yaml:4 requester-missing']],
    [
      'and be another',
      `gate: { separateApprover: true }\n${one(', requester: Ａnn ')}`,
      ['sekisho.yaml:4 own-approval'],
    ],
    ['as here', `gate: { separateApprover: true }\n${one(', requester: bob')}`, []],
  ])('%s', (_, text, expected) => {
    expect(codesOf(text)).toEqual(expected)
  })

  test('stand in a file of their own, and see what the policy declares', () => {
    const text = `exceptionFiles: [./exceptions.yaml]
gate: { approvers: [ann] }
destinations: { own: { match: { hosts: [llm.example.jp] } } }`
    const file = (more: string) => ({ 'exceptions.yaml': `version: 1\n${more}` })
    const { policy } = policyOf(text, file(one(', destination: own')))
    expect(policy.exceptions.map(({ id, origin }) => `${id} ${origin.file}:${origin.line}`)).toEqual([
      'A exceptions.yaml:3',
    ])
    expect(codesOf(text, file(one(', destination: other')))).toEqual(['exceptions.yaml:3 unknown-destination'])
    expect(codesOf(text, file(one('').replace('ann', 'eve')))).toEqual(['exceptions.yaml:3 not-an-approver'])
    expect(codesOf(text, file('gate: { failOn: note }\n'))).toEqual(['exceptions.yaml:2 exceptions-only'])
    expect(codesOf(text, {})).toEqual(['sekisho.yaml:2 extends-unread'])
    expect(codesOf('exceptionFiles: [../other.yaml]')).toEqual(['sekisho.yaml:2 extends-outside'])
  })
})

describe('bases', () => {
  const basis = (text: string) => `destinations: { a: { provider: openai, zone: foreign, bases: [{ ${text} }] } }`
  test.each([
    ['all: [equivalent-system-28, entrustment]', ['sekisho.yaml:2 basis-incomplete']],
    ['all: [equivalent-system-28, entrustment], document: L-1', ['sekisho.yaml:2 basis-incomplete']],
    ['all: [equivalent-system-28, entrustment], document: L-1, reviewBy: 2027-03-31', []],
    ['all: [consent-28, record], document: L-1', ['sekisho.yaml:2 basis-incomplete']],
    ['all: [consent-28, record], document: L-1, country: US', []],
    ['all: [entrustment]', ['sekisho.yaml:2 bare-entrustment-abroad']],
  ])('%s', (text, expected) => {
    expect(codesOf(basis(text))).toEqual(expected)
  })
})
