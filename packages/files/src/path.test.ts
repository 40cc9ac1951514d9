import { win32 } from 'node:path'
import { expect, test } from 'vitest'
import { isOutside, isRooted, portable } from './path.js'

const from = (program: string, file: string) => portable(win32.relative(program, file), '\\')

test.each([
  ['C:\\shop', 'C:\\shop\\src\\顧客.ts', 'src/顧客.ts', false],
  ['C:\\shop', 'c:\\SHOP\\src\\a.ts', 'src/a.ts', false],
  ['C:\\shop', 'C:\\shop/sekisho.yaml', 'sekisho.yaml', false],
  ['C:\\shop', 'C:\\shop2\\a.ts', '../shop2/a.ts', true],
  ['C:\\shop', 'D:\\policies\\sekisho.yaml', 'D:/policies/sekisho.yaml', true],
  ['\\\\server\\share\\shop', '\\\\server\\share\\shop\\a.ts', 'a.ts', false],
])('on Windows, from %s to %s', (program, file, expected, outside) => {
  expect(from(program, file)).toBe(expected)
  expect(isOutside(expected, '\\')).toBe(outside)
})

test('a folder that looks like a drive is a folder where there are none', () => {
  expect(isRooted('C:/a.ts', '/')).toBe(false)
  expect(isOutside('C:/a.ts', '/')).toBe(false)
  expect(isOutside('...hidden/a.ts', '/')).toBe(false)
  expect(isOutside('..', '/')).toBe(true)
})
