/** Reports to where they were asked for. Standard output holds only a report. */
import { appendFileSync, writeFileSync } from 'node:fs'
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
  stdout: { write(text: string | Uint8Array): unknown; isTTY?: boolean }
  environment: Readonly<Record<string, string | undefined>>
}

/** Colours are for a terminal: a file gets none unless they were asked for. */
export function emit(
  report: Report,
  outputs: readonly Output[],
  contextOf: (output: Output) => ReportContext,
  { cwd, stdout, environment }: Destination,
): void {
  for (const output of outputs) {
    const reporter = reporterOf(output.reporter)
    const content = reporter.render(report, contextOf(output))
    if (output.path !== null) attempt(output.path, () => write(resolve(cwd, output.path!), content))
    else if (typeof content !== 'string' && stdout.isTTY === true) throw new Mistake(messages.binary(output.reporter))
    else stdout.write(content)
    const aside = reporter.aside === undefined ? undefined : environment[reporter.aside.variable]
    if (reporter.aside === undefined || aside === undefined || aside === '') continue
    const text = reporter.aside.render(report, contextOf(output))
    attempt(aside, () => appendFileSync(resolve(cwd, aside), text))
  }
}

function attempt(path: string, action: () => void): void {
  try {
    action()
  } catch (error) {
    throw new Mistake(messages.outputFailed(path, codeOf(error)))
  }
}

/** A device, such as /dev/stderr, can't be replaced by a new file. */
function write(path: string, text: string | Uint8Array): void {
  if (path.startsWith('/dev/')) writeFileSync(path, text)
  else writeAtomically(path, text)
}
