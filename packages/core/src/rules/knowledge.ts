/** What the solver needs to know, put together from catalogue, policy and the languages' libraries. */
import type { LibrarySource, PackageFacts } from '../catalog/catalogue.js'
import { bareName } from '../catalog/ecosystems.js'
import type { Catalogue, FoundFacts } from '../catalog/load.js'
import { createNames, type Names } from '../catalog/names.js'
import { factsOf, withinPackage } from '../catalog/package-facts.js'
import { findLiterals } from '../catalog/validators.js'
import { languages } from '../languages/registry.js'
import { embeddedQuery, looksLikeSql } from '../languages/sql/embedded.js'
import type { ServiceNames } from '../link/reach.js'
import type { StandardLibrary } from '../languages/library.js'
import { lazily, once } from '../once.js'
import type { Policy } from '../policy/policy.js'
import { isNotPersonal } from '../policy/severity.js'
import type { FieldEvidence, GuardRule, Knowledge, LibraryKnowledge, PackageKnowledge } from '../solve/knowledge.js'
import type { OperationKind } from '../solve/operations.js'
import { sure } from '../solve/value.js'
import { libraryFacts, partsOf } from './parts.js'

const namesOf = new WeakMap<object, Names>()

/** Names of a catalogue; with the policy's own classes, a matcher of their own. */
export function namesFor(catalogue: Catalogue, policy: Policy): Names {
  const own = policy.data.classes
  if (own.length > 0) return createNames([...catalogue.data.dataClasses, ...own.map(ownClass)], catalogue.data.names)
  let names = namesOf.get(catalogue)
  if (names === undefined)
    namesOf.set(catalogue, (names = createNames(catalogue.data.dataClasses, catalogue.data.names)))
  return names
}

function ownClass(own: Policy['data']['classes'][number]) {
  return {
    id: own.id,
    name: { en: own.id, ja: own.id },
    row: own.row,
    law: [],
    identifiers: {
      strong: own.names.map((name) =>
        name
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .replace(/[_-]/g, ' ')
          .toLowerCase(),
      ),
      strongRomaji: [],
      abbreviations: own.names,
      context: [],
    },
    labels: { ja: own.labels, jaNot: [], en: [] },
    validators: [],
    falseFriends: [],
    notes: [],
    examples: { finds: [], ignores: [] },
    sources: [],
    checked: '',
  }
}

export function createKnowledge(catalogue: Catalogue, policy: Policy, service: ServiceNames): Knowledge {
  const packages = new Map<string, PackageKnowledge | null>()
  const libraries = new Map<string, LibraryKnowledge>()
  const weak = new Set(
    catalogue.data.dataClasses
      .filter(({ row }) => row === 'identifier' || row === 'related' || row === 'basic-support')
      .map(({ id }) => id),
  )
  const places = new Set(
    catalogue.data.dataClasses
      .filter(({ id, row }) => row === 'basic-support' || id === 'location')
      .map(({ id }) => id),
  )
  const parts = partsOf(catalogue)
  const inputs = inputsOf(catalogue)
  const entities = new Map(policy.data.entities.map((entity) => [entity.name, entity]))
  const bindings = bindingsOf(catalogue)
  const queries = lazily(() => queriesOf(catalogue))
  return {
    names: namesFor(catalogue, policy),
    package(name) {
      let known = packages.get(name)
      if (known === undefined) packages.set(name, (known = indexFacts(factsOf(catalogue, name))))
      return known
    },
    knows(name, path) {
      const exported = path.slice(0, `${path}.`.indexOf('.'))
      const isOf = (known: string) => known === exported || known.startsWith(`${exported}.`)
      const { clients, functions, propagators, sources, sanitizers } = this.package(name) ?? {}
      return (
        [clients, functions, propagators, sources, sanitizers].some((known) => [...(known?.keys() ?? [])].some(isOf)) ||
        [...(this.http(name)?.calls ?? []), ...(this.http(name)?.instances ?? [])].some((known) => isOf(known.name))
      )
    },
    binding: (path) => bindings.get(path) ?? null,
    within: (name, path) => withinPackage(catalogue, name, path),
    library(id) {
      let known = libraries.get(id)
      if (known === undefined) libraries.set(id, (known = libraryOf(catalogue, id)))
      return known
    },
    input(names, kind) {
      for (let size = Math.min(3, names.length); size >= 2; size--) {
        const found = inputs.get(`${kind} ${names.slice(0, size).reverse().join('.')}`)
        if (found !== undefined) return inputOf(found)
      }
      // `*.getPlainBody`: the name says it, whatever it is called on
      const any = inputs.get(`${kind} *.${names[0] ?? ''}`)
      return any === undefined ? null : inputOf(any)
    },
    literal(text, context) {
      if (!/[0-9\uFF10-\uFF19]{4}|@/.test(text)) return []
      return findLiterals(text, context)
        .filter((literal) => literal.certainty !== 'possible' && literal.sample !== true)
        .map(({ dataClass, certainty }) => ({ dataClass, sureness: surenessOf(certainty) }))
    },
    http: (name) => catalogue.httpClient(name),
    namesService: (text) =>
      text.parts.some((part) =>
        typeof part === 'string'
          ? service.named.test(part)
          : part.environment !== null && service.variables.test(part.environment),
      ),
    code(written, span) {
      const [first] = written
      if (typeof first !== 'string' || !looksLikeSql(first)) return null
      return written.some((part) => part !== null && queries().test(part)) ? embeddedQuery(written, span) : null
    },
    sanitizer(module, name) {
      const found = policy.sanitizers.find(
        (rule) => rule.name === name && (rule.import === null || sameModule(rule.import, module)),
      )
      return found ?? null
    },
    guard: (module, name) => guardOf(policy, module, name),
    memberGuard(member, value) {
      const guard = policy.subjects.guards.find(
        (rule) => rule.member === member && (value === '' || rule.values.includes(value)),
      )
      return guard === undefined || guard.then === 'unknown' ? null : guard.then
    },
    declaredField: (entity, field) => declaredField(policy, entities, entity, field),
    declaredParty: (entity) => entities.get(entity)?.party ?? null,
    plays: (part, name) => parts[part].has(name),
    defines: (name) => parts.definers.has(name),
    fades: (dataClass) => weak.has(dataClass),
    ofThings: (dataClass) => places.has(dataClass),
    recordClass: 'free-text',
  }
}

function surenessOf(confidence: 'certain' | 'likely' | 'possible'): number {
  return confidence === 'certain' ? sure.certain : confidence === 'likely' ? sure.likely : sure.possible
}

function inputOf({ dataClass, confidence, label }: LibrarySource) {
  return { dataClass, sureness: surenessOf(confidence), labelled: label !== undefined }
}

function inputsOf(catalogue: Catalogue): Map<string, LibrarySource> {
  const inputs = new Map<string, LibrarySource>()
  for (const facts of libraryFacts(catalogue))
    for (const source of facts.sources ?? [])
      inputs.set(source.call === undefined ? `member ${source.member ?? ''}` : `call ${source.call}`, source)
  return inputs
}

/** What names a service in a query: functions of databases that speak to one. */
function queriesOf(catalogue: Catalogue): RegExp {
  const facts = catalogue.data.providers.flatMap(({ sql }) => sql ?? [])
  const exported = facts.flatMap(({ clients = [], functions = [] }) =>
    [...clients, ...functions].flatMap(({ exports }) => exports),
  )
  const requests = catalogue.data.http.flatMap(({ package: from, calls }) =>
    from === 'sql:database' ? calls.map(({ name }) => name) : [],
  )
  const names = [...exported, ...requests].map((name) =>
    name
      .replace(/^alter_\w+\./, '')
      .replaceAll('.', '\\s*\\.\\s*')
      .replaceAll('_', '[_ ]'),
  )
  return new RegExp(`(?<![\\w.])(?:${names.join('|')})\\b`, 'i')
}

const noFacts: FoundFacts = { provider: null, library: null, facts: { packages: [] } }

function libraryOf(catalogue: Catalogue, id: string): LibraryKnowledge {
  const { library } = languages.find((language) => language.id === id)!
  const globalNames = namesOfGlobals(catalogue, library)
  const environmentCalls = new Set(library.environmentCalls)
  const methods = new Map(Object.entries(library.methods))
  const functions = new Map(Object.entries(library.functions))
  const bare = (path: string) => (library.packages === undefined ? path : path.replace(library.packages, ''))
  return {
    isGlobal: (name) => globalNames.has(name),
    globals: indexFacts(library.describedGlobals === true ? [...catalogue.globals(), noFacts] : [noFacts])!,
    environment: new Set(library.environment),
    environmentCall: (path) => environmentCalls.has(bare(path)),
    method: (name) => (methods.get(name) as OperationKind | undefined) ?? null,
    operation: (path) => ((functions.get(path) ?? functions.get(bare(path))) as OperationKind | undefined) ?? null,
    appendMethod: library.appendMethod,
    selecting: library.selecting ?? null,
    globalObjects: new Set(library.globalObjects),
    constructsByCall: library.constructsByCall === true,
    callsByName: library.callsByName === true,
  }
}

/** What hosts hand over with no import, by its path. */
const bindingsOf = once((catalogue: Catalogue): ReadonlyMap<string, { package: string; path: string }> => {
  const facts = catalogue.data.providers.flatMap((provider) => provider.npm ?? [])
  return new Map(
    facts.flatMap(({ packages, bindings = [] }) =>
      bindings.map((path) => [path, { package: packages[0]!, path }] as const),
    ),
  )
})

/** First names of everything global that is known. */
function namesOfGlobals(catalogue: Catalogue, library: StandardLibrary): Set<string> {
  const facts = catalogue
    .globals()
    .flatMap(({ facts: found }) => [
      ...(found.propagators ?? []).map(({ call }) => call),
      ...(found.contentless ?? []),
      ...(found.sanitizers ?? []).map(({ call }) => call),
    ])
  const client = catalogue.httpClient(null)
  const http = [...(client?.calls ?? []), ...(client?.instances ?? [])].map(({ name }) => name)
  const outside = library.describedGlobals === true ? [...facts, ...http] : []
  const own = [
    ...Object.keys(library.functions),
    ...library.environment,
    ...library.environmentCalls,
    ...library.globalObjects,
  ]
  return new Set(
    [...outside, ...own].map((path) => (path.startsWith('import.meta') ? 'import.meta' : path.split('.', 1)[0]!)),
  )
}

function sameModule(declared: string, module: string | null): boolean {
  if (module === null) return false
  const bare = (path: string) =>
    bareName(path)
      .replace(/^\.\//, '')
      .replace(/\.(?:[cm]?[jt]sx?|py|java|kts?)$|\/[^/]*\.go$/, '')
  // app.guards is app/guards.py, shop.Masks is shop/Masks.java
  const path = /\.(?:py|java|kts?)$/.test(module) ? bare(declared).replaceAll('.', '/') : bare(declared)
  const own = bare(module)
  // the folder of a Go file, by its path with its module's name or without
  return path === own || own.endsWith(`/${path}`) || (module.endsWith('.go') && path.endsWith(`/${own}`))
}

function guardOf(policy: Policy, module: string | null, name: string): GuardRule | null {
  const rule = policy.subjects.guards.find(
    (guard) => guard.call === name && (guard.from === null || sameModule(guard.from, module)),
  )
  if (rule === undefined || rule.then === 'unknown') return null
  return { whenTrue: rule.then, whenFalse: rule.otherwise === 'unknown' ? null : rule.otherwise }
}

function declaredField(
  policy: Policy,
  entities: ReadonlyMap<string, Policy['data']['entities'][number]>,
  entity: string,
  field: string,
): FieldEvidence | 'none' | null {
  if (isNotPersonal(policy, entity, field)) return 'none'
  const declared = entities.get(entity)
  const dataClass = declared?.fields[field]
  return dataClass === undefined ? null : { dataClass, sureness: 6, party: declared!.party }
}

function indexFacts(found: readonly FoundFacts[]): PackageKnowledge | null {
  if (found.length === 0) return null
  const clients = new Map<string, { provider: string; client: NonNullable<PackageFacts['clients']>[number] }[]>()
  const functions = new Map<string, { provider: string; sink: NonNullable<PackageFacts['functions']>[number] }>()
  const propagators = new Map<string, NonNullable<PackageFacts['propagators']>>()
  const sources = new Map<string, NonNullable<PackageFacts['sources']>[number]>()
  const sanitizers = new Map<string, NonNullable<PackageFacts['sanitizers']>[number]>()
  const contentless = new Set<string>()
  const configures = new Map<string, { names: readonly string[]; packages: readonly string[] }>()
  const workflows = new Map<string, { steps: readonly string[]; runs: readonly string[] }>()
  const states = new Set<string>()
  const parsers = new Set<string>()
  let shapes = false
  const environment = new Set<string>()
  for (const { provider, library, facts } of found) {
    const id = provider?.id ?? library ?? ''
    for (const client of facts.clients ?? [])
      for (const exported of client.exports)
        clients.set(exported, [...(clients.get(exported) ?? []), { provider: id, client }])
    for (const sink of facts.functions ?? [])
      for (const exported of sink.exports) functions.set(exported, { provider: id, sink })
    for (const rule of facts.propagators ?? [])
      propagators.set(rule.call, [...(propagators.get(rule.call) ?? []), rule])
    for (const source of facts.sources ?? []) sources.set(source.call ?? source.member ?? '', source)
    for (const sanitizer of facts.sanitizers ?? []) sanitizers.set(sanitizer.call, sanitizer)
    for (const name of facts.contentless ?? []) contentless.add(name)
    for (const name of facts.states ?? []) states.add(name)
    for (const { call, names = [], packages } of facts.configures ?? []) configures.set(call, { names, packages })
    for (const { exports, steps, runs } of facts.workflows ?? [])
      for (const exported of exports) workflows.set(exported, { steps, runs })
    for (const name of facts.parsers ?? []) parsers.add(name)
    shapes ||= facts.parsers !== undefined
    for (const name of facts.environment ?? []) environment.add(name)
  }
  return {
    clients,
    functions,
    propagators,
    sources,
    sanitizers,
    contentless,
    configures,
    workflows,
    states,
    parsers: shapes ? parsers : null,
    environment,
  }
}
