/** Python that is meant to break: as deep as it is long, cut off, no Python at all. Never a throw, never silence, never long. */
import { describe, expect, test } from 'vitest'
import { loadGrammar } from '../../packages/cli/src/grammars.js'
import { languageOf } from '../../packages/core/src/languages/registry.js'
import { analyseFiles } from '../spec/program.js'

const parse = await loadGrammar('python')

function lower(text: string, path = 'main.py') {
  const language = languageOf(path)!
  const result = parse(language.prepare(path, text).text)
  return 'why' in result ? null : language.lower({ path, text, tree: result.tree })
}

const many = (times: number, text: string) => text.repeat(times)

describe('deep and long', () => {
  test.each([
    ['brackets', `x = ${many(20_000, '[')}${many(20_000, ']')}`],
    ['open brackets', `x = ${many(50_000, '(')}`],
    ['members', `x = a${many(20_000, '.b')}`],
    ['calls', `x = a${many(20_000, '.b()')}`],
    ['calls of calls', `x = ${many(5_000, 'f(')}1${many(5_000, ')')}`],
    ['sums', `x = a${many(20_000, ' + b')}`],
    ['products', `x = a${many(20_000, ' * b')}`],
    ['nots', `x = ${many(20_000, 'not ')}a`],
    ['conditions', `x = ${many(5_000, 'a if b else ')}c`],
    ['lambdas', `x = ${many(10_000, 'lambda: ')}1`],
    ['elif', `if a: pass\n${many(10_000, 'elif a: pass\n')}`],
    [
      'blocks',
      Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('') + `${' '.repeat(900)}pass\n`,
    ],
    [
      'functions',
      Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}def f():\n`).join('') + `${' '.repeat(900)}pass\n`,
    ],
    [
      'classes',
      Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}class A:\n`).join('') + `${' '.repeat(600)}pass\n`,
    ],
    ['comprehensions', `x = ${many(500, '[')}a${many(500, ' for a in b]')}`],
    ['f-strings', `x = ${many(100, 'f"{')}a${many(100, '}"')}`],
    ['assignments', `${many(5_000, 'a = ')}1\n`],
    ['comparisons', `x = a${many(10_000, ' < a')}`],
    ['patterns', `match a:\n  case ${many(2_000, '[')}b${many(2_000, ']')}: pass\n`],
    ['types', `x: ${many(2_000, 'list[')}int${many(2_000, ']')} = 1\n`],
    ['starred imports', many(3_000, 'from a import *\n')],
    ['formats', `x = "${many(5_000, '{a}')}".format(a=1)\ny = "${many(5_000, '%s')}" % a\n`],
  ])(
    '%s',
    (_name, text) => {
      const module = lower(text)
      expect(module === null || module.gaps.every(({ reason }) => !/could not be read/.test(reason.en))).toBe(true)
      expect(() => analyseFiles([{ path: 'main.py', text }], '2026-11-25')).not.toThrow()
    },
    30_000,
  )

  test('an object that calls itself is followed without a gap', () => {
    const text = `import sys
from openai import OpenAI
class A:
    def __init__(self, key):
        setattr(self, key, self)
a = A(sys.argv[1])
a('x')
OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'user', 'content': 'hi'}])
`
    expect(analyseFiles([{ path: 'main.py', text }], '2026-11-25').gaps).toEqual([])
  })
})

describe('no Python', () => {
  test.each([
    ['bytes', many(10_000, '\u0000\u0001\ufffd')],
    ['another language', many(300, 'function f() { return `${a}` }\n')],
    ['merge conflicts', many(300, '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n')],
    ['quotes', many(20_000, '"')],
    ['f-strings that never end', many(20_000, "f'{")],
    [
      'names of prototypes',
      'constructor = __proto__ = hasOwnProperty = toString = 1\nx = {"__proto__": 1}\nclass valueOf: pass\n',
    ],
  ])(
    '%s',
    (_name, text) => {
      expect(() => lower(text)).not.toThrow()
      expect(() => analyseFiles([{ path: 'main.py', text }], '2026-11-25')).not.toThrow()
    },
    30_000,
  )

  test.each([
    '',
    '{',
    '[]',
    '{"cells": 1}',
    '{"cells": [{"cell_type": "code", "source": {"a": [1]}}]}',
    many(5_000, '['),
  ])('a notebook that is %j', (text) => {
    expect(() => lower(text.slice(0, 20_000), 'a.ipynb')).not.toThrow()
  })
})

test('what stands around a syntax error is read, and the error is a gap at its place', () => {
  const text =
    'from openai import OpenAI\nc = OpenAI()\ndef f(customer):\n    x = = 1\n    c.responses.create(model="m", input=customer.phone)\n'
  const module = lower(text)!
  expect(module.gaps.map(({ kind, span }) => [kind, text.slice(0, span!.start).split('\n').length])).toEqual([
    ['parse', 4],
  ])
  const { findings } = analyseFiles([{ path: 'main.py', text }], '2026-11-25')
  expect(findings.filter(({ severity }) => severity === 'error').map(({ line }) => line)).toEqual([5])
})
