/** The files of one state of a repository: on disk, in the index, in a commit. */
import { matchesAny } from '@sekisho/core'
import type { GitTree } from '@sekisho/files'
import {
  discover,
  fileMessages,
  gapOf,
  WorkTree,
  type FoundGap,
  type Listing,
  type Root,
  type Tree,
} from '@sekisho/files'

export interface Program {
  root: Root
  tree: Tree
  /** Relative to the root, sorted; without what the policy excludes. */
  files: string[]
  gitIgnored: ReadonlySet<string>
  gaps: FoundGap[]
  /** The same for the same files with the same contents; null: not known without reading them. */
  digest: string | null
}

export function programOnDisk(root: Root, exclude: readonly string[]): Program {
  const { files, gitIgnored, unreadable } = discover(root, exclude)
  const gaps = unreadable.map(({ path, code }) => gapOf(path, 'read', fileMessages.unreadable(code)))
  return { root, tree: new WorkTree(root.program), files, gitIgnored, gaps, digest: null }
}

/** Dependencies that are committed are no more the project's code than installed ones. */
const DEPENDENCIES = /(?:^|\/)node_modules\//

export function programOf(root: Root, tree: GitTree, listing: Listing, exclude: readonly string[]): Program {
  const isLeftOut = (path: string) => DEPENDENCIES.test(path) || matchesAny(exclude, path)
  const gaps = [
    ...tree.conflicts().map((path) => gapOf(path, 'read', fileMessages.inConflict)),
    ...tree.submodules().map((path) => gapOf(path, 'read', fileMessages.submodule, false)),
  ]
  return {
    root,
    tree,
    files: tree.files().filter((path) => !isLeftOut(path)),
    gitIgnored: new Set(),
    gaps: gaps.filter(({ file }) => !isLeftOut(file)),
    digest: listing.digest,
  }
}
