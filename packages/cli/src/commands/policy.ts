/** `sekisho policy`: the table that holds, whether the file is right, and what is decided for one class in one zone, and why. */
import {
  catalogue,
  cellsFor,
  decide,
  zones,
  type CellRule,
  type Ground,
  type Policy,
  type Row,
  type Zone,
} from '@sekisho/core'
import { findRoot, loadPolicy, Mistake } from '@sekisho/files'
import { Option as Flag, type Command } from 'commander'
import { exitCodes } from '../exit-code.js'
import { chooseLocale, type Locale } from '../locale.js'
import { zoneNames } from '../messages.js'
import { rowName } from '../reporters/report-words.js'
import { wrap } from '../reporters/wrap.js'
import { safeJson, visible } from '../sanitize.js'
import type { Outcome, Register } from './command.js'
import { markdownTable, plainTable } from './table.js'

const WIDTH = 100

const words = {
  en: {
    description: 'show, check and explain the policy that holds',
    show: 'print the table: rows of data, zones, levels',
    check: 'check the policy: an error has its place and its remedy, and exit code 2',
    explain: 'say what is decided for a data class in a zone, and why',
    directory: 'the repository (default: this one)',
    file: 'the policy file (default: the nearest sekisho.yaml)',
    format: 'how to print it',
    locale: 'language of the output',
    path: 'as for a file at this path (overrides)',
    class: 'a data class or a row',
    zone: `one of ${zones.join(', ')}`,
    data: 'data',
    none: 'no policy file: the preset localization',
    fine: (file: string) => `${file} is a valid policy`,
    legend: '* a basis lowers it to a note   + something must be declared besides   ! no exception may lift it',
    noClass: (id: string) => `there is no data class or row \`${id}\`; \`sekisho policy show\` lists them`,
    noZone: (id: string) => `there is no zone \`${id}\`; zones are ${zones.join(', ')}`,
    row: 'row',
    ground: 'ground',
    lowered: 'lowered to a note by a declared basis of',
    required: 'must be declared besides',
    liftable: 'an exception may lift it',
    fixed: 'no exception may lift it',
    reason: 'reason',
    written: 'written at',
    from: 'from',
    deny: 'no cell allows it: what is not allowed is a finding',
    kinds: { statute: 'statute', guideline: 'guideline', 'product-policy': 'product policy' },
    or: ' or ',
  },
  ja: {
    description: '有効なポリシーの表示、検査、説明',
    show: '表(データの行、ゾーン、レベル)を表示',
    check: 'ポリシーを検査(誤りは位置と直し方を示し、終了コードは 2)',
    explain: 'データ種別とゾーンについて、判定とその理由を表示',
    directory: '対象のリポジトリ(既定: 現在の場所)',
    file: 'ポリシーのファイル(既定: 最も近い sekisho.yaml)',
    format: '出力形式',
    locale: '出力の言語',
    path: 'このパスのファイルについて(overrides)',
    class: 'データ種別または行',
    zone: `${zones.join('、')} のいずれか`,
    data: 'データ',
    none: 'ポリシーのファイルなし: プリセット localization',
    fine: (file: string) => `${file} は正しいポリシーです`,
    legend: '* 根拠の宣言により note に下がる   + 別に宣言が必要   ! 例外でも許可できない',
    noClass: (id: string) => `データ種別または行 \`${id}\` はありません(一覧: sekisho policy show)`,
    noZone: (id: string) => `ゾーン \`${id}\` はありません(${zones.join('、')})`,
    row: '行',
    ground: '根拠',
    lowered: '次の根拠の宣言により note に下がる',
    required: '別に宣言が必要',
    liftable: '例外で許可できる',
    fixed: '例外でも許可できない',
    reason: '理由',
    written: '記載箇所',
    from: '出どころ',
    deny: '許可するセルがありません(許可のないものは検出になります)',
    kinds: { statute: '法令', guideline: 'ガイドライン', 'product-policy': '製品ポリシー' },
    or: ' または ',
  },
} as const

interface Raw {
  policy?: string
  locale?: Locale
  format: 'table' | 'json' | 'markdown'
  path?: string
}

export const registerPolicy: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  const group = program.command('policy').description(text.description)
  const add = (usage: string, description: string, formats: readonly Raw['format'][]): Command =>
    group
      .command(usage)
      .description(description)
      .option('-p, --policy <file>', text.file)
      .addOption(new Flag('-f, --format <format>', text.format).choices(formats).default('table'))
      .addOption(new Flag('--locale <locale>', text.locale).choices(['en', 'ja']))
  const run = (directory: string | undefined, raw: Raw, act: (policy: Policy, locale: Locale) => string) =>
    onRun((surroundings): Outcome => {
      const root = findRoot([directory ?? '.'], raw.policy ?? null, surroundings.cwd)
      const { policy, warnings } = loadPolicy(root)
      const spoken = chooseLocale(raw.locale ?? null, policy.locale, surroundings.environment)
      const stderr = warnings.map((warning) => `${visible(warning.message[spoken])}\n`).join('')
      return { code: exitCodes.clean, stdout: act(policy, spoken), stderr }
    })
  add('show', text.show, ['table', 'json', 'markdown'])
    .argument('[directory]', text.directory)
    .action((directory: string | undefined, raw: Raw) =>
      run(directory, raw, (policy, spoken) => show(policy, raw, spoken)),
    )
  add('check', text.check, ['table', 'json'])
    .argument('[directory]', text.directory)
    .action((directory: string | undefined, raw: Raw) =>
      run(directory, raw, (policy, spoken) => checked(policy, raw, spoken)),
    )
  add('explain', text.explain, ['table', 'json'])
    .argument('<class>', text.class)
    .argument('<zone>', text.zone)
    .argument('[directory]', text.directory)
    .option('--path <path>', text.path)
    .action((dataClass: string, zone: string, directory: string | undefined, raw: Raw) =>
      run(directory, raw, (policy, spoken) => explain(policy, dataClass, zone, raw, spoken)),
    )
}

/** Rows of the table, then the classes that cells of their own speak of. */
function subjectsOf(policy: Policy): { id: string; row: Row }[] {
  const rows = [...new Set(catalogue.data.presets.flatMap(({ cells }) => cells.map(({ data }) => data as Row)))]
  const ids = new Map<string, Row>(catalogue.data.dataClasses.map(({ id, row }) => [id, row]))
  for (const own of policy.data.classes) ids.set(own.id, own.row)
  const named = [...new Set(policy.cells.map(({ data }) => data))].filter((data) => ids.has(data))
  return [
    ...rows.filter((row) => !ids.has(row)).map((row) => ({ id: row, row })),
    ...named.map((id) => ({ id, row: ids.get(id)! })),
    ...(rows.includes('my-number') && !named.includes('my-number')
      ? [{ id: 'my-number', row: 'my-number' as Row }]
      : []),
  ]
}

function judged(policy: Policy, id: string, row: Row, zone: Zone, path = '') {
  const query = { dataClass: id, row, zone, path, party: null } as const
  const cells = cellsFor(policy, query)
  const decision = decide(policy, { ...query, destination: null, confidence: 'certain', subject: 'japan', today: null })
  return { cells, decision }
}

function show(policy: Policy, raw: Raw, locale: Locale): string {
  const rows = subjectsOf(policy).map(({ id, row }) => ({
    id,
    row,
    cells: Object.fromEntries(zones.map((zone) => [zone, cellOf(policy, id, row, zone)])),
  }))
  if (raw.format === 'json')
    return `${safeJson({ policy: policy.file, extends: policy.extends, digest: policy.digest, zones, rows })}\n`
  const text = words[locale]
  const head = [text.data, ...zones.map((zone) => zoneNames[zone][locale])]
  const lines = rows.map(({ id, cells }) => [
    `${rowName(id, locale)} (${id})`,
    ...zones.map((zone) => {
      const { level, unless, requires, exception } = cells[zone]!
      return `${level}${unless.length > 0 ? '*' : ''}${requires.length > 0 ? '+' : ''}${exception || level === 'allow' ? '' : '!'}`
    }),
  ])
  const title = `${policy.file ?? text.none}  ${policy.extends.join(', ')}`.trimEnd()
  const table = raw.format === 'markdown' ? markdownTable(head, lines) : plainTable(head, lines)
  return `${visible(title)}\n\n${table}\n${text.legend}\n`
}

function cellOf(policy: Policy, id: string, row: Row, zone: Zone) {
  const { decision } = judged(policy, id, row, zone)
  const { cell } = decision
  return {
    level: decision.level,
    unless: cell?.unless ?? [],
    requires: cell?.requires ?? [],
    exception: cell?.exception ?? true,
    grounds: decision.grounds,
  }
}

function checked(policy: Policy, raw: Raw, locale: Locale): string {
  if (raw.format === 'json')
    return `${safeJson({ policy: policy.file, valid: true, extends: policy.extends, digest: policy.digest })}\n`
  return `${policy.file === null ? words[locale].none : words[locale].fine(visible(policy.file))}\n`
}

function explain(policy: Policy, id: string, zone: string, raw: Raw, locale: Locale): string {
  if (!isZone(zone)) throw new Mistake({ en: words.en.noZone(visible(zone)), ja: words.ja.noZone(visible(zone)) })
  const row =
    subjectsOf(policy).find((one) => one.id === id)?.row ??
    catalogue.data.dataClasses.find((one) => one.id === id)?.row ??
    policy.data.classes.find((one) => one.id === id)?.row
  if (row === undefined) throw new Mistake({ en: words.en.noClass(visible(id)), ja: words.ja.noClass(visible(id)) })
  const { cells, decision } = judged(policy, id, row, zone, raw.path ?? '')
  if (raw.format === 'json')
    return `${safeJson({ dataClass: id, row, zone, level: decision.level, grounds: decision.grounds, exceptionAllowed: decision.exceptionAllowed, cells: cells.map(plainCell) })}\n`
  const text = words[locale]
  const lines = [
    `${id} × ${zoneNames[zone][locale]} (${zone}): ${decision.level}`,
    `  ${text.row}: ${rowName(row, locale)} (${row})`,
    ...(cells.length === 0 ? [`  ${text.deny}`] : cells.flatMap((cell) => cellLines(cell, locale))),
  ]
  return `${lines.flatMap((line) => wrap(visible(line), WIDTH)).join('\n')}\n`
}

function plainCell({ data, zone, level, unless, requires, exception, reason, ground, origin, layers }: CellRule) {
  return {
    data,
    zone,
    level,
    unless,
    requires,
    exception,
    reason,
    ground,
    layers,
    file: origin?.file ?? null,
    line: origin?.line ?? null,
  }
}

function cellLines(cell: CellRule, locale: Locale): string[] {
  const text = words[locale]
  const { level, unless, requires, exception, reason, ground, origin, layers } = cell
  return [
    `  ${level}  ${text.from} ${layers.join(', ')}`,
    `    ${text.ground}: ${groundText(ground, locale)}`,
    ...(unless.length === 0
      ? []
      : [`    ${text.lowered}: ${unless.map((tokens) => tokens.join(' + ')).join(text.or)}`]),
    ...(requires.length === 0 ? [] : [`    ${text.required}: ${requires.join(', ')}`]),
    ...(level === 'allow' ? [] : [`    ${exception ? text.liftable : text.fixed}`]),
    ...(reason === null ? [] : [`    ${text.reason}: ${reason}`]),
    ...(origin === null ? [] : [`    ${text.written}: ${origin.file}:${origin.line}`]),
  ]
}

function groundText({ kind, reference, referenceJa }: Ground, locale: Locale): string {
  return `${locale === 'ja' ? (referenceJa ?? reference) : reference} (${words[locale].kinds[kind]})`
}

function isZone(text: string): text is Zone {
  return (zones as readonly string[]).includes(text)
}
