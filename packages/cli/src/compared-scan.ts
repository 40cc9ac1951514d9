/**
 * What a commit or a branch brings: two whole programs as git has them, never the work tree. One policy judges both: of the index
 * for a commit that is being made, of the base for a branch, so that no branch can permit itself what it brings.
 */
import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { policyChanges, PolicyErrors, type Comparison, type Policy } from '@sekisho/core'
import {
  commitListing,
  emptyListing,
  fileMessages,
  findListedRoot,
  floored,
  gitRootOf,
  GitTree,
  headCommit,
  indexFile,
  indexListing,
  loadPolicy,
  mergeBase,
  Mistake,
  policyFileIn,
  portable,
  renames,
  type Listing,
  type LoadedPolicy,
  type Root,
} from '@sekisho/files'
import type { ScanOptions } from './arguments.js'
import { findBaseline } from './baseline-file.js'
import { cacheFolder } from './cache.js'
import { compareAnalyses } from './compare.js'
import { judge } from './judge.js'
import { noMemory, openMemory } from './memory.js'
import { programOf, type Program } from './program.js'
import { floorOf, judgingOf, reported, withNestedOf, type Scanned, type Surroundings } from './scan.js'
import { isUntouched } from './untouched.js'

/** One state of the repository, with the policy that it has. */
interface Side {
  listing: Listing
  tree: GitTree
  root: Root
  policy: LoadedPolicy
}

export async function scanCompared(options: ScanOptions, surroundings: Surroundings): Promise<Scanned> {
  const { cwd, environment, build } = surroundings
  const here = realpathSync(cwd)
  const gitRoot = gitRootOf(here)
  if (gitRoot === null) throw new Mistake(fileMessages.noRepository(here))
  const index = indexFile(environment['GIT_INDEX_FILE'], gitRoot)
  const commit = headCommit(gitRoot)
  if (!options.staged && commit === null) throw new Mistake(fileMessages.noSuchCommit('HEAD'))
  const baseCommit = options.since === null ? commit : mergeBase(gitRoot, options.since)
  const baseListing = baseCommit === null ? emptyListing(gitRoot) : commitListing(gitRoot, baseCommit)
  const headListing = options.staged ? indexListing(gitRoot, index) : commitListing(gitRoot, commit!)
  const policyFrom = options.policyFrom ?? (options.since === null ? 'head' : 'base')
  const root = findListedRoot(policyFrom === 'base' ? baseListing : headListing, options.paths, options.policy, here)
  const isKept = [baseListing, headListing].some((listing) => holds(listing, root.policyFile))
  const fromDisk = options.policy !== null && !isKept
  const floor = floorOf(options, surroundings)
  const head = sideOf(headListing, root, floor, fromDisk)
  const base = sideOf(baseListing, root, floor, fromDisk, policyFrom === 'base' ? null : head.policy)
  const ruling = policyFrom === 'base' ? base.policy : head.policy

  const memory = options.cache ? openMemory(cacheFolder(environment), root.program, build) : noMemory
  const judging = { ...judgingOf(ruling.policy, options, surroundings), memory }
  const programs = { base: programUnder(base, ruling.policy), head: programUnder(head, ruling.policy) }
  const before = await judge(programs.base, judging)
  const sides = [base, head].map(({ tree }, at) => ({ tree, program: at === 0 ? programs.base : programs.head }))
  const judged = isUntouched(sides[0]!, sides[1]!, before, judging)
    ? { ...before, seen: programs.head.files.length }
    : await judge(programs.head, judging)
  memory.save()

  const inProgram = portable(relative(gitRoot, root.program))
  const id = (listing: Listing, path: string) =>
    listing.entries.get(inProgram === '' ? path : `${inProgram}/${path}`)?.id
  const names = baseCommit === null ? null : { base: baseCommit, head: options.staged ? null : commit, index }
  const renamed = renamesIn(renames(baseListing, headListing, names), inProgram)
  const compared = compareAnalyses({
    base: before.analysis,
    head: judged.analysis,
    renamed,
    isChanged: (path) => id(headListing, path) !== id(baseListing, renamed.get(path) ?? path),
    baseName: baseCommit?.slice(0, 12) ?? null,
  })
  const comparison: Comparison = {
    kind: options.since === null ? 'staged' : 'since',
    base: baseCommit,
    policyFrom,
    policyChanges: policyChanges(base.policy.policy, head.policy.policy),
    new: compared.new,
    known: compared.known,
    fixed: compared.fixed,
  }
  const baseline = findBaseline(policyFrom === 'base' ? programs.base : programs.head, options.baseline, cwd)
  const besides = { commit: options.staged ? null : commit, comparison, baseline }
  return reported(programs.head, ruling, { ...judged, analysis: compared.analysis }, besides, options, surroundings)
}

/** `otherwise`: the policy that is taken where this side's own, which judges nothing, can't be read. */
function sideOf(
  listing: Listing,
  root: Root,
  floor: Policy | null,
  fromDisk: boolean,
  otherwise: LoadedPolicy | null = null,
): Side {
  const tree = new GitTree(listing, portable(relative(listing.gitRoot, root.program)))
  const own = fromDisk ? root : { ...root, policyFile: policyFileIn(listing, root) }
  try {
    const loaded = fromDisk ? loadPolicy(root) : loadPolicy(own, tree)
    const program = programOf(own, tree, listing, floored(loaded, floor).policy.exclude)
    return { listing, tree, root: own, policy: floored(withNestedOf(loaded, program), floor) }
  } catch (error) {
    if (otherwise === null || !(error instanceof PolicyErrors)) throw error
    return { listing, tree, root: own, policy: otherwise }
  }
}

function programUnder({ root, tree, listing }: Side, { exclude }: Policy): Program {
  return programOf(root, tree, listing, exclude)
}

function holds({ gitRoot, entries }: Listing, file: string | null): boolean {
  return file !== null && entries.has(portable(relative(gitRoot, file)))
}

/** Relative to the program's root; what came from elsewhere is not renamed but new. */
function renamesIn(all: ReadonlyMap<string, string>, folder: string): Map<string, string> {
  const prefix = folder === '' ? '' : `${folder}/`
  const within = [...all].filter(([path, old]) => path.startsWith(prefix) && old.startsWith(prefix))
  return new Map(within.map(([path, old]) => [path.slice(prefix.length), old.slice(prefix.length)]))
}
