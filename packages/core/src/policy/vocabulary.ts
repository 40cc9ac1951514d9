/** The words that a policy may use, and the problems found with them. */
import type { Row } from '../catalog/catalogue.js'
import type { PolicyError } from './errors.js'
import { nearest } from './near.js'
import type { Origin } from './policy.js'
import { didYouMean } from './schema.js'
import type { Path, PolicySource, Wrong } from './source.js'

export const rows: readonly Row[] = [
  'related',
  'basic-support',
  'identifier',
  'basic',
  'customer-record',
  'financial',
  'government-id',
  'free-text',
  'special-care',
  'biometric',
  'my-number',
  'pseudonymised',
  'not-personal',
]

export interface Problems {
  errors: PolicyError[]
  warnings: PolicyError[]
}

/** One file being read: its source, the words known so far, and where its problems go. */
export class Reading {
  constructor(
    readonly source: PolicySource,
    /** Data class → row: the catalogue's, and those that the policy declares. */
    readonly classes: Map<string, Row>,
    readonly providers: readonly string[] | null,
    readonly problems: Problems,
  ) {}

  origin(path: Path): Origin {
    return this.source.origin(path)
  }

  wrong(path: Path, wrong: Wrong): void {
    this.problems.errors.push(this.source.error(this.source.origin(path), wrong))
  }

  wrongKey(path: Path, wrong: Wrong): void {
    this.problems.errors.push(this.source.error(this.source.keyOrigin(path), wrong))
  }

  warn(path: Path, wrong: Wrong): void {
    this.problems.warnings.push(this.source.error(this.source.keyOrigin(path), wrong))
  }

  /** Data class ids or rows; what is neither is reported. */
  data(words: readonly string[], path: Path, isList = true): string[] {
    words.forEach((word, i) => this.#checkData(word, isList ? [...path, i] : path))
    return [...words]
  }

  dataClass(word: string, path: Path): void {
    if (!this.classes.has(word) && word !== 'not-personal')
      this.#unknownData(word, path, [...this.classes.keys()], false)
  }

  /** The classes that the words cover, with the words themselves: rows stand for all their classes. */
  expand(words: readonly string[]): string[] {
    const inRows = [...this.classes].filter(([, row]) => words.includes(row)).map(([id]) => id)
    return [...new Set([...words, ...inRows])]
  }

  #checkData(word: string, path: Path): void {
    if (this.classes.has(word) || rows.includes(word as Row)) return
    this.#unknownData(word, path, [...rows, ...this.classes.keys()], true)
  }

  #unknownData(word: string, path: Path, known: string[], rowsToo: boolean): void {
    const list = rowsToo ? rows.join(', ') : known.slice(0, 20).join(', ')
    this.wrong(path, {
      code: 'unknown-data-class',
      message: { en: `no data class \`${word}\``, ja: `データ分類 \`${word}\` はありません` },
      expected: rowsToo
        ? { en: `a data class, or a row: ${list}`, ja: `データ分類、または行: ${list}` }
        : { en: `a data class: ${list} …`, ja: `データ分類: ${list} …` },
      remedy: didYouMean(nearest(word, known)) ?? {
        en: `declare it under data.classes: \`${word}: { row: basic }\``,
        ja: `data.classes に宣言してください: \`${word}: { row: basic }\``,
      },
    })
  }
}
