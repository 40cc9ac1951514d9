/** Where a baseline stands, and what it needs to know of the program. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { catalogue, engineVersion, type Policy } from '@sekisho/core'
import { commitListing, decode, isOutside, Mistake, portable, type Listing } from '@sekisho/files'
import { relative } from 'node:path'
import { BASELINE_NAME, readBaseline, type Baseline, type Made } from './baseline.js'
import type { Now } from './baseline-apply.js'
import { gateMessages } from './gate-messages.js'
import type { Program } from './program.js'

const MAX_SIZE = 64 * 1024 * 1024

export interface FoundBaseline {
  /** Relative to the program's root, or whole. */
  file: string
  baseline: Baseline
}

/** The one that was named, or the one at the program's root; null: there is none. */
export function findBaseline({ tree, root }: Program, named: string | null, cwd: string): FoundBaseline | null {
  const file = named === null ? BASELINE_NAME : nameOf(root.program, resolve(cwd, named))
  const isInside = !isOutside(file)
  const content = isInside ? tree.read(file, MAX_SIZE) : readOutside(resolve(root.program, file))
  if (content.kind !== 'bytes') {
    if (named === null && content.kind === 'nothing') return null
    throw new Mistake(gateMessages.noBaseline(named ?? file))
  }
  return { file, baseline: readBaseline(decode(content.bytes)?.text ?? '', file) }
}

export function nameOf(program: string, absolute: string): string {
  return portable(relative(program, absolute))
}

function readOutside(path: string): { kind: 'bytes'; bytes: Buffer } | { kind: 'nothing' } {
  try {
    return { kind: 'bytes', bytes: readFileSync(path) }
  } catch {
    return { kind: 'nothing' }
  }
}

export function madeNow(policy: Policy, day: string, commit: string | null, code: string): Made {
  return { day, commit, engine: engineVersion, catalogue: catalogue.version, policy: policy.digest, code }
}

export function nowOf({ tree, root, files }: Program, found: FoundBaseline, made: Made): Now {
  const there = new Set(files)
  let before: Listing | null | undefined
  const listing = () => (before === undefined ? (before = listingOf(root.gitRoot, found.baseline.made.commit)) : before)
  return {
    file: found.file,
    made,
    exists: (path) => there.has(path),
    isAsItWas(path) {
      const then = listing()
      if (then === null) return null
      const known = then.entries.get(nameOf(then.gitRoot, resolve(root.program, path)))?.id
      if (known === undefined) return false
      const id = tree.idOf(path)
      if (id !== null) return id === known
      const content = tree.read(path, MAX_SIZE)
      return content.kind === 'bytes' && blobId(content.bytes, known.length) === known
    },
  }
}

function listingOf(gitRoot: string | null, commit: string | null): Listing | null {
  if (gitRoot === null || commit === null || !/^[0-9a-f]{40,64}$/.test(commit)) return null
  try {
    return commitListing(gitRoot, commit)
  } catch {
    return null
  }
}

/** As git names the content. */
function blobId(bytes: Buffer, length: number): string {
  const hash = createHash(length === 40 ? 'sha1' : 'sha256')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
