/**
 * What a report refers to by id: classes, providers, countries, and what the policy declares of destinations, exceptions and
 * sanitizers. So a report can be read years later, without the policy and the catalogue of its day.
 */
import type {
  Catalogue,
  DeclaredBasis,
  Finding,
  FlowRecord,
  EndpointRecord,
  Ground,
  Policy,
  Reference,
  Report,
} from '@sekisho/core'

export interface Referring {
  findings: readonly Finding[]
  flows: readonly FlowRecord[]
  endpoints: readonly EndpointRecord[]
}

export function referenceOf(
  catalogue: Catalogue,
  policy: Policy,
  { findings, flows, endpoints }: Referring,
  today: string | null,
  rebase: (path: string) => string,
): Reference {
  const all = [...findings, ...flows, ...endpoints]
  const providers = [...new Set(all.flatMap(({ provider }) => provider ?? []))].sort()
  const used = new Set(findings.flatMap(({ suppressed }) => (suppressed?.kind === 'exception' ? [suppressed.id] : [])))
  return {
    dataClasses: dataClassesOf(catalogue, policy, findings, flows),
    providers: providers.flatMap((id) => providerOf(catalogue, id)),
    countries: countriesOf(
      catalogue,
      all.flatMap(({ jurisdiction }) => jurisdiction ?? []),
      policy,
    ),
    destinations: policy.destinations.map(
      ({ id, provider, match, paths, zone, evidence, contract, bases, data, origin }) => ({
        ...{ id, provider, zone, ...match, paths, data, evidence: plain(evidence), contract: plain(contract) },
        bases: bases.map(declared),
        file: rebase(origin.file),
        line: origin.line,
      }),
    ),
    exceptions: policy.exceptions.map(({ origin, ...exception }) => ({
      ...exception,
      expired: today !== null && exception.expiry < today,
      used: used.has(exception.id),
      file: rebase(origin.file),
      line: origin.line,
    })),
    sanitizers: policy.sanitizers.map(({ name, import: from, removes, becomes, evidence }) => {
      return { name, import: from, removes, becomes, evidence }
    }),
  }
}

function dataClassesOf(
  { data }: Catalogue,
  policy: Policy,
  findings: readonly Finding[],
  flows: readonly FlowRecord[],
): Reference['dataClasses'] {
  const named = new Set([...findings, ...flows].flatMap(({ dataClasses }) => dataClasses))
  const own = policy.data.classes.map(({ id, row }) => ({ id, name: { en: id, ja: id }, row, law: [] as Ground[] }))
  const known = data.dataClasses.map(({ id, name, row, law }) => ({
    id,
    name: { en: name.en, ja: name.ja },
    row,
    law: law.map(({ kind, reference, referenceJa }): Ground => ({ kind, reference, referenceJa })),
  }))
  return [...own, ...known].filter(({ id }, at, all) => named.has(id) && all.findIndex((one) => one.id === id) === at)
}

function providerOf(catalogue: Catalogue, id: string): Reference['providers'] {
  const provider = catalogue.providerById(id)
  if (provider === null) return []
  const { name, operator, checked } = provider
  return [{ id, name, operator: operator.name, jurisdiction: operator.jurisdiction, checked }]
}

/** Countries of operators, and those that the policy names. */
function countriesOf({ data }: Catalogue, operators: readonly string[], policy: Policy): Reference['countries'] {
  const declaredCountries = policy.destinations.flatMap(({ contract, bases }) => [
    ...bases.flatMap(({ country }) => country ?? []),
    ...[contract['country'], contract['dataLocation']].flat().filter((one) => typeof one === 'string'),
  ])
  const codes = new Set([...operators, ...declaredCountries].filter((code) => /^[A-Z]{2}$/.test(code)))
  return [...codes].sort().map((code) => ({ code, system: systemOf(data.countries, code) }))
}

function systemOf(
  { designated, surveyed }: Catalogue['data']['countries'],
  code: string,
): Reference['countries'][number]['system'] {
  if (code === 'JP') return 'home'
  if (designated.includes(code)) return 'designated'
  return surveyed.includes(code) ? 'surveyed' : 'unknown'
}

function declared({ all, data, purpose, country, document, reviewBy }: DeclaredBasis): DeclaredBasis {
  return { all, data, purpose, country, document, reviewBy }
}

/** Values of YAML as JSON has them. */
function plain(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(record)) as Record<string, unknown>
}

/** Between which days the catalogue's facts about providers were checked. */
export function factsOf({ data }: Catalogue): Report['tool']['facts'] {
  const days = data.providers.map(({ checked }) => checked).sort()
  return { oldest: days[0] ?? '', newest: days.at(-1) ?? '' }
}
