/**
 * Results kept outside the scanned repository, each under a key of everything that it depends on; the last few of each root. What is
 * not exactly what was written for this key is ignored: a cache may cost time, never a finding.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { writeAtomically } from './atomic-file.js'

export interface Cache<T> {
  read(): T | null
  write(result: T): void
}

export const noCache: Cache<never> = { read: () => null, write: () => undefined }

type Environment = Readonly<Record<string, string | undefined>>

/** Both sides of a comparison, of two branches, and what their listings led to. */
const KEPT = 12

/** Every part is a text; their order and number count. */
export function cacheKey(parts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

export function cacheFolder(environment: Environment): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sekisho')
}

export function openCache<T>(root: string, key: string, environment: Environment): Cache<T> {
  const folder = cacheFolder(environment)
  const prefix = createHash('sha256').update(root).digest('hex').slice(0, 32)
  const file = join(folder, `${prefix}-${key.slice(0, 16)}.json`)
  return {
    read() {
      try {
        const text = readFileSync(file, 'utf8')
        const end = text.indexOf('\n')
        if (text.slice(0, end) !== `${key} ${digest(text.slice(end + 1))}`) return null
        return JSON.parse(text.slice(end + 1)) as T
      } catch {
        return null
      }
    },
    write(result) {
      try {
        const content = JSON.stringify(result)
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeAtomically(file, `${key} ${digest(content)}\n${content}`)
        prune(folder, prefix)
      } catch {
        // No cache: a read-only home is no reason to fail.
      }
    },
  }
}

function prune(folder: string, prefix: string): void {
  const own = readdirSync(folder)
    .filter((name) => name.startsWith(`${prefix}-`))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
  for (const { path } of own.slice(KEPT)) rmSync(path, { force: true })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
