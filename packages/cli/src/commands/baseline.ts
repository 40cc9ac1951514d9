/** `sekisho baseline`: takes what is found today into a file, or takes out of it what is no longer found. */
import { resolve } from 'node:path'
import { Mistake } from '@sekisho/files'
import { writeAtomically } from '../atomic-file.js'
import { applyBaseline } from '../baseline-apply.js'
import { findBaseline, madeNow, nameOf, nowOf } from '../baseline-file.js'
import { BASELINE_NAME, baselineOf, writeBaseline, type Baseline, type BaselineEntry } from '../baseline.js'
import { exitCodes, isRefused } from '../exit-code.js'
import { gateMessages } from '../gate-messages.js'
import type { Locale } from '../locale.js'
import { visible } from '../sanitize.js'
import { judgeOnDisk, type Surroundings } from '../scan.js'
import type { Outcome, Register } from './command.js'
import { scanOptionsOf, withScanFlags, type RawScanFlags } from './scan-flags.js'

interface Raw extends RawScanFlags {
  output?: string
  prune?: boolean
}

const words = {
  en: {
    description: 'write what is found today to a baseline: a scan marks it, and fails on what is new only',
    directory: 'the directory to scan (default: this one)',
    output: `the file (default: ${BASELINE_NAME} beside the policy)`,
    prune: 'only take out what is no longer found; take nothing in',
  },
  ja: {
    description: '現在の検出をベースラインに書く。以後の検査はそれを印付きで示し、新しい検出だけを失敗にする',
    directory: '検査するディレクトリ(既定: 現在の場所)',
    output: `ファイル(既定: ポリシーと同じ場所の ${BASELINE_NAME})`,
    prune: '解消済みの項目を除くだけで、新しい検出は加えない',
  },
} as const

export const registerBaseline: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  withScanFlags(program.command('baseline').description(text.description), locale)
    .argument('[directory]', text.directory)
    .option('-o, --output <file>', text.output)
    .option('--prune', text.prune)
    .action((directory: string | undefined, raw: Raw) => {
      onRun((surroundings, spoken) => writeOne(directory ?? '.', raw, surroundings, spoken))
    })
}

async function writeOne(directory: string, raw: Raw, surroundings: Surroundings, locale: Locale): Promise<Outcome> {
  const options = scanOptionsOf([directory], raw)
  const { program, loaded, judged, commit } = await judgeOnDisk(options, surroundings)
  const { policy } = loaded
  const made = madeNow(policy, options.today ?? surroundings.today, commit, judged.digest)
  const given = raw.output ?? null
  const path = given === null ? resolve(program.root.program, BASELINE_NAME) : resolve(surroundings.cwd, given)
  const found = existingBaseline(() => findBaseline(program, given, surroundings.cwd), raw.prune === true)
  if (raw.prune && found === null) throw new Mistake(gateMessages.noBaseline(BASELINE_NAME))
  const applied = found === null ? null : applyBaseline(found.baseline, judged.analysis, nowOf(program, found, made))
  const next: Baseline =
    raw.prune && found !== null
      ? { made: found.baseline.made, entries: applied!.kept }
      : baselineOf(applied?.analysis ?? judged.analysis, made, policy.gate.failOn === 'note' ? 'note' : 'warn')
  writeAtomically(path, writeBaseline(next))
  const isIncomplete = judged.analysis.gaps.some((gap) => isRefused(gap, policy.gate.gaps))
  const lines = [
    gateMessages.baselineWritten(visible(nameOf(surroundings.cwd, path)), next.entries.length)[locale],
    ...changes(found?.baseline.entries ?? [], next.entries, locale),
    ...(isIncomplete ? [gateMessages.baselineIncomplete[locale]] : []),
  ]
  return { code: isIncomplete ? exitCodes.incomplete : exitCodes.clean, stdout: `${lines.join('\n')}\n` }
}

/** One that was named but is not there yet is made. */
function existingBaseline<T>(find: () => T | null, mustBe: boolean): T | null {
  try {
    return find()
  } catch (error) {
    if (mustBe || !(error instanceof Mistake) || !error.localized.en.startsWith('there is no baseline')) throw error
    return null
  }
}

function changes(before: readonly BaselineEntry[], after: readonly BaselineEntry[], locale: Locale): string[] {
  const [old, now] = [before, after].map((entries) => new Set(entries.map(({ fingerprint }) => fingerprint)))
  const added = after.filter(({ fingerprint }) => !old!.has(fingerprint)).length
  const removed = before.filter(({ fingerprint }) => !now!.has(fingerprint)).length
  return before.length === 0 ? [] : [gateMessages.baselineChanged(added, removed)[locale]]
}
