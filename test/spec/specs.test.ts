import { describe, expect, it } from 'vitest'
import { checkCase, findSpecs, pendingIn } from './run.js'

for (const spec of findSpecs()) {
  describe(spec.path, () => {
    for (const each of spec.cases) {
      const pending = pendingIn(each)
      if (pending) it.todo(`${each.name} (${pending} is not read yet)`)
      else it(each.name, () => expect(checkCase(each, spec.path)).toBe(''))
    }
  })
}
