/** What one file says, read over what the files and presets that it extends say. */
import type { Draft } from './draft.js'
import { emptyDraft, mergeDrafts } from './draft.js'
import { applyRules, readCells } from './cells.js'
import { checkDay, readDestinations } from './read-destinations.js'
import { readExceptions } from './read-exceptions.js'
import type { EntityRule, Guard, OwnClass, Override, Sanitizer } from './policy.js'
import type { Reading } from './vocabulary.js'
import type { WrittenPolicy } from './written.js'

export function readFile(reading: Reading, base: Draft): Draft {
  const written = reading.source.value as WrittenPolicy
  if (written.gate?.observeUntil !== undefined) checkDay(reading, written.gate.observeUntil, ['gate', 'observeUntil'])
  // Classes first: everything after them may name them.
  const classes = readClasses(reading, written)
  const own: Draft = {
    ...emptyDraft(),
    locale: written.locale ?? null,
    gate: {
      failOn: written.gate?.failOn ?? null,
      gaps: written.gate?.gaps ?? null,
      exceptionMaxDays: written.gate?.exceptionMaxDays ?? null,
      approvers: written.gate?.approvers ?? null,
      observeUntil: written.gate?.observeUntil ?? null,
      separateApprover: written.gate?.separateApprover ?? null,
      warnDays: written.gate?.warnDays ?? null,
    },
    subjects: { default: written.subjects?.default ?? null, guards: readGuards(reading, written) },
    data: { entities: readEntities(reading, written), classes, notPersonal: written.data?.notPersonal ?? [] },
    sanitizers: readSanitizers(reading, written),
    environments: written.environments ?? {},
    destinations: readDestinations(reading, written.destinations ?? {}, base),
    exclude: written.exclude ?? [],
    permits: written.floor === undefined ? null : (written.floor.permits ?? []),
  }
  const merged = applyRules(reading, mergeDrafts(base, own), written.rules ?? [])
  const overrides = readOverrides(reading, written, merged)
  const complete = { ...merged, overrides: [...merged.overrides, ...overrides] }
  return {
    ...complete,
    exceptions: [...complete.exceptions, ...readExceptions(reading, written.exceptions ?? [], complete)],
  }
}

function readClasses(reading: Reading, written: WrittenPolicy): OwnClass[] {
  return Object.entries(written.data?.classes ?? {}).map(([id, { row, names = [], labels = [] }]) => {
    const path = ['data', 'classes', id]
    const known = reading.classes.get(id)
    if (known !== undefined && row !== undefined && row !== known) {
      reading.wrong([...path, 'row'], {
        code: 'row-changed',
        message: { en: `${id} is of the row ${known}`, ja: `${id} の行は ${known} です` },
        expected: { en: known, ja: known },
        remedy: {
          en: 'remove `row`, or declare a class of another name',
          ja: '`row` を削除するか、別名の分類を宣言してください',
        },
      })
    } else if (known === undefined && row === undefined) {
      reading.wrongKey(path, {
        code: 'missing-key',
        message: { en: `the new class ${id} has no row`, ja: `新しい分類 ${id} に row がありません` },
        remedy: { en: '`row: basic`', ja: '`row: basic` のように書いてください' },
      })
    }
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      reading.wrongKey(path, {
        code: 'not-an-id',
        message: { en: `\`${id}\` cannot name a data class`, ja: `\`${id}\` はデータ分類の名前に使えません` },
        expected: {
          en: 'small letters and digits with hyphens: loan-history',
          ja: '英小文字・数字とハイフン: loan-history',
        },
      })
    }
    const settled = known ?? row ?? 'basic'
    reading.classes.set(id, settled)
    return { id, row: settled, names, labels }
  })
}

function readEntities(reading: Reading, written: WrittenPolicy): EntityRule[] {
  return Object.entries(written.data?.entities ?? {}).map(([name, { party = null, fields = {} }]) => {
    for (const [field, id] of Object.entries(fields)) reading.dataClass(id, ['data', 'entities', name, 'fields', field])
    return { name, party, fields }
  })
}

function readGuards(reading: Reading, written: WrittenPolicy): Guard[] {
  return (written.subjects?.guards ?? []).map((guard, i) => {
    const path = ['subjects', 'guards', i]
    const byMember = guard.member !== undefined
    if (byMember === (guard.call !== undefined) || (byMember && guard.values === undefined)) {
      reading.wrong(path, {
        code: 'guard-incomplete',
        message: { en: 'the guard names no test', ja: 'ガードの条件がありません' },
        expected: { en: 'call; or member and values', ja: 'call、または member と values' },
        remedy: {
          en: '`{ call: isDomestic, from: src/guard.ts, then: japan, else: other }` or `{ member: country, values: [JP], then: japan, else: other }`',
          ja: '`{ call: isDomestic, from: src/guard.ts, then: japan, else: other }` または `{ member: country, values: [JP], then: japan, else: other }`',
        },
      })
    }
    return {
      call: guard.call ?? null,
      from: guard.from ?? null,
      member: guard.member ?? null,
      values: guard.values ?? [],
      then: guard.then,
      otherwise: guard.else ?? 'unknown',
    }
  })
}

function readSanitizers(reading: Reading, written: WrittenPolicy): Sanitizer[] {
  return (written.sanitizers ?? []).map((sanitizer, i) => {
    const path = ['sanitizers', i]
    const removes = reading.data(sanitizer.removes ?? [], [...path, 'removes'])
    if (removes.length === 0 && sanitizer.becomes === undefined) {
      reading.wrong(path, {
        code: 'sanitizer-incomplete',
        message: {
          en: 'the sanitizer does not say what it removes',
          ja: 'サニタイザーが何を除去するのか書かれていません',
        },
        expected: { en: 'removes or becomes', ja: 'removes または becomes' },
        remedy: {
          en: '`removes: [name, phone]` or `becomes: pseudonymised`',
          ja: '`removes: [name, phone]` または `becomes: pseudonymised`',
        },
      })
    }
    if (sanitizer.evidence === undefined) {
      reading.warn(path, {
        code: 'evidence-missing',
        message: {
          en: `nothing shows that ${sanitizer.name} does what it says`,
          ja: `${sanitizer.name} の効果を示す根拠（evidence）がありません`,
        },
        remedy: {
          en: '`evidence: (a test, a ticket, a review)`',
          ja: '`evidence:` にテスト・チケット・レビュー記録を書いてください',
        },
      })
    }
    return {
      import: sanitizer.import ?? null,
      name: sanitizer.name,
      argument: sanitizer.argument ?? 0,
      removes: reading.expand(removes),
      becomes: sanitizer.becomes ?? null,
      evidence: sanitizer.evidence ?? '',
    }
  })
}

function readOverrides(reading: Reading, written: WrittenPolicy, base: Draft): Override[] {
  return (written.overrides ?? []).map(({ paths, rules }, i) => ({
    paths,
    tightens: false,
    rules: rules.flatMap((rule, j) =>
      readCells(reading, rule, ['overrides', i, 'rules', j], ['overrides'], base.cells),
    ),
  }))
}
