/**
 * Source files to modules. Each file stands alone: one that can't be read, parsed or lowered is a gap, never the end of the run.
 */
import { fileURLToPath } from 'node:url'
import { languageOf, type Language, type Module } from '@sekisho/core'
import { fileMessages, type FoundGap, gapOf, readText, type Tree } from '@sekisho/files'
import { fatalPaths, isSuspect } from './fatal.js'
import { messages } from './messages.js'

export interface SourceText {
  path: string
  text: string
}

export interface Parsed {
  modules: { module: Module; text: string }[]
  gaps: FoundGap[]
}

type Dialect = ReturnType<Language['prepare']>['dialect']

/** A parser of one grammar: text to tree, or why there is none. */
type Parse = (path: string, text: string, dialect: Dialect) => SyntaxTree | { why: string }

interface SyntaxTree {
  program: unknown
  comments: unknown[]
}

export function readSources(
  tree: Tree,
  paths: readonly string[],
  limit: number,
): { sources: SourceText[]; gaps: FoundGap[] } {
  const sources: SourceText[] = []
  const gaps: FoundGap[] = []
  for (const path of paths) {
    const read = readText(tree, path, limit, () => true)
    if (read?.gap !== undefined) gaps.push(read.gap)
    else if (read !== null) sources.push({ path, text: read.text })
  }
  return { sources, gaps }
}

export async function parseSources(sources: readonly SourceText[], onFile: () => void): Promise<Parsed> {
  const parsed: Parsed = { modules: [], gaps: [] }
  if (sources.length === 0) return parsed
  let parse: Parse
  try {
    parse = await loadParser()
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    parsed.gaps.push(...sources.map(({ path }) => gapOf(path, 'parse', messages.parserMissing(why))))
    return parsed
  }
  const fatal = fatalAmong(sources)
  for (const { path, text } of sources) {
    onFile()
    if (fatal.has(path)) {
      parsed.gaps.push(gapOf(path, 'cut', fileMessages.tooDeep))
      continue
    }
    try {
      parseOne(path, text, parse, parsed)
    } catch (error) {
      parsed.gaps.push(
        gapOf(path, 'parse', fileMessages.crashed(error instanceof Error ? error.message : String(error))),
      )
    }
  }
  return parsed
}

function fatalAmong(sources: readonly SourceText[]): ReadonlySet<string> {
  const suspects = sources
    .filter(({ text }) => isSuspect(text))
    .map(({ path, text }) => {
      const prepared = languageOf(path)!.prepare(path, text)
      return { path, text: prepared.text, lang: prepared.dialect }
    })
  return fatalPaths(suspects, fileURLToPath(import.meta.url))
}

function parseOne(path: string, text: string, parse: Parse, into: Parsed): void {
  const language = languageOf(path)!
  const prepared = language.prepare(path, text)
  let result = parse(path, prepared.text, prepared.dialect)
  // Flow types, or TypeScript in a .js file.
  if ('why' in result && prepared.dialect === 'jsx') {
    const typed = parse(path, prepared.text, 'tsx')
    if ('program' in typed) result = typed
  }
  if ('why' in result) into.gaps.push(gapOf(path, 'parse', messages.unparsable(result.why)))
  else into.modules.push({ module: language.lower({ path, text, ...result }), text })
}

/** Fails where the native parser is not installed for this platform. */
async function loadParser(): Promise<Parse> {
  const { parseSync, rawTransferSupported } = await import('oxc-parser')
  const shared = {
    astType: 'ts',
    range: true,
    preserveParens: false,
    // Not in the package's types yet.
    experimentalRawTransfer: rawTransferSupported(),
  } as const
  return (path, text, lang) => {
    const { program, comments, errors } = parseSync(path, text, { ...shared, lang })
    // Many errors leave the tree whole; a real syntax error leaves none.
    const isLost = errors.length > 0 && program.body.length === 0
    if (!isLost) return { program, comments }
    const { message, labels } = errors[0]!
    const line = labels[0] === undefined ? '' : ` (line ${text.slice(0, labels[0].start).split('\n').length})`
    return { why: `${message}${line}` }
  }
}
