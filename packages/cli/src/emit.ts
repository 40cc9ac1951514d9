/** Reports to where they were asked for. Standard output holds only a report. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Report } from '@sekisho/core'
import { codeOf, Mistake } from '@sekisho/files'
import { writeAtomically } from './atomic-file.js'
import type { Output } from './arguments.js'
import { messages } from './messages.js'
import { reporterOf } from './reporters/registry.js'
import type { ReportContext } from './reporters/reporter.js'

export interface Destination {
  cwd: string
  stdout: { write(text: string): unknown }
}

/** Colours are for a terminal: a file gets none unless they were asked for. */
export function emit(
  report: Report,
  outputs: readonly Output[],
  contextOf: (output: Output) => ReportContext,
  { cwd, stdout }: Destination,
): void {
  for (const output of outputs) {
    const text = reporterOf(output.reporter).render(report, contextOf(output))
    if (output.path === null) {
      stdout.write(text)
      continue
    }
    try {
      write(resolve(cwd, output.path), text)
    } catch (error) {
      throw new Mistake(messages.outputFailed(output.path, codeOf(error)))
    }
  }
}

/** A device, such as /dev/stderr, can't be replaced by a new file. */
function write(path: string, text: string): void {
  if (path.startsWith('/dev/')) writeFileSync(path, text)
  else writeAtomically(path, text)
}
