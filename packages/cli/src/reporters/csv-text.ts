/**
 * CSV as RFC 4180 has it, for spreadsheets: a byte order mark, so that Japanese is read as UTF-8, and no cell that a
 * spreadsheet would take for a formula.
 */
import { visible, withoutCommands } from '../sanitize.js'

/** Also the full-width signs, which Japanese input turns into formulas. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/

export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Lines within a cell stay lines. */
function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = (value ?? '').split('\n').map(visible).map(withoutCommands).join('\n')
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function isFormula(text: string): boolean {
  return FORMULA.test(text)
}
