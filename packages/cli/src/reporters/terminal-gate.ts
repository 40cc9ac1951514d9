/** What a run was compared with, what the baseline holds, what the policy changes, and whether the gate holds: for people at a terminal. */
import type { GoneFinding, Localized, PolicyChange, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { gateMessages as says } from '../gate-messages.js'
import { visible } from '../sanitize.js'
import type { Paint } from './paint.js'

const FEW = 10
const LONGEST = 160

export function gateLines(report: Report, locale: Locale, paint: Paint): string[] {
  const { comparison, baseline, gate, run } = report
  const lines: string[] = []
  if (comparison !== null) {
    const { kind, base, policyFrom, new: brought, known, fixed, policyChanges } = comparison
    lines.push(says.compared(kind, base?.slice(0, 12) ?? null, brought, known)[locale])
    lines.push(...goneLines(says.fixed(fixed.length), fixed, locale))
    lines.push(...changeLines(policyChanges, policyFrom, locale, paint))
  }
  if (baseline !== null) {
    const { file, entries, matched, refused, fixed, made, changed } = baseline
    lines.push(says.baseline(visible(file), entries, matched)[locale])
    if (refused > 0) lines.push(paint.yellow(says.refused(refused)[locale]))
    lines.push(...goneLines(says.stale(fixed.length), fixed, locale))
    const newer = report.findings.filter(({ cause }) => cause !== null && cause !== 'code')
    if (changed.length > 0) lines.push(says.madeWith(changed, made.day, newer.length)[locale])
  }
  if (gate.observedUntil !== null) lines.push(paint.yellow(says.observed(gate.observedUntil)[locale]))
  for (const notice of run.notices) lines.push(paint.yellow(visible(notice[locale])))
  return lines
}

function goneLines(title: Localized, gone: readonly GoneFinding[], locale: Locale): string[] {
  if (gone.length === 0) return []
  const shown = gone
    .slice(0, FEW)
    .map(({ file, rule, message }) => `  ${visible(file)}  ${rule}  ${visible(message[locale])}`)
  return [title[locale], ...shown, ...more(gone.length, locale)]
}

function changeLines(
  changes: readonly PolicyChange[],
  policyFrom: 'base' | 'head',
  locale: Locale,
  paint: Paint,
): string[] {
  if (changes.length === 0) return []
  const shown = changes.slice(0, FEW).map(({ what, entry, before, after }) => {
    const sign = { added: '+', removed: '-', changed: '~' }[what]
    const values = [before, after].flatMap((value) => (value === null ? [] : [cut(visible(value))]))
    return `  ${sign} ${visible(entry)}  ${values.join(' → ')}`
  })
  return [paint.bold(says.policyChanged(changes.length, policyFrom)[locale]), ...shown, ...more(changes.length, locale)]
}

function more(count: number, locale: Locale): string[] {
  return count > FEW ? [`  ${says.more(count - FEW)[locale]}`] : []
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
