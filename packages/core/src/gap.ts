import type { Span } from './location.js'

/** What could not be analysed. */
export interface Gap {
  file: string
  span: Span | null
  reason: { en: string; ja: string }
  /** parse: nothing or not all of the file was understood; read: it could not be read; cut: a bound was reached. */
  kind: 'parse' | 'read' | 'cut'
}
