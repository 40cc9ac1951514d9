/**
 * Apps of Dify: a small program of nodes, or a form with a prompt. An app is written down as TypeScript, with the place of every
 * character in the file, and lowered as such: what the form asks for is a parameter of a function, by its names and its labels. Which
 * plugins send data to an AI service is the catalogue's to know.
 */
import { scalarAt } from '../config/tree.js'
import { at, itemsOf, looksLikeApp, readApp, type App } from './dify/app.js'
import { model, statement } from './dify/nodes.js'
import { add, asked, template, type Program } from './dify/texts.js'
import { ecmascript } from './ecmascript.js'
import { ecmascriptLibrary } from './ecmascript/library.js'
import { createEcmascriptResolver } from './ecmascript/resolve.js'
import { MappedText, placed } from './made/mapped.js'
import { isSimpleProgram, SIMPLE } from './made/simple.js'
import type { Language } from './language.js'

export const dify: Language = {
  id: 'dify',
  extensions: [],
  grammar: 'estree',
  library: ecmascriptLibrary,
  manifests: /(?!)/,
  specifiersIn: () => [],
  createResolver: createEcmascriptResolver,
  recognizes: (path, text) => /\.(?:ya?ml|json)$/i.test(path) && looksLikeApp(text),
  prepare: (_, text) => ({
    text: programOf(text, false).text,
    dialect: 'ts',
    simpler: () => programOf(text, true).text,
  }),
  lower(input) {
    const made = programOf(input.text, isSimpleProgram(input.tree))
    const module = ecmascript.lower({ ...input, path: `${input.path}.mts`, text: made.text })
    return placed({ ...module, path: input.path, language: 'dify', comments: [], client: false }, made)
  },
}

function programOf(text: string, simple: boolean): MappedText {
  const into = new MappedText()
  const start = { start: 0, end: 1 }
  if (simple) into.add(SIMPLE, start)
  const app = readApp(text)
  if (app === null) return into
  const byId = new Map(app.nodes.map((node) => [node.id, node]))
  const form = formOf(app)
  const program: Program = { app, into, simple, byId, form }
  into.add(HEAD, start)
  addEnvironment(program)
  into.add('export async function run(start: any, received: any) {\n', start)
  into.add('const sys = { query: chat(), files: documents() }\n', start)
  if (app.nodes.length > 0) {
    into.add(`let ${app.nodes.map(({ index }) => `o${index}`).join(', ')}\n`, start)
    const isRound = app.nodes.some(({ type }) => type === 'loop' || type === 'assigner')
    if (isRound) into.add('for (const $round of $rounds) {\n', start)
    for (const node of app.nodes) statement(program, node)
    if (isRound) into.add('}\n', start)
  } else addChat(program)
  into.add('}\n', start)
  return into
}

/** An answer has its text, and whatever names the app gives to parts of it. */
const HEAD = `import * as models from '@dify-apps/models'
import { agent, chat, documents, llm } from '@dify-apps/nodes'
const $answer = (text: any) => ({ text, structured_output: text, class_name: text, output: text })
const $response = (body: any) => ({ body, files: [body], status_code: 200 })
const conversation: any = {}
`

/** What the app asks its users for: names with their labels. */
function formOf({ root, nodes }: App): Map<string, string> {
  const starts = nodes.filter(({ type }) => type === 'start').flatMap(({ data }) => itemsOf(at(data, 'variables')))
  const form = itemsOf(at(root, 'model_config', 'user_input_form')).flatMap((item) =>
    item.kind === 'object' ? item.entries.map(({ value }) => value) : [],
  )
  return new Map(
    [...starts, ...form].flatMap((one) => {
      const name = scalarAt(one, 'variable')?.value
      return name == null ? [] : [[name, (scalarAt(one, 'label')?.value ?? '').slice(0, 60)] as const]
    }),
  )
}

/** Variables of the app; secrets are not in an export. */
function addEnvironment(program: Program): void {
  program.into.add('const env: any = {', { start: 0, end: 1 })
  for (const one of itemsOf(at(program.app.root, 'workflow', 'environment_variables')).slice(0, 200)) {
    const [name, value] = [scalarAt(one, 'name'), scalarAt(one, 'value')]
    if (name?.value == null || value?.value == null) continue
    add(program, `${JSON.stringify(name.value)}: ${JSON.stringify(value.value)},`, value)
  }
  program.into.add('}\n', { start: 0, end: 1 })
}

/** A chat or a completion: one prompt over the form's fields, and what is said. */
function addChat(program: Program): void {
  const config = at(program.app.root, 'model_config')
  const place = scalarAt(at(config, 'model'), 'provider')
  if (config === null || place === null) return
  const known = (name: string) =>
    program.form.has(name) ? asked(program, [name]) : name === 'query' ? 'sys.query' : null
  add(program, 'await llm([sys.query', place)
  if (scalarAt(at(config, 'file_upload'), 'enabled')?.value === 'true') add(program, ', sys.files', place)
  const isAdvanced = scalarAt(config, 'prompt_type')?.value === 'advanced'
  const prompts = isAdvanced
    ? [...itemsOf(at(config, 'chat_prompt_config', 'prompt')), at(config, 'completion_prompt_config', 'prompt')]
    : []
  for (const text of [
    isAdvanced ? null : scalarAt(config, 'pre_prompt'),
    ...prompts.map((one) => scalarAt(one, 'text')),
  ]) {
    if (text === null) continue
    add(program, ', ', place)
    template(program, text, known)
  }
  add(program, '], ', place)
  model(program, place, at(config, 'model'))
  add(program, ')\n', place)
}
