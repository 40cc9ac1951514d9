import { expect, test } from 'vitest'
import { createProgress } from './progress.js'

function recorded(isTTY: boolean): { text: string; isTTY: boolean; write(text: string): void } {
  return {
    text: '',
    isTTY,
    write(text) {
      this.text += text
    },
  }
}

test('a quick run says nothing, a slow one says where it is, and cleans up', () => {
  let now = 0
  const stream = recorded(true)
  const progress = createProgress(stream, () => now)
  progress.stage('discover')
  now = 900
  progress.stage('parse', 64)
  expect(stream.text).toBe('')
  for (let file = 0; file < 64; file++) {
    now += 10
    progress.tick()
  }
  expect(stream.text).toContain('\r\u001b[Kparse 16/64')
  const times = progress.end()
  expect(stream.text.endsWith('\r\u001b[K')).toBe(true)
  expect(times).toEqual([
    { name: 'discover', milliseconds: 900 },
    { name: 'parse', milliseconds: 640 },
  ])
})

test('no terminal, no progress', () => {
  let now = 0
  const stream = recorded(false)
  const progress = createProgress(stream, () => (now += 5000))
  progress.stage('parse', 32)
  for (let file = 0; file < 32; file++) progress.tick()
  progress.end()
  expect(stream.text).toBe('')
})
