/** A policy in the making: what presets and files have said so far, before defaults. Siblings merge: the stricter word wins. */
import type { Row } from '../catalog/catalogue.js'
import type { RuleId, Severity } from '../finding.js'
import type { Gate, Policy } from './policy.js'

export interface Draft extends Omit<Policy, 'digest' | 'gate' | 'subjects' | 'file'> {
  gate: { [K in keyof Gate]: Gate[K] | null }
  subjects: { default: Policy['subjects']['default'] | null; guards: Policy['subjects']['guards'] }
}

export function emptyDraft(): Draft {
  return {
    version: 1,
    extends: [],
    locale: null,
    gate: {
      ...{ failOn: null, gaps: null, exceptionMaxDays: null, approvers: null },
      ...{ observeUntil: null, separateApprover: null, warnDays: null },
    },
    subjects: { default: null, guards: [] },
    data: { entities: [], classes: [], notPersonal: [] },
    sanitizers: [],
    environments: {},
    destinations: [],
    cells: [],
    absorbs: [],
    parties: [],
    rules: {},
    exceptions: [],
    overrides: [],
    exclude: [],
    permits: null,
  }
}

/** Two parts of one policy; where only one can hold (a destination's name, the locale), `b` does. */
export function mergeDrafts(a: Draft, b: Draft): Draft {
  return {
    version: 1,
    extends: union(a.extends, b.extends),
    locale: b.locale ?? a.locale,
    gate: mergeGates(a.gate, b.gate),
    subjects: {
      default: a.subjects.default === 'japan' ? 'japan' : (b.subjects.default ?? a.subjects.default),
      guards: union(a.subjects.guards, b.subjects.guards),
    },
    data: {
      entities: mergeNamed(
        a.data.entities,
        b.data.entities,
        ({ name }) => name,
        (x, y) => ({
          name: x.name,
          party: y.party ?? x.party,
          fields: { ...x.fields, ...y.fields },
        }),
      ),
      classes: mergeNamed(
        a.data.classes,
        b.data.classes,
        ({ id }) => id,
        (x, y) => ({
          ...x,
          names: union(x.names, y.names),
          labels: union(x.labels, y.labels),
        }),
      ),
      notPersonal: union(a.data.notPersonal, b.data.notPersonal),
    },
    sanitizers: union(a.sanitizers, b.sanitizers),
    environments: { ...a.environments, ...b.environments },
    destinations: mergeNamed(
      a.destinations,
      b.destinations,
      ({ id }) => id,
      (_, y) => y,
    ),
    cells: union(a.cells, b.cells),
    absorbs: union<Row>(a.absorbs, b.absorbs),
    parties: union(a.parties, b.parties),
    rules: mergeRules(a.rules, b.rules),
    exceptions: union(a.exceptions, b.exceptions),
    overrides: union(a.overrides, b.overrides),
    exclude: union(a.exclude, b.exclude),
    permits: b.permits ?? a.permits,
  }
}

export function finish(draft: Draft, file: string | null): Omit<Policy, 'digest'> {
  const { failOn, gaps, exceptionMaxDays, approvers, observeUntil, separateApprover, warnDays } = draft.gate
  return {
    ...draft,
    file,
    gate: {
      ...{ failOn: failOn ?? 'error', gaps: gaps ?? 'relevant', exceptionMaxDays, approvers: approvers ?? [] },
      ...{ observeUntil, separateApprover: separateApprover ?? false, warnDays: warnDays ?? 14 },
    },
    subjects: { ...draft.subjects, default: draft.subjects.default ?? 'japan' },
  }
}

const severities: readonly Severity[] = ['note', 'warn', 'error']
const gapWords: readonly Gate['gaps'][] = ['fail', 'relevant', 'allow']

export function mergeGates(a: Draft['gate'], b: Draft['gate']): Draft['gate'] {
  const approvers = a.approvers && b.approvers ? a.approvers.filter((name) => b.approvers!.includes(name)) : null
  return {
    failOn: first(severities, a.failOn, b.failOn),
    gaps: first(gapWords, a.gaps, b.gaps),
    exceptionMaxDays: least(a.exceptionMaxDays, b.exceptionMaxDays),
    // Nobody in common: the base's approvers stay.
    approvers: approvers && approvers.length > 0 ? approvers : (a.approvers ?? b.approvers),
    observeUntil: [a.observeUntil, b.observeUntil].filter((day) => day !== null).sort()[0] ?? null,
    separateApprover: a.separateApprover === true ? true : (b.separateApprover ?? a.separateApprover),
    warnDays:
      a.warnDays === null || b.warnDays === null ? (a.warnDays ?? b.warnDays) : Math.max(a.warnDays, b.warnDays),
  }
}

/** The one that stands first in the order. */
function first<T>(order: readonly T[], a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b
  return order.indexOf(a) <= order.indexOf(b) ? a : b
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function mergeRules(a: Policy['rules'], b: Policy['rules']): Policy['rules'] {
  const merged: Policy['rules'] = { ...a }
  for (const [rule, severity] of Object.entries(b) as [RuleId, Severity][]) {
    const other = merged[rule]
    merged[rule] = other && severities.indexOf(other) > severities.indexOf(severity) ? other : severity
  }
  return merged
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])]
}

function mergeNamed<T>(a: readonly T[], b: readonly T[], name: (item: T) => string, merge: (a: T, b: T) => T): T[] {
  const merged = new Map(a.map((item) => [name(item), item]))
  for (const item of b) {
    const other = merged.get(name(item))
    merged.set(name(item), other && other !== item ? merge(other, item) : item)
  }
  return [...merged.values()]
}
