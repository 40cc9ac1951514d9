/** Formats that review tools read, each against somebody else's parser or, where none can be had, the constraints its reader publishes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '@sekisho/core'
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator'
import { Ajv } from 'ajv'
import { parse as parseCsv } from 'csv-parse/sync'
import MarkdownIt from 'markdown-it'
import { afterAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { reporterIds } from '../../packages/cli/src/reporters/registry.js'
import { checkstyleXsd, gitlabCodequality, gitlabSast, junitXsd } from './contracts.js'
import { everyFormat, hostile, shop, type Outputs } from './repository.js'

const repositories = { shop: shop(), hostile: hostile() }
afterAll(() => {
  for (const repository of Object.values(repositories)) repository.remove()
})

interface Diagnostic {
  relatedLocations?: unknown
  location: { path: string; range: { start: { line: number; column: number } } }
}

describe.each(Object.entries(repositories))('%s', (_, repository) => {
  const outputs: Outputs = everyFormat(repository, '--notes')
  const text = (id: string) => outputs[id]!.toString()
  const report = JSON.parse(text('json')) as Report
  const xml = (id: string, schema: readonly string[]) =>
    validateXML({ xml: [{ fileName: `${id}.xml`, contents: text(id) }], schema })
  const ajv = new Ajv({ allErrors: true })

  test('junit is what Jenkins and GitLab read', async () => {
    expect((await xml('junit', [junitXsd])).errors).toEqual([])
    const failures = report.findings.filter(({ suppressed, severity }) => suppressed === null && severity !== 'note')
    expect(text('junit').match(/<failure /g)).toHaveLength(failures.length)
  })

  test('checkstyle is what Jenkins and reviewdog read, every finding in it', async () => {
    expect((await xml('checkstyle', [checkstyleXsd])).errors).toEqual([])
    expect(text('checkstyle').match(/<error /g)).toHaveLength(report.findings.length + report.gaps.length)
  })

  test('rdjson is what reviewdog reads, its columns UTF-8 bytes', async () => {
    const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false })
    const result = JSON.parse(text('rdjson')) as { diagnostics: Diagnostic[] }
    const { diagnostics } = result
    // The validator is older than reviewdog's RelatedLocation.
    const plain = { ...result, diagnostics: diagnostics.map(({ relatedLocations: _, ...rest }) => rest) }
    expect((await validator.validateString(JSON.stringify(plain))).errors).toEqual([])
    for (const { location } of diagnostics.filter(({ location: { range } }) => range !== undefined)) {
      const { line, column } = location.range.start
      const finding = report.findings.filter((one) => one.file === location.path && one.line === line)
      const source = readFileSync(join(repository.path, location.path), 'utf8').split('\n')[line - 1]!
      const columns = finding.map((one) => Buffer.byteLength(source.slice(0, one.column - 1)) + 1)
      expect(columns).toContain(column)
    }
  })

  test('gitlab-sast keeps its schema', () => {
    const isValid = ajv.validate(gitlabSast, JSON.parse(text('gitlab-sast')))
    expect(ajv.errors ?? []).toEqual([])
    expect(isValid).toBe(true)
  })

  test('gitlab-codequality keeps its contract, its fingerprints unique', () => {
    const entries = JSON.parse(text('gitlab-codequality')) as { fingerprint: string }[]
    ajv.validate(gitlabCodequality, entries)
    expect(ajv.errors ?? []).toEqual([])
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length)
    expect(entries).toHaveLength(report.findings.length + report.gaps.length)
    expect(outputs['gitlab-codequality']![0]).toBe('['.charCodeAt(0))
  })

  test('csv is read back, without a formula', () => {
    const rows = parseCsv(text('csv'), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(report.findings.length)
    expect(rows.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      report.findings.map(({ fingerprint }) => fingerprint).sort(),
    )
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@]/)
  })

  test.each(['markdown', 'register-markdown'])('%s has only the HTML and the links that are ours', (id) => {
    const html = new MarkdownIt({ html: true, linkify: true }).render(text(id))
    const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag!.toLowerCase()))
    const ours = ['h1', 'h2', 'h3', 'p', 'ol', 'ul', 'li', 'code', 'strong', 'br', 'hr', 'details', 'summary', 'em']
    const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td']
    expect([...tags].filter((tag) => ![...ours, ...tables].includes(tag))).toEqual([])
    expect(html).not.toMatch(/<[^>]+\son\w+=/i)
  })

  test('github annotations are commands of ours only', () => {
    for (const line of text('github')
      .split('\n')
      .filter((each) => each !== '')) {
      if (line.startsWith('::')) expect(line).toMatch(/^::(error|warning|notice) [^\n\r]+::/)
      expect(line.replace(/^::\w+ /, '')).not.toMatch(/^::|##\[|##vso\[|\p{Cc}/u)
    }
    expect(text('github').match(/^::error /gm)!.length).toBeLessThanOrEqual(10)
  })
})

test('the step summary is written where GitHub says', () => {
  const file = join(repositories.shop.cache, 'summary.md')
  const { stdout, code } = repositories.shop.runWith(
    { GITHUB_STEP_SUMMARY: file },
    'scan',
    '-f',
    'github',
    '--locale',
    'en',
  )
  expect(stdout).toMatch(/^::error /)
  expect(readFileSync(file, 'utf8')).toMatch(/^## ❌ 4 errors/)
  const plain = repositories.shop.run('scan', '-f', 'json')
  expect(plain.code).toBe(code)
})

test('no format changes the exit code, and a path leaves standard output to the others', () => {
  const { shop: repository } = repositories
  for (const id of reporterIds) {
    const { code, stdout } = repository.run('scan', '-f', `${id}=${join(repository.cache, id)}`)
    expect([id, code, stdout]).toEqual([id, 1, ''])
  }
  const both = repository.run('scan', '-f', `sarif=${join(repository.cache, 'sarif')}`, '-f', 'json')
  expect(both.code).toBe(1)
  expect((JSON.parse(both.stdout) as Report).version).toBe(1)
  const failed = repository.run('scan', '-f', 'html=no/such/folder/report.html')
  expect([failed.code, failed.stdout]).toEqual([2, ''])
})
