import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { split } from './groups.mjs'
import { checkFacts, openPackage } from './npm-types.mjs'
import { checkPython } from './python.mjs'
import { createReport, printTable } from './report.mjs'

const ts = createRequire(import.meta.url)('typescript')
const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)

/** A small SDK with what real ones have: parts, overloads, unions, commands, factories, `any`. */
const types = `
export interface ClientOptions { baseURL?: string; region?: string }
export interface Message { role: string; content: string | { text: string }[] }
declare class Chat { create(body: { messages: Message[]; model: string }): Promise<{ id: string }>; list(): void }
declare class Space { write(body: { rows: unknown[] }): Promise<void> }
export declare class Client {
  constructor(options?: ClientOptions)
  chat: Chat
  files: { upload(file: Blob, options?: { purpose: string }): Promise<void> }
  raw: any
  namespace(name: string): Space
  send(command: SayCommand): Promise<void>
  embed(input: string): Promise<void>
  embed(input: { texts: string[] }, model: string): Promise<void>
  private secret(body: { messages: string }): void
}
export declare class SayCommand { constructor(input: { Text: string }) }
export declare function createClient(options: { url: string }): Promise<Client>
export declare function generate(request: { model: Client; prompt: string }): Promise<void>
export default Client
`

const code = `
class Chat:
    def create(self, *, messages, model, **extra):
        pass


class Client:
    def __init__(self, api_key=None, *, base_url=None):
        self.chat = Chat()

    @property
    def parts(self) -> Chat:
        return self.chat

    def connect(self) -> "Connection":
        return Connection()

    def embed(self, input, model="m"):
        pass


class Connection:
    def __enter__(self) -> Chat:
        return Chat()


def run(agent, text):
    pass
`

let root = ''
let shop: NonNullable<ReturnType<typeof openPackage>>

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sekisho-sdk-'))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  put('node_modules/shop-sdk/package.json', JSON.stringify({ name: 'shop-sdk', version: '1.0.0', types: 'index.d.ts' }))
  put('node_modules/shop-sdk/index.d.ts', types)
  put('shop_sdk/__init__.py', code)
  shop = openPackage(ts, root, 'shop-sdk')!
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

const client = (calls: object[], more: object = {}) => ({
  exports: ['Client', 'default'],
  made: 'new',
  endpoint: ['{option:0.baseURL}'],
  group: 'client 0',
  listed: ['chat.create'],
  calls,
  ...more,
})

function npm(clients: object[], functions: object[] = []) {
  return checkFacts(shop, { packages: ['shop-sdk'], clients, functions })
}

const verdictOf = (clients: object[], fact: string) =>
  npm(clients).verdicts.find((one: { fact: string }) => one.fact === fact)?.verdict

describe('npm types', () => {
  it.each([
    ['chat.create', '0.messages', 'ok'],
    ['chat.create', '0.messages[].content', 'ok'],
    ['chat.create', '0.messages[].content[].text', 'ok'],
    ['chat.create', '0.prompt', 'missing'],
    ['chat.create', '1.messages', 'missing'],
    ['namespace().write', '0.rows', 'ok'],
    ['namespace().write', '0.vectors', 'missing'],
    ['files.upload', '0', 'ok'],
    ['files.upload', '1.purpose', 'ok'],
    ['files.upload', '2', 'missing'],
    ['embed', '0.texts', 'ok'],
    ['embed', '1', 'ok'],
    ['raw.anything.create', '0.messages', 'untyped'],
  ])('%s takes %s: %s', (method, path, verdict) => {
    expect(verdictOf([client([{ method, data: [path] }])], `argument ${path} of ${method}`)).toBe(verdict)
  })

  it('a method, an export or an option that is not there is missing', () => {
    const asked = client([{ method: 'chat.complete', data: ['0'] }], {
      exports: ['Client', 'Gone'],
      endpoint: ['https://{option:0.region|default:a}.example.jp', '{option:0.host}'],
    })
    expect(verdictOf([asked], 'method chat.complete')).toBe('missing')
    expect(verdictOf([asked], 'class Client')).toBe('ok')
    expect(verdictOf([asked], 'class Gone')).toBe('missing')
    expect(verdictOf([asked], 'option 0.region')).toBe('ok')
    expect(verdictOf([asked], 'option 0.host')).toBe('missing')
  })

  it('a class that is called, or a function that is constructed, is missing', () => {
    expect(verdictOf([client([], { made: 'call' })], 'export Client')).toBe('missing')
    expect(verdictOf([client([], { exports: ['createClient'] })], 'class createClient')).toBe('missing')
    const made = client([{ method: 'chat.create', data: ['0.messages'] }], { exports: ['createClient'], made: 'call' })
    expect(verdictOf([made], 'argument 0.messages of chat.create')).toBe('ok')
  })

  it('a command is looked into', () => {
    const when = { argument: '0', instanceOf: ['SayCommand'] }
    expect(verdictOf([client([{ method: 'send', when, data: ['0.$0.Text'] }])], 'argument 0.$0.Text of send')).toBe(
      'ok',
    )
    expect(verdictOf([client([{ method: 'send', when, data: ['0.$0.Body'] }])], 'argument 0.$0.Body of send')).toBe(
      'missing',
    )
    const gone = { argument: '0', instanceOf: ['ShoutCommand'] }
    expect(
      verdictOf([client([{ method: 'send', when: gone, data: ['0.$0.Text'] }])], 'argument 0.$0.Text of send'),
    ).toBe('missing')
  })

  it('functions have arguments', () => {
    const { verdicts } = npm([], [{ exports: ['generate'], data: ['0.prompt', '0.system'], model: '0.model' }])
    expect(Object.fromEntries(verdicts.map(({ fact, verdict }) => [fact, verdict]))).toEqual({
      'export generate': 'ok',
      'argument 0.prompt': 'ok',
      'argument 0.system': 'missing',
      'argument 0.model': 'ok',
    })
  })

  it('lists methods that look as if they send data, not readers, private ones or listed ones', () => {
    expect(Object.entries(npm([client([])]).unlisted)[0]).toEqual(['Client', ['embed', 'files.upload']])
  })

  it('a package that is not installed does not open', () => {
    expect(openPackage(ts, root, 'no-such-sdk')).toBeNull()
  })
})

describe('report', () => {
  const group = { provider: 'shop', ecosystem: 'npm', index: 0, facts: { packages: ['shop-sdk', 'other-sdk'] } }
  const said = (fact: string, verdict: string, part = 'client 0') => ({ verdicts: [{ group: part, fact, verdict }] })

  it('a fact holds where any version has it', () => {
    const report = createReport()
    report.add(group, 'shop-sdk', 'shop-sdk@2.0.0', said('method a', 'missing'))
    report.add(group, 'shop-sdk', 'shop-sdk@1.0.0', said('method a', 'ok'))
    report.add(group, 'shop-sdk', 'shop-sdk@2.0.0', said('method b', 'missing'))
    const done = report.finish({ npm: [group] }, undefined, {})
    expect(done.missing.map(({ fact }: { fact: string }) => fact)).toEqual(['method b'])
    expect(done.unchecked).toEqual([{ provider: 'shop', ecosystem: 'npm', package: 'other-sdk' }])
    expect(printTable(done, false)).toContain('shop shop-sdk: method b')
  })

  it('what a shape gives holds where any client of the shape has it', () => {
    const report = createReport()
    const other = { ...group, provider: 'other' }
    report.add(group, 'shop-sdk', 'shop-sdk@2.0.0', said('method a', 'missing', 'shape s'))
    report.add(other, 'other-sdk', 'other-sdk@1.0.0', said('method a', 'ok', 'shape s'))
    expect(report.finish({ npm: [] }, undefined, {}).missing).toEqual([])
  })

  it('a client of a shape is split', () => {
    const own = { method: 'own', data: ['0'] }
    const shared = { method: 'shared', data: ['0'] }
    const [first, second] = split(
      [{ exports: ['A'], calls: [shared, own], endpoint: [] }],
      [{ shape: 's', calls: [own] }],
    )
    expect([first.group, first.calls, first.listed]).toEqual(['client 0', [own], ['shared', 'own']])
    expect([second.group, second.calls]).toEqual(['shape s', [shared]])
  })
})

describe.skipIf(python === undefined)('reflection', () => {
  const asked = (calls: object[], more: object = {}) => {
    const made = { ...client(calls, more), exports: ['Client'], endpoint: ['{option:base_url}'], ...more }
    const group = { provider: 'shop', ecosystem: 'pypi', index: 0, facts: { packages: ['shop_sdk'], clients: [made] } }
    const report = createReport()
    checkPython(python!, [group], report, { PYTHONPATH: root })
    return report.finish({ pypi: [group] }, undefined, {})
  }

  it('finds methods through constructors, properties and what `with` gives', () => {
    const done = asked([
      { method: 'chat.create', data: ['messages'], model: 'model' },
      { method: 'parts.create', data: ['messages'] },
      { method: 'connect().create', data: ['messages'] },
      { method: 'embed', data: ['0', 'input'], model: 'model' },
    ])
    expect(done.missing).toEqual([])
    expect(done.ok).toBe(done.facts)
  })

  it('says what is missing, and what only `**` may take', () => {
    const done = asked(
      [
        { method: 'chat.complete', data: ['messages'] },
        { method: 'embed', data: ['texts', '2'] },
        { method: 'chat.create', data: ['user'] },
      ],
      { endpoint: ['{option:host}'] },
    )
    expect(done.missing.map(({ fact }: { fact: string }) => fact).sort()).toEqual([
      'argument 2 of embed',
      'argument texts of embed',
      'method chat.complete',
      'option host',
    ])
    expect(done.untyped).toBe(1)
  })
})
