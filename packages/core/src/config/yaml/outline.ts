/**
 * What can be told from a YAML text's tokens alone, before it is parsed: how deep it nests, and its comments. The lexer is a
 * loop, so that no depth can exhaust the stack here.
 */
import { Lexer } from 'yaml'
import type { Span } from '../../location.js'

export interface Outline {
  /** Offset where the nesting first exceeds the bound, or null. */
  tooDeep: number | null
  comments: { span: Span; text: string }[]
}

/** What the lexer puts before a scalar; other control tokens have no width either. */
const SCALAR = '\x1f'
const CONTROL = ['\x02', '\x18', SCALAR]

export function outlineOf(text: string, maxDepth: number): Outline {
  const comments: Outline['comments'] = []
  /** Columns at which block collections stand, rising. */
  const blocks: number[] = []
  let flow = 0
  let offset = 0
  let lineStart = 0
  /** Whether the next token begins a node: it is the first of its line, or stands after `-`, `?` or `:`. */
  let begins = true
  let scalar = false
  for (const token of new Lexer().lex(text)) {
    if (CONTROL.includes(token)) {
      scalar = token === SCALAR
      continue
    }
    const start = offset
    offset += token.length
    if (!scalar && token.startsWith('#')) {
      comments.push({ span: { start, end: offset }, text: token.replace(/^#+/, '').trim() })
    } else if (!scalar && (token === '---' || token === '...')) {
      blocks.length = 0
      flow = 0
    } else if (scalar || !/^\s*$/.test(token)) {
      if (begins && flow === 0) descend(blocks, start - lineStart)
      if (!scalar && (token === '[' || token === '{')) flow++
      if (!scalar && (token === ']' || token === '}')) flow = Math.max(0, flow - 1)
      begins = !scalar && /^[-?:]$/.test(token)
      if (blocks.length + flow > maxDepth) return { tooDeep: start, comments }
    }
    scalar = false
    const lineEnd = token.lastIndexOf('\n')
    if (lineEnd !== -1) {
      lineStart = start + lineEnd + 1
      begins = true
    }
  }
  return { tooDeep: null, comments }
}

function descend(blocks: number[], column: number): void {
  while (blocks.length > 0 && blocks[blocks.length - 1]! > column) blocks.pop()
  if (blocks.length === 0 || blocks[blocks.length - 1]! < column) blocks.push(column)
}
