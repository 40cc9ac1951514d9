/** The report as it is: a contract (data/report.schema.json) that other programs read. */
import { safeJson } from '../sanitize.js'
import type { Reporter } from './reporter.js'

export const json: Reporter = {
  id: 'json',
  render: (report) => `${safeJson(report)}\n`,
}
