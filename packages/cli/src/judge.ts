/** One program under one policy, stage by stage: what can matter → modules and settings → analysis. */
import { createHash } from 'node:crypto'
import {
  analyse,
  catalogue,
  engineVersion,
  languageIn,
  schemasAmong,
  type Analysis,
  type Policy,
  type ProgramInput,
} from '@sekisho/core'
import {
  boundNames,
  createPrefilter,
  isConfig,
  isInScope,
  readConfig,
  readManifests,
  readSchemas,
  roleOf,
  tokensOf,
  type FoundGap,
  type ReadConfig,
  type Role,
} from '@sekisho/files'
import { cacheKey, noCache, openCache, type Cache } from './cache.js'
import type { Memory } from './memory.js'
import { parseSources, readSources, type SourceText } from './parse.js'
import type { Program } from './program.js'
import type { Progress } from './progress.js'
import { dependenciesOf, select, type Selected } from './select.js'
import { gapsOfUnread, scriptsAmong, unreadAmong } from './unread.js'

export interface Judging {
  policy: Policy
  today: string
  maxFileSize: number
  cache: boolean
  environment: Readonly<Record<string, string | undefined>>
  /** Tells this build of the tool from any other. */
  build: string
  progress: Progress
  memory: Memory
}

/** What an analysis says, and of what. */
export interface Judged {
  analysis: Analysis
  /** SHA-256 over the paths and texts of all that was analysed. */
  digest: string
  /** How many of the files were read in full. */
  analysed: number
  seen: number
  /** Files in which a gap can matter to what was asked for; null: any. */
  concerned: string[] | null
  /** The code that was analysed. */
  selected: string[]
  /** Variables that config binds to what the prefilter looks for: it looks for them, too. */
  names: string[]
  /** Channels that the analysed code listens to: what speaks over them is analysed, too. */
  channels: string[]
}

type Kept = Pick<Judged, 'analysis' | 'digest' | 'analysed'>

/** What a listing led to: under which key its analysis is kept. */
type About = Pick<Judged, 'seen' | 'concerned' | 'selected' | 'names' | 'channels'> & { key: string }

type Input = Omit<ProgramInput, 'modules' | 'gaps'> & { config: ReadConfig[] }

export async function judge(program: Program, judging: Judging): Promise<Judged> {
  const about = openAbout(program, judging)
  const led = about.read()
  const kept = led === null ? null : cacheOf(program, led.key, judging).read()
  if (led !== null && kept !== null) {
    const { key: _, ...rest } = led
    return { ...kept, ...rest }
  }
  const { key, judged } = await judgeAnew(program, judging)
  const { seen, concerned, selected, names, channels } = judged
  about.write({ key, seen, concerned, selected, names, channels })
  return judged
}

async function judgeAnew(program: Program, judging: Judging): Promise<{ key: string; judged: Judged }> {
  const { progress, policy, memory, maxFileSize: limit } = judging
  const { root, tree, files } = program
  progress.stage('settings')
  const byRole = (role: Role) => files.filter((path) => roleOf(path) === role)
  const tokens = tokensOf(policy)
  const prefilter = createPrefilter(tokens)
  const scripts = scriptsAmong(tree, byRole('script'), limit)
  const [configFiles, manifestFiles] = [[...files.filter(isConfig), ...scripts.shell].sort(), byRole('manifest')]
  tree.expect([...configFiles, ...manifestFiles])
  const settings = readConfig(tree, configFiles, program.gitIgnored, prefilter, limit)
  const { manifests, gaps: manifestGaps } = readManifests(tree, manifestFiles, limit)

  progress.stage('prefilter')
  const names = boundNames(settings.config, prefilter)
  const wanted = [...tokens, ...names]
  const code = [...byRole('code'), ...scripts.read].sort()
  const selected = select(tree, code, manifests, createPrefilter(wanted), limit, memory)
  const unread = gapsOfUnread(tree, [...unreadAmong(files), ...scripts.unread], wanted, limit, memory)
  // Migrations may be many: they are read in one go.
  tree.expect(schemasAmong(files))
  const programs = programsAmong(settings.config)
  const input: Input = {
    catalogue,
    policy,
    config: settings.config,
    manifests,
    schemas: selected.hits.size === 0 && programs.length === 0 ? [] : readSchemas(tree, files, limit),
    today: judging.today,
    whole: root.scope === null,
  }
  const gaps = [...program.gaps, ...settings.gaps, ...manifestGaps, ...selected.gaps, ...unread]
  const rest = {
    ...{ seen: files.length, concerned: concernedBy(program, selected) },
    ...{ selected: selected.paths, names: [...names], channels: [...selected.channels] },
  }
  const early = program.digest === null ? null : keyOfIds(program, input, selected, gaps, judging)
  const known = early === null ? null : cacheOf(program, early, judging).read()
  if (early !== null && known !== null) return { key: early, judged: { ...known, ...rest } }

  tree.expect(selected.paths)
  const { sources, gaps: unreadable } = readSources(tree, selected.paths, limit)
  const found = [...gaps, ...unreadable]
  const key = early ?? keyOfTexts(input, sources, found, judging)
  const cache = cacheOf(program, key, judging)
  const kept = cache.read() ?? (await analyseSources(input, sources, found, cache, progress))
  return { key, judged: { ...kept, ...rest } }
}

function concernedBy({ root }: Program, { paths, graph }: Selected): string[] | null {
  if (root.scope === null) return null
  const scoped = paths.filter((path) => isInScope(path, root.scope))
  return [...dependenciesOf(graph, scoped)]
}

async function analyseSources(
  input: Input,
  sources: readonly SourceText[],
  found: readonly FoundGap[],
  cache: Cache<Kept>,
  progress: Progress,
): Promise<Kept> {
  progress.stage('parse', sources.length)
  const { modules, gaps } = await parseSources([...sources, ...programsAmong(input.config)], () => progress.tick())
  progress.stage('analyse')
  const analysis = analyse({ ...input, modules, gaps: [...found, ...gaps] })
  const kept = { analysis, digest: digestOf(input, sources), analysed: sources.length + input.config.length }
  // What a parser missed may be this machine's fault: it is not remembered.
  if (gaps.length === 0) cache.write(kept)
  return kept
}

/** Config that is a program: a workflow of nodes. */
function programsAmong(config: readonly ReadConfig[]): SourceText[] {
  return config
    .filter(({ file, text, gitIgnored }) => !gitIgnored && languageIn(file.path, text) !== null)
    .map(({ file, text }) => ({ path: file.path, text }))
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

/** What a listing led to; nothing where there is none. */
function openAbout({ root, digest }: Program, judging: Judging): Cache<About> {
  if (digest === null || !judging.cache) return noCache
  const { policy, build, today, maxFileSize } = judging
  const parts = ['about', build, engineVersion, digest, root.program, JSON.stringify(root.scope), today]
  parts.push(JSON.stringify(policy), String(maxFileSize))
  return openCache(`${root.program}\0about`, cacheKey(parts), judging.environment)
}

function cacheOf({ root }: Program, key: string, { cache, environment }: Judging): Cache<Kept> {
  return cache ? openCache(root.program, key, environment) : noCache
}

function commonParts(input: Input, gaps: readonly FoundGap[], { build }: Judging): string[] {
  // With the places of the policy's entries: findings stand there.
  const parts = [build, engineVersion, input.catalogue.version, JSON.stringify(input.policy)]
  parts.push(String(input.today), String(input.whole), JSON.stringify(gaps))
  for (const { file, text, gitIgnored } of input.config) parts.push('config', file.path, String(gitIgnored), text)
  for (const { path, text } of input.manifests) parts.push('manifest', path, text)
  parts.push(JSON.stringify(input.schemas))
  return parts
}

function keyOfTexts(input: Input, sources: readonly SourceText[], gaps: readonly FoundGap[], judging: Judging): string {
  const parts = commonParts(input, gaps, judging)
  for (const { path, text } of sources) parts.push('code', path, text)
  return cacheKey(parts)
}

/** The same without reading the code; where the policy stands in the repository, its lines count, too. */
function keyOfIds(
  { tree }: Program,
  input: Input,
  { paths }: Selected,
  gaps: readonly FoundGap[],
  judging: Judging,
): string {
  const parts = commonParts(input, gaps, judging)
  for (const path of paths) parts.push('id', path, String(tree.idOf(path)))
  return cacheKey(parts)
}
