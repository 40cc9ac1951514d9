import { describe, expect, test } from 'vitest'
import { catalogueData } from './data.generated.js'
import { createNames } from './names.js'
import { validatorIds } from './validators.js'

const { dataClasses } = catalogueData
const names = createNames(dataClasses, catalogueData.names)

test('there are 41 classes, each named once', () => {
  expect(new Set(dataClasses.map(({ id }) => id)).size).toBe(41)
})

describe.each(dataClasses)('$id', (dataClass) => {
  test.each(dataClass.examples.finds)('finds %s', (name) => {
    expect(names.identifier(name)).toMatchObject({ dataClass: dataClass.id })
  })

  test.each(dataClass.examples.ignores)('ignores %s', (name) => {
    const match = names.identifier(name)
    expect(match?.dataClass === dataClass.id && match.strength !== 'context' ? match : null).toBeNull()
  })

  test('finds each of its own strong identifiers and labels', () => {
    const { strong, strongRomaji, abbreviations } = dataClass.identifiers
    const missed = [...strong, ...strongRomaji, ...abbreviations].filter((name) => names.identifier(name) === null)
    expect(missed).toEqual([])
    const unread = [...dataClass.labels.ja.map((text) => `入力: ${text}`), ...dataClass.labels.en].filter(
      (text) => names.label(text) === null,
    )
    expect(unread).toEqual([])
  })

  test('names known validators and its law', () => {
    expect(dataClass.validators.filter((id) => !validatorIds.includes(id))).toEqual([])
    expect(dataClass.law.length).toBeGreaterThan(0)
  })
})
