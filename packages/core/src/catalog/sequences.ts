/**
 * The dictionary of token sequences: finds every known sequence in the tokens of a name and settles which of them stand.
 * A longer sequence covers the shorter ones inside it; a false friend removes what it contains.
 */
import type { DataClass } from './data-class.js'
import { foldSequence } from './romaji.js'
import { singular, tokenize } from './tokens.js'

export type SequenceKind = 'strong' | 'romaji' | 'context'

/** One known sequence. `dataClass` is null for what looks like personal data of any class and is none. */
interface Entry {
  readonly dataClass: DataClass | null
  readonly kind: SequenceKind | 'friend'
  readonly text: string
  readonly size: number
}

/** A sequence found at tokens [start, end). */
export interface Span {
  readonly start: number
  readonly end: number
  readonly dataClass: DataClass
  readonly kind: SequenceKind
  readonly text: string
}

export interface Sequences {
  /** The sequences that stand, in the order of the tokens, none overlapping another. */
  find(tokens: readonly string[]): Span[]
}

/** Shortest concatenation (phonenumber for phone number) that is taken as the sequence. */
const joinedLength = 6

interface Dictionary {
  readonly entries: Map<string, Entry[]>
  longest: number
}

export function createSequences(classes: readonly DataClass[], lookalikes: readonly string[]): Sequences {
  const english: Dictionary = { entries: new Map(), longest: 1 }
  const romaji: Dictionary = { entries: new Map(), longest: 1 }
  for (const dataClass of classes) {
    const { strong, strongRomaji, context } = dataClass.identifiers
    for (const text of strong) learn(english, text, dataClass, 'strong')
    for (const text of strongRomaji) learn(romaji, text, dataClass, 'romaji')
    for (const text of context)
      for (const dictionary of [english, romaji]) learn(dictionary, text, dataClass, 'context')
    for (const text of dataClass.falseFriends)
      for (const dictionary of [english, romaji]) learn(dictionary, text, dataClass, 'friend')
  }
  for (const text of lookalikes) learn(english, text, null, 'friend')
  return { find: (tokens) => settle([...look(english, tokens), ...look(romaji, foldSequence(tokens))]) }

  function learn(dictionary: Dictionary, text: string, dataClass: DataClass | null, kind: Entry['kind']): void {
    const tokens = tokenize(text)
    const folded = dictionary === romaji ? foldSequence(tokens) : tokens
    const entry: Entry = { dataClass, kind, text, size: tokens.length }
    add(folded.join(' '), entry)
    // A lower-case column has no seams: shimeikana, phonenumber.
    const joined = tokens.join('')
    if (tokens.length > 1 && joined.length >= joinedLength && /^[a-z]+$/.test(joined))
      add(dictionary === romaji ? foldSequence([joined]).join('') : joined, entry)

    function add(key: string, added: Entry): void {
      const known = dictionary.entries.get(key)
      if (known) known.push(added)
      else dictionary.entries.set(key, [added])
      dictionary.longest = Math.max(dictionary.longest, folded.length)
    }
  }
}

interface Found {
  readonly start: number
  readonly end: number
  readonly entry: Entry
}

function look(dictionary: Dictionary, tokens: readonly string[]): Found[] {
  const found: Found[] = []
  for (let start = 0; start < tokens.length; start++) {
    const last = Math.min(tokens.length, start + dictionary.longest)
    let head = ''
    for (let end = start + 1; end <= last; end++) {
      const token = tokens[end - 1] ?? ''
      const known = dictionary.entries.get(head + token) ?? dictionary.entries.get(head + singular(token))
      if (known) for (const entry of known) found.push({ start, end, entry })
      head += `${token} `
    }
  }
  return found
}

const kindOrder: Readonly<Record<Entry['kind'], number>> = { friend: 0, strong: 1, romaji: 2, context: 3 }

function settle(found: readonly Found[]): Span[] {
  if (found.length === 0) return []
  const friends = found.filter(({ entry }) => entry.kind === 'friend')
  const candidates = found
    .filter((one) => one.entry.kind !== 'friend' && !friends.some((friend) => deceives(friend, one)))
    .sort((a, b) => size(b) - size(a) || kindOrder[a.entry.kind] - kindOrder[b.entry.kind] || b.start - a.start)
  const standing: Span[] = []
  for (const { start, end, entry } of candidates) {
    if (standing.some((span) => start < span.end && span.start < end)) continue
    if (entry.dataClass === null || entry.kind === 'friend') continue
    standing.push({ start, end, dataClass: entry.dataClass, kind: entry.kind, text: entry.text })
  }
  return standing.sort((a, b) => a.start - b.start)
}

function size(found: Found): number {
  return found.end - found.start
}

function deceives(friend: Found, one: Found): boolean {
  const concerns = friend.entry.dataClass === null || friend.entry.dataClass === one.entry.dataClass
  if (!concerns || one.start < friend.start || one.end > friend.end) return false
  // A class that names the friend's very sequence as its own keeps it (ip address: no address, but a device's).
  return (
    friend.entry.dataClass !== null ||
    one.entry.dataClass === null ||
    size(one) < size(friend) ||
    one.entry.kind === 'context'
  )
}
