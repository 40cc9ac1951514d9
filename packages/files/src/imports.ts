/** What a file imports, by looking at its bytes only, as its language says. */
import { languageIn } from '@sekisho/core'

/** Specifiers in a file's bytes, each once. They are looked at as Latin-1, which is quick and keeps ASCII. */
export function importsOf(path: string, bytes: Buffer): string[] {
  const text = bytes.toString('latin1')
  const found = languageIn(path, text)?.specifiersIn(path, text) ?? []
  // eslint-disable-next-line no-control-regex
  return found.map((one) => (/[^\u0000-\u007f]/.test(one) ? Buffer.from(one, 'latin1').toString('utf8') : one))
}
