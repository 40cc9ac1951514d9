/** The commands besides scan, driven as users drive them. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '@sekisho/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const CLI = fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url))
const LEAK = `import OpenAI from 'openai'

const client = new OpenAI()

export async function send(customer: { phone: string }) {
  await client.responses.create({ model: 'gpt-5.2', input: customer.phone })
}
`
const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function repositoryOf(files: Record<string, string> = {}): Repository {
  const repository = new Repository(files)
  repositories.push(repository)
  return repository
}

const textOf = (repository: Repository, path: string) => readFileSync(join(repository.path, path), 'utf8')

describe('init', () => {
  test.each([[[]], [['--locale', 'ja']], [['--preset', 'finance-fisc', '--preset', 'my-number']]])(
    'writes a policy that holds: %j',
    (flags) => {
      const repository = repositoryOf({ 'src/send.ts': LEAK })
      expect(repository.run('init', ...flags)).toMatchObject({ code: 0, stderr: '' })
      const { code, stderr } = repository.run('scan')
      expect([code, stderr]).toEqual([1, ''])
      const presets = flags.includes('my-number') ? 'finance-fisc, my-number' : 'localization'
      expect(textOf(repository, 'sekisho.yaml')).toContain(`extends: [${presets}]`)
    },
  )

  test('what it proposes in comments is right once it is taken', () => {
    const repository = repositoryOf()
    repository.run('init')
    const text = textOf(repository, 'sekisho.yaml')
      .replace(/^# (?=destinations:| {2}| {4}|exceptionFiles)/gm, '')
      .replace(/^ {2}# (?=\w+: )/gm, '  ')
      .replaceAll('YYYY-MM-DD', '2027-03-31')
    repository.put({ 'sekisho.yaml': text, 'sekisho-exceptions.yaml': 'version: 1\nexceptions: []\n' })
    const { code, stderr } = repository.run('scan')
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(Object.keys(parse(text) as object)).toEqual([
      'version',
      'extends',
      'locale',
      'gate',
      'destinations',
      'exceptionFiles',
    ])
  })

  test('overwrites nothing, and then writes nothing at all', () => {
    const repository = repositoryOf({ 'sekisho.yaml': 'version: 1\n' })
    const { code, stderr } = repository.run('init', '--hook', 'git', '--preset', 'localization')
    expect([code, stderr]).toEqual([2, expect.stringContaining('sekisho.yaml')])
    expect(existsSync(join(repository.path, '.git/hooks/pre-commit'))).toBe(false)
    expect(repository.run('init').code).toBe(2)
    expect(repository.run('init', '--force').code).toBe(0)
    expect(textOf(repository, 'sekisho.yaml')).toContain('extends: [localization]')
  })

  test('a hook and a workflow beside a policy that is there, as the doctor proposes', () => {
    const repository = repositoryOf({ 'sekisho.yaml': 'version: 1\n' })
    expect(repository.run('init', '--hook', 'git')).toMatchObject({ code: 0, stderr: '' })
    expect(repository.run('init', '--ci', 'github', '--force')).toMatchObject({ code: 0, stderr: '' })
    expect(textOf(repository, 'sekisho.yaml')).toBe('version: 1\n')
    expect(existsSync(join(repository.path, '.git/hooks/pre-commit'))).toBe(true)
    expect(existsSync(join(repository.path, '.github/workflows/sekisho.yml'))).toBe(true)
  })

  test('names the schema for editors where the package is installed', () => {
    const schema = 'node_modules/sekisho/dist/policy.schema.json'
    const repository = repositoryOf({ [schema]: '{}', 'node_modules/sekisho/docs/policy.md': '' })
    repository.run('init')
    expect(textOf(repository, 'sekisho.yaml')).toContain(`$schema=./${schema}\n`)
    expect(repository.run('scan')).toMatchObject({ code: 0, stderr: '' })
    const alone = repositoryOf()
    alone.run('init')
    expect(textOf(alone, 'sekisho.yaml')).not.toContain('node_modules')
  })

  test('a hook that stops a commit', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK })
    repository.run('init', '--hook', 'git')
    repository.link('sekisho')
    repository.git('add', '-A')
    const { code, stdout, stderr } = repository.git('commit', '-qm', 'x')
    expect(code, stdout + stderr).toBe(1)
    expect(stdout + stderr).toContain('cross-border-flow')
  })

  test('a folder that is not there, a preset that is none', () => {
    expect(repositoryOf().run('init', 'missing').code).toBe(2)
    expect(repositoryOf().run('init', '--preset', 'loose').code).toBe(2)
  })
})

describe('workflows', () => {
  interface Step {
    name?: string
    run?: string
    env?: Record<string, string>
  }

  /** On a branch that brings a leak to a clean main. */
  function branch(): Repository {
    const repository = repositoryOf()
    repository.commit('start', { 'src/old.ts': LEAK.replace('send', 'old') })
    repository.git('branch', '-M', 'main')
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    repository.git('checkout', '-qb', 'topic')
    repository.commit('leak', { 'src/send.ts': LEAK })
    return repository
  }

  const bash = (repository: Repository, script: string, env: Record<string, string>) =>
    spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: repository.path,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH']!,
        HOME: repository.cache,
        XDG_CACHE_HOME: repository.cache,
        SEKISHO: CLI,
        ...env,
      },
    })

  const action = parse(readFileSync(fileURLToPath(new URL('../../action.yml', import.meta.url)), 'utf8')) as {
    inputs: Record<string, { default: string }>
    runs: { steps: Step[] }
  }
  const scanStep = action.runs.steps.find(({ name }) => name === 'Scan')!

  /** The inputs that a user gives, the others by default, in the variables that the step names. */
  function inputsOf(given: Record<string, string>, base: string): Record<string, string> {
    const variables = Object.entries(scanStep.env!).flatMap(([name, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]
      return input === undefined ? [] : [[name, given[input] ?? action.inputs[input]!.default]]
    })
    return { ...(Object.fromEntries(variables) as Record<string, string>), BASE: base }
  }

  test.each([
    ['a pull request: what it brings', {}, 'main', 1, 1],
    ['a push: all that there is', {}, '', 1, 2],
    ['one that shall not fail', { 'fail-on': 'never' }, 'main', 0, 1],
    ['of the whole repository', { since: 'none' }, 'main', 1, 2],
  ])('the action on %s', (_, given, base, code, open) => {
    const repository = branch()
    const output = join(repository.cache, 'output')
    const env = { ...inputsOf({ ...given, report: 'json=report.json' }, base), GITHUB_OUTPUT: output }
    const run = bash(repository, scanStep.run!, env)
    expect(run.status, run.stdout + run.stderr).toBe(code)
    expect(readFileSync(output, 'utf8')).toBe(`exit-code=${code}\n`)
    const report = JSON.parse(textOf(repository, 'report.json')) as Report
    const shown = report.findings.filter(({ rule, suppressed }) => rule === 'cross-border-flow' && suppressed === null)
    expect(shown).toHaveLength(open)
    expect(textOf(repository, 'sekisho.sarif')).toContain('"2.1.0"')
  })

  test('no input of the action is code', () => {
    const repository = branch()
    const evil = '$(touch pwned); `touch pwned`; "; touch pwned; "'
    const env = { ...inputsOf({ since: evil, baseline: evil, floor: evil }, evil), GITHUB_OUTPUT: '/dev/null' }
    expect(bash(repository, scanStep.run!, env).status).toBe(2)
    expect(existsSync(join(repository.path, 'pwned'))).toBe(false)
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
  })

  test('what init writes for GitHub', () => {
    const repository = branch()
    repository.run('init', '--ci', 'github')
    const workflow = parse(textOf(repository, '.github/workflows/sekisho.yml')) as {
      jobs: { sekisho: { steps: Step[] } }
    }
    const { run } = workflow.jobs.sekisho.steps.find(({ name }) => name === 'Scan')!
    const brought = bash(repository, run!, { BASE: 'main' })
    expect(brought.status, brought.stderr).toBe(1)
    expect(brought.stdout).toContain('src/send.ts')
    expect(textOf(repository, 'sekisho.sarif')).toContain('"2.1.0"')
    expect(bash(repository, run!, { BASE: '' }).status).toBe(1)
  })

  test.each(['template', 'init'])('for GitLab, from %s', (from) => {
    const repository = branch()
    repository.run('init', '--ci', 'gitlab')
    const template = readFileSync(fileURLToPath(new URL('../../templates/gitlab.yml', import.meta.url)), 'utf8')
    const text = from === 'template' ? template : textOf(repository, '.gitlab/sekisho.yml')
    const { sekisho } = parse(text) as { sekisho: { script: string[] } }
    const base = repository.git('rev-parse', 'main').stdout.trim()
    const env = { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, SEKISHO_ARGUMENTS: '' }
    const run = bash(repository, sekisho.script.join('\n'), env)
    expect(run.status, run.stderr).toBe(1)
    expect(run.stdout).toContain('src/send.ts')
    expect(JSON.parse(textOf(repository, 'gl-code-quality-report.json'))).toBeInstanceOf(Array)
    expect(bash(repository, sekisho.script.join('\n'), { ...env, CI_MERGE_REQUEST_DIFF_BASE_SHA: '' }).status).toBe(1)
  })
})

describe('doctor', () => {
  const bad = (repository: Repository) => {
    const { stdout, code } = repository.run('doctor', '--today', '2026-11-25')
    const lines = stdout.split('\n').filter((line) => line.startsWith('BAD'))
    expect(code).toBe(lines.length === 0 ? 0 : 1)
    return lines.map((line) => line.slice(6))
  }

  test('all is at work', () => {
    expect(bad(repositoryOf({ 'src/send.ts': LEAK }))).toEqual([])
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['no code', { 'docs/a.md': '' }, /nothing is checked but config/],
    ['code that is not read', { 'src/a.pl': 'x', 'src/send.ts': LEAK }, /code that is not read: Perl 1/],
    ['a gap', { 'src/a.ts': "import OpenAI from 'openai'\nconst (" }, /1 files or places could matter/],
    [
      'a destination that nothing meets',
      {
        'src/send.ts': LEAK,
        'sekisho.yaml': 'version: 1\ndestinations: { own: { match: { hosts: [llm.example.jp] } } }\n',
      },
      /nothing meets: destinations\/own/,
    ],
    [
      'a comment that ESLint alone obeys',
      { 'src/send.ts': `// eslint-disable sekisho/cross-border-flow\n${LEAK}` },
      /1 comment does/,
    ],
    [
      'a workflow that takes the failure away',
      {
        'src/send.ts': LEAK,
        '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - run: npx sekisho scan || true\n',
      },
      /takes the failure away/,
    ],
    [
      'a hook in a file, not installed',
      { 'src/send.ts': LEAK, 'lefthook.yml': 'run: npx sekisho scan --staged' },
      /no hook is installed/,
    ],
  ])('%s', (_, files, expected) => {
    expect(bad(repositoryOf(files))).toEqual([expect.stringMatching(expected)])
  })

  test('a hook that git skips in silence', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK })
    repository.hook('pre-commit', 'scan', '--staged', '# sekisho')
    expect(bad(repository)).toEqual([])
    chmodSync(join(repository.path, '.git/hooks/pre-commit'), 0o644)
    expect(bad(repository)).toEqual([expect.stringContaining('not executable')])
  })

  test('a stale baseline', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK })
    repository.run('baseline')
    repository.put({ 'src/send.ts': 'export const a = 1\n' })
    expect(bad(repository)).toEqual([expect.stringContaining('baseline entries are fixed')])
  })
})

describe('explain', () => {
  test.each([
    ['en', 'An error needs an exception'],
    ['ja', '例外が必要'],
  ])('a rule, in %s', (locale, expected) => {
    const { stdout, code } = repositoryOf().run('explain', 'cross-border-flow', '--locale', locale)
    expect([code, stdout]).toEqual([0, expect.stringContaining(expected)])
  })

  test('a finding, with an exception that would allow it', () => {
    const repository = repositoryOf({ 'src/send.ts': LEAK })
    const report = JSON.parse(repository.run('scan', '-f', 'json').stdout) as Report
    const { fingerprint } = report.findings.find(({ rule }) => rule === 'cross-border-flow')!
    const { stdout } = repository.run('explain', fingerprint.slice(0, 10))
    expect(stdout).toContain('phone  src/send.ts:6:')
    const proposed = stdout.slice(stdout.indexOf('      - id:')).replace(/^ {6}/gm, '  ')
    const filled = proposed.replace('EX-…', 'EX-1').replaceAll('…', 'x').replace('YYYY-MM-DD', '2027-01-31')
    writeFileSync(
      join(repository.path, 'sekisho.yaml'),
      `version: 1\nexceptions:\n${filled.replace('approver: x', 'approver: y')}`,
    )
    const { code, stderr } = repository.run('scan', '--today', '2026-11-25')
    expect([code, stderr]).toEqual([0, ''])
  })

  test('what is neither is a mistake', () => {
    for (const what of ['cross-border', 'abcdef0', '']) expect(repositoryOf().run('explain', what).code).toBe(2)
  })
})

describe('inventory', () => {
  const files = {
    'src/send.ts': LEAK,
    'src/own.ts': LEAK.replace('new OpenAI()', "new OpenAI({ baseURL: 'http://localhost:11434/v1' })"),
  }

  test('every endpoint, the worst zone first', () => {
    const { stdout, code } = repositoryOf(files).run('inventory')
    expect(code).toBe(0)
    expect(stdout.indexOf('foreign (foreign)')).toBeLessThan(stdout.indexOf('edge (edge)'))
    expect(stdout).toContain('openai  api.openai.com  US')
    const listed = JSON.parse(repositoryOf(files).run('inventory', '-f', 'json').stdout) as {
      zone: string
      dataClasses: string[]
    }[]
    expect(listed.map(({ zone, dataClasses }) => [zone, ...dataClasses])).toEqual([
      ['foreign', 'phone'],
      ['edge', 'phone'],
    ])
  })

  test('an incomplete one says so', () => {
    const { code, stderr } = repositoryOf({ 'src/a.ts': "import OpenAI from 'openai'\nconst (" }).run('inventory')
    expect([code, stderr]).toEqual([3, expect.stringContaining('incomplete')])
  })
})

describe('completion', () => {
  const completed = (...words: string[]) => {
    const { stdout } = repositoryOf().run('completion', 'bash')
    const script = `${stdout}\nCOMP_WORDS=(sekisho ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _sekisho; echo "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim().split(' ')
  }

  test.each([
    [['b'], ['baseline']],
    [['scan', '--st'], ['--staged']],
    [['--st'], ['--staged']],
    [['scan', '--format', 'sa'], ['sarif']],
    [['inventory', '--format', 'j'], ['json']],
    [['baseline', '--pr'], ['--prune']],
  ])('bash: %j', (words, expected) => {
    expect(completed(...words)).toEqual(expected)
  })

  test('zsh and fish name every command', () => {
    for (const shell of ['zsh', 'fish']) {
      const { stdout, code } = repositoryOf().run('completion', shell)
      expect(code).toBe(0)
      for (const name of ['scan', 'baseline', 'init', 'doctor', 'explain', 'inventory']) expect(stdout).toContain(name)
    }
    expect(repositoryOf().run('completion', 'cmd').code).toBe(2)
  })
})

describe('catalog', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'catalog', ...args], { encoding: 'utf8' })
    return { code: status, stdout, stderr }
  }

  test('lists providers, for people and for programs', () => {
    expect(run('list').stdout).toContain('sakura-ai-engine')
    const { providers } = JSON.parse(run('list', '--format', 'json').stdout) as {
      providers: { id: string; sources: string[] }[]
    }
    expect(providers.length).toBeGreaterThan(80)
    expect(providers.find(({ id }) => id === 'openai')?.sources.length).toBeGreaterThan(0)
  })

  test.each([
    ['api.openai.com', 'openai', 'foreign'],
    ['jp.anthropic.claude-sonnet-4-5-20250929-v1:0', 'amazon-bedrock', 'japan-cross-region'],
    ['api.openai.com.proxy.example.jp', null, 'unknown'],
  ])('checks %s', (what, provider, zone) => {
    const { code, stdout } = run('check', what, '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ provider, zone, why: expect.stringMatching(/./) as string })
    expect(run('check', what, '--locale', 'ja').stdout).toMatch(/[ぁ-ん]/)
  })

  test('compares what is offered in Japan', () => {
    const { options } = JSON.parse(run('compare', '--format', 'json').stdout) as {
      options: { zone: string; host: string }[]
    }
    expect(options.map(({ zone }) => zone)).toContain('domestic')
    expect(options.map(({ host }) => host)).toContain('bedrock-runtime.ap-northeast-1.amazonaws.com')
    expect(options.some(({ zone }) => zone === 'foreign')).toBe(false)
    expect(run('compare', '--format', 'markdown').stdout).toMatch(/^\| zone \| provider/)
  })

  test('what it does not know is a mistake with a hint', () => {
    expect(run('show', 'openai-api')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean openai') as string,
    })
    expect(run()).toMatchObject({ code: 2, stderr: expect.stringContaining('compare') as string })
  })
})

describe('policy', () => {
  test('shows the table that holds', () => {
    const repository = repositoryOf({ 'sekisho.yaml': 'version: 1\nextends: [localization, my-number]\n' })
    const { rows } = JSON.parse(repository.run('policy', 'show', '--format', 'json').stdout) as {
      rows: { id: string; cells: Record<string, { level: string; exception: boolean }> }[]
    }
    expect(rows.find(({ id }) => id === 'my-number')!.cells['japan-region']).toMatchObject({
      level: 'never',
      exception: false,
    })
    expect(rows.find(({ id }) => id === 'basic')!.cells['foreign']).toMatchObject({ level: 'error' })
    expect(repository.run('policy', 'show', '--locale', 'ja').stdout).toContain('基本情報')
  })

  test('explains a cell, with its ground', () => {
    const { stdout } = repositoryOf().run('policy', 'explain', 'health', 'foreign', '--locale', 'en')
    expect(stdout).toContain('health × foreign (foreign): error')
    expect(stdout).toContain('ground: preset localization: special-care × foreign (product policy)')
  })

  test('a class or a zone that is none', () => {
    expect(repositoryOf().run('policy', 'explain', 'shoe-size', 'foreign').code).toBe(2)
    expect(repositoryOf().run('policy', 'explain', 'phone', 'mars')).toMatchObject({ code: 2 })
  })

  test('checks the file, with position and remedy', () => {
    expect(repositoryOf({ 'sekisho.yaml': 'version: 1\n' }).run('policy', 'check')).toMatchObject({
      code: 0,
      stderr: '',
    })
    const { code, stderr } = repositoryOf({ 'sekisho.yaml': 'version: 1\nextends: [nope]\n' }).run('policy', 'check')
    expect(code).toBe(2)
    expect(stderr).toContain('sekisho.yaml:2:11')
  })
})
