/** What an organisation asks for: a floor, a rollout, exceptions with owners and an end, runs that say when they checked nothing. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '@sekisho/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const LEAK = `import OpenAI from 'openai'

const client = new OpenAI()

export async function send(customer: { phone: string }) {
  await client.responses.create({ model: 'gpt-5.2', input: customer.phone })
}
`
const LAX = `version: 1
extends: []
rules: [{ data: basic, zone: [foreign], level: allow, reason: everything goes }]
`

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function repositoryOf(files: Record<string, string>): Repository {
  const repository = new Repository(files)
  repositories.push(repository)
  return repository
}

function scan(repository: Repository, ...argv: string[]): { report: Report; code: number | null; stderr: string } {
  const { stdout, stderr, code } = repository.run('scan', '-f', 'json', ...argv)
  expect(stdout, stderr).not.toBe('')
  return { report: JSON.parse(stdout) as Report, code, stderr }
}

/** Outside the repository, as an organisation keeps it. */
function floorOf(repository: Repository, text: string): string {
  const file = join(repository.cache, 'floor.yaml')
  writeFileSync(file, text)
  return `${file}@sha256-${createHash('sha256').update(text).digest('hex')}`
}

describe('--floor', () => {
  test('a repository may only tighten it', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK, 'sekisho.yaml': `${LAX}exclude: ['src/**']\n` })
    expect(scan(repository).code).toBe(0)
    const { code, stderr, report } = scan(repository, '--floor', floorOf(repository, 'version: 1\n'))
    expect(code).toBe(1)
    expect(report.run.excluded).toEqual([])
    expect(stderr).toContain('sekisho.yaml:3')
    expect(stderr).toContain('does not permit own exclude')
  })

  test('it is what its hash says, or nothing is checked', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK })
    const floor = floorOf(repository, 'version: 1\n')
    const [file, hash] = floor.split('@') as [string, string]
    writeFileSync(file, LAX)
    for (const spec of [floor, file]) {
      const { code, stderr } = repository.run('scan', '--floor', spec)
      expect(code).toBe(2)
      expect(stderr).toContain(`@sha256-${createHash('sha256').update(LAX).digest('hex')}`)
      expect(stderr).not.toContain(hash)
    }
    expect(repository.run('scan', '--floor', `missing.yaml@${hash}`).code).toBe(2)
  })

  test('of a package, too', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK, 'sekisho.yaml': LAX })
    const folder = join(repository.path, 'node_modules/@bank/floor')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'sekisho.yaml'), 'version: 1\n')
    const hash = createHash('sha256').update('version: 1\n').digest('base64')
    expect(scan(repository, '--floor', `npm:@bank/floor@sha256-${hash}`).code).toBe(1)
  })

  test('over a comparison', () => {
    const repository = repositoryOf({ 'sekisho.yaml': LAX })
    repository.commit('start')
    repository.put({ 'src/send.ts': LEAK })
    repository.git('add', '-A')
    expect(scan(repository, '--staged').code).toBe(0)
    expect(scan(repository, '--staged', '--floor', floorOf(repository, 'version: 1\n')).code).toBe(1)
  })
})

describe('a rollout', () => {
  const repository = () =>
    repositoryOf({ 'src/send.ts': LEAK, 'sekisho.yaml': 'version: 1\ngate: { observeUntil: 2026-12-31 }\n' })

  test.each([
    ['2026-12-31', 0],
    ['2027-01-01', 1],
  ])('observes until its day: %s', (today, expected) => {
    const { report, code } = scan(repository(), '--today', today)
    expect(code).toBe(expected)
    expect(report.findings.some(({ severity, suppressed }) => severity === 'error' && suppressed === null)).toBe(true)
    expect(report.gate.observedUntil).toBe(expected === 0 ? '2026-12-31' : null)
  })

  test('says so, and an argument ends it', () => {
    expect(repository().run('scan', '--today', '2026-12-01').stdout).toContain('ROLLOUT: findings are observed until')
    expect(repository().run('scan', '--today', '2026-12-01', '--locale', 'ja').stdout).toContain('導入期間')
    expect(repository().run('scan', '--today', '2026-12-01', '--fail-on', 'error').code).toBe(1)
    expect(repository().run('scan', '--today', '2026-13-01').code).toBe(2)
  })

  test('a bad policy fails in it, too', () => {
    const broken = repositoryOf({ 'sekisho.yaml': 'version: 1\ngate: { observeUntil: soon }\n' })
    expect(broken.run('scan').code).toBe(2)
  })
})

describe('an exception', () => {
  const exceptions = `version: 1
exceptions:
  - id: EX-014
    rule: cross-border-flow
    path: src/send.ts
    data: [phone]
    reason: vendor migration
    requester: sato
    approver: privacy-office
    expiry: 2027-03-31
`
  const repository = () =>
    repositoryOf({
      'src/send.ts': LEAK,
      'sekisho.yaml': `version: 1
exceptionFiles: [compliance/exceptions.yaml]
gate: { approvers: [privacy-office], separateApprover: true }
`,
      'compliance/exceptions.yaml': exceptions,
    })

  test('allows until its end, announces it, and is then a finding itself', () => {
    const one = repository()
    const on = (today: string) => {
      const { report, code } = scan(one, '--today', today)
      const about = report.findings.filter(({ rule }) => rule === 'expired-exception')
      return [code, ...about.map(({ severity, file, line }) => `${severity} ${file}:${line}`)]
    }
    expect(on('2026-11-25')).toEqual([0])
    expect(on('2027-03-20')).toEqual([0, 'warn compliance/exceptions.yaml:3'])
    expect(on('2027-03-31')).toEqual([0, 'warn compliance/exceptions.yaml:3'])
    expect(on('2027-04-01')).toEqual([1, 'error compliance/exceptions.yaml:3'])
  })

  test('stays in every report, marked', () => {
    const { report } = scan(repository(), '--today', '2026-11-25')
    const flow = report.findings.find(({ rule }) => rule === 'cross-border-flow')
    expect(flow?.suppressed).toEqual({
      ...{ kind: 'exception', id: 'EX-014', reason: 'vendor migration' },
      ...{ approver: 'privacy-office', expiry: '2027-03-31' },
    })
    expect(report.reference.exceptions[0]).toMatchObject({ used: true, file: 'compliance/exceptions.yaml', line: 3 })
  })

  test('in a file of its own is judged from the index', () => {
    const one = repository()
    one.git('add', '-A')
    one.put({ 'compliance/exceptions.yaml': 'version: 1\n' })
    expect(scan(one, '--staged', '--today', '2026-11-25').code).toBe(0)
    one.git('add', '-A')
    expect(scan(one, '--staged', '--today', '2026-11-25').code).toBe(1)
  })
})

describe('a run that says less than it seems to', () => {
  const noticesOf = (files: Record<string, string>, ...argv: string[]) =>
    scan(repositoryOf(files), ...argv).report.run.notices.map(({ en }) => en)

  test('no file', () => {
    expect(noticesOf({})).toEqual(['NOTHING WAS CHECKED: no file matched what was asked for'])
    const repository = repositoryOf({ 'docs/a.md': 'x' })
    mkdirSync(join(repository.path, 'empty'))
    expect(repository.run('scan', 'empty').stdout).toContain('NOTHING WAS CHECKED')
    expect(repository.run('scan', 'empty', '--locale', 'ja').stdout).toContain('何も検査していません')
  })

  test('no code', () => {
    expect(noticesOf({ 'docs/a.md': 'x' })).toEqual([expect.stringContaining('no code was checked')])
  })

  test('a policy that speaks of no file', () => {
    const policy = `version: 1
destinations: { own: { match: { hosts: [llm.example.jp] }, paths: ['app/**'] } }
overrides: [{ paths: ['demo/**'], rules: [{ data: basic, zone: foreign, level: note, reason: synthetic }] }]
`
    expect(noticesOf({ 'src/send.ts': LEAK, 'sekisho.yaml': policy })).toEqual([
      "the policy's destinations/own speaks of no file (app/**)",
      "the policy's overrides speaks of no file (demo/**)",
    ])
    expect(noticesOf({ 'app/send.ts': LEAK, 'demo/a.ts': '', 'sekisho.yaml': policy })).toEqual([])
  })
})
