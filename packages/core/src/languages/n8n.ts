/**
 * n8n workflows: a small program of nodes, connections and expressions. The workflow is written down as JavaScript, with the place of
 * every character in the JSON, and lowered as such: what a node puts out is a variable, its parameters are the arguments of a call, an
 * expression is code. Which nodes send data to an AI service is the catalogue's to know.
 */
import { ecmascript } from './ecmascript.js'
import { ecmascriptLibrary } from './ecmascript/library.js'
import { createEcmascriptResolver } from './ecmascript/resolve.js'
import { MappedText, placed } from './made/mapped.js'
import { isSimpleProgram, SIMPLE } from './made/simple.js'
import { exportOf, statement, type Program } from './n8n/nodes.js'
import { looksLikeWorkflow, readWorkflow, type Workflow, type WorkflowNode } from './n8n/workflow.js'
import type { Language } from './language.js'

export const n8n: Language = {
  id: 'n8n',
  extensions: [],
  grammar: 'estree',
  library: ecmascriptLibrary,
  manifests: /(?!)/,
  specifiersIn: () => [],
  createResolver: createEcmascriptResolver,
  recognizes: (path, text) => path.endsWith('.json') && looksLikeWorkflow(text),
  prepare: (path, text) => ({
    text: programOf(path, text, false).text,
    dialect: 'js',
    simpler: () => programOf(path, text, true).text,
  }),
  lower(input) {
    const isSimple = isSimpleProgram(input.tree)
    const made = programOf(input.path, input.text, isSimple)
    const module = ecmascript.lower({ ...input, path: `${input.path}.mjs`, text: made.text })
    return placed({ ...module, path: input.path, language: 'n8n', comments: [], client: false }, made)
  },
}

function programOf(path: string, text: string, simple: boolean): MappedText {
  const into = new MappedText()
  const start = { start: 0, end: 1 }
  if (simple) into.add(SIMPLE, start)
  const workflow = readWorkflow(path, text)
  if (workflow === null || workflow.nodes.length === 0) return into
  const imports = importsOf(workflow)
  for (const [type, { name, from, local }] of imports)
    into.add(`import { ${name} as ${local} } from ${JSON.stringify(from)}\n`, spanOf(workflow, type))
  const byName = new Map(workflow.nodes.map((node) => [node.name, node]))
  const program: Program = {
    ...{ text, into, simple },
    output: (name) => (byName.has(name) ? `o${byName.get(name)!.index}` : null),
    imported: (node) => imports.get(node.type.value!)?.local ?? null,
  }
  into.add(`let ${workflow.nodes.map(({ index }) => `o${index}`).join(', ')}\n${RESULT}`, start)
  if (workflow.hasCycle) into.add('for (const $round of $rounds) {\n', start)
  const roles = rolesOf(workflow)
  for (const node of workflow.nodes) statement(program, node, roles.get(node) ?? 'step')
  if (workflow.hasCycle) into.add('}\n', start)
  return into
}

/** A code node gives a list of items, an item, or plain data. */
const RESULT = 'const $result = (result) => $when ? result[0].json : $when ? result.json : $when ? result[0] : result\n'

function importsOf({ nodes }: Workflow) {
  const imports = new Map<string, { name: string; from: string; local: string }>()
  for (const node of nodes) {
    const type = node.type.value!
    const [from, raw] = [type.slice(0, type.lastIndexOf('.')), exportOf(node)]
    if (imports.has(type) || !/^(?:@[\w-]+\/)?[\w-]+$/.test(from) || !/^[A-Za-z_]\w*$/.test(raw)) continue
    // A tool of an app is the app's node, handed to an agent.
    const name = raw.replace(/(?<=.)(?:Tool|Trigger)$/, (suffix) => (/^(?:chat|form)Trigger$/.test(raw) ? suffix : ''))
    imports.set(type, { name, from, local: `t${imports.size}` })
  }
  return imports
}

function spanOf({ nodes }: Workflow, type: string) {
  return nodes.find((node) => node.type.value === type)!.type.span
}

/** Nodes that are handed to others: tools as functions, models and the like as things. */
function rolesOf({ nodes }: Workflow): Map<WorkflowNode, 'part' | 'tool'> {
  const roles = new Map<WorkflowNode, 'part' | 'tool'>()
  for (const node of nodes)
    for (const [kind, sources] of node.inputs)
      if (kind.startsWith('ai_')) for (const source of sources) roles.set(source, kind === 'ai_tool' ? 'tool' : 'part')
  return roles
}
