/** Java that is meant to break: as deep as it is long, cut off, no Java at all. Never a throw, never silence, never long. */
import { describe, expect, test } from 'vitest'
import { loadGrammar } from '../../packages/cli/src/grammars.js'
import { languageOf } from '../../packages/core/src/languages/registry.js'

const parse = await loadGrammar('java')
const many = (times: number, text: string) => text.repeat(times)
const within = (body: string) => `class A { Object f(String a) { ${body} } }`

function lower(text: string) {
  const language = languageOf('A.java')!
  const result = parse(language.prepare('A.java', text).text)
  return 'why' in result ? null : language.lower({ path: 'A.java', text, tree: result.tree })
}

describe('deep and long', () => {
  test.each([
    ['sums', within(`return a${many(20_000, ' + a')};`)],
    ['products', within(`return a${many(5_000, ' * a - a')};`)],
    ['calls of calls', within(`return ${many(5_000, 'g(')}a${many(5_000, ')')};`)],
    ['chains', within(`return a${many(10_000, '.b()')};`)],
    ['builders', within(`return B.builder()${many(10_000, '.b(a)')}.build();`)],
    ['open brackets', within(`return ${many(20_000, '(')}`)],
    ['blocks', within(`${many(3_000, '{')}${many(3_000, '}')}`)],
    ['conditions', within(`${many(3_000, 'if (a) {')}${many(3_000, '}')}`)],
    ['else', within(`${many(3_000, 'if (a) {} else ')} {}`)],
    ['lambdas', within(`return ${many(3_000, 'x -> ')}a;`)],
    ['classes', `${many(3_000, 'class A {')}${many(3_000, '}')}`],
    ['anonymous classes', within(`return ${many(800, 'new B() { Object f() { return ')}a;${many(800, '}}')};`)],
    ['switches', within(`${many(800, 'switch (a) { default: ')}${many(800, '}')}`)],
    ['types', `class A { ${many(5_000, 'List<')}String${many(5_000, '>')} x; }`],
  ])('%s', (_, text) => {
    const started = performance.now()
    const module = lower(text)
    expect(performance.now() - started).toBeLessThan(20_000)
    for (const gap of module?.gaps ?? []) expect(gap.reason.en).not.toContain('could not be read')
  })
})

test.each(['', '}', 'class', 'class A { void f( }', 'import ;', 'package a', '\u0000', '"""', "class A { char c = '"])(
  'no Java: %j',
  (text) => {
    expect(() => lower(text)).not.toThrow()
  },
)
