import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Preset, Row } from '../catalog/catalogue.js'
import type { Zone } from '../finding.js'
import { checkDates } from './dates.js'
import { decide } from './decide.js'
import { destinationFor } from './destination.js'
import { exceptionFor } from './exception.js'
import { tighten } from './nested.js'
import { parsePolicy } from './parse.js'
import type { Decision, Policy, Query } from './policy.js'
import { isNotPersonal, severityOf } from './severity.js'

const folder = new URL('../../data/presets/', import.meta.url)
const presets = readdirSync(folder).map((file) => parse(readFileSync(new URL(file, folder), 'utf8')) as Preset)
const dataClasses: { id: string; row: Row }[] = [
  { id: 'name', row: 'basic' },
  { id: 'phone', row: 'basic' },
  { id: 'email', row: 'basic' },
  { id: 'bank-account', row: 'financial' },
  { id: 'health', row: 'special-care' },
  { id: 'my-number', row: 'my-number' },
]

function policyOf(text: string, files: Record<string, string> = {}, nested = false): Policy {
  const read = (path: string): string | null => files[path] ?? null
  return parsePolicy({ file: 'sekisho.yaml', text: `version: 1\n${text}`, read, presets, dataClasses, nested }).policy
}

interface Ask extends Partial<Query> {
  policy: Policy
  zone: Zone
  /** Id of the destination. */
  to?: string
}

function ask({ policy, dataClass = 'phone', to, ...more }: Ask): Decision {
  const row = more.row ?? dataClasses.find(({ id }) => id === dataClass)?.row ?? 'basic'
  const destination = policy.destinations.find(({ id }) => id === to) ?? null
  const query: Query = {
    dataClass,
    path: 'src/a.ts',
    confidence: 'certain',
    subject: 'japan',
    party: 'customer',
    today: '2026-11-25',
    ...more,
    row,
    destination,
  }
  return decide(policy, query)
}

describe('without a policy of one’s own', () => {
  const policy = policyOf('')

  test.each<[dataClass: string, zone: Zone, level: string]>([
    ['phone', 'domestic', 'allow'],
    ['phone', 'japan-region', 'note'],
    ['phone', 'foreign', 'error'],
    ['phone', 'unknown', 'warn'],
    ['health', 'unknown', 'error'],
    ['my-number', 'domestic', 'warn'],
    ['my-number', 'foreign', 'never'],
  ])('%s × %s is %s', (dataClass, zone, level) => {
    expect(ask({ policy, dataClass, zone }).level).toBe(level)
  })

  test('the cell and its ground are told', () => {
    const { cell, grounds, exceptionAllowed } = ask({ policy, zone: 'foreign' })
    expect(cell).toMatchObject({ data: 'basic', zone: 'foreign' })
    expect(grounds).toEqual([{ kind: 'product-policy', reference: 'preset localization: basic × foreign' }])
    expect(exceptionAllowed).toBe(true)
    expect(ask({ policy, dataClass: 'my-number', zone: 'foreign' }).exceptionAllowed).toBe(false)
  })

  test('others’ data and what is not personal may go', () => {
    expect(ask({ policy, zone: 'foreign', subject: 'other' }).level).toBe('allow')
    expect(ask({ policy, zone: 'foreign', subject: 'unknown' }).level).toBe('error')
    expect(ask({ policy, zone: 'foreign', row: 'not-personal' }).level).toBe('allow')
    const other = policyOf('subjects: { default: other }')
    expect(ask({ policy: other, zone: 'foreign', subject: 'unknown' }).level).toBe('allow')
  })

  test('what is only possible is a note, special care-required data and My Number a warning', () => {
    const possible = (dataClass: string): string =>
      ask({ policy, dataClass, zone: 'foreign', confidence: 'possible' }).level
    expect(['phone', 'health', 'my-number'].map(possible)).toEqual(['note', 'warn', 'warn'])
  })

  test('what a sanitizer made pseudonymous is judged as that', () => {
    expect(ask({ policy, dataClass: 'my-number', row: 'pseudonymised', zone: 'foreign' }).level).toBe('warn')
  })
})

describe('presets and files together', () => {
  test('the stricter cell wins, whichever comes first', () => {
    const both = ['appi-baseline, appi-strict', 'appi-strict, appi-baseline'].map((list) =>
      policyOf(`extends: [${list}]`),
    )
    for (const policy of both) expect(ask({ policy, zone: 'unknown' }).level).toBe('never')
  })

  test('a basis lowers one of them, the other stays', () => {
    const policy = policyOf(`extends: [appi-baseline, localization]
destinations:
  openai:
    provider: openai
    zone: foreign
    contract: { training: false }
    bases: [{ all: [equivalent-system-28, entrustment, external-env], document: L-1, reviewBy: 2027-06-30 }]
`)
    expect(ask({ policy, zone: 'foreign', to: 'openai' })).toMatchObject({ level: 'error', basis: null })
  })

  const files = {
    'policy/base.yaml': `version: 1
extends: [localization]
rules: [{ data: basic, zone: foreign, level: warn, reason: group rule }]
destinations: { llm: { match: { hosts: [llm.example.co.jp] }, zone: domestic, evidence: { checked: 2026-11-01 } } }
gate: { failOn: warn, approvers: [ann, bob] }
exclude: ['vendor/**']
`,
  }

  test('a file brings all that it says', () => {
    const policy = policyOf(
      "extends: [./policy/base.yaml]\ngate: { failOn: error, approvers: [bob] }\nexclude: ['gen/**']\n",
      files,
    )
    expect(policy.gate).toMatchObject({ failOn: 'warn', approvers: ['bob'] })
    expect(policy.exclude).toEqual(['vendor/**', 'gen/**'])
    expect(policy.destinations.map(({ id, origin }) => [id, origin.file])).toEqual([['llm', 'policy/base.yaml']])
    expect(ask({ policy, zone: 'foreign' }).level).toBe('warn')
  })

  test('what a file eased for itself, a preset beside it does not', () => {
    const policy = policyOf('extends: [./policy/base.yaml, localization]\n', files)
    expect(ask({ policy, zone: 'foreign' }).level).toBe('error')
  })

  test('one’s own rules replace, the class’s before the row’s', () => {
    const policy = policyOf(`rules:
  - { data: basic, zone: foreign, level: warn, reason: decided }
  - { data: phone, zone: [foreign, domestic], level: error }
  - { data: my-number, zone: domestic, level: never }
`)
    expect(ask({ policy, dataClass: 'name', zone: 'foreign' }).level).toBe('warn')
    expect(ask({ policy, dataClass: 'phone', zone: 'foreign' }).level).toBe('error')
    expect(ask({ policy, dataClass: 'phone', zone: 'domestic' }).level).toBe('error')
    expect(ask({ policy, dataClass: 'my-number', zone: 'domestic' })).toMatchObject({
      level: 'never',
      exceptionAllowed: false,
    })
  })

  test('an override at the path comes first, never stays never', () => {
    const policy = policyOf(`rules: [{ data: phone, zone: foreign, level: never }]
overrides:
  - paths: ['apps/demo/**']
    rules: [{ data: basic, zone: foreign, level: note, reason: synthetic }]
`)
    expect(ask({ policy, dataClass: 'name', zone: 'foreign', path: 'apps/demo/src/a.ts' }).level).toBe('note')
    expect(ask({ policy, dataClass: 'name', zone: 'foreign', path: 'apps/shop/a.ts' }).level).toBe('error')
    expect(ask({ policy, dataClass: 'phone', zone: 'foreign', path: 'apps/demo/src/a.ts' }).level).toBe('never')
  })

  test('what no cell speaks of is an error', () => {
    const policy = policyOf('extends: []\nrules: [{ data: basic, zone: domestic, level: allow }]\n')
    expect(ask({ policy, zone: 'domestic' }).level).toBe('allow')
    expect(ask({ policy, zone: 'edge' })).toMatchObject({ level: 'error', cell: null })
  })

  test('a patient’s name is health data', () => {
    const policy = policyOf('extends: [healthcare-3sho2gl]')
    expect(ask({ policy, dataClass: 'name', zone: 'foreign', party: 'customer' }).level).toBe('error')
    expect(ask({ policy, dataClass: 'name', zone: 'foreign', party: 'patient' }).level).toBe('never')
  })
})

describe('destinations', () => {
  const policy = policyOf(`extends: [appi-baseline]
destinations:
  openai:
    provider: openai
    zone: foreign
    contract: { training: false }
    bases:
      - { all: [equivalent-system-28, entrustment, external-env], data: [basic], document: L-1, reviewBy: 2026-12-31 }
      - { all: [entrustment, record, consent-28], data: [pseudonymised], document: L-1, country: US }
  trains: { provider: a, zone: domestic, contract: { training: true }, bases: [{ all: [entrustment] }] }
  silent: { provider: b, zone: domestic, contract: { training: false }, data: [basic], bases: [{ all: [entrustment] }] }
  nothing: { provider: c, zone: foreign, data: [not-personal], contract: { training: false }, bases: [{ all: [no-provision, external-env], document: L-1 }] }
  registered: { provider: d, zone: japan-region, evidence: { checked: 2026-11-01, special-care-consent: L-9 }, contract: { training: false }, bases: [{ all: [consent-28, external-env], document: L-1, country: US }] }
`)

  test('a declared basis lowers the cell to a note', () => {
    const decision = ask({ policy, zone: 'foreign', to: 'openai' })
    expect(decision).toMatchObject({
      level: 'note',
      missing: [],
      basis: { all: ['equivalent-system-28', 'entrustment', 'external-env'] },
    })
  })

  test('for the data that it covers, until its review', () => {
    expect(ask({ policy, dataClass: 'bank-account', zone: 'foreign', to: 'openai' }).level).toBe('error')
    expect(ask({ policy, zone: 'foreign', to: 'openai', today: '2026-12-31' }).level).toBe('note')
    expect(ask({ policy, zone: 'foreign', to: 'openai', today: '2027-01-01' }).level).toBe('error')
    expect(ask({ policy, zone: 'foreign', to: 'openai', today: null }).level).toBe('note')
  })

  test('consent is no basis for pseudonymised data', () => {
    expect(ask({ policy, row: 'pseudonymised', zone: 'foreign', to: 'openai' }).level).toBe('error')
  })

  test('what is asked for besides is missing by name', () => {
    expect(ask({ policy, zone: 'domestic', to: 'trains' })).toMatchObject({
      level: 'warn',
      missing: ['training=false'],
    })
    expect(ask({ policy, zone: 'foreign' }).missing).toEqual(['training=false', 'external-env'])
    expect(ask({ policy, dataClass: 'health', zone: 'foreign', to: 'openai' }).missing).toContain(
      'special-care-consent',
    )
    expect(ask({ policy, dataClass: 'health', zone: 'japan-region', to: 'registered' })).toMatchObject({
      level: 'note',
      missing: [],
    })
  })

  test('used within its declared data it is silent, beyond it the cell applies', () => {
    expect(ask({ policy, zone: 'domestic', to: 'silent' }).level).toBe('allow')
    expect(ask({ policy, dataClass: 'bank-account', zone: 'domestic', to: 'silent' }).level).toBe('warn')
    expect(ask({ policy, zone: 'foreign', to: 'nothing' }).level).toBe('error')
  })

  test('an exception for statutory affairs needs them declared', () => {
    const overlay = policyOf(`extends: [my-number]
destinations:
  hr: { provider: a, zone: edge, evidence: { statutoryAffairs: year-end adjustment } }
  plain: { provider: b, zone: edge }
`)
    const to = (id: string): Decision => ask({ policy: overlay, dataClass: 'my-number', zone: 'edge', to: id })
    expect(to('hr')).toMatchObject({ level: 'error', exceptionAllowed: true, missing: [] })
    expect(to('plain')).toMatchObject({ level: 'error', exceptionAllowed: false, missing: ['statutory-affairs'] })
  })
})

describe('destinationFor', () => {
  const policy = policyOf(`destinations:
  any-azure: { provider: azure-openai }
  suffix: { match: { hosts: ['*.openai.azure.com'] } }
  exact: { match: { hosts: [Bank.openai.azure.com] } }
  exact-here: { match: { hosts: [bank.openai.azure.com] }, paths: ['apps/a/**'] }
  port: { match: { hosts: ['localhost:11434'] } }
  account: { provider: bedrock, match: { accounts: ['1234*'] } }
  model: { provider: bedrock, match: { accounts: ['1234*'], models: ['jp.*'] } }
`)

  test.each<[provider: string | null, host: string | null, path: string, more: object, id: string | null]>([
    ['azure-openai', 'bank.openai.azure.com', 'src/a.ts', {}, 'exact'],
    ['azure-openai', 'BANK.openai.azure.com.', 'src/a.ts', {}, 'exact'],
    ['azure-openai', 'bank.openai.azure.com:443', 'src/a.ts', {}, 'exact'],
    ['azure-openai', 'bank.openai.azure.com', 'apps/a/x.ts', {}, 'exact-here'],
    ['azure-openai', 'other.openai.azure.com', 'src/a.ts', {}, 'suffix'],
    ['azure-openai', 'bank.openai.azure.com.evil.example', 'src/a.ts', {}, 'any-azure'],
    [null, 'bank.openai.azure.com.evil.example', 'src/a.ts', {}, null],
    ['azure-openai', null, 'src/a.ts', {}, 'any-azure'],
    ['openai', 'openai.azure.com', 'src/a.ts', {}, null],
    [null, 'localhost:11434', 'src/a.ts', {}, 'port'],
    [null, 'localhost:8080', 'src/a.ts', {}, null],
    ['bedrock', 'bedrock.example', 'src/a.ts', {}, null],
    ['bedrock', null, 'src/a.ts', { account: '123456' }, 'account'],
    ['bedrock', null, 'src/a.ts', { account: '123456', model: 'jp.claude' }, 'model'],
    ['vertex', null, 'src/a.ts', { account: '123456' }, null],
  ])('%s at %s from %s %o is %s', (provider, host, path, more, id) => {
    expect(destinationFor(policy, { provider, host, path, ...more })?.id ?? null).toBe(id)
  })
})

describe('exceptions', () => {
  const policy = policyOf(`gate: { exceptionMaxDays: 90 }
destinations: { openai: { provider: openai, bases: [{ all: [consent-27], reviewBy: 2026-11-24 }] } }
exceptions:
  - { id: A, rule: cross-border-flow, path: 'src/**', data: [email, financial], destination: openai, reason: r, approver: ann, expiry: 2026-11-25 }
  - { id: B, rule: cross-border-flow, fingerprint: f1, reason: r, approver: ann, expiry: 2027-12-31 }
`)
  const query = {
    rule: 'cross-border-flow',
    path: 'src/a.ts',
    dataClasses: ['email', 'bank-account'],
    destination: 'openai',
    fingerprint: 'f0',
    today: '2026-11-25',
  } as const

  test.each([
    ['covers', {}, 'A'],
    ['has expired', { today: '2026-11-26' }, null],
    ['is of another path', { path: 'apps/a.ts' }, null],
    ['covers not all', { dataClasses: ['email', 'phone'] }, null],
    ['is of another destination', { destination: null }, null],
    ['is of another rule', { rule: 'region-escape' as const }, null],
    ['knows the finding', { fingerprint: 'f1', path: 'x.ts', destination: null }, 'B'],
  ])('one that %s', (_, more, id) => {
    expect(exceptionFor(policy, { ...query, ...more })?.id ?? null).toBe(id)
  })

  test('the calendar', () => {
    const on = (day: string): string[] =>
      checkDates(policy, day).map(({ rule, severity, id, origin }) => `${rule} ${severity} ${id}:${origin.line}`)
    expect(on('2026-11-01')).toEqual(['expired-exception warn B:6'])
    expect(on('2026-11-24')).toEqual([
      'expired-exception warn A soon:5',
      'expired-exception warn B:6',
      'overdue-review note openai soon:3',
    ])
    expect(on('2026-11-26')).toEqual([
      'expired-exception error A:5',
      'expired-exception warn B:6',
      'overdue-review warn openai:3',
    ])
  })
})

describe('names and severities', () => {
  const policy = policyOf(`data: { notPersonal: [branchCode, 'Product.*', '*.createdBy'] }
rules: [{ rule: foreign-endpoint, level: warn }]
`)

  test.each<[owner: string | null, field: string, is: boolean]>([
    [null, 'branchCode', true],
    ['Customer', 'branchCode', true],
    ['Product', 'name', true],
    ['ProductOwner', 'name', false],
    [null, 'name', false],
    ['Order', 'createdBy', true],
    [null, 'createdBy', false],
  ])('%s.%s', (owner, field, is) => {
    expect(isNotPersonal(policy, owner, field)).toBe(is)
  })

  test('a rule has the policy’s severity, else the finding’s, else its own', () => {
    expect(severityOf(policy, 'foreign-endpoint')).toBe('warn')
    expect(severityOf(policyOf(''), 'foreign-endpoint')).toBe('note')
    expect(severityOf(policyOf(''), 'foreign-endpoint', 'warn')).toBe('warn')
    expect(severityOf(policy, 'region-escape')).toBe('error')
  })
})

describe('nested policies', () => {
  const base = policyOf('')
  const under = (text: string): Policy =>
    tighten(base, policyOf(text, {}, true), { directory: 'apps/hr/', dataClasses })

  test('tighten where they stand', () => {
    const policy = under('rules: [{ data: basic, zone: domestic, level: warn }]')
    expect(ask({ policy, zone: 'domestic', path: 'apps/hr/src/a.ts' }).level).toBe('warn')
    expect(ask({ policy, zone: 'domestic', path: 'apps/shop/a.ts' }).level).toBe('allow')
    expect(ask({ policy, zone: 'foreign', path: 'apps/hr/src/a.ts' }).level).toBe('error')
    expect(policy.digest).not.toBe(base.digest)
  })

  test('may extend a stricter preset', () => {
    const policy = under('extends: [appi-strict]')
    expect(ask({ policy, zone: 'unknown', path: 'apps/hr/a.ts' }).level).toBe('never')
    expect(ask({ policy, zone: 'unknown', path: 'a.ts' }).level).toBe('warn')
  })

  test.each([
    ['rules: [{ data: basic, zone: foreign, level: note }]', 'sekisho.yaml:2:9'],
    ['rules: [{ data: phone, zone: foreign, level: note }]', 'sekisho.yaml:2:9'],
    ['exceptions: []', 'sekisho.yaml:2:1'],
    ['gate: { failOn: error }', 'sekisho.yaml:2:1'],
    ["data: { notPersonal: ['*'] }", 'sekisho.yaml:2:9'],
  ])('may not loosen: %s', (text, place) => {
    expect(() => under(text)).toThrow(place)
  })
})
