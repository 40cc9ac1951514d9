import type { Report } from '@sekisho/core'
import type { Locale } from '../locale.js'

export interface ReportContext {
  locale: Locale
  color: boolean
  /** Columns of the terminal. */
  width: number
  /** Notes in full, not only counted. */
  notes: boolean
  verbose: boolean
  /** Whether the policy refuses the gaps. */
  isIncomplete: boolean
  /** Text of a file of the report, personal data in it masked without moving a column; null: not readable. */
  text(file: string): string | null
  /** The 1-based column in UTF-8 bytes of one in UTF-16 units; the same number where the file is not readable. */
  utf8Column(file: string, line: number, column: number): number
}

/** A report format: the report, which every format is made from, to text or bytes. Knows no files and no terminal. */
export interface Reporter {
  id: string
  render(report: Report, context: ReportContext): string | Uint8Array
  /** A second text for a CI system that names the file to append it to in an environment variable. */
  aside?: { variable: string; render(report: Report, context: ReportContext): string }
}
