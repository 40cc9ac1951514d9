/**
 * What commands say: variables that are set, URLs that are called, and what the tools of clouds set up (`az … create --location …`),
 * each as settings. A tool's words up to its first flag are the type of the resource, its flags are the attributes.
 */
import type { Span } from '../../location.js'
import { folderOf, relativeTo } from '../scope-path.js'
import type { ConfigFile, SettingName } from '../setting.js'
import { addComment, addGap, addSetting } from '../tree.js'
import { commandsIn, type ShellOptions, type Word } from './words.js'

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/
const SETS = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'env'])
const CALLS = new Set(['curl', 'wget', 'http', 'https', 'xh'])
const CLOUDS = new Set(['az', 'azd', 'aws', 'gcloud', 'oci', 'ibmcloud'])

export function addCommands(file: ConfigFile, text: string, span: Span, options: ShellOptions = {}): void {
  const onCut = (at: number) =>
    addGap(
      file,
      { start: at, end: at + 1 },
      'cut',
      'too many words: the rest was not read',
      '語が多すぎるため、残りは読んでいません',
    )
  const onComment = (comment: Span) => addComment(file, text, comment)
  for (const words of commandsIn(text, span, { ...options, onCut, onComment })) addCommand(file, text, words)
}

function addCommand(file: ConfigFile, text: string, words: readonly Word[]): void {
  let at = 0
  const before = file.settings.length
  const first = words[0]!.texts[0]!
  const isSet = SETS.has(first)
  if (isSet) at++
  for (; at < words.length; at++) {
    if (isSet && words[at]!.texts[0]!.startsWith('-')) continue
    if (!addAssignment(file, text, words[at]!, first === 'export' || first === 'env')) break
  }
  // NAME=value command
  if (!isSet && at > 0 && at < words.length)
    for (const setting of file.settings.slice(before)) setting.environment = setting.path.at(-1) ?? null
  if (at >= words.length) return
  const rest = words.slice(at)
  addGiven(file, text, rest)
  const name = rest[0]!.texts[0]!.replace(/^[@+-]+/, '').replace(/^.*\//, '')
  if (CALLS.has(name)) addCall(file, name, rest)
  else if (CLOUDS.has(name)) addTool(file, name, rest)
}

/** `NAME=value`, as one word. */
export function addAssignment(file: ConfigFile, text: string, word: Word, isExported: boolean): boolean {
  const found = ASSIGNMENT.exec(word.texts[0]!)
  if (found === null) return false
  const name = found[1]!
  const written = text.indexOf('=', word.span.start) + 1
  let value = { start: Math.min(written, word.span.end), end: word.span.end }
  if (/["']/.test(text[value.start] ?? '') && text[value.end - 1] === text[value.start])
    value = { start: value.start + 1, end: Math.max(value.start + 1, value.end - 1) }
  add(
    file,
    [name],
    word.texts.map((each) => each.slice(each.indexOf('=') + 1)),
    {
      key: { start: word.span.start, end: word.span.start + name.length },
      value,
      names: [{ scope: file.path, name }],
      environment: isExported ? name : null,
    },
  )
  return true
}

/** A setting of one or more texts. */
export function add(
  file: ConfigFile,
  path: readonly string[],
  texts: readonly string[],
  rest: { key: Span; value: Span; names?: SettingName[]; environment?: string | null },
): void {
  const references = texts.flatMap((each) => [...each.matchAll(/\$\{([^{}$?]+)\}/g)].map(([, name]) => name!))
  const spans = { key: rest.key, value: rest.value }
  const setting = addSetting(file, path, texts[0] ?? null, spans, rest.environment ?? null, references)
  if (setting === null) return
  if (texts.length > 1) setting.alternatives = texts.slice(1)
  if (rest.names !== undefined) setting.names = rest.names
}

/** Flags that give a variable to a program: `docker run -e NAME=value`, `gcloud run deploy --set-env-vars NAME=value`. */
const GIVES = /^(?:-e|--env|--env-vars?|--(?:set|update)-env-vars|--build-arg)(?:=|$)/

function addGiven(file: ConfigFile, text: string, words: readonly Word[]): void {
  for (let at = 1; at < words.length; at++) {
    const flag = GIVES.exec(words[at]!.texts[0]!)
    if (flag === null) continue
    const { texts, span } = words[at]!
    const inline = flag[0].endsWith('=')
    const length = flag[0].length
    const word = inline
      ? {
          texts: texts.map((each) => each.slice(length)),
          span: { start: Math.min(span.start + length, span.end), end: span.end },
        }
      : words[at + 1]
    if (word !== undefined) addAssignment(file, text, word, true)
  }
}

function addCall(file: ConfigFile, name: string, words: readonly Word[]): void {
  for (const word of words.slice(1))
    if (/^(?:https?:\/\/|\$\{[^{}]+\}\/)/i.test(word.texts[0]!))
      add(file, [name], word.texts, { key: words[0]!.span, value: word.span })
}

function addTool(file: ConfigFile, name: string, words: readonly Word[]): void {
  const flag = words.findIndex((word) => word.texts[0]!.startsWith('-'))
  const verbs = words.slice(1, flag < 0 ? words.length : flag).map((word) => word.texts[0]!)
  const type = [name, ...verbs.slice(0, 5).filter((verb) => /^[a-z][\w-]*$/i.test(verb))].join(' ')
  const { start } = words[0]!.span
  const path = [type, `#${start}`]
  const span = { start, end: words[0]!.span.end }
  file.resources?.push({ type, name: path.join(' '), path, span, parent: null, provider: null })
  const given: Word[] = []
  let template: string | null = null
  for (let at = flag < 0 ? words.length : flag; at < words.length; at++) {
    const [, key, inline] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(words[at]!.texts[0]!) ?? []
    if (key === undefined) {
      if (key === undefined && /^[A-Za-z_]\w*=/.test(words[at]!.texts[0]!)) given.push(words[at]!)
      continue
    }
    const next = words[at + 1]
    if (inline !== undefined) {
      const from = words[at]!.span.start + key.length + 3
      const value = { start: Math.min(from, words[at]!.span.end), end: words[at]!.span.end }
      add(
        file,
        [...path, key],
        words[at]!.texts.map((each) => each.slice(each.indexOf('=') + 1)),
        { key: words[at]!.span, value },
      )
    } else if (next !== undefined && !next.texts[0]!.startsWith('-')) {
      if (/^(?:template-file|f)$/.test(key)) template = next.texts[0]!
      // --parameters a=b c=d, --set-env-vars A=b
      if (ASSIGNMENT.test(next.texts[0]!)) continue
      add(file, [...path, key], next.texts, { key: words[at]!.span, value: next.span })
    }
  }
  if (template !== null) addParameters(file, path, given, template)
}

// az deployment sub create --template-file main.bicep --parameters location=japaneast
function addParameters(file: ConfigFile, path: readonly string[], given: readonly Word[], template: string): void {
  const scopes = new Set([template.replace(/^\.\//, ''), relativeTo(folderOf(file.path), template)])
  for (const { texts, span } of given) {
    const name = ASSIGNMENT.exec(texts[0]!)![1]!
    const names = [...scopes].flatMap((scope) => (scope === null ? [] : [{ scope, name }]))
    const middle = Math.min(span.start + name.length + 1, span.end)
    add(
      file,
      [...path, 'parameters', name],
      texts.map((each) => each.slice(each.indexOf('=') + 1)),
      {
        key: { start: span.start, end: middle - 1 },
        value: { start: middle, end: span.end },
        names,
      },
    )
  }
}
