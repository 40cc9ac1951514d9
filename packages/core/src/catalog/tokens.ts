/**
 * Splits a name as programmers write it (camel, snake, kebab, romaji, Japanese, mixed) into lower-case tokens.
 * Digits are dropped: addr02 is addr. Nothing here knows what a token means.
 */

/** Longest name that is looked at; longer ones are cut. */
export const nameLimit = 200

const japanese = /[\u3005-\u3007\u3012\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/
const pieces =
  /[A-Z]+(?![a-zà-ÿāīūēō])|[A-Z]?[a-zà-ÿāīūēō]+|[\u3005-\u3007\u3012\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/g

/** Whether a text contains Japanese script. */
export function hasJapanese(text: string): boolean {
  return japanese.test(text)
}

/** Compatibility forms (full-width letters, half-width katakana) to their plain ones. */
export function plain(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC')
}

/** The tokens of a name, lower case, digits dropped, bounded in length. */
export function tokenize(name: string): string[] {
  const text = plain(name.length > nameLimit ? name.slice(0, nameLimit) : name).replace(
    /([A-Z])([A-Z])s(?![a-z])/g,
    '$1$2',
  )
  const found = text.match(pieces)
  return found ? found.map((piece) => piece.toLowerCase()) : []
}

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  diagnoses: 'diagnosis',
  children: 'child',
  addresses: 'address',
}

/** The singular of an English token; a word that has none comes back as it is. */
export function singular(token: string): string {
  const known = irregular[token]
  if (known !== undefined) return known
  if (token.length < 4 || !token.endsWith('s')) return token
  if (/(?:ss|us|is)$/.test(token)) return token
  if (token.endsWith('ies')) return `${token.slice(0, -3)}y`
  if (/(?:sses|xes|ches|shes)$/.test(token)) return token.slice(0, -2)
  return token.slice(0, -1)
}
