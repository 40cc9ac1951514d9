import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '@sekisho/core'
import { Ajv } from 'ajv'
import { afterEach, describe, expect, test } from 'vitest'
import { Repository } from './repository.js'

const CLEAN = { 'src/greet.ts': 'export const greet = (name: string) => `こんにちは、${name}さん`\n' }
const LEAK = {
  'src/ask.ts': `import OpenAI from 'openai'

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
const BROKEN = { 'src/broken.ts': "import OpenAI from 'openai'\nconst client = new OpenAI(\n" }

const schemaFile = fileURLToPath(new URL('../../packages/cli/data/report.schema.json', import.meta.url))
const isReport = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object)

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function repositoryOf(...files: Record<string, string | Uint8Array>[]): Repository {
  const repository = new Repository(Object.assign({}, ...files) as Record<string, string | Uint8Array>)
  repositories.push(repository)
  return repository
}

function reportOf(repository: Repository, ...argv: string[]): Report {
  const { stdout } = repository.run('scan', '-f', 'json', ...argv)
  const report = JSON.parse(stdout) as Report
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  return report
}

describe('exit codes', () => {
  test.each([
    ['nothing to find', [CLEAN], [], 0],
    ['a finding', [CLEAN, LEAK], [], 1],
    ['a finding that must not fail', [LEAK], ['--fail-on', 'never'], 0],
    ['a file that could matter and can not be parsed', [CLEAN, BROKEN], [], 3],
    ['the same beside a finding: the worst wins', [LEAK, BROKEN], [], 3],
    [
      'the same where the policy accepts it',
      [BROKEN, { 'sekisho.yaml': 'version: 1\ngate: { gaps: allow }\n' }],
      [],
      0,
    ],
    ['a broken file that can not matter', [CLEAN, { 'src/other.ts': 'const (' }], [], 0],
    ['a broken policy', [CLEAN, { 'sekisho.yaml': 'version: 1\ngate: { failOn: eror }\n' }], [], 2],
    ['an unknown option', [CLEAN], ['--bogus'], 2],
    ['a path that is not there', [CLEAN], ['missing'], 2],
    ['an output that can not be written', [CLEAN], ['-f', 'json=missing/folder/r.json'], 2],
  ])('%s', (_, files, argv, expected) => {
    const { code, stderr } = repositoryOf(...files).run('scan', ...argv)
    expect(code, stderr).toBe(expected)
  })

  test('neither the format nor the output changes it', () => {
    const repository = repositoryOf(LEAK)
    for (const format of ['terminal', 'json', 'sarif']) expect(repository.run('-f', format).code).toBe(1)
    expect(repository.run('-f', 'sarif', '-o', 'r.sarif').code).toBe(1)
  })
})

describe('streams', () => {
  test('standard output holds only the report, even where much is said', () => {
    const { stdout, stderr } = repositoryOf(LEAK).run('scan', '-f', 'json', '--verbose')
    expect(isReport(JSON.parse(stdout))).toBe(true)
    expect(stderr).toMatch(/discover +\d+ ms/)
  })

  test('nothing is said where there is nothing to say, and no colour without a terminal', () => {
    const { stdout, stderr } = repositoryOf(LEAK).run('scan')
    expect(stderr).toBe('')
    expect(stdout).not.toContain('\u001b')
    expect(repositoryOf(LEAK).run('scan', '--color').stdout).toContain('\u001b[')
  })

  test('a mistake goes to standard error, with place, frame and remedy', () => {
    const { stdout, stderr } = repositoryOf({ 'sekisho.yaml': 'version: 1\ngate: { failOn: eror }\n' }).run('scan')
    expect(stdout).toBe('')
    expect(stderr).toContain('sekisho.yaml:2:17')
    expect(stderr).toContain('^^^^')
    expect(stderr).toMatch(/did you mean `error`/)
  })

  test('a reader that stops early is no failure', () => {
    const { path } = repositoryOf(LEAK)
    const cli = fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url))
    const command = `'${process.execPath}' '${cli}' scan -f json '${path}' | head -c 1; echo " \${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toBe('{ 1\n')
  })

  test('reports go to files, and no part of one stays behind', () => {
    const repository = repositoryOf(LEAK)
    const { stdout } = repository.run('scan', '-f', 'terminal', '-f', 'sarif=out.sarif', '-f', 'json=out.json')
    expect(stdout).toContain('cross-border-flow')
    expect(JSON.parse(readFileSync(join(repository.path, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(isReport(JSON.parse(readFileSync(join(repository.path, 'out.json'), 'utf8')))).toBe(true)
    expect(readdirSync(repository.path).sort()).toEqual(['.git', 'out.json', 'out.sarif', 'src'])
  })
})

describe('the report', () => {
  test('tells what can reach where', () => {
    const { findings, endpoints, summary } = reportOf(repositoryOf(LEAK))
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'cross-border-flow',
        severity: 'error',
        file: 'src/ask.ts',
        line: 11,
        dataClasses: ['phone'],
        provider: 'openai',
        zone: 'foreign',
      }),
    )
    expect(endpoints.map(({ endpoint }) => endpoint.host)).toEqual(['api.openai.com'])
    expect(summary.findings.error).toBe(1)
  })

  test('speaks the language that was asked for', () => {
    const repository = repositoryOf(LEAK)
    expect(repository.run('scan', '--locale', 'ja').stdout).toContain('エラー 1 件')
    expect(repository.runWith({ SEKISHO_LOCALE: 'ja' }, 'scan').stdout).toContain('エラー 1 件')
    expect(repository.runWith({ LANG: 'ja_JP.UTF-8' }, 'scan', '--locale', 'en').stdout).toContain('1 error')
  })

  test('lists what was not analysed', () => {
    const repository = repositoryOf(BROKEN, {
      'src/latin.ts': Buffer.from("// openai\nconst a = '\xe9\xff\xe8'", 'latin1'),
    })
    const { gaps, run } = reportOf(repository)
    expect(gaps.map(({ file, kind, relevant }) => [file, kind, relevant])).toEqual([
      ['src/broken.ts', 'parse', true],
      ['src/latin.ts', 'read', true],
    ])
    expect(run.complete).toBe(false)
    expect(repository.run('scan').stdout).toContain('NOT analysed: 2 gaps')
  })

  test('a part gives the same finding as the whole', () => {
    const repository = repositoryOf(LEAK, CLEAN, { 'sekisho.yaml': 'version: 1\n' })
    const whole = reportOf(repository)
    const fingerprint = whole.findings.find(({ rule }) => rule === 'cross-border-flow')!.fingerprint
    const file = reportOf(repository, 'src/ask.ts').findings
    const folder = reportOf(repository, 'src').findings
    expect(file).toContainEqual(expect.objectContaining({ fingerprint, file: 'src/ask.ts' }))
    expect(folder).toContainEqual(expect.objectContaining({ fingerprint, file: 'ask.ts' }))
    expect(reportOf(repository, 'src/greet.ts').findings).toEqual([])
  })

  test('does not change with the line that a finding stands in', () => {
    const repository = repositoryOf(LEAK)
    const [before] = reportOf(repository).findings
    repository.put({ 'src/ask.ts': `\n// 変更\n${LEAK['src/ask.ts']}` })
    const [after] = reportOf(repository).findings
    expect(after!.line).toBe(before!.line + 2)
    expect(after!.fingerprint).toBe(before!.fingerprint)
  })

  test('masks personal data in what it shows', () => {
    const number = '1234-5678-9018'
    const repository = repositoryOf({
      'src/ask.ts': `import OpenAI from 'openai'\nconst マイナンバー = '${number}'\nawait new OpenAI().responses.create({ input: マイナンバー })\n`,
    })
    for (const format of ['terminal', 'json', 'sarif']) {
      const { stdout } = repository.run('scan', '--notes', '-f', format)
      expect(stdout).not.toContain(number)
      expect(stdout).not.toContain('5678')
    }
  })

  test('reads what Japanese code bases are written in', () => {
    const shiftJis = Buffer.concat([
      Buffer.from(LEAK['src/ask.ts'].replace('電話番号', 'TEL')),
      Buffer.from([0x2f, 0x2f, 0x8c, 0xda]),
    ])
    const { findings, gaps } = reportOf(repositoryOf({ 'src/ask.ts': shiftJis }))
    expect(gaps).toEqual([])
    expect(findings.map(({ rule }) => rule)).toContain('cross-border-flow')
  })
})

describe('the policy', () => {
  const strict = 'version: 1\nrules: [{ data: basic, zone: foreign, level: never, reason: bank standard }]\n'

  test('one above what is scanned holds, with globs from where it stands', () => {
    const policy =
      'version: 1\noverrides:\n  - paths: [src/**]\n    rules: [{ data: basic, zone: foreign, level: note, reason: demo }]\n'
    const repository = repositoryOf(LEAK, { 'sekisho.yaml': policy })
    const report = reportOf(repository, 'src')
    expect(report.findings.map(({ severity }) => severity)).toEqual(['note'])
    expect(report.policy.file).toBe('../sekisho.yaml')
  })

  test('one that is named holds instead', () => {
    const repository = repositoryOf(LEAK, { 'sekisho.yaml': 'version: 2\n', 'ci/policy.yaml': strict })
    expect(repository.run('scan').code).toBe(2)
    expect(reportOf(repository, '--policy', 'ci/policy.yaml').policy.file).toBe('ci/policy.yaml')
  })

  test('one in a folder below tightens, and may not loosen', () => {
    const root = { 'sekisho.yaml': 'version: 1\nrules: [{ data: basic, zone: foreign, level: note, reason: demo }]\n' }
    const tightened = repositoryOf(LEAK, root, { 'src/sekisho.yaml': strict })
    expect(reportOf(tightened).findings.map(({ severity }) => severity)).toEqual(['error'])
    const loosened = repositoryOf(LEAK, root, { 'src/sekisho.yaml': 'version: 1\ngate: { failOn: error }\n' })
    expect(loosened.run('scan').stderr).toContain('src/sekisho.yaml:2:1')
    expect(loosened.run('scan').code).toBe(2)
  })

  test('what it extends is read inside the repository only', () => {
    const repository = repositoryOf(LEAK, {
      'sekisho.yaml': 'version: 1\nextends: [./base.yaml]\n',
      'base.yaml': strict,
    })
    expect(reportOf(repository).policy.extends).toContain('./base.yaml')
    repository.put({ 'sekisho.yaml': 'version: 1\nextends: [../../etc/base.yaml]\n' })
    expect(repository.run('scan').code).toBe(2)
  })

  test('decides whether gaps fail, and what is excluded is said', () => {
    const repository = repositoryOf(LEAK, BROKEN, { 'sekisho.yaml': 'version: 1\nexclude: [src/**]\n' })
    const { stdout, code } = repository.run('scan')
    expect(code).toBe(0)
    expect(stdout).toContain('excluded by the policy: src/**')
  })

  test('dates are judged as of the day that is given', () => {
    const policy = `version: 1
gate: { approvers: [privacy] }
exceptions:
  - { id: EX-1, rule: cross-border-flow, path: src/ask.ts, data: [phone], reason: migration, approver: privacy, expiry: 2030-01-31 }
`
    const repository = repositoryOf(LEAK, { 'sekisho.yaml': policy })
    expect(reportOf(repository, '--today', '2030-01-31').summary.findings).toMatchObject({ error: 0, suppressed: 1 })
    const expired = reportOf(repository, '--today', '2030-02-01').findings.map(({ rule }) => rule)
    expect(expired).toEqual(expect.arrayContaining(['cross-border-flow', 'expired-exception']))
  })
})

describe('settings', () => {
  const code = `import OpenAI from 'openai'
const client = new OpenAI({ baseURL: process.env.LLM_URL })
export const ask = (customer: { phone: string }) => client.responses.create({ input: customer.phone })
`
  test('an ignored .env decides where an endpoint is, and gets no finding of its own', () => {
    const repository = repositoryOf({
      '.gitignore': '.env\n',
      'package.json': '{}',
      '.env': 'LLM_URL=https://api.openai.com/v1\n',
      'src/ask.ts': code,
    })
    const { findings } = reportOf(repository)
    expect(findings.map(({ file }) => file)).toEqual(['src/ask.ts'])
    expect(findings[0]!.endpoint!.resolvedFrom.join()).toContain('LLM_URL (.env')
  })

  test('one that the SDK reads by itself is read', () => {
    const repository = repositoryOf({
      '.env': 'OPENAI_BASE_URL=https://api.openai.com/v1\n',
      'src/ask.ts': code.replace('{ baseURL: process.env.LLM_URL }', ''),
    })
    const { findings } = reportOf(repository)
    expect(findings.find(({ file }) => file === '.env')!.message.en).toContain('Read by src/ask.ts.')
  })

  test('a name that config binds to an AI host leads to the code that reads it', () => {
    const repository = repositoryOf({
      '.env': 'KAIWA_URL=https://api.openai.com/v1/chat/completions\n',
      'src/kaiwa.ts':
        'export const ask = (customer: { phone: string }) => fetch(process.env.KAIWA_URL!, { method: "POST", body: customer.phone })\n',
    })
    expect(reportOf(repository).findings.map(({ file, rule }) => [file, rule])).toContainEqual([
      'src/kaiwa.ts',
      'cross-border-flow',
    ])
  })
})

describe('a hostile repository', () => {
  test('names that are commands stay names', () => {
    const names = ['::stop-commands::x\n::error::y.ts', '##[error]z.ts', '##vso[task.complete]v.ts', 'a\u001b[2Jb.ts']
    const files = Object.fromEntries(names.map((name) => [name, BROKEN['src/broken.ts']]))
    const repository = repositoryOf(files)
    for (const format of ['terminal', 'json', 'sarif']) {
      const { stdout, code } = repository.run('scan', '-f', format)
      expect(code).toBe(3)
      expect(stdout).not.toMatch(/^\s*::|##\[|##vso\[/m)
      expect(stdout).not.toContain('\u001b')
    }
  })

  test('nothing of it runs, and nothing is written into it', () => {
    const evil = "require('fs').writeFileSync('ran', '')\n"
    const repository = repositoryOf(LEAK, {
      'eslint.config.js': evil,
      'sekisho.config.js': evil,
      'package.json': '{ "scripts": { "prepare": "touch ran" }, "main": "eslint.config.js" }',
    })
    repository.run('scan')
    expect(existsSync(join(repository.path, 'ran'))).toBe(false)
    expect(readdirSync(repository.path).sort()).toEqual([
      '.git',
      'eslint.config.js',
      'package.json',
      'sekisho.config.js',
      'src',
    ])
  })

  test('one file that is too deep does not end the run', () => {
    const deep = `import OpenAI from 'openai'\nx${'.a()'.repeat(20_000)}\n`
    const nested = `import OpenAI from 'openai'\n${'['.repeat(20_000)}${']'.repeat(20_000)}\n`
    const files = {
      'src/deep.ts': deep,
      'src/nested.ts': nested,
      'src/deep.yaml': '['.repeat(20_000),
      'package.json': '['.repeat(20_000),
      'tsconfig.json': `{"a":${'['.repeat(1500)}`,
    }
    const { findings, gaps } = reportOf(repositoryOf(LEAK, files))
    expect(findings.map(({ rule }) => rule)).toContain('cross-border-flow')
    expect(gaps.map(({ file }) => file)).toEqual(expect.arrayContaining(['src/nested.ts', 'package.json']))
  })

  test('a NUL does not hide a file', () => {
    const hidden = { 'src/ask.ts': `/* \u0000 */ ${LEAK['src/ask.ts']}` }
    expect(reportOf(repositoryOf(hidden)).findings.map(({ rule }) => rule)).toContain('cross-border-flow')
  })
})

describe('the cache', () => {
  const files = (repository: Repository) =>
    readdirSync(repository.cache, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))

  test('changes nothing but the time', () => {
    const repository = repositoryOf(LEAK)
    const cold = repository.run('scan', '-f', 'json').stdout
    expect(files(repository)).toHaveLength(1)
    expect(repository.run('scan', '-f', 'json').stdout).toBe(cold)
    expect(repository.run('scan', '-f', 'json', '--no-cache').stdout).toBe(cold)
  })

  test('what changed is seen, what is broken is ignored', () => {
    const repository = repositoryOf(LEAK)
    repository.run('scan')
    const [file] = files(repository)
    const path = join(repository.cache, file!)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('error', 'note '))
    expect(repository.run('scan').code).toBe(1)
    repository.put({ 'src/ask.ts': LEAK['src/ask.ts'].replace('customer.phone', "'hello'") })
    expect(repository.run('scan').code).toBe(0)
  })

  test('--no-cache leaves none', () => {
    const repository = repositoryOf(LEAK)
    repository.run('scan', '--no-cache')
    expect(files(repository)).toEqual([])
  })
})
