/**
 * Runs specs: Markdown documents whose blocks are programs and whose comments are assertions, the examples of provider files,
 * and whole folders, all through the engine that users run, and all compared the same way.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type Assertion, assertionsOf, parseAssertion } from './assertion.js'
import { compare, describeProblem, meets, type Options } from './compare.js'
import type { Finding } from './contract.js'
import { casesOf, type SpecCase } from './document.js'
import { lintProblems } from './lint.js'
import { analyseFiles, pendingLanguage, type ProgramFile } from './program.js'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The day on which specs play, so that dates in them stay what they are. */
const TODAY = '2026-11-25'

export interface Spec {
  /** Relative to the repository, with '/'. */
  path: string
  cases: SpecCase[]
}

/** Every Markdown document that is a spec. */
export function findSpecs(): Spec[] {
  return ['packages/core/src', 'docs/rules', 'test/specs']
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, cases: casesOf(readFileSync(join(root, path), 'utf8')) }))
    .filter((spec) => spec.cases.length > 0)
}

/** Files of a folder of the repository, sorted; none where there is no such folder. */
function filesBelow(folder: string): string[] {
  let entries: string[]
  try {
    entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
  return entries.map((entry) => `${folder}/${entry.split(sep).join('/')}`).sort()
}

/** A language of the case that is not read yet, or null. */
export function pendingIn(spec: SpecCase): string | null {
  return spec.files.map((file) => pendingLanguage(file.path)).find((language) => language !== null) ?? null
}

/** What is wrong with a case, in words; empty when it holds. */
export function checkCase(spec: SpecCase, document: string): string {
  const places = new Map(spec.files.map((file) => [file.path, `${document}:${file.line}`]))
  return checkFiles(spec.files, places, { anyNotes: spec.anyNotes, today: spec.today })
}

/** What is wrong with files that assert their own findings, taken as one program. */
export function checkFiles(
  files: readonly ProgramFile[],
  places: ReadonlyMap<string, string>,
  options: Options & { today?: string | null } = {},
): string {
  const asserted = files.map((file) => ({ ...file, ...assertionsOf(file.text), written: file.text.split('\n') }))
  const { findings, gaps } = analyseFiles(asserted, options.today ?? TODAY)
  const words: string[] = []
  for (const { path, written, assertions, mistakes } of asserted) {
    const place = places.get(path) ?? path
    for (const { line, message } of mistakes) words.push(`${place} ${path} line ${line}: ${message}`)
    for (const problem of compare(path, assertions, findings, options))
      words.push(describeProblem(problem, `${place} ${path}`, written[problem.line - 1] ?? ''))
  }
  const known = new Set(files.map((file) => file.path))
  for (const finding of findings)
    if (!known.has(finding.file)) words.push(`a finding in an unknown file, ${finding.file}`)
  words.push(...lintProblems(asserted, findings, options.today ?? TODAY))
  for (const gap of gaps) if (gap.kind === 'parse') words.push(`${gap.file}:${gap.line}: not read: ${gap.reason.en}`)
  return words.join('\n')
}

/** A folder as one program: every file below it that is text. */
export function filesOfFolder(folder: string): ProgramFile[] {
  return filesBelow(folder)
    .filter((path) => /\.([cm]?[jt]sx?|vue|svelte|astro|ya?ml|json)$|(^|\/)\.env[^/]*$/.test(path))
    .filter((path) => !path.includes('/node_modules/'))
    .map((path) => ({
      path: relative(folder, path).split(sep).join('/'),
      text: readFileSync(join(root, path), 'utf8'),
    }))
}

export interface Example {
  language: string
  code: string
  expect: string
}

export interface ExampleFile {
  path: string
  examples: Example[]
}

/** Examples that provider files carry. */
export function findExamples(): ExampleFile[] {
  return filesBelow('packages/core/data/providers')
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => {
      const { examples = [] } = parse(readFileSync(join(root, path), 'utf8')) as { examples?: Example[] }
      return { path, examples }
    })
}

export function exampleFiles(example: Example): ProgramFile[] {
  const [spec] = casesOf(`# example\n~~~~~~${example.language}\n${example.code}\n~~~~~~\n`)
  return spec ? spec.files : []
}

/** What is wrong with an example, in words. It expects nothing, or exactly one finding and no other warning or error. */
export function checkExample(example: Example): string {
  const files = exampleFiles(example)
  if (files.length === 0) return `"${example.language}" is no language of an example`
  const { findings } = analyseFiles(files, TODAY)
  return checkExpectation(example.expect, findings)
}

export function checkExpectation(expectation: string, findings: readonly Finding[]): string {
  const standing = findings.filter((finding) => finding.suppressed === null)
  const loud = standing.filter((finding) => finding.severity !== 'note')
  if (expectation.trim() === 'clean') return loud.map((finding) => unexpected(finding)).join('\n')
  const assertion = parseAssertion(expectation, 1)
  if (typeof assertion === 'string') return assertion
  // A note is looked for among the notes only when it is asked for.
  const candidates = assertion.severity === 'note' ? standing : loud
  const hit = candidates.find((finding) => meets(finding, assertion))
  const others = loud.filter((finding) => finding !== hit).map((finding) => unexpected(finding))
  return [...(hit ? [] : [missing(assertion, standing)]), ...others].join('\n')
}

function missing(assertion: Assertion, got: readonly Finding[]): string {
  const problem = { file: '', line: 0, expected: assertion, got: [...got] }
  return describeProblem(problem, 'example', '')
}

function unexpected(finding: Finding): string {
  return describeProblem({ file: '', line: finding.line, expected: null, got: [finding] }, 'example', '')
}
