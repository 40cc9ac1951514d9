/**
 * The knowledge of personal data, as its YAML files say it: one DataClass a file of data/data-classes, and the word
 * lists of data/names, keyed by the name of their file. Data only; createNames turns it into matchers.
 */

/** The row of the policy's tables that a data class falls under. */
export type Row =
  | 'related'
  | 'basic-support'
  | 'basic'
  | 'customer-record'
  | 'financial'
  | 'government-id'
  | 'special-care'
  | 'biometric'
  | 'my-number'
  | 'pseudonymised'
  | 'free-text'
  | 'identifier'
  | 'not-personal'

/** A text in both languages of the product. */
export interface Bilingual {
  readonly en: string
  readonly ja: string
}

/** Why a class is what it is: an article, a guideline, or this product's own choice. */
export interface LawReference {
  readonly reference: string
  /** The same as Japanese lawyers cite it. */
  readonly referenceJa: string
  readonly kind: 'statute' | 'guideline' | 'product-policy'
}

/** A kind of personal data, with the names by which code calls it. Identifiers are token sequences in lower case. */
export interface DataClass {
  readonly id: string
  readonly name: Bilingual
  readonly row: Row
  readonly law: readonly LawReference[]
  readonly identifiers: {
    /** English sequences that are enough by themselves. */
    readonly strong: readonly string[]
    /** The same in romaji, compared after folding Hepburn and Kunrei spellings. */
    readonly strongRomaji: readonly string[]
    /** Whole raw identifiers seen in real code, compared without case, digits kept. */
    readonly abbreviations: readonly string[]
    /** Sequences that need a person as owner, or a second class beside them. */
    readonly context: readonly string[]
  }
  readonly labels: {
    readonly ja: readonly string[]
    /** Japanese labels that contain one of `ja` and are not of this class. */
    readonly jaNot: readonly string[]
    readonly en: readonly string[]
  }
  readonly validators: readonly string[]
  /** Token sequences that contain one of this class and are not of it. */
  readonly falseFriends: readonly string[]
  readonly notes: readonly string[]
  readonly examples: { readonly finds: readonly string[]; readonly ignores: readonly string[] }
  readonly sources: readonly string[]
  readonly checked: string
}

/** As what a person stands in the data. */
export type Party = 'customer' | 'employee' | 'other-person'

/** The words for persons of one party. */
export interface PersonWords {
  readonly strong: readonly string[]
  readonly weak: readonly string[]
  readonly romaji: readonly string[]
  readonly abbreviations: readonly string[]
  readonly ja: readonly string[]
}

/** The word lists of data/names; what each key means is said in its file. */
export interface NameLists {
  readonly persons: Readonly<Record<Party, PersonWords>>
  readonly things: {
    readonly en: readonly string[]
    readonly romaji: readonly string[]
    readonly ja: readonly string[]
  }
  readonly tokens: Readonly<
    Record<
      | 'noise'
      | 'noiseButLast'
      | 'accessors'
      | 'booleans'
      | 'verbs'
      | 'qualifiers'
      | 'tails'
      | 'recordTails'
      | 'recordRows'
      | 'romajiTails'
      | 'unpromoted'
      | 'booleanRows'
      | 'booleanClasses'
      | 'containers'
      | 'carriers'
      | 'cuts',
      readonly string[]
    >
  >
  readonly contentless: Readonly<Record<'heads' | 'alone' | 'operations' | 'dateWords' | 'ja', readonly string[]>>
  readonly lookalikes: { readonly sequences: readonly string[] }
  readonly samples: Readonly<Record<'persons' | 'texts' | 'generators', readonly string[]>>
  readonly subjects: SubjectWords
}

/** Attributes that tell whose data it is, the constants they are compared with, and predicates about them. */
export interface SubjectWords {
  readonly attributes: { readonly country: readonly string[]; readonly locale: readonly string[] }
  readonly personRegion: readonly string[]
  readonly qualifiers: readonly string[]
  readonly tails: readonly string[]
  readonly ja: { readonly country: readonly string[]; readonly locale: readonly string[] }
  readonly japan: readonly string[]
  readonly other: Readonly<
    Record<'words' | 'names' | 'dialling' | 'numeric' | 'languages' | 'alpha3' | 'alpha2', readonly string[]>
  >
  readonly predicates: {
    readonly prefixes: readonly string[]
    readonly japan: readonly string[]
    readonly other: readonly string[]
    readonly negations: readonly string[]
    readonly fillers: readonly string[]
    readonly ja: Readonly<Record<'japan' | 'other' | 'fillers', readonly string[]>>
  }
}
