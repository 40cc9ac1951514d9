import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitListing, headCommit, indexListing, mergeBase, renames, type Listing } from './git-listing.js'
import { GitTree } from './git-tree.js'
import { findListedRoot } from './listed-root.js'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-git-')))
const git = (...argv: string[]) =>
  execFileSync('git', ['-c', 'user.name=s', '-c', 'user.email=s@example.jp', ...argv], { cwd: root, encoding: 'utf8' })
const put = (path: string, content: string | Uint8Array) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
let listing: Listing
let tree: GitTree

beforeAll(() => {
  git('init', '-q')
  put('app/a.ts', 'a\n')
  put('app/sub/大きい.ts', 'x'.repeat(5000))
  put('app/bin.ts', Uint8Array.of(0, 255, 10, 13, 10))
  put('app/empty.ts', '')
  put('app/sekisho.yaml', 'version: 1\n')
  put('outside.ts', 'o\n')
  symlinkSync('a.ts', join(root, 'app/inside.ts'))
  symlinkSync('../outside.ts', join(root, 'app/leaves.ts'))
  symlinkSync('/etc/passwd', join(root, 'app/absolute.ts'))
  git('add', '-A')
  git('commit', '-qm', 'x')
  git('update-index', '--add', '--cacheinfo', `160000,${headCommit(root)},app/module`)
  listing = indexListing(root, null)
  tree = new GitTree(listing, 'app')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const textOf = (path: string, limit = 1_000_000) => {
  const content = tree.read(path, limit)
  return content.kind === 'bytes' ? content.bytes.toString('latin1') : content
}

describe('a tree of the index', () => {
  test('lists what is below its folder', () => {
    const files = [
      'a.ts',
      'absolute.ts',
      'bin.ts',
      'empty.ts',
      'inside.ts',
      'leaves.ts',
      'sekisho.yaml',
      'sub/大きい.ts',
    ]
    expect(tree.files()).toEqual(files)
    expect(tree.submodules()).toEqual(['module'])
  })

  test.each([
    ['a.ts', 'a\n'],
    ['empty.ts', ''],
    ['bin.ts', '\u0000\u00ff\n\r\n'],
    ['missing.ts', { kind: 'nothing' }],
    ['../outside.ts', 'o\n'],
    ['../../etc/passwd', { kind: 'nothing' }],
    ['inside.ts', { kind: 'nothing' }],
    ['leaves.ts', { kind: 'outside' }],
    ['absolute.ts', { kind: 'outside' }],
    ['module', { kind: 'directory' }],
  ])('%s, alone and with what is expected besides', (path, expected) => {
    tree.expect([])
    expect(textOf(path)).toEqual(expected)
    const fresh = new GitTree(listing, 'app')
    fresh.expect(fresh.files())
    for (const each of fresh.files()) fresh.read(each, 1_000_000)
    const content = fresh.read(path, 1_000_000)
    expect(content.kind === 'bytes' ? content.bytes.toString('latin1') : content).toEqual(expected)
  })

  test('what is over the limit is not read, but can be looked through', () => {
    expect(textOf('sub/大きい.ts', 4999)).toEqual({ kind: 'large', size: 5000 })
    expect(tree.some('sub/大きい.ts', 10, (bytes) => bytes.length === 5000)).toBe(true)
    expect(textOf('sub/大きい.ts', 5000)).toHaveLength(5000)
  })

  test('an object that is missing is no empty file', () => {
    const entries = new Map([['x.ts', { mode: '100644', id: '1'.repeat(40) }]])
    expect(new GitTree({ ...listing, entries }, '').read('x.ts', 10)).toEqual({ kind: 'missing' })
  })
})

describe('listings', () => {
  test('the same files have the same digest, in the index and in a commit', () => {
    git('commit', '-qm', 'module')
    expect(commitListing(root, headCommit(root)!).digest).toBe(indexListing(root, null).digest)
  })

  test('what was renamed, as it was and changed', () => {
    const base = commitListing(root, headCommit(root)!)
    put('app/long.ts', Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join(''))
    git('add', '-A')
    git('commit', '-qm', 'long')
    const [before, old] = [commitListing(root, headCommit(root)!), headCommit(root)!]
    git('mv', 'app/a.ts', 'app/b [b].ts')
    git('mv', 'app/long.ts', 'app/長い.ts')
    put('app/長い.ts', Array.from({ length: 41 }, (_, i) => `line ${i}\n`).join(''))
    git('add', '-A')
    const names = { base: old, head: null, index: null }
    expect(renames(before, indexListing(root, null), names)).toEqual(
      new Map([
        ['app/b [b].ts', 'app/a.ts'],
        ['app/長い.ts', 'app/long.ts'],
      ]),
    )
    expect(renames(base, base, null)).toEqual(new Map())
  })

  test.each(['nowhere', '--output=x', 'HEAD:app', ''])('no commit: %j', (ref) => {
    expect(() => mergeBase(root, ref)).toThrow(/there is no commit/)
  })
})

describe('the root', () => {
  const rootOf = (paths: string[], cwd = root) => {
    const { program, directory, policyFile, scope } = findListedRoot(listing, paths, null, cwd)
    return [program, directory, policyFile, scope]
  }
  test.each<[string, string[], string, unknown[]]>([
    ['the repository', ['.'], '', ['', '', null, null]],
    ['a folder with a policy', ['app'], '', ['/app', '/app', '/app/sekisho.yaml', null]],
    ['from within', ['.'], '/app/sub', ['/app', '/app/sub', '/app/sekisho.yaml', ['sub']]],
    ['files', ['app/a.ts', 'app/sub/大きい.ts'], '', ['/app', '/app', '/app/sekisho.yaml', ['a.ts', 'sub/大きい.ts']]],
    ['a file that is gone', ['app/gone.ts'], '', ['/app', '/app', '/app/sekisho.yaml', ['gone.ts']]],
  ])('%s', (_, paths, below, [program, directory, policyFile, scope]) => {
    const whole = (path: unknown) => (path === null ? null : `${root}${String(path)}`)
    expect(rootOf(paths, root + below)).toEqual([whole(program), whole(directory), whole(policyFile), scope])
  })

  test('outside the repository is a mistake', () => {
    expect(() => rootOf(['..'])).toThrow(/outside/)
  })
})
