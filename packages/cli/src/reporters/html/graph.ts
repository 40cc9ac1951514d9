/** What the map shows: classes and endpoints as nodes, what can reach what as links, small enough to be looked at. */
import type { FlowRecord, Report, Zone } from '@sekisho/core'
import type { Locale } from '../../locale.js'
import { className, providerName } from '../report-words.js'
import { words } from './words.js'

const MOST_CLASSES = 16
const MOST_ENDPOINTS = 18
/** The node that stands for all that have none of their own. */
const OTHER = '…'
/** As the map has them, from the best to what nobody knows. */
const order: readonly Zone[] = [
  ...(['edge', 'domestic', 'japan-region', 'japan-cross-region', 'designated', 'foreign', 'unknown'] as const),
]
export const gravity = ['allow', 'note', 'warn', 'error', 'never'] as const
type Decision = (typeof gravity)[number]

export interface Link {
  from: string
  to: string
  zone: Zone
  count: number
  /** The worst. */
  decision: Decision
  width: number
}

export interface Node {
  id: string
  label: string
  detail: string
  zone: Zone | null
  links: Link[]
  y: number
  height: number
}

export interface Graph {
  links: Link[]
  classes: Node[]
  endpoints: Node[]
}

export function graphOf(report: Report, locale: Locale): Graph {
  const rank = (decision: Decision) => gravity.indexOf(decision)
  const links = new Map<string, Link>()
  const names = new Map<string, { label: string; detail: string; zone: Zone }>()
  const kept = keptClasses(report)
  const keptTo = keptEndpoints(report)
  for (const flow of report.flows) {
    const own = endpointId(flow)
    const to = keptTo.has(own) ? own : `${OTHER}${flow.zone}`
    names.set(to, to === own ? endpointName(report, flow, locale) : { label: OTHER, detail: '', zone: flow.zone })
    for (const one of flow.classes) {
      const from = kept.includes(one.dataClass) ? one.dataClass : OTHER
      const key = `${from}\0${to}`
      const link = links.get(key) ?? { from, to, zone: flow.zone, count: 0, decision: 'allow', width: 0 }
      link.count++
      if (rank(one.decision) > rank(link.decision)) link.decision = one.decision
      links.set(key, link)
    }
  }
  const all = [...links.values()]
  for (const link of all) link.width = Math.min(16, 3 + 2.5 * Math.log2(link.count))
  const left = [...kept, OTHER].map((id): Node => {
    const label =
      id === OTHER ? words.other(allClasses(report).length - kept.length)[locale] : className(report, id, locale)
    return { id, label, detail: '', zone: null, links: all.filter(({ from }) => from === id), y: 0, height: 0 }
  })
  const right = [...names].map(([id, name]): Node => {
    return { id, ...name, links: all.filter(({ to }) => to === id), y: 0, height: 0 }
  })
  right.sort((a, b) => order.indexOf(a.zone!) - order.indexOf(b.zone!) || (a.label < b.label ? -1 : 1))
  return { links: all, classes: left.filter((node) => node.links.length > 0), endpoints: right }
}

function allClasses({ flows }: Report): string[] {
  return [...new Set(flows.flatMap(({ classes }) => classes.map(({ dataClass }) => dataClass)))]
}

/** The gravest first, then those that most flows carry. */
function keptClasses(report: Report): string[] {
  const weight = (id: string) =>
    report.flows.reduce((sum, { classes }) => {
      return classes.reduce(
        (own, one) => (one.dataClass === id ? own + 1 + 1000 * gravity.indexOf(one.decision) : own),
        sum,
      )
    }, 0)
  const weights = new Map(allClasses(report).map((id) => [id, weight(id)]))
  return [...weights.keys()].sort((a, b) => weights.get(b)! - weights.get(a)!).slice(0, MOST_CLASSES)
}

function keptEndpoints({ flows }: Report): Set<string> {
  const counts = new Map<string, number>()
  for (const flow of flows) counts.set(endpointId(flow), (counts.get(endpointId(flow)) ?? 0) + 1)
  return new Set([...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!).slice(0, MOST_ENDPOINTS))
}

function endpointId({ provider, endpoint, zone, destination }: FlowRecord): string {
  return JSON.stringify([provider, endpoint.host, endpoint.region, zone, destination])
}

function endpointName(report: Report, flow: FlowRecord, locale: Locale): { label: string; detail: string; zone: Zone } {
  const { host, region } = flow.endpoint
  const name = providerName(report, flow.provider, locale)
  const isTold = region === null || host?.includes(region) === true
  const detail = [name === null ? null : host, isTold ? null : region].filter((part) => part !== null).join(' · ')
  return { label: name ?? host ?? '?', detail, zone: flow.zone }
}
