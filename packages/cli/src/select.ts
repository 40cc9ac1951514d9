/** The code that must be parsed: files that hold a token, and those that imports tie to them. */
import { createResolver, type SourceFile } from '@sekisho/core'
import {
  closedSet,
  decode,
  fileMessages,
  type FoundGap,
  gapOf,
  gapOfContent,
  type ImportGraph,
  importsOf,
  isBinary,
  type Prefilter,
  reachable,
  type Tree,
} from '@sekisho/files'

export interface Selected {
  /** To parse, sorted. */
  paths: string[]
  /** Files that hold a token. */
  hits: ReadonlySet<string>
  graph: ImportGraph
  gaps: FoundGap[]
}

const MINIFIED = /\.min\.[cm]?js$/
const MAX_LINE = 50_000

export function select(
  tree: Tree,
  code: readonly string[],
  manifests: readonly SourceFile[],
  prefilter: Prefilter,
  limit: number,
): Selected {
  const gaps: FoundGap[] = []
  const hits = new Set<string>()
  const left: string[] = []
  for (const path of code) {
    const content = tree.peek(path, limit)
    if (content.kind !== 'bytes') {
      const gap = gapOfContent(tree, path, content, limit, (bytes) => prefilter.matches(bytes))
      if (gap !== null) gaps.push(gap)
      continue
    }
    const matches = prefilter.matches(inUtf8(content.bytes))
    if (!matches && isBinary(content.bytes)) continue
    if (matches && isGenerated(path, content.bytes)) gaps.push(gapOf(path, 'cut', fileMessages.minified))
    else left.push(path)
    if (matches) hits.add(path)
  }
  if (hits.size === 0) return { paths: [], hits, graph: new Map(), gaps }
  const graph = importGraph(tree, left, manifests, limit)
  const known = new Set(left)
  const paths = [
    ...closedSet(
      graph,
      [...hits].filter((path) => known.has(path)),
    ),
  ].sort()
  return { paths, hits, graph, gaps }
}

/** Files that a part of the tree depends on, with itself. */
export function dependenciesOf(graph: ImportGraph, paths: Iterable<string>): Set<string> {
  return reachable(graph, paths)
}

/** Resolved as the engine does, over all files that are there. */
function importGraph(
  tree: Tree,
  code: readonly string[],
  manifests: readonly SourceFile[],
  limit: number,
): ImportGraph {
  const resolver = createResolver(new Map(code.map((path, index) => [path, index])), manifests)
  const graph = new Map<string, string[]>()
  for (const path of code) {
    const content = tree.peek(path, limit)
    if (content.kind !== 'bytes') continue
    const imported = new Set<string>()
    for (const specifier of importsOf(inUtf8(content.bytes))) {
      const found = resolver.resolve(path, specifier)
      if ('module' in found) imported.add(code[found.module]!)
    }
    graph.set(path, [...imported])
  }
  return graph
}

/** UTF-16 has no bytes in common with the tokens; every other encoding keeps ASCII. */
function inUtf8(bytes: Buffer): Buffer {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return isUtf16 ? Buffer.from(decode(bytes)?.text ?? '') : bytes
}

function isGenerated(path: string, bytes: Buffer): boolean {
  if (MINIFIED.test(path)) return true
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (end - start > MAX_LINE) return true
    start = end + 1
  }
  return bytes.length - start > MAX_LINE
}
