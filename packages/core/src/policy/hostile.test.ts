import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Preset } from '../catalog/catalogue.js'
import { PolicyErrors } from './errors.js'
import { parsePolicy } from './parse.js'
import type { ParsedPolicy } from './parse.js'

const localization = new URL('../../data/presets/localization.yaml', import.meta.url)
const presets = [parse(readFileSync(localization, 'utf8')) as Preset]

function read(text: string): ParsedPolicy {
  return parsePolicy({
    file: 'sekisho.yaml',
    text,
    read: () => null,
    presets,
    dataClasses: [{ id: 'phone', row: 'basic' }],
  })
}

/** `line:column code` of each mistake. */
function places(text: string): string[] {
  try {
    read(text)
  } catch (error) {
    if (error instanceof PolicyErrors) return error.errors.map(({ line, column, code }) => `${line}:${column} ${code}`)
    throw error
  }
  return []
}

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => [...pair])) {
  bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`)
}

test.each<[what: string, text: string, errors: string[]]>([
  ['100,000 open brackets', `version: 1\na: ${'['.repeat(100_000)}`, ['2:67 too-deep']],
  ['100,000 open braces', `a: ${'{a: '.repeat(100_000)}`, ['1:256 too-deep']],
  ['lists in lists', `${'- '.repeat(50_000)}x`, ['1:129 too-deep']],
  ['brackets after a quoted closing one', `a: ${'["]", '.repeat(1000)}`, ['1:382 too-deep']],
  ['indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), ['65:66 too-deep']],
  ['2 MB', `version: 1 #${'x'.repeat(2_000_000)}`, ['1:1 too-large']],
  ['aliases of aliases', `version: 1\n${bomb.join('\n')}`, ['5:36 too-many-aliases']],
  ['NUL', 'version: 1\nlocale: "e\0n"\n', ['2:11 control-character']],
  ['escape sequences', 'version: 1\nlocale: "\u001b[2J"\n', ['2:10 control-character']],
  ['merge keys', 'version: 1\ngate: &g { failOn: warn }\nsubjects: { <<: *g }\n', ['3:13 merge-key']],
  ['tags', 'version: 1\nlocale: !!binary aGVsbG8=\n', ['2:18 tag']],
  ['unknown tags', 'version: 1\nlocale: !ruby/object en\n', ['2:9 tag']],
  ['two documents', 'version: 1\n---\nversion: 1\n', ['2:1 several-documents']],
  ['a directive', '%YAML 1.1\n---\nversion: 1\n', ['1:1 directive']],
  ['a key twice', 'version: 1\nlocale: en\nlocale: ja\n', ['3:1 duplicate-key']],
  ['a key twice in a flow map', 'version: 1\ngate: { failOn: error, failOn: note }\n', ['2:24 duplicate-key']],
  ['a list as key', 'version: 1\n? [a]\n: b\n', ['2:3 key-not-text']],
  ['an unknown alias', 'version: 1\nexclude: [*.js]\n', ['2:11 unknown-alias']],
  ['an alias of itself', 'version: 1\nexclude: &x [*x]\n', ['2:14 unknown-alias']],
  [
    'an alias of itself by another name',
    'version: 1\nexclude: &x [a]\nenvironments: { a: *x, b: &x [*x] }\n',
    ['3:30 duplicate-anchor'],
  ],
  ['a tab as indentation', 'version: 1\ngate:\n\tfailOn: warn\n', ['3:1 tab-indent']],
  ['a colon in unquoted text', 'version: 1\ngate: failOn: error\n', ['2:7 nested-on-one-line']],
  ['an unquoted scope', 'version: 1\nextends: @company/policy\n', ['2:10 unquoted']],
  ['a missing colon', 'version: 1\nlocale ja\ngate: {}\n', ['2:1 key-without-colon']],
  ['a Windows path in double quotes', 'version: 1\nexclude: ["C:\\dir"]\n', ['2:14 bad-escape']],
  ['an open quote', 'version: 1\nlocale: "en\n', ['3:1 missing-character']],
  ['__proto__ at the top', 'version: 1\n__proto__: { gate: { failOn: note } }\n', ['2:1 unknown-key']],
  ['constructor at the top', 'version: 1\nconstructor: 1\n', ['2:1 unknown-key']],
])('%s', (_, text, errors) => {
  expect(places(text)).toEqual(errors)
})

test('a flood of keys takes no quadratic time', { timeout: 30_000 }, () => {
  const keys = Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')
  const start = performance.now()
  expect(places(`version: 1\n${keys}`)).toHaveLength(50)
  expect(performance.now() - start).toBeLessThan(10_000)
})

describe('__proto__', () => {
  test('as a name is a name', () => {
    const { policy } = read(`version: 1
data: { entities: { __proto__: { fields: { __proto__: phone } }, constructor: { party: staff } } }
environments: { __proto__: [.env] }
destinations: { __proto__: { provider: openai } }
`)
    expect(policy.data.entities.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
    expect(Object.keys(policy.data.entities[0]!.fields)).toEqual(['__proto__'])
    expect(Object.keys(policy.environments)).toEqual(['__proto__'])
    expect(policy.destinations[0]!.id).toBe('__proto__')
    expect(({} as Record<string, unknown>).fields).toBeUndefined()
  })

  test('as a data class is unknown', () => {
    expect(places('version: 1\nrules: [{ data: __proto__, zone: foreign, level: error }]\n')).toEqual([
      '2:17 unknown-data-class',
    ])
  })
})

describe('plain files of other editors', () => {
  test('a byte order mark and CRLF', () => {
    const text = '\ufeffversion: 1\r\nlocal: ja\r\n'
    expect(places(text)).toEqual(['2:1 unknown-key'])
    expect(places('\ufeffversoin: 1\r\n')).toEqual(['1:1 missing-key', '1:1 unknown-key'])
    expect(read('\ufeffversion: 1\r\nlocale: ja\r\n').policy.locale).toBe('ja')
  })

  test('brackets in text are text', () => {
    expect(places(`version: 1\n# ${'['.repeat(200)}\nexclude: ['${'['.repeat(200)}', a${'['.repeat(0)}]\n`)).toEqual([])
  })

  test('a few aliases are read', () => {
    expect(read('version: 1\nexclude: &x [a]\nenvironments: { test: *x }\n').policy.environments).toEqual({
      test: ['a'],
    })
  })

  test('dates and words stay text', () => {
    const { policy } = read('version: 1\ndestinations: { a: { provider: no, evidence: { checked: 2026-11-01 } } }\n')
    expect(policy.destinations[0]).toMatchObject({ provider: 'no', evidence: { checked: '2026-11-01' } })
  })
})
