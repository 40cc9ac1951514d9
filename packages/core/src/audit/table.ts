/**
 * A data file as rows: of a table by column, of JSON by path. Which row is the header is decided by what it says; a path is shown only
 * where its keys are names, because a key may be a person, too.
 */
import type { Catalogue } from '../catalog/load.js'
import { createNames, type Names } from '../catalog/names.js'
import { findLiterals } from '../catalog/validators.js'
import { ColumnAudit, isPersonal, namedClass, type ColumnRecord } from './column.js'

const mostColumns = 1_000
const deepest = 20
/** Data that things have, too: a shop's postal code does not make a table one of people. */
const support: ReadonlySet<string> = new Set(['related', 'basic-support', 'identifier'])

export class TableAudit {
  rows = 0
  readonly #columns = new Map<string, ColumnAudit>()
  readonly #names: Names
  readonly #classes
  #header: readonly string[] | null = null

  constructor(readonly catalogue: Catalogue) {
    this.#names = createNames(catalogue.data.dataClasses, catalogue.data.names)
    this.#classes = new Map(catalogue.data.dataClasses.map((one) => [one.id, one]))
  }

  /** Whether a first row names the columns: some cell names data, none is data. */
  isHeader(fields: readonly string[]): boolean {
    const cells = fields.map((field) => field.trim())
    if (cells.some((cell) => cell.length > 60 || findLiterals(cell).length > 0 || /^[\d.,/-]+$/.test(cell)))
      return false
    const named = cells.filter((cell) => cell !== '' && this.#isName(cell)).length
    return named > 0 && named * 3 >= cells.filter((cell) => cell !== '').length
  }

  header(fields: readonly string[]): void {
    this.#header = fields.map((field) => field.trim())
  }

  /** A row of a table. */
  row(fields: readonly string[]): void {
    this.rows++
    for (const [index, field] of fields.slice(0, mostColumns).entries()) {
      const name = this.#header?.[index] ?? ''
      this.#column(`${index}`, name === '' ? `#${index + 1}` : name, name).add(field)
    }
  }

  /** A record of JSON. */
  record(value: unknown): void {
    this.rows++
    this.#walk(value, '', '', 0)
  }

  #walk(value: unknown, path: string, name: string, depth: number): void {
    if (depth > deepest) return
    if (Array.isArray(value)) for (const item of value.slice(0, 10_000)) this.#walk(item, `${path}[]`, name, depth + 1)
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        const shown = this.#shownKey(key)
        this.#walk(item, path === '' ? shown : `${path}.${shown}`, shown === '*' ? '' : key, depth + 1)
      }
    else if (value !== null && value !== undefined) {
      const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
      if (text !== '') this.#column(path, path === '' ? '.' : path, name).add(text)
    }
  }

  #shownKey(key: string): string {
    if (findLiterals(key).length > 0) return '*'
    return /^[A-Za-z_$][\w$-]{0,40}$/.test(key) || (key.length <= 20 && this.#isName(key)) ? key : '*'
  }

  #isName(text: string): boolean {
    return (
      namedClass(this.#names, text) !== null ||
      this.#names.isContentless(text) ||
      this.#names.subjectAttribute(text) !== null ||
      /^(?:id|no|code|date|time|status|type|kind|value|text|content|prompt|completion|input|output|label|created|updated|番号|日付|日時|状態|種別|区分|備考|内容)$/i.test(
        text,
      ) ||
      /(?:_id|_at|_no|_date|_code|Id|At|番号|コード|日|日時|区分|ID)$/.test(text)
    )
  }

  #column(key: string, path: string, name: string): ColumnAudit {
    let column = this.#columns.get(key)
    if (column === undefined && this.#columns.size >= mostColumns) return this.#column('*', '*', '')
    if (column === undefined) {
      column = new ColumnAudit(path, name, this.#names, this.#classes)
      this.#columns.set(key, column)
    }
    return column
  }

  columns(): ColumnRecord[] {
    const records = [...this.#columns.values()].map((column) => column.record())
    const isOfPeople = records.some((record) =>
      record.classes.some(
        (one) => isPersonal(one, record) && !support.has(this.#classes.get(one.dataClass)?.row ?? ''),
      ),
    )
    for (const record of records)
      for (const one of record.classes) if (one.named === 'weakly' && isOfPeople) one.named = 'yes'
    return records
  }
}
