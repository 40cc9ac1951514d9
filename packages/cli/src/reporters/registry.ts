/** The report formats, one line each. */
import { json } from './json.js'
import type { Reporter } from './reporter.js'
import { sarif } from './sarif.js'
import { terminal } from './terminal.js'

const reporters: readonly Reporter[] = [terminal, json, sarif]

export const reporterIds: readonly string[] = reporters.map(({ id }) => id)

export function reporterOf(id: string): Reporter {
  return reporters.find((reporter) => reporter.id === id)!
}
