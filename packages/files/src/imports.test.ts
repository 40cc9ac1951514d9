import { describe, expect, test } from 'vitest'
import { closedSet } from './closure.js'
import { importsOf } from './imports.js'

describe('importsOf', () => {
  test.each([
    [`import a from './a.js'`, ['./a.js']],
    [`import './side'`, ['./side']],
    [`export * from "./b"`, ['./b']],
    [`export { ask } from\n  './ask'`, ['./ask']],
    ["const c = require('./c')", ['./c']],
    [`require.resolve('./d')`, ['./d']],
    [`await import(/* chunk */ './e')`, ['./e']],
    ['await import(`./f`)', ['./f']],
    [`import{x}from'./minified'`, ['./minified']],
    [`import 顧客 from './顧客'`, ['./顧客']],
    [`Array.from(xs)`, []],
    [`import.meta.url`, []],
  ])('%s', (text, expected) => {
    expect(importsOf('a.ts', Buffer.from(text))).toEqual(expected)
  })
})

test('the closed set holds importers and all that they import, and nothing else', () => {
  const graph = new Map([
    ['page', ['ask', 'format']],
    ['ask', ['client']],
    ['format', ['dates']],
    ['admin', ['format']],
    ['client', []],
    ['dates', []],
  ])
  expect([...closedSet(graph, ['ask'])].sort()).toEqual(['ask', 'client', 'dates', 'format', 'page'])
})
