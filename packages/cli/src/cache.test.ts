import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Analysis } from '@sekisho/core'
import { afterEach, expect, test } from 'vitest'
import { cacheKey, openCache } from './cache.js'

const home = mkdtempSync(join(tmpdir(), 'sekisho-cache-'))
const environment = { XDG_CACHE_HOME: home }
const analysis: Analysis = { findings: [], flows: [], endpoints: [], gaps: [] }

afterEach(() => rmSync(join(home, 'sekisho'), { recursive: true, force: true }))

test('gives back what was written for the key and the root, nothing else', () => {
  openCache('/a', 'k1', environment).write(analysis)
  expect(openCache('/a', 'k1', environment).read()).toEqual(analysis)
  expect(openCache('/a', 'k2', environment).read()).toBeNull()
  expect(openCache('/b', 'k1', environment).read()).toBeNull()
})

test('what was changed on disk is ignored', () => {
  openCache('/a', 'k1', environment).write(analysis)
  const file = join(home, 'sekisho', readdirSync(join(home, 'sekisho'))[0]!)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"gaps":[]', '"gaps":{}'))
  expect(openCache('/a', 'k1', environment).read()).toBeNull()
})

test('a place that can not be written is no reason to fail', () => {
  openCache('/a', 'k1', { XDG_CACHE_HOME: '/dev/null' }).write(analysis)
  expect(openCache('/a', 'k1', { XDG_CACHE_HOME: '/dev/null' }).read()).toBeNull()
})

test('a key tells where one part ends', () => {
  expect(cacheKey(['ab', 'c'])).not.toBe(cacheKey(['a', 'bc']))
  expect(cacheKey(['a', ''])).not.toBe(cacheKey(['a']))
})
