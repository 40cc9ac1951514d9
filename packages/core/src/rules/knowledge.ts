/** What the solver needs to know, put together from catalogue, policy and the languages' libraries. */
import type { LibrarySource, PackageFacts } from '../catalog/catalogue.js'
import type { Catalogue, FoundFacts } from '../catalog/load.js'
import { createNames, type Names } from '../catalog/names.js'
import { findLiterals } from '../catalog/validators.js'
import { languages } from '../languages/registry.js'
import type { ServiceNames } from '../link/reach.js'
import type { StandardLibrary } from '../languages/library.js'
import type { Policy } from '../policy/policy.js'
import { isNotPersonal } from '../policy/severity.js'
import type { FieldEvidence, GuardRule, Knowledge, PackageKnowledge } from '../solve/knowledge.js'
import type { OperationKind } from '../solve/operations.js'
import { sure } from '../solve/value.js'

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
  const methods = new Map<string, OperationKind>()
  const operations = new Map<string, OperationKind>()
  const libraries = languages.map((language) => language.library)
  for (const library of libraries) {
    for (const [name, kind] of Object.entries(library.methods)) methods.set(name, kind as OperationKind)
    for (const [name, kind] of Object.entries(library.functions)) operations.set(name, kind as OperationKind)
  }
  const environmentCalls = new Set(libraries.flatMap((library) => library.environmentCalls))
  const weak = new Set(
    catalogue.data.dataClasses
      .filter(({ row }) => row === 'identifier' || row === 'related' || row === 'basic-support')
      .map(({ id }) => id),
  )
  const facts = catalogue.data.libraries.flatMap((library) => [library.globals ?? null, ...(library.npm ?? [])])
  const methodsOf = (key: 'lookups' | 'records' | 'tables' | 'holders') => {
    const all = new Set(facts.flatMap((one) => one?.[key] ?? []))
    return (name: string) => all.has(name)
  }
  const inputs = inputsOf(catalogue)
  const globalNames = namesOfGlobals(catalogue, libraries)
  const entities = new Map(policy.data.entities.map((entity) => [entity.name, entity]))
  return {
    names: namesFor(catalogue, policy),
    package(name) {
      let known = packages.get(name)
      if (known === undefined) packages.set(name, (known = indexFacts(factsOf(catalogue, name))))
      return known
    },
    isGlobal: (name) => globalNames.has(name),
    input(names, kind) {
      for (let size = Math.min(3, names.length); size >= 2; size--) {
        const found = inputs.get(`${kind} ${names.slice(0, size).reverse().join('.')}`)
        if (found !== undefined) return { dataClass: found.dataClass, sureness: surenessOf(found.confidence) }
      }
      return null
    },
    literal(text, context) {
      if (!/[0-9\uFF10-\uFF19]{4}|@/.test(text)) return []
      return findLiterals(text, context)
        .filter((literal) => literal.certainty !== 'possible' && literal.sample !== true)
        .map(({ dataClass, certainty }) => ({ dataClass, sureness: surenessOf(certainty) }))
    },
    globals:
      indexFacts(catalogue.globals()) ?? indexFacts([{ provider: null, library: null, facts: { packages: [] } }])!,
    http: (name) => catalogue.httpClient(name),
    namesService: (text) =>
      text.parts.some((part) =>
        typeof part === 'string'
          ? service.named.test(part)
          : part.environment !== null && service.variables.test(part.environment),
      ),
    environment: new Set(libraries.flatMap((library) => library.environment)),
    environmentCall: (path) => environmentCalls.has(path),
    globalObjects: new Set(libraries.flatMap((library) => library.globalObjects)),
    method: (name) => methods.get(name) ?? null,
    operation: (path) => operations.get(path) ?? null,
    appendMethod: 'push',
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
    isLookup: methodsOf('lookups'),
    isRecord: methodsOf('records'),
    isTable: methodsOf('tables'),
    isHolder: methodsOf('holders'),
    fades: (dataClass) => weak.has(dataClass),
    recordClass: 'free-text',
  }
}

function surenessOf(confidence: 'certain' | 'likely' | 'possible'): number {
  return confidence === 'certain' ? sure.certain : confidence === 'likely' ? sure.likely : sure.possible
}

/** Facts of an entry point (`@langchain/core/prompts`), else of its package. */
function factsOf(catalogue: Catalogue, name: string): readonly FoundFacts[] {
  for (let path = name; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const found = catalogue.packageFacts('npm', path)
    if (found.length > 0 || !path.includes('/') || (path.startsWith('@') && path.split('/').length === 2)) return found
  }
}

function inputsOf(catalogue: Catalogue): Map<string, LibrarySource> {
  const inputs = new Map<string, LibrarySource>()
  const all = catalogue.data.libraries.flatMap((library) => [
    ...(library.globals === undefined ? [] : [library.globals]),
    ...(library.npm ?? []),
  ])
  for (const facts of all)
    for (const source of facts.sources ?? [])
      inputs.set(source.call === undefined ? `member ${source.member ?? ''}` : `call ${source.call}`, source)
  return inputs
}

/** First names of everything global that is known. */
function namesOfGlobals(catalogue: Catalogue, libraries: readonly StandardLibrary[]): Set<string> {
  const facts = catalogue
    .globals()
    .flatMap(({ facts: found }) => [
      ...(found.propagators ?? []).map(({ call }) => call),
      ...(found.contentless ?? []),
      ...(found.sanitizers ?? []).map(({ call }) => call),
    ])
  const own = libraries.flatMap((library) => [
    ...Object.keys(library.functions),
    ...library.environment,
    ...library.environmentCalls,
    ...library.globalObjects,
  ])
  const http = (catalogue.httpClient(null)?.calls ?? []).map(({ name }) => name)
  return new Set(
    [...facts, ...own, ...http].map((path) =>
      path.startsWith('import.meta') ? 'import.meta' : path.split('.', 1)[0]!,
    ),
  )
}

function sameModule(declared: string, module: string | null): boolean {
  if (module === null) return false
  const bare = (path: string) => path.replace(/^\.\//, '').replace(/\.[cm]?[jt]sx?$/, '')
  return bare(declared) === bare(module) || bare(module).endsWith(`/${bare(declared)}`)
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
  const clients = new Map<string, { provider: string; client: NonNullable<PackageFacts['clients']>[number] }>()
  const functions = new Map<string, { provider: string; sink: NonNullable<PackageFacts['functions']>[number] }>()
  const propagators = new Map<string, NonNullable<PackageFacts['propagators']>>()
  const sources = new Map<string, NonNullable<PackageFacts['sources']>[number]>()
  const sanitizers = new Map<string, NonNullable<PackageFacts['sanitizers']>[number]>()
  const contentless = new Set<string>()
  const parsers = new Set<string>()
  for (const { provider, library, facts } of found) {
    const id = provider?.id ?? library ?? ''
    for (const client of facts.clients ?? [])
      for (const exported of client.exports) clients.set(exported, { provider: id, client })
    for (const sink of facts.functions ?? [])
      for (const exported of sink.exports) functions.set(exported, { provider: id, sink })
    for (const rule of facts.propagators ?? [])
      propagators.set(rule.call, [...(propagators.get(rule.call) ?? []), rule])
    for (const source of facts.sources ?? []) sources.set(source.call ?? source.member ?? '', source)
    for (const sanitizer of facts.sanitizers ?? []) sanitizers.set(sanitizer.call, sanitizer)
    for (const name of facts.contentless ?? []) contentless.add(name)
    for (const name of facts.parsers ?? []) parsers.add(name)
  }
  return {
    clients,
    functions,
    propagators,
    sources,
    sanitizers,
    contentless,
    parsers: parsers.size > 0 ? parsers : null,
  }
}
