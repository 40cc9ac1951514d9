/**
 * A node as a statement: what comes in is `j…`, what goes out is `o…`. Nodes that only steer hand on what comes in, code nodes run
 * their code, requests are `fetch`, everything else is a call of its package's export, with the model and the tools that are connected.
 */
import { memberOf, scalarAt, type ConfigNode } from '../../config/tree.js'
import { code, cooked, parameter, type Scope } from './expressions.js'
import { wordOf } from '../made/words.js'
import type { MappedText } from '../made/mapped.js'
import type { WorkflowNode } from './workflow.js'

/** Hand on what comes in. */
const STEERING = new Set(
  `if switch merge filter wait noOp limit sort removeDuplicates splitInBatches aggregate splitOut itemLists summarize compareDatasets
  executionData markdown html dateTime renameKeys stopAndError convertToFile moveBinaryData editImage compression xml form
  respondToWebhook`.split(/\s+/),
)
const NOTHING = new Set(['manualTrigger', 'scheduleTrigger', 'cron', 'interval', 'start', 'manualChatTrigger'])
/** May hold records of anything: the node's own name says of what. */
const ANYTHING =
  /^(?:googleSheets|airtable|notion|postgres|mySql|mongoDb|supabase|baserow|nocoDb|microsoftExcel|microsoftSql|redis|dataTable|webhook|httpRequest|executeWorkflow|graphql|snowflake|googleBigQuery|erpNext|odoo)(?:Tool|Trigger)?$|^executeWorkflowTrigger$/
const PROMPTED = new Set(['agent', 'chainLlm', 'chainRetrievalQa'])

export interface Program {
  text: string
  into: MappedText
  simple: boolean
  output(name: string): string | null
  /** Imported name of a node's type; null where the type is no name. */
  imported(node: WorkflowNode): string | null
}

export function exportOf(node: WorkflowNode): string {
  const type = node.type.value!
  return type.slice(type.lastIndexOf('.') + 1)
}

export function statement(program: Program, node: WorkflowNode, role: 'step' | 'part' | 'tool'): void {
  const { into } = program
  const place = node.type.span
  const scope: Scope = { ...program, input: `j${node.index}` }
  const add = (text: string) => into.add(text, place)
  add(`let j${node.index} = ${either(node.inputs.get('main') ?? [])}\n`)
  if (role === 'tool') add(`o${node.index} = () => `)
  else add(`o${node.index} = `)
  if (role === 'part') part(program, scope, node)
  else step(program, scope, node)
  add('\n')
}

function either(nodes: readonly WorkflowNode[]): string {
  const outputs = nodes.slice(0, 12).map(({ index }) => `o${index}`)
  return outputs.length === 0 ? 'undefined' : outputs.reduceRight((rest, output) => `$when ? ${output} : ${rest}`)
}

function step(program: Program, scope: Scope, node: WorkflowNode): void {
  const { into } = program
  const type = exportOf(node)
  const add = (text: string) => into.add(text, node.type.span)
  if (NOTHING.has(type)) add('undefined')
  else if (type === 'splitOut') add(`$when ? ${scope.input} : ${splitOut(scope, node)}`)
  else if (type === 'aggregate') add(`{ ...${scope.input}, data: [${scope.input}] }`)
  else if (STEERING.has(type)) add(scope.input)
  else if (type === 'set') fields(scope, node)
  else if (['code', 'function', 'functionItem'].includes(type)) script(scope, node)
  else if (type === 'httpRequest' || type === 'toolHttpRequest') request(scope, node)
  else service(program, scope, node)
}

function splitOut(scope: Scope, node: WorkflowNode): string {
  const field = scalarAt(node.parameters, 'fieldToSplitOut')?.value ?? ''
  const path = /^[\w.]{1,100}$/.test(field) ? field.split('.').map((key) => `?.[${JSON.stringify(key)}]`) : []
  return `${scope.input}${path.join('')}?.[0]`
}

// { assignments: [{ name, value }] }, { values: { string: [{ name, value }] } }, { jsonOutput: '={ … }' }
function fields(scope: Scope, node: WorkflowNode): void {
  const { into } = scope
  const { parameters } = node
  const place = node.type.span
  const raw = scalarAt(parameters, 'jsonOutput')
  if (raw !== null) {
    into.add('JSON.parse(', place)
    parameter(scope, raw)
    into.add(')', place)
    return
  }
  const isNew = memberOf(parameters, 'assignments') !== null
  const keeps = isNew
    ? scalarAt(parameters, 'includeOtherFields')?.value === 'true'
    : scalarAt(parameters, 'keepOnlySet')?.value !== 'true'
  into.add(keeps ? `{ ...${scope.input},` : '{', place)
  for (const { key, value } of assignmentsIn(parameters)) {
    into.add(`${JSON.stringify(key.value ?? '')}:`, key.span)
    parameter(scope, value)
    into.add(',', place)
  }
  into.add('}', place)
}

function assignmentsIn(node: ConfigNode | null, depth = 0) {
  const found: { key: { value: string | null; span: ConfigNode['span'] }; value: ConfigNode }[] = []
  if (node === null || depth > 6) return found
  if (node.kind === 'list') for (const item of node.items) found.push(...assignmentsIn(item, depth + 1))
  if (node.kind !== 'object') return found
  const key = scalarAt(node, 'name')
  const value = node.entries.find((entry) => /value$/i.test(entry.key))?.value
  if (key !== null && value !== undefined) found.push({ key, value })
  else for (const entry of node.entries) found.push(...assignmentsIn(entry.value, depth + 1))
  return found
}

function script(scope: Scope, node: WorkflowNode): void {
  const { into, text } = scope
  const place = node.type.span
  const body = scalarAt(node.parameters, 'jsCode') ?? scalarAt(node.parameters, 'functionCode')
  if (body === null || scope.simple) {
    const written = body ?? scalarAt(node.parameters, 'pythonCode')
    if (written === null) return void into.add('undefined', place)
    const { value, from } = cooked(text, written)
    into.add('[', place)
    code({ ...scope, simple: true }, value, from)
    into.add(`, ${scope.input}]`, place)
    return
  }
  const { value, from } = cooked(text, body)
  const item = `{ json: ${scope.input}, binary: ${scope.input} }`
  into.add(`$result(await (async (items, item) => {`, place)
  code(scope, value, from)
  into.add(`\n})([${item}], ${item}))`, place)
}

// fetch(url, { method, body: { … } })
function request(scope: Scope, node: WorkflowNode): void {
  const { into } = scope
  const place = node.type.span
  const url = scalarAt(node.parameters, 'url')
  into.add('(await fetch(', place)
  if (url === null) into.add('$unknown', place)
  else parameter(scope, url)
  into.add(", { method: 'POST', body: {", place)
  const kept = ['url', 'authentication', 'options', 'sendHeaders', 'headerParameters', 'headerParametersUi']
  for (const entry of node.parameters?.kind === 'object' ? node.parameters.entries : []) {
    if (kept.includes(entry.key)) continue
    into.add(`${JSON.stringify(entry.key)}:`, place)
    parameter(scope, entry.value)
    into.add(',', place)
  }
  into.add(`} })).${wordOf(node.name)}`, place)
}

function service(program: Program, scope: Scope, node: WorkflowNode): void {
  const { into } = program
  const place = node.type.span
  const name = program.imported(node)
  if (name === null) return void into.add(scope.input, place)
  const type = exportOf(node)
  into.add(`await ${name}(`, place)
  if (node.parameters === null) into.add('{}', place)
  else parameter(scope, node.parameters)
  const models = [...(node.inputs.get('ai_languageModel') ?? []), ...(node.inputs.get('ai_embedding') ?? [])]
  const tools = (node.inputs.get('ai_tool') ?? []).map(({ index }) => `o${index}`)
  const model = models.length > 0 ? either(models) : JSON.stringify(type)
  into.add(`, ${model}, [${tools.join(', ')}], ${sentBesides(scope, node, type)})`, place)
  if (ANYTHING.test(type)) into.add(`.${wordOf(node.name)}`, place)
}

/** What a node sends though its parameters do not say so: the chat's message, all that comes in, documents. */
function sentBesides(scope: Scope, node: WorkflowNode, type: string): string {
  const documents = (node.inputs.get('ai_document') ?? []).map(({ index }) => `o${index}`)
  const stores = type.startsWith('vectorStore') && scalarAt(node.parameters, 'mode')?.value === 'insert'
  if (stores || type === 'chainSummarization') return `[${[scope.input, ...documents].join(', ')}]`
  const isAuto =
    scalarAt(node.parameters, 'promptType')?.value !== 'define' && memberOf(node.parameters, 'text') === null
  return PROMPTED.has(type) && isAuto ? `${scope.input}?.chatInput` : 'undefined'
}

/** A model, a memory, a document: made of its parameters. */
function part(program: Program, scope: Scope, node: WorkflowNode): void {
  const { into } = program
  const name = program.imported(node)
  if (name !== null) into.add(`new ${name}(`, node.type.span)
  if (node.parameters === null) into.add('{}', node.type.span)
  else parameter(scope, node.parameters)
  if (name !== null) into.add(')', node.type.span)
}
