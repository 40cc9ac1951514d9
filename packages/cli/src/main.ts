/** The process: arguments in, report and exit code out. Everything that is global (streams, environment, clock) is taken here. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { engineVersion as version, PolicyErrors, renderPolicyError } from '@sekisho/core'
import { Mistake } from '@sekisho/files'
import { parseArguments, type Output, type ScanOptions } from './arguments.js'
import { usesColor } from './color.js'
import { emit } from './emit.js'
import { exitCodeOf, exitCodes, isRefused } from './exit-code.js'
import { chooseLocale, type Locale } from './locale.js'
import { messages } from './messages.js'
import { createProgress } from './progress.js'
import type { ReportContext } from './reporters/reporter.js'
import { safeLines, visible } from './sanitize.js'
import { scan, type Scanned, type Surroundings } from './scan.js'
import { createTexts } from './texts.js'

const { argv, env, stdin, stdout, stderr } = process
const TOKYO = 9 * 60 * 60 * 1000
const DEFAULT_WIDTH = 100

/** A large repository is read within a gigabyte: the heap grows by less at a time, which costs no time that was measured. */
setFlagsFromString('--heap-growing-percent=40')

async function main(): Promise<number> {
  const given = argv.slice(2)
  const spoken = chooseLocale(localeFlag(given), null, env)
  const parsed = parseArguments(given, version, spoken)
  if (parsed.kind === 'exit') {
    stdout.write(parsed.stdout)
    stderr.write(safeLines(parsed.stderr.split('\n').map(visible).join('\n')))
    return parsed.code
  }
  const progress = createProgress(stderr)
  const surroundings: Surroundings = {
    cwd: process.cwd(),
    environment: env,
    today: new Date(Date.now() + TOKYO).toISOString().slice(0, 10),
    version,
    build: buildOf(fileURLToPath(import.meta.url)),
    progress,
    ask: stdin.isTTY && stdout.isTTY ? askPerson : null,
  }
  try {
    if (parsed.kind === 'run') {
      const outcome = await parsed.run(surroundings, spoken)
      progress.end()
      stdout.write(safeLines(outcome.stdout))
      stderr.write(safeLines(outcome.stderr ?? ''))
      return outcome.code
    }
    const { options } = parsed
    const scanned = await scan(options, surroundings)
    const code = writeReports(scanned, options)
    const times = progress.end()
    if (options.verbose) {
      for (const { name, milliseconds } of times)
        stderr.write(`${name.padEnd(10)} ${milliseconds.toFixed(0).padStart(6)} ms\n`)
    }
    return code
  } catch (error) {
    progress.end()
    if (error instanceof PolicyErrors)
      return complain(error.errors.map((one) => renderPolicyError(one, spoken)).join('\n\n'))
    if (error instanceof Mistake) return complain(`${messages.error[spoken]}: ${error.localized[spoken]}`)
    throw error
  }
}

function writeReports({ report, policy, warnings, root, tree }: Scanned, options: ScanOptions): number {
  const locale = chooseLocale(options.locale, policy.locale, env)
  for (const warning of warnings) tell(`${messages.warning[locale]}: ${renderPolicyError(warning, locale)}`)
  const texts = createTexts(tree, posix.normalize(root.directory), options.maxFileSize)
  const contextOf = (output: Output): ReportContext => ({
    locale,
    color: usesColor(options.color, output.path === null ? env : {}, output.path === null && stdout.isTTY),
    width: (output.path === null && stdout.columns) || DEFAULT_WIDTH,
    notes: options.notes,
    verbose: options.verbose,
    isIncomplete: report.gaps.some((gap) => isRefused(gap, policy.gate.gaps)),
    ...texts,
  })
  emit(report, options.outputs, contextOf, { cwd: process.cwd(), stdout, environment: env })
  return exitCodeOf(report)
}

async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** The user's mistake, on standard error. */
function complain(text: string): number {
  tell(text)
  return exitCodes.mistake
}

function tell(text: string): void {
  stderr.write(`${safeLines(text.split('\n').map(visible).join('\n'))}\n`)
}

/** `--locale ja` decides the language of help and argument errors, too. */
function localeFlag(given: readonly string[]): Locale | null {
  const at = given.findIndex((argument) => argument === '--locale' || argument.startsWith('--locale='))
  const value = at < 0 ? null : given[at] === '--locale' ? given[at + 1] : given[at]!.slice('--locale='.length)
  return value === 'en' || value === 'ja' ? value : null
}

function buildOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

// Whoever reads the report may stop early: `sekisho scan | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.exitCode = await main()
} catch (error) {
  // Never 1: what failed was not a check.
  process.exitCode = exitCodes.incomplete
  const spoken = chooseLocale(localeFlag(argv.slice(2)), null, env)
  stderr.write(`${messages.bug[spoken]}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
