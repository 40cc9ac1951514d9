/** A commit that leaves what is analysed as it was takes the analysis of the last one; any other is analysed: the answers are the same. */
import type { Report } from '@sekisho/core'
import { afterEach, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const ASK = `import OpenAI from 'openai'
const client = new OpenAI()
export async function ask(input: string) {
  return client.responses.create({ model: 'gpt-5.2', input })
}
`
const FILES = {
  'src/ask.ts': ASK,
  'src/send.ts':
    "import { ask } from './ask.js'\nimport { phoneOf } from './phone.js'\nexport const send = (id: string) => ask(phoneOf(id))\n",
  'src/phone.ts': 'export const phoneOf = (id: string) => id\n',
  'src/other.ts': "import { join } from 'node:path'\nexport const other = join('a', 'b')\n",
  'README.md': 'x\n',
}
const LEAK = 'export const phoneOf = (customer: { phone: string }) => customer.phone\n'

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

test.each<[string, Record<string, string>, boolean]>([
  ['a text', { 'README.md': 'y\n', 'docs/new.md': 'z\n' }, false],
  [
    'code that nothing needs',
    { 'src/other.ts': "import { join } from 'node:path'\nexport const other = join('a', 'c')\n" },
    false,
  ],
  ['new code that nothing needs', { 'src/new.ts': 'export const a = 1\n' }, false],
  ['code that is analysed', { 'src/phone.ts': LEAK }, true],
  [
    'code that begins to matter',
    { 'src/other.ts': `${ASK}export const s = (customer: { phone: string }) => ask(customer.phone)\n` },
    true,
  ],
  [
    'code that begins to import what matters',
    {
      'src/other.ts':
        "import { ask } from './ask.js'\nexport const s = (customer: { phone: string }) => ask(customer.phone)\n",
    },
    true,
  ],
  ['a file that takes the place of an imported one', { 'src/phone.js.ts': '', 'src/phone/index.ts': LEAK }, false],
  ['config', { '.env': 'OPENAI_BASE_URL=https://llm.example.jp/v1\n', 'src/phone.ts': LEAK }, true],
])('%s', (_, files, isNew) => {
  const repository = new Repository(FILES)
  repositories.push(repository)
  repository.commit('start')
  const report = (...flags: string[]) => {
    const { stdout, stderr } = repository.run('scan', '-f', 'json', '--staged', ...flags)
    expect(stdout, stderr).not.toBe('')
    return JSON.parse(stdout) as Report
  }
  report()
  repository.put(files)
  repository.git('add', '-A')
  const warm = report()
  expect(warm).toEqual(report('--no-cache'))
  expect(report()).toEqual(warm)
  const open = warm.findings.filter(({ suppressed, severity }) => suppressed === null && severity !== 'note')
  expect(open.length > 0).toBe(isNew)
})
