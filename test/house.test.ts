/**
 * The house keeps its own rules: what a contributor adds has one door, one shape and one neighbour. What is not there
 * yet is skipped; what is there must hold. The layers' "who may not import whom" stands in eslint.config.js.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MAX_LINES = 500

/** Folders of doors, and whether a door has its doc beside it, which is also its test. */
const DOORS = [
  { folder: 'packages/core/src/languages', documented: true },
  { folder: 'packages/core/src/config', documented: true },
  { folder: 'packages/core/src/schemas', documented: true },
  { folder: 'packages/cli/src/reporters', documented: false },
]

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const isSource = (file: string) => file.endsWith('.ts') && !/\.(test|generated|d)\.ts$/.test(file)

/** Every file below a folder, relative to the root, sorted; what is built or installed is not there. */
function filesBelow(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !/(^|\/)(node_modules|dist|coverage)\//.test(file) && !file.includes('.generated.'))
    .sort()
}

const packages = readdirSync(join(ROOT, 'packages'))
const sources = packages.flatMap((name) => filesBelow(`packages/${name}/src`))

/** What git tracks or would track; null outside a work tree. */
function gitFiles(...options: string[]): string[] | null {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', ...options], { cwd: ROOT, encoding: 'utf8' })
  return status === 0 ? stdout.split('\0').filter((file) => file && existsSync(join(ROOT, file))) : null
}

const tracked = gitFiles()

/** Files that a module imports by a relative path, types left out: `import type` takes no door. */
function importedFiles(file: string): string[] {
  const text = read(file).replace(/\b(import|export)\s+type\s+(\{[^}]*\}|\w+)\s+from\s*'[^']*'/g, '')
  const paths = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)'(\.{1,2}\/[^']+)'/g)].map(
    ([, path]) => path!,
  )
  return paths.map((path) => join(dirname(file), path).replaceAll('\\', '/').replace(/\.js$/, '.ts'))
}

/** A file or folder directly in a folder of doors, by its name without `.ts`; null for what stands elsewhere. */
function entryIn(folder: string, file: string): string | null {
  if (!file.startsWith(`${folder}/`)) return null
  return file
    .slice(folder.length + 1)
    .split('/')[0]!
    .replace(/\.ts$/, '')
}

/** Cases of a spec: a heading with the code blocks under it, policies left out. */
function casesOf(markdown: string): string[][] {
  const cases: string[][] = [[]]
  let fence: { mark: string; isPolicy: boolean; lines: string[] } | null = null
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})(.*)$/.exec(line)
    if (fence === null) {
      if (/^#{1,6} /.test(line)) cases.push([])
      if (mark) fence = { mark: mark[1]!, isPolicy: mark[2]!.includes('sekisho.yaml'), lines: [] }
    } else if (mark?.[1]!.startsWith(fence.mark) && mark[2]!.trim() === '') {
      if (!fence.isPolicy) cases.at(-1)!.push(fence.lines.join('\n'))
      fence = null
    } else fence.lines.push(line)
  }
  return cases.filter((blocks) => blocks.length > 0)
}

describe.each(DOORS)('doors of $folder', ({ folder, documented }) => {
  const registry = `${folder}/registry.ts`
  const isThere = existsSync(join(ROOT, registry))
  const registered = isThere ? importedFiles(registry).filter((file) => file.startsWith(`${folder}/`)) : []
  const doors = new Set(registered.map((file) => entryIn(folder, file)!))
  const inside = sources.filter((file) => isSource(file) && file !== registry && file.startsWith(`${folder}/`))

  test.skipIf(inside.length === 0)('the registry is there', () => {
    expect(existsSync(join(ROOT, registry)), registry).toBe(true)
  })

  test.skipIf(!isThere)('the registry imports only what is in the folder', () => {
    expect(registered.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  // What no other file imports, even for its types, can only be a door; what has a doc beside it is one, too.
  test.skipIf(!isThere)('the registry imports every door', () => {
    const used = new Set<string>()
    for (const file of sources.filter(
      (file) => file !== registry && file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )) {
      for (const [, path] of read(file).matchAll(/'(\.{1,2}\/[^']+)\.js'/g)) {
        const entry = entryIn(folder, `${join(dirname(file), path!).replaceAll('\\', '/')}.ts`)
        if (entry !== null && entry !== entryIn(folder, file)) used.add(entry)
      }
    }
    for (const [, path] of read(registry).matchAll(/\bimport\s+type\s+(?:\{[^}]*\}|\w+)\s+from\s*'\.\/([^'/]+)\.js'/g))
      used.add(path!)
    const isDocumented = (entry: string) => documented && existsSync(join(ROOT, folder, `${entry}.md`))
    const entries = new Set(inside.map((file) => entryIn(folder, file)!))
    const missing = [...entries].filter((entry) => !doors.has(entry) && (!used.has(entry) || isDocumented(entry)))
    expect(missing, 'not in registry.ts').toEqual([])
  })

  test.skipIf(!isThere || !documented)('every door has a doc with a finding and a clean case', () => {
    const poor = registered.flatMap((file) => {
      const name = file.replace(/\.ts$/, '.md')
      const doc = [name, `${folder}/${entryIn(folder, file)}.md`].find((path) => existsSync(join(ROOT, path)))
      if (doc === undefined) return [`${name} is missing`]
      const cases = casesOf(read(doc))
      const hasFinding = cases.some((blocks) => blocks.some((block) => block.includes('finding:')))
      const hasClean = cases.some((blocks) => blocks.every((block) => !block.includes('finding:')))
      return [...(hasFinding ? [] : [`${doc} has no finding`]), ...(hasClean ? [] : [`${doc} has no clean case`])]
    })
    expect(poor).toEqual([])
  })
})

describe('files', () => {
  test('no folder for what has no name', () => {
    const folders = new Set(sources.flatMap((file) => dirname(file).split('/').slice(3)))
    expect([...folders].filter((name) => /^(utils?|helpers?|common|types)$/.test(name))).toEqual([])
  })

  test('names are kebab-case', () => {
    const named = [...packages.flatMap((name) => filesBelow(`packages/${name}`)), ...filesBelow('docs')]
    const ours = [...named, ...readdirSync(join(ROOT, 'test')).filter((name) => name.endsWith('.ts'))]
    const capitals = /^(README|LICENSE|NOTICE|THIRD-PARTY-NOTICES|CHANGELOG)(\.|$)/
    const isKebab = (name: string) => /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name)
    const folders = (file: string) =>
      dirname(file)
        .split('/')
        .filter((name) => name !== '.')
    const isNamed = (file: string) =>
      (isKebab(basename(file)) || capitals.test(basename(file))) && folders(file).every(isKebab)
    expect(ours.filter((file) => !isNamed(file))).toEqual([])
  })

  test(`nothing in src is longer than ${MAX_LINES} lines`, () => {
    const lines = (file: string) => read(file).replace(/\n$/, '').split('\n').length
    expect(sources.filter((file) => !file.endsWith('.md') && lines(file) > MAX_LINES)).toEqual([])
  })
})

describe.skipIf(tracked === null)('what is committed', () => {
  test('nothing generated', () => {
    expect(tracked!.filter((file) => basename(file).includes('.generated.'))).toEqual([])
  })

  // Built from pieces, so that this file does not name what it looks for.
  test('no path of one machine, no host of a package registry', () => {
    const paths = ['work', 'farm', 'root/.'].map((name) => `/${name}${name.endsWith('.') ? '' : '/'}`)
    const hosts = [
      'registry.npm' + 'js',
      'py' + 'pi.org',
      'proxy.golang' + '.org',
      'static.crates' + '.io',
      'deb.debian' + '.org',
    ]
    const maven = ['repo', 'repo1'].map((name) => `${name}.maven`)
    const escaped = (text: string) => text.replaceAll('.', '\\.')
    const pattern = new RegExp(
      `(?<![\\w.%-])(${paths.map(escaped).join('|')})|(${[...hosts, ...maven].map(escaped).join('|')})`,
    )
    const found = tracked!.flatMap((file) => {
      const text = read(file)
      if (text.includes('\0')) return []
      return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : []))
    })
    expect(found).toEqual([])
  })
})
