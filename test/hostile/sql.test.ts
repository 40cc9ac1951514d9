/** SQL that is meant to break: as deep as it is long, cut off, no SQL at all. Never a throw, never silence, never long. */
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../packages/core/src/languages/registry.js'
import { analyseFiles } from '../spec/program.js'

const many = (times: number, text: string) => text.repeat(times)

function lower(text: string) {
  return languageOf('a.sql')!.lower({ path: 'a.sql', text, tree: null })
}

describe('deep and long', () => {
  test.each([
    ['sums', `SELECT a${many(20_000, ' || a')} FROM t`],
    ['products', `SELECT a${many(5_000, ' * a - a')} FROM t`],
    ['conditions', `SELECT a FROM t WHERE a = 1${many(20_000, " OR a = 'x'")}`],
    ['members', `SELECT a FROM t WHERE a IN ('x'${many(20_000, ", 'x'")})`],
    ['brackets', `SELECT ${many(20_000, '(')}a`],
    ['closed brackets', `SELECT ${many(5_000, '(')}a${many(5_000, ')')} FROM t`],
    ['calls of calls', `SELECT ${many(5_000, 'f(')}a${many(5_000, ')')} FROM t`],
    ['paths', `SELECT a${many(10_000, '.b')} FROM t`],
    ['json paths', `SELECT a${many(10_000, ':b')} FROM t`],
    ['subqueries', `${many(3_000, 'SELECT a FROM (')}SELECT 1${many(3_000, ')')}`],
    ['open subqueries', many(5_000, 'SELECT a FROM (')],
    [
      'named queries',
      `WITH ${Array.from({ length: 3_000 }, (_, at) => `t${at} AS (SELECT a FROM t${at - 1})`).join(', ')} SELECT a FROM t2999`,
    ],
    ['unions', `SELECT a FROM t${many(3_000, ' UNION ALL SELECT a FROM t')}`],
    ['joins', `SELECT a FROM t${many(3_000, ' JOIN t ON t.a = t.a')}`],
    ['cases', `SELECT ${many(3_000, 'CASE WHEN a THEN ')}1${many(3_000, ' END')} FROM t`],
    ['arms', `SELECT CASE ${many(5_000, "WHEN a = 'x' THEN b ")}END FROM t`],
    ['blocks', `CREATE PROCEDURE p() AS BEGIN ${many(3_000, 'BEGIN ')}SELECT 1;${many(3_000, ' END;')} END`],
    ['ifs', `CREATE PROCEDURE p() AS BEGIN ${many(3_000, 'IF (a) THEN ')}SELECT 1;${many(3_000, ' END IF;')} END`],
    [
      'elses',
      `CREATE PROCEDURE p() AS BEGIN IF (a) THEN SELECT 1; ${many(3_000, 'ELSEIF (a) THEN SELECT 1; ')}END IF; END`,
    ],
    ['columns', `SELECT ${many(20_000, 'a, ')}a FROM t`],
    ['rows', `INSERT INTO t VALUES ${many(50_000, "('a', 1), ")}('a', 1)`],
    ['statements', many(20_000, 'SELECT f(a) FROM t;\n')],
    ['arrows', `SELECT f(a, ${many(5_000, 'x -> ')}x) FROM t`],
    ['stars', `SELECT ${many(5_000, '* EXCEPT (a), ')}1 FROM t`],
    ['not', `SELECT ${many(20_000, 'NOT ')}a FROM t`],
    ['signs', `SELECT ${many(20_000, '- ')}a FROM t`],
    ['merges', `MERGE INTO t USING u ON a = b ${many(5_000, 'WHEN MATCHED THEN UPDATE SET a = b ')}`],
    ['templating', many(20_000, '{{ ref("a") }} {% if x %}')],
    ['open templating', many(20_000, '{{ ')],
    ['quotes', many(20_000, '\' " ` $$ ')],
    ['bodies', `${many(300, 'CREATE FUNCTION f() AS $$ ')}1`],
  ])('%s', (_, text) => {
    const started = performance.now()
    const module = lower(text)
    expect(performance.now() - started).toBeLessThan(10_000)
    for (const gap of module.gaps) expect(gap.reason.en).not.toContain('could not be read')
  })
})

test.each([
  '',
  ')',
  'SELECT',
  'SELECT FROM',
  'WITH',
  'CREATE',
  'CREATE VIEW',
  'INSERT INTO',
  'MERGE',
  'UPDATE SET',
  '\u0000',
  "'",
  '$$',
  '{{',
  'EXEC',
  'SELECT * FROM a,',
  'CREATE MODEL',
  'SELECT a AS',
  'CASE WHEN',
  'FOR',
  'DECLARE',
  'IF',
  'BEGIN',
])('no SQL: %j', (text) => {
  expect(() => lower(text)).not.toThrow()
  expect(lower(text).gaps.filter(({ reason }) => reason.en.includes('could not be read'))).toEqual([])
})

/** What stands around a call must not hide it. */
test.each([
  ['a broken statement before', 'SELEC FROM ((;\n'],
  ['a bracket that never ends, in a statement before', 'SELECT f(a FROM t;\n'],
  ['T-SQL options', 'SET QUOTED_IDENTIFIER ON\nGO\n'],
  ['a comment that looks like code', '/* ) ; */ -- (\n'],
  ['a command of a client', '!set variable_substitution=true;\n\\copy t FROM x\n'],
  ['a body of another language', 'CREATE FUNCTION g() RETURNS STRING LANGUAGE PYTHON AS $$ def f(): return "x" $$;\n'],
  ['a tag', '{% macro x() %} {% endmacro %}\n'],
])('%s', (_, before) => {
  const text = `${before}SELECT AI_COMPLETE('claude-4-sonnet', phone_number) FROM customers;`
  const { findings } = analyseFiles([{ path: 'a.sql', text }], '2026-11-25')
  expect(findings.map(({ rule }) => rule)).toContain('unresolved-endpoint')
})

test('an answer holds nothing that is not there', () => {
  const text = `SELECT AI_COMPLETE('m', '${many(30_000, 'x')}') || phone_number FROM customers;`
  const { findings } = analyseFiles([{ path: 'a.sql', text }], '2026-11-25')
  expect(findings.filter(({ dataClasses }) => dataClasses.length > 0)).toEqual([])
})

test('one text alone is put together, too', () => {
  const text = "SELECT AI_COMPLETE('m', CONCAT(phone_number)) FROM customers;"
  const { findings, gaps } = analyseFiles([{ path: 'a.sql', text }], '2026-11-25')
  expect(findings.map(({ rule }) => rule)).toContain('unresolved-endpoint')
  expect(gaps).toEqual([])
})
