/** Where a carrier may mark a finding besides its own place: the argument that carries the data, and the literals that chose the endpoint. */
import type { Region, Span } from '../location.js'

export interface Mark {
  /** In the finding's file; null where the finding is about no call. */
  argument: Region | null
  /** Literals of the code that named host, region or model. */
  literals: { file: string; span: Span }[]
}
