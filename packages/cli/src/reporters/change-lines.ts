/** What was compared, what the baseline holds and whether the gate holds, as plain lines: two blanks before what belongs to the line above. */
import type { Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { createPaint } from './paint.js'
import { gateLines } from './terminal-gate.js'

export function changeLines(report: Report, locale: Locale): string[] {
  return gateLines(report, locale, createPaint(false))
}
