import { displayWidth } from '@sekisho/core'
import { expect, test } from 'vitest'
import { wrap } from './wrap.js'

test.each([
  ['short', 20, ['short']],
  ['', 20, ['']],
  ['one two three four', 9, ['one two', 'three', 'four']],
  ['averyveryverylongword ok', 10, ['averyveryverylongword', 'ok']],
  ['顧客の電話番号が届く。', 12, ['顧客の電話番', '号が届く。']],
  ['顧客の電話番。', 12, ['顧客の電話', '番。']],
  ['送信先(国内事業者)', 8, ['送信先', '(国内事', '業者)']],
  ['api.openai.com に届きえます', 16, ['api.openai.com', 'に届きえます']],
])('%j in %i', (text, width, expected) => {
  expect(wrap(text, width)).toEqual(expected)
})

test('no line is wider, no character is lost', () => {
  const text =
    '日本の顧客のデータ (phone, name) が OpenAI API (api.openai.com) に届きえます。根拠は宣言されていません。'.repeat(5)
  for (let width = 20; width < 90; width += 7) {
    const lines = wrap(text, width)
    // Closing punctuation may stand over the edge rather than begin a line.
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  }
})
