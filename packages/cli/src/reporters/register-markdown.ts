/** The transfer register as Markdown: for review beside the code, printed by whatever prints Markdown. */
import { safeLines, visible } from '../sanitize.js'
import { code, prose, table } from './markdown-text.js'
import { columns, words, type Column } from './register-words.js'
import { registerOf, type Row } from './register.js'
import type { Reporter } from './reporter.js'

const order = Object.keys(columns) as Column[]

export const registerMarkdown: Reporter = {
  id: 'register-markdown',
  render(report, { locale }) {
    const register = registerOf(report, locale)
    const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]) =>
      rows.length === 0
        ? []
        : [
            `## ${title}`,
            table(
              head,
              rows.map((row) => row.map(cell)),
            ),
          ]
    const signers = [words.prepared, words.checked, words.approved]
    return `${safeLines(
      [
        `# ${register.title}`,
        table(
          ['', ''],
          register.facts.map(([label, value]) => [`**${label}**`, cell(value)]),
        ),
        `## ${words.signoff[locale]}`,
        table(
          ['', words.name[locale], words.date[locale], words.seal[locale]],
          signers.map((signer) => [signer[locale], '', '', '']),
        ),
        `## ${words.register[locale]}`,
        ...(register.rows.length === 0
          ? [words.noFlows[locale]]
          : [
              table(
                order.map((column) => columns[column][locale]),
                register.rows.map(rowCells),
              ),
            ]),
        ...section(words.declaredNotMet[locale], notMetHead(locale), register.notMet),
        ...section(words.exceptions[locale], exceptionHead(locale), register.exceptions),
        ...section(words.notCovered[locale], ['', '', ''], register.notCovered),
      ].join('\n\n'),
    )}\n`
  },
}

function rowCells(row: Row): string[] {
  return order.map((column) =>
    column === 'code' || column === 'endpoint' ? codeLines(row[column]) : cell(row[column]),
  )
}

function cell(text: string): string {
  return text.split('\n').map(prose).join('<br>')
}

function codeLines(text: string): string {
  return text
    .split('\n')
    .map((line) => code(visible(line)))
    .join('<br>')
}

type Locale = 'en' | 'ja'

export function notMetHead(locale: Locale): string[] {
  const { recipient, service, zone, bases, next } = columns
  return ['ID', recipient[locale], service[locale], zone[locale], bases[locale], next[locale]]
}

export function exceptionHead(locale: Locale): string[] {
  return {
    en: ['ID', 'State', 'Rule', 'Covers', 'Reason', 'Requester', 'Approver', 'Ticket', 'Expiry'],
    ja: ['ID', '状態', 'ルール', '対象', '理由', '申請者', '承認者', 'チケット', '期限'],
  }[locale]
}
