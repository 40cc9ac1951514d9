/** Bytes that are no plain UTF-8, and config files that are meant to exhaust whoever reads them. */
import { describe, expect, test } from 'vitest'
import { LEAK, leaksOf, patience, reportOf, repositoryOf, scan, TOKEN } from './watched.js'

// 電話番号
const SHIFT_JIS = Buffer.from([0x93, 0x64, 0x98, 0x62, 0x94, 0xd4, 0x8d, 0x86])
const EUC_JP = Buffer.from([0xc5, 0xc5, 0xcf, 0xc3, 0xc8, 0xd6, 0xb9, 0xe6])

/** The only evidence is the comment. */
function withComment(comment: Uint8Array): Buffer {
  const head = `${TOKEN}interface Row {\n  /** `
  const tail =
    ' */\n  column7: string\n}\nexport const ask = (row: Row) => client.responses.create({ input: row.column7 })\n'
  return Buffer.concat([Buffer.from(head), comment, Buffer.from(tail)])
}

describe('encodings', () => {
  test.each([
    ['Shift_JIS', withComment(SHIFT_JIS)],
    ['EUC-JP', withComment(EUC_JP)],
    ['UTF-16', Buffer.from(`\ufeff${withComment(Buffer.from('電話番号')).toString()}`, 'utf16le')],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${withComment(Buffer.from('電話番号')).toString()}`)],
  ])('a comment in %s tells what a column holds', { timeout: patience }, (_, bytes) => {
    const { findings, gaps } = reportOf(repositoryOf({ 'src/ask.ts': bytes }))
    expect(gaps).toEqual([])
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'cross-border-flow', dataClasses: ['phone'] }))
  })

  test('bytes that are no text are a gap where they could matter', { timeout: patience }, () => {
    const broken = withComment(Buffer.from([0xff, 0xfe, 0x80, 0xc3, 0x28, 0xf8]))
    const policy = { 'sekisho.yaml': Buffer.concat([Buffer.from('version: 1\n# '), Buffer.from([0xff, 0x80, 0xfd])]) }
    const report = reportOf(repositoryOf(LEAK, { 'src/ask.ts': broken, '.env': broken, 'compose.yaml': broken }))
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    expect(report.code).toBe(3)
    expect(report.gaps.map(({ file }) => file)).toContain('src/ask.ts')
    expect(scan(repositoryOf(LEAK, policy)).code).toBe(2)
  })
})

const bomb = (levels: number) =>
  ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    .concat(
      Array.from({ length: levels }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(', ')}]`),
    )
    .join('\n')

const CONFIG: Readonly<Record<string, string>> = {
  '100,000 open brackets': '['.repeat(100_000),
  '100,000 braces': '{a: '.repeat(100_000),
  '5,000 levels by indent': Array.from({ length: 5000 }, (_, at) => `${' '.repeat(at % 1000)}a:`).join('\n'),
  '20,000 nested dashes': '- '.repeat(20_000),
  'aliases that double': bomb(12),
  'merges of merges': `${bomb(3)}\nm: { <<: *a3, <<: [*a0, *a1] }`,
  'an anchor in itself': 'a: &a { b: *a, c: [*a] }',
  '50,000 anchors': Array.from({ length: 50_000 }, (_, at) => `k${at}: &a${at} v`).join('\n'),
  '50,000 equal keys': 'services: { OPENAI_BASE_URL: https://api.openai.com }\n'.repeat(10_000),
  'keys of the prototype':
    '__proto__: { OPENAI_BASE_URL: https://api.openai.com }\nconstructor: { prototype: { a: 1 } }\nenvironment: { __proto__: x, hasOwnProperty: y }',
  'tags that would run': 'a: !!js/function "function(){}"\nb: !!python/object/apply:os.system ["touch ran"]',
  'a quote without an end': `a: "${'\\'.repeat(50_000)}`,
  'templates without an end': '{{ '.repeat(30_000),
  'variables in variables': `A: ${'${A:-'.repeat(4000)}`,
  'spaces before a colon': `${'a '.repeat(40_000)}: b`,
  '1 MB of hashes': `a: b ${'#'.repeat(1_000_000)}`,
}

describe('config files', () => {
  test.each(Object.keys(CONFIG))('%s', { timeout: patience }, (name) => {
    const text = `${CONFIG[name]}\n`
    const json = CONFIG[name]!.replaceAll('{a: ', '{"a":')
    const files = {
      'compose.yaml': text,
      'values.yml': text,
      '.env': text,
      'package.json': json,
      'tsconfig.json': json,
    }
    const report = reportOf(repositoryOf(LEAK, files))
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    expect([1, 3]).toContain(report.code)
  })

  // A fault: the pattern that expands a value takes time by the square of them; 20,000 take 4 s, what fits into 1 MiB minutes.
  test.todo('150,000 variables in variables')

  test.each(Object.keys(CONFIG))('the same as a policy: %s', { timeout: patience }, (name) => {
    expect(scan(repositoryOf(LEAK, { 'sekisho.yaml': `version: 1\n${CONFIG[name]}\n` })).code).toBe(2)
  })

  test('manifests that lead in circles and out of the root', { timeout: patience }, () => {
    const report = reportOf(
      repositoryOf(LEAK, {
        'tsconfig.json':
          '{ "extends": "./tsconfig.json", "compilerOptions": { "baseUrl": "../../..", "paths": { "*": ["*", "/etc/*", "../*"], "@/*": ["./@/*"] } } }',
        'package.json': `{ "name": "__proto__", "imports": { "#a": "#b", "#b": "#a", "#*": "./#*" }, "exports": { ".": "../../etc/passwd", "./${'*'.repeat(2000)}": "./*" }, "workspaces": ["**", "../**", "${'{a,b}'.repeat(30)}"] }`,
        'src/a.ts': `import '#a'\nimport '#x'\nimport '@/b'\nimport '__proto__'\nimport '__proto__/${'a'.repeat(5000)}'\nimport 'etc/passwd'\nimport './leak'\nimport './a'`,
      }),
    )
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
  })
})
