import { describe, expect, test } from 'vitest'
import { anyOf } from './any-of.js'

const texts = ['api.openai.com', 'openai', '@ai-sdk/openai', '/v1/chat', '//bedrock.', 'a+b', 'さくら', '𠮟る', '/v1']

describe('one expression for many texts', () => {
  test.each([...texts, 'API.openai.com', 'apiXopenai.com', 'aab', 'bedrock.', '/v2/chat', '', 'さく', 'x openai y'])(
    'finds in %j what any of them finds',
    (text) => expect(anyOf(texts).test(text)).toBe(texts.some((one) => text.includes(one))),
  )

  test('none finds nothing', () => expect(anyOf([]).test('')).toBe(false))

  test('a text of 100,000 letters is looked for by its beginning', () => {
    expect(anyOf(['a'.repeat(100_000)]).test('a'.repeat(200))).toBe(true)
    expect(anyOf(['a'.repeat(100_000)]).test('a'.repeat(199))).toBe(false)
  })
})
