import { readFileSync } from 'node:fs'
import { engineVersion } from '@sekisho/core'
import { describe, expect, test } from 'vitest'
import { parseArguments } from './arguments.js'
import { usesColor } from './color.js'
import { explainedFormats } from './format-help.js'
import { chooseLocale } from './locale.js'
import { reporterIds } from './reporters/registry.js'

const parse = (...argv: string[]) => parseArguments(argv, '1.2.3', 'en')
const options = (...argv: string[]) => {
  const parsed = parse(...argv)
  if (parsed.kind !== 'scan') throw new Error(parsed.kind === 'exit' ? parsed.stderr : 'another command')
  return parsed.options
}

describe('parseArguments', () => {
  test('scan is what is done without a word', () => {
    expect(options()).toEqual(options('scan'))
    expect(options('src', 'test')).toEqual(options('scan', 'src', 'test'))
    expect(options('src').paths).toEqual(['src'])
    expect(options()).toMatchObject({ paths: ['.'], cache: true, color: null, failOn: null, maxFileSize: 1048576 })
  })

  test.each([
    [[], [['terminal', null]]],
    [['-f', 'json'], [['json', null]]],
    [['-f', 'json', '-o', 'r.json'], [['json', 'r.json']]],
    [
      ['-f', 'terminal', '-f', 'sarif=a=b.sarif'],
      [
        ['terminal', null],
        ['sarif', 'a=b.sarif'],
      ],
    ],
    [['-f', 'sarif=-'], [['sarif', null]]],
  ])('outputs of %j', (argv, expected) => {
    expect(options(...argv).outputs.map(({ reporter, path }) => [reporter, path])).toEqual(expected)
  })

  test.each([
    ['--bogus'],
    ['-f', 'pdf'],
    ['-f', 'json='],
    ['-f', 'json', '-f', 'sarif'],
    ['-f', 'json=a', '-o', 'b'],
    ['--fail-on', 'warning'],
    ['--locale', 'fr'],
    ['--today', '2026-02-30'],
    ['--today', 'tomorrow'],
    ['--max-file-size', '0'],
    ['--policy'],
  ])('%j %j is a mistake that says so', (...argv) => {
    const parsed = parse(...argv)
    expect(parsed).toMatchObject({ kind: 'exit', code: 2, stdout: '' })
    expect(parsed.kind === 'exit' && parsed.stderr).toMatch(/^error: /)
  })

  test('mistakes in Japanese', () => {
    const parsed = parseArguments(['--bogus'], '1.2.3', 'ja')
    expect(parsed.kind === 'exit' && parsed.stderr).toMatch(/^エラー: .*--bogus/)
  })

  test.each([
    [['catalog', 'check', '--bogus'], /unknown option '--bogus'[^]*"sekisho catalog check --help"/],
    [['catalog', 'check'], /missing required argument 'what'/],
    [['policy', 'shw'], /unknown command 'shw'[^]*Did you mean show[^]*"sekisho policy --help"/],
    [['completion', 'fsh'], /Allowed choices are bash, zsh, fish/],
    [['catalog'], /^Usage: sekisho catalog/],
  ])('a mistake in what a command is given: %j', (argv, said) => {
    const parsed = parse(...argv)
    expect(parsed).toMatchObject({ kind: 'exit', code: 2, stdout: '' })
    expect(parsed.kind === 'exit' && parsed.stderr).toMatch(said)
    const japanese = parseArguments([...argv], '1.2.3', 'ja')
    expect(japanese.kind === 'exit' && japanese.stderr).not.toMatch(/error:|Allowed|Expected|required/)
  })

  test('help and version go to standard output', () => {
    expect(parse('--version')).toMatchObject({ kind: 'exit', code: 0, stdout: '1.2.3\n' })
    expect(parse('--help')).toMatchObject({ kind: 'exit', code: 0, stderr: '' })
    expect(parse('scan', '--help')).toMatchObject({ kind: 'exit', code: 0, stderr: '' })
  })

  test('the CLI and its engine have one version', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(engineVersion).toBe(manifest.version)
  })
})

test.each([
  ['en', 'ja', { SEKISHO_LOCALE: 'ja' }, 'en'],
  [null, 'en', { SEKISHO_LOCALE: 'ja' }, 'ja'],
  [null, 'ja', { LANG: 'en_US.UTF-8' }, 'ja'],
  [null, null, { LC_ALL: 'ja_JP.UTF-8', LANG: 'en_US' }, 'ja'],
  [null, null, { LC_ALL: '', LC_MESSAGES: 'en_US', LANG: 'ja_JP' }, 'en'],
  [null, null, { LANG: 'C' }, 'en'],
  [null, null, {}, 'en'],
] as const)('locale of %j, %j, %j', (given, policy, environment, expected) => {
  expect(chooseLocale(given, policy, environment)).toBe(expected)
})

test.each([
  [true, { NO_COLOR: '1' }, false, true],
  [false, { FORCE_COLOR: '1' }, true, false],
  [null, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [null, { FORCE_COLOR: '1' }, false, true],
  [null, { FORCE_COLOR: '0' }, true, false],
  [null, {}, true, true],
  [null, { TERM: 'dumb' }, true, false],
  [null, {}, false, false],
] as const)('colour of %j, %j, terminal %j', (given, environment, isTerminal, expected) => {
  expect(usesColor(given, environment, isTerminal)).toBe(expected)
})

test('every report format is explained', () => {
  expect(explainedFormats).toEqual(reporterIds)
})
