import { LineIndex } from '@sekisho/core'
import type { ReportContext } from './reporter.js'

/** Lines of the files that a report names, each file indexed once. */
export function sourcesOf(context: ReportContext): (file: string) => LineIndex | null {
  const known = new Map<string, LineIndex | null>()
  return (file) => {
    if (!known.has(file)) {
      const text = context.text(file)
      known.set(file, text === null ? null : new LineIndex(text))
    }
    return known.get(file)!
  }
}
