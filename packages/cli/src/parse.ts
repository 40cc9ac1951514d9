/**
 * Source files to modules. Each file stands alone: one that can't be read, parsed or lowered is a gap, never the end of the run.
 */
import { fileURLToPath } from 'node:url'
import { languageIn, type Language, type Module } from '@sekisho/core'
import { fileMessages, type FoundGap, gapOf, readText, type Tree } from '@sekisho/files'
import { fatalPaths, isSuspect } from './fatal.js'
import { messages } from './messages.js'

const ESTREE = 'estree'
/** Languages that are read by their text. */
const NONE = 'none'

export interface SourceText {
  path: string
  text: string
}

export interface Parsed {
  modules: { module: Module; text: string }[]
  gaps: FoundGap[]
}

type Prepared = ReturnType<Language['prepare']>

/** A parser of one grammar: text to tree, or why there is none. */
type Parse = (path: string, prepared: Prepared) => { tree: unknown } | { why: string }

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
  const parsers = await loadParsers(sources, parsed.gaps)
  const fatal = fatalAmong(sources)
  for (const { path, text } of sources) {
    const language = languageIn(path, text)!
    const parse = parsers.get(language.grammar)
    if (parse === undefined) continue
    onFile()
    if (fatal.has(path)) {
      parsed.gaps.push(gapOf(path, 'cut', fileMessages.tooDeep))
      continue
    }
    try {
      const result = parse(path, language.prepare(path, text))
      if ('why' in result) parsed.gaps.push(gapOf(path, 'parse', messages.unparsable(result.why)))
      else parsed.modules.push({ module: language.lower({ path, text, tree: result.tree }), text })
    } catch (error) {
      parsed.gaps.push(
        gapOf(path, 'parse', fileMessages.crashed(error instanceof Error ? error.message : String(error))),
      )
    }
  }
  return parsed
}

/** One a grammar; where it can't be loaded, the files that need it are gaps. */
async function loadParsers(sources: readonly SourceText[], gaps: FoundGap[]): Promise<Map<string, Parse>> {
  const parsers = new Map<string, Parse>()
  for (const grammar of new Set(sources.map(({ path, text }) => languageIn(path, text)!.grammar))) {
    try {
      parsers.set(grammar, await loadParser(grammar))
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0]! : String(error)
      const missing = sources.filter(({ path, text }) => languageIn(path, text)!.grammar === grammar)
      gaps.push(...missing.map(({ path }) => gapOf(path, 'parse', messages.parserMissing(why))))
    }
  }
  return parsers
}

function loadParser(grammar: string): Promise<Parse> | Parse {
  if (grammar === NONE) return () => ({ tree: null })
  return grammar === ESTREE ? loadEcmascript() : loadTreeSitter(grammar)
}

/** Loaded only where its first file is: the module starts a WebAssembly engine. */
async function loadTreeSitter(grammar: string): Promise<Parse> {
  const { loadGrammar } = await import('./grammars.js')
  const parse = await loadGrammar(grammar)
  return (_path, { text }) => parse(text)
}

function fatalAmong(sources: readonly SourceText[]): ReadonlySet<string> {
  const suspects = sources
    .filter(({ path, text }) => languageIn(path, text)!.grammar === ESTREE && isSuspect(text))
    .map(({ path, text }) => {
      const prepared = languageIn(path, text)!.prepare(path, text)
      return { path, text: prepared.text, lang: prepared.dialect }
    })
  return fatalPaths(suspects, fileURLToPath(import.meta.url))
}

/** Fails where the native parser is not installed for this platform. */
async function loadEcmascript(): Promise<Parse> {
  const { parseSync, rawTransferSupported } = await import('oxc-parser')
  const shared = {
    astType: 'ts',
    range: true,
    preserveParens: false,
    // Not in the package's types yet.
    experimentalRawTransfer: rawTransferSupported(),
  } as const
  function parseAs(path: string, text: string, lang: string): ReturnType<Parse> {
    const { program, comments, errors } = parseSync(path, text, { ...shared, lang: lang as 'ts' })
    // Many errors leave the tree whole; a real syntax error leaves none.
    const isLost = errors.length > 0 && program.body.length === 0
    if (!isLost) return { tree: { program, comments } }
    const { message, labels } = errors[0]!
    const line = labels[0] === undefined ? '' : ` (line ${text.slice(0, labels[0].start).split('\n').length})`
    return { why: `${message}${line}` }
  }
  return (path, { text, dialect, simpler }) => {
    const result = parseAs(path, text, dialect)
    if ('tree' in result) return result
    if (simpler !== undefined) return parseAs(path, simpler(), dialect)
    if (dialect !== 'jsx') return result
    // Flow types, or TypeScript in a .js file.
    const typed = parseAs(path, text, 'tsx')
    return 'tree' in typed ? typed : result
  }
}
