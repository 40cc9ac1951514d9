import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discover } from './discover.js'
import { WorkTree } from './file-system.js'
import { findRoot } from './root.js'

let folder = ''

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-')))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const git = (...command: string[]) => execFileSync('git', command, { cwd: folder, stdio: 'ignore' })
const found = (paths = ['.'], exclude: string[] = []) => discover(findRoot(paths, null, folder), exclude)

/** Names that a hostile repository may hold; each is one file. */
const HOSTILE = [
  'a\nb.ts',
  'c\rd.ts',
  '\u001b[31me.ts',
  '\u202ef.ts',
  '::error::g.ts',
  '-h.ts',
  ' i .ts',
  '顧客.ts',
  '*.ts',
]

describe.each([
  ['git', true],
  ['an own walk', false],
])('discover by %s', (_, isGit) => {
  const prepare = (files: Record<string, string>) => {
    if (isGit) git('init', '-q')
    put(files)
  }

  test('ignored folders, dependencies and .git are not there; nested rules hold', () => {
    prepare({
      '.gitignore': 'dist/\n*.log\n!keep.log\n',
      'src/.gitignore': '/private\n',
      'src/a.ts': '',
      'src/private/b.ts': '',
      'dist/c.js': '',
      'd.log': '',
      'keep.log': '',
      'node_modules/x/index.js': '',
      'packages/p/node_modules/y/index.js': '',
    })
    expect(found().files).toEqual(['.gitignore', 'keep.log', 'src/.gitignore', 'src/a.ts'])
  })

  test('every hostile name is one file', () => {
    prepare(Object.fromEntries(HOSTILE.map((name) => [name, ''])))
    expect(found().files).toEqual([...HOSTILE].sort())
  })

  test('an ignored .env beside a manifest is read for resolution', () => {
    prepare({ '.gitignore': '.env*\n', '.env': '', 'app/package.json': '{}', 'app/.env.local': '', 'other/.env': '' })
    const { files, gitIgnored } = found()
    expect(files).toContain('app/.env.local')
    expect(files).not.toContain('other/.env')
    expect([...gitIgnored].sort()).toEqual(['.env', 'app/.env.local'])
  })

  test('the policy excludes; what is named by hand is looked at all the same', () => {
    prepare({ '.gitignore': 'out/\n', 'vendor/a.ts': '', 'out/b.ts': '', 'c.ts': '' })
    expect(found(['.'], ['vendor/**']).files).toEqual(['.gitignore', 'c.ts'])
    expect(found(['vendor/a.ts', 'out/b.ts'], ['vendor/**']).files).toContain('out/b.ts')
    expect(found(['vendor/a.ts', 'out/b.ts'], ['vendor/**']).files).toContain('vendor/a.ts')
  })
})

test('a repository in the repository is looked into', () => {
  git('init', '-q')
  put({ 'a.ts': '', 'nested/b.ts': '' })
  execFileSync('git', ['init', '-q'], { cwd: join(folder, 'nested'), stdio: 'ignore' })
  expect(found().files).toEqual(['a.ts', 'nested/b.ts'])
})

test('hooks and monitors of the repository do not run', () => {
  git('init', '-q')
  put({ 'a.ts': '', 'run.sh': `#!/bin/sh\ntouch '${join(folder, 'ran')}'\n` })
  chmodSync(join(folder, 'run.sh'), 0o755)
  git('config', 'core.fsmonitor', join(folder, 'run.sh'))
  expect(found().files).toEqual(['a.ts', 'run.sh'])
})

describe('Tree', () => {
  test('ordinary files are read; links, pipes and folders are what they are', () => {
    put({ 'src/a.ts': 'text', 'large.ts': 'x'.repeat(100) })
    execFileSync('mkfifo', [join(folder, 'pipe.ts')])
    symlinkSync('src/a.ts', join(folder, 'inside.ts'))
    symlinkSync('/etc/hosts', join(folder, 'outside.ts'))
    symlinkSync('/nowhere/at-all', join(folder, 'broken.ts'))
    symlinkSync('/etc', join(folder, 'etc'))
    symlinkSync('loop.ts', join(folder, 'loop.ts'))
    const tree = new WorkTree(folder)
    const kind = (path: string) => tree.read(path, 50).kind
    expect(
      [
        'src/a.ts',
        'large.ts',
        'pipe.ts',
        'inside.ts',
        'outside.ts',
        'broken.ts',
        'etc/hosts',
        'loop.ts',
        'src',
        'none',
      ].map(kind),
    ).toEqual([
      ...['bytes', 'large', 'nothing', 'nothing', 'outside'],
      ...['outside', 'outside', 'nothing', 'directory', 'nothing'],
    ])
  })

  test('a large file is shown in pieces that overlap', () => {
    const token = 'api.openai.com'
    put({ 'large.ts': `${'x'.repeat(1024 * 1024 - 5)}${token}${'y'.repeat(100)}` })
    const tree = new WorkTree(folder)
    expect(tree.some('large.ts', 512, (bytes) => bytes.includes(token))).toBe(true)
    expect(tree.some('large.ts', 512, (bytes) => bytes.includes('absent'))).toBe(false)
  })
})

describe('findRoot', () => {
  test('a directory is the root of its report, the policy above it that of the program', () => {
    git('init', '-q')
    put({ 'sekisho.yaml': 'version: 1', 'apps/web/a.ts': '', 'apps/api/b.ts': '' })
    const root = findRoot(['apps/web'], null, folder)
    expect(root).toMatchObject({
      program: folder,
      directory: join(folder, 'apps/web'),
      policyFile: join(folder, 'sekisho.yaml'),
      scope: ['apps/web'],
    })
    expect(findRoot(['.'], null, folder).scope).toBeNull()
    expect(findRoot(['apps/web/a.ts', 'apps/api/b.ts'], null, folder)).toMatchObject({
      directory: folder,
      scope: ['apps/web/a.ts', 'apps/api/b.ts'],
      named: ['apps/web/a.ts', 'apps/api/b.ts'],
    })
  })

  test('without a policy a directory stands alone, files stand in their repository', () => {
    git('init', '-q')
    put({ 'apps/web/a.ts': '' })
    expect(findRoot(['apps/web'], null, folder)).toMatchObject({ program: join(folder, 'apps/web'), scope: null })
    expect(findRoot(['apps/web/a.ts'], null, folder)).toMatchObject({ program: folder, directory: folder })
  })

  test('a policy above the repository, or one that is a link out of it, is not taken', () => {
    put({ 'sekisho.yaml': 'version: 1', 'repository/a.ts': '' })
    execFileSync('git', ['init', '-q'], { cwd: join(folder, 'repository'), stdio: 'ignore' })
    expect(findRoot(['repository'], null, folder).policyFile).toBeNull()
    symlinkSync('/etc/hosts', join(folder, 'repository/sekisho.yaml'))
    expect(() => findRoot(['repository'], null, folder)).toThrow('leaves the repository')
  })

  test('what is not there is a mistake', () => {
    expect(() => findRoot(['missing'], null, folder)).toThrow('missing')
  })
})
