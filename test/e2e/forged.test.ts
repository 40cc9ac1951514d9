/** Names, ids and texts of a repository can't forge what a CI system or a terminal reads: no command, no escape, no line of their own. */
import type { Report } from '@sekisho/core'
import { afterEach, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const EVIL = '::error file=a::b ##[error]c ##vso[task.complete]d \u001b[31me\u001b]0;f\u0007 \rg\u202eh'
const FILES = [
  '::error::x.ts',
  '##[error]y.ts',
  '##vso[task.complete result=Succeeded]z.ts',
  'e\u001b[2K\rsc.ts',
  'n\n::error::l.ts',
]
const LEAK = `import OpenAI from 'openai'
const client = new OpenAI()
// eslint-disable-next-line sekisho/cross-border-flow -- ::error::directive
export const send = (customer: { phone: string }) => client.responses.create({ model: '::error::m', input: customer.phone })
`
const quoted = JSON.stringify(EVIL)
const POLICY = `version: 1
destinations:
  ${quoted}: { match: { hosts: [api.openai.com] }, paths: [${quoted}] }
exceptions:
  - { id: ${quoted}, rule: cross-border-flow, path: ${quoted}, data: [phone], reason: ${quoted}, approver: ${quoted}, expiry: 2027-03-31 }
`

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function expectHarmless(text: string): void {
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
  expect(text).not.toMatch(/^\s*::/m)
  expect(text).not.toMatch(/##\[|##vso\[/i)
}

function hostile(): Repository {
  const repository = new Repository({ 'src/a.ts': 'export const a = 1\n' })
  repositories.push(repository)
  repository.commit('start')
  repository.put({ ...Object.fromEntries(FILES.map((name) => [`src/${name}`, LEAK])), 'sekisho.yaml': POLICY })
  return repository
}

test.each([
  ['scan', '--notes'],
  ['scan', '--verbose', '--locale', 'ja'],
  ['scan', '-f', 'json'],
  ['inventory'],
  ['inventory', '-f', 'json'],
  ['doctor'],
  ['explain', '::error::x'],
  ['scan', '--policy', '::error::missing'],
  ['scan', '--since', '::error::x'],
  ['scan', '--floor', '::error::x'],
  ['scan', '--baseline', '::error::x'],
  ['init', '::error::x'],
  ['::error::x'],
])('%s %s', (...argv) => {
  const { stdout, stderr } = hostile().run(...argv)
  expect(stdout + stderr).not.toBe('')
  expectHarmless(stdout)
  expectHarmless(stderr)
})

test('a comparison, a baseline and what is gone', () => {
  const repository = hostile()
  repository.git('add', '-A')
  const staged = repository.run('scan', '--staged')
  expect(staged.stdout).toContain('exceptions/')
  expectHarmless(staged.stdout)
  expectHarmless(repository.run('baseline').stdout)
  repository.put(Object.fromEntries(FILES.map((name) => [`src/${name}`, ''])))
  const gone = repository.run('scan')
  expect(gone.stdout).toContain('--prune')
  expectHarmless(gone.stdout)
  const { baseline } = JSON.parse(repository.run('scan', '-f', 'json').stdout) as Report
  expect(baseline?.fixed.length).toBeGreaterThan(0)
  const one = repository.run('explain', baseline!.fixed[0]!.fingerprint)
  expectHarmless(one.stdout + one.stderr)
})

test('every finding of them is there to be explained', () => {
  const repository = hostile()
  const { findings } = JSON.parse(repository.run('scan', '-f', 'json').stdout) as Report
  const flows = findings.filter(({ rule }) => rule === 'cross-border-flow')
  expect(flows.length).toBe(FILES.length)
  for (const { fingerprint } of flows) {
    const { stdout, code } = repository.run('explain', fingerprint)
    expect(code).toBe(0)
    expectHarmless(stdout)
  }
})
