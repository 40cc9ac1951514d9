import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Log } from 'sarif'
import { afterAll, describe, expect, test } from 'vitest'
import { everyFormat, hostile, shop } from './repository.js'

/** Microsoft's validator with GitHub's ingestion rules; its exit code is always 0, so its own SARIF is read. */
const require = createRequire(createRequire(import.meta.url).resolve('@microsoft/sarif-multitool/package.json'))
const multitool =
  platform() === 'linux' ? dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json')) : null
const repositories = { shop: shop(), hostile: hostile() }
const folder = mkdtempSync(join(tmpdir(), 'sekisho-sarif-'))
afterAll(() => {
  for (const repository of Object.values(repositories)) repository.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.entries(repositories))('%s', (name, repository) => {
  const text = everyFormat(repository, '--notes')['sarif']!
  const log = JSON.parse(text.toString()) as Log

  test.skipIf(multitool === null)("passes GitHub's ingestion rules", { timeout: 60_000 }, () => {
    const file = join(folder, `${name}.sarif`)
    const verdict = join(folder, `${name}.verdict.sarif`)
    writeFileSync(file, text)
    const program = join(multitool!, arch() === 'arm64' ? 'arm64/Sarif.Multitool' : 'Sarif.Multitool')
    chmodSync(program, 0o755)
    spawnSync(program, ['validate', file, '--rule-kind', 'Sarif;Ghas', '-o', verdict], { encoding: 'utf8' })
    const { runs } = JSON.parse(readFileSync(verdict, 'utf8')) as Log
    // No page of the project's own is named yet.
    const wrong = runs[0]!.results!.filter(({ ruleId, level }) => level !== 'note' && ruleId !== 'SARIF2005')
    expect(wrong.map(({ ruleId, message, locations }) => ({ ruleId, message, locations }))).toEqual([])
    expect(runs[0]!.invocations![0]!.executionSuccessful).toBe(true)
  })

  test('is within the limits', () => {
    const [run] = log.runs
    expect(gzipSync(text).length).toBeLessThan(10 * 1024 * 1024)
    expect(run!.results!.length).toBeLessThanOrEqual(25_000)
    for (const { fullDescription } of run!.tool.driver.rules!)
      expect(fullDescription!.text.length).toBeLessThanOrEqual(1024)
    for (const { partialFingerprints } of run!.results!)
      expect(partialFingerprints!['primaryLocationLineHash']).toMatch(/^[0-9a-f]+:\d+$/)
    expect(run!.automationDetails!.id).toBe('sekisho/')
  })
})

test('what is allowed is suppressed, and a note', () => {
  const log = JSON.parse(everyFormat(repositories.hostile)['sarif']!.toString()) as Log
  const suppressed = log.runs[0]!.results!.filter(({ suppressions = [] }) => suppressions.length > 0)
  expect(suppressed).toHaveLength(1)
  expect(suppressed[0]).toMatchObject({ level: 'note', properties: { severity: 'error' } })
})

test('of a folder: paths from the repository, a category of its own', () => {
  const { stdout } = repositories.shop.run('scan', 'src', '-f', 'sarif')
  const [run] = (JSON.parse(stdout) as Log).runs
  expect(run!.automationDetails!.id).toBe('sekisho/src/')
  const uris = run!.results!.map(({ locations }) => locations![0]!.physicalLocation!.artifactLocation!.uri)
  expect(uris.length).toBeGreaterThan(2)
  for (const uri of uris) expect(uri).toMatch(/^(src\/|sekisho.yaml)/)
})
