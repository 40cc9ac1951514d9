/** One run with every format on two repositories: the shop, and one whose names, code and policy try to be something else. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reporterIds } from '../../packages/cli/src/reporters/registry.js'
import { Repository } from '../e2e/repository.js'

const SHOP = fileURLToPath(new URL('../shop', import.meta.url))

/** Names that HTML, XML, Markdown, CSV, workflow commands, terminals and people could read as something else. */
export const HOSTILE = [
  '<script>alert(1)<\u2215script>',
  '"><img src=x onerror=alert(1)>',
  ']]>',
  '--><svg onload=alert(1)>',
  "';alert(1)\u2215\u2215",
  '</title><h1>',
  '=HYPERLINK("http:x")',
  '+1+1',
  '@SUM(A1)',
  '-2-2',
  '::error::x',
  '##[error]x',
  '\u202etxt.exe',
  'a\u0007b\u001b[2J',
  'a\nb',
  '`code` **bold** [link](javascript:alert(1)) @someone #12 | pipe',
  '{{7*7}}${7*7}',
  '顧客𠮷👨‍👩‍👧',
].map((name) => name.replaceAll('/', '\u2215'))

const leak = (name: string) => `import OpenAI from 'openai'

interface Customer {
  /** 電話番号 */
  phone: string
  /** 氏名 */
  name: string
}

const client = new OpenAI()

/** ${name.replace(/\p{Cc}/gu, ' ').replaceAll('*/', '')} */
export async function ask(customer: Customer) {
  const 本文 = ${JSON.stringify(`<b>${name}</b>`)} + '顧客𠮷👨‍👩‍👧' + customer.phone
  return client.responses.create({ model: ${JSON.stringify(name)}, input: { 本文, [${JSON.stringify(name)}]: customer.name } })
}
`

const evil = (text: string) => JSON.stringify(text)

export const HOSTILE_POLICY = `version: 1
exclude: [${HOSTILE.slice(0, 4).map(evil).join(', ')}]
destinations:
  ${evil(HOSTILE[1]!)}:
    provider: anthropic
    zone: foreign
    evidence: { document: ${evil(HOSTILE[0]!)}, checked: 2026-11-01 }
    contract: { entity: ${evil(HOSTILE[6]!)}, training: false, retentionDays: 30, safeguards: ${evil(HOSTILE[9]!)} }
    bases:
      - { all: [consent-28], purpose: ${evil(HOSTILE[8]!)}, country: US, document: ${evil(HOSTILE[7]!)}, reviewBy: 2027-01-01 }
exceptions:
  - { id: ${evil(HOSTILE[2]!)}, rule: cross-border-flow, path: 'src/allowed.ts', data: [phone, name], reason: ${evil(HOSTILE[15]!)}, approver: ${evil(HOSTILE[0]!)}, expiry: 2027-02-01 }
`

export const hostileFiles: Readonly<Record<string, string>> = {
  'sekisho.yaml': HOSTILE_POLICY,
  'src/allowed.ts': leak('allowed'),
  'src/claude.ts': `import Anthropic from '@anthropic-ai/sdk'
interface Customer { phone: string; address: string }
export const ask = (customer: Customer) =>
  new Anthropic().messages.create({ model: 'claude', max_tokens: 1, messages: [{ role: 'user', content: customer.phone + customer.address }] })
`,
  'src/broken.ts': `import OpenAI from 'openai'\nconst x = ( // <script>alert(1)</script>`,
  ...Object.fromEntries(HOSTILE.map((name) => [`src/${name}.ts`, leak(name)])),
}

/** Format → what it wrote. */
export type Outputs = Readonly<Record<string, Buffer>>

/** Every format but the terminal's in one run. */
export function everyFormat(repository: Repository, ...options: string[]): Outputs {
  const ids = reporterIds.filter((id) => id !== 'terminal')
  const out = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-reports-')))
  try {
    const formats = ids.flatMap((id) => ['-f', `${id}=${join(out, id)}`])
    const { code, stderr } = repository.run('scan', '--today', '2026-11-25', ...formats, ...options)
    if (code !== 1 && code !== 3) throw new Error(`exit code ${code}\n${stderr}`)
    return Object.fromEntries(ids.map((id) => [id, readFileSync(join(out, id))]))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

export function shop(): Repository {
  const repository = new Repository({})
  cpSync(SHOP, repository.path, { recursive: true })
  spawnSync('git', ['add', '-A'], { cwd: repository.path })
  return repository
}

export function hostile(): Repository {
  return new Repository(hostileFiles)
}
