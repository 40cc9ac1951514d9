/** `sekisho audit-data`: what personal data the files hold that are about to be uploaded, column by column. */
import { resolve } from 'node:path'
import { isPersonal } from '@sekisho/core'
import { Mistake } from '@sekisho/files'
import { auditFile, type FileAudit } from '../audit/audit-file.js'
import { auditText } from '../audit/table-text.js'
import { exitCodes } from '../exit-code.js'
import { helpText } from '../help.js'
import { maskLiterals } from '../mask.js'
import { safeJson, visible } from '../sanitize.js'
import type { Outcome, Register } from './command.js'
import type { Locale } from '../locale.js'
import { Option } from 'commander'

interface Raw {
  format: 'table' | 'json'
  header?: boolean
  failOn: 'personal' | 'never'
  locale?: Locale
}

const words = {
  en: {
    description: 'what personal data CSV, TSV, JSON Lines and JSON files hold, by column or path; no value is shown',
    files: 'data files, of any size (.json: to 64 MiB)',
    format: 'table or json (default: table)',
    header: 'the first row names the columns (default: as it looks)',
    noHeader: 'the first row is data',
    failOn: 'exit code 1 where personal data is found, or never (default: personal)',
    locale: 'language of messages',
    after: `
Exit codes:
  0  no personal data recognised
  1  personal data found
  2  a mistake in the arguments
  3  malformed rows or characters: not all could be read`,
  },
  ja: {
    description: 'CSV・TSV・JSON Lines・JSON ファイルに含まれる個人データを列・パスごとに示す(値は表示しない)',
    files: 'データファイル(大きさの制限なし。.json は 64 MiB まで)',
    format: 'table または json(既定: table)',
    header: '1 行目を見出しとして読む(既定: 内容から判断)',
    noHeader: '1 行目もデータとして読む',
    failOn: '個人データがあれば終了コード 1、または never(既定: personal)',
    locale: 'メッセージの言語',
    after: `
終了コード:
  0  個人データは認識されなかった
  1  個人データがある
  2  引数の誤り
  3  形の正しくない行・文字があり、すべては読めなかった`,
  },
} as const

export const registerAuditData: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  program
    .command('audit-data')
    .description(text.description)
    .argument('<files...>', text.files)
    .addOption(new Option('-f, --format <name>', text.format).choices(['table', 'json']).default('table'))
    .option('--header', text.header)
    .option('--no-header', text.noHeader)
    .addOption(new Option('--fail-on <what>', text.failOn).choices(['personal', 'never']).default('personal'))
    .addOption(new Option('--locale <locale>', text.locale).choices(['en', 'ja']))
    .helpOption('-h, --help', helpText(locale).help)
    .addHelpText('after', text.after)
    .action((files: string[], raw: Raw) => {
      onRun(({ cwd }, spoken) => audit(files, raw, cwd, raw.locale ?? spoken))
    })
}

function audit(paths: readonly string[], raw: Raw, cwd: string, locale: Locale): Outcome {
  const files = paths.map((path) => auditOne(resolve(cwd, path), path, raw.header ?? null))
  const isIncomplete = files.some(({ malformed, undecodable }) => malformed.count > 0 || undecodable > 0)
  const code = isIncomplete
    ? exitCodes.incomplete
    : raw.failOn === 'personal' && files.some(holdsPersonal)
      ? exitCodes.findings
      : exitCodes.clean
  if (raw.format === 'table') return { code, stdout: auditText(files, locale) }
  const shown = files.map((file) => ({
    ...file,
    path: visible(file.path),
    columns: file.columns.map((column) => ({ ...column, path: visible(maskLiterals(column.path)) })),
  }))
  return { code, stdout: `${safeJson({ version: 1, files: shown })}\n` }
}

function auditOne(path: string, shown: string, header: boolean | null): FileAudit {
  try {
    return auditFile(path, shown, { header })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    throw new Mistake({
      en: `${visible(shown)} cannot be read: ${code}`,
      ja: `${visible(shown)} を読めません: ${code}`,
    })
  }
}

function holdsPersonal(file: FileAudit): boolean {
  return file.columns.some((column) => column.classes.some((one) => isPersonal(one, column)))
}
