/** Words of schema languages: names, marks, texts and comments, in one pass over the text; what is not closed ends it. */
export interface Token {
  kind: 'name' | 'mark' | 'text' | 'comment'
  /** Without quotes and comment marks, trimmed. */
  text: string
  start: number
  end: number
}

const mostTokens = 200_000
const space = /[\s,]+/y
const name = /[A-Za-z_][\w.]*/y
const number = /[-+]?\d[\w.]*/y

/** `line`: what starts a comment up to the line's end. */
export function lex(text: string, line: '#' | '//'): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length && tokens.length < mostTokens) {
    const blank = matchAt(space, text, at)
    if (blank > 0) {
      at += blank
      continue
    }
    const { kind, from, to, end } = tokenAt(text, at, line)
    if (kind !== null) tokens.push({ kind, text: text.slice(from, to).trim(), start: at, end })
    at = end
  }
  return tokens
}

interface Found {
  kind: Token['kind'] | null
  from: number
  to: number
  end: number
}

function tokenAt(text: string, at: number, line: string): Found {
  if (text.startsWith(line, at)) {
    const to = before(text, '\n', at)
    return { kind: 'comment', from: at + line.length, to, end: to }
  }
  if (text.startsWith('/*', at) && line === '//') return closed(text, at, '/*', '*/', 'comment')
  if (text.startsWith('"""', at)) return closed(text, at, '"""', '"""', 'text')
  if (text[at] === '"' || text[at] === "'") return quoted(text, at)
  const word = matchAt(name, text, at)
  if (word > 0) return { kind: 'name', from: at, to: at + word, end: at + word }
  const digits = matchAt(number, text, at)
  if (digits > 0) return { kind: null, from: at, to: at + digits, end: at + digits }
  return { kind: 'mark', from: at, to: at + 1, end: at + 1 }
}

function closed(text: string, at: number, open: string, close: string, kind: Token['kind']): Found {
  const to = before(text, close, at + open.length)
  return { kind, from: at + open.length, to, end: Math.min(text.length, to + close.length) }
}

/** A text within its line. */
function quoted(text: string, at: number): Found {
  let to = at + 1
  while (to < text.length && text[to] !== text[at] && text[to] !== '\n') to += text[to] === '\\' ? 2 : 1
  to = Math.min(to, text.length)
  return { kind: 'text', from: at + 1, to, end: Math.min(text.length, to + 1) }
}

function before(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}
