import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Preset } from '../catalog/catalogue.js'
import { PolicyErrors } from './errors.js'
import { parsePolicy } from './parse.js'
import type { ParsedPolicy } from './parse.js'

const folder = new URL('../../data/presets/', import.meta.url)
const presets = readdirSync(folder).map((file) => parse(readFileSync(new URL(file, folder), 'utf8')) as Preset)
const dataClasses = [{ id: 'phone', row: 'basic' as const }]

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

type Files = Record<string, string>

function read(text: string, files: Files = {}, asked: string[] = []): ParsedPolicy {
  const of = (path: string): string | null => {
    asked.push(path)
    return files[path] ?? null
  }
  return parsePolicy({
    file: 'sekisho.yaml',
    text: `version: 1\n${text}`,
    read: of,
    presets,
    dataClasses,
    digest: sha256,
  })
}

/** `file:line:column code: message` of each mistake. */
function mistakes(text: string, files: Files = {}): string[] {
  try {
    read(text, files)
  } catch (error) {
    if (!(error instanceof PolicyErrors)) throw error
    return error.errors.map(
      ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code}: ${message.en}`,
    )
  }
  return []
}

const plain = 'version: 1\nexclude: [vendor]\n'

test('files are read relative to the file that names them', () => {
  const asked: string[] = []
  const files = {
    'policy/a.yaml': 'version: 1\nextends: [../shared/b.yaml, ./c.yml]\n',
    'shared/b.yaml': plain,
    'policy/c.yml': plain,
  }
  const { policy } = read('extends: [./policy/a.yaml, policy/c.yml]\n', files, asked)
  expect(asked).toEqual(['policy/a.yaml', 'shared/b.yaml', 'policy/c.yml', 'policy/c.yml'])
  expect(policy.exclude).toEqual(['vendor'])
})

test('packages are asked for by name', () => {
  const asked: string[] = []
  expect(read('extends: npm:@company/policy', { 'npm:@company/policy': plain }, asked).policy.exclude).toEqual([
    'vendor',
  ])
  expect(asked).toEqual(['npm:@company/policy'])
})

test.each([
  ['../base.yaml', 'extends-outside'],
  ['./a/../../base.yaml', 'extends-outside'],
  ['/etc/base.yaml', 'extends-outside'],
  ['~/base.yaml', 'extends-outside'],
  ["'C:\\base.yaml'", 'extends-outside'],
  ["'.\\..\\base.yaml'", 'extends-outside'],
  ["'\\\\server\\base.yaml'", 'extends-outside'],
  ['https://example.com/base.yaml', 'extends-outside'],
  ['file:///etc/base.yaml', 'extends-outside'],
  ['npm:../base', 'extends-outside'],
  ['./missing.yaml', 'extends-unread'],
  ['npm:@company/missing', 'extends-unread'],
  ['localisation', 'unknown-preset'],
  ['__proto__', 'unknown-preset'],
  ["'@company/policy'", 'unknown-preset'],
  ["'localization#sha256-00'", 'preset-hash'],
])('%s is refused', (spec, code) => {
  expect(mistakes(`extends: [${spec}]`)).toEqual([expect.stringContaining(`sekisho.yaml:2:11 ${code}:`)])
})

test('a cycle is shown where it closes', () => {
  const files = { 'a.yaml': 'version: 1\nextends: ./b.yaml\n', 'b.yaml': 'version: 1\nextends: [./a.yaml]\n' }
  expect(mistakes('extends: ./a.yaml', files)).toEqual([
    'b.yaml:2:11 extends-cycle: these extend each other: a.yaml → b.yaml → a.yaml',
  ])
  expect(mistakes('extends: ./sekisho.yaml')).toEqual([expect.stringContaining('extends-cycle')])
})

test('a long chain and a flood of files are cut', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`${i}.yaml`, `version: 1\nextends: ./${i + 1}.yaml\n`]),
  )
  expect(mistakes('extends: ./0.yaml', chain)).toEqual([expect.stringContaining('4.yaml:2:10 extends-too-many')])
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.yaml`, plain]))
  expect(
    mistakes(
      `extends: [${Object.keys(many)
        .map((name) => `./${name}`)
        .join(', ')}]`,
      many,
    )[0],
  ).toContain('extends-too-many')
})

test('mistakes in an extended file stand in it', () => {
  const files = { 'a.yaml': 'version: 1\ngate: { failOn: eror }\nrules: []\n' }
  expect(mistakes('extends: ./a.yaml\nlocales: ja', files)).toEqual([
    'sekisho.yaml:3:1 unknown-key: unknown key `locales`',
    'a.yaml:2:17 unknown-value: `eror` is not known here',
  ])
})

test('an entry twice', () => {
  expect(mistakes('extends: [localization, localization]')).toEqual([expect.stringContaining('2:25 extends-twice')])
})

describe('a hash', () => {
  const hex = sha256(plain)
  const base64 = createHash('sha256').update(plain).digest('base64')
  const files = { 'a.yaml': plain }

  test.each([hex, hex.toUpperCase(), base64, base64.replace('=', '')])('that is right: %s', (hash) => {
    expect(mistakes(`extends: ['./a.yaml#sha256-${hash}']`, files)).toEqual([])
  })

  test('that is of other content names the one that it should be', () => {
    try {
      read(`extends: ['./a.yaml#sha256-${'0'.repeat(64)}']`, files)
      expect.unreachable()
    } catch (error) {
      const [mistake] = (error as PolicyErrors).errors
      expect(mistake).toMatchObject({ code: 'hash-mismatch', line: 2, column: 11 })
      expect(mistake!.expected!.en).toContain(hex)
    }
  })

  test.each(['#md5-00', '#sha256-', '#sha256-xyz', '#'])('that is none: %s', (hash) => {
    expect(mistakes(`extends: ['./a.yaml${hash}']`, files)).toEqual([expect.stringContaining('not-a-hash')])
  })

  test('that cannot be checked is an error', () => {
    expect(() =>
      parsePolicy({
        file: 'sekisho.yaml',
        text: `version: 1\nextends: ['./a.yaml#sha256-${hex}']`,
        read: () => plain,
        presets,
        dataClasses,
      }),
    ).toThrow('cannot be checked')
  })
})
