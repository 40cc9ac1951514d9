/** The code that must be parsed: files that hold a token, and those that imports tie to them. */
import {
  isContainer,
  catalogue,
  channelReader,
  createResolver,
  languageIn,
  languageOf,
  type SourceFile,
} from '@sekisho/core'
import {
  closedSet,
  decode,
  fileMessages,
  gapOf,
  gapOfContent,
  importsOf,
  isBinary,
  reachable,
  type Content,
  type FoundGap,
  type ImportGraph,
  type Prefilter,
  type Tree,
} from '@sekisho/files'
import { noMemory, type Looked, type Memory } from './memory.js'

export interface Selected {
  /** To parse, sorted. */
  paths: string[]
  /** Files that hold a token. */
  hits: ReadonlySet<string>
  graph: ImportGraph
  gaps: FoundGap[]
  /** What code to parse listens to without an import. */
  channels: ReadonlySet<string>
}

const MINIFIED = /\.min\.[cm]?js$/
const MAX_LINE = 50_000

export function select(
  tree: Tree,
  code: readonly string[],
  manifests: readonly SourceFile[],
  prefilter: Prefilter,
  limit: number,
  memory: Memory = noMemory,
): Selected {
  const gaps: FoundGap[] = []
  const hits = new Set<string>()
  const left: string[] = []
  const imports = new Map<string, readonly string[]>()
  const facts = new Map<string, Looked>()
  const known = new Map(code.map((path) => [path, memory.recall(tree.idOf(path), path, prefilter.key)]))
  tree.expect(code.filter((path) => known.get(path) === null))
  for (const path of code) {
    const looked = known.get(path) ?? look(tree, path, prefilter, limit)
    if (!('matches' in looked)) {
      const gap = gapOfContent(tree, path, looked, limit, (bytes) => prefilter.matches(bytes))
      if (gap !== null) gaps.push(gap)
      continue
    }
    memory.keep(tree.idOf(path), path, prefilter.key, looked)
    const { matches, isBinary, isGenerated } = looked
    if (!matches && isBinary) continue
    if (matches && (isGenerated || MINIFIED.test(path))) gaps.push(gapOf(path, 'cut', fileMessages.minified))
    else left.push(path)
    facts.set(path, looked)
    if (looked.imports !== null) imports.set(path, looked.imports)
    if (matches) hits.add(path)
  }
  if (hits.size === 0) return { paths: [], hits, graph: new Map(), gaps, channels: new Set() }
  const graph = importGraph(tree, left, imports, manifests, limit)
  const there = new Set(left)
  const tied = closedSet(
    graph,
    [...hits].filter((path) => there.has(path)),
  )
  const { channels, speakers } = speakersTo(tree, tied, left, facts, limit)
  const paths = [...new Set([...tied, ...reachable(graph, speakers)])].sort()
  return { paths, hits, graph, gaps, channels }
}

/** Files that no import ties to the rest, but that speak over a channel which the rest listens to. */
function speakersTo(
  tree: Tree,
  tied: ReadonlySet<string>,
  code: readonly string[],
  facts: ReadonlyMap<string, Looked>,
  limit: number,
): { channels: ReadonlySet<string>; speakers: string[] } {
  const heard = (path: string) => facts.get(path)?.heard ?? channelNames.heard(textIn(tree, path, limit))
  const channels = new Set([...tied].flatMap(heard))
  if (channels.size === 0) return { channels, speakers: [] }
  const others = code.filter((path) => !tied.has(path) && facts.get(path)?.sends !== false)
  tree.expect(others)
  return {
    channels,
    speakers: others.filter((path) => channelNames.spoken(textIn(tree, path, limit), channels).length > 0),
  }
}

const channelNames = channelReader(catalogue)

export function textIn(tree: Tree, path: string, limit: number): string {
  const content = tree.peek(path, limit)
  return content.kind === 'bytes' ? inUtf8(content.bytes).toString() : ''
}

/** What one reading tells. The imports of a file on disk are looked for only if they matter. */
export function look(
  tree: Tree,
  path: string,
  prefilter: Prefilter,
  limit: number,
): Looked | Exclude<Content, { kind: 'bytes' }> {
  const content = tree.peek(path, limit)
  if (content.kind !== 'bytes') return content
  const text = inUtf8(content.bytes)
  const found = {
    matches: prefilter.matches(text),
    isBinary: isBinary(content.bytes),
    isGenerated: !isContainer(path) && hasLongLine(content.bytes),
  }
  if (tree.idOf(path) === null) return { ...found, imports: null, heard: null, sends: null }
  const spoken = text.toString()
  return {
    ...found,
    imports: importsOf(path, text),
    heard: channelNames.heard(spoken),
    sends: channelNames.sends(spoken),
  }
}

/** Files that a part of the tree depends on, with itself. */
export function dependenciesOf(graph: ImportGraph, paths: Iterable<string>): Set<string> {
  return reachable(graph, paths)
}

/** Resolved as the engine does, over all files that are there. */
function importGraph(
  tree: Tree,
  code: readonly string[],
  imports: ReadonlyMap<string, readonly string[]>,
  manifests: readonly SourceFile[],
  limit: number,
): ImportGraph {
  const byPath = new Map(code.map((path, index) => [path, index]))
  const resolver = createResolver(
    byPath,
    manifests,
    (path) => languageOf(path) ?? languageIn(path, textIn(tree, path, limit)),
  )
  const graph = new Map<string, Set<string>>(code.map((path) => [path, new Set()]))
  for (const path of code) {
    for (const specifier of imports.get(path) ?? importsIn(tree, path, limit)) {
      const stands = specifier.startsWith('^')
      const found = resolver.resolve(path, stands ? specifier.slice(1) : specifier)
      if (!('module' in found)) continue
      for (const index of [found.module, ...(found.beside ?? [])])
        if (stands) graph.get(code[index]!)!.add(path)
        else graph.get(path)!.add(code[index]!)
    }
  }
  return new Map([...graph].map(([path, imported]) => [path, [...imported]]))
}

/** UTF-16 has no bytes in common with the tokens; every other encoding keeps ASCII. */
export function inUtf8(bytes: Buffer): Buffer {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return isUtf16 ? Buffer.from(decode(bytes)?.text ?? '') : bytes
}

function importsIn(tree: Tree, path: string, limit: number): readonly string[] {
  const content = tree.peek(path, limit)
  return content.kind === 'bytes' ? importsOf(path, inUtf8(content.bytes)) : []
}

function hasLongLine(bytes: Buffer): boolean {
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (end - start > MAX_LINE) return true
    start = end + 1
  }
  return bytes.length - start > MAX_LINE
}
