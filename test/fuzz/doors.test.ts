/** The doors through which files come in: whatever is in them, they answer, soon, with places that are in the text. */
import { performance } from 'node:perf_hooks'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, isBinary } from '../../packages/files/src/decode.js'
import { catalogue } from '../../packages/core/src/catalog/load.js'
import { configFormats } from '../../packages/core/src/config/registry.js'
import { PolicyErrors, renderPolicyError } from '../../packages/core/src/policy/errors.js'
import { parsePolicy, type ParsedPolicy } from '../../packages/core/src/policy/parse.js'
import { budget, patience } from './budget.js'
import { analyseFiles } from '../spec/program.js'
import { PATHS, PIECES } from './doors.js'

const LIMIT = 2000
const bytes = fc.uint8Array({ maxLength: 400 })
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  bytes.map((each) => Buffer.from(each).toString('latin1')),
)

/** Text made of what a format is made of, so that it comes further in than random bytes do. */
function madeOf(pieces: readonly string[]): Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces) },
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  return fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''))
}

const ENV = [
  ...[
    'A',
    'OPENAI_BASE_URL',
    'export ',
    '=',
    ': ',
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\r\n',
    '\r',
    '#',
    ' ',
    '\t',
    '$',
    '${',
    '}',
    ':-',
  ],
  ...['https://api.openai.com', '=A', '\\n', '\u00a0', '顧客', '__proto__', '[', '-', '.', '\0', '\u2028'],
]
const YAML = [
  ...[
    'a',
    '- ',
    ': ',
    ':',
    '\n',
    '\n  ',
    '\n    ',
    '? ',
    '|',
    '>',
    '|2-\n',
    '&a ',
    '*a',
    '!!map ',
    '!x ',
    '{',
    '}',
    '[',
    ']',
    ',',
  ],
  ...[
    '"',
    "'",
    '#',
    ' ',
    '\t',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '<<: *a',
    '{{ .Values.x }}',
    '{{- if x }}',
    '{{',
    '}}',
    '${A:-b}',
  ],
  ...[
    'services:\n',
    'environment:\n',
    'OPENAI_BASE_URL',
    'https://api.openai.com',
    '__proto__: ',
    '\r',
    '\u2028',
    '顧客',
    '\0',
    '\\x',
  ],
]
const POLICY = [
  ...YAML,
  ...[
    'version: 1\n',
    'extends: [localization]\n',
    'gate: ',
    'rules: ',
    'data: ',
    'destinations:\n',
    'exceptions: ',
    'zone: foreign',
    'match: ',
  ],
  ...[
    'hosts: ',
    'level: error',
    'reason: x',
    'subjects: ',
    'overrides: ',
    'paths: [',
    '**',
    'classes: ',
    'sanitizers: ',
    'locale: ja\n',
  ],
]

function soon<Result>(run: () => Result): Result {
  const started = performance.now()
  const result = run()
  expect(performance.now() - started).toBeLessThan(LIMIT)
  return result
}

function pathsOf(format: string): readonly string[] {
  return PATHS[format] ?? ['config.yaml']
}

describe.each(configFormats.map((format) => ({ id: format.id, format })))('the door of $id', ({ id, format }) => {
  const pieces = { env: ENV, yaml: YAML, ...PIECES }[id] ?? [...ENV, ...YAML]
  const text = fc.oneof(anything, madeOf(pieces))

  test('never throws, and what it finds is in the text', { timeout: patience }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(id), 'other'), text, (path, content) => {
        const { settings, comments = [], gaps } = soon(() => format.read(path, content))
        const spans = [
          ...settings.flatMap((each) => [each.keySpan, each.valueSpan]),
          ...comments.map(({ span }) => span),
        ]
        // Not where they end: see below.
        for (const { span } of gaps) if (span !== null) spans.push({ start: span.start, end: span.start })
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(start).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(content.length)
        }
      }),
      budget(400),
    )
  })

  test('gives the engine nothing that it fails on', { timeout: patience }, () => {
    const code =
      'const url = process.env.OPENAI_BASE_URL ?? process.env.A\nawait fetch(url, { method: "POST", body: customer.phone })\n'
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(id)), text, (path, content) => {
        soon(() =>
          analyseFiles(
            [
              { path, text: content },
              { path: 'a.ts', text: code },
            ],
            '2026-11-25',
          ),
        )
      }),
      budget(40),
    )
  })

  test('does not take longer than its text is long', { timeout: patience }, () => {
    const repeated = fc.tuple(madeOf(pieces), fc.integer({ min: 100, max: 4000 }))
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(id)), repeated, (path, [part, times]) => {
        soon(() => format.read(path, part.repeat(times).slice(0, 60_000)))
      }),
      budget(25),
    )
  })
})

// A fault of the YAML door: the gap of a quote that is not closed ends one after the text's end.
test.fails('a gap ends in the text', () => {
  const { gaps } = configFormats.find(({ id }) => id === 'yaml')!.read('compose.yaml', "'")
  expect(gaps[0]!.span!.end).toBeLessThanOrEqual(1)
})

describe('decode', () => {
  test('never throws on bytes, and gives text or null', { timeout: patience }, () => {
    fc.assert(
      fc.property(bytes, (each) => {
        const decoded = decode(each)
        expect(decoded === null || typeof decoded.text === 'string').toBe(true)
        expect(typeof isBinary(each)).toBe('boolean')
      }),
      budget(500),
    )
  })

  test('gives back what was written in UTF-8 and UTF-16', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (each) => {
        const bare = each.replace(/^\ufeff/, '')
        expect(decode(Buffer.from(bare))?.text).toBe(bare)
        expect(decode(Buffer.from(`\ufeff${bare}`, 'utf16le'))?.text).toBe(bare)
      }),
      budget(200),
    )
  })
})

describe('a policy', () => {
  const { presets, dataClasses, providers } = catalogue.data
  const parse = (text: string): ParsedPolicy | PolicyErrors => {
    try {
      const ids = providers.map(({ id }) => id)
      return parsePolicy({ file: 'sekisho.yaml', text, read: () => null, presets, dataClasses, providers: ids })
    } catch (error) {
      if (error instanceof PolicyErrors) return error
      throw error
    }
  }

  test('is read, or refused with places and words', { timeout: patience }, () => {
    fc.assert(
      fc.property(fc.oneof(anything, madeOf(POLICY)), (text) => {
        const parsed = soon(() => parse(text))
        if (!(parsed instanceof PolicyErrors)) return
        expect(parsed.errors.length).toBeGreaterThan(0)
        for (const error of parsed.errors) {
          expect(error.line).toBeGreaterThan(0)
          expect(error.column).toBeGreaterThan(0)
          for (const locale of ['en', 'ja'] as const) expect(renderPolicyError(error, locale)).not.toBe('')
        }
      }),
      budget(250),
    )
  })

  test('that is no policy but is YAML says so', { timeout: patience }, () => {
    const value = fc.json({ maxDepth: 4, stringUnit: 'grapheme' })
    const keyed = fc.dictionary(
      fc.constantFrom('version', 'rules', 'data', 'gate', 'destinations', 'extends', '__proto__'),
      value,
    )
    fc.assert(
      fc.property(keyed, (keys) => {
        const text = Object.entries(keys).map(([key, json]) => `${key}: ${json}`)
        soon(() => parse(text.join('\n')))
      }),
      budget(200),
    )
  })
})
