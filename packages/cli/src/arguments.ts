/** The command line: what the user may write, checked, as one value. Reads no file. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { exitCodes, type FailOn } from './exit-code.js'
import type { Run } from './commands/command.js'
import { commands } from './commands/registry.js'
import type { Locale } from './locale.js'
import { argumentMistake, helpText } from './help.js'
import { reporterIds } from './reporters/registry.js'

export interface Output {
  reporter: string
  /** null: standard output. */
  path: string | null
}

export interface ScanOptions {
  paths: string[]
  policy: string | null
  outputs: Output[]
  locale: Locale | null
  failOn: FailOn | null
  cache: boolean
  /** null: as the terminal and the environment say. */
  color: boolean | null
  today: string | null
  verbose: boolean
  notes: boolean
  maxFileSize: number
  /** What the index holds, compared with HEAD (or with the merge base, where `since` is given). */
  staged: boolean
  /** Compare with where HEAD's history left this ref's. */
  since: string | null
  /** Whose policy judges a comparison; null: of the index for a commit, of the base for a branch. */
  policyFrom: 'base' | 'head' | null
  /** null: the one beside the policy, if there is one. */
  baseline: string | null
  /** An organisation's policy from outside, with its hash. */
  floor: string | null
}

export type Parsed =
  | { kind: 'scan'; options: ScanOptions }
  | { kind: 'run'; run: Run }
  | { kind: 'exit'; code: number; stdout: string; stderr: string }

interface Raw {
  policy?: string
  format?: Output[]
  output?: string
  locale?: Locale
  failOn?: FailOn
  cache: boolean
  color?: boolean
  today?: string
  verbose?: boolean
  notes?: boolean
  maxFileSize: number
  staged?: boolean
  since?: string
  policyFrom?: 'base' | 'head'
  baseline?: string
  floor?: string
}

const MEGABYTE = 1024 * 1024

export const scanDefaults: Omit<ScanOptions, 'paths'> = {
  ...{ policy: null, outputs: [], locale: null, failOn: null, cache: true, color: null, today: null },
  ...{ verbose: false, notes: false, maxFileSize: MEGABYTE },
  ...{ staged: false, since: null, policyFrom: null, baseline: null, floor: null },
}

export function parseArguments(argv: readonly string[], version: string, locale: Locale): Parsed {
  const written = { stdout: '', stderr: '' }
  let options: ScanOptions | null = null
  let run: Run | null = null
  const program = createProgram(version, locale, (scan) => {
    options = scan
  })
  for (const register of commands) register({ program, locale, onRun: (asked) => (run = asked) })
  let mistaken = program
  for (const command of withCommandsBelow(program)) {
    const overriding = command.exitOverride((error) => {
      mistaken = command
      throw error
    })
    overriding.configureOutput({
      writeOut: (text) => (written.stdout += text),
      writeErr: (text) => (written.stderr += text),
    })
  }
  try {
    program.parse(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { kind: 'exit', code: exitCodes.clean, ...written }
    const stderr =
      error.code === 'commander.help' ? written.stderr : argumentMistake(error, fullNameOf(mistaken), locale)
    return { kind: 'exit', code: exitCodes.mistake, stdout: '', stderr }
  }
  if (run !== null) return { kind: 'run', run }
  return options === null ? { kind: 'exit', code: exitCodes.clean, ...written } : { kind: 'scan', options }
}

function withCommandsBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => withCommandsBelow(each as Command))]
}

/** `sekisho catalog check` */
function fullNameOf(command: Command): string {
  return command.parent === null ? command.name() : `${fullNameOf(command.parent as Command)} ${command.name()}`
}

function createProgram(version: string, locale: Locale, onScan: (options: ScanOptions) => void): Command {
  const help = helpText(locale)
  const program = new Command('sekisho')
    .description(help.description)
    .version(version, '-V, --version', help.version)
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.help)
    .addHelpText('after', help.programExamples)
    .showSuggestionAfterError()
  program
    .command('scan', { isDefault: true })
    .description(help.scan)
    .argument('[paths...]', help.paths)
    .option('-p, --policy <file>', help.policy)
    .option('--floor <file@hash>', help.floor)
    .option('--baseline <file>', help.baseline)
    .option('--staged', help.staged)
    .option('--since <ref>', help.since)
    .addOption(new Option('--policy-from <side>', help.policyFrom).choices(['base', 'head']))
    .addOption(new Option('-f, --format <name[=path]>', help.format).argParser(collectFormat))
    .option('-o, --output <file>', help.output)
    .addOption(new Option('--locale <locale>', help.locale).choices(['en', 'ja']))
    .addOption(new Option('--fail-on <severity>', help.failOn).choices(['note', 'warn', 'error', 'never']))
    .option('--no-cache', help.noCache)
    .option('--color', help.color)
    .option('--no-color', help.noColor)
    .addOption(new Option('--today <date>', help.today).argParser(parseDate))
    .option('--notes', help.notes)
    .option('--verbose', help.verbose)
    .addOption(new Option('--max-file-size <size>', help.maxFileSize).argParser(parseSize).default(MEGABYTE, '1m'))
    .helpOption('-h, --help', help.help)
    .addHelpText('after', help.scanExamples)
    .action((paths: string[], raw: Raw) => onScan(toOptions(paths, raw)))
  return program
}

function toOptions(paths: string[], raw: Raw): ScanOptions {
  return {
    paths: paths.length > 0 ? paths : ['.'],
    policy: raw.policy ?? null,
    outputs: outputsOf(raw),
    locale: raw.locale ?? null,
    failOn: raw.failOn ?? null,
    cache: raw.cache,
    color: raw.color ?? null,
    today: raw.today ?? null,
    verbose: raw.verbose ?? false,
    notes: raw.notes ?? false,
    maxFileSize: raw.maxFileSize,
    staged: raw.staged ?? false,
    since: raw.since ?? null,
    policyFrom: raw.policyFrom ?? null,
    baseline: raw.baseline ?? null,
    floor: raw.floor ?? null,
  }
}

/** `--output` takes the report that would go to standard output. */
function outputsOf({ format = [{ reporter: 'terminal', path: null }], output }: Raw): Output[] {
  const toStdout = format.filter(({ path }) => path === null)
  if (toStdout.length > 1 || (output !== undefined && toStdout.length === 0)) {
    throw new CommanderError(
      exitCodes.mistake,
      'sekisho.outputs',
      'error: one report an output: write -f name=path for the others',
    )
  }
  return format.map(({ reporter, path }) => ({ reporter, path: path ?? output ?? null }))
}

function collectFormat(value: string, previous: Output[] = []): Output[] {
  const at = value.indexOf('=')
  const reporter = at < 0 ? value : value.slice(0, at)
  const path = at < 0 ? null : value.slice(at + 1)
  if (!reporterIds.includes(reporter)) throw new InvalidArgumentError(`Allowed choices are ${reporterIds.join(', ')}.`)
  if (path === '') throw new InvalidArgumentError('A path must follow "=".')
  return [...previous, { reporter, path: path === '-' ? null : path }]
}

export function parseDate(value: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  if (!isDate || new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value) {
    throw new InvalidArgumentError('A date is written YYYY-MM-DD.')
  }
  return value
}

export function parseSize(value: string): number {
  const match = /^(\d+)([km]?)b?$/i.exec(value)
  if (!match || Number(match[1]) === 0) throw new InvalidArgumentError('A size is written 500k, 2m or in bytes.')
  const unit = { '': 1, k: 1024, m: MEGABYTE }[match[2]!.toLowerCase()]!
  return Number(match[1]) * unit
}
