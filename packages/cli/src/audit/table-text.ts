/** An audit for people: one block a file, one line a column that holds something. */
import { catalogue, displayWidth, isPersonal, mixedWidths, type ColumnRecord } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { visible } from '../sanitize.js'
import { maskLiterals } from '../mask.js'
import type { FileAudit } from './audit-file.js'

const words = {
  en: {
    column: 'column',
    holds: 'data class',
    values: 'values',
    valid: 'valid',
    labelled: 'labelled',
    samples: 'samples',
    look: 'look',
    rows: 'rows',
    header: 'header',
    noHeader: 'no header',
    nothing: 'No personal data was recognised.',
    malformed: 'malformed rows',
    lines: 'lines',
    undecodable: 'characters that the encoding does not have',
    mixedEnds: 'mixed line ends',
    mixed: 'both widths',
    odd: 'without the form of the class',
    possible: 'possible',
    widths: { digits: 'digits', letters: 'letters', kana: 'katakana', spaces: 'spaces' },
  },
  ja: {
    column: '列',
    holds: 'データ区分',
    values: '値',
    valid: '妥当',
    labelled: 'ラベル付き',
    samples: '見本',
    look: '形',
    rows: '行',
    header: '見出し行あり',
    noHeader: '見出し行なし',
    nothing: '個人データは認識されませんでした。',
    malformed: '形の正しくない行',
    lines: '行番号',
    undecodable: 'この文字コードにない文字',
    mixedEnds: '改行コードが混在',
    mixed: '全角と半角が混在',
    odd: '区分の形に合わない値',
    possible: '可能性あり',
    widths: { digits: '数字', letters: '英字', kana: 'カタカナ', spaces: '空白' },
  },
} as const

export function auditText(files: readonly FileAudit[], locale: Locale): string {
  return files.map((file) => fileText(file, locale)).join('\n')
}

function fileText(file: FileAudit, locale: Locale): string {
  const say = words[locale]
  const { encoding, lineEnds, malformed } = file
  const ends = (Object.keys(lineEnds) as (keyof typeof lineEnds)[]).filter((kind) => lineEnds[kind] > 0)
  const facts = [
    file.format.toUpperCase(),
    `${encoding.name}${encoding.bom ? ' (BOM)' : ''}`,
    ends.join('+').toUpperCase() || '-',
    `${file.rows} ${say.rows}`,
    ...(file.format === 'csv' || file.format === 'tsv' ? [file.hasHeader ? say.header : say.noHeader] : []),
  ]
  const lines = [`${visible(file.path)}  ${facts.join(', ')}`]
  if (malformed.count > 0)
    lines.push(
      `  ! ${say.malformed}: ${malformed.count} (${say.lines} ${malformed.lines.join(', ')}${malformed.count > malformed.lines.length ? ', …' : ''})`,
    )
  if (file.undecodable > 0) lines.push(`  ! ${say.undecodable}: ${file.undecodable}`)
  if (ends.length > 1) lines.push(`  ! ${say.mixedEnds}`)
  const shown = file.columns.filter((column) => column.classes.length > 0 || mixedWidths(column.widths).length > 0)
  if (!shown.some((column) => column.classes.some((one) => isPersonal(one, column)))) lines.push(`  ${say.nothing}`)
  const table = shown.flatMap((column) => columnRows(column, locale))
  if (table.length > 0)
    lines.push(
      ...aligned([[say.column, say.holds, say.values, say.valid, say.labelled, say.samples, say.look], ...table]),
    )
  for (const column of shown) lines.push(...remarks(column, locale))
  return `${lines.join('\n')}\n`
}

const classNames = new Map(catalogue.data.dataClasses.map((one) => [one.id, one.name]))

function columnRows(column: ColumnRecord, locale: Locale): string[][] {
  const look = column.shapes[0]?.shape ?? ''
  return column.classes.map((one, at) => {
    const name = classNames.get(one.dataClass)?.[locale] ?? one.dataClass
    const shown = isPersonal(one, column) ? name : `${name} (${words[locale].possible})`
    return [
      at === 0 ? pathText(column) : '',
      shown,
      `${column.values}`,
      `${one.valid}`,
      `${one.labelled}`,
      `${one.samples}`,
      at === 0 ? look : '',
    ]
  })
}

function remarks(column: ColumnRecord, locale: Locale): string[] {
  const say = words[locale]
  const mixed = mixedWidths(column.widths)
  const found: string[] = []
  if (mixed.length > 0)
    found.push(
      `${say.mixed}: ${mixed.map((kind) => `${say.widths[kind]} ${column.widths[kind].join('/')}`).join(', ')}`,
    )
  if (column.malformed > 0 && column.malformed < column.values) found.push(`${say.odd}: ${column.malformed}`)
  return found.map((text) => `  ${pathText(column)}: ${text}`)
}

function pathText(column: ColumnRecord): string {
  return visible(maskLiterals(column.path))
}

function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => displayWidth(row[at]!))))
  return rows.map((row) =>
    `  ${row.map((cell, at) => cell + ' '.repeat(widths[at]! - displayWidth(cell))).join('  ')}`.trimEnd(),
  )
}
