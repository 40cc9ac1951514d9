/**
 * Facts: what guards have told about whose data it is, as a small map from origins (the objects that guards test) to
 * subjects. Interned: two equal sets of facts are the same object, so they compare by identity. `claimed-` subjects come
 * from predicates whose body is not seen: they lower confidence, they never clear anything.
 */
export type KnownSubject = 'japan' | 'other' | 'claimed-japan' | 'claimed-other'

export interface Facts {
  readonly key: string
  readonly subjects: ReadonlyMap<number, KnownSubject>
}

const limit = 6

/** Makes and combines facts; one table per run, so that a run leaves nothing behind. */
export class FactTable {
  readonly none: Facts = { key: '', subjects: new Map() }
  readonly #interned = new Map<string, Facts>([['', this.none]])

  one(origin: number, subject: KnownSubject): Facts {
    return this.#intern(new Map([[origin, subject]]))
  }

  /** Both hold; null where they contradict each other. Facts over the limit are dropped, oldest origin first. */
  both(a: Facts, b: Facts): Facts | null {
    if (a === b || b === this.none) return a
    if (a === this.none) return b
    const merged = new Map(a.subjects)
    for (const [origin, subject] of b.subjects) {
      const known = merged.get(origin)
      if (known === undefined) merged.set(origin, subject)
      else if (place(known) !== place(subject)) {
        if (!known.startsWith('claimed') && !subject.startsWith('claimed')) return null
        merged.delete(origin)
      } else if (known.startsWith('claimed')) merged.set(origin, subject)
    }
    return this.#intern(merged)
  }

  /** What holds in either case. */
  either(a: Facts, b: Facts): Facts {
    if (a === b) return a
    const common = new Map<number, KnownSubject>()
    for (const [origin, subject] of a.subjects) {
      const other = b.subjects.get(origin)
      if (other === subject) common.set(origin, subject)
      else if (other !== undefined && place(other) === place(subject)) common.set(origin, `claimed-${place(subject)}`)
    }
    return this.#intern(common)
  }

  #intern(subjects: Map<number, KnownSubject>): Facts {
    const entries = [...subjects].sort(([a], [b]) => a - b).slice(-limit)
    const key = entries.map(([origin, subject]) => `${origin}${subject}`).join(' ')
    const known = this.#interned.get(key)
    if (known) return known
    const facts: Facts = { key, subjects: new Map(entries) }
    this.#interned.set(key, facts)
    return facts
  }
}

function place(subject: KnownSubject): 'japan' | 'other' {
  return subject === 'japan' || subject === 'claimed-japan' ? 'japan' : 'other'
}

/** What a condition tells: facts where it is true, and where it is false. */
export interface Test {
  readonly whenTrue: Facts
  readonly whenFalse: Facts
}
