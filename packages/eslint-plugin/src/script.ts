import { languageOf, type Language } from '@sekisho/core'

/** The language of a file that ESLint's parsers make trees of; null for all others. */
export function scriptLanguage(path: string): Language | null {
  const language = languageOf(path)
  return language?.grammar === 'estree' ? language : null
}
