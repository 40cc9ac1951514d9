import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../packages/cli/src/arguments.js'
import { catalogue } from '../packages/core/src/catalog/load.js'
import { ruleIds } from '../packages/core/src/finding.js'
import { parsePolicy } from '../packages/core/src/policy/parse.js'
import { references, root } from './docs.js'
import { casesOf } from './spec/document.js'
import { checkCase } from './spec/run.js'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('reference documents are fresh (`pnpm run docs` writes them)', () => {
  // One of them starts the tool for every command.
  test.each(Object.entries(references))('%s', { timeout: 60_000 }, async (path, render) => {
    await expect(render()).toMatchFileSnapshot(join(root, path))
  })

  test('and nothing else stands beside them', () => {
    const there = readdirSync(join(root, 'docs/reference')).map((name) => `docs/reference/${name}`)
    expect(there.sort()).toEqual(Object.keys(references).sort())
  })
})

test('every rule has its document', () => {
  const documents = readdirSync(join(root, 'docs/rules')).map((name) => name.replace(/\.md$/, ''))
  expect(documents.sort()).toEqual([...ruleIds].sort())
})

const documents = ['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below('docs')]

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

test.each(documents)('links of %s lead somewhere', (path) => {
  const prose = read(path).replace(/```[\s\S]*?```/g, '')
  const targets = [...prose.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target!)
  expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
})

test.each(['packages/cli', 'packages/eslint-plugin'])(
  'links of the documents in %s lead to what is packed',
  (folder) => {
    const packed = [`${folder}/README.md`, ...below(`${folder}/docs`)]
    const wrong = packed.flatMap((path) => {
      const prose = read(path).replace(/```[\s\S]*?```/g, '')
      const targets = [...prose.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target!)
      const missing = targets.filter((target) => !existsSync(join(root, dirname(path), target)))
      return missing.map((target) => `${path}: ${target}`)
    })
    expect(packed.length).toBeGreaterThan(5)
    expect(wrong).toEqual([])
  },
)

/** `sekisho …` as documents show it: at the beginning of a line of an example, or as code in the text. */
const SHOWN = /(?:^|`)[ \t]*(?:- )?(?:(?:run|script|entry): |exec )?(?:npx (?:--no-install )?)?sekisho ([^`\n|]*)/gm

const commandsOf = (path: string) =>
  [...read(path).matchAll(SHOWN)]
    .map(([, written]) => written!.replace(/\s#.*$/, '').trim())
    .filter((written) => written !== '' && !written.includes('…'))

test.each(documents)('the commands that %s shows are commands', (path) => {
  const words = (written: string) => written.match(/(?:<[^>]*>|"[^"]*"|'[^']*'|[^\s"'<]+)+/g) ?? []
  const refused = commandsOf(path).flatMap((written) => {
    const parsed = parseArguments(words(written), '0.0.0', 'en')
    // A command that is only named lacks its arguments.
    const isNamed = !written.includes(' ') && parsed.kind === 'exit' && parsed.stderr.includes('missing required')
    return parsed.kind === 'exit' && parsed.code !== 0 && !isNamed ? [`${written}: ${parsed.stderr}`] : []
  })
  expect(refused).toEqual([])
})

test('the guide and the workflows show commands', () => {
  for (const path of ['README.md', 'docs/guide.md', 'docs/workflows.md', 'docs/workflows.ja.md', 'docs/reports.md'])
    expect(commandsOf(path).length).toBeGreaterThan(1)
})

/** Rows of a bounds table: `| \`file.ts\` | \`name\` | number | … |`. */
const bounds = [...read('docs/architecture.md').matchAll(/^\| `([\w./-]+\.ts)` \| `(\w+)` \| ([\d,]+)/gm)]

test('the bounds that the architecture names are those of the code', () => {
  expect(bounds.length).toBeGreaterThan(20)
  const wrong = bounds.filter(([, file, name, number]) => {
    const value = number!.replaceAll(',', '')
    const written = new RegExp(`\\b${name}(?:: \\w+)? ?[=:] ?(\\d[\\d_* <]*)`).exec(read(`packages/${file}`))?.[1]
    return written === undefined || String(valueOf(written)) !== value
  })
  expect(wrong.map(([row]) => row)).toEqual([])
})

/** `50_000`, `4 * 1024 * 1024`, `1 << 20` */
function valueOf(written: string): number {
  const [left, right] = written.replaceAll('_', '').split('<<')
  const product = left!.split('*').reduce((value, factor) => value * Number(factor), 1)
  return right === undefined ? product : product * 2 ** Number(right)
}

const guides = ['docs/guide.md', 'docs/guide.ja.md'].map((path) => ({ path, cases: casesOf(read(path)) }))

describe.each(guides)('$path', ({ path, cases }) => {
  test('has cases', () => expect(cases.length).toBeGreaterThan(5))
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(checkCase(each, path)).toBe('')
  })
})

test.each(['README.md', 'README.ja.md'])('the policy in %s is one', (path) => {
  const [, text] = /```yaml\n([\s\S]*?)```/.exec(read(path))!
  const { presets, dataClasses, providers } = catalogue.data
  const parsed = parsePolicy({
    file: 'sekisho.yaml',
    text: text!,
    read: () => null,
    presets,
    dataClasses,
    providers: providers.map(({ id }) => id),
    digest: (each) => each,
  })
  expect(parsed.warnings).toEqual([])
})

test.each([
  ['README.md', 'en'],
  ['README.ja.md', 'ja'],
])('%s shows a finding as it is printed', (path, locale) => {
  const cli = join(root, 'packages/cli/dist/sekisho.js')
  const argv = [cli, 'scan', 'test/shop', '--locale', locale, '--no-color', '--no-cache']
  const { stdout } = spawnSync(process.execPath, argv, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  const [, shown] = /```text\n([\s\S]*?)```/.exec(read(path))!
  const parts = shown!.split(/^ *…\n/m).filter((part) => part.trim() !== '')
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(stdout).toContain(part)
})
