/**
 * The last analysis of each root, kept outside the scanned repository, under a key of everything that it depends on. What is not
 * exactly what was written for this key is ignored: a cache may cost time, never a finding.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Analysis } from '@sekisho/core'
import { writeAtomically } from './atomic-file.js'

export interface Cache {
  read(): Analysis | null
  write(analysis: Analysis): void
}

export const noCache: Cache = { read: () => null, write: () => undefined }

type Environment = Readonly<Record<string, string | undefined>>

/** Every part is a text; their order and number count. */
export function cacheKey(parts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

export function openCache(root: string, key: string, environment: Environment): Cache {
  const folder = join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sekisho')
  const file = join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.json`)
  return {
    read() {
      try {
        const text = readFileSync(file, 'utf8')
        const end = text.indexOf('\n')
        if (text.slice(0, end) !== `${key} ${digest(text.slice(end + 1))}`) return null
        return JSON.parse(text.slice(end + 1)) as Analysis
      } catch {
        return null
      }
    },
    write(analysis) {
      try {
        const content = JSON.stringify(analysis)
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeAtomically(file, `${key} ${digest(content)}\n${content}`)
      } catch {
        // No cache: a read-only home is no reason to fail.
      }
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
