/** What a command is: it tells the command line its words, and gives what to do when it was asked for. */
import type { Command as CommanderCommand } from 'commander'
import type { Locale } from '../locale.js'
import type { Surroundings } from '../scan.js'

export interface Outcome {
  code: number
  stdout: string
  /** For people; never a report. */
  stderr?: string
}

/** Texts of untrusted origin in the outcome have passed `visible`. */
export type Run = (surroundings: Surroundings, locale: Locale) => Promise<Outcome> | Outcome

export interface Registering {
  program: CommanderCommand
  locale: Locale
  onRun(run: Run): void
}

export type Register = (registering: Registering) => void
