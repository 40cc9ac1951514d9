/**
 * What deployment code gives to the programs that it names: `new NodejsFunction(this, 'Ask', { entry: 'lambda/ask.ts', environment: { … } })`.
 * Such variables are bound in the entry and in what it imports, before any setting of a file.
 */
import type { Argument, Record as RecordValue, Value } from '../ir/ir.js'
import { eachChild } from '../ir/children.js'
import { dirname, join } from '../link/paths.js'
import type { Program, Unit } from '../link/program.js'
import type { Bound, Environment } from './environment.js'

/** Packages whose constructs run programs of this repository. */
const deploys = /^(?:pypi:)?(?:aws-cdk-lib|@aws-cdk\/|aws_cdk|sst(?:$|[/.:])|@pulumi\/|pulumi)/
const extensions = ['', '.ts', '.mts', '.tsx', '.js', '.mjs', '.py', '/index.ts', '/index.js', '/index.py', '/main.py']
const mostFiles = 500
const mostValues = 6

/** The environment with what deployment code gives, where the program has such code. */
export function withDeployed(environment: Environment, program: Program): Environment {
  const given = givenTo(program)
  if (given.size === 0) return environment
  const own = (name: string, file: string) => given.get(file)?.get(name) ?? []
  return {
    ...environment,
    values(name, file) {
      const found = own(name, file)
      return found.length > 0 ? found : environment.values(name, file)
    },
  }
}

type Given = Map<string, Map<string, Bound[]>>

function givenTo(program: Program): Given {
  const given: Given = new Map()
  const byPath = new Map(program.units.map((unit) => [unit.module.path, unit.index]))
  for (const unit of program.units) {
    if (!unit.module.imports.some(({ from }) => deploys.test(from))) continue
    for (const options of functionsIn(unit)) {
      const entry = entryOf(options, unit.module.path, byPath)
      const variables = textsOf(options.get('environment'))
      if (entry === null || variables.length === 0) continue
      for (const file of reachable(program, entry)) {
        const path = program.units[file]!.module.path
        const known = given.get(path) ?? new Map<string, Bound[]>()
        given.set(path, known)
        for (const { name, value, node } of variables)
          known.set(name, [...(known.get(name) ?? []), boundAt(unit, name, value, node)].slice(0, mostValues))
      }
    }
  }
  return given
}

function boundAt({ module, lines }: Unit, name: string, value: string, { span }: Value): Bound {
  const { path: file } = module
  const setting = {
    file,
    path: ['environment', name],
    value,
    keySpan: span,
    valueSpan: span,
    references: [],
    environment: name,
  }
  return { value, setting, place: `${file}:${lines.position(span.start).line}`, environment: null }
}

type Options = Map<string, Value>

/** Options of every call that names an environment. */
function functionsIn(unit: Unit): Options[] {
  const found: Options[] = []
  const stack: object[] = [unit.module.body]
  const seen = new Set<object>()
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const value = node as Partial<Value>
    if (value.kind === 'call' && value.arguments !== undefined) {
      const options = optionsOf(value.arguments)
      if (options.has('environment')) found.push(options)
    }
    eachChild(node, (child, key) => {
      if (key !== 'span' && key !== 'type') stack.push(child)
    })
  }
  return found.reverse()
}

function optionsOf(args: readonly Argument[]): Options {
  const options: Options = new Map()
  for (const { name, value } of args) {
    if (name !== undefined) options.set(name, value)
    if (value.kind === 'record') for (const [key, member] of entriesOf(value)) options.set(key, member)
  }
  return options
}

function entriesOf(record: RecordValue): [string, Value][] {
  return record.entries.flatMap(({ key, value }) =>
    key?.kind === 'constant' && typeof key.value === 'string' ? [[key.value, value] as [string, Value]] : [],
  )
}

function textsOf(value: Value | undefined): { name: string; value: string; node: Value }[] {
  if (value?.kind !== 'record') return []
  return entriesOf(value).flatMap(([name, node]) =>
    node.kind === 'constant' && typeof node.value === 'string' && node.value !== ''
      ? [{ name, value: node.value, node }]
      : [],
  )
}

/** `entry: path.join(__dirname, '../lambda/ask.ts')`; `handler: 'ask.handler', code: Code.fromAsset('lambda')`. */
function entryOf(options: Options, file: string, byPath: ReadonlyMap<string, number>): number | null {
  const written = pathIn(options.get('entry'))
  const asset = pathIn(options.get('code') ?? options.get('entry'))
  const handler = pathIn(options.get('handler')) ?? pathIn(options.get('index'))
  const paths = [
    ...(written === null ? [] : [written]),
    ...(asset === null || handler === null ? [] : [`${asset}/${handler.replace(/\.\w+$/, '')}`]),
    ...(asset === null && handler !== null ? [handler.replace(/\.\w+$/, '')] : []),
  ]
  for (const path of paths) {
    for (let folder: string | null = dirname(file); folder !== null; folder = folder === '' ? null : dirname(folder))
      for (const extension of extensions) {
        const found = byPath.get(join(folder, path) + extension)
        if (found !== undefined) return found
      }
  }
  return null
}

function pathIn(value: Value | undefined): string | null {
  if (value === undefined) return null
  if (value.kind === 'constant') return typeof value.value === 'string' ? value.value : null
  if (value.kind === 'template')
    return value.parts
      .filter((part) => typeof part === 'string')
      .join('')
      .replace(/^\/+/, '')
  if (value.kind !== 'call') return null
  const parts = value.arguments.flatMap((argument) => pathIn(argument.value) ?? [])
  return parts.length === 0 ? null : parts.join('/')
}

function reachable(program: Program, entry: number): number[] {
  const found = [entry]
  for (let at = 0; at < found.length && found.length < mostFiles; at++)
    for (const next of program.imports(found[at]!)) if (!found.includes(next)) found.push(next)
  return found
}
