import { describe, expect, it } from 'vitest'
import { formatOf } from './registry.js'
import { yaml } from './yaml.js'

function read(text: string, path = 'config.yaml') {
  return yaml.read(path, text)
}

/** Path → value. */
function values(text: string) {
  return Object.fromEntries(read(text).settings.map(({ path, value }) => [path.join('.'), value]))
}

/** Variable → value. */
function variables(text: string) {
  const given = read(text).settings.filter((s) => s.environment !== null)
  return Object.fromEntries(given.map(({ environment, value }) => [environment, value]))
}

describe('which files', () => {
  it.each([
    ['compose.yaml', 'yaml'],
    ['.github/workflows/ci.yml', 'yaml'],
    ['pnpm-lock.yaml', undefined],
    ['conda-lock.yml', undefined],
    ['sekisho.yaml', undefined],
    ['apps/web/sekisho.yml', undefined],
    ['data.json', 'json'],
  ])('%s → %s', (path, id) => {
    expect(formatOf(path)?.id).toBe(id)
  })
})

describe('values', () => {
  it.each([
    ['scalars as text', 'a: 1\nb: true\nc: x y', { a: '1', b: 'true', c: 'x y' }],
    ['quotes', "a: \"x\\ty\"\nb: 'it''s'", { a: 'x\ty', b: "it's" }],
    ['nothing', 'a:\nb: ~\nc: null\nd: ""', { a: null, b: null, c: null, d: '' }],
    ['nesting and lists', 'a:\n  b:\n    - c: 1\n    - 2', { 'a.b.0.c': '1', 'a.b.1': '2' }],
    ['flow', 'a: { b: [1, {c: 2}] }', { 'a.b.0': '1', 'a.b.1.c': '2' }],
    ['block scalars', 'a: |\n  x\n  y\nb: >-\n  p\n  q\n', { a: 'x\ny\n', b: 'p q' }],
    ['documents', 'a: 1\n---\nb: 2', { a: '1', b: '2' }],
    ['an alias without an anchor', 'a: *x', { a: null }],
    ['an alias', 'a: &x 1\nb: { c: *x }', { a: '1', 'b.c': '1' }],
    ['merge keys', 'a: &x { p: 1, q: 2 }\nb: { <<: *x, q: 3 }', { 'a.p': '1', 'a.q': '2', 'b.p': '1', 'b.q': '3' }],
    ['tags', 'a: !Ref X\nb: !!str 1', { a: 'X', b: '1' }],
    ['a key that is no scalar', '? [a, b]\n: 1', { '[a, b]': '1' }],
    ['a lone scalar', 'x', { '': 'x' }],
    ['CRLF', 'a: 1\r\nb: |\r\n  x\r\n', { a: '1', b: 'x\n' }],
    ['BOM', '\uFEFFa: 1', { a: '1' }],
    ['nothing at all', '', {}],
    ['Helm', '{{- if .Values.on }}\na: {{ .Values.host }}/v1\n{{- end }}', { a: '{{ .Values.host }}/v1' }],
    ['a comment of Helm', '{{/* a: 1\nb: 2 */}}\nc: "{{ tpl "x" . }}"', { c: '{{ tpl "x" . }}' }],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual(expected)
    expect(read(text).gaps).toEqual([])
  })

  it.each([
    ['a: ${X:-y}', ['X']],
    ["a: 'http://$HOST'", ['HOST']],
    ['a: $$X', []],
    ['a: ${{ vars.URL }}', ['vars.URL']],
    ['a: ${{ env.URL }}', ['URL']],
    ['a: !Ref X', ['X']],
    ['a: !Sub "https://${Region}"', ['Region']],
    ['a: {{ .Values.url | quote }}', ['.Values.url | quote']],
  ])('%s refers to %j', (text, references) => {
    expect(read(text).settings[0]!.references).toEqual(references)
  })
})

describe('environment variables', () => {
  it.each([
    ['Compose map', 'services: { web: { environment: { A: 1, b.c: 2 } } }', { A: '1', 'b.c': '2' }],
    [
      'Compose list',
      'services:\n  web:\n    environment:\n      - A=1\n      - "B=x y"\n      - C',
      { A: '1', B: 'x y' },
    ],
    ['Compose, passed on', 'services: { web: { environment: { A: } } }', { A: null }],
    [
      'Compose, an anchor',
      'x: &x { A: 1 }\nservices: { a: { environment: *x }, b: { environment: { <<: *x } } }',
      { A: '1' },
    ],
    [
      'Kubernetes',
      'spec:\n  containers:\n    - env:\n      - name: A\n        value: "1"\n      - { name: B, valueFrom: { x: y } }',
      { A: '1' },
    ],
    ['ConfigMap', 'kind: ConfigMap\ndata:\n  A: 1\n  b: 2\n  app.conf: x', { A: '1', b: '2', 'app.conf': 'x' }],
    ['no ConfigMap', 'kind: Service\ndata:\n  A: 1', {}],
    ['Secret', 'kind: Secret\nstringData: { A: 1 }\ndata: { B: eA== }', { A: '1' }],
    [
      'GitHub Actions',
      'env: { A: 1 }\njobs: { x: { environment: { name: prod, url: u }, steps: [{ env: { B: 2 } }] } }',
      { A: '1', B: '2' },
    ],
    ['GitLab', 'variables:\n  A: 1\n  B: { value: 2, description: x }', { A: '1', B: '2' }],
    ['CloudFormation', 'Environment: { Variables: { A: !Ref P } }', { A: 'P' }],
    ['ECS', 'Environment:\n  - { Name: A, Value: 1 }', { A: '1' }],
    ['Kustomize', 'configMapGenerator:\n  - literals:\n    - A=1', { A: '1' }],
    ['anything else', 'A: 1\nnested: { B: 2 }\nlist: [C=3]', {}],
  ])('%s', (_, text, expected) => {
    expect(variables(text)).toEqual(expected)
  })

  it('a value that an alias gives to two services is one setting', () => {
    const { settings } = read('x: &x { A: 1 }\nservices: { a: { environment: *x }, b: { environment: *x } }')
    expect(settings).toMatchObject([{ path: ['services', 'a', 'environment', 'A'], environment: 'A' }])
  })
})

describe('positions', () => {
  it.each([
    ['a: 1', 'a', '1'],
    ['# 顧客 🗼\r\n住所:  "東京 x" # z', '住所', '東京 x'],
    ["\uFEFF'a': 'b'", 'a', 'b'],
    ['a: |\n  x\n  y\n', 'a', 'x\n  y'],
    ['a: { b: c }', 'b', 'c'],
    ['env: [ "A=b" ]', 'A', 'b'],
    ['env:\n  - name: A\n    value: b', 'name', 'A'],
    ['{{ if x }}\na: {{ b }}', 'a', '{{ b }}'],
  ])('%j', (text, key, value) => {
    const [setting] = read(text).settings
    expect(text.slice(setting!.keySpan.start, setting!.keySpan.end)).toBe(key)
    expect(text.slice(setting!.valueSpan.start, setting!.valueSpan.end)).toBe(value)
  })

  it('comments', () => {
    const text = 'a: "#1" # 一\n# 二\nb: |\n  # no\nc: x#y'
    const file = read(text)
    expect(file.comments!.map((comment) => comment.text)).toEqual(['一', '二'])
    expect(file.comments!.map(({ span }) => text.slice(span.start, span.end))).toEqual(['# 一', '# 二'])
    expect(file.settings.map((setting) => setting.comment)).toEqual(['一', undefined, undefined])
  })
})

describe('what is not understood', () => {
  it('is a gap, and what could be read is', () => {
    const file = read('a: 1\nb: [\n---\nc: 2')
    expect(file.gaps).toMatchObject([{ kind: 'parse' }])
    expect(file.settings.map((setting) => setting.value)).toEqual(['1', '2'])
  })

  const bomb = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(i ? 9 : 0)}x]`).join('\n')
  it.each([
    ['nested flow lists', '['.repeat(100_000), 'cut'],
    ['nested flow maps', '{a: '.repeat(50_000), 'cut'],
    ['nested block lists', '- '.repeat(100_000), 'cut'],
    ['nested block maps', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), 'cut'],
    ['explicit keys', '? '.repeat(50_000), 'cut'],
    ['aliases of aliases', bomb, 'cut'],
    ['an alias of itself', 'a: &a [*a, *a]', null],
    ['an unknown alias', 'a: *b', null],
    ['many documents', '---\na: [\n'.repeat(20_000), 'parse'],
    ['too many settings', '- a\n'.repeat(200_000), 'cut'],
    ['too long', 'a: b\n'.repeat(300_000), 'cut'],
    ['open templates', '{{/*'.repeat(200_000), null],
    ['templates', 'a: {{ x }}\n'.repeat(20_000), null],
    ['binary', '\u0000\u0001\uD800'.repeat(1_000), null],
    ['tabs', '\ta:\t1\n\t- b', 'parse'],
  ])('hostile input ends soon: %s', (_, text, kind) => {
    const start = performance.now()
    const { gaps } = read(text)
    if (kind) expect(gaps.map((gap) => gap.kind)).toContain(kind)
    expect(gaps.length).toBeLessThanOrEqual(21)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('a shallow file with many brackets in text is read', () => {
    expect(read(`a: |\n${'  [[[[\n'.repeat(100)}b: "[[[[${'['.repeat(200)}"`).gaps).toEqual([])
  })
})
