import { describe, expect, test } from 'vitest'
import { createPrefilter } from './prefilter.js'

/** A small deterministic generator: the same texts in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('createPrefilter', () => {
  test.each([
    ['import OpenAI from "openai"', ['openai'], true],
    ['openai', ['openai'], true],
    ['opena', ['openai'], false],
    ['', ['openai'], false],
    ['OPENAI', ['openai'], false],
    ['顧客の電話番号', ['電話番号'], true],
    ['https://api.openai.com.proxy.example.jp', ['api.openai.com'], true],
    ['abc', ['a', 'ab'], false],
    ['xxabcabd', ['abd', 'abce'], true],
  ])('%j holds one of %j: %s', (text, tokens, expected) => {
    expect(createPrefilter(tokens).matches(Buffer.from(text))).toBe(expected)
  })

  test('agrees with looking for every token, on random texts of a small alphabet', () => {
    const random = randomFrom(20261125)
    const word = (length: number) => Array.from({ length }, () => 'abc/'[random(4)]).join('')
    for (let round = 0; round < 3000; round++) {
      const tokens = Array.from({ length: 1 + random(8) }, () => word(3 + random(7)))
      const text = word(random(60))
      const expected = tokens.some((token) => text.includes(token))
      expect(createPrefilter(tokens).matches(Buffer.from(text)), JSON.stringify({ tokens, text })).toBe(expected)
    }
  })
})
