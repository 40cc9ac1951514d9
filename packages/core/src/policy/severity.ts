/** Severities of the rules that no cell decides, and the names that the policy says are not personal. */
import type { RuleId, Severity } from '../finding.js'
import { matchesName } from './glob.js'
import type { Policy } from './policy.js'

/** Where a cell decides (flows, literals of My Number), this is the severity without one. */
export const defaultSeverities: Readonly<Record<RuleId, Severity>> = {
  'cross-border-flow': 'error',
  'unresolved-endpoint': 'note',
  'foreign-endpoint': 'note',
  'region-escape': 'error',
  'undeclared-residency': 'note',
  'personal-data-literal': 'warn',
  'client-side-ai-call': 'warn',
  'expired-exception': 'error',
  'unused-exception': 'warn',
  'overdue-review': 'warn',
  'malformed-directive': 'warn',
}

/** The policy's severity of the rule; `otherwise` where the finding has its own default (`foreign-endpoint` in config: warn). */
export function severityOf(policy: Policy, rule: RuleId, otherwise: Severity = defaultSeverities[rule]): Severity {
  return policy.rules[rule] ?? otherwise
}

/** Whether the policy names the field as not personal: `branchCode` of any owner, or `Product.*`. */
export function isNotPersonal(policy: Policy, owner: string | null, field: string): boolean {
  return policy.data.notPersonal.some((pattern) => {
    const dot = pattern.lastIndexOf('.')
    if (dot < 0) return matchesName(pattern, field)
    return owner !== null && matchesName(pattern.slice(0, dot), owner) && matchesName(pattern.slice(dot + 1), field)
  })
}
