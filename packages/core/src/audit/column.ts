/**
 * What a column or a path of a data file holds: which classes its name and its values show, how many values have the form and the check
 * digit, in which widths they are written. Sees one value after the other and keeps counts and shapes, never a value.
 */
import type { DataClass } from '../catalog/data-class.js'
import { hasJapanese } from '../catalog/tokens.js'
import type { Names, NameMatch } from '../catalog/names.js'
import { findLiterals, validate } from '../catalog/validators.js'
import { shapeOf } from './shape.js'
import { widthsOf, type Widths } from './widths.js'

/** Counts of one class in one column. */
export interface ClassCount {
  dataClass: string
  /** By its name the column is of this class; `weakly` by a word that says so of people's tables only (`name`). */
  named: 'no' | 'weakly' | 'yes'
  /** Values with the form, and where there is one the check digit, of the class. */
  valid: number
  /** Values that could be, without what would make it likely. */
  possible: number
  /** Texts in which a label of the class stands. */
  labelled: number
  /** Values that documentation and tests use. */
  samples: number
}

export interface ColumnRecord {
  path: string
  values: number
  empty: number
  classes: ClassCount[]
  /** How its values look, most frequent first: 9 for a digit, A a, 漢 あ ア ｱ for scripts. Never a value. */
  shapes: { shape: string; count: number }[]
  widths: Widths
  /** Values of the named class that do not have its form. */
  malformed: number
}

const mostShapes = 200
const shownShapes = 3
/** What can hold neither a number nor an address of a person needs no second look. */
const SUSPECT = /[0-9０-９][0-9０-９() \-‐－ー]{4,}|[@＠]|[A-Z]{2}[0-9]{7}/
const LABELS = /([^\s:：、。,=]{1,20})[ \u3000]*[:：=]/g

export class ColumnAudit {
  #values = 0
  #empty = 0
  #malformed = 0
  readonly #counts = new Map<string, ClassCount>()
  readonly #shapes = new Map<string, number>()
  readonly #widths: Widths = { digits: [0, 0], letters: [0, 0], kana: [0, 0], spaces: [0, 0] }
  readonly #named: DataClass | null
  readonly #name: string

  constructor(
    readonly path: string,
    name: string,
    readonly names: Names,
    classes: ReadonlyMap<string, DataClass>,
  ) {
    this.#name = name
    const match = namedClass(names, name)
    this.#named = match === null ? null : (classes.get(match.dataClass) ?? null)
    if (match !== null && this.#named !== null)
      this.#count(this.#named.id).named = match.strength === 'context' ? 'weakly' : 'yes'
  }

  add(value: string): void {
    const text = value.trim()
    if (text === '') {
      this.#empty++
      return
    }
    this.#values++
    const shape = shapeOf(text)
    if (this.#shapes.has(shape) || this.#shapes.size < mostShapes)
      this.#shapes.set(shape, (this.#shapes.get(shape) ?? 0) + 1)
    widthsOf(text, this.#widths)
    const isSuspect = SUSPECT.test(text)
    if (this.#named !== null && this.names.isSample(text)) {
      this.#count(this.#named.id).samples++
      return
    }
    const isNamed = this.#byName(text)
    // A short value that is all of its class holds nothing else.
    if (isSuspect && (!isNamed || text.length > 40)) this.#byValue(text, isNamed)
    if (text.length > 8 && /[:：=]/.test(text)) this.#byLabels(text)
  }

  /** A value of a named column is checked against the class's own forms. */
  #byName(text: string): boolean {
    const named = this.#named
    if (named === null || named.validators.length === 0) return false
    const isValid = named.validators.some((id) => validate(id, text))
    if (isValid) this.#count(named.id).valid++
    else this.#malformed++
    return isValid
  }

  #byValue(text: string, isNamed: boolean): void {
    // Without a name the column says nothing against a person either.
    const isOfPerson = this.#named !== null || this.#name === ''
    const found = new Set<string>()
    for (const { dataClass, certainty, sample } of findLiterals(text, this.#name, isOfPerson)) {
      if ((isNamed && dataClass === this.#named?.id) || found.has(dataClass)) continue
      found.add(dataClass)
      const count = this.#count(dataClass)
      if (sample === true) count.samples++
      else if (certainty === 'possible') count.possible++
      else count.valid++
    }
  }

  #byLabels(text: string): void {
    const found = new Set<string>()
    for (const [, word] of text.slice(0, 4_000).matchAll(LABELS)) {
      const match = this.names.label(word!) ?? this.names.identifier(word!)
      if (match !== null && (match.strength !== 'context' || hasJapanese(word!))) found.add(match.dataClass)
    }
    for (const dataClass of found) this.#count(dataClass).labelled++
  }

  #count(dataClass: string): ClassCount {
    let count = this.#counts.get(dataClass)
    if (count === undefined) {
      count = { dataClass, named: 'no', valid: 0, possible: 0, labelled: 0, samples: 0 }
      this.#counts.set(dataClass, count)
    }
    return count
  }

  record(): ColumnRecord {
    const shapes = [...this.#shapes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    const sum = (one: ClassCount) => one.valid + one.labelled + (one.named === 'yes' ? this.#values : 0)
    return {
      path: this.path,
      values: this.#values,
      empty: this.#empty,
      classes: [...this.#counts.values()]
        .filter((one) => one.named !== 'no' || one.valid + one.possible + one.labelled + one.samples > 0)
        .sort((a, b) => sum(b) - sum(a) || (a.dataClass < b.dataClass ? -1 : 1)),
      shapes: shapes.slice(0, shownShapes).map(([shape, count]) => ({ shape, count })),
      widths: this.#widths,
      malformed: this.#malformed,
    }
  }
}

/** What a column's name says: in a table of people a weak word (`name`, `address`) says enough. */
export function namedClass(names: Names, name: string): NameMatch | null {
  if (names.isContentless(name)) return null
  return names.identifier(name) ?? names.label(name)
}

/** Whether a class stands there: named with values, or values that show it. */
export function isPersonal(count: ClassCount, column: Pick<ColumnRecord, 'values'>): boolean {
  return count.valid > 0 || count.labelled > 0 || (count.named === 'yes' && column.values > 0)
}
