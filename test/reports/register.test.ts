/** The transfer register in its three forms, read back by others' readers. */
import type { Report } from '@sekisho/core'
import { parse as parseCsv } from 'csv-parse/sync'
import Excel from 'exceljs'
import { afterAll, describe, expect, test } from 'vitest'
import { everyFormat, hostile, shop } from './repository.js'

const repositories = { shop: shop(), hostile: hostile() }
afterAll(() => {
  for (const repository of Object.values(repositories)) repository.remove()
})

async function workbookOf(bytes: Buffer): Promise<Excel.Workbook> {
  const workbook = new Excel.Workbook()
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  return workbook
}

function rowsOf(sheet: Excel.Worksheet): string[][] {
  const rows: string[][] = []
  sheet.eachRow({ includeEmpty: true }, (row) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell) => cells.push(cell.text))
    rows.push(cells)
  })
  return rows
}

describe.each(Object.entries(repositories))('%s', (name, repository) => {
  const outputs = everyFormat(repository, '--locale', 'ja')
  const report = JSON.parse(outputs['json']!.toString()) as Report
  const csv = parseCsv(outputs['register-csv']!, { bom: true, columns: true }) as Record<string, string>[]

  test('every flow is in it, allowed or not', () => {
    const places = csv.map((row) => row['コード上の場所']).join('\n')
    for (const { file, line } of report.flows)
      if (!/\p{C}/u.test(file)) expect(places).toContain(`${file.replace(/#(?=#)/g, '# ')}:${line} `)
    const decided = new Set(csv.map((row) => row['判定']))
    if (name === 'shop') expect(decided).toContain('許可')
    expect(decided).toContain('エラー')
  })

  test('csv: no cell is a formula', () => {
    for (const row of csv) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
  })

  test('xlsx: the same rows as text, with no formula, and room for sign-off', async () => {
    const workbook = await workbookOf(outputs['register-xlsx']!)
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      'この台帳について',
      '台帳',
      'ポリシーの例外',
      '宣言済みで、届く流れがない送信先',
      '対象外・未解析',
    ])
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => expect([cell.formula, cell.hyperlink]).toEqual([undefined, undefined])),
      )
    const rows = rowsOf(workbook.getWorksheet('台帳')!)
    expect(rows).toHaveLength(1 + csv.filter((row) => row['区分'] === '台帳').length)
    expect(rows[0]).toContain('提供先(契約主体)')
    const about = rowsOf(workbook.worksheets[0]!).flat()
    expect(about).toEqual(expect.arrayContaining(['作成', '確認', '承認', report.run.digest, report.policy.digest]))
  })

  test('the same input gives the same bytes', () => {
    const again = everyFormat(repository, '--locale', 'ja')
    for (const id of ['register-xlsx', 'register-csv', 'register-markdown', 'html', 'cyclonedx'])
      expect(again[id]?.equals(outputs[id]!) ?? true).toBe(true)
  })
})

test('what the policy declares is there; what it does not says so', () => {
  const rows = (repository: typeof repositories.shop, ...options: string[]) =>
    parseCsv(everyFormat(repository, ...options)['register-csv']!, { bom: true, columns: true }) as Record<
      string,
      string
    >[]
  const row = rows(repositories.hostile).find((one) => one['Service']?.includes('Claude'))
  expect(row).toMatchObject({
    Country: 'United States (US)',
    Zone: 'foreign',
    Bases: 'consent-28',
    'Used for training': 'no',
    Retention: '30 days',
    'Last review': '2026-11-01',
    'Next review': '2027-01-01',
    'Recipient (contracting entity)': '\'=HYPERLINK("http:x")',
    Purpose: "'@SUM(A1)",
  })
  expect(rows(repositories.shop, '--locale', 'en').find((one) => one['Service'] === 'OpenAI API')).toMatchObject({
    'Recipient (contracting entity)': 'OpenAI OpCo, LLC (operator of the service; contracting entity not declared)',
    Purpose: '(not declared)',
  })
})
