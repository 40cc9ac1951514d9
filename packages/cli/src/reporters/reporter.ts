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
}

/** A report format: the report, which every format is made from, to text. Knows no files and no terminal. */
export interface Reporter {
  id: string
  render(report: Report, context: ReportContext): string
}
