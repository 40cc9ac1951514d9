/**
 * The decision: data class × zone at a path → level. Cells of an override at the path come first, then the class's own
 * cell, then its row's; over presets and files the strictest. A `never` cell holds whatever else is written. What no cell
 * speaks of is an error: deny by default.
 */
import type { Level, Row } from '../catalog/catalogue.js'
import { matchesAny } from './glob.js'
import type { Basis, CellRule, Decision, Destination, Policy, Query } from './policy.js'

export const levels: readonly Level[] = ['allow', 'note', 'warn', 'error', 'never']

export function rankOf(level: Level): number {
  return levels.indexOf(level)
}

export function decide(policy: Policy, query: Query): Decision {
  if (query.row === 'not-personal' || isOther(policy, query)) return silent()
  const cells = cellsFor(policy, query)
  if (cells.length === 0) return capped(unspoken(query), query)
  const decisions = cells.map((cell) => judge(cell, query))
  return capped(decisions.reduce(stricter), query)
}

/** The cells that speak of the data: one or more a layer, none where no layer does. */
export function cellsFor(
  policy: Policy,
  query: Pick<Query, 'dataClass' | 'row' | 'zone' | 'path' | 'party'>,
): CellRule[] {
  const row = rowOf(policy, query)
  const inZone = policy.cells.filter((cell) => cell.zone === query.zone)
  const general = [...new Set(layersOf(inZone).flatMap((layer) => pick(inLayer(inZone, layer), query.dataClass, row)))]
  const here = policy.overrides.filter((override) => matchesAny(override.paths, query.path))
  const tightening = here.filter(({ tightens }) => tightens).flatMap((one) => overrideCells(one.rules, query, row))
  const replacing = here.filter(({ tightens }) => !tightens).flatMap((one) => overrideCells(one.rules, query, row))
  if (replacing.length === 0) return [...general, ...tightening]
  const named = replacing.filter((cell) => cell.data === query.dataClass)
  return [...(named.length > 0 ? named : replacing), ...general.filter((cell) => cell.level === 'never'), ...tightening]
}

function overrideCells(rules: CellRule[], query: Pick<Query, 'dataClass' | 'zone'>, row: Row): CellRule[] {
  const inZone = rules.filter((cell) => cell.zone === query.zone)
  return layersOf(inZone).flatMap((layer) => pick(inLayer(inZone, layer), query.dataClass, row))
}

function layersOf(cells: CellRule[]): string[] {
  return [...new Set(cells.flatMap((cell) => cell.layers))]
}

function inLayer(cells: CellRule[], layer: string): CellRule[] {
  return cells.filter((cell) => cell.layers.includes(layer))
}

/** The class's own cells, else its row's. What a sanitizer made pseudonymous is no longer judged by its class. */
export function pick(cells: readonly CellRule[], dataClass: string, row: Row): CellRule[] {
  const named = row === 'pseudonymised' ? [] : cells.filter((cell) => cell.data === dataClass)
  return named.length > 0 ? named : cells.filter((cell) => cell.data === row)
}

function rowOf(policy: Policy, query: Pick<Query, 'row' | 'party'>): Row {
  const rule = policy.parties.find(({ party, rows }) => party === query.party && rows.includes(query.row))
  return rule ? rule.as : query.row
}

function judge(cell: CellRule, query: Query): Decision {
  const { destination } = query
  const declared = destination === null || destination.data === null || covers(destination.data, query)
  const basis = destination && declared ? satisfiedBasis(cell, destination, query) : null
  const missing = missingFields(cell, destination, query)
  const lowers = basis !== null && missing.length === 0 && (cell.level === 'warn' || cell.level === 'error')
  const level = lowers ? 'note' : cell.level
  const listed = destination !== null && destination.data !== null && declared
  return {
    level: listed && level === 'note' && missing.length === 0 ? 'allow' : level,
    basis: lowers ? basis : null,
    grounds: [cell.ground],
    missing: level === 'allow' ? [] : missing,
    exceptionAllowed: cell.exception && (cell.unless.length > 0 || missing.length === 0),
    cell,
  }
}

function satisfiedBasis(cell: CellRule, destination: Destination, query: Query): Basis | null {
  return (
    coveringBases(destination, query).find((basis) =>
      cell.unless.some((tokens) => tokens.every((token) => basis.all.includes(token))),
    ) ?? null
  )
}

/** The bases of the destination that speak of the data and whose review is not overdue. */
function coveringBases(destination: Destination, query: Query): Basis[] {
  return destination.bases.filter(
    (basis) => (basis.data.length === 0 || covers(basis.data, query)) && !isPast(basis.reviewBy, query.today),
  )
}

function covers(data: readonly string[], query: Query): boolean {
  return data.includes(query.dataClass) || data.includes(query.row)
}

/** Whether a day has passed; the day itself still counts, and without a clock nothing has. */
export function isPast(day: string | null, today: string | null): boolean {
  return day !== null && today !== null && day < today
}

/** Required fields that neither the evidence, nor the contract, nor a basis declares. */
function missingFields(cell: CellRule, destination: Destination | null, query: Query): string[] {
  if (cell.requires.length === 0 || destination === null) return [...cell.requires]
  const tokens = coveringBases(destination, query).flatMap((basis) => basis.all)
  const declared = [...Object.entries(destination.evidence), ...Object.entries(destination.contract)]
  return cell.requires.filter((field) => !tokens.includes(field) && !isDeclared(field, declared))
}

function isDeclared(field: string, declared: [string, unknown][]): boolean {
  const [name = '', wanted] = field.split('=')
  return declared.some(([key, value]) => {
    if (plain(key) !== plain(name)) return false
    if (wanted !== undefined) return String(value) === wanted
    return value !== null && value !== undefined && value !== false && value !== '' && String(value) !== ''
  })
}

/** `special-care-consent`, `specialCareConsent` and `special_care_consent` are one field. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '')
}

function stricter(a: Decision, b: Decision): Decision {
  const difference = rankOf(b.level) - rankOf(a.level)
  if (difference !== 0) return difference > 0 ? b : a
  return a.exceptionAllowed && !b.exceptionAllowed ? b : a
}

/** Uncertain evidence is a note at most; special care-required data and My Number a warning. */
function capped(decision: Decision, query: Query): Decision {
  if (query.confidence !== 'possible') return decision
  const cap: Level = query.row === 'special-care' || query.row === 'my-number' ? 'warn' : 'note'
  return rankOf(decision.level) > rankOf(cap) ? { ...decision, level: cap } : decision
}

function isOther(policy: Policy, query: Query): boolean {
  return query.subject === 'other' || (query.subject === 'unknown' && policy.subjects.default === 'other')
}

function silent(): Decision {
  return { level: 'allow', basis: null, grounds: [], missing: [], exceptionAllowed: true, cell: null }
}

function unspoken(query: Query): Decision {
  const reference = `deny by default: no cell for ${query.row} × ${query.zone}`
  return { ...silent(), level: 'error', grounds: [{ kind: 'product-policy', reference }] }
}
