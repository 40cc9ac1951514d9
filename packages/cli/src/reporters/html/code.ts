/** Source lines on the page: the region marked, long lines cut around it, personal data already masked by whoever gives the text. */
import type { LineIndex, Region } from '@sekisho/core'
import { html, type Markup } from './markup.js'

const CONTEXT = 2
const REACH = 90

/** The region's first line between lines of context. */
export function codeBlock(index: LineIndex, region: Region): Markup {
  const last = Math.min(region.line + CONTEXT, index.position(index.text.length).line)
  const numbers: number[] = []
  for (let number = Math.max(1, region.line - CONTEXT); number <= last; number++) numbers.push(number)
  const rows = numbers.map((number) => {
    const line = index.line(number)
    const isMarked = number === region.line
    const content = isMarked ? marked(line, region) : plain(cutAfter(line, 0, REACH * 2))
    return html`<span class="line${isMarked ? ' hit' : ''}"><span class="no">${number}</span>${content} </span>`
  })
  return html`<pre class="code">${rows}</pre>`
}

/** One line around a column, without indentation. */
export function codeLine(index: LineIndex, line: number, column: number): Markup | null {
  const text = index.line(line)
  const indent = text.length - text.trimStart().length
  const from = Math.max(indent, column - 1 - REACH)
  const shown = plain(cutAfter(text, from, REACH * 2))
  return text.trim() === '' ? null : html`<code class="step-code">${from > indent ? '…' : ''}${shown}</code>`
}

function marked(line: string, { line: first, column, endLine, endColumn }: Region): Markup {
  const start = column - 1
  const end = endLine === first ? Math.max(endColumn - 1, start + 1) : line.length
  const from = start > REACH ? start - Math.floor(REACH / 2) : 0
  const before = `${from > 0 ? '…' : ''}${line.slice(from, start)}`
  const hit = cutAfter(line, start, Math.min(end - start, REACH * 2))
  return html`${plain(before)}<mark>${plain(hit)}</mark>${plain(cutAfter(line, end, REACH))}`
}

function cutAfter(text: string, from: number, length: number): string {
  const shown = text.slice(from, from + length)
  return text.length > from + length && shown.length === length && length > REACH - 1 ? `${shown}…` : shown
}

function plain(text: string): string {
  return text.replaceAll('\t', '  ')
}
