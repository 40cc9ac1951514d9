/** Flows: what can reach which endpoint, by class, with the policy's decision on each, allowed or not. */
import type { Row } from '../catalog/catalogue.js'
import type { Catalogue } from '../catalog/load.js'
import type { Confidence, Severity, Subject } from '../finding.js'
import { decide } from '../policy/decide.js'
import type { Decision, Policy } from '../policy/policy.js'
import type { Machine } from '../solve/machine.js'
import type { SinkHit } from '../solve/sink.js'
import type { Datum } from '../solve/value.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'
import { isTestPath } from './test-paths.js'

export interface ClassFlow {
  dataClass: string
  row: Row
  datum: Datum
  hit: SinkHit
  subject: Subject
  confidence: Confidence
  decision: Decision
  /** After caps; null where it is allowed. */
  severity: Severity | null
  never: boolean
  /** Every datum of the class that is not allowed here, by its call path; the one that decides is among them. */
  ways: readonly Way[]
}

export interface Way {
  datum: Datum
  hit: SinkHit
}

const mostWays = 16

/** One sink call and endpoint, its classes merged. */
export interface Flow {
  hit: SinkHit
  endpoint: Endpoint
  classes: ClassFlow[]
  /** Worst severity; null where all is allowed. */
  severity: Severity | null
}

const ranks: readonly (Severity | null)[] = [null, 'note', 'warn', 'error']

export interface FlowContext {
  machine: Machine
  catalogue: Catalogue
  policy: Policy
  resolver: EndpointResolver
  rows: ReadonlyMap<string, Row>
  today: string | null
}

export function flowsOf(context: FlowContext, hits: readonly SinkHit[]): Flow[] {
  const flows = new Map<string, { hit: SinkHit; endpoint: Endpoint; classes: Map<string, ClassFlow> }>()
  for (const hit of hits) {
    const file = context.machine.unit(hit.place.module).module.path
    for (const route of hit.routes) {
      for (const endpoint of context.resolver.ofRoute(route, file)) {
        const facts = context.machine.facts.both(hit.facts, endpoint.when)
        if (facts === null) continue
        const key = `${hit.key}|${endpointKey(endpoint)}`
        let flow = flows.get(key)
        if (flow === undefined) flows.set(key, (flow = { hit, endpoint, classes: new Map() }))
        for (const datum of hit.data.values()) {
          const found = classFlow(context, hit, endpoint, facts, datum, file)
          if (found === null) continue
          const known = flow.classes.get(datum.dataClass)
          const worst = known === undefined || worse(found, known) ? found : known
          const ways = [...(known?.ways ?? []), ...found.ways].slice(0, mostWays)
          flow.classes.set(datum.dataClass, { ...worst, ways })
        }
      }
    }
  }
  return [...flows.values()].map(({ hit, endpoint, classes }) => {
    const all = [...classes.values()].sort(
      (a, b) => ranks.indexOf(b.severity) - ranks.indexOf(a.severity) || (a.dataClass < b.dataClass ? -1 : 1),
    )
    return { hit, endpoint, classes: all, severity: all[0]?.severity ?? null }
  })
}

export function endpointKey(endpoint: Endpoint): string {
  return [
    endpoint.provider?.id ?? '',
    endpoint.host ?? '',
    endpoint.region ?? '',
    endpoint.zone,
    endpoint.destination?.id ?? '',
  ].join('|')
}

function worse(a: ClassFlow, b: ClassFlow): boolean {
  const difference = ranks.indexOf(a.severity) - ranks.indexOf(b.severity)
  if (difference !== 0) return difference > 0
  if (a.datum.sureness !== b.datum.sureness) return a.datum.sureness > b.datum.sureness
  return a.datum.step.depth < b.datum.step.depth
}

function classFlow(
  context: FlowContext,
  hit: SinkHit,
  endpoint: Endpoint,
  facts: Endpoint['when'],
  datum: Datum,
  file: string,
): ClassFlow | null {
  const { policy, machine } = context
  const together = machine.facts.both(facts, datum.when)
  if (together === null) return null
  const told = subjectOf(together, datum.origins)
  const subject: Subject =
    told === 'japan' || told === 'claimed-japan'
      ? 'japan'
      : told === 'other'
        ? 'other'
        : told === 'claimed-other'
          ? 'unknown'
          : policy.subjects.default === 'other'
            ? 'other'
            : 'unknown'
  if (subject === 'other') return null
  const confidence = told === 'claimed-other' ? 'possible' : confidenceOf(datum.sureness)
  const row = datum.pseudonymised ? 'pseudonymised' : (context.rows.get(datum.dataClass) ?? 'basic')
  if (row === 'not-personal') return null
  const decision = decide(policy, {
    dataClass: datum.dataClass,
    row,
    zone: endpoint.zone,
    path: file,
    destination: endpoint.destination,
    confidence,
    subject,
    party: datum.party,
    today: context.today,
  })
  const severity = capped(decision, row, confidence, file)
  return {
    dataClass: datum.dataClass,
    row,
    datum,
    hit,
    subject,
    confidence,
    decision,
    severity,
    never: decision.level === 'never',
    ways: severity === null ? [] : [{ datum, hit }],
  }
}

/** What guards say of any of the data's objects; that it is not a Japanese customer's wins. */
function subjectOf(facts: Endpoint['when'], origins: readonly number[]) {
  const told = origins.map((origin) => facts.subjects.get(origin))
  return (
    told.find((subject) => subject === 'other') ??
    told.find((subject) => subject === 'claimed-other') ??
    told.find((subject) => subject !== undefined)
  )
}

export function confidenceOf(sureness: number): Confidence {
  return sureness >= 6 ? 'certain' : sureness >= 3 ? 'likely' : 'possible'
}

/** Levels become severities; what is only possible is a note (special-care data and My Number: a warning), and so is all in tests. */
function capped(decision: Decision, row: Row, confidence: Confidence, file: string): Severity | null {
  if (decision.level === 'allow') return null
  const severity: Severity = decision.level === 'never' ? 'error' : decision.level
  if (isTestPath(file)) return 'note'
  if (confidence !== 'possible' || severity === 'note') return severity
  return row === 'special-care' || row === 'my-number' ? 'warn' : 'note'
}
