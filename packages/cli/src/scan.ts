/** One scan: which program, under whose policy, compared with what; then the report. */
import { relative } from 'node:path'
import { catalogue, type GateRecord, type Localized, type Policy, type PolicyError, type Report } from '@sekisho/core'
import {
  findRoot,
  floored,
  gitCommit,
  loadFloor,
  loadPolicy,
  portable,
  roleOf,
  withNested,
  type LoadedPolicy,
  type Root,
  type Tree,
} from '@sekisho/files'
import type { ScanOptions } from './arguments.js'
import { applyBaseline } from './baseline-apply.js'
import { findBaseline, madeNow, nowOf, type FoundBaseline } from './baseline-file.js'
import { scanCompared } from './compared-scan.js'
import { judge, type Judged, type Judging } from './judge.js'
import { noMemory } from './memory.js'
import { noticesOf } from './notices.js'
import { programOnDisk, type Program } from './program.js'
import type { Progress } from './progress.js'
import { toReport } from './report.js'

export interface Scanned {
  report: Report
  policy: Policy
  /** What the policy says that does nothing or will not hold. */
  warnings: PolicyError[]
  root: Root
  tree: Tree
}

export interface Surroundings {
  cwd: string
  environment: Readonly<Record<string, string | undefined>>
  /** Today in Asia/Tokyo. */
  today: string
  version: string
  /** Tells this build of the tool from any other: its cache is its own. */
  build: string
  progress: Progress
  /** Asks a person; null: there is none. */
  ask: ((question: string) => Promise<string>) | null
}

export async function scan(options: ScanOptions, surroundings: Surroundings): Promise<Scanned> {
  surroundings.progress.stage('discover')
  if (options.staged || options.since !== null) return scanCompared(options, surroundings)
  const { program, loaded, judged, commit } = await judgeOnDisk(options, surroundings)
  const baseline = findBaseline(program, options.baseline, surroundings.cwd)
  return reported(program, loaded, judged, { commit, baseline }, options, surroundings)
}

export interface OnDisk {
  program: Program
  loaded: LoadedPolicy
  judged: Judged
  commit: string | null
}

/** The work tree under its own policy. */
export async function judgeOnDisk(options: ScanOptions, surroundings: Surroundings): Promise<OnDisk> {
  const root = findRoot(options.paths, options.policy, surroundings.cwd)
  const commit = root.gitRoot === null ? null : gitCommit(root.program)
  const floor = floorOf(options, surroundings)
  const own = loadPolicy(root)
  const program = programOnDisk(root, floored(own, floor).policy.exclude)
  const loaded = floored(withNestedOf(own, program), floor)
  const judged = await judge(program, judgingOf(loaded.policy, options, surroundings))
  return { program, loaded, judged, commit: await commit }
}

export function floorOf({ floor }: ScanOptions, { cwd }: Surroundings): Policy | null {
  return floor === null ? null : loadFloor(floor, cwd)
}

export function withNestedOf(own: LoadedPolicy, { root, tree, files }: Program): LoadedPolicy {
  return withNested(
    own,
    root,
    files.filter((path) => roleOf(path) === 'policy'),
    tree,
  )
}

export function judgingOf(policy: Policy, options: ScanOptions, surroundings: Surroundings): Judging {
  const { environment, build, progress } = surroundings
  const { maxFileSize, cache } = options
  const today = options.today ?? surroundings.today
  return { policy, today, maxFileSize, cache, environment, build, progress, memory: noMemory }
}

/** What a kind of scan knows besides. */
export interface Besides {
  commit: string | null
  comparison?: Report['comparison']
  notices?: Localized[]
  baseline: FoundBaseline | null
}

export function reported(
  program: Program,
  { policy, warnings }: LoadedPolicy,
  judged: Judged,
  { commit, comparison = null, notices = [], baseline }: Besides,
  options: ScanOptions,
  { version, today, progress }: Surroundings,
): Scanned {
  progress.stage('report')
  const { root, tree } = program
  const { analysis, digest, seen, analysed, concerned } = judged
  const day = options.today ?? today
  const now = baseline === null ? null : nowOf(program, baseline, madeNow(policy, day, commit, digest))
  const applied = baseline === null || now === null ? null : applyBaseline(baseline.baseline, analysis, now)
  const matters = concerned === null ? null : new Set(concerned)
  const report = toReport(applied?.analysis ?? analysis, {
    policy,
    catalogue,
    version,
    root: portable(relative(root.gitRoot ?? root.directory, root.directory)) || '.',
    commit,
    today: day,
    digest,
    files: { seen, analysed, skipped: seen - analysed },
    directory: portable(relative(root.program, root.directory)),
    scope: root.scope,
    concerns: (path) => matters?.has(path) ?? true,
    gate: gateOf(policy, options, day),
    notices: [...notices, ...noticesOf(program, policy, analysed)],
    comparison,
    baseline: applied?.record ?? null,
  })
  return { report, policy, warnings, root, tree }
}

/** A rollout observes; whoever says by an argument what is to fail has it fail. */
function gateOf({ gate }: Policy, { failOn }: ScanOptions, day: string): GateRecord {
  const isObserved = failOn === null && gate.observeUntil !== null && day <= gate.observeUntil
  return { failOn: failOn ?? gate.failOn, gaps: gate.gaps, observedUntil: isObserved ? gate.observeUntil : null }
}
