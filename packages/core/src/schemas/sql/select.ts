/** What a query gives: the columns a SELECT or RETURNING names, and the tables they are of. */
import { isMark, isWord, tokenizeSql, type Token } from './tokens.js'

export interface Selection {
  tables: string[]
  columns: { name: string; as: string; table: string | null }[]
  /** `*`: all columns of the tables. */
  all: boolean
}

const longest = 20_000

/** Null where the text is no query that gives rows. */
export function selectionOf(text: string): Selection | null {
  if (!/\b(?:select|returning)\b/i.test(text)) return null
  const tokens = tokenizeSql(text.slice(0, longest)).filter(({ kind }) => kind !== 'comment')
  const selection: Selection = { tables: [], columns: [], all: false }
  const aliases = new Map<string, string>()
  for (let at = 0; at < tokens.length; at++) {
    if (isWord(tokens[at], 'SELECT') || isWord(tokens[at], 'RETURNING')) readList(tokens, at + 1, selection)
    if (['FROM', 'JOIN', 'INTO', 'UPDATE'].some((word) => isWord(tokens[at], word)))
      readTables(tokens, at + 1, selection, aliases)
  }
  // select c from Customer c: all that it holds
  const named = selection.columns.filter(({ name, table }) => table === null && aliases.has(name.toLowerCase()))
  if (named.length > 0) selection.all = true
  selection.columns = selection.columns.filter((column) => !named.includes(column))
  for (const column of selection.columns)
    if (column.table !== null) column.table = aliases.get(column.table.toLowerCase()) ?? column.table
  return selection.columns.length > 0 || selection.all ? selection : null
}

function readList(tokens: readonly Token[], from: number, selection: Selection): void {
  let item: Token[] = []
  let depth = 0
  for (let at = from; at <= tokens.length; at++) {
    const token = tokens[at]
    const ends =
      token === undefined || (depth === 0 && (isWord(token, 'FROM') || isMark(token, ';') || isMark(token, ')')))
    if (ends || (depth === 0 && isMark(token, ','))) {
      addColumn(item, selection)
      item = []
      if (ends) return
      continue
    }
    if (isMark(token, '(')) depth++
    if (isMark(token, ')')) depth--
    item.push(token)
  }
}

function addColumn(item: readonly Token[], selection: Selection): void {
  const words = item.filter((token) => !isWord(token, 'DISTINCT') && !isWord(token, 'ALL'))
  if (words.length === 0) return
  if (isMark(words.at(-1), '*')) {
    if (words.length === 1 || isMark(words.at(-2), '.')) selection.all = true
    return
  }
  const alias =
    words.length >= 2 && words.at(-1)!.kind === 'name' && !isMark(words.at(-2), '.') ? words.at(-1)!.text : null
  const inner = alias === null ? words : words.slice(0, isWord(words.at(-2), 'AS') ? -2 : -1)
  // Functions give what their arguments hold; what counts gives none.
  if (['COUNT', 'SUM', 'AVG', 'EXISTS', 'ROW_NUMBER', 'RANK'].some((word) => isWord(inner[0], word))) return
  for (const [index, token] of inner.entries()) {
    if (token.kind !== 'name' || isMark(inner[index + 1], '(') || isMark(inner[index + 1], '.')) continue
    const table = isMark(inner[index - 1], '.') ? (inner[index - 2]?.text ?? null) : null
    selection.columns.push({ name: token.text, as: alias ?? token.text, table })
  }
}

function readTables(tokens: readonly Token[], from: number, selection: Selection, aliases: Map<string, string>): void {
  let at = from
  while (tokens[at]?.kind === 'name') {
    let name = tokens[at]!.text
    while (isMark(tokens[at + 1], '.') && tokens[at + 2]?.kind === 'name') {
      at += 2
      name = tokens[at]!.text
    }
    if (!selection.tables.includes(name)) selection.tables.push(name)
    at++
    if (isWord(tokens[at], 'AS')) at++
    if (tokens[at]?.kind === 'name' && !after.test(tokens[at]!.text))
      aliases.set(tokens[at++]!.text.toLowerCase(), name)
    if (!isMark(tokens[at], ',')) return
    at++
  }
}

const after =
  /^(?:where|join|left|right|inner|outer|full|cross|on|using|group|order|limit|offset|having|union|set|values|returning|for|window|natural|lateral|fetch)$/i
