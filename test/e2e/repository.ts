/** Throw-away repositories, and the built CLI run on them as users run it: another process, its streams and its exit code. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url))

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

export class Repository {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-e2e-')))
  readonly cache = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-cache-')))

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    spawnSync('git', ['init', '-q'], { cwd: this.path })
    this.put(files)
  }

  put(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true })
      writeFileSync(join(this.path, path), content)
    }
  }

  run(...argv: string[]): Run {
    return this.runWith({}, ...argv)
  }

  runWith(environment: Readonly<Record<string, string>>, ...argv: string[]): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
      cwd: this.path,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: this.cache, XDG_CACHE_HOME: this.cache, ...environment },
    })
    return { code: status, stdout, stderr }
  }

  /** git as a developer runs it, with somebody's name and no configuration of this machine. */
  git(...argv: string[]): Run {
    const { status, stdout, stderr } = spawnSync('git', argv, {
      cwd: this.path,
      encoding: 'utf8',
      env: {
        ...{ PATH: process.env['PATH'], HOME: this.cache, XDG_CACHE_HOME: this.cache, GIT_CONFIG_NOSYSTEM: '1' },
        ...{ GIT_AUTHOR_NAME: '佐藤', GIT_AUTHOR_EMAIL: 'sato@example.jp' },
        ...{ GIT_COMMITTER_NAME: '佐藤', GIT_COMMITTER_EMAIL: 'sato@example.jp' },
      },
    })
    return { code: status, stdout, stderr }
  }

  commit(message: string, files: Readonly<Record<string, string | Uint8Array>> = {}): void {
    this.put(files)
    this.git('add', '-A')
    const { code, stderr } = this.git('commit', '-q', '--allow-empty', '-m', message)
    if (code !== 0) throw new Error(stderr)
  }

  /** A hook that runs the built CLI. */
  hook(name: string, ...argv: string[]): void {
    const path = join(this.path, '.git/hooks', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' ${argv.join(' ')}\n`, { mode: 0o755 })
  }

  /** As an installed package has its command. */
  link(name: string): void {
    const folder = join(this.path, 'node_modules/.bin')
    mkdirSync(folder, { recursive: true })
    symlinkSync(CLI, join(folder, name))
    writeFileSync(join(this.path, '.gitignore'), 'node_modules\n')
  }

  remove(): void {
    for (const path of [this.path, this.cache]) rmSync(path, { recursive: true, force: true })
  }
}
