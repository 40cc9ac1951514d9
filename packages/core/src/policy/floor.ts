/**
 * An organisation's floor: a policy from outside the repository, which may only tighten it. The floor's cells stand besides the
 * repository's and the strictest wins; what the repository may not declare does not count. Nothing is dropped in silence: each is a
 * warning at its place.
 */
import type { Row } from '../catalog/catalogue.js'
import type { Localized } from '../finding.js'
import { cellsFor, rankOf } from './decide.js'
import { canonical, fnv1a } from './digest.js'
import { finish, mergeGates } from './draft.js'
import type { PolicyError } from './errors.js'
import type { CellRule, FloorPermit, Origin, Policy } from './policy.js'
import { severityOf } from './severity.js'
import { ruleIds } from '../finding.js'

export interface Flooring {
  dataClasses: readonly { readonly id: string; readonly row: Row }[]
  digest?: (text: string) => string
}

const byDefault: readonly FloorPermit[] = ['destinations', 'exceptions', 'sanitizers', 'guards']

export function underFloor(
  own: Policy,
  floor: Policy,
  { dataClasses, digest = fnv1a }: Flooring,
): { policy: Policy; warnings: PolicyError[] } {
  const permits = new Set(floor.permits ?? byDefault)
  const warnings: PolicyError[] = []
  const overruled = (origin: Origin | null, message: Localized) =>
    warnings.push(warningAt(origin ?? placeOf(own), message))
  /** The repository's entries that the floor does not have, where it permits such. */
  const kept = <T>(
    permit: FloorPermit,
    ours: readonly T[],
    theirs: readonly T[],
    same: (a: T, b: T) => boolean,
  ): T[] => {
    const more = ours.filter((one) => !theirs.some((other) => same(one, other)))
    if (more.length === 0 || permits.has(permit)) return [...theirs, ...more]
    overruled(originOf(more[0]), words.notPermitted(permit, more.length))
    return [...theirs]
  }
  const byId = (a: { id: string }, b: { id: string }) => a.id === b.id
  const byText = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  for (const cell of laxerCells(own, floor, dataClasses)) overruled(cell.origin, words.laxer(cell))
  const gate = gateUnder(own, floor, overruled)
  const exceptions = kept('exceptions', own.exceptions, floor.exceptions, byId).filter((exception) => {
    const isFine = floor.gate.approvers.length === 0 || floor.gate.approvers.includes(exception.approver)
    if (!isFine) overruled(exception.origin, words.approver(exception.id, exception.approver))
    return isFine
  })
  const rules = Object.fromEntries(
    ruleIds.flatMap((rule) => {
      const [ours, theirs] = [own.rules[rule], floor.rules[rule]]
      if (theirs === undefined)
        return ours === undefined || ranks.indexOf(ours) < ranks.indexOf(severityOf(floor, rule)) ? [] : [[rule, ours]]
      return [[rule, ours !== undefined && ranks.indexOf(ours) > ranks.indexOf(theirs) ? ours : theirs]]
    }),
  ) as Policy['rules']
  const policy: Policy = {
    ...own,
    extends: [...own.extends, ...floor.extends.map((name) => `floor › ${name}`)],
    gate,
    subjects: {
      default: floor.subjects.default === 'japan' ? 'japan' : own.subjects.default,
      guards: kept('guards', own.subjects.guards, floor.subjects.guards, byText),
    },
    data: {
      entities: [
        ...floor.data.entities,
        ...own.data.entities.filter(({ name }) => !floor.data.entities.some((one) => one.name === name)),
      ],
      classes: [
        ...floor.data.classes,
        ...own.data.classes.filter((one) => !floor.data.classes.some((other) => byId(one, other))),
      ],
      notPersonal: kept('notPersonal', own.data.notPersonal, floor.data.notPersonal, byText),
    },
    sanitizers: kept(
      'sanitizers',
      own.sanitizers,
      floor.sanitizers,
      (a, b) => a.import === b.import && a.name === b.name,
    ),
    destinations: kept('destinations', own.destinations, floor.destinations, byId),
    absorbs: [...new Set([...own.absorbs, ...floor.absorbs])],
    parties: [...own.parties, ...floor.parties],
    rules,
    exceptions,
    overrides: [
      ...own.overrides,
      { paths: ['**'], rules: floor.cells, tightens: true },
      ...floor.overrides.map(({ paths, rules: cells }) => ({ paths, rules: cells, tightens: true })),
    ],
    exclude: kept('exclude', own.exclude, floor.exclude, byText),
  }
  return { policy: { ...policy, digest: digest(canonical(policy)) }, warnings }
}

const ranks = ['note', 'warn', 'error'] as const

/** The stricter of both; a rollout only as far as the floor has one. */
function gateUnder(
  own: Policy,
  floor: Policy,
  overruled: (origin: Origin | null, message: Localized) => void,
): Policy['gate'] {
  const gate = finish({ ...own, gate: mergeGates(floor.gate, own.gate) }, null).gate
  const until = floor.gate.observeUntil === null ? null : gate.observeUntil
  if (own.gate.observeUntil !== until) overruled(null, words.rollout(own.gate.observeUntil ?? '-', until))
  for (const key of ['failOn', 'gaps'] as const)
    if (gate[key] !== own.gate[key]) overruled(null, words.gate(key, own.gate[key], gate[key]))
  return { ...gate, observeUntil: until }
}

/** The repository's own cells that say less than the floor. */
function laxerCells(own: Policy, floor: Policy, dataClasses: Flooring['dataClasses']): CellRule[] {
  const rows = new Map([...dataClasses, ...floor.data.classes, ...own.data.classes].map(({ id, row }) => [id, row]))
  const written = [...own.cells, ...own.overrides.flatMap(({ rules }) => rules)].filter(({ origin }) => origin !== null)
  return written.filter(({ data, zone, level }) => {
    const query = { dataClass: data, row: rows.get(data) ?? (data as Row), zone, path: '', party: null }
    return cellsFor(floor, query).some((other) => rankOf(other.level) > rankOf(level))
  })
}

function originOf(entry: unknown): Origin | null {
  const { origin } = (typeof entry === 'object' && entry !== null ? entry : {}) as { origin?: Origin | null }
  return origin ?? null
}

function placeOf({ file }: Policy): Origin {
  return { file: file ?? 'sekisho.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 }
}

function warningAt({ file, line, column, endLine, endColumn }: Origin, message: Localized): PolicyError {
  return {
    ...{ file, line, column, endLine, endColumn },
    code: 'under-floor',
    message,
    expected: null,
    remedy: {
      en: 'remove it, or ask those who keep the floor',
      ja: '削除するか、組織ポリシーの管理者に相談してください',
    },
    frame: '',
  }
}

const words = {
  notPermitted: (permit: FloorPermit, count: number): Localized => ({
    en: `the organisation's floor does not permit own ${permit}: ${count} ${count === 1 ? 'entry does' : 'entries do'} not count`,
    ja: `組織ポリシーはリポジトリ独自の ${permit} を認めていません。${count} 件は無効です`,
  }),
  laxer: ({ data, zone, level }: CellRule): Localized => ({
    en: `${data} × ${zone}: ${level} does nothing, the organisation's floor is stricter`,
    ja: `${data} × ${zone}: ${level} は無効です。組織ポリシーの方が厳しく定めています`,
  }),
  approver: (id: string, approver: string): Localized => ({
    en: `exception ${id} does not count: ${approver} is no approver of the organisation's floor`,
    ja: `例外 ${id} は無効です。${approver} は組織ポリシーの承認者ではありません`,
  }),
  rollout: (until: string, allowed: string | null): Localized => ({
    en: `gate.observeUntil ${until} does not count: the organisation's floor ${allowed === null ? 'has no rollout' : `observes until ${allowed}`}`,
    ja: `gate.observeUntil ${until} は無効です。組織ポリシーの導入期間は${allowed === null ? 'ありません' : ` ${allowed} までです`}`,
  }),
  gate: (key: string, ours: string, theirs: string): Localized => ({
    en: `gate.${key} is ${theirs}, by the organisation's floor, not ${ours}`,
    ja: `gate.${key} は組織ポリシーにより ${ours} ではなく ${theirs} です`,
  }),
}
