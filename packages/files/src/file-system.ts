/**
 * Reads files of a hostile tree: below the root only, never through a symbolic link, never from a device or a pipe.
 * What is no ordinary file is a value that says why, not an exception.
 */
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

export type Content =
  | { kind: 'bytes'; bytes: Buffer }
  | { kind: 'large'; size: number }
  | { kind: 'directory' }
  /** Nothing to read: removed since, or a device, a pipe, a link to what stands elsewhere below the root. */
  | { kind: 'nothing' }
  /** A symbolic link that leaves the root. */
  | { kind: 'outside' }
  | { kind: 'unreadable'; code: string }
  /** Git knows the file, but its content is not in this clone. */
  | { kind: 'missing' }

// No link is followed; a pipe does not block.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The files of one program, as they stand on disk or in a commit. Paths are relative to its root, with '/'. */
export interface Tree {
  /** Absolute. */
  readonly root: string
  /** The file's bytes, which stand only until the next call. */
  peek(path: string, limit: number): Content
  read(path: string, limit: number): Content
  /** Shows a file of any size to the visitor piece by piece; pieces overlap. True as soon as the visitor says so. */
  some(path: string, overlap: number, visit: (bytes: Buffer) => boolean): boolean
  /** What tells the file's content from any other, where that is known without reading it. */
  idOf(path: string): string | null
  /** Says what will be read next, so that it can be had at once. */
  expect(paths: readonly string[]): void
}

export class WorkTree implements Tree {
  readonly root: string
  readonly #insideFolders = new Map<string, boolean>()
  #buffer = Buffer.allocUnsafe(256 * 1024)

  constructor(root: string) {
    this.root = realpathSync(root)
  }

  absolute(path: string): string {
    return join(this.root, path)
  }

  idOf(): null {
    return null
  }

  expect(): void {
    // Files on disk are read one by one.
  }

  peek(path: string, limit: number): Content {
    return this.#read(path, limit, true)
  }

  read(path: string, limit: number): Content {
    return this.#read(path, limit, false)
  }

  some(path: string, overlap: number, visit: (bytes: Buffer) => boolean): boolean {
    const opened = this.#open(path)
    if (typeof opened !== 'number') return false
    try {
      const piece = Buffer.allocUnsafe(1024 * 1024)
      for (let position = 0; ; position += piece.length - overlap) {
        const length = readSync(opened, piece, 0, piece.length, position)
        if (length > 0 && visit(piece.subarray(0, length))) return true
        if (length < piece.length) return false
      }
    } catch {
      return true
    } finally {
      closeSync(opened)
    }
  }

  #read(path: string, limit: number, isShared: boolean): Content {
    const opened = this.#open(path)
    if (typeof opened !== 'number') return opened
    try {
      const stat = fstatSync(opened)
      if (stat.isDirectory()) return { kind: 'directory' }
      if (!stat.isFile()) return { kind: 'nothing' }
      if (stat.size > limit) return { kind: 'large', size: stat.size }
      if (isShared && stat.size > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(stat.size * 2)
      const bytes = isShared ? this.#buffer : Buffer.allocUnsafe(stat.size)
      let length = 0
      while (length < stat.size) {
        const count = readSync(opened, bytes, length, stat.size - length, length)
        if (count === 0) break
        length += count
      }
      return { kind: 'bytes', bytes: bytes.subarray(0, length) }
    } catch (error) {
      return { kind: 'unreadable', code: codeOf(error) }
    } finally {
      closeSync(opened)
    }
  }

  #open(path: string): number | Content {
    if (!this.#isInside(dirname(path))) return { kind: 'outside' }
    try {
      return openSync(this.absolute(path), FLAGS)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENXIO') return { kind: 'nothing' }
      if (code === 'ELOOP' || code === 'EMLINK') return this.#linked(path)
      return { kind: 'unreadable', code }
    }
  }

  /** What a link points to is read where it stands, if that is below the root; a broken link holds nothing. */
  #linked(path: string): Content {
    try {
      return this.#contains(realpathSync(this.absolute(path))) ? { kind: 'nothing' } : { kind: 'outside' }
    } catch {
      const target = readLink(this.absolute(path))
      return target === null || this.#contains(target) ? { kind: 'nothing' } : { kind: 'outside' }
    }
  }

  #isInside(folder: string): boolean {
    const known = this.#insideFolders.get(folder)
    if (known !== undefined) return known
    let inside = true
    try {
      const absolute = this.absolute(folder)
      inside = realpathSync(absolute) === absolute
    } catch {
      // A folder that is not there holds nothing.
    }
    this.#insideFolders.set(folder, inside)
    return inside
  }

  #contains(absolute: string): boolean {
    return absolute === this.root || absolute.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)
  }
}

function readLink(absolute: string): string | null {
  try {
    return resolve(dirname(absolute), readlinkSync(absolute))
  } catch {
    return null
  }
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'EIO'
}
