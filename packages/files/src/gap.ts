import type { Gap, Localized } from '@sekisho/core'

/** A gap as the engine takes it: with whether the prefilter says that the file could matter. */
export interface FoundGap extends Gap {
  relevant: boolean
  /** Where the gap has a place: the text that it is in. */
  text?: string
}

export function gapOf(file: string, kind: Gap['kind'], reason: Localized, relevant = true): FoundGap {
  return { file, span: null, kind, reason, relevant }
}
