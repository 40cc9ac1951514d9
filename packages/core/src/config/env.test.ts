import { describe, expect, it } from 'vitest'
import { env } from './env.js'
import { formatOf } from './registry.js'

function read(text: string, path = '.env') {
  return env.read(path, text)
}

/** KEY → value, as most tables need it. */
function values(text: string, path?: string) {
  return Object.fromEntries(read(text, path).settings.map(({ path: [key], value }) => [key, value]))
}

describe('which files', () => {
  it.each([
    ['.env', 'env'],
    ['apps/web/.env.production', 'env'],
    ['config/prod.env', 'env'],
    ['.envrc', 'env'],
    ['.env.example', 'env'],
    ['.env.yaml', 'yaml'],
    ['.env.d.ts', undefined],
    ['src/env.ts', undefined],
    ['environment', undefined],
  ])('%s → %s', (path, id) => {
    expect(formatOf(path)?.id).toBe(id)
  })

  it.each([
    ['.env', false],
    ['.env.example', true],
    ['.env.sample', true],
    ['.env.template', true],
    ['.env.production', false],
    ['example.env', true],
    ['example/.env', false],
  ])('%s is a template for people: %s', (path, example) => {
    expect(read('', path).example === true).toBe(example)
  })
})

describe('values', () => {
  it.each([
    ['plain', 'A=1', { A: '1' }],
    ['spaces around the sign', 'A = 1 ', { A: '1' }],
    ['export', 'export A=1\n  export\tB=2', { A: '1', B: '2' }],
    ['a key that starts with export', 'exporter=1', { exporter: '1' }],
    ['colon', 'A: 1', { A: '1' }],
    ['a URL', 'A=https://api.openai.com/v1#top', { A: 'https://api.openai.com/v1#top' }],
    ['empty', 'A=\nB=""\nC= ', { A: '', B: '', C: '' }],
    ['dots and dashes', 'spring.ai.openai.base-url=x', { 'spring.ai.openai.base-url': 'x' }],
    ['single quotes', "A=' a # b '", { A: ' a # b ' }],
    ['double quotes with escapes', 'A="a\\n\\"b\\" \\\\ \\$X"', { A: 'a\n"b" \\ $X' }],
    ['backticks', 'A=`say "it\'s"`', { A: 'say "it\'s"' }],
    ['several lines', 'A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
    ['comments', '# A=1\nB=2 # C=3\n#D=4\nE=5#6', { B: '2', E: '5#6' }],
    ['comment after quotes', 'A="1" # x\nB=2', { A: '1', B: '2' }],
    ['only a comment', 'A= # x', { A: '' }],
    ['CRLF', 'A=1\r\nB="x"\r\nC="p\r\nq"\r\n', { A: '1', B: 'x', C: 'p\nq' }],
    ['BOM', '\uFEFFA=1', { A: '1' }],
    ['Japanese', 'NAME=関所', { NAME: '関所' }],
    ['passed on from outside', 'A\nexport B\nC=1', { C: '1' }],
    ['the last of equal keys last', 'A=1\nA=2', { A: '2' }],
    ['JSON', 'A={"a": "b"}', { A: '{"a": "b"}' }],
    ['quotes inside', 'A=it\'s "fine"', { A: 'it\'s "fine"' }],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual(expected)
    expect(read(text).gaps).toEqual([])
  })

  it.each([
    ['A=${X}', ['X']],
    ['A=https://$HOST/v1', ['HOST']],
    ['A="${X:-${Y:-z}}"', ['X', 'Y']],
    ["A='${X}'", []],
    ['A=\\$X', []],
    ['A=pa$$word', []],
    ['A=$5', []],
    ['A=${X}${X}', ['X']],
  ])('%s refers to %j', (text, references) => {
    expect(read(text).settings[0]!.references).toEqual(references)
  })

  it('keeps a reference as it was written', () => {
    expect(values('A=${X:-https://api.openai.com}/v1')).toEqual({ A: '${X:-https://api.openai.com}/v1' })
  })

  it('every key is an environment variable', () => {
    expect(read('A=1').settings[0]).toMatchObject({ path: ['A'], environment: 'A' })
  })

  it('keeps the comment behind a value', () => {
    expect(read('A=1 # 東京').settings[0]!.comment).toBe('東京')
    expect(read('# 一\nA=1 # 二').comments).toEqual([
      { span: { start: 0, end: 3 }, text: '一' },
      { span: { start: 8, end: 11 }, text: '二' },
    ])
  })
})

describe('positions', () => {
  it.each([
    ['A=1', 'A', '1'],
    ['# 顧客 🗼\r\nexport A = "x y" # z', 'A', 'x y'],
    ['export A=1', 'A', '1'],
    ['\uFEFFKEY="p\nq"', 'KEY', 'p\nq'],
    ['A=', 'A', ''],
    ["A='x'", 'A', 'x'],
  ])('%j', (text, key, value) => {
    const [setting] = read(text).settings
    expect(text.slice(setting!.keySpan.start, setting!.keySpan.end)).toBe(key)
    expect(text.slice(setting!.valueSpan.start, setting!.valueSpan.end)).toBe(value)
  })
})

describe('.envrc', () => {
  it.each([
    ['only exports', 'A=1\nexport B=2\nuse flake', { B: '2' }],
    ['several in a line', 'export A=1 B="2 3" # x', { A: '1', B: '2 3' }],
    ['pieces side by side', 'export A="https://"api.openai.com\'/v1\'', { A: 'https://api.openai.com/v1' }],
    ['an operator ends the word', 'export A=1; export B=2', { A: '1' }],
    ['a command is known only when it runs', 'export A=$(pass show key)', { A: null }],
    ['a default', 'export A=${B:-x y}', { A: '${B:-x y}' }],
  ])('%s', (_, text, expected) => {
    expect(values(text, '.envrc')).toEqual(expected)
  })
})

describe('what is not understood', () => {
  it('is a gap, and the rest is read', () => {
    const file = read('A=1\n<<<<<<< HEAD\nB=2')
    expect(file.settings.map((s) => s.value)).toEqual(['1', '2'])
    expect(file.gaps).toMatchObject([{ kind: 'parse', span: { start: 4, end: 16 } }])
  })

  it('a quote without an end is a gap, and does not swallow what follows', () => {
    const file = read('A="x\nB=2')
    expect(file.settings.map((s) => s.value)).toEqual(['"x', '2'])
    expect(file.gaps).toHaveLength(1)
  })

  it.each([
    ['open double quotes', 'A="\\"\n'.repeat(150_000)],
    ['open quotes of every kind', 'A="\nB=\'\nC=`\n'.repeat(60_000)],
    ['bad lines', '\u0000!\n'.repeat(300_000)],
    ['one long line', `A=${'${'.repeat(400_000)}`],
    ['longer than the bound', 'A=1\n'.repeat(400_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['expressions', '${{ '.repeat(200_000)],
  ])('hostile input ends soon: %s', (_, text) => {
    const start = performance.now()
    expect(read(text).gaps.length).toBeLessThanOrEqual(21)
    expect(read(text, '.envrc').gaps.length).toBeLessThanOrEqual(21)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('what was cut is a gap', () => {
    expect(read('A=1\n'.repeat(400_000)).gaps).toMatchObject([{ kind: 'cut' }])
  })
})
