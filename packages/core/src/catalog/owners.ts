/**
 * Who owns a field: whether the name of a variable, type, table or function stands for a person. The last word that says
 * something decides (customerCompany is a company, companyCustomer a customer).
 */
import type { NameLists, Party } from './data-class.js'
import { foldRomaji } from './romaji.js'
import { hasJapanese, plain, singular, tokenize } from './tokens.js'

export interface Owner {
  readonly is: 'person' | 'not-person' | 'neutral'
  readonly party: Party | null
  /** Whether the word hardly means anything else (customer, patient), as against user, contact, profile. */
  readonly strong: boolean
}

export interface Owners {
  owner(name: string): Owner
  /** The owner that leading tokens of an identifier stand for (customer in customerHomePhone). */
  ofTokens(tokens: readonly string[]): Owner
  /** Whether one token is a word for a person. */
  isPerson(token: string): boolean
}

type Word = { readonly is: 'person'; readonly party: Party; readonly strong: boolean } | { readonly is: 'not-person' }

const neutral: Owner = { is: 'neutral', party: null, strong: false }
const thing: Owner = { is: 'not-person', party: null, strong: false }
const parties: readonly Party[] = ['customer', 'employee', 'other-person']

export function createOwners(lists: NameLists): Owners {
  const { english, romaji, japanese } = learn(lists)
  const { tokens: words } = lists
  const verbs = new Set([...words.verbs, ...words.accessors, ...words.booleans])
  const noise = new Set(words.noise)
  const containers = new Set(words.containers)
  const carriers = new Set(words.carriers)
  const cuts = new Set(words.cuts)
  const heads = new Set(lists.contentless.heads)

  return { owner, ofTokens, isPerson: (token) => lookUp(token)?.is === 'person' }

  function owner(name: string): Owner {
    return hasJapanese(name) ? (ofJapanese(plain(name)) ?? ofTokens(tokenize(name))) : ofTokens(tokenize(name))
  }

  function ofTokens(all: readonly string[]): Owner {
    let tokens = all.length === 1 ? all : all.filter((token) => !noise.has(token))
    if (tokens.length > 1 && verbs.has(tokens[0] ?? '')) tokens = tokens.slice(1)
    const cut = tokens.findIndex((token) => cuts.has(token))
    if (cut >= 0) tokens = tokens.slice(0, cut)
    const verdict = fromTheEnd(tokens)
    if (verdict.is !== 'person' || tokens.length < 2) return verdict
    const last = tokens[tokens.length - 1] ?? ''
    return heads.has(last) && !containers.has(last) && !carriers.has(last) ? neutral : verdict
  }

  function fromTheEnd(tokens: readonly string[]): Owner {
    let certain = true
    let skippedThing = false
    for (let index = tokens.length - 1; index >= 0; index--) {
      const token = tokens[index] ?? ''
      if (hasJapanese(token)) {
        const said = ofJapanese(token)
        if (said) return said
      }
      if (index > 1 && containers.has(`${tokens[index - 1]} ${singular(token)}`)) {
        certain = false
        index--
        continue
      }
      const word = lookUpPair(tokens[index - 1], token) ?? lookUp(token)
      const skippable = containers.has(token) || containers.has(singular(token)) || carriers.has(token)
      if (word?.is === 'person') {
        // A profile or contact of a customer is the customer.
        if (skippable && index > 0) {
          const before = fromTheEnd(tokens.slice(0, index))
          if (before.is !== 'neutral') return { ...before, strong: before.strong && certain }
        }
        return { is: 'person', party: word.party, strong: word.strong && certain }
      }
      if (skippable) {
        skippedThing ||= word !== undefined
        certain &&= !carriers.has(token)
        continue
      }
      if (word) return thing
      certain = false
    }
    return skippedThing ? thing : neutral
  }

  function lookUpPair(before: string | undefined, token: string): Word | undefined {
    if (before === undefined) return undefined
    return english.get(`${before} ${singular(token)}`)
  }

  function lookUp(token: string): Word | undefined {
    return english.get(token) ?? english.get(singular(token)) ?? romaji.get(foldRomaji(token))
  }

  function ofJapanese(text: string): Owner | null {
    let best: { end: number; size: number; word: Word } | null = null
    for (const [label, word] of japanese) {
      const at = text.lastIndexOf(label)
      if (at < 0) continue
      const end = at + label.length
      if (best === null || end > best.end || (end === best.end && label.length > best.size))
        best = { end, size: label.length, word }
    }
    if (best === null) return null
    return best.word.is === 'person' ? { is: 'person', party: best.word.party, strong: best.word.strong } : thing
  }
}

function learn(lists: NameLists) {
  const english = new Map<string, Word>()
  const romaji = new Map<string, Word>()
  const japanese: [string, Word][] = []
  for (const party of parties) {
    const words = lists.persons[party]
    const weak: Word = { is: 'person', party, strong: false }
    const strong: Word = { is: 'person', party, strong: true }
    for (const word of words.strong) english.set(word, strong)
    for (const word of words.weak) english.set(word, weak)
    for (const word of words.abbreviations) english.set(word, strong)
    for (const word of words.romaji) romaji.set(foldRomaji(word), strong)
    for (const word of words.ja) japanese.push([word, strong])
  }
  for (const word of lists.things.en) if (!english.has(word)) english.set(word, { is: 'not-person' })
  for (const word of lists.things.romaji) romaji.set(foldRomaji(word), { is: 'not-person' })
  for (const word of lists.things.ja) japanese.push([word, { is: 'not-person' }])
  return { english, romaji, japanese }
}
