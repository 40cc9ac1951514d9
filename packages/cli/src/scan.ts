/** One scan, stage by stage: paths → files → what can matter → modules and settings → analysis → report. */
import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import {
  analyse,
  catalogue,
  engineVersion,
  type Analysis,
  type Policy,
  type PolicyError,
  type ProgramInput,
  type Report,
} from '@sekisho/core'
import {
  boundNames,
  createPrefilter,
  discover,
  fileMessages,
  findRoot,
  type FoundGap,
  gapOf,
  gitCommit,
  isConfig,
  isInScope,
  loadPolicy,
  portable,
  readConfig,
  readManifests,
  readSchemas,
  type Role,
  roleOf,
  type Root,
  tokensOf,
  Tree,
  withNested,
} from '@sekisho/files'
import type { ScanOptions } from './arguments.js'
import { cacheKey, noCache, openCache, type Cache } from './cache.js'
import { parseSources, readSources, type SourceText } from './parse.js'
import type { Progress } from './progress.js'
import { toReport } from './report.js'
import { dependenciesOf, select } from './select.js'

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
}

export async function scan(options: ScanOptions, surroundings: Surroundings): Promise<Scanned> {
  const { progress, cwd, version } = surroundings
  progress.stage('discover')
  const root = findRoot(options.paths, options.policy, cwd)
  const commit = root.gitRoot === null ? null : gitCommit(root.program)
  const tree = new Tree(root.program)
  const own = loadPolicy(root)
  const found = discover(root, own.policy.exclude)
  const gaps: FoundGap[] = found.unreadable.map(({ path, code }) => gapOf(path, 'read', fileMessages.unreadable(code)))
  const byRole = (role: Role) => found.files.filter((path) => roleOf(path) === role)
  const { policy, warnings } = withNested(own, root, byRole('policy'))

  progress.stage('settings')
  const limit = options.maxFileSize
  const tokens = tokensOf(policy)
  const known = createPrefilter(tokens)
  const settings = readConfig(tree, found.files.filter(isConfig), found.gitIgnored, known, limit)
  const { manifests, gaps: manifestGaps } = readManifests(tree, byRole('manifest'), limit)

  progress.stage('prefilter')
  const names = boundNames(settings.config, known)
  const code = byRole('code')
  const selected = select(tree, code, manifests, createPrefilter([...tokens, ...names]), limit)
  const schemas = selected.hits.size === 0 ? [] : readSchemas(tree, found.files, limit)
  const read = readSources(tree, selected.paths, limit)
  gaps.push(...settings.gaps, ...manifestGaps, ...selected.gaps, ...read.gaps)

  const input: Input = {
    catalogue,
    policy,
    config: settings.config,
    manifests,
    schemas,
    today: options.today ?? surroundings.today,
    whole: root.scope === null,
  }
  const cache = options.cache ? cacheOf(root, input, read.sources, gaps, surroundings) : noCache
  const analysis = cache.read() ?? (await analyseSources(input, read.sources, gaps, cache, progress))

  progress.stage('report')
  const scoped = selected.paths.filter((path) => isInScope(path, root.scope))
  const concerned = root.scope === null ? null : dependenciesOf(selected.graph, scoped)
  const report = toReport(analysis, {
    policy,
    catalogue,
    version,
    root: portable(relative(root.gitRoot ?? root.directory, root.directory)) || '.',
    commit: await commit,
    today: input.today,
    digest: digestOf(input, read.sources),
    files: {
      seen: found.files.length,
      analysed: read.sources.length + settings.config.length,
      skipped: found.files.length - read.sources.length - settings.config.length,
    },
    directory: portable(relative(root.program, root.directory)),
    scope: root.scope,
    concerns: (path) => concerned?.has(path) ?? true,
    gate: { failOn: options.failOn ?? policy.gate.failOn, gaps: policy.gate.gaps, observedUntil: null },
    notices: [],
    comparison: null,
    baseline: null,
  })
  return { report, policy, warnings, root, tree }
}

type Input = Omit<ProgramInput, 'modules' | 'gaps'>

async function analyseSources(
  input: Input,
  sources: readonly SourceText[],
  found: readonly FoundGap[],
  cache: Cache,
  progress: Progress,
): Promise<Analysis> {
  progress.stage('parse', sources.length)
  const { modules, gaps } = await parseSources(sources, () => progress.tick())
  progress.stage('analyse')
  const analysis = analyse({ ...input, modules, gaps: [...found, ...gaps] })
  // What a parser missed may be this machine's fault: it is not remembered.
  if (gaps.length === 0) cache.write(analysis)
  return analysis
}

/** One number for all that was analysed: paths and texts of code, config and manifests. */
function digestOf(input: Input, sources: readonly SourceText[]): string {
  const digest = createHash('sha256')
  const texts = [
    ...sources.map(({ path, text }) => [path, text] as const),
    ...input.config.map(({ file, text }) => [file.path, text] as const),
    ...input.manifests.map(({ path, text }) => [path, text] as const),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  for (const [path, text] of texts) digest.update(`${path}\0${text.length}\0${text}\0`)
  return digest.digest('hex')
}

function cacheOf(
  root: Root,
  input: Input,
  sources: readonly SourceText[],
  gaps: readonly FoundGap[],
  { environment, build }: Surroundings,
): Cache {
  const parts = [build, engineVersion, input.catalogue.version, input.policy.digest, String(input.policy.file)]
  parts.push(String(input.today), String(input.whole), JSON.stringify(gaps))
  for (const { path, text } of sources) parts.push('code', path, text)
  for (const { file, text, gitIgnored } of input.config) parts.push('config', file.path, String(gitIgnored), text)
  for (const { path, text } of input.manifests) parts.push('manifest', path, text)
  parts.push(JSON.stringify(input.schemas))
  return openCache(root.program, cacheKey(parts), environment)
}
