import { expect, test } from 'vitest'
import { singular, tokenize } from './tokens.js'

test.each([
  ['birthDate', 'birth date'],
  ['birth_date_1', 'birth date'],
  ['BIRTH-DATE', 'birth date'],
  ['HTMLParser', 'html parser'],
  ['userIDs', 'user id'],
  ['addr02', 'addr'],
  ['txtXxxSeinengappi', 'txt xxx seinengappi'],
  ['ＴＥＬ＿ＮＯ', 'tel no'],
  ['顧客Tel', '顧客 tel'],
  ['record.氏名', 'record 氏名'],
  ['DataSakuseiNengappi', 'data sakusei nengappi'],
  ['$_', ''],
])('%s is %s', (name, tokens) => {
  expect(tokenize(name).join(' ')).toBe(tokens)
})

test.each([
  ['accounts', 'account'],
  ['allergies', 'allergy'],
  ['addresses', 'address'],
  ['address', 'address'],
  ['diagnosis', 'diagnosis'],
  ['diagnoses', 'diagnosis'],
  ['status', 'status'],
  ['people', 'person'],
  ['boxes', 'box'],
  ['gas', 'gas'],
])('the singular of %s is %s', (plural, one) => {
  expect(singular(plural)).toBe(one)
})
