/** The flags of commands that scan, too: the same words as `scan` has. */
import { Option, type Command } from 'commander'
import { parseDate, parseSize, scanDefaults, type ScanOptions } from '../arguments.js'
import { helpText } from '../help.js'
import type { Locale } from '../locale.js'

export interface RawScanFlags {
  policy?: string
  baseline?: string
  floor?: string
  locale?: Locale
  cache: boolean
  today?: string
  maxFileSize?: number
}

export function withScanFlags(command: Command, locale: Locale): Command {
  const help = helpText(locale)
  return command
    .option('-p, --policy <file>', help.policy)
    .option('--floor <file@hash>', help.floor)
    .addOption(new Option('--locale <locale>', help.locale).choices(['en', 'ja']))
    .option('--no-cache', help.noCache)
    .addOption(new Option('--today <date>', help.today).argParser(parseDate))
    .addOption(new Option('--max-file-size <size>', help.maxFileSize).argParser(parseSize))
    .helpOption('-h, --help', help.help)
}

export function scanOptionsOf(paths: readonly string[], raw: RawScanFlags): ScanOptions {
  return {
    ...scanDefaults,
    paths: paths.length > 0 ? [...paths] : ['.'],
    policy: raw.policy ?? null,
    baseline: raw.baseline ?? null,
    floor: raw.floor ?? null,
    locale: raw.locale ?? null,
    cache: raw.cache,
    today: raw.today ?? null,
    maxFileSize: raw.maxFileSize ?? scanDefaults.maxFileSize,
  }
}
