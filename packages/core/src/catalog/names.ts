/**
 * Reads names: what an identifier or a label says about personal data, whose it is, and what a value means. Compiled once
 * from the catalogue; pure, and bounded in what it remembers.
 */
import type { DataClass, NameLists, Party } from './data-class.js'
import { createIdentifiers, type NameMatch } from './identifiers.js'
import { createLabels } from './labels.js'
import { memo } from './memo.js'
import { createOwners } from './owners.js'
import { isSampleDomain, isSampleNumber } from './samples.js'
import { createSequences } from './sequences.js'
import { createSubjects } from './subjects.js'
import { hasJapanese, plain, singular, tokenize } from './tokens.js'

export type { NameMatch, Strength } from './identifiers.js'

/** The matcher over a catalogue's data classes and name lists; compiled once, then each distinct text is remembered. */
export interface Names {
  /** What an identifier (camel, snake, kebab, romaji, Japanese) names by itself. `context` matches need an owner. */
  identifier(name: string): NameMatch | null
  /** What a Japanese or English label says: a column comment, a description, a form label. */
  label(text: string): NameMatch | null
  /** The label that stands directly before the end of `text`, as prompt text before a hole does. */
  labelBefore(text: string): NameMatch | null
  /** Whether an owner's name (variable, type, table, path segment, function) is a person, is none, or says nothing. */
  owner(name: string): { is: 'person' | 'not-person' | 'neutral'; party: Party | null; strong: boolean }
  /** Whether a name yields no content of the person: length, …Count, is…, …Enabled, …Id, …At. */
  isContentless(name: string): boolean
  /** A subject attribute, such as countryCode or preferredLanguage. */
  subjectAttribute(name: string): 'country' | 'locale' | null
  /** Whether a constant compared with a subject attribute means Japan, another place, or nothing known. */
  subjectValue(text: string): 'japan' | 'other' | null
  /** Whether a predicate's name claims to test that a person is in Japan or abroad. */
  predicate(name: string): 'japan' | 'other' | null
  /** Whether a value is a known sample: 山田太郎, mails at example.com, 090-1234-5678. */
  isSample(text: string): boolean
}

export function createNames(classes: readonly DataClass[], lists: NameLists): Names {
  const sequences = createSequences(classes, lists.lookalikes.sequences)
  const owners = createOwners(lists)
  const identifier = memo(
    createIdentifiers(classes, lists, { sequences, owners, japanese: (text) => labels.japanese(text) }),
  )
  const labels = createLabels(classes, lists, identifier)
  const subjects = createSubjects(lists.subjects, owners.isPerson)
  return {
    identifier,
    label: memo(labels.label),
    labelBefore: labels.labelBefore,
    owner: memo(owners.owner),
    isContentless: memo(createContentless(lists, identifier)),
    subjectAttribute: memo(subjects.subjectAttribute),
    subjectValue: memo(subjects.subjectValue),
    predicate: memo(subjects.predicate),
    isSample: createSamples(lists.samples),
  }
}

function createContentless(
  lists: NameLists,
  identifier: (name: string) => NameMatch | null,
): (name: string) => boolean {
  const { contentless, tokens: words } = lists
  const operations = new Set(contentless.operations)
  const heads = new Set(contentless.heads)
  const alone = new Set(contentless.alone)
  const booleans = new Set(words.booleans)
  const dates = new Set(contentless.dateWords)
  const moments = new Set(['at', 'on', 'date', 'time', 'timestamp', 'datetime'])
  return (name) => {
    if (hasJapanese(name)) {
      const text = plain(name)
      return contentless.ja.some((ending) => text.endsWith(ending)) && identifier(name) === null
    }
    const tokens = tokenize(name)
    const last = tokens[tokens.length - 1]
    if (last === undefined) return false
    if (operations.has(tokens.join(' '))) return true
    if (tokens.length === 1) return alone.has(last) || alone.has(singular(last))
    if (booleans.has(tokens[0] ?? '')) return identifier(name) === null
    if (moments.has(last) && tokens.some((token) => dates.has(token))) return false
    return (heads.has(last) || heads.has(singular(last))) && identifier(name) === null
  }
}

function createSamples(samples: NameLists['samples']): (text: string) => boolean {
  const exact = new Set([...samples.persons, ...samples.texts, ...samples.generators].map(bare))
  const inside = samples.persons.filter(hasJapanese)
  return (text) => {
    const value = bare(text.slice(0, 200))
    if (exact.has(value) || inside.some((name) => value.includes(name))) return true
    const domain = /@([a-z0-9.-]+)$/.exec(value)?.[1]
    return domain === undefined ? /^[-+()0-9]+$/.test(value) && isSampleNumber(value) : isSampleDomain(domain)
  }
}

function bare(text: string): string {
  return plain(text)
    .replace(/[\s・]/g, '')
    .toLowerCase()
}
