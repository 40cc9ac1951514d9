import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test('the repository passes its own gate', { timeout: 120_000 }, () => {
  const cli = fileURLToPath(new URL('../packages/cli/dist/sekisho.js', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [cli, 'scan', '.', '--no-cache', '--no-color'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 110_000,
  })
  expect(status, stdout).toBe(0)
})
