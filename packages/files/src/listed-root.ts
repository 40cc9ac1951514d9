/** Where a scan of a listing stands: as `findRoot` for files on disk, but what is there is what the listing says. */
import { realpathSync, statSync } from 'node:fs'
import { dirname, posix, relative, resolve } from 'node:path'
import type { Listing } from './git-listing.js'
import { fileMessages } from './messages.js'
import { Mistake } from './mistake.js'
import { isOutside, portable } from './path.js'
import { POLICY_NAME, type Root } from './root.js'

/** Paths may name what is no longer on disk; those that the listing does not hold match nothing. */
export function findListedRoot(listing: Listing, paths: readonly string[], policy: string | null, cwd: string): Root {
  const { gitRoot } = listing
  const given = paths.map((path) => within(gitRoot, resolve(cwd, path), path))
  const folders = foldersOf(listing)
  const isFolder = (path: string) => path === '' || folders.has(path)
  const single = given.length === 1 && isFolder(given[0]!) ? given[0]! : null
  const start = single ?? commonFolder(given.map((path) => (isFolder(path) ? path : parentOf(path))))
  const policyFile = policy === null ? policyAbove(listing, start) : explicitPolicy(policy, cwd)
  const above = policyFile !== null && policyFile.startsWith(gitRoot) ? folderOf(gitRoot, policyFile) : null
  const program = above !== null && isBelow(start, above) ? above : (single ?? '')
  const fromProgram = (path: string) => (program === '' ? path : path.slice(program.length + 1))
  const isWhole = given.includes(program)
  return {
    program: posix.join(gitRoot, program),
    directory: posix.join(gitRoot, single ?? program),
    policyFile,
    gitRoot,
    scope: isWhole ? null : given.filter((path) => isBelow(path, program)).map(fromProgram),
    named: [],
  }
}

/** The policy that another listing of the repository has for the same program. */
export function policyFileIn(listing: Listing, { program, policyFile }: Root): string | null {
  const { gitRoot } = listing
  const name = policyFile === null ? null : portable(relative(gitRoot, policyFile))
  if (name !== null && (isOutside(name) || listing.entries.has(name))) return policyFile
  return policyAbove(listing, portable(relative(gitRoot, program)))
}

function within(gitRoot: string, absolute: string, given: string): string {
  const path = portable(relative(gitRoot, real(absolute)))
  if (isOutside(path)) throw new Mistake(fileMessages.pathOutside(given, gitRoot))
  return path
}

/** As far as it is on disk. */
function real(absolute: string): string {
  try {
    return realpathSync(absolute)
  } catch {
    const parent = dirname(absolute)
    return parent === absolute ? absolute : resolve(real(parent), absolute.slice(parent.length + 1))
  }
}

function foldersOf({ entries }: Listing): Set<string> {
  const folders = new Set<string>()
  for (const path of entries.keys())
    for (let at = parentOf(path); at !== '' && !folders.has(at); at = parentOf(at)) folders.add(at)
  return folders
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? ''
  while (!folders.every((folder) => isBelow(folder, common))) common = parentOf(common)
  return common
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

function folderOf(gitRoot: string, file: string): string {
  return portable(relative(gitRoot, dirname(file)))
}

function policyAbove({ gitRoot, entries }: Listing, start: string): string | null {
  for (let at = start; ; at = parentOf(at)) {
    const path = at === '' ? POLICY_NAME : `${at}/${POLICY_NAME}`
    if (entries.has(path)) return posix.join(gitRoot, path)
    if (at === '') return null
  }
}

function explicitPolicy(policy: string, cwd: string): string {
  let absolute: string
  try {
    absolute = realpathSync(resolve(cwd, policy))
  } catch {
    throw new Mistake(fileMessages.noSuchPath(policy))
  }
  if (statSync(absolute).isDirectory()) throw new Mistake(fileMessages.policyIsDirectory(policy))
  return absolute
}
