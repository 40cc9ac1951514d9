/** Throw-away repositories, and the built CLI run on them as users run it: another process, its streams and its exit code. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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

  remove(): void {
    for (const path of [this.path, this.cache]) rmSync(path, { recursive: true, force: true })
  }
}
