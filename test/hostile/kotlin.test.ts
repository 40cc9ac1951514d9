/** Kotlin that is meant to break: as deep as it is long, cut off, no Kotlin at all. Never a throw, never silence, never long. */
import { describe, expect, test } from 'vitest'
import { loadGrammar } from '../../packages/cli/src/grammars.js'
import { languageOf } from '../../packages/core/src/languages/registry.js'

const parse = await loadGrammar('kotlin')
const many = (times: number, text: string) => text.repeat(times)
const within = (body: string) => `class A { fun f(a: String): Any? { ${body} } }`

function lower(text: string) {
  const language = languageOf('A.kt')!
  const result = parse(language.prepare('A.kt', text).text)
  return 'why' in result ? null : language.lower({ path: 'A.kt', text, tree: result.tree })
}

describe('deep and long', () => {
  test.each([
    ['sums', within(`return a${many(20_000, ' + a')}`)],
    ['conjunctions', within(`return a${many(5_000, ' && a')}`)],
    ['elvis', within(`return a${many(3_000, ' ?: a')}`)],
    ['calls of calls', within(`return ${many(3_000, 'g(')}a${many(3_000, ')')}`)],
    ['chains', within(`return a${many(5_000, '.b()')}`)],
    ['chains of blocks', within(`return a${many(1_000, '.let { it }')}`)],
    ['negated chains', within(`return !a${many(3_000, '.b')}`)],
    ['builders', within(`return B.builder()${many(3_000, '.b(a)')}.build()`)],
    ['open brackets', within(`return ${many(10_000, '(')}`)],
    ['ifs', within(`${many(1_500, 'if (a) {')}${many(1_500, '}')}`)],
    ['else', within(`${many(1_500, 'if (a) {} else ')} {}`)],
    ['whens', within(`${many(500, 'when (a) { else -> ')}${many(500, '}')}`)],
    ['lambdas', within(`return ${many(1_500, 'g { ')}a${many(1_500, '}')}`)],
    ['blocks that describe', within(`${many(300, 'g { x = a; ')}${many(300, '}')}`)],
    ['scope functions', within(`${many(300, 'a.apply { ')}${many(300, '}')}`)],
    ['classes', `${many(1_500, 'class A {')}${many(1_500, '}')}`],
    ['objects', within(`return ${many(300, 'object : B { fun f() = ')}a${many(300, '}')}`)],
    ['types', `class A { val x: ${many(2_000, 'List<')}String${many(2_000, '>')} = a }`],
    ['strings in strings', within(`return ${many(500, '"${')}a${many(500, '}"')}`)],
    ['dollars', within(`return "${many(20_000, '$a')}"`)],
    ['words before one brace', `${many(8_000, 'class object ')}{ a }`],
    ['annotations', `${many(5_000, '@A("a") ')}class B`],
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
  'class',
  'class A { fun f( }',
  'import ',
  'package',
  '\u0000',
  '"""',
  'val (a, b',
  'fun f() = "${',
  'object : A { val x by }',
  'enum class E { ; }',
  'fun Int.() {}',
  'val x get() =',
  'fun f() { a.let { return@let } ; b@ c@ d }',
])('no Kotlin: %j', (text) => {
  expect(() => lower(text)).not.toThrow()
  for (const gap of lower(text)?.gaps ?? []) expect(gap.reason.en).not.toContain('could not be read')
})
