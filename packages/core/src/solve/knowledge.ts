/**
 * What the solver asks of the world: names, packages, guards, sanitizers. The rules answer from catalogue and policy, so that the solver
 * names no language, provider or data class.
 */
import type {
  Client,
  HttpClient,
  LibrarySanitizer,
  LibrarySource,
  Propagator,
  SinkFunction,
} from '../catalog/catalogue.js'
import type { Names } from '../catalog/names.js'
import type { Value as Node } from '../ir/ir.js'
import type { Span } from '../location.js'
import type { KnownSubject } from './facts.js'
import type { OperationKind } from './operations.js'
import type { Text } from './text.js'

export interface FieldEvidence {
  dataClass: string
  sureness: number
  party: string | null
}

export interface PackageKnowledge {
  clients: ReadonlyMap<string, readonly { provider: string; client: Client }[]>
  functions: ReadonlyMap<string, { provider: string; sink: SinkFunction }>
  propagators: ReadonlyMap<string, readonly Propagator[]>
  sources: ReadonlyMap<string, LibrarySource>
  sanitizers: ReadonlyMap<string, LibrarySanitizer>
  contentless: ReadonlySet<string>
  /** Calls that set what holds for packages, with the names of what they set by position. */
  configures: ReadonlyMap<string, { names: readonly string[]; packages: readonly string[] }>
  /** Classes whose steps share a state, with the methods that add a step and those that run. */
  workflows: ReadonlyMap<string, { steps: readonly string[]; runs: readonly string[] }>
  /** Members in which a program keeps state. */
  states: ReadonlySet<string>
  /** Of a package whose functions describe shapes: what gives a value of one; null of any other package. */
  parsers: ReadonlySet<string> | null
  /** Methods that read the environment: `ConfigService.get`. */
  environment: ReadonlySet<string>
}

export interface SanitizerRule {
  argument: number
  removes: readonly string[]
  becomes: 'pseudonymised' | null
  evidence: string
}

export interface GuardRule {
  whenTrue: KnownSubject
  whenFalse: KnownSubject | null
}

export interface LibraryKnowledge {
  /** Whether a name is one of the library's globals. */
  isGlobal(name: string): boolean
  /** Facts about globals: `JSON.stringify`, `structuredClone`. */
  globals: PackageKnowledge
  /** Members that hold the environment: `process.env`. */
  environment: ReadonlySet<string>
  /** Calls that read it: `Deno.env.get`. */
  environmentCall(path: string): boolean
  /** What a library's method does, by its name; null where it is none. */
  method(name: string): OperationKind | null
  /** What a function or constructor does, by its path. */
  operation(path: string): OperationKind | null
  /** Name of a method that appends. */
  appendMethod: string
  /** Named arguments of a record's form: the members that it takes, and those that it leaves. */
  selecting: { takes: readonly string[]; leaves: readonly string[] } | null
  /** Names under which the globals themselves are members: `globalThis`, `window`. */
  globalObjects: ReadonlySet<string>
  /** Calling a class makes an instance of it. */
  constructsByCall: boolean
  /** A function is an object with one method, by whatever name that goes: `sender.apply(text)`. */
  callsByName: boolean
}

/**
 * The parts that names play, as the catalogue's libraries list them: `lookups` give what was stored, not what was asked with;
 * `records` give records of the model they are called on; `tables` name one; `holders` are members under which a result holds its
 * records; `sends` and `receives` speak over a channel that their first argument names; `ambient` are channels of streams and
 * hosts; `puts` and `gives` fill a store and ask it; `environments` are objects whose members are environment variables; `readers`
 * read the file that an argument names.
 */
export type Part =
  | 'ambient'
  | 'lookups'
  | 'records'
  | 'tables'
  | 'holders'
  | 'sends'
  | 'receives'
  | 'puts'
  | 'gives'
  | 'environments'
  | 'readers'

/** Code in a text: what its names stand for is filled in before it is evaluated. */
export interface EmbeddedCode {
  value: Node
  /** `by`: which of the values that are handed over beside the text; null: what stands in the text. */
  filled: readonly { binding: string; by: number | string | null }[]
}

export interface Knowledge {
  names: Names
  package(name: string): PackageKnowledge | null
  /** The export of a package that a host hands over with no import, as a member of an object of this name: `env.AI`. */
  binding(path: string): { package: string; path: string } | null
  /** Whether anything is known of a package's export. */
  knows(name: string, path: string): boolean
  /** What a member of a package is under: some packages are members of others (`google` + `genai.Client` is `google.genai` + `Client`). */
  within(name: string, path: string): { package: string; path: string }
  /** What the standard library of a language does. */
  library(language: string): LibraryKnowledge
  /** What enters at a member or call reached by these names, nearest first: `body` of `req`. */
  input(
    names: readonly string[],
    kind: 'member' | 'call',
  ): { dataClass: string; sureness: number; labelled: boolean } | null
  /** Personal data that a text itself is. */
  literal(text: string, context: string): readonly { dataClass: string; sureness: number }[]
  /** Raw HTTP client of a package, or of the globals. */
  http(name: string | null): HttpClient | null
  /** Whether a URL text names an AI service: a host, a path, a variable bound to one. */
  namesService(text: Text): boolean
  sanitizer(module: string | null, name: string): SanitizerRule | null
  guard(module: string | null, name: string): GuardRule | null
  /** A text as the code of another language that it holds, standing at a place; null where it holds none that matters. */
  code(parts: readonly (string | null)[], span: Span): EmbeddedCode | null
  /** Policy's guard on a member: the values that mean a subject. */
  memberGuard(member: string, value: string): KnownSubject | null
  /** What the policy says of an entity's field; 'none' where it is declared not personal. */
  declaredField(entity: string, field: string): FieldEvidence | 'none' | null
  /** Party the policy gives an entity. */
  declaredParty(entity: string): string | null
  /** Whether data of a class tells little by itself: a number, a code. It fades sooner on its way through unseen code. */
  fades(dataClass: string): boolean
  /** Whether things have data of a class as often as persons do, so that it says nothing of a person where a thing is its owner. */
  ofThings(dataClass: string): boolean
  /** Whether the libraries give a method or member of this name a part to play. */
  plays(part: Part, name: string): boolean
  /** Whether a function of this name defines a model: `pgTable`, `define`. */
  defines: (name: string) => boolean
  /** Class for the whole record of a known person whose fields are not known. */
  recordClass: string
}
