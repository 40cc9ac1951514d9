/**
 * Files in memory → the engine, as the CLI takes them from disk: code is parsed and lowered, config is read, `sekisho.yaml` is
 * the policy, the rest are manifests.
 */
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { type Analysis, analyse, type ProgramInput } from '../../packages/core/src/analyse.js'
import { catalogue } from '../../packages/core/src/catalog/load.js'
import { formatOf, formatOfScript } from '../../packages/core/src/config/registry.js'
import {
  interpreterIn,
  isManifest,
  isNamedAsScript,
  languageIn,
  languageOf,
  languages,
} from '../../packages/core/src/languages/registry.js'
import { schemaFormatOf } from '../../packages/core/src/schemas/registry.js'
import type { SchemaFile } from '../../packages/core/src/schemas/schema.js'
import { parsePolicy } from '../../packages/core/src/policy/parse.js'
import type { Policy } from '../../packages/core/src/policy/policy.js'
import { loadGrammar, type ParseTree } from '../../packages/cli/src/grammars.js'

export interface ProgramFile {
  path: string
  text: string
}

const POLICY = 'sekisho.yaml'

interface Parsed {
  program: { body: unknown[] }
  comments: unknown[]
  errors: { message: string }[]
}

// The parser is the CLI's dependency.
const { parseSync } = createRequire(new URL('../../packages/cli/package.json', import.meta.url))('oxc-parser') as {
  parseSync(path: string, text: string, options: object): Parsed
}

const trees = new Map<string, ParseTree>()
for (const { grammar } of languages)
  if (grammar !== 'estree' && grammar !== 'none') trees.set(grammar, await loadGrammar(grammar))

/** The extension of a file that no language or format reads yet; null where one does, or where none is needed. */
export function pendingLanguage(path: string): string | null {
  if (
    path === POLICY ||
    path.endsWith('.json') ||
    isManifest(path) ||
    isNamedAsScript(path) ||
    languageOf(path) ||
    formatOf(path) ||
    schemaFormatOf(path)
  )
    return null
  return path.slice(path.lastIndexOf('.') + 1)
}

export function analyseFiles(files: readonly ProgramFile[], today: string): Analysis {
  const modules: ProgramInput['modules'][number][] = []
  const config: ProgramInput['config'][number][] = []
  const manifests: ProgramFile[] = []
  const schemas: SchemaFile[] = []
  const gaps: ProgramInput['gaps'][number][] = []
  for (const { path, text } of files) {
    const format = formatOf(path) ?? formatOfScript(interpreterIn(text) ?? '')
    if (path === POLICY) continue
    const schema = schemaFormatOf(path)
    if (schema) schemas.push(schema.read(path, text))
    if (languageIn(path, text)) lower({ path, text }, modules, gaps)
    if (!languageOf(path) && format) config.push({ file: format.read(path, text), text })
    if (isManifest(path)) manifests.push({ path, text })
  }
  const policy = policyOf(files.find((file) => file.path === POLICY)?.text ?? 'version: 1\n', files)
  return analyse({ catalogue, policy, modules, config, manifests, schemas, gaps, today, whole: true })
}

function lower(
  file: ProgramFile,
  modules: ProgramInput['modules'][number][],
  gaps: ProgramInput['gaps'][number][],
): void {
  const { path, text } = file
  const language = languageIn(path, text)!
  const prepared = language.prepare(path, text)
  const result =
    language.grammar === 'none'
      ? { tree: null }
      : language.grammar === 'estree'
        ? parseScript(path, prepared)
        : trees.get(language.grammar)!(prepared.text)
  if ('why' in result) {
    const reason = { en: result.why, ja: result.why }
    gaps.push({ file: path, span: null, reason, kind: 'parse', relevant: true, text })
  } else {
    modules.push({ module: language.lower({ path, text, tree: result.tree }), text })
  }
}

function parseScript(
  path: string,
  prepared: { text: string; dialect: string; simpler?: () => string },
): { tree: unknown } | { why: string } {
  const { program, comments, errors } = parseSync(path, prepared.text, {
    lang: prepared.dialect,
    astType: 'ts',
    range: true,
    preserveParens: false,
  })
  if (errors.length > 0 && program.body.length === 0 && prepared.simpler)
    return parseScript(path, { text: prepared.simpler(), dialect: prepared.dialect })
  return errors.length > 0 && program.body.length === 0 ? { why: errors[0]!.message } : { tree: { program, comments } }
}

export function policyOf(text: string, files: readonly ProgramFile[]): Policy {
  const { presets, dataClasses, providers } = catalogue.data
  return parsePolicy({
    file: POLICY,
    text,
    read: (path) => files.find((file) => file.path === path)?.text ?? null,
    presets,
    dataClasses,
    providers: providers.map((provider) => provider.id),
    digest: (each) => createHash('sha256').update(each).digest('hex'),
  }).policy
}
