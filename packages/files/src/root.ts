/**
 * Where a scan stands: the policy's root (paths in the engine and fingerprints are relative to it), the directory that the report is
 * relative to, and which part of the tree was asked for.
 */
import { lstatSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { gitRootOf } from './git.js'
import { fileMessages } from './messages.js'
import { Mistake } from './mistake.js'
import { portable } from './path.js'

export const POLICY_NAME = 'sekisho.yaml'

export interface Root {
  /** The whole program: everything below is looked at for imports, settings and flows. */
  program: string
  /** What `file` in reports is relative to. */
  directory: string
  /** Absolute; null: the default policy. */
  policyFile: string | null
  gitRoot: string | null
  /** Files and folders asked for, relative to the program's root; null: all of it. */
  scope: string[] | null
  /** Files named one by one: looked at even if ignored. Relative to the program's root. */
  named: string[]
}

export function findRoot(paths: readonly string[], policy: string | null, cwd: string): Root {
  const given = paths.map((path) => existing(path, cwd))
  const single = given.length === 1 && given[0]!.isDirectory ? given[0]!.absolute : null
  const start = single ?? commonFolder(given)
  const gitRoot = gitRootOf(start)
  const explicit = policy === null ? null : existing(policy, cwd)
  if (explicit?.isDirectory) throw new Mistake(fileMessages.policyIsDirectory(policy!))
  const policyFile = explicit?.absolute ?? findPolicy(start, gitRoot)
  const unruled = single ?? gitRoot ?? start
  const program = policyFile === null ? unruled : programOf(policyFile, unruled, start, gitRoot)
  const directory = single ?? program
  for (const { absolute } of given) {
    if (!isBelow(absolute, program)) throw new Mistake(fileMessages.pathOutside(absolute, program))
  }
  const isWhole = given.some(({ absolute }) => absolute === program)
  return {
    program,
    directory,
    policyFile,
    gitRoot,
    scope: isWhole ? null : given.map(({ absolute }) => portable(relative(program, absolute))),
    named: given.filter(({ isDirectory }) => !isDirectory).map(({ absolute }) => portable(relative(program, absolute))),
  }
}

/** Whether a path, relative to the program's root, was asked for. */
export function isInScope(path: string, scope: readonly string[] | null): boolean {
  return scope === null || scope.some((given) => path === given || path.startsWith(`${given}/`))
}

function existing(path: string, cwd: string): { absolute: string; isDirectory: boolean } {
  try {
    const absolute = realpathSync(resolve(cwd, path))
    return { absolute, isDirectory: statSync(absolute).isDirectory() }
  } catch {
    throw new Mistake(fileMessages.noSuchPath(path))
  }
}

function commonFolder(given: readonly { absolute: string; isDirectory: boolean }[]): string {
  const folders = given.map(({ absolute, isDirectory }) => (isDirectory ? absolute : dirname(absolute)))
  let common = folders[0]!
  while (!folders.every((folder) => isBelow(folder, common))) common = dirname(common)
  return common
}

/** The nearest policy, here or above, up to the git root. */
export function findPolicy(start: string, gitRoot: string | null): string | null {
  for (let at = start; ; at = dirname(at)) {
    const file = join(at, POLICY_NAME)
    const found = statusOf(file)
    // A link out of the repository would let it show files of this machine in error fileMessages.
    if (found?.isSymbolicLink()) return linkedPolicy(file, gitRoot ?? start)
    if (found?.isFile()) return file
    if (at === (gitRoot ?? start) || dirname(at) === at) return null
  }
}

/** Below a file there is nothing: an editor's new file, a block that a linter took out of a document. */
function statusOf(file: string) {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

function linkedPolicy(file: string, boundary: string): string {
  const { absolute, isDirectory } = existing(file, boundary)
  if (isDirectory || !isBelow(absolute, boundary)) throw new Mistake(fileMessages.policyOutside(file))
  return absolute
}

/** A policy's globs are relative to its folder, if that is in the scanned repository and above what is scanned. */
function programOf(policyFile: string, unruled: string, start: string, gitRoot: string | null): string {
  const folder = dirname(policyFile)
  const isAbove = isBelow(start, folder) && (folder === start || (gitRoot !== null && isBelow(folder, gitRoot)))
  return isAbove ? folder : unruled
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
