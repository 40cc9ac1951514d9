/**
 * The same files a second time, as ESLint has them: each is linted by itself, over a project in memory, so that the two carriers can't
 * diverge. What the engine found in the whole program must be said in one of the files that its trace passes, and nothing else.
 */
import { createRequire } from 'node:module'
import { posix } from 'node:path'
import { Linter, type ESLint } from 'eslint'
import { catalogue } from '../../packages/core/src/catalog/load.js'
import { formatOf } from '../../packages/core/src/config/registry.js'
import type { Finding } from '../../packages/core/src/finding.js'
import { languageIn, languageOf } from '../../packages/core/src/languages/registry.js'
import type { Host } from '../../packages/eslint-plugin/src/host.js'
import { createPlugin } from '../../packages/eslint-plugin/src/plugin.js'
import type { Content } from '../../packages/files/src/file-system.js'
import { policyOf, type ProgramFile } from './program.js'

const ROOT = '/project'
const tokens = catalogue.tokens()
const require = createRequire(import.meta.url)
const typescript = (require('typescript-eslint') as { parser: Linter.Parser }).parser
const vue = require('vue-eslint-parser') as Linter.Parser
/** Stands for the parsers of Svelte and Astro: the plugin reads these files' scripts itself. */
const component: Linter.Parser = {
  parse: () => {
    const place = { line: 1, column: 0 }
    return {
      type: 'Program',
      body: [],
      tokens: [],
      comments: [],
      range: [0, 0],
      loc: { start: place, end: place },
    } as never
  },
}

interface Said {
  file: string
  carrier: string
  line: number
  message: string
}

/** What ESLint and the engine disagree about, in words. */
export function lintProblems(files: readonly ProgramFile[], findings: readonly Finding[], today: string): string[] {
  const standing = findings.filter(
    ({ suppressed, rule, file }) =>
      suppressed === null && rule !== 'unused-exception' && isLinted(file) && !isWorkflow(file, files),
  )
  const said = lint(files, today)
  const missing = standing.filter(
    (finding) =>
      !said.some((one) => isOf(one, finding)) &&
      !isOfTheWhole(finding) &&
      !isBesides(finding, files) &&
      !isDeployed(finding) &&
      !isUntied(finding, files),
  )
  const flows = standing.filter(({ dataClasses, rule }) => dataClasses.length > 0 || rule === 'region-escape')
  const deployed = new Set(standing.filter(isDeployed).map(({ file, line }) => `${file}:${line}`))
  const extra = said.filter(
    (one) =>
      !standing.some((finding) => isOf(one, finding)) &&
      !isNamedElsewhere(one, flows) &&
      !deployed.has(`${one.file}:${one.line}`) &&
      !(deployed.size > 0 && one.message.endsWith('(unresolved-endpoint)')),
  )
  return [
    ...missing.map(({ file, line, rule, severity }) => `${file}:${line}: ESLint does not say ${rule} (${severity})`),
    ...extra.map(({ file, line, carrier, message }) => `${file}:${line}: only ESLint says ${carrier}: ${message}`),
  ]
}

/** Which directives cover nothing is known only where all is seen. */
function isOfTheWhole({ rule, message }: Finding): boolean {
  return rule === 'malformed-directive' && message.en.includes('covers no finding')
}

/** Data that came over a channel: no import ties who speaks to who listens, and ESLint follows imports only. */
function isUntied({ trace }: Finding, files: readonly ProgramFile[]): boolean {
  const passed = [...new Set(trace.map(({ file }) => file))]
  return passed.length > 1 && !passed.some((file) => passed.every((other) => importedFrom(file, files).has(other)))
}

function importedFrom(start: string, files: readonly ProgramFile[]): ReadonlySet<string> {
  const reached = new Set([start])
  for (const path of reached) {
    const text = files.find((file) => file.path === path)?.text ?? ''
    for (const [, specifier] of text.matchAll(/['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const base = posix.join(posix.dirname(path), specifier!)
      for (const file of files)
        if (file.path === base || file.path.replace(/\.\w+$/, '') === base) reached.add(file.path)
    }
  }
  return reached
}

/** Files that name no AI service: neither the CLI nor the linter looks at them, the spec runner does. */
function isBesides({ rule }: Finding, files: readonly ProgramFile[]): boolean {
  const needsNone = rule === 'personal-data-literal' || rule === 'malformed-directive'
  return needsNone && !files.some(({ text }) => tokens.some((token) => text.includes(token)))
}

/** A variable that deployment code gives: no import leads there, so only the scanner sees it. */
function isDeployed({ endpoint }: Finding): boolean {
  return endpoint?.resolvedFrom.some((from) => /\([^()\s]+\.(?:[cm]?[jt]sx?|py):\d+\)/.test(from)) === true
}

/** What is said of an endpoint by itself is left out where the code that uses it names it, which may be seen from another file only. */
function isNamedElsewhere({ file, message }: Said, flows: readonly Finding[]): boolean {
  const [, model] = /\(([\w.:-]+)\): outside Japan/.exec(message) ?? []
  if (languageOf(file) === null && model !== undefined) return flows.some(({ message: { en } }) => en.includes(model))
  const named = flows.some(
    (flow) =>
      (flow.file !== file || flow.trace.some((step) => step.file !== file)) &&
      message.includes(String(flow.endpoint?.host)),
  )
  return named && message.endsWith('(foreign-endpoint)')
}

function isOf({ file, carrier, line, message }: Said, finding: Finding): boolean {
  if (carrier !== (finding.severity === 'error' ? finding.rule : 'review')) return false
  if (finding.file !== file) return says(message, finding) && finding.trace.some((step) => step.file === file)
  // A setting's message names the code that reads it, which only the whole program shows.
  return languageOf(file) === null ? finding.line === line : says(message, finding)
}

function isLinted(path: string): boolean {
  const language = languageOf(path)
  return language !== null ? language.grammar === 'estree' : formatOf(path) !== undefined || path === 'sekisho.yaml'
}

/** What only its text tells to be a program is left to the scanner. */
function isWorkflow(path: string, files: readonly ProgramFile[]): boolean {
  return languageOf(path) === null && files.some((file) => file.path === path && languageIn(path, file.text) !== null)
}

function says(message: string, { message: { en, ja } }: Finding): boolean {
  return message.startsWith(en) || message.startsWith(ja)
}

function lint(files: readonly ProgramFile[], today: string): Said[] {
  const plugin = createPlugin(memory(files, today))
  const { strict } = plugin.configs
  const shared = { plugins: { sekisho: plugin as ESLint.Plugin }, rules: strict.rules! }
  const inner = { parser: typescript, ecmaFeatures: { jsx: true }, extraFileExtensions: ['.vue'] }
  const config = [
    {
      files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,astro}'],
      ...shared,
      languageOptions: { parser: typescript, parserOptions: { ecmaFeatures: { jsx: true } } },
    },
    // Directives of ESLint are the linter's own: the scanner does not obey them.
    { linterOptions: { noInlineConfig: true } },
    { files: ['**/*.vue'], languageOptions: { parser: vue, parserOptions: inner } },
    { files: ['**/*.svelte', '**/*.astro'], languageOptions: { parser: component, parserOptions: inner } },
    ...plugin.configs['config-files'].map((one) => ({ ...one, rules: strict.rules! })),
  ] as Linter.Config[]
  const linter = new Linter({ cwd: ROOT })
  return files
    .filter(({ path }) => isLinted(path))
    .flatMap(({ path, text }) =>
      linter
        .verify(text, config, `${ROOT}/${path}`)
        .filter(({ ruleId, fatal }) => ruleId !== null || fatal)
        .map(({ ruleId, line, message }) => {
          return { file: path, carrier: (ruleId ?? 'parse').replace('sekisho/', ''), line, message }
        }),
    )
}

function memory(files: readonly ProgramFile[], today: string): Host {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const read = (path: string): Content => {
    const text = texts.get(path)
    return text === undefined ? { kind: 'nothing' } : { kind: 'bytes', bytes: Buffer.from(text) }
  }
  const policy = texts.get('sekisho.yaml') ?? 'version: 1\n'
  return {
    rootOf: () => ({
      ...{ program: ROOT, directory: ROOT, gitRoot: ROOT, scope: null, named: [] },
      policyFile: texts.has('sekisho.yaml') ? `${ROOT}/sekisho.yaml` : null,
    }),
    real: (folder) => folder,
    files: () => ({ root: ROOT, read, peek: read, some: () => false, idOf: () => null, expect: () => undefined }),
    discover: () => ({ files: [...texts.keys()].sort(), gitIgnored: new Set() }),
    policy: () => ({ policy: policyOf(policy, files), warnings: [] }),
    nested: (own) => own,
    check: (_, __, text) => ({ policy: policyOf(text, files), warnings: [] }),
    stamp: (_, path) => (texts.has(path) ? '' : null),
    now: () => performance.now(),
    today: () => today,
  }
}
