/** The life of a baseline: made, kept under edits, outlived by fixes, never a hiding place. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '@sekisho/core'
import { Ajv } from 'ajv'
import { afterEach, expect, test, vi } from 'vitest'
import { fileURLToPath } from 'node:url'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const schemaFile = fileURLToPath(new URL('../../packages/cli/data/report.schema.json', import.meta.url))
const isReport = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object)

const HEAD = `import OpenAI from 'openai'

const client = new OpenAI()

interface Customer {
  name: string
  phone: string
  email: string
}
`
const send = (...fields: string[]) => `
export async function send(customer: Customer) {
${fields.map((field) => `  await client.responses.create({ model: 'gpt-5.2', input: customer.${field} })`).join('\n')}
}
`
const MY_NUMBER = `${HEAD}
export async function apply(applicant: { myNumber: string }) {
  await client.responses.create({ model: 'gpt-5.2', input: applicant.myNumber })
}
`

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function repositoryOf(files: Record<string, string>): Repository {
  const repository = new Repository({})
  repositories.push(repository)
  repository.commit('start', files)
  return repository
}

function baseline(repository: Repository, ...argv: string[]): { text: string; stdout: string; entries: unknown[] } {
  const { code, stdout, stderr } = repository.run('baseline', ...argv)
  expect(code, stderr).toBe(0)
  const text = readFileSync(join(repository.path, 'sekisho-baseline.json'), 'utf8')
  return { text, stdout, entries: (JSON.parse(text) as { entries: unknown[] }).entries }
}

function scan(repository: Repository, ...argv: string[]) {
  const { stdout, stderr, code } = repository.run('scan', '-f', 'json', ...argv)
  expect(stdout, stderr).not.toBe('')
  const report = JSON.parse(stdout) as Report
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  const open = report.findings
    .filter(({ suppressed, severity }) => suppressed === null && severity !== 'note')
    .map(({ rule, dataClasses }) => [rule, ...dataClasses].join(' '))
  return { report, code, open }
}

test('what is in it is marked in the report, and does not fail; what is new does', () => {
  const repository = repositoryOf({ 'src/send.ts': HEAD + send('phone') })
  expect(scan(repository).code).toBe(1)
  expect(baseline(repository).entries).toHaveLength(1)
  const { report, code } = scan(repository)
  expect(code).toBe(0)
  expect(report.findings.find(({ rule }) => rule === 'cross-border-flow')?.suppressed?.kind).toBe('baseline')
  expect(report.baseline).toMatchObject({
    file: 'sekisho-baseline.json',
    entries: 1,
    matched: 1,
    fixed: [],
    changed: [],
  })
  repository.put({ 'src/send.ts': HEAD + send('phone', 'email') })
  expect(scan(repository)).toMatchObject({ code: 1, open: ['cross-border-flow email'] })
})

test('it is stable under line shifts, and the same whenever it is made', () => {
  const repository = repositoryOf({ 'src/send.ts': HEAD + send('phone'), 'src/b.ts': HEAD + send('email') })
  const { text } = baseline(repository)
  repository.put({ 'src/send.ts': `// 顧客対応\n\n\n${HEAD}\nexport const more = 1\n${send('phone')}` })
  expect(scan(repository).code).toBe(0)
  const entriesOf = (written: string) => written.slice(written.indexOf('"entries"'))
  expect(entriesOf(baseline(repository).text)).toBe(entriesOf(text))
  expect(text.split('\n').filter((line) => line.includes('"fingerprint"'))).toHaveLength(2)
})

test('identical calls are told apart', () => {
  const repository = repositoryOf({ 'src/send.ts': HEAD + send('phone') })
  baseline(repository)
  repository.put({ 'src/send.ts': HEAD + send('phone', 'phone') })
  expect(scan(repository).open).toEqual(['cross-border-flow phone'])
})

test('another finding on the same line is new', () => {
  const repository = repositoryOf({ 'src/send.ts': HEAD + send('phone') })
  baseline(repository)
  repository.put({ 'src/send.ts': HEAD + send('email') })
  const { open, report } = scan(repository)
  expect(open).toEqual(['cross-border-flow email'])
  expect(report.baseline?.fixed).toHaveLength(1)
})

test('one more source through a kept call is new', () => {
  const ask =
    HEAD.replace(/interface[^]*/, '') +
    "\nexport const ask = (input: string) => client.responses.create({ model: 'gpt-5.2', input })\n"
  const caller = `import { ask } from './ask.js'\n\nexport const send = (customer: { phone: string }) => ask(customer.phone)\n`
  const repository = repositoryOf({ 'src/ask.ts': ask, 'src/a.ts': caller })
  baseline(repository)
  expect(scan(repository).code).toBe(0)
  repository.put({ 'src/b.ts': caller })
  expect(scan(repository)).toMatchObject({ code: 1, open: ['cross-border-flow phone'] })
})

test('what is fixed is told, and --prune takes it out and takes nothing in', () => {
  const repository = repositoryOf({ 'src/a.ts': HEAD + send('phone'), 'src/b.ts': HEAD + send('email') })
  baseline(repository)
  repository.put({ 'src/a.ts': HEAD, 'src/c.ts': HEAD + send('name') })
  expect(scan(repository).report.baseline?.fixed).toMatchObject([{ file: 'src/a.ts', rule: 'cross-border-flow' }])
  expect(repository.run('scan').stdout).toContain('--prune')
  expect(baseline(repository, '--prune').entries).toMatchObject([{ file: 'src/b.ts', data: ['email'] }])
  expect(scan(repository)).toMatchObject({
    code: 1,
    open: ['cross-border-flow name'],
    report: { baseline: { fixed: [] } },
  })
})

test('an entry goes with its file where that is renamed, but only one for one', () => {
  const repository = repositoryOf({ 'src/a.ts': HEAD + send('phone') })
  baseline(repository)
  repository.git('mv', 'src/a.ts', 'src/送信.ts')
  expect(scan(repository).code).toBe(0)
  repository.put({ 'src/copy.ts': HEAD + send('phone') })
  expect(scan(repository).open).toHaveLength(1)
  expect(baseline(repository, '--prune').entries).toHaveLength(1)
  expect(scan(repository).open).toHaveLength(1)
})

test('what is never allowed can not be put into it, by hand neither', () => {
  const repository = repositoryOf({ 'src/apply.ts': MY_NUMBER })
  expect(baseline(repository).entries).toEqual([])
  const finding = scan(repository).report.findings.find(({ rule }) => rule === 'cross-border-flow')!
  expect(finding.never).toBe(true)
  const { fingerprint, rule, severity, file, message } = finding
  const entry = {
    fingerprint,
    rule,
    severity,
    file,
    data: ['my-number'],
    what: message.en,
    from: ['my-number src/apply.ts'],
  }
  writeFileSync(
    join(repository.path, 'sekisho-baseline.json'),
    JSON.stringify({ version: 1, made: {}, entries: [entry] }),
  )
  expect(scan(repository)).toMatchObject({ code: 1, report: { baseline: { matched: 0, refused: 1 } } })
  expect(repository.run('scan').stdout).toContain('1 baseline entry holds nothing')
})

test('what the tool has learnt since is told from what the code brings', () => {
  const repository = repositoryOf({ 'src/a.ts': HEAD + send('phone'), 'src/b.ts': HEAD + send('email') })
  const { text } = baseline(repository)
  const older = JSON.parse(text) as { made: Record<string, string>; entries: unknown[] }
  older.made['catalogue'] = 'an older one'
  older.entries = older.entries.slice(0, 1)
  writeFileSync(join(repository.path, 'sekisho-baseline.json'), JSON.stringify(older))
  const causes = () =>
    scan(repository)
      .report.findings.filter(({ suppressed, rule }) => suppressed === null && rule === 'cross-border-flow')
      .map(({ file, cause }) => `${file} ${cause}`)
  expect(causes()).toEqual(['src/b.ts catalogue'])
  repository.put({ 'src/c.ts': HEAD + send('name') })
  expect(causes()).toEqual(['src/b.ts catalogue', 'src/c.ts code'])
  expect(repository.run('scan').stdout).toMatch(/the catalogue changed: 1 of the new findings/)
})

test('a branch can not take into it what it brings', () => {
  const repository = repositoryOf({ 'src/a.ts': HEAD })
  repository.git('branch', '-M', 'main')
  repository.git('checkout', '-qb', 'topic')
  repository.put({ 'src/a.ts': HEAD + send('phone') })
  baseline(repository)
  repository.commit('leak and baseline')
  expect(scan(repository, '--since', 'main').code).toBe(1)
  expect(scan(repository, '--since', 'main', '--policy-from', 'head').code).toBe(0)
})

test.each([
  ['no JSON', '{'],
  ['no version', '{"entries":[]}'],
  ['no entries', '{"version":1}'],
  [
    'a rule that is none',
    '{"version":1,"entries":[{"fingerprint":"a","rule":"x","severity":"error","file":"a","data":[],"what":"","from":[]}]}',
  ],
])('a file that is no baseline is a mistake: %s', (_, text) => {
  const repository = repositoryOf({ 'src/a.ts': HEAD, 'sekisho-baseline.json': text })
  const { code, stderr } = repository.run('scan')
  expect([code, stderr]).toEqual([2, expect.stringContaining('sekisho-baseline.json is no baseline')])
})

test('one that is named must be there', () => {
  const repository = repositoryOf({ 'src/a.ts': HEAD })
  expect(repository.run('scan', '--baseline', 'missing.json').code).toBe(2)
  expect(repository.run('baseline', '--prune').code).toBe(2)
  expect(repository.run('baseline', '-o', 'old.json').code).toBe(0)
  expect(repository.run('scan', '--baseline', 'old.json').code).toBe(0)
})
