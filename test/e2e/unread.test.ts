/** Code that a scan does not find by its extension, or does not read: analysed, or said not to be. */
import type { Report } from '@sekisho/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

function scan(files: Record<string, string>, ...argv: string[]): { report: Report; code: number | null } {
  const repository = new Repository({})
  repositories.push(repository)
  repository.commit('start', files)
  const { stdout, stderr, code } = repository.run('scan', '-f', 'json', ...argv)
  expect(stdout, stderr).not.toBe('')
  return { report: JSON.parse(stdout) as Report, code }
}

const gaps = ({ gaps }: Report) => gaps.map(({ file, relevant }) => `${file}${relevant ? '' : ' (not relevant)'}`)
const found = ({ findings }: Report) =>
  findings.map(({ rule, file, line, dataClasses }) => `${rule} ${file}:${line} ${dataClasses.join(',')}`)

describe('a language that is known but not read', () => {
  test.each([
    ['src/ask.rs', 'let client = async_openai::Client::new();'],
    ['lib/ask.ex', 'Req.post!("https://api.anthropic.com/v1/messages", json: body)'],
    ['src/Ask.cs', 'using OpenAI.Chat;'],
    ['app/Ask.php', '<?php $client = OpenAI::client($key);'],
    ['ios/Ask.swift', 'import FirebaseAI'],
    ['force/Ask.cls', 'aiplatform.ModelsAPI api = new aiplatform.ModelsAPI();'],
  ])('%s is a gap where it names an AI service, and the gate does not pass', (path, text) => {
    const { report, code } = scan({ [path]: text })
    expect(gaps(report)).toEqual([path])
    expect(report.run.complete).toBe(false)
    expect(code).toBe(3)
  })

  test.each([
    ['src/main.rs', 'fn main() { println!("replicate"); }'],
    ['config/queue.php', "<?php return ['sqs' => 'https://sqs.us-east-1.amazonaws.com'];"],
    ['src/lib.c', 'int main(void) { return 0; }'],
  ])('%s is none where it names none', (path, text) => {
    const { report, code } = scan({ [path]: text })
    expect(gaps(report)).toEqual([])
    expect(code).toBe(0)
  })

  test('variables that config binds to an AI service are looked for, too', () => {
    const { report } = scan({
      '.env': 'ASSISTANT_URL=https://api.openai.com/v1\n',
      'src/a.rs': 'std::env::var("ASSISTANT_URL")',
    })
    expect(gaps(report)).toEqual(['src/a.rs'])
  })

  test('what the policy excludes or accepts is none of its business', () => {
    const files = { 'src/ask.rs': 'use async_openai::Client;' }
    expect(scan({ ...files, 'sekisho.yaml': 'version: 1\nexclude: ["src/ask.rs"]\n' }).code).toBe(0)
    expect(scan({ ...files, 'sekisho.yaml': 'version: 1\ngate:\n  gaps: allow\n' }).code).toBe(0)
  })
})

const PYTHON = `from openai import OpenAI
from shop.customers import Customer

def ask(customer: Customer):
    OpenAI().responses.create(model='gpt-5', input=customer.contact)
`

describe('a script without an extension', () => {
  test.each([
    '#!/usr/bin/env python3',
    '#!/usr/bin/python3.12 -u',
    '#!/usr/bin/env -S python3 -u',
    '#! /usr/bin/env python',
  ])('is read as its first line says: %s', (line) => {
    const { report, code } = scan({
      'bin/ask': `${line}\n${PYTHON}`,
      'shop/customers.py': 'class Customer:\n    contact: str  # 電話番号\n',
    })
    expect(found(report)).toEqual(['cross-border-flow bin/ask:6 phone'])
    expect(code).toBe(1)
  })

  test('of Node.js', () => {
    const text =
      "#!/usr/bin/env node\nconst OpenAI = require('openai')\nmodule.exports = (customer) => new OpenAI().responses.create({ model: 'gpt-5', input: customer.phone })\n"
    expect(found(scan({ 'bin/ask': text }).report)).toEqual(['cross-border-flow bin/ask:3 phone'])
  })

  test('of a program that is not read is a gap where it names an AI service', () => {
    const { report, code } = scan({
      'bin/ask': '#!/usr/bin/perl\nuse OpenAI::API;\n',
      'bin/ls': '#!/usr/bin/perl\nls;\n',
    })
    expect(gaps(report)).toEqual(['bin/ask'])
    expect(code).toBe(3)
  })

  test('a text is no script', () => {
    const { report, code } = scan({ LICENSE: 'openai\n', 'bin/text': 'see https://api.openai.com/v1\n' })
    expect(gaps(report)).toEqual([])
    expect(code).toBe(0)
  })
})

describe('scripts of pages', () => {
  const CALL =
    "const send = (customer) => fetch('https://api.openai.com/v1/responses', { method: 'POST', body: JSON.stringify({ input: customer.phone }) })"

  test('an HTML page', () => {
    const { report, code } = scan({
      'index.html': `<!doctype html>\n<title>窓口</title>\n<script>\n${CALL}\n</script>\n`,
    })
    expect(found(report)).toContain('cross-border-flow index.html:4 phone')
    expect(code).toBe(1)
  })

  test('a page that is a template', () => {
    const page = `<script>\n{% if user %}\nconst url = "{{ url_for('api') }}"\nconst all = {{ customers|tojson }};\n{% endif %}\n${CALL}\n</script>\n`
    const { report } = scan({ 'templates/base.html': page })
    expect(found(report)).toContain('cross-border-flow templates/base.html:6 phone')
    expect(gaps(report)).toEqual([])
  })

  test('data in a page is no script', () => {
    const { report } = scan({
      'index.html': `<script type="text/template">\n${CALL}\n</script>\n<!-- <script>${CALL}</script> -->`,
    })
    expect(found(report)).toEqual([])
    expect(gaps(report)).toEqual([])
  })

  test('Google Apps Script', () => {
    const { report } = scan({
      'code.gs':
        "function send(customer) {\n  UrlFetchApp.fetch('https://api.openai.com/v1/responses', { method: 'post', payload: JSON.stringify({ input: customer.phone }) })\n}\n",
    })
    expect(found(report)).toEqual(['cross-border-flow code.gs:2 phone'])
  })
})
