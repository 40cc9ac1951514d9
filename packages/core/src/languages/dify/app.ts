/**
 * An app of Dify as it is exported: its nodes with their data, in the order in which data reaches them, or the form and the prompt of a
 * chat. An export may be the answer of Dify's interface, `{ "data": "…" }`, with the app as its text.
 */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { aligned } from '../../config/aligned.js'
import { memberOf, scalarAt, type ConfigNode } from '../../config/tree.js'
import { outlineOf } from '../../config/yaml/outline.js'

export interface AppNode {
  index: number
  id: string
  type: string
  data: ConfigNode
  /** Node of the iteration or loop around it. */
  inside: string | null
  /** Branches of conditions that lead here: the condition's node and its handle. */
  guards: readonly Guard[]
}

export interface Guard {
  node: string
  handle: string
}

export interface App {
  root: ConfigNode
  /** The text that the places of `root` are in. */
  text: string
  /** Where a place of `text` stands in the file. */
  place(offset: number): number
  nodes: AppNode[]
}

const mostNodes = 400
const MAX_LENGTH = 1 << 20
const MAX_DEPTH = 60

/** Whether a text is likely an app: asked before it is read. */
export function looksLikeApp(text: string): boolean {
  return (
    (/\bgraph["']?:/.test(text) && /\bnodes["']?:/.test(text) && /(?:\b|\\n)kind["']?:\s*["']?app\b/.test(text)) ||
    (/(?:\b|\\n)model_config["']?:/.test(text) && /\b(?:pre_prompt|chat_prompt_config)["']?:/.test(text))
  )
}

export function readApp(text: string): App | null {
  const outer = treeOf(text)
  const wrapped = scalarAt(outer, 'data')
  if (wrapped?.value == null || !looksLikeApp(wrapped.value)) return appOf(outer, text, (offset) => offset)
  const from = aligned(wrapped.value, text, wrapped.span)
  return appOf(treeOf(wrapped.value), wrapped.value, (offset) => from[Math.min(offset, from.length - 1)] ?? 0)
}

function appOf(root: ConfigNode | null, text: string, place: App['place']): App | null {
  return root === null ? null : { root, text, place, nodes: nodesOf(root) }
}

function treeOf(text: string): ConfigNode | null {
  if (text.length > MAX_LENGTH || outlineOf(text, MAX_DEPTH).tooDeep !== null) return null
  const { contents } = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  })
  return nodeOf(contents, 0)
}

/** Aliases are nothing: no export has any. */
function nodeOf(node: unknown, depth: number): ConfigNode | null {
  if (depth > MAX_DEPTH) return null
  if (isScalar(node)) {
    const [start, end] = node.range ?? [0, 0]
    const quoted = /^QUOTE/.test(node.type ?? '') ? 1 : 0
    return {
      kind: 'scalar',
      value: String(node.value ?? ''),
      isText: quoted === 1 || (node.type ?? '').startsWith('BLOCK'),
      span: { start: start + quoted, end: end - quoted },
    }
  }
  const [start, end] = (isMap(node) || isSeq(node) ? node.range : null) ?? [0, 0]
  if (isSeq(node))
    return { kind: 'list', items: node.items.flatMap((item) => nodeOf(item, depth + 1) ?? []), span: { start, end } }
  if (!isMap(node)) return null
  const entries = node.items.flatMap(({ key, value }) => {
    const inner = nodeOf(value, depth + 1)
    const [from, to] = (isScalar(key) ? key.range : null) ?? [0, 0]
    if (!isScalar(key) || inner === null) return []
    return [{ key: String(key.value), keySpan: { start: from, end: to }, value: inner }]
  })
  return { kind: 'object', entries, span: { start, end } }
}

export function itemsOf(node: ConfigNode | null): readonly ConfigNode[] {
  return node?.kind === 'list' ? node.items : []
}

export function at(node: ConfigNode | null, ...keys: string[]): ConfigNode | null {
  return keys.reduce<ConfigNode | null>((inner, key) => memberOf(inner, key), node)
}

function nodesOf(root: ConfigNode): AppNode[] {
  const graph = at(root, 'workflow', 'graph')
  const nodes: AppNode[] = []
  const byId = new Map<string, AppNode>()
  for (const item of itemsOf(memberOf(graph, 'nodes')).slice(0, mostNodes)) {
    const id = scalarAt(item, 'id')?.value
    const data = memberOf(item, 'data')
    const type = scalarAt(data, 'type')?.value ?? ''
    if (id == null || data === null || type === '') continue
    const inside = (scalarAt(data, 'iteration_id') ?? scalarAt(data, 'loop_id') ?? scalarAt(item, 'parentId'))?.value
    const node = { index: nodes.length, id, type, data, inside: inside || null, guards: [] }
    nodes.push(node)
    byId.set(id, node)
  }
  return ordered(nodes, byId, edgesOf(memberOf(graph, 'edges'), byId))
}

interface Edge {
  source: AppNode
  handle: string
}

function edgesOf(edges: ConfigNode | null, byId: ReadonlyMap<string, AppNode>): Map<AppNode, Edge[]> {
  const incoming = new Map<AppNode, Edge[]>()
  for (const edge of itemsOf(edges)) {
    const [source, target] = ['source', 'target'].map((key) => byId.get(scalarAt(edge, key)?.value ?? ''))
    if (source === undefined || target === undefined) continue
    const handle = scalarAt(edge, 'sourceHandle')?.value ?? ''
    incoming.set(target, [...(incoming.get(target) ?? []), { source, handle }])
  }
  return incoming
}

/** Sources before targets, an iteration before what is in it; each with the branches that all ways to it go through. */
function ordered(
  nodes: readonly AppNode[],
  byId: ReadonlyMap<string, AppNode>,
  incoming: ReadonlyMap<AppNode, readonly Edge[]>,
): AppNode[] {
  const done: AppNode[] = []
  const state = new Set<AppNode>()
  for (const root of nodes) {
    const stack: { node: AppNode; inputs: AppNode[] }[] = []
    const enter = (node: AppNode) => {
      if (state.has(node)) return
      state.add(node)
      const around = node.inside === null ? undefined : byId.get(node.inside)
      const sources = (incoming.get(node) ?? []).map(({ source }) => source)
      stack.push({ node, inputs: around === undefined ? sources : [around, ...sources] })
    }
    enter(root)
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.inputs.shift()
      if (next !== undefined) enter(next)
      else {
        top.node.guards = guardsOf(top.node, byId, incoming.get(top.node) ?? [])
        done.push(top.node)
        stack.pop()
      }
    }
  }
  return done
}

function guardsOf(node: AppNode, byId: ReadonlyMap<string, AppNode>, edges: readonly Edge[]): readonly Guard[] {
  const around = node.inside === null ? undefined : byId.get(node.inside)
  const ways = edges.map(({ source, handle }) =>
    source.type === 'if-else' ? [...source.guards, { node: source.id, handle }] : source.guards,
  )
  if (ways.length === 0) return around?.guards ?? []
  const [first, ...rest] = ways
  return first!
    .filter((one) => rest.every((way) => way.some((other) => other.node === one.node && other.handle === one.handle)))
    .slice(0, 12)
}
