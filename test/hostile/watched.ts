/**
 * The built CLI on a hostile repository. Whatever is in it, every run must hold: it ends soon and in little memory, it connects to
 * nothing and starts nothing but git and itself, standard output is the report, and nothing that it prints is a command.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Report } from '@sekisho/core'
import { afterEach, expect } from 'vitest'
import { Repository } from '../e2e/repository.js'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url))
const WATCH = fileURLToPath(new URL('watch.mjs', import.meta.url))
const MOST_SECONDS = 20
const MOST_MEGABYTES = 1024
/** Room for the CLI's own limit, so that a run that takes too long says so itself. */
export const patience = (MOST_SECONDS + 10) * 1000

/** A file with a finding: it must be there, whatever stands beside it. */
export const LEAK = {
  'src/leak.ts': `import OpenAI from 'openai'

interface Customer {
  /** 電話番号 */
  phone: string
}

const client = new OpenAI()

export async function ask(customer: Customer) {
  return client.responses.create({ model: 'gpt-5', input: customer.phone })
}
`,
}
/** What makes a file one that could matter. */
export const TOKEN = "import OpenAI from 'openai'\nconst client = new OpenAI()\n"

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

export function repositoryOf(...files: Readonly<Record<string, string | Uint8Array>>[]): Repository {
  const repository = new Repository(Object.assign({}, ...files) as Record<string, string>)
  repositories.push(repository)
  return repository
}

export interface Watched {
  code: number | null
  stdout: string
  stderr: string
}

export function scan(repository: Repository, ...argv: string[]): Watched {
  const watch = join(repository.cache, 'watch.json')
  rmSync(watch, { force: true })
  const started = performance.now()
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--import', WATCH, CLI, 'scan', ...argv], {
    cwd: repository.path,
    encoding: 'utf8',
    timeout: MOST_SECONDS * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
    env: {
      PATH: process.env['PATH'],
      HOME: repository.cache,
      XDG_CACHE_HOME: repository.cache,
      SEKISHO_WATCH: watch,
      LANG: 'en_US.UTF-8',
    },
  })
  const seconds = (performance.now() - started) / 1000
  expect({ signal, late: seconds > MOST_SECONDS, stderr }).toMatchObject({ signal: null, late: false })
  const seen = JSON.parse(readFileSync(watch, 'utf8')) as { peak: number; started: string[]; connected: number }
  expect(seen.peak).toBeLessThan(MOST_MEGABYTES)
  expect(seen.connected).toBe(0)
  expect(seen.started.filter((name) => name !== 'git' && name !== 'node')).toEqual([])
  expectNoCommands(stdout)
  expectNoCommands(stderr)
  expect(stderr).not.toMatch(/^\s+at /m)
  return { code: status, stdout, stderr }
}

/** A scan whose report is standard output, whole and alone. */
export function reportOf(repository: Repository, ...argv: string[]): Report & { code: number | null } {
  const { stdout, code } = scan(repository, '-f', 'json', ...argv)
  return { ...(JSON.parse(stdout) as Report), code }
}

/** The rules found in the file of `LEAK`. */
export function leaksOf({ findings }: Report): string[] {
  return findings.filter(({ file, severity }) => file === 'src/leak.ts' && severity === 'error').map(({ rule }) => rule)
}

/** Nothing for a terminal or a CI system to act upon: control, bidirectional and zero-width characters, commands. */
function expectNoCommands(output: string): void {
  // eslint-disable-next-line no-control-regex
  const characters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/
  expect(output.split('\n').filter((line) => characters.test(line) || /^\s*::|##\[|##vso\[/i.test(line))).toEqual([])
}
