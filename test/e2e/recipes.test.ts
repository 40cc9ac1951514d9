/**
 * The recipes of the guide, taken from its text, run by the tools themselves: each must let a clean commit through and stop one that
 * brings a flow, whatever the work tree holds.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 120_000 })

const LEAK = `import OpenAI from 'openai'

const client = new OpenAI()

export async function send(customer: { phone: string }) {
  await client.responses.create({ model: 'gpt-5.2', input: customer.phone })
}
`
const TOOLS = fileURLToPath(new URL('../node_modules/.bin', import.meta.url))
const guides = ['docs/workflows.md', 'docs/workflows.ja.md'].map((path) => ({
  path,
  text: readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'),
}))

/** Code blocks whose info string names a file: ```yaml lefthook.yml. */
function filesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, content] of text.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)) found.set(name!, content!)
  return found
}

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

/** A project with the tools and sekisho installed, and one clean commit. */
function project(files: Record<string, string>): Repository {
  const repository = new Repository({})
  repositories.push(repository)
  repository.link('sekisho')
  for (const tool of ['husky', 'lint-staged', 'lefthook'])
    symlinkSync(join(TOOLS, tool), join(repository.path, 'node_modules/.bin', tool))
  repository.commit('start', {
    'package.json': '{ "name": "shop", "private": true }\n',
    'src/a.ts': 'export const a = 1\n',
    ...files,
  })
  return repository
}

const run = (repository: Repository, command: string, ...argv: string[]) =>
  spawnSync(command, argv, {
    cwd: repository.path,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: repository.cache,
      XDG_CACHE_HOME: repository.cache,
      npm_config_update_notifier: 'false',
    },
  })

function expectGate(repository: Repository): void {
  repository.put({ 'src/顧客 [一覧].ts': LEAK })
  repository.git('add', '-A')
  repository.put({ 'src/顧客 [一覧].ts': 'export const b = 1\n' })
  const stopped = repository.git('commit', '-m', 'leak')
  expect(stopped.stdout + stopped.stderr).toContain('cross-border-flow')
  expect(stopped.code).not.toBe(0)
  repository.git('add', '-A')
  const passed = repository.git('commit', '-m', 'clean')
  expect(passed.code, passed.stdout + passed.stderr).toBe(0)
}

const [files, japanese] = guides.map(({ text }) => filesOf(text)) as [Map<string, string>, Map<string, string>]

test('both languages have the same recipes', () => {
  const recipes = (all: Map<string, string>) => [...all].filter(([name]) => !/^compliance\//.test(name))
  expect(recipes(japanese)).toEqual(recipes(files))
})

test.each([files, japanese])('the policies of a guide are right', (all) => {
  const policies = guides.flatMap(({ text }) =>
    [...text.matchAll(/^```yaml sekisho.yaml\n([^]*?)^```$/gm)].map(([, policy]) => policy!),
  )
  for (const policy of policies) {
    const repository = project({
      'sekisho.yaml': policy,
      'src/send.ts': LEAK,
      'compliance/exceptions.yaml': all.get('compliance/exceptions.yaml')!,
    })
    const { code, stderr } = repository.run('scan', '--today', '2026-11-25')
    expect([code, stderr]).toEqual([0, ''])
  }
})

describe('recipes', () => {
  test('a hook of git alone', () => {
    const repository = project({})
    const hook = join(repository.path, '.git/hooks/pre-commit')
    mkdirSync(dirname(hook), { recursive: true })
    writeFileSync(hook, files.get('.git/hooks/pre-commit')!, { mode: 0o755 })
    expectGate(repository)
  })

  test('husky', () => {
    const repository = project({})
    run(repository, join(TOOLS, 'husky'))
    repository.put({ '.husky/pre-commit': files.get('.husky/pre-commit')! })
    expectGate(repository)
  })

  test('husky with lint-staged', () => {
    const repository = project({ 'lint-staged.config.mjs': files.get('lint-staged.config.mjs')! })
    run(repository, join(TOOLS, 'husky'))
    repository.put({ '.husky/pre-commit': 'npx --no-install lint-staged\n' })
    repository.put({ 'src/顧客 [一覧].ts': LEAK })
    repository.git('add', '-A')
    const stopped = repository.git('commit', '-m', 'leak')
    expect(stopped.stdout + stopped.stderr).toContain('cross-border-flow')
    expect(stopped.code).not.toBe(0)
    repository.put({ 'src/顧客 [一覧].ts': 'export const b = 1\n' })
    repository.git('add', '-A')
    const passed = repository.git('commit', '-m', 'clean')
    expect(passed.code, passed.stdout + passed.stderr).toBe(0)
  })

  test('lefthook', () => {
    const repository = project({ 'lefthook.yml': files.get('lefthook.yml')! })
    const installed = run(repository, join(TOOLS, 'lefthook'), 'install')
    expect(installed.status, installed.stderr).toBe(0)
    expectGate(repository)
  })

  const preCommit = (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, 'pre-commit')))
  test.skipIf(!preCommit)('pre-commit', () => {
    const repository = project({ '.pre-commit-config.yaml': files.get('.pre-commit-config.yaml')! })
    expect(run(repository, 'pre-commit', 'install').status).toBe(0)
    repository.put({ 'src/顧客 [一覧].ts': LEAK })
    repository.git('add', '-A')
    const stopped = repository.git('commit', '-m', 'leak')
    expect(stopped.stdout + stopped.stderr).toContain('cross-border-flow')
    expect(stopped.code).not.toBe(0)
  })
})
