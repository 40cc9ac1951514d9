/**
 * Whose data it is: attributes that tell where a person is (country, locale), the constants they are compared with, and
 * predicates whose names claim to test it (isDomesticCustomer). Every token must be known: isJapaneseText and isJapanRegion
 * test something else.
 */
import type { SubjectWords } from './data-class.js'
import { foldRomaji } from './romaji.js'
import { hasJapanese, plain, singular, tokenize } from './tokens.js'

export type Place = 'japan' | 'other'

export interface Subjects {
  subjectAttribute(name: string): 'country' | 'locale' | null
  subjectValue(text: string): Place | null
  predicate(name: string): Place | null
}

export function createSubjects(words: SubjectWords, isPerson: (token: string) => boolean): Subjects {
  const values = valuesOf(words)
  const attributes = new Map<string, 'country' | 'locale'>()
  for (const kind of ['country', 'locale'] as const)
    for (const text of words.attributes[kind]) attributes.set(text, kind)
  const allowedBefore = new Set([...words.qualifiers, ...words.tails])
  const tails = new Set(words.tails)
  const regions = new Set(words.personRegion)
  const { predicates } = words
  const prefixes = new Set(predicates.prefixes)
  const negations = new Set(predicates.negations)
  const fillers = new Set(predicates.fillers)
  const places = new Map<string, Place>()
  for (const word of predicates.japan) places.set(foldRomaji(word), 'japan')
  for (const word of predicates.other) places.set(foldRomaji(word), 'other')
  const japaneseWords = [
    ...predicates.ja.japan.map((text) => ({ text, place: 'japan' as Place | null })),
    ...predicates.ja.other.map((text) => ({ text, place: 'other' as Place | null })),
    ...predicates.ja.fillers.map((text) => ({ text, place: null })),
  ].sort((a, b) => b.text.length - a.text.length)

  return { subjectAttribute, subjectValue: (text) => values(plain(text).trim().toLowerCase()), predicate }

  function subjectAttribute(name: string): 'country' | 'locale' | null {
    if (hasJapanese(name)) return japaneseAttribute(plain(name))
    let tokens = tokenize(name)
    if (tokens.length > 1 && tokens[0] === 'get') tokens = tokens.slice(1)
    for (let start = 0; start < tokens.length; start++)
      for (let end = tokens.length; end > start; end--) {
        const kind = attributes.get(tokens.slice(start, end).join(' ')) ?? personRegion(tokens, start, end)
        if (!kind) continue
        const before = tokens.slice(0, start).every((token) => allowedBefore.has(token) || isPerson(token))
        return before && tokens.slice(end).every((token) => tails.has(token)) ? kind : null
      }
    return null
  }

  function personRegion(tokens: readonly string[], start: number, end: number): 'country' | null {
    const before = tokens[start - 1]
    if (end - start !== 1 || before === undefined || !regions.has(tokens[start] ?? '')) return null
    return isPerson(before) || before.startsWith('residen') ? 'country' : null
  }

  function japaneseAttribute(text: string): 'country' | 'locale' | null {
    for (const kind of ['country', 'locale'] as const)
      if (words.ja[kind].some((label) => text === label || (label.length > 1 && text.endsWith(label)))) return kind
    return null
  }

  function predicate(name: string): Place | null {
    if (hasJapanese(name)) return japanesePredicate(plain(name))
    const tokens = tokenize(name)
    const last = tokens[tokens.length - 1]
    if (!prefixes.has(tokens[0] ?? '') && last !== 'hantei') return null
    let place: Place | null = null
    let negated = false
    for (const token of tokens) {
      const said = places.get(foldRomaji(token)) ?? places.get(singular(token))
      if (said && place !== null && said !== place) return null
      if (said) place = said
      else if (negations.has(token)) negated = !negated
      else if (!prefixes.has(token) && !fillers.has(token) && !isPerson(token)) return null
    }
    if (place === null || !negated) return place
    return place === 'japan' ? 'other' : 'japan'
  }

  function japanesePredicate(text: string): Place | null {
    let rest = text.replace(/^(?:is|in)_?/i, '').replace(/\s+/g, '')
    let place: Place | null = null
    while (rest !== '') {
      const word = japaneseWords.find((one) => rest.startsWith(one.text))
      if (!word || (word.place && place && word.place !== place)) return null
      place = word.place ?? place
      rest = rest.slice(word.text.length)
    }
    return place
  }
}

function valuesOf(words: SubjectWords): (text: string) => Place | null {
  const { other } = words
  const japan = new Set(words.japan)
  const abroad = new Set(Object.values(other).flat())
  const codes = new Set([...other.alpha2, ...other.alpha3])
  const languages = new Set(other.languages)
  return (text) => {
    if (text.length > 60) return null
    if (japan.has(text)) return 'japan'
    if (abroad.has(text)) return 'other'
    // ja-JP, en_US, JP-13: the region decides where there is one.
    const parts = /^([a-z]{2,3})[-_]([a-z]{4}[-_])?([a-z]{2}|\d{1,3})(?:[-_.].*)?$/.exec(text)
    if (!parts) return null
    const first = parts[1] ?? ''
    const last = parts[3] ?? ''
    if (first === 'jp' || last === 'jp' || (first === 'ja' && !codes.has(last))) return 'japan'
    return codes.has(last) || languages.has(first) ? 'other' : null
  }
}
