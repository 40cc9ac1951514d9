/** The files of a listing: bytes come from git's objects, in a few calls for many files. */
import { posix } from 'node:path'
import { git } from './git.js'
import type { Entry, Listing } from './git-listing.js'
import type { Content, Tree } from './file-system.js'

const FILES = /^100/
const LINK = '120000'
/** Bytes that are held of what was read ahead. */
const AHEAD = 64 * 1024 * 1024
const MANY = 4000

export class GitTree implements Tree {
  readonly root: string
  readonly #listing: Listing
  /** From the git root to the program's; '' or ending in '/'. */
  readonly #prefix: string
  readonly #sizes = new Map<string, number>()
  #ahead = new Map<string, Buffer>()
  #expected: string[] = []

  constructor(listing: Listing, folder: string) {
    this.#listing = listing
    this.#prefix = folder === '' ? '' : `${folder}/`
    this.root = posix.join(listing.gitRoot, folder)
  }

  /** Regular files and links below the program's root, sorted. */
  files(): string[] {
    return [...this.#listing.entries]
      .filter(([path, { mode }]) => path.startsWith(this.#prefix) && (FILES.test(mode) || mode === LINK))
      .map(([path]) => path.slice(this.#prefix.length))
      .sort()
  }

  /** Repositories within the repository: what is in them is not in git's objects. */
  submodules(): string[] {
    return [...this.#listing.entries]
      .filter(([path, { mode }]) => path.startsWith(this.#prefix) && mode === '160000')
      .map(([path]) => path.slice(this.#prefix.length))
  }

  conflicts(): string[] {
    const { conflicts } = this.#listing
    return conflicts.filter((path) => path.startsWith(this.#prefix)).map((path) => path.slice(this.#prefix.length))
  }

  /** The same for the same kind and content. */
  entryOf(path: string): string | null {
    const entry = this.#entry(path)
    return entry === undefined ? null : `${entry.mode} ${entry.id}`
  }

  idOf(path: string): string | null {
    const entry = this.#entry(path)
    return entry !== undefined && FILES.test(entry.mode) ? entry.id : null
  }

  expect(paths: readonly string[]): void {
    this.#expected = [...new Set(paths.flatMap((path) => this.idOf(path) ?? []))]
  }

  peek(path: string, limit: number): Content {
    return this.read(path, limit)
  }

  read(path: string, limit: number): Content {
    const entry = this.#entry(path)
    if (entry === undefined) return { kind: 'nothing' }
    if (entry.mode === LINK) return this.#linked(path, entry)
    if (!FILES.test(entry.mode)) return { kind: 'directory' }
    const known = this.#ahead.get(entry.id)
    if (known !== undefined) return known.length > limit ? { kind: 'large', size: known.length } : bytes(known)
    this.#readAhead(entry.id, limit)
    const read = this.#ahead.get(entry.id)
    if (read !== undefined) return bytes(read)
    const size = this.#sizes.get(entry.id)
    return size === undefined ? { kind: 'missing' } : { kind: 'large', size }
  }

  some(path: string, _overlap: number, visit: (bytes: Buffer) => boolean): boolean {
    const entry = this.#entry(path)
    if (entry === undefined) return false
    const whole = git(this.#listing.gitRoot, ['cat-file', 'blob', entry.id])
    return whole === null || visit(whole)
  }

  #entry(path: string): Entry | undefined {
    const { entries } = this.#listing
    const whole = this.#prefix + path
    return entries.get(whole) ?? (path.includes('..') ? entries.get(posix.normalize(whole)) : undefined)
  }

  /** What a link points to is read where it stands, if that is in the program. */
  #linked(path: string, { id }: Entry): Content {
    const target = git(this.#listing.gitRoot, ['cat-file', 'blob', id])?.toString('utf8') ?? '/'
    const reached = posix.normalize(posix.join(posix.dirname(path), target))
    return target.startsWith('/') || reached.startsWith('../') || reached === '..'
      ? { kind: 'outside' }
      : { kind: 'nothing' }
  }

  /** The wanted object with those that are expected after it; one that is not expected leaves what is held. */
  #readAhead(wanted: string, limit: number): void {
    const at = this.#expected.indexOf(wanted)
    const ids = at < 0 ? [wanted] : this.#expected.slice(at, at + MANY)
    this.#measure(ids)
    let total = 0
    let taken = 0
    const batch: string[] = []
    for (const id of ids) {
      const size = this.#sizes.get(id) ?? Infinity
      if (size <= limit && total + size > AHEAD && taken > 0) break
      taken += 1
      if (size > limit) continue
      total += size
      batch.push(id)
    }
    if (batch.length === 0) return
    const read = blobs(git(this.#listing.gitRoot, ['cat-file', '--batch'], { input: `${batch.join('\n')}\n` }))
    if (at >= 0) this.#ahead = read
    else for (const [id, content] of read) this.#ahead.set(id, content)
  }

  #measure(ids: readonly string[]): void {
    const unknown = ids.filter((id) => !this.#sizes.has(id))
    if (unknown.length === 0) return
    const output = git(this.#listing.gitRoot, ['cat-file', '--batch-check'], { input: `${unknown.join('\n')}\n` })
    for (const line of output?.toString('utf8').split('\n') ?? []) {
      const match = /^([0-9a-f]+) blob (\d+)$/.exec(line)
      if (match !== null) this.#sizes.set(match[1]!, Number(match[2]))
    }
  }
}

function bytes(buffer: Buffer): Content {
  return { kind: 'bytes', bytes: buffer }
}

/** `<id> blob <size>\n<bytes>\n`, again and again. */
function blobs(output: Buffer | null): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 0; output !== null && at < output.length;) {
    const end = output.indexOf(10, at)
    if (end < 0) break
    const match = /^([0-9a-f]+) blob (\d+)$/.exec(output.toString('latin1', at, end))
    if (match === null) {
      at = end + 1
      continue
    }
    const start = end + 1
    const size = Number(match[2])
    found.set(match[1]!, output.subarray(start, start + size))
    at = start + size + 1
  }
  return found
}
