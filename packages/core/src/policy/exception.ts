/** Exceptions: a finding that the policy allows, for a reason, by an approver, until a day. */
import type { RuleId } from '../finding.js'
import { isPast } from './decide.js'
import { matchesGlob } from './glob.js'
import type { Exception, Policy } from './policy.js'

export interface ExceptionQuery {
  rule: RuleId
  path: string
  dataClasses: readonly string[]
  /** Id of the declared destination, if the endpoint is one. */
  destination: string | null
  fingerprint: string
  today: string | null
}

/** The exception that allows the finding: it must cover all its classes. Whether the cell can be lifted is the decision's to say. */
export function exceptionFor(policy: Policy, query: ExceptionQuery): Exception | null {
  return policy.exceptions.find((exception) => allows(exception, query)) ?? null
}

function allows(exception: Exception, query: ExceptionQuery): boolean {
  return (
    exception.rule === query.rule &&
    !isPast(exception.expiry, query.today) &&
    (exception.fingerprint === null || exception.fingerprint === query.fingerprint) &&
    (exception.destination === null || exception.destination === query.destination) &&
    (exception.path === null || matchesGlob(exception.path, query.path)) &&
    (exception.data.length === 0 || query.dataClasses.every((dataClass) => exception.data.includes(dataClass)))
  )
}
