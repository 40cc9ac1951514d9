/**
 * What git says a program is: the index that a commit is made from, or a commit's tree. Nothing of the work tree is looked at.
 * A commit that is not there is a mistake with its remedy, never an empty answer.
 */
import { createHash } from 'node:crypto'
import { isAbsolute, resolve } from 'node:path'
import { git } from './git.js'
import { fileMessages } from './messages.js'
import { Mistake } from './mistake.js'

export interface Entry {
  mode: string
  /** The blob's id. */
  id: string
}

export interface Listing {
  gitRoot: string
  /** Relative to the git root, with '/'. */
  entries: ReadonlyMap<string, Entry>
  /** Paths that are in conflict: which of their versions will be committed is not decided. */
  conflicts: string[]
  /** The same for the same paths, modes and contents. */
  digest: string
}

/** `index`: the file that it stands in, where it is not the repository's own. */
export function indexListing(gitRoot: string, index: string | null): Listing {
  const output = git(gitRoot, ['ls-files', '-s', '-z'], { index })
  if (output === null) throw new Mistake(fileMessages.gitFailed('ls-files'))
  const conflicts = new Set<string>()
  const entries = new Map<string, Entry>()
  for (const line of output.toString('utf8').split('\0')) {
    const match = /^(\d{6}) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line)
    if (match === null) continue
    const [, mode, id, stage, path] = match as unknown as [string, string, string, string, string]
    if (stage === '0') entries.set(path, { mode, id })
    else conflicts.add(path)
  }
  return sealed(gitRoot, entries, [...conflicts].sort())
}

/** What GIT_INDEX_FILE names: git sets it for hooks of `commit -a` and `commit <path>`. */
export function indexFile(index: string | undefined, cwd: string): string | null {
  if (index === undefined || index === '') return null
  return isAbsolute(index) ? index : resolve(cwd, index)
}

export function commitListing(gitRoot: string, commit: string): Listing {
  const output = git(gitRoot, ['ls-tree', '-r', '-z', '--full-tree', commit])
  if (output === null) throw new Mistake(fileMessages.gitFailed(`ls-tree ${commit}`))
  const entries = new Map<string, Entry>()
  for (const line of output.toString('utf8').split('\0')) {
    const match = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line)
    if (match !== null) entries.set(match[3]!, { mode: match[1]!, id: match[2]! })
  }
  return sealed(gitRoot, entries, [])
}

/** Before the first commit. */
export function emptyListing(gitRoot: string): Listing {
  return sealed(gitRoot, new Map(), [])
}

function sealed(gitRoot: string, entries: ReadonlyMap<string, Entry>, conflicts: string[]): Listing {
  const digest = createHash('sha256')
  const paths = [...entries.keys()].sort()
  for (const path of paths) digest.update(`${entries.get(path)!.mode} ${entries.get(path)!.id} ${path}\0`)
  for (const path of conflicts) digest.update(`conflict ${path}\0`)
  return { gitRoot, entries, conflicts, digest: digest.digest('hex') }
}

/** The commit that HEAD is; null before the first one. */
export function headCommit(gitRoot: string): string | null {
  return commitOf(gitRoot, 'HEAD')
}

/** Where HEAD's history left that of `ref`. */
export function mergeBase(gitRoot: string, ref: string): string {
  const other = ref.startsWith('-') ? null : commitOf(gitRoot, ref)
  if (other === null) throw new Mistake(fileMessages.noSuchCommit(ref))
  const base = git(gitRoot, ['merge-base', other, 'HEAD'])?.toString('utf8').trim()
  if (!base) throw new Mistake(fileMessages.noMergeBase(ref))
  return base
}

function commitOf(gitRoot: string, ref: string): string | null {
  const output = git(gitRoot, ['rev-parse', '--verify', '-q', '--end-of-options', `${ref}^{commit}`])
  const commit = output?.toString('utf8').trim() ?? ''
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null
}

/**
 * New path → old path of what was renamed between two listings: the same content first; then, where files have come and gone, as
 * git finds them alike. `base` and `head` are what git calls the two; null: the index.
 */
export function renames(
  base: Listing,
  head: Listing,
  names: { base: string; head: string | null; index: string | null } | null,
): Map<string, string> {
  const found = new Map<string, string>()
  const left = new Map(
    [...base.entries].filter(([path]) => !head.entries.has(path)).map(([path, { id }]) => [id, path]),
  )
  const come = [...head.entries].filter(([path]) => !base.entries.has(path))
  for (const [path, { id }] of come) {
    const old = left.get(id)
    if (old === undefined) continue
    found.set(path, old)
    left.delete(id)
  }
  if (names === null || left.size === 0 || found.size === come.length) return found
  const sides =
    names.head === null ? ['diff-index', '--cached', names.base] : ['diff-tree', '-r', names.base, names.head]
  const [command, ...rest] = sides as [string, ...string[]]
  const options = ['-M', '-l2000', '--diff-filter=R', '--name-status', '-z', '--no-ext-diff', '--no-textconv']
  const output = git(base.gitRoot, [command, ...options, ...rest], { index: names.index })
  const parts = output?.toString('utf8').split('\0') ?? []
  for (let at = 0; at + 2 < parts.length; at += 3)
    if (!found.has(parts[at + 2]!)) found.set(parts[at + 2]!, parts[at + 1]!)
  return found
}
