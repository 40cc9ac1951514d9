import { describe, expect, test } from 'vitest'
import { formatOf } from './registry.js'

function read(path: string, text: string) {
  const started = performance.now()
  const file = formatOf(path)!.read(path, text)
  expect(performance.now() - started, `${path} took too long`).toBeLessThan(4_000)
  const spans = file.settings.flatMap(({ keySpan, valueSpan }) => [keySpan, valueSpan])
  expect(spans.filter(({ start, end }) => start > end || end > text.length)).toEqual([])
  return file
}

const many = 30_000

describe('hostile input ends soon and never throws', () => {
  const texts: Record<string, string> = {
    'open brackets': '['.repeat(many),
    'open braces': 'a {'.repeat(many / 3),
    'open parentheses': `x = ${'('.repeat(many)}`,
    'nested calls': `x = ${'f('.repeat(many / 2)}`,
    'open quotes': `x = "${'${'.repeat(many / 2)}`,
    'a chain of operators': `x = 1${' + 1'.repeat(many / 4)}`,
    'a chain of members': `x = a${'.b'.repeat(many / 2)}`,
    conditions: `x = ${'a ? b : '.repeat(many / 8)}`,
    'here-documents without an end': 'x = <<EOT\n'.repeat(many / 10),
    'broken lines': 'x = = =\n'.repeat(many / 8),
    backslashes: '\\'.repeat(many),
    'continued lines': 'ENV A=b \\\n'.repeat(many / 10),
    'dollars and quotes': '$"\'`$('.repeat(many / 6),
    comments: '/* '.repeat(many / 3),
    'lone carriage returns': 'a=b\r\tcurl x\r'.repeat(many / 14),
    'spaces and line breaks': ' \n\t'.repeat(many / 3),
    'nothing known': String.fromCharCode(0, 0xfeff, 0xd800).repeat(many / 3),
  }
  for (const [name, text] of Object.entries(texts))
    test(
      name,
      () => {
        for (const path of [
          'main.tf',
          'a.tfvars',
          'main.bicep',
          'run.sh',
          'Makefile',
          'Dockerfile',
          'a.conf',
          'a.ps1',
          'a.bat',
        ])
          for (const head of ['', 'resource a ', 'param x string = ', '\t@'])
            expect(read(path, head + text).settings.length).toBeLessThan(50_001)
      },
      60_000,
    )
})

describe('files within values', () => {
  test('are bounded in number, and one level deep', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `  a${at}.env: "A=b"\n`).join('')
    const file = read('k.yaml', `data:\n${many}`)
    expect(file.inner).toHaveLength(200)
    expect(file.gaps.map(({ kind }) => kind)).toContain('cut')
    const nested = read('k.yaml', 'data:\n  a.yaml: |\n    b:\n      c.env: |\n        A=b\n')
    expect(nested.inner?.map(({ name }) => name)).toEqual(['a.yaml'])
  })
  test('are read within bounds of their own', () => {
    const deep = read('k.yaml', `data:\n  a.json: |\n    ${'['.repeat(20_000)}\n`)
    expect(deep.gaps.map(({ kind }) => kind)).toContain('cut')
    expect(
      read('k.json', JSON.stringify({ data: { 'a.env': `${'\\n\0\ud800'.repeat(5_000)}\nA=b` } })).gaps.length,
    ).toBeLessThan(22)
  })
})

describe('places', () => {
  const at = (path: string, text: string, key: string) => {
    const { settings } = read(path, text)
    const found = settings.find((setting) => setting.path.at(-1) === key)!
    return [text.slice(found.keySpan.start, found.keySpan.end), text.slice(found.valueSpan.start, found.valueSpan.end)]
  }
  test.each([
    ['main.tf', 'locals {\r\n  顧客 = 1\r\n  location = "東日本" # x\r\n}', ['location', '東日本']],
    ['main.bicep', "// 顧客 😀\nparam location string = 'japan east'\n", ['location', 'japan east']],
    ['run.sh', 'echo 😀; export location="a b" x=1', ['location', 'a b']],
    ['Makefile', 'export location ?= eastus # 東', ['location', 'eastus']],
    ['a.nomad', 'job "顧客" {\n  env {\n    LOCATION = "x"\n    location = "東"\n  }\n}', ['location', '東']],
    ['run.bat', 'rem 顧客\r\nset "location=east us"\r\n', ['location', 'east us']],
    ['run.ps1', "# 😀\n$env:location = '東日本'\n", ['location', '東日本']],
    ['app.service', '[Service]\nEnvironment="A=顧客" "location=a b"\n', ['location', 'a b']],
    // Within values, at the lines of the outer file.
    ['k.yaml', 'data:\n  a.env: |\n    A=顧客😀\n    location=東\n', ['location', '東']],
    ['k.yaml', 'data: { a.env: "A=\\u9867客\\nlocation=東" }\n', ['location', '東']],
    ['k.json', '{"data": {"a.env": "A=\\u9867\\"x\\"\\r\\nlocation=東"}}', ['location', '東']],
    [
      'k.tf',
      'resource "a" "b" {\n  user_data = <<-EOT\n    #!/bin/sh\n    export location=東\n  EOT\n}\n',
      ['location', '東'],
    ],
    ['Dockerfile', "ENV x=1 \\\n  location='a b'\n", ['location', 'a b']],
  ])('%s', (path, text, expected) => {
    expect(at(path, text, 'location')).toEqual(expected)
  })
})
