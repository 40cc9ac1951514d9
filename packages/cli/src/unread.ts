/** Code that nobody here reads: where it could matter, that it was not read is said. */
import { catalogue, extensionOf, formatOfScript, interpreterIn, languageIn, languageOf } from '@sekisho/core'
import { createPrefilter, fileMessages, gapOf, gapOfContent, type FoundGap, type Tree } from '@sekisho/files'
import { inUtf8, look } from './select.js'
import type { Memory } from './memory.js'

/** Files without an extension whose first line names the program that runs them: of a language, of a shell, and the rest. */
export function scriptsAmong(
  tree: Tree,
  paths: readonly string[],
  limit: number,
): { read: string[]; shell: string[]; unread: { path: string; language: string }[] } {
  tree.expect(paths)
  const shell: string[] = []
  const read: string[] = []
  const unread: { path: string; language: string }[] = []
  for (const path of paths) {
    const content = tree.peek(path, limit)
    if (content.kind !== 'bytes') continue
    const head = inUtf8(content.bytes.subarray(0, MOST_HEAD)).toString()
    const interpreter = interpreterIn(head)
    if (interpreter === null) continue
    if (formatOfScript(interpreter) !== undefined) shell.push(path)
    else if (languageIn(path, head) !== null) read.push(path)
    else unread.push({ path, language: interpreter })
  }
  return { read, shell, unread }
}

const MOST_HEAD = 256

const PLAIN_WORD = /^[a-z]+$/

/** Files of languages that are known but not read. */
export function unreadAmong(paths: readonly string[]): { path: string; language: string }[] {
  return paths.flatMap((path) => {
    const language = BUILD_SCRIPT.test(path) ? null : unreadLanguageOf(path)
    return language === null ? [] : [{ path, language }]
  })
}

/** The name of a language that is known but not read. */
export function unreadLanguageOf(path: string): string | null {
  const extension = languageOf(path) === null ? extensionOf(path) : null
  if (extension === null) return null
  return catalogue.data.unread.languages.find((one) => one.extensions.includes(extension))?.name ?? null
}

/** Their dependencies say what the code beside them says. */
const BUILD_SCRIPT = /\.gradle\.kts$/

export function gapsOfUnread(
  tree: Tree,
  files: readonly { path: string; language: string }[],
  tokens: readonly string[],
  limit: number,
  memory: Memory,
): FoundGap[] {
  if (files.length === 0) return []
  const { mentions, languages } = catalogue.data.unread
  const named = tokens.filter((token) => !PLAIN_WORD.test(token))
  const prefilter = createPrefilter([...named, ...mentions, ...languages.flatMap((one) => one.mentions ?? [])])
  const known = files.map(({ path }) => memory.recall(tree.idOf(path), path, prefilter.key))
  tree.expect(files.filter((_, at) => known[at] === null).map(({ path }) => path))
  return files.flatMap(({ path, language }, at) => {
    const looked = known[at] ?? look(tree, path, prefilter, limit)
    if (!('matches' in looked)) {
      return gapOfContent(tree, path, looked, limit, (bytes) => prefilter.matches(bytes)) ?? []
    }
    memory.keep(tree.idOf(path), path, prefilter.key, looked)
    return looked.matches ? [gapOf(path, 'parse', fileMessages.unreadLanguage(language))] : []
  })
}
