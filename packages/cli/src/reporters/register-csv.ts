/**
 * The transfer register as one rectangular table for spreadsheets: rows of flows first, then what is declared and not met, the
 * exceptions, what was not covered, and the facts of the run, told apart by the first column.
 */
import { csvText } from './csv-text.js'
import { columns, words, type Column } from './register-words.js'
import { registerOf } from './register.js'
import type { Reporter } from './reporter.js'

const order = Object.keys(columns) as Column[]

export const registerCsv: Reporter = {
  id: 'register-csv',
  render(report, { locale }) {
    const { rows, notMet, exceptions, notCovered, facts, title } = registerOf(report, locale)
    const width = order.length + 1
    const padded = (kind: string, cells: readonly string[]) =>
      [kind, ...cells, ...Array<string>(width).fill('')].slice(0, width)
    const kind = { en: 'Kind', ja: '区分' }[locale]
    return csvText([
      [kind, ...order.map((column) => columns[column][locale])],
      ...rows.map((row) =>
        padded(
          words.register[locale],
          order.map((column) => row[column]),
        ),
      ),
      ...notMet.map((row) => padded(words.declaredNotMet[locale], row)),
      ...exceptions.map((row) => padded(words.exceptions[locale], row)),
      ...notCovered.map((row) => padded(words.notCovered[locale], row)),
      ...facts.map((row) => padded(title, row)),
      ...[words.prepared, words.checked, words.approved].map((signer) =>
        padded(words.signoff[locale], [signer[locale]]),
      ),
    ])
  },
}
