import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { Module } from '../ir/ir.js'
import { printModule } from './ecmascript/ir-text.fixture.js'
import { scriptsOf } from './ecmascript/script-blocks.js'
import { languageOf } from './registry.js'

interface Tree {
  program: { body: unknown[] }
  comments: unknown[]
}

// Parsers are dependencies of those who carry trees in: the scanner's, and what ESLint's users have.
const from = (folder: string) => createRequire(new URL(`../../../../${folder}/package.json`, import.meta.url))
const oxc = from('packages/cli')('oxc-parser') as { parseSync(path: string, text: string, options: object): Tree }
const { parser } = from('test')('typescript-eslint') as {
  parser: { parseForESLint(text: string, options: object): { ast: { body: unknown[]; comments: unknown[] } } }
}

function scannerTree(path: string, text: string, lang: string): Tree {
  return oxc.parseSync(path, text, { lang, astType: 'ts', range: true, preserveParens: false })
}

function eslintTree(text: string, lang: string): Tree {
  const options = { range: true, comment: true, sourceType: 'module', ecmaFeatures: { jsx: lang.endsWith('x') } }
  const program = parser.parseForESLint(text, options).ast
  return { program, comments: program.comments }
}

function lower(path: string, text: string, parse: (text: string, lang: string) => Tree): Module {
  const language = languageOf(path)!
  const prepared = language.prepare(path, text)
  return language.lower({ path, text, tree: parse(prepared.text, prepared.dialect) })
}

function lowered(path: string, text: string): Module {
  return lower(path, text, (prepared, lang) => scannerTree(path, prepared, lang))
}

const document = readFileSync(new URL('ecmascript/ir.md', import.meta.url), 'utf8')
const cases = [...document.matchAll(/^### (.+)\n\n````(\w+) no-run\n([^]*?)\n````\n\n````ir\n([^]*?)\n````$/gm)]

describe('what syntax becomes', () => {
  test('the document has its cases', () => {
    expect(cases).toHaveLength(document.match(/^### /gm)!.length)
  })

  test.each(cases.map(([, title, extension, source, ir]) => ({ title, extension, source: source!, ir: ir! })))(
    '$title',
    ({ extension, source, ir }) => {
      expect(printModule(lowered(`main.${extension}`, source))).toBe(ir)
    },
  )
})

describe('the trees of both parsers give the same IR, to the span', () => {
  test.each(cases.map(([, title, extension, source]) => ({ title, extension, source: source! })))(
    '$title',
    ({ extension, source }) => {
      const path = `main.${extension}`
      expect(lower(path, source, eslintTree)).toEqual(lowered(path, source))
    },
  )
})

/** Nodes of the IR and how deep they are nested. */
function measure(module: Module): { depth: number; nodes: number } {
  const measured = { depth: 0, nodes: 0 }
  const seen = new Set<object>()
  const stack: { value: unknown; depth: number }[] = [{ value: module.body, depth: 0 }]
  while (stack.length > 0) {
    const { value, depth } = stack.pop()!
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    measured.nodes++
    measured.depth = Math.max(measured.depth, depth)
    for (const child of Object.values(value)) stack.push({ value: child, depth: depth + ('kind' in value ? 1 : 0) })
  }
  return measured
}

describe('hostile sources', () => {
  // Deeper nesting ends the parser's process: how much it takes depends on the thread's stack.
  const many = (length: number, text: string) => Array.from({ length }, () => text)
  const nested = (open: string, inside: string, close: string) => open.repeat(600) + inside + close.repeat(600)
  const sources: Record<string, string> = {
    'a chain of calls': `a${'.b()'.repeat(20_000)}`,
    'a chain of concatenations': `x = ${many(20_000, 'a').join(' + ')}`,
    'mixed operators': `x = ${'a + b - '.repeat(10_000)}c`,
    'a chain of comparisons': `x = ${many(300, 'a').join(' < ')}`,
    'a logical chain': `x = ${many(20_000, 'a').join(' || ')}`,
    'else if': many(1000, 'if (a) f(b);').join(' else '),
    'a chain of choices': `x = ${'a ? b : '.repeat(600)}c`,
    arrays: `x = ${nested('[', 'customer.phone', ']')}`,
    blocks: nested('{', 'f(customer.phone)', '}'),
    'ifs in ifs': `${'if (a) '.repeat(600)}f(x)`,
    functions: nested('function f() {', 'g()', '}'),
    arrows: `x = ${'() => '.repeat(600)}y`,
    calls: nested('f(', 'x', ')'),
    records: `x = ${nested('{ a: ', '1', '}')}`,
    patterns: `const ${nested('[', 'y', ']')} = z`,
    classes: `x = ${nested('class { a = ', '1', '}')}`,
    templates: `x = ${nested('`${', '1', '}`')}`,
    types: `let x: ${nested('A<', 'B', '>')}`,
    assignments: `${'x = '.repeat(600)}y`,
    'computed members': `x${nested('[y', '', ']')}`,
    namespaces: `namespace A${'.B'.repeat(600)} { export const x = 1 }`,
    labels: `${many(2000, '')
      .map((_, i) => `l${i}: `)
      .join('')}x()`,
    'a switch that falls through': `switch (x) {${many(3000, '')
      .map((_, i) => `case ${i}: f(${i});`)
      .join('')}}`,
    comments: `${'/* a */ '.repeat(50_000)}let x`,
    blanks: `let a ${' '.repeat(200_000)}/* x */${' '.repeat(200_000)}// y`,
    prototypes: 'const __proto__ = 1, constructor = 2; x = { __proto__: a, constructor }; toString(__proto__)',
  }

  test.each(Object.entries(sources))('%s', (_, source) => {
    const module = lowered('main.ts', source)
    expect(module.gaps.filter((gap) => gap.kind === 'parse')).toEqual([])
    const { depth, nodes } = measure(module)
    expect(depth).toBeLessThan(600)
    expect(nodes).toBeLessThan(400_000)
  })

  test('what is cut keeps the names inside, and is a gap', () => {
    const module = lowered('main.ts', sources.arrays!)
    expect(module.gaps.map((gap) => gap.kind)).toEqual(['cut'])
    expect(printModule(module)).toContain('unknown cut(global customer.phone)')
  })

  test('markup', () => {
    expect(lowered('main.tsx', `x = ${nested('<a>', '', '</a>')}`).gaps.map((gap) => gap.kind)).toEqual(['cut'])
  })

  test('syntax that is not known keeps what it mentions', () => {
    const of = { type: 'FutureExpression', range: [0, 9], argument: { type: 'Identifier', name: 'a', range: [0, 1] } }
    const program = {
      type: 'Program',
      range: [0, 9],
      body: [{ type: 'ExpressionStatement', expression: of, range: [0, 9] }],
    }
    const module = languageOf('a.ts')!.lower({ path: 'a.ts', text: 'a |> b()', tree: { program, comments: [] } })
    expect(printModule(module)).toBe(
      'unknown FutureExpression(global a)\ngap parse: syntax not understood: FutureExpression',
    )
  })

  test.each([null, {}, { body: [null] }, { body: [{ type: 'IfStatement' }] }])('no tree at all: %j', (program) => {
    const module = languageOf('a.ts')!.lower({ path: 'a.ts', text: '', tree: { program, comments: [] } })
    expect(module.body).toEqual([])
    expect(module.gaps.map((gap) => gap.kind)).toEqual(['parse'])
  })
})

describe('paths', () => {
  test.each(['src/a.ts', 'A.TSX', 'a.test.mjs', 'x/[id].vue'])('%s is ECMAScript', (path) => {
    expect(languageOf(path)?.id).toBe('ecmascript')
  })

  test.each(['a.txt', 'ts', '.ts', 'a.ts/b', 'a.ts.map'])('%s is not', (path) => {
    expect(languageOf(path)).toBeNull()
  })
})

describe('script blocks', () => {
  const kept = (extension: string, text: string) => {
    const { text: script, dialect } = scriptsOf(extension, text)
    expect(script).toHaveLength(text.length)
    expect(script.split(/\r\n|[\r\n]/)).toHaveLength(text.split(/\r\n|[\r\n]/).length)
    return `${dialect}: ${script.replace(/\s+/g, ' ').trim()}`.trim()
  }

  test.each([
    ['.vue', '<template>x</template>\r\n<script>\r\na()\r\n</script>', 'js: a()'],
    ['.vue', '<script lang="ts">a()</script>\n<script setup lang=ts>b()</script>', 'ts: a(); b()'],
    ['.vue', "<script lang='tsx'>a()</script>", 'tsx: a()'],
    ['.vue', '<!-- <script>no()</script> --><SCRIPT>a()</SCRIPT>', 'js: a()'],
    [
      '.vue',
      '<template><script-box/><p v-html="\'<script>no()</script>\'"/></template><script>a()</script>',
      'js: a()',
    ],
    [
      '.vue',
      '<template><template #a></template><template/><script>no()</script></template><script>a()</script>',
      'js: a()',
    ],
    ['.vue', '<script src="./a.ts"></script><style><script></style><script>a()</script>', 'js: ; a()'],
    ['.vue', '<script type="application/ld+json">{}</script><script data-x="a>b">a()</script>', 'js: a()'],
    ['.vue', '<script>a()', 'js: a()'],
    ['.vue', '', 'js:'],
    ['.svelte', '<script context="module">a()</script><h1>x</h1><script lang="ts">b()</script>', 'ts: a(); b()'],
    ['.astro', '---\na()\n---\n<p/><script>b()</script>', 'ts: a() ; b()'],
    ['.astro', '<p>---</p>', 'ts:'],
  ])('%s %s', (extension, text, expected) => {
    expect(kept(extension, text)).toBe(expected)
  })

  test.each([
    '<script '.repeat(20_000),
    '<!--'.repeat(50_000),
    '<template>'.repeat(20_000),
    '<script a="'.repeat(20_000),
  ])('hostile markup in linear time', (text) => {
    for (const extension of ['.vue', '.svelte', '.astro'])
      expect(scriptsOf(extension, text).text).toHaveLength(text.length)
  })
})
