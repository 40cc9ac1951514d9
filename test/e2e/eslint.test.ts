/** The built plugin in ESLint 9 and 10, on files of the disk: what a user installs and an editor shows. */
import { mkdtempSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ESLint, type Linter } from 'eslint'
import { builtinRules } from 'eslint/use-at-your-own-risk'
import { ESLint as ESLint9 } from 'eslint-9'
import type plugin from 'eslint-plugin-sekisho'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import tseslint from 'typescript-eslint'

const built = new URL('../../packages/eslint-plugin/dist/index.js', import.meta.url)
const { default: sekisho } = (await import(built.href)) as { default: typeof plugin }

const CLIENT = `import OpenAI from 'openai'
const client = new OpenAI()
export function ask(text: string) {
  return client.responses.create({ model: 'gpt-5', input: text })
}
`
const CALLER = `import { ask } from './ask.js'
export async function reply(customer: { phone: string }) {
  await ask(customer.phone)
}
`
const BEDROCK = `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
const bedrock = new BedrockRuntimeClient({ region: 'us-east-1' })
export async function reply(customer: { phone: string }) {
  const messages = [{ role: 'user', content: [{ text: customer.phone }] }]
  await bedrock.send(new ConverseCommand({ modelId: 'anthropic.claude-sonnet-4-5', messages }))
}
`

let root: string
const write = (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sekisho-eslint-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const parser = [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser } }]
const { recommended, strict } = sekisho.configs
const everything = [...parser, recommended, ...sekisho.configs['config-files']]

interface Eslint {
  lintFiles(patterns: string[]): Promise<ESLint.LintResult[]>
  lintText(text: string, options: { filePath: string }): Promise<ESLint.LintResult[]>
}

describe.each([
  ['ESLint 10', ESLint],
  ['ESLint 9', ESLint9 as unknown as typeof ESLint],
])('%s', (_, Class) => {
  const linter = (config: Linter.Config[] = everything, options: object = {}): Eslint =>
    new Class({ cwd: root, overrideConfigFile: true, overrideConfig: config, ...options })
  const said = (results: ESLint.LintResult[]) =>
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column, message, fatal }) => {
        if (fatal) throw new Error(message)
        return `${filePath.slice(root.length + 1)}:${line}:${column} ${ruleId}`
      }),
    )

  test('a flow through another file stands at the last step in the linted one', async () => {
    write({ 'src/ask.ts': CLIENT, 'src/reply.ts': CALLER })
    const results = await linter().lintFiles(['.'])
    expect(said(results)).toEqual(['src/reply.ts:3:13 sekisho/cross-border-flow'])
    expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))[0]).toContain('src/ask.ts:4')
  })

  test('the text that is linted is judged, saved or not, and imported files as they are on disk', async () => {
    write({ 'src/ask.ts': CLIENT, 'src/reply.ts': CALLER })
    const eslint = linter()
    const unsaved = CALLER.replace('ask(customer.phone)', "ask('営業時間')")
    const filePath = join(root, 'src/reply.ts')
    expect(said(await eslint.lintText(unsaved, { filePath }))).toEqual([])
    expect(said(await eslint.lintText(CALLER, { filePath }))).toHaveLength(1)
    await pause(150)
    write({ 'src/ask.ts': CLIENT.replace('new OpenAI()', "new OpenAI({ baseURL: 'http://localhost:11434/v1' })") })
    expect(said(await eslint.lintText(CALLER, { filePath }))).toEqual([])
  })

  test('rules of others that are on for all files neither fail on config files nor find anything there', async () => {
    const dotenv = 'OPENAI_BASE_URL=https://api.openai.com/v1  '
    write({ '.env': dotenv, 'a.yaml': `a: 1 \n\n\n\n\tb`, 'infra/Makefile': 'all:\n\techo 1', 'c.json': '{"a":1,}' })
    const builtin = [...builtinRules.keys()].map((name) => [name, 'error'] as const)
    const typed = Object.keys((tseslint.plugin as ESLint.Plugin).rules!).map(
      (name) => [`@typescript-eslint/${name}`, 'error'] as const,
    )
    const all = {
      plugins: { '@typescript-eslint': tseslint.plugin as never },
      rules: Object.fromEntries([...builtin, ...typed]),
    }
    const results = await linter([all, ...everything]).lintFiles(['.'])
    expect(results.map(({ filePath }) => filePath.slice(root.length + 1))).toHaveLength(4)
    expect(said(results)).toEqual(['.env:1:17 sekisho/review'])
  })

  test("a file for which another plugin names its parser stays that plugin's, wherever the configurations stand", async () => {
    write({ 'a.yaml': 'openai:\n  base_url: https://api.openai.com/v1\n', 'broken.yaml': 'a: [' })
    const seen: string[] = []
    const yaml = {
      meta: { name: 'yaml-eslint-parser' },
      parseForESLint(text: string) {
        if (text.endsWith('[')) throw Object.assign(new Error('no end'), { lineNumber: 1, column: 4 })
        const at = { range: [0, text.length], loc: { start: { line: 1, column: 0 }, end: { line: 3, column: 0 } } }
        const pair = { type: 'YAMLPair', ...at }
        const ast = { type: 'Program', body: [pair], tokens: [], comments: [], sourceType: 'module', ...at }
        return { ast, services: { isYAML: true }, visitorKeys: { Program: ['body'], YAMLPair: [] } }
      },
    }
    const rule = {
      create: ({
        sourceCode,
      }: {
        sourceCode: { parserServices: { isYAML?: boolean }; getAllComments(): unknown[] }
      }) => ({
        YAMLPair: () => seen.push(`${sourceCode.parserServices.isYAML} ${sourceCode.getAllComments().length}`),
      }),
    }
    const theirs = {
      files: ['**/*.yaml'],
      plugins: { yml: { rules: { pair: rule } } },
      languageOptions: { parser: yaml, globals: { window: 'readonly' } },
      rules: { 'yml/pair': 'error' },
    } as unknown as Linter.Config
    for (const config of [
      [theirs, ...everything],
      [...everything, theirs],
    ]) {
      seen.length = 0
      const results = await linter(config).lintFiles(['.'])
      expect(results.flatMap(({ messages }) => messages.map(({ ruleId, line }) => [ruleId, line])).sort()).toEqual([
        [null, 1],
        ['sekisho/review', 2],
      ])
      expect(seen).toEqual(['true 0'])
    }
  })

  test('a block of a document is judged no more than by the scanner, one of a page beside it', async () => {
    write({ 'README.md': 'x', 'src/ask.ts': CLIENT, 'src/Page.astro': 'x' })
    const block: Linter.Processor = {
      preprocess: () => [{ text: CALLER, filename: '0.ts' }],
      postprocess: (messages) => messages.flat(),
    }
    const processed = {
      files: ['**/*.md', '**/*.astro'],
      plugins: { page: { processors: { block } } },
      processor: 'page/block',
    }
    const results = await linter([...everything, processed as Linter.Config]).lintFiles(['README.md', 'src/Page.astro'])
    expect(said(results)).toEqual(['src/Page.astro:3:13 sekisho/cross-border-flow'])
  })

  test('a file below what is no folder', async () => {
    write({ 'notes.txt': 'x' })
    const results = await linter().lintText(CLIENT, { filePath: join(root, 'notes.txt/new.ts') })
    expect(said(results)).toEqual([])
  })

  test('offers the region in Japan, and fixes nothing by itself', async () => {
    write({ 'src/reply.ts': BEDROCK })
    const [result] = await linter(everything, { fix: true }).lintFiles(['.'])
    const [message] = result!.messages
    expect(message).toMatchObject({ ruleId: 'sekisho/cross-border-flow', line: 5 })
    expect(BEDROCK.split('\n')[4]!.slice(message!.column - 1)).toMatch(/^messages \}/)
    const [tokyo] = message!.suggestions!
    expect(tokyo!.fix.text).toBe("'ap-northeast-1'")
    expect(BEDROCK.slice(...tokyo!.fix.range)).toBe("'us-east-1'")
    expect(readFileSync(join(root, 'src/reply.ts'), 'utf8')).toBe(BEDROCK)
  })

  test('config files have languages; a directive in a comment holds', async () => {
    write({
      '.env.production': 'OPENAI_BASE_URL=https://api.openai.com/v1\n',
      'compose.yaml': 'services:\n  web:\n    environment:\n      OPENAI_BASE_URL: https://api.openai.com/v1\n',
      '.env.local':
        '# eslint-disable-next-line sekisho/review -- see the register\nOPENAI_BASE_URL=https://api.openai.com/v1\n',
    })
    expect(said(await linter().lintFiles(['.'])).sort()).toEqual([
      '.env.production:1:17 sekisho/review',
      'compose.yaml:4:24 sekisho/review',
    ])
  })

  test('a broken policy is told at its line, and once in a file that could matter', async () => {
    write({ 'sekisho.yaml': 'version: 1\nlocale: fr\n', 'src/ask.ts': CLIENT, 'src/sum.ts': 'export const sum = 1\n' })
    const results = await linter().lintFiles(['.'])
    expect(said(results).sort()).toEqual(['sekisho.yaml:2:9 sekisho/policy', 'src/ask.ts:1:1 sekisho/policy'])
  })

  test('messages in the language of the policy, of the settings, of the rule', async () => {
    write({ 'sekisho.yaml': 'version: 1\nlocale: ja\n', 'src/reply.ts': BEDROCK })
    const first = async (config: Linter.Config[]) => (await linter(config).lintFiles(['.']))[0]!.messages[0]!.message
    expect(await first([...parser, recommended])).toContain('電話番号')
    expect(await first([...parser, recommended, { settings: { sekisho: { locale: 'en' } } }])).toContain('Phone')
    const rules = { 'sekisho/cross-border-flow': ['error', { locale: 'en' }] } as const
    expect(await first([...parser, recommended, { rules: rules as unknown as Linter.RulesRecord }])).toContain('Phone')
  })

  test('names are shown, and are neither control sequences nor commands', async () => {
    write({
      'src/ask\u001b[31m.ts': CLIENT,
      'src/reply.ts': CALLER.replace('./ask.js', './ask\u001b[31m.js'),
      'a.yaml': '"openai\\e[2J\\r##vso[x]base_url": https://api.openai.com/v1\n',
      'sekisho.yaml': 'version: 1\n',
    })
    const results = await linter().lintFiles(['.'])
    const shown = results.flatMap(({ messages }) => messages.map(({ message }) => message))
    expect(shown).toHaveLength(2)
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect(shown.filter((message) => /[\u0000-\u001f]|##\[|##vso\[/.test(message))).toEqual([])
    write({ 'sekisho.yaml': 'version: 1\n"a\\e[31m##[error]": 1\n' })
    const [refused] = await linter().lintFiles(['sekisho.yaml'])
    // eslint-disable-next-line no-control-regex -- likewise
    expect(refused!.messages.filter(({ message }) => /[\u0000-\u001f]|##\[/.test(message))).toEqual([])
    expect(refused!.messages).not.toEqual([])
  })

  test('notes are shown by strict', async () => {
    write({ 'src/ask.ts': CLIENT })
    expect(said(await linter([...parser, recommended]).lintFiles(['.']))).toEqual([])
    expect(said(await linter([...parser, strict]).lintFiles(['.']))).toEqual(['src/ask.ts:2:16 sekisho/review'])
  })

  test('what is too large to be followed is said, whatever the time', async () => {
    const large = `import 'openai'\n${'// 営業時間のお知らせ\n'.repeat(20_000)}`
    write({ 'src/a.ts': `export { ask } from './ask.js'\n${large}`, 'src/b.ts': large, 'src/ask.ts': CLIENT })
    const text = `import './b.js'\n${CALLER.replace('./ask.js', './a.js')}`
    const [result] = await linter([...parser, strict]).lintText(text, { filePath: join(root, 'src/reply.ts') })
    expect(result!.messages.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringMatching(/^1 .*sekisho scan/),
    ])
  })

  test("ESLint's cache does not outlive the policy", async () => {
    const configFile = join(root, 'eslint.config.mjs')
    write({
      'src/reply.js': BEDROCK.replace(/: \{ phone: string \}/, ''),
      'eslint.config.mjs': `import sekisho from ${JSON.stringify(fileURLToPath(built))}\nexport default [sekisho.configs.recommended]\n`,
    })
    const run = async () => {
      const options = { cwd: root, overrideConfigFile: configFile, cache: true, cacheLocation: join(root, '.cache') }
      const here = process.cwd
      process.cwd = () => root
      try {
        return said(await new Class(options).lintFiles(['src']))
      } finally {
        process.cwd = here
      }
    }
    expect(await run()).toHaveLength(1)
    await pause(150)
    write({ 'sekisho.yaml': 'version: 1\nexclude: [src/**]\n' })
    expect(await run()).toEqual([])
    // Nor an exception its last day, though no file changes.
    const exception = '{ id: EX-1, rule: cross-border-flow, path: src/reply.js, data: [phone], reason: r, approver: p'
    write({ 'sekisho.yaml': `version: 1\nexceptions:\n  - ${exception}, expiry: 2027-03-31 }\n` })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-31T12:00:00+09:00') })
    try {
      await pause(150)
      expect(await run()).toEqual([])
      vi.setSystemTime(Date.parse('2027-04-01T00:00:00+09:00'))
      await pause(150)
      expect(await run()).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })
})

test('runs in several threads as in one', { timeout: 60_000 }, async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`src/reply-${i}.js`, BEDROCK.replace(/: \{ phone: string \}/, '')]),
  )
  write({
    ...files,
    'eslint.config.mjs': `import sekisho from ${JSON.stringify(fileURLToPath(built))}\nexport default [sekisho.configs.recommended]\n`,
  })
  const run = async (concurrency: number | 'off') => {
    const results = await new ESLint({
      cwd: root,
      overrideConfigFile: join(root, 'eslint.config.mjs'),
      concurrency,
    }).lintFiles(['src'])
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line }) => `${filePath}:${line} ${ruleId}`),
    )
  }
  const one = await run('off')
  expect(one).toHaveLength(12)
  expect(await run(2)).toEqual(one)
})
