/** What a repository is made of beside ordinary files: links, pipes, git's own settings, manifests that ask to run something. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LEAK, leaksOf, patience, reportOf, repositoryOf, scan } from './watched.js'

const SECRET = 'himitsu-4649'
let outside = ''
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'sekisho-outside-'))
  writeFileSync(join(outside, 'secret.yaml'), `version: 1\n${SECRET}: x\n`)
  writeFileSync(join(outside, 'secret.ts'), `${LEAK['src/leak.ts']}// ${SECRET}\n`)
})
afterEach(() => rmSync(outside, { recursive: true, force: true }))

describe('links', () => {
  test('round in circles and out of the root are not followed', { timeout: patience }, () => {
    const repository = repositoryOf(LEAK, { 'a/b/c.ts': '' })
    const link = (to: string, path: string) => symlinkSync(to, join(repository.path, path))
    link('..', 'a/b/up')
    link('self', 'self')
    link('.', 'here')
    link('/etc', 'etc')
    link('/', 'slash')
    link('/proc/self', 'proc')
    link(join(outside, 'secret.ts'), 'src/secret.ts')
    link('/etc/passwd', 'src/passwd.ts')
    link('/dev/zero', 'src/zero.ts')
    const report = reportOf(repository)
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    expect(new Set(report.findings.map(({ file }) => file))).toEqual(new Set(['src/leak.ts']))
    expect(report.run.files.seen).toBeLessThan(20)
    expect(JSON.stringify(report)).not.toContain(SECRET)
  })

  test('a policy that is one is refused, and shows nothing of what it points to', { timeout: patience }, () => {
    const repository = repositoryOf(LEAK)
    symlinkSync(join(outside, 'secret.yaml'), join(repository.path, 'sekisho.yaml'))
    const { code, stdout, stderr } = scan(repository)
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain(SECRET)
  })

  test('nor does one below, or what one extends', { timeout: patience }, () => {
    const below = repositoryOf(LEAK)
    symlinkSync(join(outside, 'secret.yaml'), join(below.path, 'src/sekisho.yaml'))
    const extended = repositoryOf(LEAK, { 'sekisho.yaml': 'version: 1\nextends: [./base.yaml, ./out/secret.yaml]\n' })
    symlinkSync(join(outside, 'secret.yaml'), join(extended.path, 'base.yaml'))
    symlinkSync(outside, join(extended.path, 'out'))
    for (const repository of [below, extended]) {
      const { code, stdout, stderr } = scan(repository)
      expect(code).toBe(2)
      expect(stdout + stderr).not.toContain(SECRET)
    }
  })
})

describe('pipes', () => {
  const pipes = ['src/pipe.ts', 'compose.yaml', '.env', 'package.json', 'tsconfig.json']

  test.each([true, false])('are not waited for (git: %s)', { timeout: patience }, (isGit) => {
    const repository = repositoryOf(LEAK)
    if (!isGit) rmSync(join(repository.path, '.git'), { recursive: true })
    for (const path of pipes) execFileSync('mkfifo', [join(repository.path, path)])
    expect(leaksOf(reportOf(repository))).toEqual(['cross-border-flow'])
  })

  test.each(['sekisho.yaml', 'src/sekisho.yaml'])('nor as a policy: %s', { timeout: patience }, (path) => {
    const repository = repositoryOf(LEAK)
    execFileSync('mkfifo', [join(repository.path, path)])
    expect(scan(repository).code).not.toBe(0)
  })

  test.each([
    ['.gitignore', false],
    ['.gitmodules', true],
  ])('nor where rules are read from: %s (git: %s)', { timeout: patience }, (path, isGit) => {
    const repository = repositoryOf(LEAK)
    if (!isGit) rmSync(join(repository.path, '.git'), { recursive: true })
    execFileSync('mkfifo', [join(repository.path, path)])
    expect(leaksOf(reportOf(repository))).toEqual(['cross-border-flow'])
  })

  // A fault: git opens these and waits; it is given up after a minute only, then the files are found by the own walk.
  test.todo('nor where git reads rules from: .gitignore, src/.gitignore, .git/info/exclude')
})

describe('nothing of it runs', () => {
  test("settings and hooks of git's", { timeout: patience }, () => {
    const repository = repositoryOf(LEAK, { '.gitattributes': '* filter=evil diff=evil\n' })
    const ran = join(outside, 'ran')
    const script = join(repository.path, 'evil.sh')
    writeFileSync(script, `#!/bin/sh\ntouch '${ran}'\n`)
    chmodSync(script, 0o755)
    mkdirSync(join(repository.path, '.git/hooks'), { recursive: true })
    for (const hook of ['fsmonitor-watchman', 'post-index-change', 'pre-commit', 'post-checkout']) {
      writeFileSync(join(repository.path, '.git/hooks', hook), `#!/bin/sh\ntouch '${ran}'\n`)
      chmodSync(join(repository.path, '.git/hooks', hook), 0o755)
    }
    appendFileSync(
      join(repository.path, '.git/config'),
      [
        '[core]',
        ...['fsmonitor', 'sshCommand', 'pager', 'editor', 'askPass', 'gitProxy', 'alternateRefsCommand'].map(
          (key) => `${key} = ${script}`,
        ),
        `hooksPath = ${join(repository.path, '.git/hooks')}`,
        '[filter "evil"]',
        ...['clean', 'smudge', 'process'].map((key) => `${key} = ${script}`),
        '[diff "evil"]',
        `command = ${script}`,
        `textconv = ${script}`,
        '[diff]',
        `external = ${script}`,
        '[alias]',
        ...['ls-files', 'rev-parse'].map((name) => `${name} = !${script}`),
        '[credential]',
        `helper = !${script}`,
        '',
      ].join('\n'),
    )
    expect(leaksOf(reportOf(repository))).toEqual(['cross-border-flow'])
    expect(existsSync(ran)).toBe(false)
  })

  // With core.worktree, git would list the files of another folder; none of them is here, and all would seem well.
  test('nor do they lead elsewhere', { timeout: patience }, () => {
    const repository = repositoryOf(LEAK)
    appendFileSync(join(repository.path, '.git/config'), `[core]\nworktree = ${outside}\n`)
    const report = reportOf(repository)
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  test('a .git that is broken is no reason to stop', { timeout: patience }, () => {
    for (const content of ['gitdir: /nowhere', 'gitdir: /etc', '\0', '[core\n']) {
      const repository = repositoryOf(LEAK)
      rmSync(join(repository.path, '.git'), { recursive: true })
      writeFileSync(join(repository.path, '.git'), content)
      expect(leaksOf(reportOf(repository))).toEqual(['cross-border-flow'])
    }
  })

  test('manifests, plugins, modules', { timeout: patience }, () => {
    const ran = join(outside, 'ran')
    const evil = `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')\n`
    const scripts = Object.fromEntries(
      ['preinstall', 'install', 'postinstall', 'prepare', 'test'].map((name) => [name, `touch ${ran}`]),
    )
    const repository = repositoryOf(LEAK, {
      'package.json': JSON.stringify({
        name: 'x',
        main: './evil.js',
        scripts,
        sekisho: { extends: './evil.js' },
        type: 'commonjs',
      }),
      '.npmrc': 'node-options=--require ./evil.js\nscript-shell=./evil.js\n',
      'evil.js': evil,
      'sekisho.config.js': evil,
      'eslint.config.js': evil,
      '.eslintrc.js': evil,
      'tsconfig.json': JSON.stringify({ compilerOptions: { plugins: [{ name: './evil.js' }] }, extends: './evil.js' }),
      'node_modules/openai/package.json': '{"name":"openai","main":"./index.js"}',
      'node_modules/openai/index.js': evil,
      'node_modules/oxc-parser/package.json': '{"name":"oxc-parser","main":"./index.js"}',
      'node_modules/oxc-parser/index.js': evil,
    })
    expect(leaksOf(reportOf(repository))).toEqual(['cross-border-flow'])
    expect(existsSync(ran)).toBe(false)
  })
})
