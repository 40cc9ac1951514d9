/**
 * Asks TypeScript's own types of an installed package whether what the catalogue says of it is there: exports, what they
 * make, methods, access paths, options. Of each fact one verdict: `ok`, `missing`, or `untyped` where the types say `any`.
 */
import { join } from 'node:path'
import { unlistedMethods } from './unlisted.mjs'
import { createWalk } from './walk.mjs'

const compilerOptions = (ts) => ({
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  skipLibCheck: true,
  strict: true,
  noEmit: true,
})

/** Opens a package as it is installed below `root`; null where its types cannot be resolved. */
export function openPackage(ts, root, specifier) {
  const entry = join(root, 'entry.ts')
  const text = `import * as it from ${JSON.stringify(specifier)}\nexport const all = it\n`
  const options = compilerOptions(ts)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...rest) =>
    name === entry ? ts.createSourceFile(name, text, options.target) : getSourceFile.call(host, name, ...rest)
  host.fileExists = (name) => name === entry || fileExists.call(host, name)
  host.readFile = (name) => (name === entry ? text : readFile.call(host, name))
  host.getCurrentDirectory = () => root
  const program = ts.createProgram({ rootNames: [entry], options, host })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(entry)
  const { moduleSpecifier, importClause } = source.statements[0]
  if (checker.getSymbolAtLocation(moduleSpecifier) === undefined) return null
  return createWalk(ts, checker, source, checker.getTypeAtLocation(importClause.namedBindings.name))
}

/**
 * Verdicts on a group of facts about one package. `group` names what the fact is said of (a client with its exports); a fact
 * of a group holds where any export has it, an export must be there itself.
 */
export function checkFacts(walk, facts) {
  const verdicts = []
  const unlisted = {}
  const said = (group) => (fact, verdict) => verdicts.push({ group, fact, verdict })
  for (const client of facts.clients ?? [])
    for (const exported of client.exports) {
      const made = checkClient(walk, exported, client, said(client.group))
      const more =
        made === null || client.listed.length === 0 ? [] : unlistedMethods(walk, made, new Set(client.listed))
      if (more.length > 0) unlisted[exported] = more
    }
  for (const [index, { exports, data, model, tools = [] }] of (facts.functions ?? []).entries())
    for (const exported of exports) {
      const say = said(`function ${index}`)
      const type = walk.exported(exported)
      say(`export ${exported}`, type === null ? 'missing' : 'ok')
      if (type !== null)
        for (const path of new Set([...data, model, ...tools]))
          say(`argument ${path}`, walk.argument([type], plain(path)))
    }
  return { verdicts, unlisted }
}

function checkClient(walk, exported, client, say) {
  const type = walk.exported(exported)
  const made = type === null ? null : walk.made(type, client.made)
  say(`${client.made === 'new' ? 'class' : 'export'} ${exported}`, made === null ? 'missing' : 'ok')
  if (made === null) return null
  if (client.made !== 'instance')
    for (const path of constructionPaths(client))
      say(`option ${path}`, walk.argument([type], plain(path), client.made === 'new'))
  for (const call of [...client.calls, ...modelCalls(client)]) {
    const methods = walk.method(made, call.method)
    say(`method ${call.method}`, methods === null ? 'missing' : 'ok')
    if (methods === null) continue
    for (const path of pathsOf(call)) say(`argument ${path} of ${call.method}`, checkPath(walk, methods, call, path))
  }
  return made
}

function modelCalls({ models = [] }) {
  return models.map(({ method, id }) => ({ method, data: [id] }))
}

function pathsOf({ data, model, tools = [] }) {
  return new Set([...data, ...tools, ...(model === undefined ? [] : [model])])
}

/** `0.$0.input` where the argument must be an instance of some classes: what each class's constructor takes. */
function checkPath(walk, methods, { when }, path) {
  if (when === undefined || !path.startsWith(`${when.argument}.$`)) return walk.argument(methods, plain(path))
  const classes = when.instanceOf.map((name) => walk.exported(name))
  if (classes.includes(null)) return 'missing'
  const rest = path.slice(when.argument.length + 2)
  return classes.some((type) => walk.argument([type], rest, true) === 'missing') ? 'missing' : 'ok'
}

/** What is before a step into a construction, which types do not show. */
function plain(path) {
  return path.replace(/\.?\$.*/, '')
}

/** Access paths that a client reads from its construction: in its endpoint templates, routes, models and data. */
function constructionPaths({ endpoint, routes = [], through = [], data = [], tools = [], model }) {
  const templates = [...endpoint, ...routes.flatMap((route) => route.endpoint)]
  const read = templates.flatMap((template) => [...template.matchAll(/option:([^|}]+)/g)].map(([, path]) => path))
  const asked = routes.flatMap(({ when }) => when.option ?? [])
  return new Set([...read, ...asked, ...through, ...data, ...tools, ...(model === undefined ? [] : [model])])
}
