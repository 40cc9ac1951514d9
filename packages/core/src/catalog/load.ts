/**
 * The catalogue, ready to ask: the compiled data with its indexes, each built when it is first used. Pure: nothing is read
 * from disk, the data is a module.
 */
import { lazily } from '../once.js'
import type { CatalogueData, HttpClient, PackageFacts, Preset, Provider } from './catalogue.js'
import { catalogueData } from './data.generated.js'
import { ecosystems, type Ecosystem } from './ecosystems.js'
import { createHostIndex, type HostMatch } from './hosts.js'
import { createZoning, type Place, type PlaceQuery } from './zones.js'

/** What one provider, or a library that is no provider, says about a package. */
export interface FoundFacts {
  provider: Provider | null
  /** Id of the library where there is no provider. */
  library: string | null
  facts: PackageFacts
}

export interface Catalogue {
  data: CatalogueData
  version: string
  providerById(id: string): Provider | null
  presetById(id: string): Preset | null
  /** All that is known of a package, or of a subpath that has facts of its own; several providers may speak of one. */
  packageFacts(ecosystem: Ecosystem, name: string): readonly FoundFacts[]
  /** Facts about names that need no import: `JSON.stringify`, `kintone.app.record.get`. */
  globals(): readonly FoundFacts[]
  /** The raw HTTP client of a package; of a global where `name` is null. */
  httpClient(name: string | null): HttpClient | null
  matchHost(host: string, path?: string): HostMatch | null
  placeOf(query: PlaceQuery): Place
  /** Providers whose configuration an environment variable is. */
  environment(name: string): readonly Provider[]
  /** Texts of which a file that can matter holds at least one. */
  tokens(): readonly string[]
}

export function createCatalogue(data: CatalogueData): Catalogue {
  const providers = lazily(() => new Map(data.providers.map((provider) => [provider.id, provider])))
  const presets = lazily(() => new Map(data.presets.map((preset) => [preset.id, preset])))
  const packages = lazily(() => indexPackages(data))
  const clients = lazily(() => new Map(data.http.map((client) => [client.package, client])))
  const hosts = lazily(() => createHostIndex(data.providers))
  const zoning = lazily(() => createZoning(data))
  const variables = lazily(() => indexEnvironment(data))
  const globals = lazily(() =>
    data.libraries.flatMap(({ id, globals: facts }): FoundFacts[] =>
      facts === undefined ? [] : [{ provider: null, library: id, facts }],
    ),
  )
  const tokens = lazily(() => tokensOf(data))
  return {
    data,
    version: data.version,
    providerById: (id) => providers().get(id) ?? null,
    presetById: (id) => presets().get(id) ?? null,
    packageFacts(ecosystem, name) {
      const exact = packages().get(`${ecosystem}:${name}`)
      return exact ?? (ecosystem === 'npm' ? packages().get(`npm:${packageOf(name)}`) : undefined) ?? []
    },
    globals,
    httpClient: (name) => clients().get(name) ?? null,
    matchHost: (host, path = '') => hosts().match(host, path),
    placeOf: (query) => zoning().placeOf(query),
    environment: (name) => variables().get(name) ?? [],
    tokens,
  }
}

function indexPackages(data: CatalogueData): Map<string, FoundFacts[]> {
  const index = new Map<string, FoundFacts[]>()
  function add(
    ecosystem: Ecosystem,
    provider: Provider | null,
    library: string | null,
    all: PackageFacts[] = [],
  ): void {
    for (const facts of all) {
      for (const name of facts.packages) {
        const key = `${ecosystem}:${name}`
        const found = index.get(key)
        if (found) found.push({ provider, library, facts })
        else index.set(key, [{ provider, library, facts }])
      }
    }
  }
  for (const provider of data.providers) {
    for (const ecosystem of ecosystems) add(ecosystem, provider, null, provider[ecosystem])
  }
  for (const library of data.libraries)
    for (const ecosystem of ecosystems) add(ecosystem, null, library.id, library[ecosystem])
  return index
}

function indexEnvironment(data: CatalogueData): Map<string, Provider[]> {
  const index = new Map<string, Provider[]>()
  for (const provider of data.providers) {
    for (const { name } of provider.environment ?? []) index.set(name, [...(index.get(name) ?? []), provider])
  }
  return index
}

/** `openai/client` is in `openai`, `@langchain/core/prompts` in `@langchain/core`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Shorter texts are in too many files to tell anything. */
const shortest = 5

function tokensOf(data: CatalogueData): string[] {
  const all = new Set<string>()
  for (const provider of data.providers) {
    for (const ecosystem of ecosystems) {
      for (const facts of provider[ecosystem] ?? []) {
        if (ecosystem === 'sql') for (const token of functionsOf(facts)) all.add(token)
        for (const token of boundCalls(facts)) all.add(token)
        if (ecosystem !== 'sql')
          for (const name of facts.packages) for (const token of importsOf(ecosystem, name)) all.add(token)
      }
    }
    for (const { host } of provider.hosts) all.add(literalOf(host))
    for (const { name, holds } of provider.environment ?? []) if (holds !== 'region') all.add(name)
  }
  for (const { path } of data.apiPaths) all.add(path)
  const long = [...all].filter((token) => token.length >= shortest).sort((a, b) => a.length - b.length)
  const kept: string[] = []
  for (const token of long) if (!kept.some((shorter) => token.includes(shorter))) kept.push(token)
  return kept.sort()
}

/** A binding stands in code as `env.AI.run(…)`, with no import. */
function boundCalls({ bindings = [], clients = [] }: PackageFacts): string[] {
  const calls = clients.flatMap((client) => client.calls.map(({ method }) => `.${method}(`))
  return bindings.flatMap((path) => calls.map((call) => path.slice(path.lastIndexOf('.') + 1) + call))
}

/** Functions of a database stand by their names, in either case. */
function functionsOf({ clients = [], functions = [] }: PackageFacts): string[] {
  const made = clients.filter(({ made: how }) => how === 'new').flatMap(({ exports }) => exports)
  const called = [...clients, ...functions].flatMap(({ exports }) => exports).filter((name) => !made.includes(name))
  // What a statement makes or sets stands there in words: CREATE EXTERNAL MODEL, ALTER ACCOUNT SET KEY.
  const said = called.map((name) => name.replace(/^alter_\w+\./, ''))
  const words = [...made, ...said.filter((name) => name.startsWith('create_'))].map((name) =>
    name.replace(/^create_/, '').replaceAll('_', ' '),
  )
  const names = said.filter((name) => /[._]/.test(name) && !name.startsWith('create_'))
  return [...names, ...words].flatMap((name) => [name.toLowerCase(), name.toUpperCase(), titled(name)])
}

function titled(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}

/** How an import of a package shows: its name, or for a short one (`ai`) the name where only an import has it. */
function importsOf(ecosystem: Ecosystem, name: string): string[] {
  if (ecosystem === 'pypi') return pythonImports(name)
  if (name.length >= shortest) return [name]
  return ["'", '"'].flatMap((quote) => [
    ...[`from ${quote}${name}${quote}`, `require(${quote}${name}${quote}`, `import(${quote}${name}${quote}`],
    ...[`from ${quote}${name}/`, `require(${quote}${name}/`, `import(${quote}${name}/`],
  ])
}

/** `import google.genai`, `from google.genai import …`, `from google import genai`. */
function pythonImports(name: string): string[] {
  const dot = name.lastIndexOf('.')
  const whole = [`import ${name}`, `from ${name} `, `from ${name}.`]
  return dot < 0 ? whole : [...whole, `from ${name.slice(0, dot)} import`]
}

/** The longest part of a host pattern that is written out. */
function literalOf(host: string): string {
  const parts = host
    .replace(/^\*\./, '')
    .split(/\{\w+\}/)
    .map((part) => part.replace(/^[.-]|[.-]$/g, ''))
  // A domain that all services of a cloud share tells nothing.
  const telling = parts.filter((part) => part.length >= shortest && part !== 'amazonaws.com')
  const longest = (telling.length > 0 ? telling : parts).reduce(
    (found, part) => (part.length > found.length ? part : found),
    '',
  )
  // A plain word (`translate`) is in any code; before a region it stands in a URL.
  return /^[a-z]+$/.test(longest) ? `//${longest}.` : longest
}

export const catalogue: Catalogue = createCatalogue(catalogueData)
