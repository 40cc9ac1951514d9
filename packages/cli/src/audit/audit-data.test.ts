import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseArguments } from '../arguments.js'
import type { Surroundings } from '../scan.js'
import { auditFile } from './audit-file.js'
import { CsvReader, delimiterOf } from './csv.js'

let folder = ''
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'audit-'))))
afterAll(() => rmSync(folder, { recursive: true }))

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const customers = [
  '氏名,フリガナ,電話番号,マイナンバー,備考',
  '佐藤 花子,サトウ ハナコ,090-8341-2765,123456789018,特になし',
  '鈴木一郎,ｽｽﾞｷ ｲﾁﾛｳ,０９０-３３４１-２７６５,,"連絡先は\r\n夜間のみ"',
  '田中,タナカ,090-8341-2766,123456789011,',
  '',
].join('\r\n')

/** `佐藤,電話` and a line end, as the encodings have them; neither is one that Node writes. */
const shiftJis = Buffer.from('8e8196bc2c9364986294d48d860d0a8db293a12c3039302d383334312d323736350d0a', 'hex')
const eucJp = Buffer.from('bbe1ccbe2cc5c5cfc3c8d6b9e60d0abab4c6a32c3039302d383334312d323736350d0a', 'hex')

const audited = (path: string, header: boolean | null = null) => auditFile(path, path, { header })
const columnOf = (file: ReturnType<typeof audited>, path: string) => file.columns.find((one) => one.path === path)!
const countOf = (file: ReturnType<typeof audited>, path: string, dataClass: string) =>
  columnOf(file, path).classes.find((one) => one.dataClass === dataClass)

describe('a table', () => {
  test.each([
    ['utf-8', false, Buffer.from(customers)],
    ['utf-8', true, Buffer.from(`\ufeff${customers}`)],
    ['utf-16le', true, Buffer.from(`\ufeff${customers}`, 'utf16le')],
    ['utf-16be', true, Buffer.from(`\ufeff${customers}`, 'utf16le').swap16()],
  ] as const)('in %s, with a mark: %s', (name, bom, bytes) => {
    const file = audited(written('customers.csv', bytes))
    expect(file).toMatchObject({ encoding: { name, bom }, rows: 3, hasHeader: true, undecodable: 0 })
    expect(file.lineEnds).toEqual({ lf: 0, crlf: 4, cr: 0 })
    expect(countOf(file, '電話番号', 'phone')).toMatchObject({ named: 'yes', valid: 3 })
    // The check digit of the third is wrong.
    expect(countOf(file, 'マイナンバー', 'my-number')).toMatchObject({ named: 'yes', valid: 1 })
    expect(columnOf(file, 'マイナンバー')).toMatchObject({ values: 2, empty: 1, malformed: 1 })
    expect(columnOf(file, '電話番号').widths.digits).toEqual([2, 1])
    expect(columnOf(file, 'フリガナ').widths.kana).toEqual([1, 2])
  })

  test.each([
    ['shift_jis', shiftJis],
    ['euc-jp', eucJp],
  ])('in %s', (name, bytes) => {
    expect(audited(written('old.csv', bytes))).toMatchObject({
      encoding: { name, bom: false },
      undecodable: 0,
      rows: 1,
    })
  })

  test('bytes of no encoding are counted, not hidden', () => {
    const file = audited(written('broken.csv', Buffer.from([0x61, 0x2c, 0xff, 0xfd, 0x81, 0x0a])))
    expect(file.undecodable).toBeGreaterThan(0)
  })

  test('rows of another width and quotes without an end are malformed, with their lines', () => {
    const file = audited(written('odd.csv', 'id,phone\n1,090-8341-2765\n2\n3,x,y\n4,"open\n'))
    expect(file.malformed).toEqual({ count: 3, lines: [3, 4, 5] })
  })

  test('without a header the columns are numbers', () => {
    const file = audited(written('bare.csv', '佐藤花子,090-8341-2765\n鈴木一郎,090-3341-2765\n'))
    expect(file).toMatchObject({ hasHeader: false, rows: 2 })
    expect(file.columns.map(({ path }) => path)).toEqual(['#1', '#2'])
    expect(countOf(file, '#2', 'phone')).toMatchObject({ valid: 2 })
  })

  test('a weak word names people only where the table is about them', () => {
    const products = audited(written('products.csv', 'sku,name,price\nA-1,りんご,100\n'))
    expect(countOf(products, 'name', 'name')).toMatchObject({ named: 'weakly' })
    const people = audited(written('people.csv', 'id,name,phone_number\n1,佐藤花子,090-8341-2765\n'))
    expect(countOf(people, 'name', 'name')).toMatchObject({ named: 'yes' })
  })

  test('a field that is cut into pieces is one', () => {
    const rows: string[][] = []
    const reader = new CsvReader(',', { row: (fields) => rows.push(fields), malformed: () => rows.push(['!']) })
    for (const piece of ['a,"b', '""', 'c\r', '\nd"', ',e\r', '\nf', ',g,', 'h']) reader.push(piece)
    reader.end()
    expect(rows).toEqual([
      ['a', 'b"c\r\nd', 'e'],
      ['f', 'g', 'h'],
    ])
  })

  test.each([
    ['x.csv', 'a,"b;c;d;e",f\n', ','],
    ['x.csv', 'a;b;c\n1,2;3;4\n', ';'],
    ['x.tsv', 'a,b,c\n', '\t'],
  ])('separator of %s %j', (path, head, mark) => expect(delimiterOf(path, head)).toBe(mark))
})

describe('JSON Lines', () => {
  const line = (text: string) => JSON.stringify({ messages: [{ role: 'user', content: text }], 山田太郎: 'x' })

  test('by path, with labels in texts; a key that is no name is not shown', () => {
    const text = `${line('氏名：佐藤花子 電話: 090-8341-2765')}\n{broken\n${line('本日の天気')}\n`
    const file = audited(written('train.jsonl', text))
    expect(file).toMatchObject({ rows: 2, malformed: { count: 1, lines: [2] } })
    expect(file.columns.map(({ path }) => path)).toEqual(['messages[].role', 'messages[].content', '*'])
    expect(countOf(file, 'messages[].content', 'phone')).toMatchObject({ valid: 1, labelled: 1 })
    expect(countOf(file, 'messages[].content', 'name')).toMatchObject({ labelled: 1 })
  })
})

describe('the command', () => {
  async function run(...argv: string[]) {
    const parsed = parseArguments(['audit-data', ...argv], '0', 'en')
    if (parsed.kind !== 'run') throw new Error('not a run')
    return parsed.run({ cwd: folder } as Surroundings, 'en')
  }

  test.each(['table', 'json'])('shows no value (%s), and fails', async (format) => {
    written('all.csv', customers)
    written('all.jsonl', '{"customer":{"email":"hanako@sato-kensetsu.co.jp","090-8341-2765":"x"}}\n')
    const { code, stdout } = await run('all.csv', 'all.jsonl', '-f', format)
    expect(code).toBe(1)
    expect(stdout).toContain('customer.email')
    for (const secret of ['佐藤', '花子', '8341', '123456789018', 'hanako', 'sato-kensetsu', '連絡先は'])
      expect(stdout).not.toContain(secret)
  })

  test('exit codes: nothing, not asked to fail, not all read', async () => {
    written('plain.csv', 'sku,price\nA-1,100\n')
    written('odd.csv', 'sku,price\nA-1\n')
    expect((await run('plain.csv')).code).toBe(0)
    expect((await run('all.csv', '--fail-on', 'never')).code).toBe(0)
    expect((await run('odd.csv')).code).toBe(3)
    await expect(async () => run('missing.csv')).rejects.toThrow()
  })
})
