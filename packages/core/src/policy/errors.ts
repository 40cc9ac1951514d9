/** The user's mistakes in a policy: typed, with place, code frame, what was expected and what to write, in both languages. */
import type { Localized } from '../finding.js'
import type { Region } from '../location.js'

export interface PolicyError extends Region {
  file: string
  /** Stable, kebab-case: `unknown-key`, `duplicate-key`, `never-lowered`. */
  code: string
  message: Localized
  expected: Localized | null
  /** What to write. */
  remedy: Localized | null
  frame: string
}

/** All the mistakes of a policy and of what it extends, in the order of the text. */
export class PolicyErrors extends Error {
  constructor(readonly errors: readonly PolicyError[]) {
    super(errors.map((error) => renderPolicyError(error, 'en')).join('\n\n'))
    this.name = 'PolicyErrors'
  }
}

const words = {
  expected: { en: 'expected', ja: '期待される値' },
  remedy: { en: 'write', ja: '対処' },
} as const

/** `sekisho.yaml:3:5: …`, the frame, what was expected, what to write. */
export function renderPolicyError(error: PolicyError, locale: 'en' | 'ja'): string {
  const lines = [`${error.file}:${error.line}:${error.column}: ${error.message[locale]}`]
  if (error.frame !== '') lines.push(error.frame)
  if (error.expected) lines.push(`${words.expected[locale]}: ${error.expected[locale]}`)
  if (error.remedy) lines.push(`${words.remedy[locale]}: ${error.remedy[locale]}`)
  return lines.join('\n')
}
