import { expect, test } from 'vitest'
import { fatalPaths, isSuspect } from './fatal.js'

const suspect = (path: string, text: string) => ({ path, text, lang: 'ts' })

test('what kills a parser is found in another process, what does not is not', () => {
  const suspects = [
    suspect('fine.ts', 'a+'.repeat(3000) + 'a'),
    suspect('brackets.ts', '['.repeat(50_000)),
    suspect('broken.ts', 'const ('),
    suspect('functions.ts', 'function f(){'.repeat(50_000)),
    suspect('last.ts', 'export {}'),
  ]
  expect([...fatalPaths(suspects, import.meta.filename)]).toEqual(['brackets.ts', 'functions.ts'])
})

test.each([
  ['a small file', 'export const a = [1, 2]\n'.repeat(100), false],
  ['a large one', 'export const a = [1, 2]\n'.repeat(2000), true],
  ['many brackets', '['.repeat(2000), true],
  ['many operators', '!'.repeat(5000), true],
])('%s', (_, text, expected) => {
  expect(isSuspect(text)).toBe(expected)
})
