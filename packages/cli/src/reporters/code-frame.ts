/**
 * Source lines as a terminal shows them: tabs expanded, invisible characters made visible, long lines cut around what matters,
 * carets that stand under full-width text. Lines and columns are 1-based, columns in UTF-16 units.
 */
import { displayWidth, type LineIndex, type Region } from '@sekisho/core'
import { visible } from '../sanitize.js'

const TAB = 4
/** Of a longer line, only this many characters on each side are looked at. */
const REACH = 1000

export interface Frame {
  number: number
  text: string
  /** Under the marked line: spaces and carets. */
  carets: string | null
}

/** The region's first line, marked, between lines of context. */
export function codeFrame(index: LineIndex, region: Region, width: number, context = 2): Frame[] {
  const frames: Frame[] = []
  const last = Math.max(region.line, Math.min(region.line + context, index.position(index.text.length).line))
  for (let number = Math.max(1, region.line - context); number <= last; number++) {
    const line = index.line(number)
    if (number !== region.line) {
      frames.push({ number, text: shown(line, 0, width).text, carets: null })
      continue
    }
    const start = region.column - 1
    const end = region.endLine === region.line ? Math.max(region.endColumn - 1, start + 1) : line.trimEnd().length
    frames.push({ number, ...marked(line, start, Math.max(end, start + 1), width) })
  }
  while (frames.at(-1)?.text === '' && frames.at(-1)!.number > region.line) frames.pop()
  while (frames[0]?.text === '' && frames[0].number < region.line) frames.shift()
  return frames
}

/** One line around a column, without indentation. */
export function snippet(index: LineIndex, line: number, column: number, width: number): string {
  const text = index.line(line)
  const indent = text.length - text.trimStart().length
  const start = Math.max(indent, column - 1 - Math.floor(width / 2))
  return shown(text, text.length > width ? start : indent, width).text.trimEnd()
}

function marked(line: string, start: number, end: number, width: number): { text: string; carets: string } {
  const before = expanded(line.slice(0, start), 0)
  const isFar = start > REACH || displayWidth(before) + 8 > width
  const from = isFar ? Math.max(0, start - Math.floor(width / 3)) : 0
  const { text, lead } = shown(line, from, width)
  const offset = lead + displayWidth(expanded(line.slice(from, start), from === 0 ? 0 : lead))
  const length = displayWidth(expanded(line.slice(start, Math.min(end, start + REACH)), offset))
  return { text, carets: ' '.repeat(offset) + '^'.repeat(Math.max(1, Math.min(length, width - offset))) }
}

/** The line from a column on, cut to the width; `lead` is what the sign for a cut takes. */
function shown(line: string, from: number, width: number): { text: string; lead: number } {
  const start = from > 0 && isLowSurrogate(line, from) ? from - 1 : from
  const isCut = start > 0 && line.slice(0, start).trim() !== ''
  const lead = isCut ? 1 : 0
  const rest = expanded(line.slice(start, start + REACH), lead)
  const isLong = line.length > start + REACH || displayWidth(rest) + lead > width
  return { text: (isCut ? '…' : '') + (isLong ? `${cut(rest, width - lead - 1)}…` : rest), lead }
}

function cut(text: string, width: number): string {
  let end = 0
  let taken = 0
  for (const character of text) {
    taken += displayWidth(character)
    if (taken > width) break
    end += character.length
  }
  return text.slice(0, end)
}

function expanded(text: string, column: number): string {
  let result = ''
  let at = column
  for (const part of text.split(/(\t)/)) {
    const piece = part === '\t' ? ' '.repeat(TAB - (at % TAB)) : visible(part)
    result += piece
    at += displayWidth(piece)
  }
  return result
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
