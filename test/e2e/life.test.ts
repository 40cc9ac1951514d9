/** One repository through its life: hook, pull request, exception, expiry, rename, baseline; as a team would meet them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '@sekisho/core'
import { afterAll, expect, test, vi } from 'vitest'
import { Repository } from './repository.js'

vi.setConfig({ testTimeout: 60_000 })

const CLIENT = `import OpenAI from 'openai'

/** 社外の AI */
const client = new OpenAI()

export async function complete(prompt: string) {
  const response = await client.responses.create({ model: 'gpt-5.2', input: prompt })
  return response.output_text
}
`
const CUSTOMER = `export interface Customer {
  /** 氏名 */
  fullName: string
  /** 電話番号 */
  phone: string
}
`
const GREET = `import { complete } from '../ai/client.js'

export const greet = (season: string) => complete(\`\${season}の挨拶文を書いてください\`)
`
const REPLY = `import { complete } from '../ai/client.js'
import type { Customer } from './customer.js'

/** 問い合わせへの返信 */
export async function reply(customer: Customer, question: string) {
  return complete(\`\${customer.phone} の方からの質問: \${question}\`)
}
`
const POLICY = `version: 1
extends: [localization]
gate: { failOn: error, exceptionMaxDays: 180, approvers: [privacy-office], separateApprover: true }
exceptionFiles: [compliance/exceptions.yaml]
`
const EXCEPTION = `version: 1
exceptions:
  - id: EX-001
    rule: cross-border-flow
    path: src/ai/client.ts
    data: [phone, name, free-text]
    reason: 国内基盤への移行が 3 月に完了するまで
    requester: sato
    approver: privacy-office
    ticket: GRC-512
    expiry: 2027-03-31
`

const shop = new Repository({})
afterAll(() => shop.remove())

function scan(...argv: string[]) {
  const { stdout, stderr, code } = shop.run('scan', '-f', 'json', ...argv)
  expect(stdout, stderr).not.toBe('')
  const report = JSON.parse(stdout) as Report
  const flows = report.findings.filter(({ rule, severity }) => rule === 'cross-border-flow' && severity === 'error')
  return { report, code, flows: flows.map(({ file, suppressed }) => `${file} ${suppressed?.kind ?? 'open'}`) }
}

test('a clean repository is committed, through the hook', () => {
  shop.put({
    'package.json': '{ "name": "shop", "private": true }\n',
    'src/ai/client.ts': CLIENT,
    'src/support/customer.ts': CUSTOMER,
    'src/support/greet.ts': GREET,
    'sekisho.yaml': POLICY,
    'compliance/exceptions.yaml': 'version: 1\n',
  })
  shop.hook('pre-commit', 'scan', '--staged', '--today', '2026-11-25')
  shop.git('add', '-A')
  const { code, stdout, stderr } = shop.git('commit', '-m', '最初の版')
  expect(code, stdout + stderr).toBe(0)
  shop.git('branch', '-M', 'main')
})

test('a branch brings a flow through a file that it does not touch: the hook stops it', () => {
  shop.git('checkout', '-qb', 'reply')
  shop.put({ 'src/support/reply.ts': REPLY })
  shop.git('add', '-A')
  const { code, stdout, stderr } = shop.git('commit', '-m', '返信')
  expect(code).toBe(1)
  expect(stdout + stderr).toContain('src/support/reply.ts:6')
})

test('pushed without the hook, the pull request stops it', () => {
  expect(shop.git('commit', '--no-verify', '-qm', '返信').code).toBe(0)
  const { code, flows, report } = scan('--since', 'main', '--today', '2026-11-25')
  expect([code, flows]).toEqual([1, ['src/ai/client.ts open']])
  expect(report.comparison).toMatchObject({ kind: 'since', policyFrom: 'base', policyChanges: [] })
})

test('an exception in the same branch does not help itself', () => {
  shop.commit('例外の申請', { 'compliance/exceptions.yaml': EXCEPTION })
  const { code, report } = scan('--since', 'main', '--today', '2026-11-25')
  expect(code).toBe(1)
  expect(report.comparison?.policyChanges).toEqual([
    expect.objectContaining({ what: 'added', entry: 'exceptions/EX-001' }),
  ])
})

test('approved and merged on its own, it allows the flow, which stays in the report', () => {
  shop.git('checkout', '-q', 'main')
  shop.git('checkout', 'reply', '--', 'compliance/exceptions.yaml')
  // The flow is not on main yet: until it is, the exception is one that nothing uses.
  expect(shop.git('commit', '-qm', '例外 EX-001 の承認').code).toBe(0)
  shop.git('checkout', '-q', 'reply')
  expect(shop.git('rebase', 'main').code).toBe(0)
  const { code, flows, report } = scan('--since', 'main', '--today', '2026-11-25')
  expect([code, flows]).toEqual([0, ['src/ai/client.ts exception']])
  expect(report.reference.exceptions).toMatchObject([{ id: 'EX-001', used: true, approver: 'privacy-office' }])
  shop.git('checkout', '-q', 'main')
  shop.git('merge', '-q', 'reply')
  expect(scan('--today', '2026-11-25').code).toBe(0)
})

test('it announces its end, and after it the flow is back', () => {
  const soon = scan('--today', '2027-03-25')
  expect(soon.code).toBe(0)
  expect(soon.report.findings.find(({ rule }) => rule === 'expired-exception')).toMatchObject({
    severity: 'warn',
    file: 'compliance/exceptions.yaml',
  })
  const after = scan('--today', '2027-04-01')
  expect([after.code, after.flows]).toEqual([1, ['src/ai/client.ts open']])
  expect(after.report.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toContain('expired-exception error')
})

test('a renamed file that nobody excepts brings nothing', () => {
  shop.git('checkout', '-qb', 'rename-greeting')
  shop.git('mv', 'src/support/reply.ts', 'src/support/返信.ts')
  expect(shop.git('commit', '-qm', '改名').code).toBe(0)
  const { code, report } = scan('--since', 'main', '--today', '2027-04-01')
  expect([code, report.comparison?.new, report.comparison?.fixed]).toEqual([0, 0, []])
})

test('an exception does not follow a rename: whoever renames the file has it changed, too', () => {
  mkdirSync(join(shop.path, 'src/外部'))
  shop.git('mv', 'src/ai/client.ts', 'src/外部/client.ts')
  shop.put({
    'src/support/返信.ts': REPLY.replace('../ai/', '../外部/'),
    'src/support/greet.ts': GREET.replace('../ai/', '../外部/'),
  })
  shop.git('add', '-A')
  expect(shop.git('commit', '-qm', '移動').code).toBe(1)
  expect(scan('--staged', '--today', '2026-11-25').report.findings.map(({ rule }) => rule)).toContain(
    'unused-exception',
  )
  shop.commit('移動と例外の変更', { 'compliance/exceptions.yaml': EXCEPTION.replace('src/ai/', 'src/外部/') })
  expect(scan('--since', 'main', '--today', '2026-11-25').code).toBe(1)
  const agreed = scan('--since', 'main', '--policy-from', 'head', '--today', '2026-11-25')
  expect([agreed.code, agreed.flows]).toEqual([0, ['src/外部/client.ts exception']])
})

test('a baseline taken late still fails on what comes after it', () => {
  shop.put({ 'compliance/exceptions.yaml': 'version: 1\n' })
  expect(shop.run('baseline', '--today', '2026-11-25').code).toBe(0)
  expect(scan('--today', '2026-11-25')).toMatchObject({ code: 0, flows: ['src/外部/client.ts baseline'] })
  shop.put({ 'src/support/second.ts': REPLY.replace('../ai/', '../外部/').replace('reply', 'second') })
  expect(scan('--today', '2026-11-25')).toMatchObject({ code: 1, flows: ['src/外部/client.ts open'] })
})
