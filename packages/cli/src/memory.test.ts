import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMemory, type Looked } from './memory.js'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const looked: Looked = {
  matches: true,
  isBinary: false,
  isGenerated: true,
  imports: ['./a.js'],
  heard: ['order.created'],
  sends: true,
}

test('what was kept is known again, by content and language, not by name', () => {
  const first = openMemory(folder, '/r', 'b1')
  first.keep('id1', 'src/a.ts', 'p1', looked)
  first.save()
  const next = openMemory(folder, '/r', 'b1')
  expect(next.recall('id1', 'other/place.ts', 'p1')).toEqual(looked)
  expect(next.recall('id1', 'src/a.py', 'p1')).toBeNull()
  expect(next.recall('id2', 'src/a.ts', 'p1')).toBeNull()
  expect(next.recall(null, 'src/a.ts', 'p1')).toBeNull()
})

test('other tokens are another question, and do not undo the first', () => {
  const memory = openMemory(folder, '/r', 'b1')
  expect(memory.recall('id1', 'a.ts', 'p2')).toBeNull()
  memory.keep('id1', 'a.ts', 'p2', { ...looked, matches: false })
  memory.save()
  const next = openMemory(folder, '/r', 'b1')
  expect(next.recall('id1', 'a.ts', 'p1')?.matches).toBe(true)
  expect(next.recall('id1', 'a.ts', 'p2')?.matches).toBe(false)
})

test('another build, another root or a changed file knows nothing', () => {
  expect(openMemory(folder, '/r', 'b2').recall('id1', 'a.ts', 'p1')).toBeNull()
  expect(openMemory(folder, '/s', 'b1').recall('id1', 'a.ts', 'p1')).toBeNull()
  const file = join(folder, readdirSync(folder)[0]!)
  writeFileSync(file, readFileSync(file, 'utf8').replace('./a.js', './b.js'))
  expect(openMemory(folder, '/r', 'b1').recall('id1', 'a.ts', 'p1')).toBeNull()
})

test('what nobody asks for any more is forgotten', () => {
  const memory = openMemory(folder, '/t', 'b1')
  memory.keep('old', 'a.ts', 'p1', looked)
  memory.keep('kept', 'b.ts', 'p1', looked)
  memory.save()
  const next = openMemory(folder, '/t', 'b1')
  next.keep('kept', 'b.ts', 'p1', looked)
  next.keep('new', 'c.ts', 'p1', looked)
  next.save()
  const last = openMemory(folder, '/t', 'b1')
  expect(['old', 'kept', 'new'].map((id) => last.recall(id, 'a.ts', 'p1') !== null)).toEqual([false, true, true])
})
