import { expect, test } from 'vitest'
import { matchesGlob, matchesName } from './glob.js'

test.each<[pattern: string, path: string, matches: boolean]>([
  ['src/a.ts', 'src/a.ts', true],
  ['src/a.ts', 'src/b.ts', false],
  ['./src/a.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/x/a.ts', false],
  ['src/**', 'src/x/a.ts', true],
  ['src/**', 'src', true],
  ['src/**', 'srcs/a.ts', false],
  ['**/a.ts', 'a.ts', true],
  ['**/a.ts', 'x/y/a.ts', true],
  ['**', 'x/y', true],
  ['src/**/test/*.ts', 'src/test/a.ts', true],
  ['src/**/test/*.ts', 'src/x/y/test/a.ts', true],
  ['apps/internal-*/**', 'apps/internal-chat/src/a.ts', true],
  ['apps/internal-*/**', 'apps/external/src/a.ts', false],
  ['.env*', '.env.production', true],
  ['*', '.env', true],
  ['src/{a,b}/*.ts', 'src/b/x.ts', true],
  ['src/{a,b}/*.ts', 'src/c/x.ts', false],
  ['{a,{b,c}}.ts', 'c.ts', true],
  ['a?.ts', 'ab.ts', true],
  ['a?.ts', 'a/.ts', false],
  ['[ab].ts', 'b.ts', true],
  ['[!ab].ts', 'b.ts', false],
  ['[a-c].ts', 'b.ts', true],
  ['[ab', '[ab', true],
  ['src/(x).ts', 'src/(x).ts', true],
  ['src/a\\*.ts', 'src/a*.ts', true],
  ['src/a\\*.ts', 'src/ab.ts', false],
  ['顧客/*.ts', '顧客/登録.ts', true],
])('%s on %s: %s', (pattern, path, matches) => {
  expect(matchesGlob(pattern, path)).toBe(matches)
})

test('hostile patterns take no time', () => {
  const start = performance.now()
  expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false)
  expect(matchesGlob('**/'.repeat(500) + 'b', 'a/'.repeat(500))).toBe(false)
  expect(matchesGlob('{a,b}'.repeat(40), 'c'.repeat(40))).toBe(false)
  expect(matchesName('*'.repeat(5000), 'x'.repeat(5000))).toBe(true)
  expect(performance.now() - start).toBeLessThan(5000)
})
