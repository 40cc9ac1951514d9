import { expect, test } from 'vitest'
import { maskLiterals } from './mask.js'

test.each([
  ["const phone = '090-8765-4321'", "const phone = '0**-****-**21'"],
  ["const a = 1\nconst マイナンバー = '1234 5678 9018'", "const a = 1\nconst マイナンバー = '1*** **** **18'"],
  ["ask(customer.phone, 'gpt-5')", "ask(customer.phone, 'gpt-5')"],
])('%j', (text, expected) => {
  expect(maskLiterals(text)).toBe(expected)
  expect(maskLiterals(text)).toHaveLength(text.length)
})
