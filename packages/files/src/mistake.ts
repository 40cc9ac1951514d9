import type { Localized } from '@sekisho/core'

/** A mistake of the user's, in arguments or policy: formatted, without a stack, exit code 2. */
export class Mistake extends Error {
  override readonly name = 'Mistake'

  constructor(readonly localized: Localized) {
    super(localized.en)
  }
}
