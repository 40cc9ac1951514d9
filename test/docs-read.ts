/** The page on what is read, made from the specs: each language, schema and format with what its own document says first and shows first. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { languages } from '../packages/core/src/languages/registry.js'
import { configFormats } from '../packages/core/src/config/registry.js'
import { schemaFormats } from '../packages/core/src/schemas/registry.js'

const core = fileURLToPath(new URL('../packages/core/', import.meta.url))
const LONGEST_EXAMPLE = 45
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/

interface Spec {
  title: string
  en: string
  ja: string
  cases: { name: string; text: string }[]
}

/** A spec's title, its two sentences, and its cases as they are written. */
export function specOf(path: string): Spec {
  const markdown = readFileSync(join(core, 'src', path), 'utf8')
  const [head = '', ...cases] = markdown.split(/^## /m)
  const [title = '', ...lines] = head.trim().split('\n')
  const said = lines.join('\n').trim().split('\n\n')[0]!.split('\n')
  const firstJapanese = said.findIndex((line) => JAPANESE.test(line) && !/^[A-Za-z`.]/.test(line.replaceAll('`', '')))
  const at = firstJapanese < 0 ? said.findIndex((line, index) => index > 0 && JAPANESE.test(line)) : firstJapanese
  if (at <= 0) throw new Error(`${path}: a sentence in English and one in Japanese must stand below its title`)
  return {
    title: title.replace(/^# /, ''),
    en: said.slice(0, at).join(' '),
    ja: said.slice(at).join(''),
    cases: cases.map((text) => {
      const [name = '', ...rest] = text.split('\n')
      return { name, text: rest.join('\n').trim() }
    }),
  }
}

/** The first case that finds something and is short, its code blocks alone. */
function exampleOf({ cases }: Spec): string {
  const found = cases.filter(({ text }) => /\bfinding: /.test(text))
  const short = found.find(({ text }) => text.split('\n').length <= LONGEST_EXAMPLE) ?? found[0]
  if (short === undefined) return ''
  const blocks = short.text.match(/^```[^]*?^```$/gm) ?? []
  return `\n\n${short.name}:\n\n${blocks.join('\n\n')}`
}

function partOf(path: string, files: string): string {
  const spec = specOf(path)
  return `### ${spec.title}\n\n${spec.en}\n${spec.ja}${files}${exampleOf(spec)}`
}

interface Tool {
  name: { en: string; ja: string }
  files: string[]
}

function toolsTable(): string {
  const folder = join(core, 'data/config')
  const tools = readdirSync(folder).map(
    (name) => parse(readFileSync(join(folder, name), 'utf8'), { merge: true }) as Tool,
  )
  const rows = tools.map(({ name, files }) => {
    const both = name.ja === name.en ? name.en : `${name.en}<br>${name.ja}`
    return `| ${both} | ${files.map((file) => `\`${file}\``).join(', ')} |`
  })
  return ['| tool | files |', '|---|---|', ...rows].join('\n')
}

/** Sections of the page, after its introduction. */
export function readParts(): string[] {
  return [
    '## Languages',
    ...languages.map(({ id, extensions }) =>
      partOf(`languages/${id}.md`, `\n\nFiles: ${extensions.length > 0 ? codes(extensions) : 'known by their text'}`),
    ),
    '## Schemas',
    ...schemaFormats.map(({ id }) => partOf(`schemas/${id}.md`, '')),
    '## Settings',
    ...configFormats.map(({ id }) => partOf(`config/${id}.md`, '')),
    '### Tools whose settings are understood by name',
    toolsTable(),
  ]
}

const codes = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(', ')
