/**
 * The transfer register: what an officer keeps of data that can reach AI services (APPI Art. 28, Rules Art. 17 to 19), from all flows,
 * allowed ones too. One row a recipient, ground and decision; what the policy does not declare says so, and is never filled in.
 */
import type { DestinationRecord, ExceptionRecord, FlowClass, FlowRecord, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { messages, zoneNames } from '../messages.js'
import { visible } from '../sanitize.js'
import * as parts from './register-cells.js'
import { facts as factWords, words, type Column } from './register-words.js'
import { decisionNames, limit } from './report-words.js'
import { inRepository } from './repository-path.js'

export type Row = Readonly<Record<Column, string>>

export interface Register {
  title: string
  /** Label and value. */
  facts: [string, string][]
  rows: Row[]
  /** Declared, but no flow reaches them: id, entity, zone, bases, next review. */
  notMet: string[][]
  /** Id, state, rule, data, reason, approver, expiry. */
  exceptions: string[][]
  /** What, where, why. */
  notCovered: string[][]
}

const MAX_PLACES = 40

export function registerOf(report: Report, locale: Locale): Register {
  const met = new Set(report.flows.map(({ destination }) => destination))
  return {
    title: words.title[locale],
    facts: factsOf(report, locale),
    rows: rowsOf(report, locale),
    notMet: report.reference.destinations
      .filter(({ id }) => !met.has(id))
      .map((destination) => notMetRow(report, destination, locale)),
    exceptions: report.reference.exceptions.map((exception) => exceptionRow(report, exception, locale)),
    notCovered: notCovered(report, locale),
  }
}

interface Group {
  flows: FlowRecord[]
  classes: FlowClass[]
}

/** Classes of one flow that are judged differently stand in different rows. */
function rowsOf(report: Report, locale: Locale): Row[] {
  const groups = new Map<string, Group>()
  for (const flow of report.flows) {
    for (const one of flow.classes) {
      const bases = parts.basesOf(report, flow, one)
      const key = JSON.stringify([
        ...[flow.destination, flow.provider, flow.endpoint.host, flow.endpoint.region, flow.zone, flow.environment],
        ...[one.decision, flow.exception, bases.map(({ all, purpose }) => [all, purpose])],
      ])
      const group = groups.get(key) ?? { flows: [], classes: [] }
      if (!group.flows.includes(flow)) group.flows.push(flow)
      group.classes.push(one)
      groups.set(key, group)
    }
  }
  return [...groups.values()].sort(byGravity).map((group, at) => rowOf(report, group, at + 1, locale))
}

const gravity = ['never', 'error', 'warn', 'note', 'allow']

function byGravity(a: Group, b: Group): number {
  return gravity.indexOf(a.classes[0]!.decision) - gravity.indexOf(b.classes[0]!.decision)
}

function rowOf(report: Report, { flows, classes }: Group, number: number, locale: Locale): Row {
  const flow = flows[0]!
  const { reference } = report
  const destination = reference.destinations.find(({ id }) => id === flow.destination) ?? null
  const bases = parts.basesOf(report, flow, classes[0]!)
  const exception = reference.exceptions.find(({ id }) => id === flow.exception) ?? null
  const country = parts.countryOf(flow, destination, bases)
  const today = report.run.today
  return {
    number: String(number),
    decision: decisionNames[classes[0]!.decision][locale],
    data: parts.dataOf(report, classes, locale),
    subjects: parts.subjectsOf(classes, locale),
    recipient: parts.recipientOf(report, flow, destination, locale),
    service: parts.serviceOf(report, flow, locale),
    endpoint: parts.endpointOf(flows),
    country: parts.countryText(country, locale),
    system: parts.systemOf(report, country, destination, locale),
    zone: zoneNames[flow.zone][locale],
    bases: parts.basesText(bases, locale),
    purpose: parts.distinct(bases.map(({ purpose }) => purpose)) || words.undeclared[locale],
    training: parts.trainingOf(destination, locale),
    retention: parts.retentionOf(destination, locale),
    safeguards: parts.safeguardsOf(destination, locale),
    document: parts.documentsOf(destination, bases) || words.undeclared[locale],
    reviewed: parts.reviewedOf(destination) || words.undeclared[locale],
    next: parts.nextReview(bases, today, locale),
    sanitizers: parts.sanitizersOf(report, classes) || words.none[locale],
    code: placesOf(report, flows, locale),
    environment: parts.distinct(flows.map(({ environment }) => environment)) || '—',
    exception: exception === null ? words.none[locale] : `${exception.id}: ${exception.reason}`,
    approver: exception?.approver ?? '—',
    expiry: exception?.expiry ?? '—',
  }
}

function placesOf(report: Report, flows: readonly FlowRecord[], locale: Locale): string {
  // A line is a place: a name that holds a line break is none more.
  const places = flows.map(({ file, line, call }) => visible(`${inRepository(report, file)}:${line} ${call.name}()`))
  const all = [...new Set(places)]
  const rest = all.length - MAX_PLACES
  return [...all.slice(0, MAX_PLACES), ...(rest > 0 ? [words.more(rest)[locale]] : [])].join('\n')
}

function factsOf({ run, policy, tool }: Report, locale: Locale): [string, string][] {
  const label = (key: keyof typeof factWords) => factWords[key][locale]
  const { oldest, newest } = tool.facts
  const age = run.today === null ? '' : ` (${words.days(String(daysBetween(oldest, run.today)))[locale]})`
  return [
    [label('scope'), run.root],
    [label('commit'), run.commit ?? words.none[locale]],
    [label('day'), run.today ?? words.none[locale]],
    [label('files'), messages.files(run.files.seen, run.files.analysed)[locale]],
    [label('coverage'), run.complete ? words.complete[locale] : words.incomplete[locale]],
    [label('policy'), `${policy.file ?? words.none[locale]} (${policy.extends.join(', ')})`],
    [label('policyDigest'), policy.digest],
    [label('inputDigest'), run.digest],
    [label('tool'), `sekisho ${tool.version}`],
    [label('catalogue'), tool.catalogue],
    [label('age'), (oldest === newest ? oldest : `${oldest} – ${newest}`) + age],
    ...run.notices.map((notice): [string, string] => [label('notice'), notice[locale]]),
    [label('limit'), limit[locale]],
  ]
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))
}

function notMetRow(report: Report, destination: DestinationRecord, locale: Locale): string[] {
  const { id, zone, bases, hosts, provider } = destination
  return [
    id,
    parts.declaredEntity(destination) ?? words.undeclared[locale],
    [provider, ...hosts].filter((part) => part !== null).join(', '),
    zone === null ? words.undeclared[locale] : zoneNames[zone][locale],
    parts.basesText(bases, locale),
    parts.nextReview(bases, report.run.today, locale),
  ]
}

function exceptionRow(report: Report, exception: ExceptionRecord, locale: Locale): string[] {
  const { id, rule, data, reason, requester, approver, ticket, expiry, expired, used, destination, path } = exception
  const state = expired ? words.until(expiry)[locale] : used ? words.active[locale] : words.unused[locale]
  const covers = [...data.map((one) => parts.named(report, one, locale)), destination, path].filter(
    (part) => part !== null,
  )
  return [id, state, rule, covers.join(', '), reason, requester ?? '—', approver, ticket ?? '—', expiry]
}

function notCovered(report: Report, locale: Locale): string[][] {
  const { run, gaps } = report
  return [
    ...run.excluded.map((glob) => [words.excluded[locale], glob, '']),
    ...gaps.map(({ file, line, reason, relevant }) => [
      relevant ? words.couldMatter[locale] : words.gap[locale],
      `${inRepository(report, file)}${line === null ? '' : `:${line}`}`,
      reason[locale],
    ]),
    [words.skipped[locale], String(run.files.skipped), ''],
  ]
}
