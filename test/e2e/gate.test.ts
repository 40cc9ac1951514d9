/** The gate in a developer's day: real git repositories, real hooks, the built CLI. */
import type { Report } from '@sekisho/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

/** Hands whatever it is given to a foreign endpoint. */
const ASK = `import OpenAI from 'openai'

const client = new OpenAI()

export async function ask(input: string) {
  return client.responses.create({ model: 'gpt-5.2', input })
}
`
const leak = (field: string, type = 'Customer') => `import { ask } from './ask.js'

interface ${type} {
  name: string
  phone: string
  email: string
}

export async function send(customer: ${type}) {
  return ask(customer.${field})
}
`
const CLEAN = 'export const greet = (times: number) => times + 1\n'
const whole = (text: string) => text.replace("import { ask } from './ask.js'\n", ASK)

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

function scan(repository: Repository, ...argv: string[]): { report: Report; code: number | null } {
  const { stdout, stderr, code } = repository.run('scan', '-f', 'json', ...argv)
  expect(stdout, stderr).not.toBe('')
  return { report: JSON.parse(stdout) as Report, code }
}

const open = ({ findings }: Report) =>
  findings
    .filter(({ suppressed, severity }) => suppressed === null && severity !== 'note')
    .map(({ rule, file, dataClasses }) => [rule, file, ...dataClasses].join(' '))

const exception = (id: string, path: string, more = '') => `version: 1
exceptions:
  - id: ${id}
    rule: cross-border-flow
    path: ${path}
    data: [phone]
    reason: vendor migration
    requester: sato
    approver: privacy-office
    expiry: 2027-03-31
${more}`

describe('--staged', () => {
  test('judges the index, whatever the work tree holds', () => {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': CLEAN })
    repository.put({ 'src/send.ts': leak('phone') })
    expect(scan(repository, '--staged').code).toBe(0)
    repository.git('add', '-A')
    repository.put({ 'src/send.ts': CLEAN })
    const { report, code } = scan(repository, '--staged')
    expect(code).toBe(1)
    expect(open(report)).toEqual(['cross-border-flow src/ask.ts phone'])
    expect(report.comparison).toMatchObject({ kind: 'staged', policyFrom: 'head', policyChanges: [] })
  })

  test.each([
    'src/名簿 一覧.ts',
    'src/[id] (x).ts',
    'src/it\'s "quoted".ts',
    'src/new\nline.ts',
    'src/::error::x.ts',
    'src/-p.ts',
    'src/タブ\tと\\.ts',
  ])('any file name: %j', (name) => {
    const repository = repositoryOf({ 'src/ask.ts': ASK })
    repository.put({ [name]: whole(leak('phone')) })
    repository.git('add', '-A')
    const { report, code } = scan(repository, '--staged')
    expect(code).toBe(1)
    expect(open(report)).toEqual([`cross-border-flow ${name} phone`])
    expect(repository.run('scan', '--staged').stdout).not.toMatch(/^::error/m)
  })

  test('what was there before is marked, and does not fail', () => {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': leak('phone') })
    repository.put({ 'src/other.ts': CLEAN })
    repository.git('add', '-A')
    const { report, code } = scan(repository, '--staged')
    expect(code).toBe(0)
    expect(report.findings.find(({ rule }) => rule === 'cross-border-flow')?.suppressed).toMatchObject({ kind: 'base' })
    expect(report.comparison).toMatchObject({ new: 0, fixed: [] })
  })

  test('a new way through an old call is new, though the call was not touched', () => {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': leak('phone') })
    repository.put({ 'src/again.ts': leak('phone', 'Member') })
    repository.git('add', '-A')
    expect(open(scan(repository, '--staged').report)).toEqual(['cross-border-flow src/ask.ts phone'])
    repository.git('commit', '-qm', 'again')
    repository.put({ 'src/again.ts': `${CLEAN}${leak('phone', 'Member')}` })
    repository.git('add', '-A')
    expect(scan(repository, '--staged').code).toBe(0)
  })

  test('the policy comes from the index, too', () => {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': CLEAN })
    repository.put({ 'src/send.ts': leak('phone') })
    repository.git('add', '-A')
    repository.put({ 'sekisho.yaml': exception('EX-1', 'src/**') })
    expect(scan(repository, '--staged').code).toBe(1)
    repository.git('add', '-A')
    const { report, code } = scan(repository, '--staged')
    expect(code).toBe(0)
    expect(report.comparison?.policyChanges.map(({ what, entry }) => `${what} ${entry}`)).toContain(
      'added exceptions/EX-1',
    )
    repository.put({ 'sekisho.yaml': 'version: 1\nbogus: 1\n' })
    expect(scan(repository, '--staged').code).toBe(0)
    repository.git('add', '-A')
    expect(repository.run('scan', '--staged').code).toBe(2)
  })

  test('before the first commit, and in a folder below', () => {
    const repository = new Repository({ 'web/src/ask.ts': ASK, 'web/src/send.ts': leak('email'), 'x.ts': CLEAN })
    repositories.push(repository)
    repository.git('add', '-A')
    expect(open(scan(repository, '--staged').report)).toEqual(['cross-border-flow web/src/ask.ts email'])
    expect(open(scan(repository, '--staged', 'web').report)).toEqual(['cross-border-flow src/ask.ts email'])
  })

  test('a directive that is taken away uncovers what it covered', () => {
    const local = ASK.replace('new OpenAI()', "new OpenAI({ baseURL: 'https://llm.shop.example.jp/v1' })")
    const directive = '  // sekisho-disable-next-line unresolved-endpoint -- 申請中\n  return client'
    const repository = repositoryOf({
      'src/ask.ts': local.replace('  return client', directive),
      'src/send.ts': leak('phone'),
    })
    repository.put({ 'src/ask.ts': local })
    repository.git('add', '-A')
    expect(open(scan(repository, '--staged').report)).toEqual(['unresolved-endpoint src/ask.ts phone'])
  })

  test('a gap stops the commit that brings it, not the next one', () => {
    const repository = repositoryOf({ 'src/ask.ts': ASK })
    repository.put({ 'src/broken.ts': "import OpenAI from 'openai'\nconst client = new OpenAI(\n" })
    repository.git('add', '-A')
    expect(repository.run('scan', '--staged').code).toBe(3)
    repository.git('commit', '-qm', 'broken')
    repository.put({ 'src/other.ts': CLEAN })
    repository.git('add', '-A')
    const { report, code } = scan(repository, '--staged')
    expect(code).toBe(0)
    expect(report.gaps).toEqual([expect.objectContaining({ file: 'src/broken.ts', known: true })])
  })

  test('before the first commit there is nothing to compare a branch with', () => {
    const repository = new Repository({ 'src/ask.ts': ASK })
    repositories.push(repository)
    const { code, stderr } = repository.runWith({}, 'scan', '--since', 'nowhere')
    expect([code, stderr]).toEqual([2, expect.stringContaining('HEAD')])
  })
})

describe('a hook', () => {
  test.each([
    ['git commit', ['commit', '-qm', 'x']],
    ['git commit -a, whose index is another file', ['commit', '-qam', 'x']],
    ['git commit <path>, likewise', ['commit', '-qm', 'x', '--', 'src/send.ts']],
  ])('stops %s', (_, command) => {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': CLEAN })
    repository.hook('pre-commit', 'scan', '--staged')
    repository.put({ 'src/send.ts': leak('phone') })
    if (command[1] === '-qm' && command.length === 3) repository.git('add', '-A')
    const { code, stdout, stderr } = repository.git(...command)
    expect(code, stdout + stderr).toBe(1)
    expect(stdout + stderr).toContain('cross-border-flow')
    repository.put({ 'src/send.ts': 'export const fixed = 1\n' })
    if (command[1] === '-qm' && command.length === 3) repository.git('add', '-A')
    expect(repository.git(...command).code).toBe(0)
  })
})

describe('--since', () => {
  function branch(): Repository {
    const repository = repositoryOf({ 'src/ask.ts': ASK, 'src/send.ts': leak('phone'), 'src/other.ts': CLEAN })
    repository.git('branch', '-M', 'main')
    repository.git('checkout', '-qb', 'topic')
    return repository
  }

  test('what the branch brings, also through files that it did not touch', () => {
    const repository = branch()
    repository.commit('more', { 'src/more.ts': leak('email', 'Member') })
    const { report, code } = scan(repository, '--since', 'main')
    expect(code).toBe(1)
    expect(open(report)).toEqual(['cross-border-flow src/ask.ts email phone'])
    expect(report.comparison).toMatchObject({ kind: 'since', policyFrom: 'base', new: 1 })
  })

  test('what main has got since the branch left it does not count', () => {
    const repository = branch()
    repository.commit('nothing', { 'src/nothing.ts': CLEAN })
    repository.git('checkout', '-q', 'main')
    repository.commit('elsewhere', { 'src/elsewhere.ts': whole(leak('email')) })
    repository.git('checkout', '-q', 'topic')
    expect(scan(repository, '--since', 'main').code).toBe(0)
  })

  test('a branch can not permit itself what it brings, and what it would permit is shown', () => {
    const repository = branch()
    repository.commit('more', {
      'src/again.ts': whole(leak('phone')),
      'sekisho.yaml': exception('EX-9', 'src/again.ts'),
    })
    const { report, code } = scan(repository, '--since', 'main')
    expect(code).toBe(1)
    expect(open(report)).toEqual(['cross-border-flow src/again.ts phone'])
    expect(report.comparison?.policyChanges).toContainEqual(
      expect.objectContaining({ what: 'added', entry: 'exceptions/EX-9' }),
    )
    const { stdout } = repository.run('scan', '--since', 'main')
    expect(stdout).toContain('exceptions/EX-9')
    expect(scan(repository, '--since', 'main', '--policy-from', 'head').code).toBe(0)
  })

  test('a policy that the branch deletes still judges it', () => {
    const repository = repositoryOf({
      'src/ask.ts': ASK,
      'src/send.ts': CLEAN,
      'sekisho.yaml': 'version: 1\ngate: { failOn: warn }\n',
    })
    repository.git('branch', '-M', 'main')
    repository.git('checkout', '-qb', 'topic')
    repository.git('rm', '-q', 'sekisho.yaml')
    repository.commit('no policy')
    expect(scan(repository, '--since', 'main').report.gate.failOn).toBe('warn')
  })

  test('a renamed file brings nothing, as it is and changed a little', () => {
    const repository = repositoryOf({ 'src/send.ts': whole(leak('phone')) })
    repository.git('branch', '-M', 'main')
    repository.git('checkout', '-qb', 'topic')
    repository.git('mv', 'src/send.ts', 'src/送信.ts')
    repository.commit('renamed')
    expect(scan(repository, '--since', 'main')).toMatchObject({
      code: 0,
      report: { comparison: { new: 0, fixed: [] } },
    })
    repository.commit('changed', { 'src/送信.ts': `${CLEAN}${whole(leak('phone'))}` })
    expect(scan(repository, '--since', 'main')).toMatchObject({
      code: 0,
      report: { comparison: { new: 0, fixed: [] } },
    })
    repository.commit('worse', { 'src/送信.ts': `${CLEAN}${whole(leak('email'))}` })
    expect(scan(repository, '--since', 'main').code).toBe(1)
  })

  test('what is fixed is told', () => {
    const repository = branch()
    repository.commit('fixed', { 'src/send.ts': CLEAN })
    const { report } = scan(repository, '--since', 'main')
    expect(report.comparison?.fixed.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'cross-border-flow src/ask.ts',
    ])
  })

  test('a commit that is not here is a mistake with its remedy', () => {
    const { code, stderr } = branch().run('scan', '--since', 'origin/main')
    expect(code).toBe(2)
    expect(stderr).toContain('fetch-depth: 0')
    expect(branch().run('scan', '--since', '--output=x').code).toBe(2)
  })
})
