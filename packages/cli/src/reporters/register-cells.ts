/** Single cells of the register: what the policy declares, else what the catalogue knows, said to be that. */
import type { DeclaredBasis, DestinationRecord, FlowClass, FlowRecord, Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { visible } from '../sanitize.js'
import { words } from './register-words.js'
import {
  basisName,
  className,
  countryName,
  countrySystem,
  partyName,
  providerName,
  rowName,
  subjectNames,
} from './report-words.js'

const CONTRACT_KNOWN = /^(entity|country|countrySystem|training|retention(Days)?|reviewed)$/i

/** The basis that lowered the decision, else those that are declared for such data. */
export function basesOf({ reference }: Report, { destination }: FlowRecord, one: FlowClass): DeclaredBasis[] {
  if (one.basis !== null) return [one.basis]
  const declared = reference.destinations.find(({ id }) => id === destination)?.bases ?? []
  return declared.filter(({ data }) => data.length === 0 || data.includes(one.dataClass) || data.includes(one.row))
}

export function dataOf(report: Report, classes: readonly FlowClass[], locale: Locale): string {
  return lines(classes.map(({ dataClass, row }) => `${className(report, dataClass, locale)} (${rowName(row, locale)})`))
}

export function named(report: Report, word: string, locale: Locale): string {
  const name = className(report, word, locale)
  return name === word ? rowName(word, locale) : name
}

export function subjectsOf(classes: readonly FlowClass[], locale: Locale): string {
  return lines(
    classes.map(({ party, subject }) => {
      const who = partyName(party, locale)
      return who === null ? subjectNames[subject][locale] : `${who} (${subjectNames[subject][locale]})`
    }),
  )
}

/** The contract's party as the policy declares it; the brand's operator is named, and said not to be that. */
export function recipientOf(
  report: Report,
  flow: FlowRecord,
  destination: DestinationRecord | null,
  locale: Locale,
): string {
  const entity = destination === null ? null : declaredEntity(destination)
  if (entity !== null) return entity
  const operator = report.reference.providers.find(({ id }) => id === flow.provider)?.operator
  return operator === undefined ? words.undeclared[locale] : `${operator} (${words.operator[locale]})`
}

export function declaredEntity({ contract }: DestinationRecord): string | null {
  return text(contract['entity']) || null
}

export function serviceOf(report: Report, { provider, destination }: FlowRecord, locale: Locale): string {
  const name = providerName(report, provider, locale)
  return lines([name, destination]) || words.undeclared[locale]
}

export function endpointOf(flows: readonly FlowRecord[]): string {
  return lines(
    flows.map(({ endpoint, model }) =>
      [endpoint.host, endpoint.region, model].filter((part) => part !== null).join(', '),
    ),
  )
}

/** Declared countries come first; the operator's says that it is the operator's. */
export function countryOf(
  flow: FlowRecord,
  destination: DestinationRecord | null,
  bases: readonly DeclaredBasis[],
): { codes: string[]; declared: boolean } {
  const declared = [...bases.map(({ country }) => country), text(destination?.contract['country']) || null]
  const codes = [...new Set(declared.filter((code) => code !== null))]
  if (codes.length > 0) return { codes, declared: true }
  return { codes: flow.jurisdiction === null ? [] : [flow.jurisdiction], declared: false }
}

export function countryText({ codes, declared }: { codes: string[]; declared: boolean }, locale: Locale): string {
  if (codes.length === 0) return words.undeclared[locale]
  const names = codes.map((code) => countryName(code, locale)).join(', ')
  return declared ? names : `${names} (${words.ofOperator[locale]})`
}

export function systemOf(
  report: Report,
  { codes }: { codes: string[] },
  destination: DestinationRecord | null,
  locale: Locale,
): string {
  const own = text(destination?.contract['countrySystem'])
  if (own !== '') return own
  return lines(codes.map((code) => countrySystem(report, code, locale))) || words.undeclared[locale]
}

export function basesText(bases: readonly DeclaredBasis[], locale: Locale): string {
  return (
    lines(bases.map(({ all }) => all.map((token) => basisName(token, locale)).join(' + '))) || words.undeclared[locale]
  )
}

export function trainingOf(destination: DestinationRecord | null, locale: Locale): string {
  const value = destination?.contract['training']
  if (value === false) return words.no[locale]
  return value === true ? words.yes[locale] : text(value) || words.undeclared[locale]
}

export function retentionOf(destination: DestinationRecord | null, locale: Locale): string {
  const contract = destination?.contract ?? {}
  const days = text(contract['retentionDays'])
  return days !== '' ? words.days(days)[locale] : text(contract['retention']) || words.undeclared[locale]
}

/** Whatever else the contract declares. */
export function safeguardsOf(destination: DestinationRecord | null, locale: Locale): string {
  const entries = Object.entries(destination?.contract ?? {}).filter(([key]) => !CONTRACT_KNOWN.test(key))
  const evidence = Object.entries(destination?.evidence ?? {}).filter(
    ([key]) => key !== 'checked' && key !== 'document',
  )
  return lines([...entries, ...evidence].map(([key, value]) => `${key}: ${text(value)}`)) || words.undeclared[locale]
}

export function documentsOf(destination: DestinationRecord | null, bases: readonly DeclaredBasis[]): string {
  return distinct([text(destination?.evidence['document']) || null, ...bases.map(({ document }) => document)])
}

export function reviewedOf(destination: DestinationRecord | null): string {
  return text(destination?.contract['reviewed']) || text(destination?.evidence['checked'])
}

export function nextReview(bases: readonly DeclaredBasis[], today: string | null, locale: Locale): string {
  const days = bases.flatMap(({ reviewBy }) => reviewBy ?? []).sort()
  const first = days[0]
  if (first === undefined) return words.undeclared[locale]
  return today !== null && first < today ? `${first} (${words.overdue[locale]})` : first
}

export function sanitizersOf({ reference }: Report, classes: readonly FlowClass[]): string {
  return lines(
    classes.flatMap(({ sanitizers }) =>
      sanitizers.map((name) => {
        const evidence = reference.sanitizers.find((one) => one.name === name)?.evidence
        return evidence === undefined || evidence === '' ? name : `${name} (${evidence})`
      }),
    ),
  )
}

export function distinct(values: readonly (string | null)[]): string {
  return lines(values)
}

function lines(values: readonly (string | null)[]): string {
  const all = values.filter((value) => value !== null && value !== '').map((value) => visible(value!))
  return [...new Set(all)].join('\n')
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(text).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
