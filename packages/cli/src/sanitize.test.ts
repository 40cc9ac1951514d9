import { describe, expect, test } from 'vitest'
import { safeJson, safeLines, visible } from './sanitize.js'

describe('visible', () => {
  test.each([
    ['src/顧客.ts', 'src/顧客.ts'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[2J\u001b]0;x\u0007', '\\u{1b}[2J\\u{1b}]0;x\\u{7}'],
    ['\u202euser\u2066', '\\u{202e}user\\u{2066}'],
    ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['\u009b31m', '\\u{9b}31m'],
    ['\ud800x', '\\u{d800}x'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u{1f464}', '\u{1f464}'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })
})

describe('safeLines', () => {
  test.each([
    ['::stop-commands::x', ': :stop-commands::x'],
    ['  ::error::x', '  : :error::x'],
    ['a ::error', 'a ::error'],
    ['a ##[error]x', 'a # #[error]x'],
    ['##vso[task.complete]', '# #vso[task.complete]'],
    ['###[group]', '## #[group]'],
    ['a\n::b', 'a\n: :b'],
  ])('%j', (text, expected) => {
    expect(safeLines(text)).toBe(expected)
  })
})

test('safeJson keeps the meaning and holds nothing to act upon', () => {
  const value = { name: '\u202e\u200b\u009b##[error]##vso[x]\u{e0041}顧客\u001b' }
  const json = safeJson(value)
  expect(JSON.parse(json)).toEqual(value)
  expect(json).not.toMatch(/[\u202e\u200b\u009b]|##\[|##vso\[|\u{e0041}/u)
})
