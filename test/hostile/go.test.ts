/** Go that is meant to break: as deep as it is long, cut off, no Go at all. Never a throw, never silence, never long. */
import { describe, expect, test } from 'vitest'
import { loadGrammar } from '../../packages/cli/src/grammars.js'
import { languageOf } from '../../packages/core/src/languages/registry.js'

const parse = await loadGrammar('go')
const many = (times: number, text: string) => text.repeat(times)
const within = (body: string) => `package a\nfunc f(a string) any { ${body} }`

function lower(text: string) {
  const language = languageOf('a.go')!
  const result = parse(language.prepare('a.go', text).text)
  return 'why' in result ? null : language.lower({ path: 'a.go', text, tree: result.tree })
}

describe('deep and long', () => {
  test.each([
    ['sums', within(`return a${many(20_000, ' + a')}`)],
    ['products', within(`return a${many(5_000, ' * a - a')}`)],
    ['calls of calls', within(`return ${many(5_000, 'g(')}a${many(5_000, ')')}`)],
    ['chains', within(`return a${many(10_000, '.b()')}`)],
    ['selectors', within(`return a${many(20_000, '.b')}`)],
    ['pointers', within(`return ${many(10_000, '*')}a`)],
    ['open brackets', within(`return ${many(20_000, '(')}`)],
    ['blocks', within(`${many(3_000, '{')}${many(3_000, '}')}`)],
    ['conditions', within(`${many(3_000, 'if a {')}${many(3_000, '}')}`)],
    ['else', within(`${many(3_000, 'if a {} else ')} {}`)],
    ['loops', within(`${many(2_000, 'for i := range a {')}${many(2_000, '}')}`)],
    ['functions', within(`return ${many(2_000, 'func() any { return ')}a${many(2_000, '}')}`)],
    ['switches', within(`${many(800, 'switch a { default: ')}${many(800, '}')}`)],
    ['fallthrough', within(`switch a { ${many(3_000, 'case 1: a(); fallthrough\n')} default: b() }`)],
    ['structs', `package a\ntype A ${many(3_000, 'struct { x ')}int${many(3_000, '}')}`],
    ['types', `package a\nvar x ${many(10_000, '[]')}string`],
    ['maps', `package a\nvar x ${many(5_000, 'map[string]')}string`],
    ['literals', within(`return []T{${many(3_000, '{')}${many(3_000, '}')}}`)],
    ['a long literal', within(`return []string{${many(50_000, '"090-1234-5678", ')}}`)],
    ['a long text', within(`return "${many(500_000, 'あ')}"`)],
    ['a long tag', `package a\ntype A struct { X string \`${many(50_000, 'a:"b" ')}\` }`],
    ['a long format', within(`return fmt.Sprintf("${many(20_000, '%s %[3]*.[2]*[1]f')}", a)`)],
    ['many names', `package a\n${Array.from({ length: 5_000 }, (_, at) => `var x${at} = y${at}`).join('\n')}`],
  ])('%s', (_, text) => {
    const started = performance.now()
    const module = lower(text)
    expect(performance.now() - started).toBeLessThan(20_000)
    for (const gap of module?.gaps ?? []) expect(gap.reason.en).not.toContain('could not be read')
  })
})

test.each([
  '',
  '}',
  'package',
  'package a\nfunc',
  'package a\nfunc (',
  'package a\nfunc () f() {}',
  'package a\nfunc (a, b T) f() {}',
  'package a\nimport (',
  'package a\nimport "',
  'package a\ntype = ',
  'package a\ntype A struct { *',
  'package a\nvar x, y = ',
  'package a\nfunc f() { x, := y; a, b = }',
  'package a\nfunc f() { for range { } ; switch { case : } ; select { case <- : } }',
  'package a\nvar x = T{:, a: }',
  '\u0000',
  '`',
  "package a\nvar c = '",
])('no Go: %j', (text) => {
  expect(() => lower(text)).not.toThrow()
  expect(lower(text)?.gaps.some(({ reason }) => reason.en.includes('could not be read')) ?? false).toBe(false)
})

test('a go.mod that says anything names no folder outside', () => {
  const language = languageOf('a.go')!
  const files = new Map([['a/b.go', 0]])
  const manifests = [{ path: 'go.mod', text: `module x\nreplace y => ../../..\n${'replace '.repeat(20_000)}` }]
  expect(language.createResolver(files, manifests).resolve('a/b.go', 'y/a')).toEqual({ package: 'go:y/a', subpath: '' })
})
