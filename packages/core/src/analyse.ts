/**
 * The one way through: lowered modules, config files and a policy in; findings, flows, endpoints and gaps out. Pure and
 * synchronous: callers read files, parse code and give the date.
 */
import type { Catalogue } from './catalog/load.js'
import type { ConfigFile, Setting } from './config/setting.js'
import { zones, type EndpointRecord, type Finding, type FlowRecord, type GapRecord } from './finding.js'
import type { Gap } from './gap.js'
import type { Module } from './ir/ir.js'
import { lazily } from './once.js'
import { linkProgram, type Program } from './link/program.js'
import { findReach, type Reach, type ServiceNames } from './link/reach.js'
import { LineIndex } from './location.js'
import { checkDates } from './policy/dates.js'
import type { Policy } from './policy/policy.js'
import { severityOf } from './policy/severity.js'
import { languageById } from './languages/registry.js'
import { applyDirectives, isDirective, readDirectives, type Commented, type Directive } from './rules/directives.js'
import { readEslintComments, type EslintComment } from './rules/eslint-comments.js'
import { withAccounts } from './rules/accounts.js'
import { withDeployed } from './rules/deployed.js'
import { createResolver } from './rules/endpoint.js'
import { endpointsMet, inventory, placed, reportEndpoints } from './rules/endpoints.js'
import { FindingMaker } from './rules/findings.js'
import { flowsOf, type Flow, type FlowContext } from './rules/flows.js'
import { reportLiterals } from './rules/literals.js'
import type { Mark } from './rules/mark.js'
import { prepare } from './rules/prepared.js'
import { readersOf, reportSettings, withoutDoubles } from './rules/settings.js'
import { createWordRule } from './rules/setting-words.js'
import { isTestPath } from './rules/test-paths.js'
import { createWiring } from './rules/wiring.js'
import * as words from './rules/words.js'
import type { SchemaFile } from './schemas/schema.js'
import { Effort, Exhausted } from './solve/effort.js'
import { Machine } from './solve/machine.js'

export interface SourceFile {
  /** Relative to the policy's root, with '/'. */
  path: string
  text: string
}

export interface ProgramInput {
  catalogue: Catalogue
  policy: Policy
  /** Modules with the texts they were lowered from. */
  modules: readonly { module: Module; text: string }[]
  /** Config files with their texts. `gitIgnored`: read for resolution, no findings of its own. */
  config: readonly { file: ConfigFile; text: string; gitIgnored?: boolean }[]
  /** Files of the linking conventions, by path: package.json, tsconfig.json (later issues use more). */
  manifests: readonly SourceFile[]
  /** Schema files: models and tables whose fields say what records hold. */
  schemas?: readonly SchemaFile[]
  /** Gaps met before (unreadable files, parse failures); `relevant` as the prefilter says. */
  gaps: readonly (Gap & { relevant: boolean; text?: string })[]
  /** Today in Asia/Tokyo, YYYY-MM-DD; null: dates are not judged. */
  today: string | null
  /** Whether the whole program was given (unused exceptions are reported only then). */
  whole: boolean
  /**
   * One file that is looked at: only its code is entered from outside, the other modules are there for what it imports; literals
   * and settings are reported in it alone. Flows are reported wherever they end.
   */
  focus?: string
  /** Statements that may be solved; over it nothing is known of flows, and the analysis says so. */
  effort?: number
}

export interface Analysis {
  findings: Finding[]
  flows: FlowRecord[]
  endpoints: EndpointRecord[]
  gaps: GapRecord[]
}

/** With what carriers that show findings in the code need besides. */
export interface MarkedAnalysis extends Analysis {
  marks: ReadonlyMap<Finding, Mark>
  exhausted: boolean
}

export function analyse(input: ProgramInput): MarkedAnalysis {
  const { catalogue, policy, today, focus } = input
  const { service, knowledge, resources, environment: settings } = prepare(catalogue, policy, input.config)
  const program = linkProgram(input.modules, input.manifests, input.schemas, knowledge)
  const environment = withDeployed(settings, program)
  const machine = new Machine(program, knowledge, reachOf(program, service, focus), new Effort(input.effort))
  const exhausted = !ran(machine)
  const wiring = createWiring(
    catalogue.data.config,
    input.config.map(({ file }) => file),
    input.manifests,
    environment,
    (id) => catalogue.providerById(id)?.kind === 'framework',
  )
  const resolver = withAccounts(createResolver(machine, catalogue, policy, environment, wiring), resources, environment)
  const rows = new Map(catalogue.data.dataClasses.map((one) => [one.id, one.row]))
  for (const own of policy.data.classes) rows.set(own.id, own.row)
  const context: FlowContext = { machine, catalogue, policy, resolver, rows, today }
  const maker = new FindingMaker(context)
  const hits = exhausted ? [] : machine.sinkHits()
  const flows = flowsOf(context, hits).sort(byPlace)
  const records = flows
    .map((flow) => maker.record(flow, maker.flow(flow)))
    .filter((record) => record.dataClasses.length > 0)
  reportClientSide(maker, flows)
  const met = endpointsMet(maker, flows)
  reportEndpoints(maker, flows, met)
  const models = flows.flatMap(({ hit }) => hit.routes.flatMap((route) => route.models.map((text) => text.at)))
  const literals = [...met.flatMap(({ endpoint }) => endpoint.literals), ...models]
  const taken = new Set(literals.flatMap((at) => (at === null ? [] : [`${at.module}:${at.start}`])))
  const isShown = (path: string) => focus === undefined || focus === path
  for (const unit of program.units) if (isShown(unit.module.path)) reportLiterals(maker, unit, resolver, taken)
  // Config that is a program is judged as one; beside its flows, only what the catalogue's schemas name is told.
  const programs = new Set(input.modules.map(({ module }) => module.path))
  const settingsContext = lazily(() => ({
    ...{ maker, resolver, environment, schemas: catalogue.data.config, words: createWordRule(catalogue) },
    ...{
      files: input.config.map(({ file }) => file),
      names: resources.names,
      resources: resources.endpoints(resolver, environment),
    },
    placeOf: placesOf(input.config),
    readers: focus === undefined ? readersOf(machine, hits, met) : null,
  }))
  const placedAt = placed(maker, met)
  const replaced = new Set(
    input.modules
      .filter(({ module }) => languageById(module.language)?.isConfig !== true)
      .map(({ module }) => module.path),
  )
  const asConfig = new Set(input.config.map(({ file }) => file.path).filter((path) => programs.has(path)))
  for (const config of input.config)
    if (config.gitIgnored !== true && isShown(config.file.path))
      placedAt.push(...reportSettings(settingsContext(), config, replaced.has(config.file.path)))
  maker.findings.splice(0, maker.findings.length, ...withoutDoubles(maker.findings, (path) => asConfig.has(path)))
  reportDirectives(maker, input.config, isShown, focus === undefined)
  reportPolicy(maker, input)
  maker.findings.sort(byFinding)
  return {
    findings: maker.findings,
    flows: records,
    endpoints: inventory(placedAt).sort(byZone),
    gaps: focus === undefined ? gapsOf(input, machine, service) : [],
    marks: maker.marks,
    exhausted,
  }
}

/** Where settings of any file stand. */
function placesOf(config: ProgramInput['config']): (setting: Setting) => { line: number; column: number } {
  const texts = new Map(config.map(({ file, text }) => [file.path, text]))
  const lines = new Map<string, LineIndex>()
  return ({ file, valueSpan }) => {
    let index = lines.get(file)
    if (index === undefined) lines.set(file, (index = new LineIndex(texts.get(file) ?? '')))
    return index.position(valueSpan.start)
  }
}

/** Whether a file's own code can come to an AI service in a program: what is asked before it is solved. */
export function canReach({ catalogue, policy, config, modules, manifests, focus }: ProgramInput): boolean {
  const { service, knowledge } = prepare(catalogue, policy, config)
  const program = linkProgram(modules, manifests, [], knowledge)
  const { modules: found } = findReach(program, service)
  return program.units.some(({ index, module }) => module.path === focus && found.has(index))
}

function ran(machine: Machine): boolean {
  try {
    machine.run()
    return true
  } catch (error) {
    if (error instanceof Exhausted) return false
    throw error
  }
}

/** Tests drive the whole program with made-up data: they are entered last, in all but small programs not at all. */
function reachOf(program: Program, service: ServiceNames, focus: string | undefined): Reach {
  const reach = findReach(program, service)
  if (focus !== undefined) {
    const index = program.units.findIndex(({ module }) => module.path === focus)
    const isFocus = (unit: { index: number }) => unit.index === index && reach.modules.has(index)
    return {
      modules: new Set(reach.modules.has(index) ? [index] : []),
      holds: (unit, node) => isFocus(unit) && reach.holds(unit, node),
      enters: (unit, node) => isFocus(unit) && reach.enters(unit, node),
    }
  }
  const late = new Set([...reach.modules].filter((module) => isTestPath(program.units[module]!.module.path)))
  if (program.units.length <= fewModules) return { ...reach, late }
  const modules = new Set([...reach.modules].filter((module) => !late.has(module)))
  return { ...reach, modules, holds: (unit, node) => modules.has(unit.index) && reach.holds(unit, node) }
}

const fewModules = 60

function byPlace(a: Flow, b: Flow): number {
  return (
    a.hit.place.module - b.hit.place.module ||
    a.hit.place.span.start - b.hit.place.span.start ||
    a.endpoint.zone.localeCompare(b.endpoint.zone)
  )
}

function byFinding(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

function byZone(a: EndpointRecord, b: EndpointRecord): number {
  return zones.indexOf(b.zone) - zones.indexOf(a.zone) || ((a.endpoint.host ?? '') < (b.endpoint.host ?? '') ? -1 : 1)
}

function reportClientSide(maker: FindingMaker, flows: readonly Flow[]): void {
  const seen = new Set<string>()
  for (const { hit, endpoint } of flows) {
    const { module } = maker.context.machine.unit(hit.place.module)
    if (!module.client || endpoint.zone === 'edge' || seen.has(hit.key)) continue
    seen.add(hit.key)
    maker.endpoint(
      'client-side-ai-call',
      'warn',
      hit.place,
      endpoint,
      words.clientSideMessage(hit.name),
      words.clientSideRemedy,
    )
  }
}

/** Which directives cover nothing is known only where all is seen. */
function reportDirectives(
  maker: FindingMaker,
  config: ProgramInput['config'],
  isShown: (path: string) => boolean,
  unused: boolean,
): void {
  const { units } = maker.context.machine.program
  const files: Commented[] = [
    ...units.map(({ module, lines }) => ({ path: module.path, comments: module.comments, lines })),
    ...config
      .filter(({ file, gitIgnored }) => gitIgnored !== true && file.comments?.some(({ text }) => isDirective(text)))
      .map(({ file, text }) => ({ path: file.path, comments: file.comments ?? [], lines: new LineIndex(text) })),
  ]
  const linesOf = new Map(files.map(({ path, lines }) => [path, lines]))
  const severity = severityOf(maker.context.policy, 'malformed-directive')
  const all: Directive[] = []
  const report = (file: string, span: Directive['span'], text: { en: string; ja: string }) => {
    maker.add(
      'malformed-directive',
      severity,
      file,
      linesOf.get(file)!.region(span),
      { en: `This directive ${text.en}.`, ja: `このディレクティブ: ${text.ja}。` },
      words.directiveRemedy,
      {},
      [text.en],
    )
  }
  for (const file of files) {
    const { directives, malformed } = readDirectives(file)
    all.push(...directives)
    if (isShown(file.path)) for (const { span, problem } of malformed) report(file.path, span, problem)
  }
  for (const unit of units) {
    if (!isShown(unit.module.path)) continue
    for (const comment of readEslintComments(unit))
      if (comment.lines === null || hidesSomething(maker.findings, comment))
        report(comment.file, comment.span, comment.lines === null ? words.forEslint : words.forAllOfEslint)
  }
  applyDirectives(maker.findings, all)
  for (const { file, span, rule, used, vain } of all) {
    if (vain) report(file, span, { en: `cannot cover an error of ${rule}`, ja: `${rule} の error は抑制できません` })
    else if (!used && unused)
      report(file, span, { en: `covers no finding of ${rule}`, ja: `${rule} の検出に一致しません` })
  }
}

/** Notes are not shown by ESLint unless one asks. */
function hidesSomething(findings: readonly Finding[], { file, lines }: EslintComment): boolean {
  return findings.some(
    (one) =>
      one.file === file &&
      one.severity !== 'note' &&
      one.line >= lines!.from &&
      one.line <= lines!.to &&
      one.rule !== 'malformed-directive' &&
      one.suppressed === null,
  )
}

function reportPolicy(maker: FindingMaker, input: ProgramInput): void {
  const { policy, today, whole } = input
  for (const notice of today === null ? [] : checkDates(policy, today))
    maker.add(notice.rule, notice.severity, notice.origin.file, notice.origin, notice.message, notice.remedy, {}, [
      notice.id,
    ])
  if (!whole) return
  for (const exception of policy.exceptions) {
    if (maker.usedExceptions.has(exception.id) || (today !== null && exception.expiry < today)) continue
    const { id, origin } = exception
    maker.add(
      'unused-exception',
      severityOf(policy, 'unused-exception'),
      origin.file,
      origin,
      maker.vainExceptions.has(id)
        ? {
            en: `Exception ${id} names a finding that the policy lets no exception lift: it allows nothing.`,
            ja: `例外 ${id} の対象は、ポリシーが例外を認めない検出です。効力がありません。`,
          }
        : { en: `Exception ${id} matches no finding.`, ja: `例外 ${id} に一致する検出がありません。` },
      { en: 'Remove it, or correct what it names.', ja: '削除するか、指定内容を修正してください。' },
      {},
      [id],
    )
  }
}

function gapsOf(input: ProgramInput, machine: Machine, { named, variables }: ServiceNames): GapRecord[] {
  const matters = (text: string) => named.test(text) || variables.test(text)
  const given = input.gaps.map((gap) => gapRecord(gap, gap.relevant, gap.text ?? ''))
  const texts = new Map(input.modules.map(({ module, text }) => [module.path, text]))
  const lowered = input.modules.flatMap(({ module, text }) => module.gaps.map((gap) => gapRecord(gap, true, text)))
  const read = input.config.flatMap(({ file, text }) =>
    file.gaps.map((gap) => gapRecord(gap, file.example !== true && matters(text), text)),
  )
  const cut = machine.gaps.map((gap) => gapRecord(gap, true, texts.get(gap.file) ?? ''))
  const seen = new Set<string>()
  return [...given, ...lowered, ...read, ...cut].filter(({ file, line, kind, reason }) => {
    const key = `${file}:${line} ${kind} ${reason.en}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function gapRecord(gap: Gap, relevant: boolean, text: string): GapRecord {
  const position = gap.span === null ? null : new LineIndex(text).position(gap.span.start)
  return {
    file: gap.file,
    line: position?.line ?? null,
    column: position?.column ?? null,
    kind: gap.kind,
    reason: gap.reason,
    relevant,
  }
}
