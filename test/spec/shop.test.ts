import { expect, it } from 'vitest'
import { checkFiles, filesOfFolder } from './run.js'

it('finds in the shop what its comments say, and nothing else', () => {
  const files = filesOfFolder('test/shop')
  expect(files.length).toBeGreaterThan(10)
  expect(checkFiles(files, new Map(files.map(({ path }) => [path, 'test/shop'])))).toBe('')
})
