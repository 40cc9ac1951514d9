/**
 * One linted file, judged: its program found, whether it can matter asked first, then the core's own analysis of it and what it
 * imports. The text that is judged is the linter's, not the disk's.
 */
import { basename, dirname, relative } from 'node:path'
import {
  analyse,
  canReach,
  catalogue,
  checkDates,
  formatOf,
  isTestPath,
  languageIn,
  matchesAny,
  PolicyErrors,
  type DateNotice,
  type Finding,
  type MarkedAnalysis,
  type PolicyError,
} from '@sekisho/core'
import { createPrefilter, isOutside, Mistake, POLICY_NAME, portable, type Root } from '@sekisho/files'
import { Bursts } from './bursts.js'
import { follow, type Followed } from './follow.js'
import { Graph, STEPS } from './graph.js'
import type { Host } from './host.js'
import { Modules, type Loaded } from './modules.js'
import { Parsers } from './parsers.js'
import { Project, type Shared } from './project.js'
import { scriptLanguage } from './script.js'
import { programOf } from './syntax-tree.js'

/** A file as the linter has it. */
export interface Linted {
  filename: string
  /** The file that a processor took this text from; else the same. */
  physicalFilename: string
  cwd: string
  /** Without byte order mark, as the positions in the tree are. */
  text: string
  ast: unknown
  languageOptions?: { parser?: unknown; parserOptions?: { parser?: unknown } | null } | undefined
}

export interface Verdict {
  /** Relative to the program's root, as findings have it. */
  path: string
  text: string
  locale: 'en' | 'ja'
  findings: readonly Finding[]
  marks: MarkedAnalysis['marks']
  /** Whether imports were left out that may matter. */
  cut: boolean
  /** Whether flows are not known, because solving them would take too long. */
  exhausted: boolean
  /** Why nothing was judged. */
  problem: PolicyErrors | Mistake | null
  /** What a linted policy says that does nothing or will not hold. */
  warnings: readonly PolicyError[]
  /** What the calendar says of a linted policy. */
  notices: readonly DateNotice[]
}

/** Statements that are solved for a file that names an AI service itself or imports one that does, and for one that is farther away. */
const EFFORT = 12_000
const FAR_EFFORT = 1000
/** Characters of code up to which helpers in other files are solved, too. */
const LARGEST = 100_000
const FAR_LARGEST = 25_000

interface Solving {
  linted: Linted
  path: string
  shared: Shared
  loaded: Loaded
  /** Whether the file names an AI service itself, or imports one that does; tests are never near. */
  isNear: boolean
}

interface Program {
  project: Project
  graph: Graph
  modules: Modules
}

export class Workspace {
  readonly #bursts: Bursts
  readonly #parsers = new Parsers()
  readonly #programs = new Map<string, Program>()
  #roots = new Map<string, Program | Mistake>()
  #rootsOf = -1

  constructor(readonly host: Host) {
    this.#bursts = new Bursts(() => host.now())
  }

  /** null: the file can't matter. */
  judge(given: Linted, policy: string | null): Verdict | null {
    const linted = placed(given)
    if (linted === null) return null
    const isCode = scriptLanguage(linted.filename) !== null
    const isPolicy = basename(linted.filename) === POLICY_NAME
    if (!isCode && !isPolicy && formatOf(portable(linted.filename)) === undefined) return null
    this.#parsers.learn(linted.languageOptions)
    const burst = this.#bursts.current()
    const program = this.#programOf(dirname(linted.filename), linted.cwd, policy, burst)
    try {
      if (program instanceof Mistake) return failed(linted, basename(linted.filename), program)
      return this.#judge(linted, program, burst)
    } finally {
      this.#bursts.done()
    }
  }

  /** One number for all that holds for files of a folder but their own text. */
  digest(folder: string): string {
    const burst = this.#bursts.current()
    const program = this.#programOf(folder, folder, null, burst)
    return program instanceof Mistake ? 'no-policy' : program.project.digest(burst)
  }

  #judge(linted: Linted, { project, graph, modules }: Program, burst: number): Verdict | null {
    const folder = this.host.real(dirname(linted.filename))
    const path = portable(relative(project.root.program, `${folder}/${basename(linted.filename)}`))
    if (isOutside(path)) return null
    if (basename(path) === POLICY_NAME) return this.#checked(linted, path, project.root)
    const { shared, problem } = project.open(burst)
    if (shared === null) return failed(linted, path, problem)
    if (matchesAny(shared.policy.exclude, path)) return null
    const format = formatOf(path)
    if (format !== undefined) {
      // A workflow is a program that is made of its text: left to the scanner.
      if (languageIn(path, linted.text) !== null) return null
      const file = format.read(path, linted.text)
      const others = shared.config.filter((one) => one.file.path !== path)
      const config = [...others, { file, text: linted.text, gitIgnored: false }]
      return this.#verdict(linted, path, shared, { modules: [], config }, false)
    }
    const language = scriptLanguage(path)
    if (language === null) return null
    const own = graph.at(shared, burst).read(path, Buffer.from(linted.text))
    if (!own.matches && !graph.anyLeads(own.runtime, STEPS - 1)) return null
    const tree = programOf(linted.ast, path, linted.text, (at, text, dialect) => this.#parsers.parse(at, text, dialect))
    if (tree === null) return null
    const loaded = { module: language.lower({ path, text: linted.text, tree }), text: linted.text }
    modules.linted(path, loaded)
    // What is found in tests is a note at most.
    const isNear = !isTestPath(path) && (own.matches || graph.anyLeads(own.runtime, 0))
    const load = (nearby: boolean) => follow({ path, own, nearby }, graph, modules, () => this.host.now())
    return this.#solve({ linted, path, shared, loaded, isNear }, load)
  }

  /** On the way alone first: most files that import AI code do not come to it. Then with all that is near, as far as effort goes. */
  #solve({ linted, path, shared, loaded, isNear }: Solving, load: (nearby: boolean) => Followed): Verdict {
    const { config } = shared
    const on = ({ modules }: Followed) => ({ modules: [loaded, ...modules], config })
    const judged = (program: ReturnType<typeof on>, cut: boolean, effort: number) =>
      this.#verdict(linted, path, shared, { ...program, effort }, cut)
    const way = load(false)
    const { policy, manifests } = shared
    const asked = { catalogue, policy, manifests, gaps: [], today: null, whole: false, focus: path, ...on(way) }
    if (!canReach(asked)) {
      const alone = judged({ modules: [loaded], config }, false, 0)
      // What was left out may be the way.
      return way.cut ? { ...alone, exhausted: true } : alone
    }
    const all = load(true)
    const isSmall =
      on(all).modules.reduce((size, { text }) => size + text.length, 0) <= (isNear ? LARGEST : FAR_LARGEST)
    return isSmall
      ? judged(on(all), all.cut || shared.cut, isNear ? EFFORT : FAR_EFFORT)
      : judged(on(way), true, isNear ? EFFORT : FAR_EFFORT)
  }

  /** A policy itself. */
  #checked(linted: Linted, path: string, root: Root): Verdict {
    try {
      const { policy, warnings } = this.host.check(root, path, linted.text)
      const notices = checkDates(policy, this.host.today()).filter(({ origin }) => origin.file === path)
      return { ...nothing(linted, path), locale: policy.locale ?? 'en', warnings, notices }
    } catch (error) {
      if (error instanceof PolicyErrors || error instanceof Mistake) return { ...nothing(linted, path), problem: error }
      throw error
    }
  }

  #verdict(
    linted: Linted,
    path: string,
    { policy, manifests, schemas }: Shared,
    program: Pick<Parameters<typeof analyse>[0], 'modules' | 'config' | 'effort'>,
    cut: boolean,
  ): Verdict {
    const { findings, marks, exhausted } = analyse({
      ...{ catalogue, policy, manifests, schemas, ...program },
      gaps: [],
      today: this.host.today(),
      whole: false,
      focus: path,
    })
    const standing = findings.filter((finding) => finding.suppressed === null)
    return { ...nothing(linted, path), locale: policy.locale ?? 'en', findings: standing, marks, cut, exhausted }
  }

  #programOf(folder: string, cwd: string, policy: string | null, burst: number): Program | Mistake {
    if (this.#rootsOf !== burst) this.#roots = new Map()
    this.#rootsOf = burst
    const key = [folder, cwd, policy].join('\0')
    let found = this.#roots.get(key)
    if (found === undefined) this.#roots.set(key, (found = this.#find(folder, cwd, policy)))
    return found
  }

  #find(folder: string, cwd: string, policy: string | null): Program | Mistake {
    try {
      const root = this.host.rootOf(folder, cwd, policy)
      const key = `${root.program}\0${root.policyFile}`
      let program = this.#programs.get(key)
      if (program === undefined) {
        const project = new Project(root, this.host)
        program = { project, graph: new Graph(project), modules: new Modules(project, this.#parsers) }
        this.#programs.set(key, program)
      }
      return program
    } catch (error) {
      if (error instanceof Mistake) return error
      throw error
    }
  }
}

/**
 * A block that a processor took out of a file stands beside it: `Page.astro/1.ts` as `Page.astro.1.ts`, so that its imports are found.
 * Blocks of documents are examples: the scanner reads none either.
 */
function placed(linted: Linted): Linted | null {
  const { filename, physicalFilename } = linted
  if (filename === physicalFilename || !filename.startsWith(physicalFilename)) return linted
  if (scriptLanguage(physicalFilename) === null) return null
  return { ...linted, filename: `${physicalFilename}.${basename(filename)}` }
}

function nothing({ text }: Linted, path: string): Verdict {
  const none = { findings: [], marks: new Map(), warnings: [], notices: [] }
  return { path, text, locale: 'en', cut: false, exhausted: false, problem: null, ...none }
}

/** Without a policy nothing is judged: files that could matter say so, and the others are left in peace. */
function failed(linted: Linted, path: string, problem: PolicyErrors | Mistake): Verdict | null {
  known ??= createPrefilter(catalogue.tokens())
  return known.matches(Buffer.from(linted.text)) ? { ...nothing(linted, path), problem } : null
}

let known: ReturnType<typeof createPrefilter> | null = null
