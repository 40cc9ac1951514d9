/** A policy in a folder below the root: it holds there, besides the root's, and may only tighten. */
import type { Row } from '../catalog/catalogue.js'
import { cellsFor, rankOf } from './decide.js'
import { canonical, fnv1a } from './digest.js'
import { mergeDrafts } from './draft.js'
import type { PolicyError } from './errors.js'
import { PolicyErrors } from './errors.js'
import type { CellRule, Override, Policy } from './policy.js'
import type { PolicySource } from './source.js'

/** What a nested policy may write: more to find, and stricter cells. */
const allowed = ['$schema', 'version', 'extends', 'data', 'rules', 'overrides']

/** Keys that could loosen or that hold for a whole run. */
export function refusedInNested(source: PolicySource): PolicyError[] {
  const written = source.value as Record<string, unknown> & { data?: Record<string, unknown> }
  const paths = Object.keys(written)
    .filter((key) => !allowed.includes(key))
    .map((key) => [key])
  if (written.data?.notPersonal !== undefined) paths.push(['data', 'notPersonal'])
  return paths.map((path) =>
    source.error(source.keyOrigin(path), {
      code: 'nested-loosens',
      message: {
        en: `a nested policy may only tighten: \`${path.join('.')}\` belongs in the root's`,
        ja: `下位のポリシーは厳しくすることしかできません。\`${path.join('.')}\` はルートのポリシーに書いてください`,
      },
      expected: { en: allowed.join(', '), ja: allowed.join(', ') },
      remedy: { en: `move it to the policy at the root`, ja: 'ルートのポリシーへ移してください' },
    }),
  )
}

export interface Nesting {
  /** The nested policy's folder, relative to the root. */
  directory: string
  dataClasses: readonly { readonly id: string; readonly row: Row }[]
  digest?: (text: string) => string
}

/**
 * The root's policy with a nested one (parsed with `nested: true`) that holds under `directory`. Its cells stand besides
 * the root's, the strictest wins; a cell of its own that is laxer would do nothing and is an error.
 */
export function tighten(base: Policy, nested: Policy, { directory, dataClasses, digest = fnv1a }: Nesting): Policy {
  const folder = directory.replace(/^(\.?\/)+|\/+$/g, '')
  const under = (glob: string): string => `${folder}/${glob.replace(/^(\.?\/)+/, '')}`
  const rowsOf = new Map([...dataClasses, ...base.data.classes, ...nested.data.classes].map(({ id, row }) => [id, row]))
  const rowOf = (data: string): Row => rowsOf.get(data) ?? (data as Row)
  const own: Override[] = [
    { paths: [under('**')], rules: nested.cells, tightens: true },
    ...nested.overrides.map(({ paths, rules }) => ({ paths: paths.map(under), rules, tightens: true })),
  ]
  const laxer = own.flatMap(({ paths, rules }) =>
    rules.filter((cell) => isLaxer(base, cell, paths[0]!, rowOf(cell.data))),
  )
  if (laxer.length > 0) throw new PolicyErrors(laxer.map((cell) => laxerError(cell)))
  const merged = mergeDrafts(
    { ...base, overrides: [] },
    { ...nested, cells: [], overrides: [], extends: [], locale: null },
  )
  const policy: Policy = {
    ...base,
    data: { ...merged.data, notPersonal: base.data.notPersonal },
    absorbs: merged.absorbs,
    parties: merged.parties,
    overrides: [...base.overrides, ...own],
  }
  return { ...policy, digest: digest(canonical(policy)) }
}

function isLaxer(base: Policy, cell: CellRule, path: string, row: Row): boolean {
  if (cell.origin === null) return false
  const before = cellsFor(base, { dataClass: cell.data, row, zone: cell.zone, path, party: null })
  return before.some((other) => rankOf(other.level) > rankOf(cell.level))
}

function laxerError(cell: CellRule): PolicyError {
  const { file, line, column, endLine, endColumn } = cell.origin!
  return {
    file,
    line,
    column,
    endLine,
    endColumn,
    code: 'nested-loosens',
    message: {
      en: `a nested policy may only tighten: ${cell.data} × ${cell.zone} is stricter at the root than ${cell.level}`,
      ja: `下位のポリシーは厳しくすることしかできません。${cell.data} × ${cell.zone} はルートで ${cell.level} より厳しく定められています`,
    },
    expected: null,
    remedy: { en: 'remove the entry', ja: 'この項目を削除してください' },
    frame: '',
  }
}
