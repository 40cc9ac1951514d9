/** Cells: those of presets, and a file's own rules over them. Own rules replace; what is `never` stays never. */
import type { Level, Preset, Row } from '../catalog/catalogue.js'
import type { Ground, Severity } from '../finding.js'
import { pick, rankOf } from './decide.js'
import type { Draft } from './draft.js'
import type { CellRule } from './policy.js'
import { defaultSeverities } from './severity.js'
import type { Path } from './source.js'
import type { Reading } from './vocabulary.js'
import type { WrittenCell, WrittenRule } from './written.js'

export function presetCells(preset: Preset): CellRule[] {
  return preset.cells.map((cell) => ({
    data: cell.data,
    zone: cell.zone,
    level: cell.level,
    unless: cell.unless ?? [],
    requires: [...(cell.requires ?? []), ...presetRequires(preset, cell)],
    exception: cell.exception,
    reason: null,
    ground: presetGround(preset, cell),
    origin: null,
    layers: [preset.id],
  }))
}

/** What a preset asks of every destination of a zone matters where something is to be lifted. */
function presetRequires(preset: Preset, cell: Preset['cells'][number]): string[] {
  if (cell.level !== 'warn' && cell.level !== 'error') return []
  return (preset.requires ?? []).filter(({ zones }) => zones.includes(cell.zone)).flatMap(({ fields }) => fields)
}

/** A statute knows bases; that something is refused or needs an approved exception is this product's policy. */
function presetGround(preset: Preset, cell: Preset['cells'][number]): Ground {
  const refuses = cell.level === 'never' || (cell.level === 'error' && (cell.unless ?? []).length === 0)
  const kind = refuses && (preset.source === 'statute' || cell.level === 'never') ? 'product-policy' : preset.source
  const authority = kind === 'product-policy' ? '' : `; ${preset.reference}`
  return { kind, reference: `preset ${preset.id}: ${cell.data} × ${cell.zone}${authority}` }
}

/** The draft with the file's `rules` on top. */
export function applyRules(reading: Reading, base: Draft, written: readonly WrittenRule[]): Draft {
  const known = [...new Set(base.cells.flatMap((cell) => cell.layers))]
  const layers = known.length > 0 ? known : [reading.source.file]
  const own: CellRule[] = []
  const rules = { ...base.rules }
  written.forEach((rule, i) => {
    const path = ['rules', i]
    if (rule.rule !== undefined) readSeverity(reading, rule, path, rules)
    else if (isCell(reading, rule, path)) own.push(...readCells(reading, rule, path, layers, base.cells))
  })
  reportTwice(reading, own)
  const kept = base.cells.filter((cell) => !own.some(({ data, zone }) => data === cell.data && zone === cell.zone))
  return { ...base, rules, cells: [...kept, ...own] }
}

function isCell(reading: Reading, rule: WrittenRule, path: Path): rule is WrittenCell {
  for (const key of ['data', 'zone'] as const) {
    if (rule[key] !== undefined) continue
    reading.wrong(path, {
      code: 'missing-key',
      message: { en: `\`${key}\` is missing`, ja: `\`${key}\` がありません` },
      expected: { en: 'data, zone and level; or rule and level', ja: 'data・zone・level、または rule・level' },
      remedy: {
        en: '`{ data: basic, zone: foreign, level: error }`',
        ja: '`{ data: basic, zone: foreign, level: error }`',
      },
    })
  }
  return rule.data !== undefined && rule.zone !== undefined
}

function readSeverity(reading: Reading, rule: WrittenRule, path: Path, rules: Draft['rules']): void {
  const id = rule.rule!
  const cellDecides = id === 'cross-border-flow' || rule.data !== undefined || rule.zone !== undefined
  if (cellDecides || rule.level === 'allow' || rule.level === 'never') {
    reading.wrong(cellDecides ? [...path, 'rule'] : [...path, 'level'], {
      code: 'not-a-severity',
      message: cellDecides
        ? { en: 'the level of a flow is decided by its cell', ja: 'データの流れのレベルはセルで決まります' }
        : { en: `a rule's level cannot be \`${rule.level}\``, ja: `ルールのレベルに \`${rule.level}\` は使えません` },
      expected: { en: 'rule with note, warn or error', ja: 'rule と note・warn・error のいずれか' },
      remedy: {
        en: 'write data and zone instead of rule, or an exception',
        ja: 'rule の代わりに data と zone を書くか、例外を使ってください',
      },
    })
    return
  }
  const before = rules[id] ?? defaultSeverities[id]
  if (rankOf(rule.level) < rankOf(before) && rule.reason === undefined) reasonMissing(reading, path, before, rule.level)
  rules[id] = rule.level as Severity
}

/** The cells that one entry writes: each of its data in each of its zones. `base`: what holds without it. */
export function readCells(
  reading: Reading,
  written: WrittenCell,
  path: Path,
  layers: string[],
  base: readonly CellRule[],
): CellRule[] {
  const words = [written.data].flat()
  reading.data(words, [...path, 'data'], Array.isArray(written.data))
  const zones = [written.zone].flat()
  const cells = words.flatMap((data) => zones.map((zone) => ({ data, zone })))
  return cells.map(({ data, zone }) => {
    const cell: CellRule = {
      data,
      zone,
      level: written.level,
      unless: written.unless ?? [],
      requires: written.requires ?? [],
      exception: written.level !== 'never' && (written.exception ?? true),
      reason: written.reason ?? null,
      ground: {
        kind: 'product-policy',
        reference: `policy: ${data} × ${zone}${written.reason ? ` (${written.reason})` : ''}`,
      },
      origin: reading.origin(path),
      layers,
    }
    checkLowering(reading, cell, path, base)
    return cell
  })
}

function checkLowering(reading: Reading, cell: CellRule, path: Path, base: readonly CellRule[]): void {
  const before = spokenBefore(base, cell, reading.classes.get(cell.data) ?? null)
  const never = before.find(({ level }) => level === 'never')
  if (never && cell.level !== 'never') {
    reading.wrong([...path, 'level'], {
      code: 'never-lowered',
      message: {
        en: `${cell.data} × ${cell.zone} is never allowed (${never.ground.reference}), and nothing lowers that`,
        ja: `${cell.data} × ${cell.zone} は never（${never.ground.reference}）で、緩和できません`,
      },
      expected: { en: 'never', ja: 'never' },
      remedy: {
        en: 'remove the entry, or extend another preset',
        ja: 'この項目を削除するか、別のプリセットを使ってください',
      },
    })
  } else if (cell.reason === null) {
    const lowered = before.find((other) => lowers(cell, other))
    if (lowered) reasonMissing(reading, path, lowered.level, cell.level)
  }
}

/** What the base says of the data: of a class, its own cell or its row's in each layer. */
function spokenBefore(base: readonly CellRule[], cell: CellRule, row: Row | null): CellRule[] {
  const inZone = base.filter(({ zone }) => zone === cell.zone)
  const layers = [...new Set(inZone.flatMap((other) => other.layers))]
  return layers.flatMap((layer) =>
    pick(
      inZone.filter((other) => other.layers.includes(layer)),
      cell.data,
      row ?? (cell.data as Row),
    ),
  )
}

function lowers(cell: CellRule, before: CellRule): boolean {
  const difference = rankOf(cell.level) - rankOf(before.level)
  if (difference !== 0) return difference < 0
  const opened = cell.unless.some(
    (tokens) => !before.unless.some((old) => old.every((token) => tokens.includes(token))),
  )
  const eased = cell.unless.length > 0 && before.requires.some((field) => !cell.requires.includes(field))
  return opened || eased || (cell.exception && !before.exception)
}

function reasonMissing(reading: Reading, path: Path, before: Level, after: Level): void {
  const change = before === after ? before : `${before} → ${after}`
  reading.wrong(path, {
    code: 'reason-missing',
    message: {
      en: `this lowers what holds without it (${change}) and gives no reason`,
      ja: `既定より緩めています（${change}）が、理由がありません`,
    },
    expected: { en: 'reason', ja: 'reason' },
    remedy: {
      en: "`reason: '(who decided it, and where it is written)'`",
      ja: '`reason: （決定者と根拠文書）` を追加してください',
    },
  })
}

function reportTwice(reading: Reading, cells: CellRule[]): void {
  const seen = new Set<string>()
  for (const { data, zone, origin } of cells) {
    const key = `${data} × ${zone}`
    if (seen.has(key)) {
      reading.problems.errors.push(
        reading.source.error(origin!, {
          code: 'duplicate-cell',
          message: { en: `${key} is written twice`, ja: `${key} が重複しています` },
          remedy: { en: 'keep one of them', ja: '一方を削除してください' },
        }),
      )
    }
    seen.add(key)
  }
}
