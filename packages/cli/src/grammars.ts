/**
 * Tree-sitter's grammars, compiled to WebAssembly: one artefact for every platform, nothing native at install. Each is loaded
 * when its first file is parsed. A tree is copied into plain data at once, without recursion, and freed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SyntaxNode } from '@sekisho/core'
import { Language, Parser, type TreeCursor } from 'web-tree-sitter'
import { messages } from './messages.js'

export type ParseTree = (text: string) => { tree: SyntaxNode } | { why: string }

/** The parser asks about this often whether to go on: well-formed text needs 25 callbacks for 1,000 characters, hostile text less. */
const CALLBACKS = 10_000
const CHARACTERS_PER_CALLBACK = 4

let started: Promise<void> | null = null
const loaded = new Map<string, Promise<ParseTree>>()

/** Fails where the package was installed without its grammars. */
export function loadGrammar(name: string): Promise<ParseTree> {
  let parse = loaded.get(name)
  if (parse === undefined) loaded.set(name, (parse = load(name)))
  return parse
}

async function load(name: string): Promise<ParseTree> {
  started ??= Parser.init({ locateFile: () => grammarFile('web-tree-sitter.wasm') })
  await started
  const language = await Language.load(readFileSync(grammarFile(`tree-sitter-${name}.wasm`)))
  const parser = new Parser()
  parser.setLanguage(language)
  const words = vocabularyOf(language)
  return (text) => {
    let left = CALLBACKS + text.length / CHARACTERS_PER_CALLBACK
    const tree = parser.parse(text, null, { progressCallback: () => --left < 0 })
    if (tree === null) {
      parser.reset()
      return { why: messages.parserGaveUp }
    }
    const cursor = tree.walk()
    const copied = copy(cursor, words)
    cursor.delete()
    tree.delete()
    return { tree: copied }
  }
}

/** Beside the bundle; run from source, where the build has put them. */
function grammarFile(name: string): string {
  const beside = fileURLToPath(new URL(`grammars/${name}`, import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../dist/grammars/${name}`, import.meta.url))
}

interface Copied extends SyntaxNode {
  children: Copied[]
}

/** What a grammar's numbers mean, looked up once: every question to the parser crosses into WebAssembly. */
interface Vocabulary {
  types: readonly string[]
  named: readonly boolean[]
  /** Brackets, quotes and separators. */
  punctuation: readonly boolean[]
  fields: readonly (string | null)[]
}

function vocabularyOf(language: Language): Vocabulary {
  const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id)
  const types = ids.map((id) => language.nodeTypeForId(id) ?? '')
  const named = ids.map((id) => language.nodeTypeIsNamed(id))
  return {
    types,
    named,
    punctuation: types.map((type, id) => !named[id] && /^(?:[()[\]{},;:.]|["'`]+)$/.test(type)),
    fields: [null, ...Array.from({ length: language.fieldCount }, (_, id) => language.fieldNameForId(id + 1))],
  }
}

function copy(cursor: TreeCursor, words: Vocabulary): SyntaxNode {
  const root = nodeAt(cursor, words)
  const parents = [root]
  if (!cursor.gotoFirstChild()) return root
  for (;;) {
    const isPunctuation = words.punctuation[cursor.nodeTypeId] === true && cursor.currentFieldId === 0
    if (!isPunctuation) {
      const node = nodeAt(cursor, words)
      parents.at(-1)!.children.push(node)
      if (cursor.gotoFirstChild()) {
        parents.push(node)
        continue
      }
    }
    while (!cursor.gotoNextSibling()) {
      parents.pop()
      if (!cursor.gotoParent() || parents.length === 0) return root
    }
  }
}

function nodeAt(cursor: TreeCursor, { types, named, fields }: Vocabulary): Copied {
  const id = cursor.nodeTypeId
  const start = cursor.startIndex
  const end = cursor.endIndex
  return {
    // errors have a number beyond the grammar's
    type: types[id] ?? cursor.nodeType,
    named: named[id] ?? true,
    field: fields[cursor.currentFieldId] ?? null,
    start,
    end,
    children: [],
    missing: start === end && cursor.nodeIsMissing,
  }
}
