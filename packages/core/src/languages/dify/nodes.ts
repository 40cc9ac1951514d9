/**
 * A node as a statement: what it puts out is `o…`. Models are asked with what their prompts hold, code runs, requests are `fetch`;
 * conditions guard what stands behind them.
 */
import { aligned } from '../../config/aligned.js'
import { scalarAt, type ConfigNode } from '../../config/tree.js'
import { wordOf } from '../made/words.js'
import { at, itemsOf, type AppNode, type Guard } from './app.js'
import { add, reference, selected, selector, template, value, variables, type Program } from './texts.js'

/** They only stand for places in the graph. */
const NOTHING = /^(?:start|end|answer|if-else|iteration|iteration-start|loop-start|loop-end|)$/

export function statement(program: Program, node: AppNode): void {
  if (NOTHING.test(node.type)) return
  const place = placeOf(node)
  const conditions = node.guards.map((guard) => conditionOf(program, guard))
  for (const condition of conditions) add(program, `if (${condition}) {\n`, place)
  if (node.type === 'assigner') assign(program, node)
  else {
    add(program, `o${node.index} = `, place)
    output(program, node)
  }
  add(program, `\n${'}\n'.repeat(conditions.length)}`, place)
}

export function placeOf(node: AppNode): ConfigNode {
  return scalarAt(node.data, 'type') ?? node.data
}

function output(program: Program, node: AppNode): void {
  const { data, type } = node
  const place = placeOf(node)
  const put = (text: string) => add(program, text, place)
  if (type === 'llm') asked(program, node, 'llm', () => promptOf(program, data))
  else if (type === 'question-classifier' || type === 'parameter-extractor') {
    asked(program, node, 'llm', () => {
      selected(program, at(data, 'query_variable_selector') ?? at(data, 'query'))
      for (const key of ['instruction', 'instructions']) textAt(program, scalarAt(data, key))
      images(program, data)
    })
  } else if (type === 'agent') {
    asked(program, node, 'agent', () => {
      for (const key of ['query', 'instruction']) {
        value(program, at(data, 'agent_parameters', key, 'value'))
        add(program, ',', place)
      }
    })
  } else if (type === 'http-request') request(program, node)
  else if (type === 'code') script(program, node)
  else if (type === 'template-transform') transform(program, data, put)
  else if (type === 'variable-aggregator' || type === 'variable-assigner') aggregate(program, data, put)
  else if (type === 'document-extractor')
    wrapped(program, '{ text: documents(', at(data, 'variable_selector'), ') }', put)
  else if (type === 'list-operator') {
    const list = reference(program, selector(at(data, 'variable')))
    put(`{ result: ${list}, first_record: ${list}?.[0], last_record: ${list}?.[0] }`)
  } else if (type === 'knowledge-retrieval') put(`{ result: [{ content: $retrieved().${nameOf(node)} }] }`)
  else if (type === 'loop') {
    put('{')
    for (const one of itemsOf(at(data, 'loop_variables'))) {
      put(`${JSON.stringify(scalarAt(one, 'label')?.value ?? '')}: `)
      value(program, at(one, 'value'))
      put(',')
    }
    put('}')
  } else if (type === 'tool') {
    put('$tool(')
    value(program, parametersOf(at(data, 'tool_parameters')))
    put(`, (text) => ({ text, json: [text], files: [text] })).${nameOf(node)}`)
  } else put(`received.${nameOf(node)}`)
}

/** What a tool is given, without how it is given. */
function parametersOf(given: ConfigNode | null): ConfigNode | null {
  if (given?.kind !== 'object') return given
  const entries = given.entries.map((entry) => ({ ...entry, value: at(entry.value, 'value') ?? entry.value }))
  return { ...given, entries }
}

function wrapped(
  program: Program,
  before: string,
  path: ConfigNode | null,
  after: string,
  put: (text: string) => void,
) {
  put(before)
  selected(program, path)
  put(after)
}

function textAt(program: Program, node: ConfigNode | null): void {
  if (node?.kind !== 'scalar' || node.value === '') return
  program.into.add(', ', { start: 0, end: 1 })
  template(program, node)
}

function asked(program: Program, node: AppNode, call: string, told: () => void): void {
  const place = placeOf(node)
  add(program, `$answer(await ${call}([`, place)
  told()
  add(program, '], ', place)
  model(program, place, at(node.data, 'model') ?? at(node.data, 'agent_parameters', 'model', 'value'))
  add(program, '))', place)
}

/** `langgenius/openai/openai` → `openai`. */
export function providerIn(node: ConfigNode | null): string | null {
  const name = scalarAt(node, 'provider')?.value?.split('/').at(-1)?.replace(/\W/g, '_')
  return name !== undefined && /^[A-Za-z_]/.test(name) ? name : null
}

export function model(program: Program, place: ConfigNode, node: ConfigNode | null): void {
  const provider = providerIn(node)
  const name = scalarAt(node, 'name')?.value ?? scalarAt(node, 'model')?.value ?? ''
  add(program, provider === null ? '$unknown' : `new models.${provider}({ name: ${JSON.stringify(name)} })`, place)
}

/** The prompt's messages, what is remembered, images, and what was retrieved. */
function promptOf(program: Program, data: ConfigNode): void {
  const prompts = at(data, 'prompt_template')
  const inserted = new Map(
    itemsOf(at(data, 'prompt_config', 'jinja2_variables')).map((one) => [
      scalarAt(one, 'variable')?.value ?? '',
      reference(program, selector(at(one, 'value_selector'))),
    ]),
  )
  program.into.add("''", { start: 0, end: 1 })
  for (const prompt of prompts?.kind === 'list' ? prompts.items : prompts === null ? [] : [prompts]) {
    const isJinja = scalarAt(prompt, 'edition_type')?.value === 'jinja2'
    const text = (isJinja ? scalarAt(prompt, 'jinja2_text') : null) ?? scalarAt(prompt, 'text')
    if (text === null) continue
    program.into.add(', ', { start: 0, end: 1 })
    if (isJinja) template(program, text, (name) => insertedIn(inserted, name))
    else template(program, text)
  }
  textAt(program, scalarAt(at(data, 'memory'), 'query_prompt_template'))
  if (scalarAt(at(data, 'context'), 'enabled')?.value === 'true') {
    program.into.add(', ', { start: 0, end: 1 })
    selected(program, at(data, 'context', 'variable_selector'))
  }
  images(program, data)
}

function images(program: Program, data: ConfigNode): void {
  if (scalarAt(at(data, 'vision'), 'enabled')?.value !== 'true') return
  program.into.add(', ', { start: 0, end: 1 })
  selected(program, at(data, 'vision', 'configs', 'variable_selector'))
}

function insertedIn(known: ReadonlyMap<string, string>, name: string): string {
  const [head = '', ...rest] = name.split('.')
  const found = known.get(head)
  return found === undefined ? 'undefined' : found + rest.map((key) => `?.[${JSON.stringify(key)}]`).join('')
}

function transform(program: Program, data: ConfigNode, put: (text: string) => void): void {
  const known = new Map(
    itemsOf(at(data, 'variables')).map((one) => [
      scalarAt(one, 'variable')?.value ?? '',
      reference(program, selector(at(one, 'value_selector'))),
    ]),
  )
  const text = scalarAt(data, 'template')
  put('{ output: ')
  if (text === null) put("''")
  else template(program, text, (name) => insertedIn(known, name))
  put(' }')
}

function aggregate(program: Program, data: ConfigNode, put: (text: string) => void): void {
  const any = (list: ConfigNode | null) =>
    itemsOf(list)
      .slice(0, 12)
      .reduceRight((rest, one) => `$when ? ${reference(program, selector(one))} : ${rest}`, 'undefined')
  put(`{ output: ${any(at(data, 'variables'))},`)
  for (const group of itemsOf(at(data, 'advanced_settings', 'groups')).slice(0, 20))
    put(`${JSON.stringify(scalarAt(group, 'group_name')?.value ?? '')}: { output: ${any(at(group, 'variables'))} },`)
  put('}')
}

function assign(program: Program, node: AppNode): void {
  const { data } = node
  const place = placeOf(node)
  const set = (to: ConfigNode | null, from: ConfigNode | null) => {
    const [scope = '', name = ''] = selector(to)
    const target =
      scope === 'conversation' ? scope : program.byId.has(scope) ? `o${program.byId.get(scope)!.index}` : null
    if (target === null || name === '') return
    add(program, `${target}[${JSON.stringify(name)}] = `, place)
    value(program, from)
    add(program, '\n', place)
  }
  set(at(data, 'assigned_variable_selector'), at(data, 'input_variable_selector'))
  for (const item of itemsOf(at(data, 'items'))) set(at(item, 'variable_selector'), at(item, 'value'))
}

// fetch(url, { method, headers, body })
function request(program: Program, node: AppNode): void {
  const { data } = node
  const place = placeOf(node)
  const url = scalarAt(data, 'url')
  add(program, '$response((await fetch(', place)
  if (url === null) add(program, '$unknown', place)
  else template(program, url)
  add(program, ", { method: 'POST', body: [", place)
  for (const key of ['params', 'headers']) {
    value(program, at(data, key))
    add(program, ', ', place)
  }
  const body = at(data, 'body', 'data')
  for (const item of body?.kind === 'list' ? body.items : [body]) {
    value(program, at(item, 'value') ?? item)
    add(program, ', ', place)
  }
  add(program, `] })).${nameOf(node)})`, place)
}

function script(program: Program, node: AppNode): void {
  const { data } = node
  const place = placeOf(node)
  const code = scalarAt(data, 'code')
  const isScript = scalarAt(data, 'code_language')?.value === 'javascript' && code?.value != null && !program.simple
  if (!isScript) {
    // Of Python only what goes in is known.
    add(program, '$run(', place)
    variables(program, place, at(data, 'variables'))
    return add(program, ')', place)
  }
  const { app, into } = program
  add(program, '(() => {\n', place)
  into.copy(
    code.value!,
    aligned(code.value!, app.text, code.span).map((offset) => app.place(offset)),
  )
  add(program, '\nreturn main(', place)
  variables(program, place, at(data, 'variables'))
  add(program, ')\n})()', place)
}

function nameOf(node: AppNode): string {
  return wordOf(scalarAt(node.data, 'title')?.value ?? '')
}

/** What a branch of a condition asks: one of its cases, or that none of them holds. */
function conditionOf(program: Program, { node, handle }: Guard): string {
  const data = program.byId.get(node)?.data ?? null
  const cases = itemsOf(at(data, 'cases'))
  const asked = (cases.length > 0 ? cases : data === null ? [] : [data]).map((one) => ({
    id: scalarAt(one, 'case_id')?.value ?? 'true',
    text: caseOf(program, one),
  }))
  const found = asked.find(({ id }) => id === handle)
  if (found !== undefined) return found.text
  return handle === 'false' && asked.length > 0 ? asked.map(({ text }) => `!(${text})`).join(' && ') : '$when'
}

function caseOf(program: Program, one: ConfigNode): string {
  const texts = itemsOf(at(one, 'conditions')).map((condition) => {
    const asked = reference(program, selector(at(condition, 'variable_selector')))
    const wanted = JSON.stringify(scalarAt(condition, 'value')?.value ?? '')
    switch (scalarAt(condition, 'comparison_operator')?.value) {
      case 'is':
      case '=':
        return `${asked} === ${wanted}`
      case 'is not':
      case '≠':
        return `${asked} !== ${wanted}`
      case 'start with':
        return `${asked}.startsWith(${wanted})`
      default:
        return '$when'
    }
  })
  const sign = scalarAt(one, 'logical_operator')?.value === 'or' ? ' || ' : ' && '
  return texts.length === 0 ? '$when' : texts.slice(0, 20).join(sign)
}
