/** The transfer register as a workbook: the table, the facts of the run with room for sign-off, exceptions, and what was not covered. */
import { exceptionHead, notMetHead } from './register-markdown.js'
import { columns, words, type Column } from './register-words.js'
import { registerOf, type Register } from './register.js'
import type { Reporter } from './reporter.js'
import { xlsxFile, type Sheet, type SheetRow } from './xlsx-file.js'

const order = Object.keys(columns) as Column[]
const WIDTHS: Readonly<Partial<Record<Column, number>>> = {
  ...{ number: 6, decision: 9, data: 26, subjects: 20, recipient: 24, service: 18, endpoint: 30, system: 30, code: 44 },
  ...{ bases: 24, safeguards: 32, exception: 24, purpose: 20 },
}

export const registerXlsx: Reporter = {
  id: 'register-xlsx',
  render(report, { locale }) {
    const register = registerOf(report, locale)
    return xlsxFile([about(register, locale), table(register, locale), ...lists(register, locale)])
  },
}

type Locale = 'en' | 'ja'
const row = (cells: readonly string[], style: SheetRow['style'] = 'text', height?: number): SheetRow =>
  height === undefined ? { cells, style } : { cells, style, height }

function about({ title, facts }: Register, locale: Locale): Sheet {
  const signers = [words.prepared, words.checked, words.approved]
  return {
    name: words.about[locale],
    widths: [36, 72, 18, 24],
    frozen: 0,
    rows: [
      row([title], 'title', 28),
      row([]),
      ...facts.map((fact) => row(fact, 'label')),
      row([]),
      row([words.signoff[locale], words.name[locale], words.date[locale], words.seal[locale]], 'head'),
      ...signers.map((signer) => row([signer[locale], '', '', ''], 'label', 42)),
    ],
  }
}

function table({ rows }: Register, locale: Locale): Sheet {
  return {
    name: words.register[locale],
    widths: order.map((column) => WIDTHS[column] ?? 14),
    frozen: 1,
    pagesWide: 2,
    rows: [
      row(
        order.map((column) => columns[column][locale]),
        'head',
      ),
      ...(rows.length === 0
        ? [row(['', '', words.noFlows[locale]])]
        : rows.map((one) => row(order.map((column) => one[column])))),
    ],
  }
}

function lists({ notMet, exceptions, notCovered }: Register, locale: Locale): Sheet[] {
  const list = (
    name: string,
    head: readonly string[],
    rows: readonly string[][],
    widths: readonly number[],
  ): Sheet => ({
    ...{ name, widths, frozen: 1 },
    rows: [row(head, 'head'), ...rows.map((cells) => row(cells))],
  })
  const covered = { en: ['What', 'Where', 'Why'], ja: ['区分', '場所', '理由'] }[locale]
  return [
    list(words.exceptions[locale], exceptionHead(locale), exceptions, [14, 16, 20, 30, 40, 16, 18, 14, 13]),
    list(words.declaredNotMet[locale], notMetHead(locale), notMet, [20, 30, 30, 24, 30, 20]),
    list(words.notCovered[locale], covered, notCovered, [34, 60, 60]),
  ]
}
