/** Flows and endpoints become findings: one flow, one finding; severity and place by the rules' table. */
import type { DataClass } from '../catalog/data-class.js'
import type {
  DeclaredBasis,
  EndpointPlace,
  Finding,
  FlowClass,
  FlowRecord,
  FlowSource,
  Ground,
  Localized,
  RuleId,
  Severity,
} from '../finding.js'
import type { Span } from '../location.js'
import { exceptionFor } from '../policy/exception.js'
import type { Basis } from '../policy/policy.js'
import { severityOf } from '../policy/severity.js'
import type { SinkHit } from '../solve/sink.js'
import type { Place } from '../solve/value.js'
import type { Endpoint } from './endpoint.js'
import { Fingerprints } from './fingerprint.js'
import type { ClassFlow, Flow, FlowContext } from './flows.js'
import type { Mark } from './mark.js'
import { isTestPath } from './test-paths.js'
import { sourceOf, traceOf } from './trace.js'
import * as words from './words.js'

export class FindingMaker {
  readonly findings: Finding[] = []
  readonly usedExceptions = new Set<string>()
  readonly marks = new Map<Finding, Mark>()
  /** Exceptions that name a finding which none may lift. */
  readonly vainExceptions = new Set<string>()
  readonly #fingerprints = new Fingerprints()
  readonly #classes: ReadonlyMap<string, DataClass>

  constructor(readonly context: FlowContext) {
    this.#classes = new Map(context.catalogue.data.dataClasses.map((one) => [one.id, one]))
  }

  /** A finding with nothing of a flow; `over` fills in the rest. */
  add(
    rule: RuleId,
    severity: Severity,
    file: string,
    region: Finding | { line: number; column: number; endLine: number; endColumn: number },
    message: Localized,
    remedy: Localized,
    over: Partial<Finding> = {},
    identity: readonly (string | null)[] = [],
    liftable = true,
  ): Finding {
    const finding: Finding = {
      rule,
      severity: isTestPath(file) && rule !== 'personal-data-literal' ? 'note' : severity,
      confidence: 'certain',
      file,
      line: region.line,
      column: region.column,
      endLine: region.endLine,
      endColumn: region.endColumn,
      dataClasses: [],
      subject: null,
      party: null,
      provider: null,
      zone: null,
      jurisdiction: null,
      environment: null,
      endpoint: null,
      message,
      grounds: [],
      remedy,
      trace: [],
      fingerprint: this.#fingerprints.of([rule, file, ...identity]),
      never: false,
      cause: null,
      suppressed: null,
      ...over,
    }
    this.#suppress(finding, over.endpoint === undefined ? null : (identity.at(-1) ?? null), liftable)
    this.findings.push(finding)
    return finding
  }

  #suppress(finding: Finding, destination: string | null, liftable: boolean): void {
    const exception = exceptionFor(this.context.policy, {
      rule: finding.rule,
      path: finding.file,
      dataClasses: finding.dataClasses,
      destination,
      fingerprint: finding.fingerprint,
      today: this.context.today,
    })
    if (exception === null) return
    if (!liftable) {
      this.vainExceptions.add(exception.id)
      return
    }
    this.usedExceptions.add(exception.id)
    finding.suppressed = {
      kind: 'exception',
      id: exception.id,
      reason: exception.reason,
      approver: exception.approver,
      expiry: exception.expiry,
    }
  }

  region(place: Place) {
    return this.context.machine.unit(place.module).lines.region(place.span)
  }

  file(place: Place): string {
    return this.context.machine.unit(place.module).module.path
  }

  /** The class's entry; for the policy's own classes, its id in both languages. */
  dataClass(id: string): DataClass {
    return this.#classes.get(id) ?? ({ id, name: { en: id, ja: id }, law: [] } as unknown as DataClass)
  }

  flow(flow: Flow): Finding | null {
    const reported = flow.classes.filter((one) => one.severity !== null)
    if (flow.severity === null || reported.length === 0) return null
    const { hit, endpoint } = flow
    const first = reported[0]!
    const classes = reported.map((one) => this.dataClass(one.dataClass))
    const told = {
      classes,
      sink: hit.name,
      provider: endpoint.provider?.name ?? null,
      host: endpoint.host,
      zone: endpoint.zone,
      subject: first.subject,
    }
    const unresolved = endpoint.zone === 'unknown'
    const liftable = reported.every((one) => one.decision.exceptionAllowed)
    const missing = [...new Set(reported.flatMap((one) => one.decision.missing))]
    const remedy = unresolved
      ? words.unresolvedRemedy(endpoint.host, endpoint.provider?.id ?? null)
      : words.flowRemedy(endpoint.provider?.remedy ?? null, missing, liftable)
    const file = this.file(hit.place)
    const finding = this.add(
      unresolved ? 'unresolved-endpoint' : 'cross-border-flow',
      flow.severity,
      file,
      this.region(hit.place),
      unresolved ? words.unresolvedMessage(told) : words.flowMessage(told),
      remedy,
      {
        confidence: first.confidence,
        never: reported.some((one) => one.never),
        dataClasses: classes.map((one) => one.id),
        subject: first.subject,
        party: first.datum.party,
        ...endpointFields(endpoint),
        grounds: groundsOf(reported, classes),
        trace: reported.flatMap((one) =>
          traceOf(this.context.machine, one.hit, one.datum, this.dataClass(one.dataClass).name.ja),
        ),
      },
      identityOf(flow, classes),
      liftable,
    )
    this.#mark(finding, endpoint, hit)
    return finding
  }

  /** The flow for the report, allowed or not. */
  record(flow: Flow, finding: Finding | null): FlowRecord {
    const { hit, endpoint, classes } = flow
    const level = classes.some((one) => one.never) ? 'never' : (flow.severity ?? 'allow')
    return {
      ...this.region(hit.place),
      file: this.file(hit.place),
      dataClasses: classes.map((one) => one.dataClass),
      subject: classes[0]?.subject ?? 'unknown',
      party: classes[0]?.datum.party ?? null,
      confidence: classes[0]?.confidence ?? 'possible',
      provider: endpoint.provider?.id ?? null,
      zone: endpoint.zone,
      endpoint: placeOf(endpoint),
      destination: endpoint.destination?.id ?? null,
      decision: level,
      basis: classes.find((one) => one.decision.basis !== null)?.decision.basis?.all ?? null,
      purpose: classes.find((one) => one.decision.basis !== null)?.decision.basis?.purpose ?? null,
      exception: finding?.suppressed?.kind === 'exception' ? finding.suppressed.id : null,
      sanitizers: [...new Set(classes.flatMap((one) => one.datum.sanitizers))],
      fingerprint:
        finding?.fingerprint ?? this.#fingerprints.of(['flow', this.file(hit.place), ...identityOf(flow, [])]),
      jurisdiction: endpoint.jurisdiction,
      environment: endpoint.environment,
      model: endpoint.modelId,
      call: { name: hit.name, purpose: hit.purpose },
      classes: classes.map((one) => this.#judged(one)),
    }
  }

  #judged(one: ClassFlow): FlowClass {
    return {
      dataClass: one.dataClass,
      row: one.row,
      subject: one.subject,
      party: one.datum.party,
      confidence: one.confidence,
      decision: one.never ? 'never' : (one.severity ?? 'allow'),
      basis: one.decision.basis === null ? null : declaredBasis(one.decision.basis),
      sanitizers: [...one.datum.sanitizers],
      source: sourceOf(this.context.machine, one.datum, this.dataClass(one.dataClass).name.ja),
      sources: this.#sources(one),
    }
  }

  #sources({ dataClass, ways }: ClassFlow): FlowSource[] {
    const { machine } = this.context
    const named = this.dataClass(dataClass).name.ja
    const sources = new Map<string, FlowSource>()
    for (const { hit, datum } of ways) {
      const via = [...new Set(traceOf(machine, hit, datum, named).map(({ file }) => file))].sort()
      const source = { ...sourceOf(machine, datum, named), via }
      sources.set(`${source.file}:${source.line}:${source.column} ${via.join()}`, source)
    }
    return [...sources.values()]
  }

  /** A finding at a client, a call or a literal of the code, about the endpoint alone. */
  endpoint(
    rule: RuleId,
    severity: Severity,
    at: { module: number; span: Span },
    endpoint: Endpoint,
    message: Localized,
    remedy: Localized,
    hit: SinkHit | null = null,
  ): Finding {
    const finding = this.add(
      rule,
      severityOf(this.context.policy, rule, severity),
      this.file(at),
      this.region(at),
      message,
      remedy,
      endpointFields(endpoint),
      [endpoint.provider?.id ?? null, endpoint.host, endpoint.modelId, endpoint.destination?.id ?? null],
    )
    this.#mark(finding, endpoint, hit)
    return finding
  }

  #mark(finding: Finding, endpoint: Endpoint, hit: SinkHit | null): void {
    const models = hit?.routes.flatMap((route) => route.models.map((text) => text.at)) ?? []
    const literals = [...endpoint.literals, ...models].filter((at) => at !== null)
    const isHere = hit !== null && hit.argument.module === hit.place.module
    this.marks.set(finding, {
      argument: isHere ? this.region(hit.argument) : null,
      literals: literals.map(({ module, start, end }) => ({
        file: this.context.machine.unit(module).module.path,
        span: { start, end },
      })),
    })
  }
}

function identityOf({ hit, endpoint }: Flow, classes: readonly DataClass[]): (string | null)[] {
  return [
    hit.name,
    hit.activation.node?.name ?? null,
    endpoint.provider?.id ?? null,
    endpoint.host,
    endpoint.environment,
    classes
      .map((one) => one.id)
      .sort()
      .join(','),
    endpoint.destination?.id ?? null,
  ]
}

/** A basis as the policy declares it, without where. */
export function declaredBasis({ all, data, purpose, country, document, reviewBy }: Basis): DeclaredBasis {
  return { all, data, purpose, country, document, reviewBy }
}

export function placeOf(endpoint: Endpoint): EndpointPlace {
  return { host: endpoint.host, region: endpoint.region, resolvedFrom: endpoint.resolvedFrom }
}

export function endpointFields(endpoint: Endpoint): Partial<Finding> {
  return {
    provider: endpoint.provider?.id ?? null,
    zone: endpoint.zone,
    jurisdiction: endpoint.jurisdiction,
    environment: endpoint.environment,
    endpoint: placeOf(endpoint),
  }
}

/** The law that a class falls under, as grounds. */
export function groundsOfClass({ law }: DataClass): Ground[] {
  return law.map(({ kind, reference, referenceJa }) => ({ kind, reference, referenceJa }))
}

function groundsOf(reported: readonly ClassFlow[], classes: readonly DataClass[]): Ground[] {
  const grounds: Ground[] = [
    ...reported.flatMap((one) => one.decision.grounds),
    ...classes.flatMap((one) => groundsOfClass(one)),
  ]
  const seen = new Set<string>()
  return grounds.filter(({ kind, reference }) => {
    const key = `${kind} ${reference}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
