/**
 * Assertions: comments in the language of the file, `finding: <rule> [class, …] [→ <zone>] [(<severity>)] [confidence <c>]
 * [for <provider>]`, at the end of a line or alone above it. Several are separated by `;` or repeated. Only what is written is
 * compared; classes that are written are the exact set.
 */
import { type Confidence, type RuleId, ruleIds, type Severity, type Zone, zones } from './contract.js'

export interface Assertion {
  /** 1-based line of the file that the finding must stand on. */
  line: number
  /** As written, for messages. */
  text: string
  rule: RuleId
  classes: string[] | null
  zone: Zone | null
  severity: Severity | null
  confidence: Confidence | null
  provider: string | null
}

export interface Asserted {
  assertions: Assertion[]
  /** The text without its assertions, which are blanks: they must not be read as comments on the code. */
  text: string
  /** Assertions that could not be read. */
  mistakes: { line: number; message: string }[]
}

const OPENING = /(?:\{\s*\/\*|\/\*|\/\/|<!--|(?:^|\s)#|(?:^|\s)--)\s*finding:\s*/
const MARKS = /;|\/\/|<!--|-->|\{\s*\/\*|\*\/\s*\}?|\/\*|(?:^|\s)#(?=\s*finding:)/

export function assertionsOf(text: string): Asserted {
  const asserted: Asserted = { assertions: [], text: '', mistakes: [] }
  const lines = text.split('\n')
  const own = new Set<number>()
  const read: { at: number; texts: string[] }[] = []
  for (const [i, line] of lines.entries()) {
    const opening = OPENING.exec(line)
    if (!opening) continue
    const before = line.slice(0, opening.index)
    const texts = line.slice(opening.index + opening[0].length).split(MARKS)
    read.push({ at: i, texts: texts.map((each) => each.replace(/^\s*finding:/, '').trim()).filter(Boolean) })
    if (before.trim() === '') own.add(i)
    lines[i] = before + line.slice(opening.index).replace(/[^\r]/g, ' ')
  }
  for (const { at, texts } of read) {
    let target = at
    if (own.has(at)) while (target < lines.length - 1 && (own.has(target) || lines[target]!.trim() === '')) target++
    for (const each of texts) {
      const assertion = parseAssertion(each, target + 1)
      if (typeof assertion === 'string') asserted.mistakes.push({ line: at + 1, message: assertion })
      else asserted.assertions.push(assertion)
    }
  }
  asserted.text = lines.join('\n')
  return asserted
}

/** An assertion, or what is wrong with it. */
export function parseAssertion(text: string, line: number): Assertion | string {
  let rest = text
  const take = (pattern: RegExp) => {
    const found = pattern.exec(rest)
    if (found) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
    return found?.[1] ?? null
  }
  const severity = take(/\(\s*(note|warn|error)\s*\)/) as Severity | null
  const confidence = take(/\bconfidence\s+(certain|likely|possible)\b/) as Confidence | null
  const provider = take(/\bfor\s+([\w.-]+)/)
  const zone = take(/(?:→|->)\s*([\w-]+)/)
  const [rule, ...classes] = rest.trim().split(/[\s,]+/)
  if (!ruleIds.includes(rule as RuleId)) return `"${rule}" is no rule, in "${text}"`
  if (zone !== null && !zones.includes(zone as Zone)) return `"${zone}" is no zone, in "${text}"`
  const unreadable = classes.find((each) => !/^[a-z][a-z0-9-]*$/.test(each))
  if (unreadable !== undefined) return `"${unreadable}" is no data class, in "${text}"`
  return {
    line,
    text,
    rule: rule as RuleId,
    classes: classes.length > 0 ? classes : null,
    zone: zone as Zone | null,
    severity,
    confidence,
    provider,
  }
}
