import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ruleIds, zones } from '../finding.js'
import { nearest } from './near.js'
import { rows } from './vocabulary.js'
import { displayWidth } from './width.js'

interface Node {
  properties?: Record<string, Node>
  enum?: string[]
  items?: Node
  else?: Node
  additionalProperties?: Node | boolean
}

const schema = JSON.parse(readFileSync(new URL('../../data/policy.schema.json', import.meta.url), 'utf8')) as Node & {
  definitions: Record<string, Node>
}
const docs = readFileSync(new URL('../../../../docs/policy.md', import.meta.url), 'utf8')
const generated = readFileSync(new URL('schema.generated.js', import.meta.url), 'utf8')

function keys(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const own = Object.keys((node as Node).properties ?? {})
  return [...own, ...Object.values(node).flatMap(keys)]
}

test('the schema knows the words of the code', () => {
  const { cell, rule } = schema.definitions
  for (const node of [cell!, rule!]) expect(node.properties!.zone!.else!.enum!.toSorted()).toEqual([...zones].sort())
  expect(rule!.properties!.rule!.enum).toEqual(ruleIds)
  const classes = schema.properties!.data!.properties!.classes!.additionalProperties as Node
  expect(classes.properties!.row!.enum).toEqual(rows)
})

test('the docs name every key, basis, row, zone and preset', () => {
  const bases = (schema.definitions.cell!.properties!.unless!.items!.items!.enum ?? []).flat()
  const words = [...new Set([...keys(schema), ...bases, ...rows, ...zones])]
  const missing = words.filter((word) => !docs.includes(`\`${word}`) && !docs.includes(`: \`${word}\``))
  expect(missing).toEqual([])
})

test('the validator needs nothing at run time', () => {
  expect(generated).not.toMatch(/require\(|^import /m)
})

test.each([
  ['extend', ['extends', 'exclude'], 'extends'],
  ['fail-on', ['failOn', 'gaps'], 'failOn'],
  ['warning', ['note', 'warn', 'error'], 'warn'],
  ['eror', ['note', 'warn', 'error'], 'error'],
  ['finance_fisc', ['finance-fisc'], 'finance-fisc'],
  ['something', ['note', 'warn', 'error'], null],
  ['', ['a'], null],
])('%s is near %o: %s', (word, known, near) => {
  expect(nearest(word, known)).toBe(near)
})

test.each([
  ['abc', 3],
  ['顧客', 4],
  ['ﾌﾘｶﾞﾅ', 5],
  ['ＬＬＭ', 6],
  ['か\u3099', 2],
  ['👤', 2],
])('%s is %i columns wide', (shown, width) => {
  expect(displayWidth(shown)).toBe(width)
})
