/**
 * What an ECMAScript file imports, by looking at its text only: `from '…'`, `import '…'`, `import('…')`, `require('…')`. A word in
 * a comment or a string may be taken for an import: more is found than is there, never less.
 */

const QUOTE = /['"`]/

/** Specifiers in a text, each once. */
export function specifiersIn(text: string): string[] {
  const found = new Set<string>()
  for (const word of ['from', 'import', 'require']) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const specifier = specifierAfter(text, at + word.length)
      if (specifier !== null) found.add(specifier)
    }
  }
  return [...found]
}

/** A quoted text after spaces, comments, a parenthesis: `from '…'`, `require.resolve('…')`, `import(/* chunk *\/ '…')`. */
function specifierAfter(text: string, start: number): string | null {
  let at = skipSpace(text, start)
  if (text.startsWith('.resolve', at)) at = skipSpace(text, at + 8)
  if (text[at] === '(') at = skipSpace(text, at + 1)
  const quote = text[at]
  if (quote === undefined || !QUOTE.test(quote)) return null
  const end = text.indexOf(quote, at + 1)
  if (end < 0 || end - at > 1000) return null
  const specifier = text.slice(at + 1, end)
  if (specifier === '' || /[\n\r]/.test(specifier)) return null
  return specifier
}

function skipSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 32 || (code >= 9 && code <= 13)) at += 1
    else if (code === 47 && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) return at
      at = end + 2
    } else return at
  }
}
