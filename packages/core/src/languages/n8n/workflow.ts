/**
 * A workflow of n8n as it is exported: nodes with their parameters, and the connections between them. Nodes come out in the order in
 * which data reaches them.
 */
import type { ConfigFile } from '../../config/setting.js'
import { JsonReader } from '../../config/json/reader.js'
import { memberOf, scalarAt, type ConfigNode, type ScalarNode } from '../../config/tree.js'

export interface WorkflowNode {
  index: number
  name: string
  /** `n8n-nodes-base.gmail` */
  type: ScalarNode
  parameters: ConfigNode | null
  /** Nodes whose output comes in, by the kind of connection: `main`, `ai_languageModel`, `ai_tool` … */
  inputs: Map<string, WorkflowNode[]>
}

export interface Workflow {
  nodes: WorkflowNode[]
  /** Whether data comes back to a node that it left. */
  hasCycle: boolean
}

const mostNodes = 400

/** Whether a JSON text is likely a workflow: asked before it is read. */
export function looksLikeWorkflow(text: string): boolean {
  return (
    text.includes('"nodes"') && text.includes('"connections"') && /"type"\s*:\s*"[@\w/-]*n8n-nodes[\w-]*\./.test(text)
  )
}

export function readWorkflow(path: string, text: string): Workflow | null {
  const file: ConfigFile = { path, format: 'json', settings: [], comments: [], gaps: [] }
  const root = new JsonReader(file, text).read()
  const list = memberOf(root, 'nodes')
  if (list?.kind !== 'list') return null
  const nodes: WorkflowNode[] = []
  const byName = new Map<string, WorkflowNode>()
  for (const item of list.items.slice(0, mostNodes)) {
    const type = scalarAt(item, 'type')
    const name = scalarAt(item, 'name')?.value
    if (type?.value == null || name == null || type.value.endsWith('.stickyNote')) continue
    if (scalarAt(item, 'disabled')?.value === 'true') continue
    const node = { index: nodes.length, name, type, parameters: memberOf(item, 'parameters'), inputs: new Map() }
    nodes.push(node)
    byName.set(name, node)
  }
  connect(memberOf(root, 'connections'), byName)
  return ordered(nodes)
}

// { "Source": { "main": [[{ "node": "Target", "type": "main", "index": 0 }]] } }
function connect(connections: ConfigNode | null, byName: ReadonlyMap<string, WorkflowNode>): void {
  if (connections?.kind !== 'object') return
  for (const { key, value } of connections.entries) {
    const source = byName.get(key)
    if (source === undefined || value.kind !== 'object') continue
    for (const { key: kind, value: outputs } of value.entries)
      for (const target of targetsIn(outputs, byName)) {
        const inputs = target.inputs.get(kind) ?? []
        if (!inputs.includes(source)) inputs.push(source)
        target.inputs.set(kind, inputs)
      }
  }
}

function targetsIn(node: ConfigNode, byName: ReadonlyMap<string, WorkflowNode>): WorkflowNode[] {
  if (node.kind === 'list') return node.items.flatMap((item) => targetsIn(item, byName))
  const found = byName.get(scalarAt(node, 'node')?.value ?? '')
  return found === undefined ? [] : [found]
}

/** Sources before targets; what is in a circle comes as it is met. */
function ordered(nodes: readonly WorkflowNode[]): Workflow {
  const done: WorkflowNode[] = []
  const state = new Map<WorkflowNode, 'open' | 'done'>()
  let hasCycle = false
  for (const root of nodes) {
    const stack: { node: WorkflowNode; inputs: WorkflowNode[] }[] = []
    const enter = (node: WorkflowNode) => {
      if (state.get(node) === 'open') hasCycle = true
      if (state.has(node)) return
      state.set(node, 'open')
      stack.push({ node, inputs: [...node.inputs.values()].flat() })
    }
    enter(root)
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.inputs.shift()
      if (next !== undefined) enter(next)
      else {
        state.set(top.node, 'done')
        done.push(top.node)
        stack.pop()
      }
    }
  }
  return { nodes: done, hasCycle }
}
