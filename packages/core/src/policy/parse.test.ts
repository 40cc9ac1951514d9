import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Preset, Row } from '../catalog/catalogue.js'
import { PolicyErrors, renderPolicyError } from './errors.js'
import { defaultPolicy, parsePolicy } from './parse.js'
import type { ParseInput, ParsedPolicy } from './parse.js'

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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function read(text: string, files: Record<string, string> = {}, more: Partial<ParseInput> = {}): ParsedPolicy {
  const of = (path: string): string | null => files[path] ?? null
  return parsePolicy({ file: 'sekisho.yaml', text, read: of, presets, dataClasses, digest: sha256, ...more })
}

function errorsOf(
  text: string,
  files: Record<string, string> = {},
  more: Partial<ParseInput> = {},
): PolicyErrors['errors'] {
  try {
    read(text, files, more)
  } catch (error) {
    if (error instanceof PolicyErrors) return error.errors
    throw error
  }
  return []
}

/** `3:5-3:11 unknown-key` for each mistake. */
function places(text: string, files: Record<string, string> = {}, more: Partial<ParseInput> = {}): string[] {
  return errorsOf(text, files, more).map(
    ({ file, line, column, endLine, endColumn, code }) =>
      `${file === 'sekisho.yaml' ? '' : `${file}:`}${line}:${column}-${endLine}:${endColumn} ${code}`,
  )
}

const example = `# A bank's policy
version: 1
extends: [finance-fisc, my-number]
locale: ja
gate: { failOn: error, gaps: relevant, exceptionMaxDays: 180, approvers: [privacy-office] }
subjects:
  default: japan
  guards:
    - { call: isDomesticCustomer, from: src/customer/guard.ts, then: japan, else: other }
data:
  entities:
    Kokyaku: { party: customer, fields: { SHIMEI_KJ: name, TEL_1: phone, KOZA_NO: bank-account } }
    StaffProfile: { party: employee }
  notPersonal: [branchCode, 'Product.*']
sanitizers:
  - { import: '@bank/mask', name: maskText, argument: 0, removes: [name, phone, email], evidence: SEC-231 }
  - { import: '@bank/mask', name: tokenize, argument: 0, becomes: pseudonymised }
environments: { production: [.env.production, 'helm/prod/**'], development: [.env.development] }
destinations:
  aoai-japaneast:
    provider: azure-openai
    match: { hosts: [bank-aoai.openai.azure.com] }
    zone: japan-region
    evidence: { region: japaneast, sku: ProvisionedManaged, document: 'infra:aoai.tf', checked: 2026-11-01 }
    contract: { entity: '(as signed)', training: false, dataLocation: [JP], auditRight: true, subprocessors: LEGAL-90, exitPlan: BCP-7 }
    bases:
      - all: [equivalent-system-28, entrustment, external-env]
        data: [basic, customer-record, financial]
        purpose: customer inquiries
        country: US
        document: LEGAL-88
        reviewBy: 2027-09-30
  openai-internal:
    provider: openai
    match: { hosts: [api.openai.com] }
    paths: ['apps/internal-*/**']
    data: [not-personal]
rules:
  - { data: pseudonymised, zone: foreign, level: error, reason: bank standard 4.2 }
exceptions:
  - id: EX-014
    rule: cross-border-flow
    path: apps/fraud/src/score.ts
    data: [email]
    destination: openai-internal
    reason: vendor migration
    requester: sato
    approver: privacy-office
    ticket: GRC-512
    expiry: 2027-03-31
overrides:
  - paths: ['apps/demo/**']
    rules: [{ data: basic, zone: foreign, level: note, reason: synthetic data only }]
exclude: ['vendor/**']
`

describe('a bank’s policy', () => {
  const { policy, warnings } = read(example)

  test('is read in full', () => {
    expect(policy).toMatchObject({
      version: 1,
      file: 'sekisho.yaml',
      extends: ['finance-fisc', 'my-number'],
      locale: 'ja',
      gate: { failOn: 'error', gaps: 'relevant', exceptionMaxDays: 180, approvers: ['privacy-office'] },
      subjects: {
        default: 'japan',
        guards: [{ call: 'isDomesticCustomer', member: null, then: 'japan', otherwise: 'other' }],
      },
      data: { notPersonal: ['branchCode', 'Product.*'] },
      environments: { production: ['.env.production', 'helm/prod/**'] },
      absorbs: ['my-number'],
      exclude: ['vendor/**'],
    })
    expect(policy.sanitizers[1]).toMatchObject({ becomes: 'pseudonymised', evidence: '' })
    expect(policy.destinations.map(({ id, zone, data }) => [id, zone, data])).toEqual([
      ['aoai-japaneast', 'japan-region', null],
      ['openai-internal', null, ['not-personal']],
    ])
  })

  test('keeps where its entries stand', () => {
    expect(policy.destinations[0]!.origin).toMatchObject({ file: 'sekisho.yaml', line: 20, column: 3 })
    expect(policy.destinations[0]!.bases[0]!.origin).toMatchObject({ line: 27, column: 9 })
    expect(policy.exceptions[0]!.origin).toMatchObject({ line: 41, column: 5 })
  })

  test('replaces the preset’s cell with its own', () => {
    const cells = policy.cells.filter(({ data, zone }) => data === 'pseudonymised' && zone === 'foreign')
    expect(cells).toMatchObject([{ level: 'error', unless: [], reason: 'bank standard 4.2' }])
  })

  test('warns of what nothing shows', () => {
    expect(warnings.map(({ line, code }) => `${line} ${code}`)).toEqual(['17 evidence-missing'])
  })

  test('has a digest of its content, not of its form', () => {
    expect(read(example.replace("# A bank's policy\n", '\n\n')).policy.digest).toBe(policy.digest)
    expect(read(example.replace('note, reason', 'warn, reason')).policy.digest).not.toBe(policy.digest)
    expect(policy.digest).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('presets', () => {
  const minimal = read('version: 1\n').policy

  test('the default holds where none is named', () => {
    expect(minimal.extends).toEqual(['localization'])
    expect(defaultPolicy(presets).cells).toEqual(minimal.cells)
    expect(defaultPolicy(presets)).toMatchObject({ file: null, gate: { failOn: 'error', gaps: 'relevant' } })
  })

  test('an overlay stands on the default', () => {
    const { policy } = read('version: 1\nextends: my-number\n')
    expect(policy.extends.sort()).toEqual(['localization', 'my-number'])
  })

  test('none are wanted: deny by default', () => {
    expect(read('version: 1\nextends: []\n').policy.cells).toEqual([])
  })
})

test.each<[what: string, text: string, errors: string[]]>([
  ['an unknown key', 'version: 1\nextend: [localization]\n', ['2:1-2:7 unknown-key']],
  ['an unknown key inside', 'version: 1\ngate:\n  failon: error\n', ['3:3-3:9 unknown-key']],
  ['a missing version', 'locale: ja\n', ['1:1-2:1 missing-key']],
  ['an unknown version', 'version: 2\n', ['1:10-1:11 unknown-value']],
  ['nothing', '', ['1:1-1:1 empty']],
  ['only a comment', '# nothing\n', ['1:1-1:1 empty']],
  ['a list', '- a\n', ['1:1-2:1 wrong-type']],
  ['a wrong word', 'version: 1\ngate: { failOn: eror }\n', ['2:17-2:21 unknown-value']],
  ['a wrong type', 'version: 1\ngate: { exceptionMaxDays: many }\n', ['2:27-2:31 wrong-type']],
  ['a boolean that YAML 1.1 would make', 'version: 1\ngate: { failOn: no }\n', ['2:17-2:19 unknown-value']],
  ['text where a list is wanted', 'version: 1\nexclude: vendor\n', ['2:10-2:16 wrong-type']],
  ['an unknown preset', 'version: 1\nextends: [finance-fsc]\n', ['2:11-2:22 unknown-preset']],
  [
    'an unknown zone',
    'version: 1\nrules:\n  - { data: basic, zone: abroad, level: error }\n',
    ['3:26-3:32 unknown-value'],
  ],
  [
    'an unknown zone in a list',
    'version: 1\nrules:\n  - { data: basic, zone: [foreign, abroad], level: error }\n',
    ['3:36-3:42 unknown-value'],
  ],
  [
    'an unknown class',
    'version: 1\nrules:\n  - { data: phon, zone: foreign, level: error }\n',
    ['3:13-3:17 unknown-data-class'],
  ],
  [
    'an unknown basis',
    'version: 1\ndestinations:\n  a: { provider: openai, bases: [{ all: [concent-28] }] }\n',
    ['3:42-3:52 unknown-value'],
  ],
  ['an unknown rule', 'version: 1\nrules: [{ rule: foreign-endpoints, level: warn }]\n', ['2:17-2:34 unknown-value']],
  ['a rule and a half', 'version: 1\nrules: [{ data: basic, level: warn }]\n', ['2:9-2:37 missing-key']],
  [
    'a flow’s level as a rule’s',
    'version: 1\nrules: [{ rule: cross-border-flow, level: warn }]\n',
    ['2:17-2:34 not-a-severity'],
  ],
  [
    'a rule lowered without reason',
    'version: 1\nrules: [{ rule: region-escape, level: warn }]\n',
    ['2:9-2:45 reason-missing'],
  ],
  [
    'a cell lowered without reason',
    'version: 1\nrules: [{ data: basic, zone: foreign, level: warn }]\n',
    ['2:9-2:52 reason-missing'],
  ],
  [
    'a class lowered without reason',
    'version: 1\nrules: [{ data: phone, zone: foreign, level: warn }]\n',
    ['2:9-2:52 reason-missing'],
  ],
  [
    'never lowered',
    'version: 1\nrules: [{ data: my-number, zone: foreign, level: error, reason: r }]\n',
    ['2:50-2:55 never-lowered'],
  ],
  [
    'never lowered at a path',
    "version: 1\noverrides:\n  - paths: ['a/**']\n    rules: [{ data: my-number, zone: foreign, level: note, reason: r }]\n",
    ['4:54-4:58 never-lowered'],
  ],
  [
    'a cell twice',
    'version: 1\nrules:\n  - { data: basic, zone: foreign, level: error }\n  - { data: [basic, phone], zone: foreign, level: error }\n',
    ['4:5-4:58 duplicate-cell'],
  ],
  [
    'a day that is not',
    'version: 1\ndestinations:\n  a: { provider: openai, bases: [{ all: [entrustment], reviewBy: 2027-02-30 }] }\n',
    ['3:66-3:76 not-a-date'],
  ],
  [
    'a destination of nothing',
    'version: 1\ndestinations:\n  somewhere: { zone: domestic }\n',
    ['3:3-3:12 destination-unmatched'],
  ],
  [
    'a URL as host',
    'version: 1\ndestinations:\n  a: { match: { hosts: [https://llm.example.co.jp/v1] } }\n',
    ['3:25-3:53 not-a-host'],
  ],
  [
    'entrustment alone abroad',
    'version: 1\ndestinations:\n  a: { provider: openai, zone: foreign, bases: [{ all: [entrustment, record] }] }\n',
    ['3:56-3:77 bare-entrustment-abroad'],
  ],
  [
    'an own class without row',
    'version: 1\ndata: { classes: { loan-history: { names: [loan] } } }\n',
    ['2:20-2:32 missing-key'],
  ],
  [
    'a known class of another row',
    'version: 1\ndata: { classes: { my-number: { row: related } } }\n',
    ['2:38-2:45 row-changed'],
  ],
  [
    'an unknown class of a field',
    'version: 1\ndata: { entities: { Kokyaku: { fields: { TEL: fone } } } }\n',
    ['2:47-2:51 unknown-data-class'],
  ],
  [
    'a guard without test',
    'version: 1\nsubjects: { guards: [{ member: country, then: japan }] }\n',
    ['2:22-2:54 guard-incomplete'],
  ],
])('%s', (_, text, errors) => {
  expect(places(text)).toEqual(errors)
})

const exception = (more: string): string =>
  `version: 1
gate: { approvers: [privacy-office] }
destinations:
  openai: { provider: openai, zone: foreign, match: { hosts: [api.openai.com] } }
exceptions:
  - { id: EX-1, rule: cross-border-flow, reason: r, ${more} }
`

test.each<[what: string, more: string, errors: string[]]>([
  ['is right', 'path: a.ts, data: [email], destination: openai, approver: privacy-office, expiry: 2027-03-31', []],
  [
    'has no such approver',
    'path: a.ts, data: [email], approver: privacy-offic, expiry: 2027-03-31',
    ['6:90-6:103 not-an-approver'],
  ],
  [
    'has no such destination',
    'path: a.ts, data: [email], destination: openia, approver: privacy-office, expiry: 2027-03-31',
    ['6:93-6:99 unknown-destination'],
  ],
  [
    'is on never',
    'path: a.ts, data: [email, my-number], destination: openai, approver: privacy-office, expiry: 2027-03-31',
    ['6:79-6:88 exception-on-never'],
  ],
  ['has no scope', 'data: [email], approver: privacy-office, expiry: 2027-03-31', ['6:5-6:114 exception-too-wide']],
  ['has no data', 'path: a.ts, approver: privacy-office, expiry: 2027-03-31', ['6:5-6:111 exception-too-wide']],
  ['has no day', 'path: a.ts, data: [email], approver: privacy-office, expiry: 2027/3/31', ['6:114-6:123 not-a-date']],
  ['has no expiry', 'path: a.ts, data: [email], approver: privacy-office', ['6:5-6:106 missing-key']],
])('an exception that %s', (_, more, errors) => {
  expect(places(exception(more))).toEqual(errors)
})

test('the region is exactly what is wrong', () => {
  const text = exception('path: a.ts, data: [email], approver: privacy-offic, expiry: 2027/3/31')
  const marked = errorsOf(text).map(({ line, column, endColumn }) =>
    text.split('\n')[line - 1]!.slice(column - 1, endColumn - 1),
  )
  expect(marked).toEqual(['privacy-offic', '2027/3/31'])
})

test('all mistakes are reported at once, from top to bottom', () => {
  const text = `version: 1
extends: [localisation]
locales: ja
exceptions:
  - { id: A, rule: cross-border-flow, path: a, data: [fone], reason: r, approver: b, expiry: 2027-13-01 }
`
  expect(places(text)).toEqual([
    '2:11-2:23 unknown-preset',
    '3:1-3:8 unknown-key',
    '5:55-5:59 unknown-data-class',
    '5:94-5:104 not-a-date',
  ])
})

test('a class of one’s own may be named everywhere', () => {
  const { policy } = read(`version: 1
data: { classes: { loan-history: { row: financial, names: [kashidashi_rireki], labels: [貸出履歴] }, phone: { names: [renrakusaki] } } }
sanitizers: [{ name: maskAll, removes: [financial], evidence: T-1 }]
rules: [{ data: loan-history, zone: [domestic, japan-region], level: warn }]
`)
  expect(policy.data.classes).toMatchObject([
    { id: 'loan-history', row: 'financial' },
    { id: 'phone', row: 'basic', names: ['renrakusaki'] },
  ])
  expect(policy.sanitizers[0]!.removes).toEqual(['financial', 'bank-account', 'loan-history'])
})

test('messages show the place, what was expected and what to write', () => {
  const text = 'version: 1\ndestinations:\n\t# 社内\n  社内ＬＬＭ: { provider: openai, zonee: domestic }\nlocale: en\n'
  const [error] = errorsOf(text.replace('\t', '  '))
  expect(renderPolicyError(error!, 'en')).toMatchInlineSnapshot(`
    "sekisho.yaml:4:30: unknown key \`zonee\`
      3 |   # 社内
    > 4 |   社内ＬＬＭ: { provider: openai, zonee: domestic }
        |                                   ^^^^^
      5 | locale: en
    expected: one of provider, match, paths, zone, evidence, contract, bases, data
    write: did you mean \`zone\`?"
  `)
  expect(renderPolicyError(error!, 'ja')).toMatchInlineSnapshot(`
    "sekisho.yaml:4:30: 不明なキー \`zonee\`
      3 |   # 社内
    > 4 |   社内ＬＬＭ: { provider: openai, zonee: domestic }
        |                                   ^^^^^
      5 | locale: en
    期待される値: 次のいずれか: provider, match, paths, zone, evidence, contract, bases, data
    対処: \`zone\` ではありませんか？"
  `)
  const [tabbed] = errorsOf('version: 1\nlocale:\t\tfr # ←\n')
  expect(renderPolicyError(tabbed!, 'en')).toMatchInlineSnapshot(`
    "sekisho.yaml:2:10: \`fr\` is not known here
      1 | version: 1
    > 2 | locale:    fr # ←
        |            ^^
    expected: one of en, ja"
  `)
  const [never] = errorsOf('version: 1\nrules:\n  - { data: my-number, zone: foreign, level: warn, reason: test }\n')
  expect(renderPolicyError(never!, 'en')).toMatchInlineSnapshot(`
    "sekisho.yaml:3:46: my-number × foreign is never allowed (preset localization: my-number × foreign), and nothing lowers that
      2 | rules:
    > 3 |   - { data: my-number, zone: foreign, level: warn, reason: test }
        |                                              ^^^^
    expected: never
    write: remove the entry, or extend another preset"
  `)
  expect(renderPolicyError(never!, 'ja')).toMatchInlineSnapshot(`
    "sekisho.yaml:3:46: my-number × foreign は never（preset localization: my-number × foreign）で、緩和できません
      2 | rules:
    > 3 |   - { data: my-number, zone: foreign, level: warn, reason: test }
        |                                              ^^^^
    期待される値: never
    対処: この項目を削除するか、別のプリセットを使ってください"
  `)
})

test('a long line is cut around the place, control characters never reach the terminal', () => {
  const [error] = errorsOf(`version: 1\nexclude: ['${'a'.repeat(5000)}', 7]\n`)
  expect(error!.column).toBe(5015)
  expect(Math.max(...error!.frame.split('\n').map((line) => line.length))).toBeLessThan(140)
  const [hidden] = errorsOf('version: 1\nexclude: "a\u202eb"\n')
  expect(hidden!.frame).toContain('"a\ufffdb"')
})
