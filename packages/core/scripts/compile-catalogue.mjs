// Turns the fact files of `data/` into two modules: `data.generated.ts` (all that runs) and `examples.generated.ts` (tests).
// Every file is checked against catalogue.schema.json, then the references between files; the first broken file stops the build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Ajv } from 'ajv'
import { LineCounter, isPair, parse, parseDocument } from 'yaml'

const root = new URL('..', import.meta.url)
const data = new URL('data/', root)
const target = new URL('src/catalog/', root)
const schema = JSON.parse(readFileSync(new URL('catalogue.schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false })
ajv.addSchema(schema, 'catalogue')

/** Keys that say where a fact is from; nothing at run time needs them. */
const bookkeeping = ['sources', 'checked', 'unverified', 'examples', 'notes']

const problems = []

/** Digest of everything that is read, so that an unchanged catalogue costs no parsing. */
function digestOf() {
  const digest = createHash('sha256')
  for (const path of readdirSync(data, { recursive: true }).sort()) {
    if (path.endsWith('.yaml')) digest.update(`${path}\0`).update(readFileSync(new URL(path, data)))
  }
  for (const path of ['compile-catalogue.mjs', 'catalogue.schema.json']) {
    digest.update(readFileSync(new URL(path, import.meta.url)))
  }
  return digest.digest('hex').slice(0, 16)
}

/** A problem in a file, at the deepest part of `path` that exists in the text. */
function problem(file, path, message) {
  const counter = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: counter })
  const keys = [...path]
  let node
  while (keys.length > 0 && node === undefined) {
    const parent = keys.length > 1 ? document.getIn(keys.slice(0, -1), true) : document.contents
    const pair = parent?.items?.find((item) => isPair(item) && String(item.key) === String(keys.at(-1)))
    node = pair?.key ?? document.getIn(keys, true)
    if (!node?.range) node = undefined
    keys.pop()
  }
  const { line } = counter.linePos(node?.range?.[0] ?? 0)
  problems.push(`${file.name}:${line}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`)
}

/** Path in a YAML document of a JSON pointer. */
function keysOf(pointer) {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}

function explain({ keyword, params, message }) {
  if (keyword === 'additionalProperties') return `unknown key "${params.additionalProperty}"`
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`
  return message ?? keyword
}

/** Reads and checks one file; null when it is not there or broken. */
function read(path, definition) {
  const url = new URL(path, data)
  if (!existsSync(url)) return null
  const file = { name: `packages/core/data/${path}`, text: readFileSync(url, 'utf8'), value: null }
  try {
    file.value = parse(file.text, { merge: true })
  } catch (error) {
    const line = error.linePos?.[0]?.line ?? 1
    problems.push(`${file.name}:${line}: ${error.message.split('\n')[0]}`)
    return null
  }
  const validate = ajv.getSchema(`catalogue#/definitions/${definition}`)
  if (validate(file.value)) return file
  const errors = validate.errors.filter(({ keyword }) => !['allOf', 'anyOf', 'oneOf', 'if', 'not'].includes(keyword))
  for (const error of errors.length > 0 ? errors : validate.errors) {
    const extra = error.keyword === 'additionalProperties' ? [error.params.additionalProperty] : []
    problem(file, [...keysOf(error.instancePath), ...extra], explain(error))
  }
  return null
}

function readFolder(folder, definition, named = true) {
  const url = new URL(folder, data)
  if (!existsSync(url)) return []
  const files = readdirSync(url)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => read(folder + name, definition))
    .filter((file) => file !== null)
  for (const file of named ? files : []) {
    const expected = basename(file.name, '.yaml')
    if (file.value.id !== expected) problem(file, ['id'], `must be "${expected}", as the file's name`)
  }
  return files
}

function without(value, keys) {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

/** Client with the shared shapes written out: its own keys win, `calls` and `same` are joined. */
function shaped(client, shapes, fail) {
  const names = client.shape === undefined ? [] : [client.shape].flat()
  const all = names.map((name) => shapes[name] ?? (fail(`no shape "${name}" in shapes/`), {}))
  const own = without(client, ['shape'])
  const result = Object.assign({ calls: [] }, ...all, own)
  for (const key of ['calls', 'same', 'models', 'joins']) {
    const lists = [...all, own].map((part) => part[key] ?? [])
    const joined = [...new Map(lists.flat().map((item) => [JSON.stringify(item), item])).values()]
    if (joined.length > 0 || key === 'calls') result[key] = joined
  }
  return result
}

const ecosystems = ['npm', 'pypi', 'maven', 'go', 'sql']

function compileProvider(file, shapes) {
  const provider = without(file.value, ['examples', 'unverified'])
  provider.hosts = provider.hosts.map((host) => without(host, ['note']))
  for (const ecosystem of ecosystems) {
    provider[ecosystem] = provider[ecosystem]?.map((facts, at) => ({
      ...facts,
      clients: facts.clients?.map((client, index) =>
        shaped(client, shapes, (message) => problem(file, [ecosystem, at, 'clients', index, 'shape'], message)),
      ),
      functions: facts.functions?.map(({ shape, ...own }, index) => {
        if (shape === undefined) return own
        if (shapes[shape] === undefined)
          problem(file, [ecosystem, at, 'functions', index, 'shape'], `no shape "${shape}" in shapes/`)
        return { stringModels: shapes[shape]?.stringModels, ...own }
      }),
    }))
  }
  return provider
}

/** References between files: providers in routes and string models, region tables, hosts said twice. */
function checkReferences(files, tables) {
  const ids = new Set(files.map((file) => file.value.id))
  const hosts = new Map()
  for (const file of files) {
    const { id, regions, hosts: own } = file.value
    if (regions !== undefined && tables[regions] === undefined) {
      problem(file, ['regions'], `no region table "${regions}" in regions.yaml`)
    }
    for (const [index, { host, path = '', location }] of own.entries()) {
      const key = host.replace(/\{\w+\}/g, '{}') + path
      if (hosts.has(key)) problem(file, ['hosts', index], `${host}${path} is already a host of ${hosts.get(key)}`)
      hosts.set(key, id)
      if (location === '{region}' && !host.includes('{region}') && !path.includes('{region}')) {
        problem(file, ['hosts', index, 'location'], 'the host has no {region}')
      }
      if (location === '{region}' && regions === undefined) {
        problem(file, ['hosts', index, 'location'], 'needs a region table: regions')
      }
    }
    checkProviders(file, file.value, [], ids)
  }
}

function checkProviders(file, value, path, ids) {
  if (Array.isArray(value)) value.forEach((item, index) => checkProviders(file, item, [...path, index], ids))
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      // conditions speak of the words of others
      if (key === 'when') continue
      if (key === 'provider' && !ids.has(item)) problem(file, [...path, key], `no provider "${item}"`)
      else checkProviders(file, item, [...path, key], ids)
    }
  }
}

/** Word lists, each under the name of its file. */
function namesOf(files) {
  return Object.fromEntries(files.map((file) => [basename(file.name, '.yaml'), without(file.value, bookkeeping)]))
}

const version = digestOf()
const modules = ['data.generated.ts', 'examples.generated.ts'].map((name) => new URL(name, target))
if (modules.every((url) => existsSync(url) && readFileSync(url, 'utf8').startsWith(`// ${version}\n`))) process.exit(0)

const shapes = Object.assign({}, ...readFolder('shapes/', 'shapes', false).map((file) => file.value.shapes))
const regions = read('regions.yaml', 'regions')?.value ?? { tables: {}, designated: [], surveyed: [] }
const apiPaths = read('api-paths.yaml', 'apiPaths')?.value.paths ?? []
const unread = without(read('unread-languages.yaml', 'unreadLanguages')?.value ?? {}, bookkeeping)
const http = read('http.yaml', 'http')?.value.clients ?? []
const providers = readFolder('providers/', 'provider')
const libraries = readFolder('libraries/', 'library')
const configWords = without(read('config-words.yaml', 'configWords')?.value ?? {}, bookkeeping)
const config = readFolder('config/', 'configSchema')
const dataClasses = readFolder('data-classes/', 'dataClass')
const names = readFolder('names/', 'nameList', false)
const presets = readFolder('presets/', 'preset')

checkReferences(providers, regions.tables)
const providerIds = new Set(providers.map((file) => file.value.id))
for (const file of config) checkProviders(file, file.value, [], providerIds)
const catalogue = {
  version,
  providers: providers.map((file) => compileProvider(file, shapes)),
  regions: regions.tables,
  countries: { designated: regions.designated, surveyed: regions.surveyed },
  apiPaths,
  unread,
  http,
  libraries: libraries.map(({ value }) => ({ ...without(value, bookkeeping), sources: [], checked: value.checked })),
  configWords,
  config: config.map(({ value }) => without(value, bookkeeping)),
  dataClasses: dataClasses.map(({ value }) => ({ ...without(value, ['unverified']), sources: [] })),
  names: namesOf(names),
  presets: presets.map(({ value }) => ({ ...without(value, ['unverified']), sources: [] })),
}
const examples = [...providers, ...libraries, ...config].flatMap(({ name, value }) =>
  (value.examples ?? []).map((example) => ({ file: name, id: value.id, ...example })),
)

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exit(1)
}

const literal = (value) => JSON.stringify(JSON.stringify(value))
writeFileSync(
  modules[0],
  `// ${version}
import type { CatalogueData } from './catalogue.js'

export const catalogueData = JSON.parse(${literal(catalogue)}) as CatalogueData
`,
)
writeFileSync(
  modules[1],
  `// ${version}
import type { ProviderExample } from './catalogue.js'

export interface FileExample extends ProviderExample {
  file: string
  id: string
}

export const examples = JSON.parse(${literal(examples)}) as FileExample[]
`,
)
