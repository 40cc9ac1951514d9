/** A map that is copied only when one of those who share it writes: most ways of a branch write nothing. */
export class CopyOnWrite<K, V> {
  #map: Map<K, V>
  #isShared: boolean

  constructor(map: Map<K, V> = new Map(), isShared = false) {
    this.#map = map
    this.#isShared = isShared
  }

  /** A copy: what is written to either from now on is not seen in the other. */
  fork(): CopyOnWrite<K, V> {
    this.#isShared = true
    return new CopyOnWrite(this.#map, true)
  }

  /** Whether nothing was written to either since one was forked of the other. */
  isSame(other: CopyOnWrite<K, V>): boolean {
    return this.#map === other.#map
  }

  get(key: K): V | undefined {
    return this.#map.get(key)
  }

  has(key: K): boolean {
    return this.#map.has(key)
  }

  get size(): number {
    return this.#map.size
  }

  set(key: K, value: V): void {
    this.#own().set(key, value)
  }

  delete(key: K): void {
    if (this.#map.has(key)) this.#own().delete(key)
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.#map[Symbol.iterator]()
  }

  #own(): Map<K, V> {
    if (this.#isShared) {
      this.#map = new Map(this.#map)
      this.#isShared = false
    }
    return this.#map
  }
}
