/** How much may be solved: statements, counted, so that the same input ends in the same way on any machine. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted'
}

export class Effort {
  #left: number

  constructor(statements = Infinity) {
    this.#left = statements
  }

  spend(): void {
    if (--this.#left < 0) throw new Exhausted()
  }
}
