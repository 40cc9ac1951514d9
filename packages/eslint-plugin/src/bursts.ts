/**
 * When files are looked at again. Runs of one command follow each other closely, and an editor pauses between its own: what was
 * compared with the disk stands for the rest of a burst, and no longer than two seconds.
 */
const PAUSE = 100
const LONGEST = 2000

export class Bursts {
  #id = 0
  #begun = -Infinity
  #last = -Infinity

  constructor(readonly now: () => number) {}

  /** A number that is another one as soon as files may have changed. */
  current(): number {
    const now = this.now()
    if (now - this.#last > PAUSE || now - this.#begun > LONGEST) {
      this.#id += 1
      this.#begun = now
    }
    this.#last = now
    return this.#id
  }

  /** Time spent on an analysis is no pause. */
  done(): void {
    this.#last = this.now()
  }
}
