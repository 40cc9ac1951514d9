/**
 * Where a finding is marked in the linted file: the argument that carries the data; where the call is in another file, the last step of
 * the trace in this one. null: the file has no part in it.
 */
import type { Finding, Mark, Region, TraceStep } from '@sekisho/core'

export function placeOf(finding: Finding, mark: Mark | undefined, path: string, text: string): Region | null {
  if (finding.file === path) return mark?.argument ?? finding
  const step = finding.trace.findLast(({ file }) => file === path)
  return step === undefined ? null : regionOf(step, text)
}

/** A step tells where it begins: it is marked to the end of the word that stands there. */
function regionOf({ line, column }: TraceStep, text: string): Region {
  const written = text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? ''
  const word = /^[\p{ID_Continue}$.#]+/u.exec(written.slice(column - 1))?.[0] ?? ' '
  return { line, column, endLine: line, endColumn: column + word.length }
}
