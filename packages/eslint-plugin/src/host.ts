/** What the plugin takes from the outside: files, the policy among them, and the clock. The disk's own; tests give another. */
import { realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import {
  checkPolicy,
  discover,
  findPolicy,
  gitRootOf,
  isRooted,
  loadPolicy,
  WorkTree,
  withNested,
  type Discovered,
  type LoadedPolicy,
  type Root,
  type Tree,
} from '@sekisho/files'

export interface Host {
  /** The program that the files of a folder are of. A mistake of the user's is thrown. */
  rootOf(folder: string, cwd: string, policy: string | null): Root
  /** A folder as `Root.program` writes it, without links. */
  real(folder: string): string
  files(root: Root): Tree
  discover(root: Root, exclude: readonly string[]): Pick<Discovered, 'files' | 'gitIgnored'>
  /** The root's own policy; a mistake of the user's is thrown. */
  policy(root: Root): LoadedPolicy
  /** With the policies of folders below, which may only tighten it. */
  nested(own: LoadedPolicy, root: Root, paths: readonly string[]): LoadedPolicy
  /** The text of a policy as it stands in the editor, checked. */
  check(root: Root, path: string, text: string): LoadedPolicy
  /** Changes when a file may have changed; null where there is none. */
  stamp(root: Root, path: string): string | null
  /** Milliseconds. */
  now(): number
  /** In Asia/Tokyo. */
  today(): string
}

const TOKYO = 9 * 60 * 60 * 1000

export const disk: Host = {
  rootOf,
  real,
  files: (root) => new WorkTree(root.program),
  discover,
  policy: (root) => loadPolicy(root),
  nested: (own, root, paths) => withNested(own, root, paths),
  check: (root, path, text) => checkPolicy(root, new WorkTree(root.program), path, text),
  stamp(root, path) {
    const stat = statSync(isRooted(path) ? path : join(root.program, path), { throwIfNoEntry: false })
    return stat === undefined ? null : `${stat.mtimeMs}:${stat.size}`
  },
  now: () => performance.now(),
  today: () => new Date(Date.now() + TOKYO).toISOString().slice(0, 10),
}

/**
 * The outermost policy of the repository is the program's, as in a scan of all of it; those between it and the file are nested.
 * Without git, the working directory is the boundary.
 */
function rootOf(given: string, cwd: string, policy: string | null): Root {
  const folder = real(given)
  const gitRoot = gitRootOf(folder)
  const here = real(cwd)
  const boundary = gitRoot ?? (isBelow(folder, here) ? here : folder)
  const policyFile = policy === null ? outermost(folder, boundary) : resolve(here, policy)
  const above = policyFile === null ? null : dirname(policyFile)
  const program = above !== null && isBelow(folder, above) && isBelow(above, boundary) ? above : boundary
  return { program, directory: program, policyFile, gitRoot, scope: null, named: [] }
}

function outermost(folder: string, boundary: string): string | null {
  let found = findPolicy(folder, boundary)
  while (found !== null && dirname(found) !== boundary) {
    const next = findPolicy(dirname(dirname(found)), boundary)
    if (next === null) return found
    found = next
  }
  return found
}

/** Of the nearest folder that is there: a processor's blocks and new files have paths of their own. */
function real(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    try {
      return realpathSync.native(at) + folder.slice(at.length)
    } catch {
      if (dirname(at) === at) return folder
    }
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
