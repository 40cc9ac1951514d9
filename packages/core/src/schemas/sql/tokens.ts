/** SQL to tokens: names without their quotes, strings, numbers, marks; comments apart, with what they stand behind. One pass. */
export interface Token {
  /** name: an identifier or keyword, as written without quotes. */
  kind: 'name' | 'string' | 'number' | 'mark' | 'comment'
  text: string
  /** An identifier in quotes is no keyword. */
  quoted: boolean
  start: number
  end: number
}

const token =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<=(?:^|\n)[ \t]*)#[^\n]*|#[ \t][^\n]*|[EN]?'(?:[^'\\]|''|\\.)*(?:'|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[A-Za-z_\u0080-\uffff][^\]\n]{0,128}\]|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|\S/g

export function tokenizeSql(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(token)) tokens.push(tokenOf(match[0], match.index))
  return tokens
}

function tokenOf(text: string, start: number): Token {
  const make = (kind: Token['kind'], inner: string, quoted = false): Token => ({
    kind,
    text: inner,
    quoted,
    start,
    end: start + text.length,
  })
  const first = text[0]!
  if (text.startsWith('--') || (first === '#' && text.length > 1))
    return make('comment', text.replace(/^[-#]+\s*/, '').trim())
  if (text.startsWith('/*')) return make('comment', text.replace(/^\/\*+|\*+\/$/g, '').trim())
  if (/^[EN]?'/.test(text)) return make('string', text.replace(/^[EN]?'|'$/g, '').replaceAll("''", "'"))
  if (/^\$\w*\$/.test(text)) return make('string', text.replace(/^\$\w*\$|\$\w*\$$/g, ''))
  if (first === '"' || first === '`' || (first === '[' && text.length > 1)) return make('name', text.slice(1, -1), true)
  if (/[A-Za-z_\u0080-\uffff]/.test(first)) return make('name', text)
  if (/\d/.test(first)) return make('number', text)
  return make('mark', text)
}

/** Whether a token is this keyword, given in upper case. */
export function isWord(at: Token | undefined, word: string): boolean {
  return at?.kind === 'name' && !at.quoted && at.text.toUpperCase() === word
}

export function isMark(at: Token | undefined, mark: string): boolean {
  return at?.kind === 'mark' && at.text === mark
}
