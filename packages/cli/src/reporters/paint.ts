import type { Severity } from '@sekisho/core'
import pc from 'picocolors'

export type Paint = ReturnType<typeof createPaint>

/** Colours, or none: the caller decides, not the environment. */
export function createPaint(isColored: boolean) {
  const { bold, dim, underline, red, yellow, green, blue, cyan } = pc.createColors(isColored)
  const bySeverity = { error: red, warn: yellow, note: blue }
  return {
    bold,
    dim,
    underline,
    yellow,
    green,
    cyan,
    severity: (severity: Severity, text: string) => bySeverity[severity](text),
  }
}
