import { describe, expect, it } from 'vitest'
import { assertionsOf, parseAssertion } from './assertion.js'
import { compare, describeProblem } from './compare.js'
import type { Finding } from './contract.js'
import { casesOf } from './document.js'
import { checkExpectation } from './run.js'

function finding(given: Partial<Finding>): Finding {
  return {
    rule: 'cross-border-flow',
    severity: 'error',
    confidence: 'likely',
    file: 'src/main.ts',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
    dataClasses: ['phone'],
    subject: 'japan',
    party: 'customer',
    provider: 'openai',
    zone: 'foreign',
    jurisdiction: 'US',
    environment: null,
    endpoint: { host: 'api.openai.com', region: null, resolvedFrom: [] },
    message: { en: 'customer.phone can reach OpenAI', ja: '' },
    grounds: [],
    remedy: { en: '', ja: '' },
    trace: [{ file: 'src/main.ts', line: 1, column: 7, label: 'customer.phone (phone)', labelJa: '' }],
    fingerprint: '',
    never: false,
    cause: null,
    suppressed: null,
    ...given,
  }
}

describe('a document', () => {
  const markdown = [
    '# rule',
    '```ts',
    'first()',
    '```',
    '## A case',
    '```ts src/a.ts',
    '// not a heading:',
    '# x',
    '```',
    '```ts',
    'b()',
    '```',
    '```ts',
    'c()',
    '```',
    '```yaml sekisho.yaml',
    'version: 1',
    '```',
    '```sh',
    'pnpm test',
    '```',
    '```json',
    '{}',
    '```',
    '```json package.json',
    '{}',
    '```',
    '```ts no-run',
    'd()',
    '```',
    '### A smaller case <!-- notes: any -->',
    '````ts',
    '```',
    '````',
    '## Nothing to run',
    '```text',
    'words',
    '```',
  ].join('\n')
  const cases = casesOf(markdown)

  it('has a case a heading, and a file a block', () => {
    expect(cases.map(({ name, files }) => [name, files.map((file) => file.path)])).toEqual([
      ['rule', ['src/main.ts']],
      ['A case', ['src/a.ts', 'src/main.ts', 'src/main-2.ts', 'sekisho.yaml', 'package.json']],
      ['A case > A smaller case', ['src/main.ts']],
    ])
  })

  it('knows where a file begins', () => {
    expect(cases[1]!.files[0]).toMatchObject({ line: 7, text: '// not a heading:\n# x\n' })
    expect(cases[2]!.files[0]!.text).toBe('```\n')
  })

  it('allows notes by case or, at its top, for all of it', () => {
    expect(cases.map((each) => each.anyNotes)).toEqual([false, false, true])
    expect(casesOf(`<!-- notes: any -->\n${markdown}`).map((each) => each.anyNotes)).toEqual([true, true, true])
    expect(casesOf('# t\n<!-- today: 2030-01-01 -->\n## c\n```ts\n```')[0]!.today).toBe('2030-01-01')
  })

  it('names a block by its language', () => {
    const paths = (info: string) =>
      casesOf(`# t\n~~~${info}\n~~~`).flatMap(({ files }) => files.map((file) => file.path))
    expect(['vue', 'env', 'yaml', 'py', 'tsx app/page.tsx', 'console', ''].map(paths)).toEqual([
      ['src/Main.vue'],
      ['.env'],
      ['config.yaml'],
      ['main.py'],
      ['app/page.tsx'],
      [],
      [],
    ])
  })
})

describe('an assertion', () => {
  it.each([
    ['cross-border-flow', { rule: 'cross-border-flow', classes: null, zone: null, severity: null }],
    ['cross-border-flow phone → foreign', { classes: ['phone'], zone: 'foreign' }],
    [
      'cross-border-flow phone, name -> foreign (warn)',
      { classes: ['phone', 'name'], zone: 'foreign', severity: 'warn' },
    ],
    [
      'cross-border-flow my-number (error) confidence certain for openai',
      { confidence: 'certain', provider: 'openai', zone: null },
    ],
    ['foreign-endpoint → japan-region', { classes: null, zone: 'japan-region' }],
  ])('%s', (text, expected) => {
    expect(parseAssertion(text, 3)).toMatchObject({ line: 3, text, ...expected })
  })

  it.each([
    'cross-boarder-flow',
    'cross-border-flow phone → abroad',
    'cross-border-flow 電話',
    'cross-border-flow phone (fatal)',
  ])('is a mistake: %s', (text) => {
    expect(parseAssertion(text, 1)).toBeTypeOf('string')
  })

  it.each([
    ['// finding: region-escape', ['1 region-escape']],
    ['send(x) // finding: region-escape', ['1 region-escape']],
    ['send(x) // why // finding: region-escape', ['1 region-escape']],
    ['a: b # finding: region-escape', ['1 region-escape']],
    ['<p/> <!-- finding: region-escape -->', ['1 region-escape']],
    ['<Ask /> {/* finding: region-escape */}', ['1 region-escape']],
    ['x() // finding: region-escape; cross-border-flow phone', ['1 region-escape', '1 cross-border-flow phone']],
    ['x() // finding: region-escape // finding: foreign-endpoint', ['1 region-escape', '1 foreign-endpoint']],
    ['// finding: region-escape\n// finding: foreign-endpoint\n\nx()', ['4 region-escape', '4 foreign-endpoint']],
    ['  # finding: region-escape\na: b', ['2 region-escape']],
    ['const finding: string = x', []],
  ])('%j', (text, expected) => {
    const { assertions, mistakes } = assertionsOf(text)
    expect(assertions.map((each) => `${each.line} ${each.text}`)).toEqual(expected)
    expect(mistakes).toEqual([])
  })

  it('is a blank in the program, and moves nothing', () => {
    expect(assertionsOf('a() // finding: region-escape\r\nb()').text).toBe(`a() ${' '.repeat(25)}\r\nb()`)
  })

  it('that cannot be read is a mistake, not nothing', () => {
    expect(assertionsOf('a() // finding: nonsense').mistakes).toMatchObject([{ line: 1 }])
  })
})

describe('the comparison', () => {
  const check = (text: string, findings: Finding[], options = {}) =>
    compare('src/main.ts', assertionsOf(text).assertions, findings, options).map(
      ({ line, expected, got }) => `${line}: ${expected?.text ?? '-'} / ${got.map((each) => each.rule).join() || '-'}`,
    )

  it.each([
    ['both there', 'a() // finding: cross-border-flow phone → foreign (error)', [finding({})], []],
    ['nothing on both sides', 'a()', [], []],
    ['missing', 'a() // finding: cross-border-flow', [], ['1: cross-border-flow / -']],
    [
      'missing, as it stands on another line',
      'a() // finding: cross-border-flow\nb()',
      [finding({ line: 2 })],
      ['1: cross-border-flow / -', '2: - / cross-border-flow'],
    ],
    ['extra', 'a()', [finding({})], ['1: - / cross-border-flow']],
    ['one too many', 'a() // finding: cross-border-flow', [finding({}), finding({})], ['1: - / cross-border-flow']],
    [
      'another class',
      'a() // finding: cross-border-flow name',
      [finding({})],
      ['1: cross-border-flow name / cross-border-flow'],
    ],
    [
      'a class too many',
      'a() // finding: cross-border-flow phone',
      [finding({ dataClasses: ['name', 'phone'] })],
      ['1: cross-border-flow phone / cross-border-flow'],
    ],
    [
      'another zone',
      'a() // finding: cross-border-flow → unknown',
      [finding({})],
      ['1: cross-border-flow → unknown / cross-border-flow'],
    ],
    [
      'another severity',
      'a() // finding: cross-border-flow (warn)',
      [finding({})],
      ['1: cross-border-flow (warn) / cross-border-flow'],
    ],
    [
      'another provider',
      'a() // finding: cross-border-flow for anthropic',
      [finding({})],
      ['1: cross-border-flow for anthropic / cross-border-flow'],
    ],
    ['a note that nobody declared', 'a()', [finding({ severity: 'note' })], ['1: - / cross-border-flow']],
    [
      'an exempt note',
      'a()',
      [
        finding({ rule: 'foreign-endpoint', severity: 'note' }),
        finding({ rule: 'undeclared-residency', severity: 'note' }),
      ],
      [],
    ],
    [
      'what is exempt as a note only',
      'a()',
      [finding({ rule: 'foreign-endpoint', severity: 'warn' })],
      ['1: - / foreign-endpoint'],
    ],
    [
      'an exempt note that is declared is missing when it is missing',
      'a() // finding: foreign-endpoint',
      [],
      ['1: foreign-endpoint / -'],
    ],
    [
      'suppressed',
      'a()',
      [finding({ suppressed: { kind: 'directive', id: null, reason: '', approver: null, expiry: null } })],
      [],
    ],
    [
      'the exact assertion takes what only it fits',
      'a() // finding: cross-border-flow; cross-border-flow phone',
      [finding({}), finding({ dataClasses: ['name'] })],
      [],
    ],
  ])('%s', (_, text, findings, problems) => {
    expect(check(text, findings)).toEqual(problems)
  })

  it('notes need not be declared where a document says so', () => {
    expect(check('a()', [finding({ severity: 'note' })], { anyNotes: true })).toEqual([])
    expect(check('a()', [finding({})], { anyNotes: true })).toHaveLength(1)
  })

  it('says where, what was expected, and what came with its trace', () => {
    const [problem] = compare('src/main.ts', [], [finding({})])
    const words = describeProblem(problem!, 'docs/rules/x.md:7 src/main.ts', '  send(customer.phone)')
    expect(words.split('\n')).toEqual([
      'docs/rules/x.md:7 src/main.ts  line 1: send(customer.phone)',
      '  expected: nothing',
      '  got:      cross-border-flow phone → foreign (error) confidence likely for openai',
      '            customer.phone can reach OpenAI',
      '              src/main.ts:1:7 customer.phone (phone)',
    ])
  })
})

describe('an example of a provider', () => {
  it.each([
    ['clean', [], true],
    ['clean', [finding({ severity: 'note' })], true],
    ['clean', [finding({})], false],
    ['cross-border-flow phone → foreign', [finding({ line: 7 })], true],
    ['cross-border-flow phone → foreign', [], false],
    ['cross-border-flow phone → foreign', [finding({ severity: 'note' })], false],
    ['cross-border-flow phone → foreign', [finding({}), finding({ rule: 'region-escape' })], false],
    ['region-escape (note)', [finding({ rule: 'region-escape', severity: 'note' })], true],
    ['nonsense', [], false],
  ])('%s', (expectation, findings, holds) => {
    expect(checkExpectation(expectation, findings) === '').toBe(holds)
  })
})
