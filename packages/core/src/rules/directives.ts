/**
 * Inline directives: `sekisho-disable-next-line <rule> -- <reason>` and `sekisho-disable-line`. They need a known rule and a
 * reason, and cover notes and warnings only; what is malformed, unused or in vain is reported.
 */
import { ruleIds, type Finding, type Localized, type RuleId } from '../finding.js'
import type { LineIndex, Span } from '../location.js'

export interface Directive {
  file: string
  span: Span
  /** Line it covers. */
  line: number
  rule: RuleId
  reason: string
  used: boolean
  vain: boolean
}

export interface Malformed {
  file: string
  span: Span
  problem: Localized
}

/** Whether a comment means to be one. */
export function isDirective(text: string): boolean {
  return /^\s*sekisho-/.test(text)
}

/** A file with its comments: code or config. */
export interface Commented {
  path: string
  comments: readonly { span: Span; text: string }[]
  lines: LineIndex
}

export function readDirectives(file: Commented): { directives: Directive[]; malformed: Malformed[] } {
  const directives: Directive[] = []
  const malformed: Malformed[] = []
  for (const comment of file.comments) {
    const at = { file: file.path, span: comment.span }
    if (!isDirective(comment.text)) continue
    const match = /^\s*sekisho-disable(-next)?-line(?:\s+([a-z-]+))?(?:\s+--\s*(\S.*))?\s*$/s.exec(comment.text)
    const rule = match?.[2]
    if (match === null)
      malformed.push({
        ...at,
        problem: {
          en: 'not a directive: write `sekisho-disable-next-line <rule> -- <reason>`',
          ja: 'ディレクティブではありません。`sekisho-disable-next-line <ルール> -- <理由>` と書いてください',
        },
      })
    else if (rule === undefined || !ruleIds.some((id) => id === rule))
      malformed.push({
        ...at,
        problem: {
          en: `names no rule (${rule ?? 'none given'}); rules: ${ruleIds.join(', ')}`,
          ja: `ルール名がありません(${rule ?? '指定なし'})。ルール: ${ruleIds.join('、')}`,
        },
      })
    else if (match[3] === undefined)
      malformed.push({
        ...at,
        problem: { en: 'gives no reason: add ` -- <reason>`', ja: '理由がありません。` -- <理由>` を付けてください' },
      })
    else {
      const end = file.lines.position(comment.span.end).line
      directives.push({
        ...at,
        line: match[1] === undefined ? end : end + 1,
        rule: rule as RuleId,
        reason: match[3].trim(),
        used: false,
        vain: false,
      })
    }
  }
  return { directives, malformed }
}

/** Marks what directives cover; errors stay. */
export function applyDirectives(findings: readonly Finding[], directives: readonly Directive[]): void {
  for (const finding of findings) {
    const directive = directives.find(
      (one) => one.file === finding.file && one.line === finding.line && one.rule === finding.rule,
    )
    if (directive === undefined) continue
    if (finding.severity === 'error') {
      directive.vain = true
      continue
    }
    directive.used = true
    finding.suppressed ??= { kind: 'directive', id: null, reason: directive.reason, approver: null, expiry: null }
  }
}
