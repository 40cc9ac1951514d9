/**
 * CycloneDX 1.6 and 1.7: AI services with their endpoints, the classes of data that can enter them, and where the trust boundary
 * is; models as components. It says what can reach a service, as the other reports do. No clock and no chance: its serial
 * number is made of what was analysed.
 */
import { createHash } from 'node:crypto'
import type { DestinationRecord, EndpointRecord, FlowClass, FlowRecord, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { zoneNames } from '../messages.js'
import { safeJson, visible } from '../sanitize.js'
import { declaredEntity } from './register-cells.js'
import { className, decisionNames, limit, providerName } from './report-words.js'
import type { Reporter } from './reporter.js'

export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  render: (report, { locale }) => `${safeJson(bomOf(report, locale, '1.6'))}\n`,
}

export const cyclonedx17: Reporter = {
  id: 'cyclonedx-1.7',
  render: (report, { locale }) => `${safeJson(bomOf(report, locale, '1.7'))}\n`,
}

const APPLICATION = 'application'

interface Service {
  ref: string
  record: EndpointRecord
  flows: FlowRecord[]
}

function bomOf(report: Report, locale: Locale, specVersion: '1.6' | '1.7') {
  const services = servicesOf(report)
  const models = [...new Set(services.flatMap(({ flows }) => flows.flatMap(({ model }) => model ?? [])))].sort()
  const application = report.run.root === '.' ? APPLICATION : visible(report.run.root)
  return {
    $schema: `http://cyclonedx.org/schema/bom-${specVersion}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion,
    serialNumber: `urn:uuid:${uuid(`${report.run.digest}\0${report.policy.digest}\0${report.run.root}`)}`,
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'pre-build' }],
      tools: { components: [{ type: 'application', name: 'sekisho', version: report.tool.version }] },
      component: {
        ...{ type: 'application', 'bom-ref': APPLICATION, name: application },
        ...(report.run.commit === null ? {} : { version: report.run.commit }),
      },
      properties: runProperties(report, locale),
    },
    components: models.map((model) => ({
      type: 'machine-learning-model',
      'bom-ref': modelRef(model),
      name: visible(model),
    })),
    services: services.map((service) => serviceOf(report, service, locale)),
    dependencies: [
      { ref: APPLICATION, dependsOn: services.map(({ ref }) => ref) },
      ...services.map(({ ref, flows }) => ({
        ref,
        dependsOn: [...new Set(flows.flatMap(({ model }) => (model === null ? [] : [modelRef(model)])))],
      })),
    ],
  }
}

/** One an endpoint of the inventory, with the flows that reach it. */
function servicesOf({ endpoints, flows }: Report): Service[] {
  const key = ({ provider, endpoint, zone, destination }: EndpointRecord | FlowRecord) =>
    JSON.stringify([provider, endpoint.host, endpoint.region, zone, destination])
  return endpoints.map((record) => {
    const id = key(record)
    return { ref: `service-${uuid(id)}`, record, flows: flows.filter((flow) => key(flow) === id) }
  })
}

function serviceOf(report: Report, { ref, record, flows }: Service, locale: Locale) {
  const { provider, zone, endpoint } = record
  const destination = report.reference.destinations.find(({ id }) => id === record.destination) ?? null
  const known = report.reference.providers.find(({ id }) => id === provider)
  const entity = (destination === null ? null : declaredEntity(destination)) ?? known?.operator ?? null
  const name = providerName(report, provider, locale) ?? endpoint.host ?? zoneNames.unknown[locale]
  return {
    'bom-ref': ref,
    ...(entity === null ? {} : { provider: { name: visible(entity) } }),
    name: visible(name),
    ...(endpoint.host === null ? {} : { endpoints: endpointsOf(endpoint.host) }),
    'x-trust-boundary': zone !== 'edge',
    trustZone: zone,
    data: dataOf(report, flows, locale),
    properties: serviceProperties(record, flows, destination),
  }
}

/** A host that is no part of a URL (a name with a hole) is told in the properties only. */
function endpointsOf(host: string): string[] {
  const url = `${/^(localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https'}://${host}`
  return URL.canParse(url) && !/[\s{}<>"|\\^`\p{C}]/u.test(host) ? [url] : []
}

/** Each class once, as it is judged worst. */
function dataOf(report: Report, flows: readonly FlowRecord[], locale: Locale) {
  const classes = new Map<string, { one: FlowClass; flow: FlowRecord }>()
  for (const flow of flows) {
    for (const one of flow.classes) {
      const known = classes.get(one.dataClass)
      if (known === undefined || rank(one) > rank(known.one)) classes.set(one.dataClass, { one, flow })
    }
  }
  return [...classes.values()].map(({ one, flow }) => {
    const purpose = one.basis?.purpose ?? flow.purpose
    const why = [decisionNames[one.decision][locale], flow.call.purpose, purpose].filter((part) => part !== null)
    return {
      flow: 'inbound',
      classification: one.row,
      name: visible(className(report, one.dataClass, locale)),
      description: visible(`${one.dataClass}: ${why.join('; ')}`),
      source: [APPLICATION],
    }
  })
}

function rank({ decision }: FlowClass): number {
  return ['allow', 'note', 'warn', 'error', 'never'].indexOf(decision)
}

function serviceProperties(
  record: EndpointRecord,
  flows: readonly FlowRecord[],
  destination: DestinationRecord | null,
) {
  const { endpoint } = record
  const environments = [...new Set(flows.flatMap(({ environment }) => environment ?? []))]
  return properties([
    ['zone', record.zone],
    ['jurisdiction', record.jurisdiction],
    ['host', endpoint.host],
    ['region', endpoint.region],
    ['resolvedFrom', endpoint.resolvedFrom.join(' > ')],
    ['destination', record.destination],
    ...environments.map((environment): [string, string] => ['environment', environment]),
    ...(destination?.bases ?? []).map(({ all, reviewBy }): [string, string] => {
      return ['basis', all.join(' + ') + (reviewBy === null ? '' : `; review by ${reviewBy}`)]
    }),
    ['training', declared(destination?.contract['training'])],
    ...record.places.map(({ file, line }): [string, string] => ['place', `${file}:${line}`]),
  ])
}

function runProperties({ policy, run, tool, gaps }: Report, locale: Locale) {
  return properties([
    ['policyDigest', policy.digest],
    ['analysedDigest', run.digest],
    ['catalogue', tool.catalogue],
    ['factsChecked', `${tool.facts.oldest}..${tool.facts.newest}`],
    ['judgedOn', run.today],
    ['complete', String(run.complete)],
    ['gaps', String(gaps.length)],
    ['limit', limit[locale]],
  ])
}

function properties(values: readonly (readonly [string, string | null])[]) {
  return values
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ({ name: `sekisho:${name}`, value: visible(value!) }))
}

function declared(value: unknown): string | null {
  return typeof value === 'boolean' || typeof value === 'string' ? String(value) : null
}

function modelRef(model: string): string {
  return `model-${uuid(model)}`
}

/** A name-based UUID: the same text, the same UUID. */
function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
