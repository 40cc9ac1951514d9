import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Cell, Preset } from '../catalog/catalogue.js'
import { zones } from '../finding.js'
import type { Zone } from '../finding.js'
import { presetCells } from './cells.js'
import { rows } from './vocabulary.js'

const folder = new URL('../../data/presets/', import.meta.url)
const presets = new Map(
  readdirSync(folder).map((file) => {
    const preset = parse(readFileSync(new URL(file, folder), 'utf8')) as Preset
    return [file.replace('.yaml', ''), preset] as const
  }),
)

const columns: Zone[] = ['edge', 'domestic', 'japan-region', 'japan-cross-region', 'designated', 'foreign', 'unknown']

/**
 * Rows × edge, domestic, japan-region, japan-cross-region, designated, foreign, unknown. ok; note; warn; b and B: warn and
 * error unless a basis; X: an error that only an exception lifts; N: never.
 */
const localization = `
  related                                        ok   ok   ok    ok    note  warn   note
  basic-support identifier                       ok   ok   ok    ok    note  note   note
  basic customer-record financial                ok   ok   note  note  b     X      warn
  government-id free-text                        ok   ok   note  note  b     X      warn
  special-care biometric                         ok   note b     b     B     X      X
  my-number                                      note b    X     X     N     N      N
  pseudonymised                                  ok   ok   note  note  b     warn   warn`

const appiBaseline = `
  related basic-support identifier               ok   note note  note  note  b      warn
  basic customer-record financial government-id  ok   b    b     b     b     B      X
  biometric                                      note b    B     B     B     B      X
  special-care                                   note B    B     B     B     B      X
  my-number                                      X    X    N     N     N     N      N
  pseudonymised free-text                        ok   b    b     b     b     B      X`

const appiStrict = `
  related basic-support identifier               ok   note b     b     B     B      X
  basic customer-record                          ok   b    B     B     X     X      N
  financial                                      ok   B    B     B     X     N      N
  government-id                                  note B    X     X     N     N      N
  biometric special-care                         note B    X     X     N     N      N
  my-number                                      X    N    N     N     N     N      N
  pseudonymised                                  ok   note b     b     B     X      X
  free-text                                      ok   b    B     B     X     X      N`

const myNumber = `
  my-number                                      X    X    N     N     N     N      N`

const financeFisc = `
  related basic-support identifier               ok   note b     b     b     B      X
  basic customer-record free-text                ok   b    B     B     X     X      N
  financial                                      ok   B    B     B     X     X      N
  government-id                                  note B    B     B     X     N      N
  biometric                                      note B    X     X     N     N      N
  special-care                                   X    X    X     X     N     N      N
  my-number                                      X    X    N     N     N     N      N
  pseudonymised                                  ok   b    b     b     B     B      X`

const governmentIsmap = `
  related basic-support identifier               ok   b    b     b     X     X      N
  basic customer-record pseudonymised free-text  ok   B    B     B     X     X      N
  financial government-id                        note B    B     B     N     N      N
  biometric special-care                         note B    X     X     N     N      N
  my-number                                      X    X    N     N     N     N      N`

const healthcare = `
  related basic-support identifier               ok   note b     b     B     X      X
  basic customer-record financial free-text      ok   B    B     B     X     X      N
  government-id                                  note B    B     B     N     N      N
  special-care                                   note B    B     B     N     N      N
  biometric                                      note B    X     X     N     N      N
  my-number                                      X    X    N     N     N     N      N
  pseudonymised                                  ok   note b     b     X     X      N`

const tables: Record<string, string> = {
  localization,
  'appi-baseline': appiBaseline,
  'appi-strict': appiStrict,
  'my-number': myNumber,
  'finance-fisc': financeFisc,
  'government-ismap': governmentIsmap,
  'healthcare-3sho2gl': healthcare,
}

function codeOf({ level, unless, exception }: Cell): string {
  expect(exception).toBe(level !== 'never')
  if (level === 'warn') return unless ? 'b' : 'warn'
  if (level === 'error') return unless ? 'B' : 'X'
  return { allow: 'ok', note: 'note', never: 'N' }[level]
}

function wanted(table: string): [row: string, zone: Zone, code: string][] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.trim().split(/\s+/)
      const codes = words.slice(-columns.length)
      return words
        .slice(0, -columns.length)
        .flatMap((row) => columns.map((zone, i) => [row, zone, codes[i]!] as [string, Zone, string]))
    })
}

test('the folder and the tables here name the same presets', () => {
  expect([...presets.keys()].sort()).toEqual(Object.keys(tables).sort())
  for (const [id, preset] of presets) expect(preset.id).toBe(id)
})

describe.each(Object.entries(tables))('%s', (id, table) => {
  const preset = presets.get(id)!
  const cells = wanted(table)

  test.each(cells)('%s × %s is %s', (data, zone, code) => {
    const found = preset.cells.filter((cell) => cell.data === data && cell.zone === zone)
    expect(found.map(codeOf)).toEqual([code])
  })

  test('says nothing else', () => {
    expect(preset.cells).toHaveLength(cells.length)
    if (id !== 'my-number') expect(cells).toHaveLength((rows.length - 1) * zones.length)
  })

  test('accepts the bases of its zones, and no consent for pseudonymised data', () => {
    for (const { data, zone, unless } of preset.cells) {
      if (!unless) continue
      const accepted = bases[zone]!.filter((basis) => data !== 'pseudonymised' || basis.includes('entrustment'))
      if (data === 'my-number') expect(unless.flat()).not.toContain('consent-27')
      else expect(unless.map((tokens) => tokens.join(' + '))).toEqual(accepted)
    }
  })
})

const inJapan = ['no-provision', 'handled-in-japan + entrustment', 'equivalent-system-28 + entrustment', 'consent-28']

const bases: Partial<Record<Zone, string[]>> = {
  domestic: ['no-provision', 'entrustment', 'consent-27'],
  'japan-region': inJapan,
  'japan-cross-region': inJapan,
  designated: ['no-provision', 'adequate-28 + entrustment', 'adequate-28 + consent-27'],
  foreign: ['no-provision', 'equivalent-system-28 + entrustment', 'consent-28 + record'],
}

function requires(id: string, data: string, zone: Zone): string[] {
  return presetCells(presets.get(id)!).find((cell) => cell.data === data && cell.zone === zone)!.requires
}

test('the default asks for nothing besides a basis', () => {
  expect(presetCells(presets.get('localization')!).flatMap((cell) => cell.requires)).toEqual([])
})

test.each<[id: string, data: string, zone: Zone, fields: string[]]>([
  ['appi-baseline', 'basic', 'domestic', ['training=false']],
  ['appi-baseline', 'basic', 'foreign', ['training=false', 'external-env']],
  ['appi-baseline', 'special-care', 'domestic', ['special-care-consent', 'training=false']],
  ['appi-baseline', 'related', 'domestic', []],
  ['finance-fisc', 'basic', 'domestic', ['training=false', 'dataLocation', 'auditRight', 'subprocessors', 'exitPlan']],
  ['government-ismap', 'basic', 'japan-region', ['ismap', 'training=false', 'external-env']],
  ['government-ismap', 'special-care', 'japan-region', ['ismap', 'training=false', 'external-env']],
  [
    'healthcare-3sho2gl',
    'special-care',
    'japan-region',
    ['region', 'special-care-consent', 'training=false', 'external-env'],
  ],
  [
    'healthcare-3sho2gl',
    'special-care',
    'japan-cross-region',
    ['japan-only', 'special-care-consent', 'training=false', 'external-env'],
  ],
  ['my-number', 'my-number', 'edge', ['statutory-affairs']],
  ['my-number', 'my-number', 'domestic', ['statutory-affairs', 'entrustment', 'supervision']],
])('%s asks for fields of %s × %s', (id, data, zone, fields) => {
  expect(requires(id, data, zone)).toEqual(fields)
})

test('what a table refuses beyond the statute says that it is product policy', () => {
  const kinds = new Map(
    presetCells(presets.get('appi-baseline')!).map((cell) => [`${cell.data} ${cell.zone}`, cell.ground.kind]),
  )
  expect(kinds.get('basic foreign')).toBe('statute')
  expect(kinds.get('basic unknown')).toBe('product-policy')
  expect(kinds.get('my-number foreign')).toBe('product-policy')
})
