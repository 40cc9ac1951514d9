/** What must hold of the engine for every program, sensible or not. */
import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Analysis, Finding } from '@sekisho/core'
import { analyseFiles, type ProgramFile } from '../spec/program.js'
import { budget, patience } from './budget.js'
import { DATA, program } from './grammar.js'

const LIMIT = 5000
const analyse = (files: readonly ProgramFile[]): Analysis => analyseFiles(files, '2026-11-25')

/** What a finding says, and which one it is; not where its trace goes. */
function essence({ rule, severity, confidence, file, dataClasses, subject, zone, fingerprint }: Finding): string {
  return JSON.stringify({
    rule,
    severity,
    confidence,
    file,
    dataClasses: [...dataClasses].sort(),
    subject,
    zone,
    fingerprint,
  })
}
const essences = (files: readonly ProgramFile[]) => analyse(files).findings.map(essence).sort()

test('ends, soon, and never throws', { timeout: patience }, () => {
  fc.assert(
    fc.property(program, (files) => {
      const started = performance.now()
      analyse(files)
      expect(performance.now() - started).toBeLessThan(LIMIT)
    }),
    budget(60),
  )
})

test('leaves no state behind: a second run says the same, whatever ran between', { timeout: patience }, () => {
  fc.assert(
    fc.property(program, program, (files, others) => {
      const first = JSON.stringify(analyse(files))
      analyse(others)
      expect(JSON.stringify(analyse(files))).toBe(first)
    }),
    budget(20),
  )
})

test('does not depend on the order of the modules', { timeout: patience }, () => {
  fc.assert(
    fc.property(program, (files) => {
      expect(essences([...files].reverse())).toEqual(essences(files))
    }),
    budget(30),
  )
})

// A class that nobody constructs is, when it is entered, and its field sends: in every order of the modules.
test('nor does it where a class is called without new', () => {
  const field = `import OpenAI from 'openai'
const client = new OpenAI()
export class A { a = client.responses.create({ input: customer.phone }) }
class B { b() {}\nc = (() => d).e }
`
  const call = `import { A } from './a'
class C { constructor() { class D { d() { throw this } } }\ne() {} }
A()
`
  const files = [
    { path: 'src/a.ts', text: field },
    { path: 'src/b.ts', text: call },
  ]
  expect(essences([...files].reverse())).toEqual(essences(files))
})

test('does not depend on what a local variable without meaning is called', { timeout: patience }, () => {
  fc.assert(
    fc.property(program, (files) => {
      const renamed = files.map(({ path, text }) => ({ path, text: rename(text) }))
      expect(essences(renamed)).toEqual(essences(files))
    }),
    budget(30),
  )
})

test('does not depend on blank lines', { timeout: patience }, () => {
  fc.assert(
    fc.property(program, (files) => {
      const spaced = files.map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\n\n\n') }))
      expect(essences(spaced)).toEqual(essences(files))
    }),
    budget(30),
  )
})

function rename(text: string): string {
  return DATA.reduce((renamed, name) => renamed.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `e${name.slice(1)}`), text)
}
