/** Endpoints met, with or without data: the inventory, and the findings that stand once an endpoint. */
import type { EndpointRecord } from '../finding.js'
import { argumentSpan } from '../solve/argument.js'
import type { Instance, Place } from '../solve/value.js'
import type { Endpoint } from './endpoint.js'
import { placeOf, type FindingMaker } from './findings.js'
import { endpointKey, type Flow } from './flows.js'
import * as words from './words.js'

interface Met {
  endpoint: Endpoint
  place: Place
}

/** Every endpoint of calls and of clients that no call was seen of. */
export function endpointsMet(maker: FindingMaker, flows: readonly Flow[]): Met[] {
  const { machine, resolver } = maker.context
  const met: Met[] = []
  const called = new Set<string>()
  for (const { hit, endpoint } of flows) {
    const instances = hit.routes.flatMap((route) => (route.instance === null ? [] : [route.instance]))
    for (const instance of instances) called.add(instance.id)
    const all = instances.filter((instance) => instance.place.span.end > 0 && machine.instances.has(instance.id))
    const file = machine.unit(hit.place.module).module.path
    const isOf = (instance: Instance) =>
      resolver.ofInstance(instance, [], hit.facts, file).some((one) => endpointKey(one) === endpointKey(endpoint))
    const made = all.length > 1 ? (all.find(isOf) ?? all[0]) : all[0]
    met.push({ endpoint, place: made === undefined ? hit.place : decidedAt(made, endpoint) })
  }
  for (const { instance, facts } of machine.instances.values()) {
    // What speaks through another client has that one's endpoint.
    const { endpoint: own, through } = instance.client
    if (called.has(instance.id) || own.length === 0 || through !== undefined) continue
    const file = machine.unit(instance.place.module).module.path
    for (const endpoint of resolver.ofInstance(instance, [], facts, file))
      met.push({ endpoint, place: decidedAt(instance, endpoint) })
  }
  return met
}

/** Where a construction says so by a named argument: that argument. `.region(Region.US_EAST_1)` of a builder, `base_url=…` of a call. */
function decidedAt({ site, place }: Instance, endpoint: Endpoint): Place {
  const option = endpoint.resolvedFrom.find((from) => from.startsWith('option '))?.slice('option '.length)
  return site === undefined || option === undefined ? place : { ...place, span: argumentSpan(site, option) }
}

/** An endpoint with the place in code or config that names it. */
export interface Placed {
  endpoint: Endpoint
  at: EndpointRecord['places'][number]
}

export function placed(maker: FindingMaker, met: readonly Met[]): Placed[] {
  return met.map(({ endpoint, place }) => {
    const { line, column } = maker.region(place)
    return { endpoint, at: { file: maker.file(place), line, column } }
  })
}

export function inventory(all: readonly Placed[]): EndpointRecord[] {
  const records = new Map<string, EndpointRecord>()
  for (const { endpoint, at } of all) {
    const key = JSON.stringify([
      endpoint.provider?.id,
      endpoint.host,
      endpoint.region,
      endpoint.zone,
      endpoint.destination?.id,
    ])
    let record = records.get(key)
    if (record === undefined) {
      record = {
        provider: endpoint.provider?.id ?? null,
        zone: endpoint.zone,
        jurisdiction: endpoint.jurisdiction,
        endpoint: placeOf(endpoint),
        destination: endpoint.destination?.id ?? null,
        places: [],
      }
      records.set(key, record)
    }
    const { file, line } = at
    if (record.places.length < 50 && !record.places.some((known) => known.file === file && known.line === line))
      record.places.push(at)
  }
  return [...records.values()]
}

/** foreign-endpoint, undeclared-residency and region-escape, each once an endpoint and place. */
export function reportEndpoints(maker: FindingMaker, flows: readonly Flow[], met: readonly Met[]): void {
  const keyOf = ({ endpoint, place }: Met) => `${nameOf(endpoint)}|${place.module}:${place.span.start}`
  // Flows come first among what is met, in their order. Where a flow does not show its client's construction, its endpoint names them all.
  const calls = new Set(flows.map(({ hit }) => hit.place))
  const told = met.filter((_, at) => flows[at] !== undefined && flows[at].severity !== null)
  const named = new Set(told.map(keyOf))
  const everywhere = new Set(told.filter(({ place }) => calls.has(place)).map(({ endpoint }) => nameOf(endpoint)))
  const seen = new Set<string>()
  const once = (rule: string, { endpoint, place }: Met): boolean => {
    const key = `${rule}|${keyOf({ endpoint, place })}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }
  for (const flow of flows) {
    const { endpoint, hit } = flow
    if (endpoint.escape !== null && once('region-escape', { endpoint, place: hit.place }))
      maker.endpoint(
        'region-escape',
        'error',
        hit.place,
        endpoint,
        words.escapeMessage(endpoint.provider?.name ?? null, endpoint.escape),
        words.escapeRemedy,
        hit,
      )
  }
  for (const entry of met) {
    const { endpoint, place } = entry
    if (endpoint.undeclared !== null && once('undeclared-residency', entry))
      maker.endpoint(
        'undeclared-residency',
        'note',
        place,
        endpoint,
        endpoint.undeclared,
        words.undeclaredRemedy(endpoint.host),
      )
    const provider = endpoint.provider?.name ?? null
    if (
      endpoint.escape !== null ||
      named.has(keyOf(entry)) ||
      everywhere.has(nameOf(endpoint)) ||
      endpoint.destination !== null
    )
      continue
    if (endpoint.zone === 'foreign' || endpoint.zone === 'designated') {
      if (once('foreign-endpoint', entry))
        maker.endpoint(
          'foreign-endpoint',
          'note',
          place,
          endpoint,
          words.endpointMessage(provider, endpoint.host, endpoint.zone),
          words.endpointRemedy,
        )
    } else if (endpoint.zone === 'unknown' && endpoint.undeclared === null && once('unresolved-endpoint', entry)) {
      const told = {
        classes: [],
        sink: provider?.en ?? 'The call',
        provider,
        host: endpoint.host,
        zone: endpoint.zone,
        subject: 'unknown',
      }
      maker.endpoint(
        'unresolved-endpoint',
        'note',
        place,
        endpoint,
        words.unresolvedMessage(told),
        words.unresolvedRemedy(endpoint.host, endpoint.provider?.id ?? null),
      )
    }
  }
}

function nameOf(endpoint: Endpoint): string {
  return `${endpoint.provider?.id ?? ''}|${endpoint.host ?? ''}|${endpoint.region ?? ''}|${endpoint.zone}`
}
