import { describe, expect, it } from 'vitest'
import { pendingLanguage } from './program.js'
import { checkExample, exampleFiles, findExamples } from './run.js'

for (const { path, examples } of findExamples()) {
  describe(path, () => {
    for (const [index, example] of examples.entries()) {
      const name = `${index + 1}. ${example.language}: ${example.expect}`
      const pending = exampleFiles(example).find((file) => pendingLanguage(file.path) !== null)
      if (pending) it.todo(`${name} (${example.language} is not read yet)`)
      else it(name, () => expect(checkExample(example), example.code).toBe(''))
    }
    if (examples.length === 0) it.todo('has an example')
  })
}
