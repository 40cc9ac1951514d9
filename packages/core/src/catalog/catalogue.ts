/**
 * The catalogue: what is known about AI providers, libraries, regions and presets. It is data only, written as YAML under
 * `packages/core/data`, checked and compiled to one object at build. One file says everything about a provider, in all
 * languages. These types are the compiled form and, with the same keys, the form that is written.
 */
import type { Confidence, Ground, Localized, RuleId, Severity, Zone } from '../finding.js'
import type { ConfigSchema, ConfigWords } from './config-schema.js'
import type { DataClass, NameLists } from './data-class.js'

/** `argument.key.key`: `0.messages` is the member `messages` of the first argument; `$0` steps into the constructor's first
 * argument of an instance; `[]` into every element; `*` into every member. `receiver` is the called object. A head that is a name
 * is the argument given by that name: `messages` of `create(messages=…)`, also where it comes in `**arguments`. `0|agent` is
 * either; `module:Settings.llm` in a client's `through` is what the program sets in the package.
 * `WithBaseURL()` is what an option of that name was made with (`(1)` its second argument, `(*)` all), `=BaseURL` a member only as the
 * program set it. */
export type AccessPath = string

/**
 * A URL with places to fill, first alternative that is present: `https://{option:0.region|env:AWS_REGION|default:us-east-1}.x.com`.
 * `option:` reads the client's construction (an access path), `key:` a setting of a config file, `env:` an environment variable
 * that the SDK itself reads,
 * `module:` a member that the program sets in the package, `default:` is the SDK's own. `{option:0.baseURL}` alone is a whole URL. A template without a present source is skipped.
 */
export type EndpointTemplate = string

/** A call that hands data to the service. */
export interface SinkCall {
  /** Access path from the client: `chat.completions.create`; `()` marks a call between: `getGenerativeModel().generateContent`. '' is calling the client itself. */
  method: string
  /** What is sent. */
  data: AccessPath[]
  /** The model id, where an argument gives it. */
  model?: AccessPath
  /** Functions whose results are sent to the model: tools of an agent. */
  tools?: AccessPath[]
  purpose:
    | 'chat'
    | 'completion'
    | 'embedding'
    | 'file'
    | 'image'
    | 'audio'
    | 'video'
    | 'batch'
    | 'fine-tuning'
    | 'moderation'
    | 'rerank'
    | 'agent'
    | 'retrieval'
    | 'storage'
    | 'logging'
    | 'translation'
    | 'other'
  /** Only when the argument at this path is an instance of one of these exported classes (`client.send(new ConverseCommand(…))`). */
  when?: { argument: AccessPath; instanceOf: string[] }
}

/** Another destination of the same client: `new GoogleGenAI({ vertexai: true })` is Vertex AI. */
export interface Route {
  when: { option?: AccessPath; env?: string; is?: (string | boolean)[]; present?: boolean }
  provider: string
  endpoint: EndpointTemplate[]
}

/** What a plain string in place of a model means, by how it starts (`openai:`); the longest prefix wins. */
export interface StringModel {
  prefix: string
  provider: string
  endpoint: EndpointTemplate[]
}

/** A client class, a factory function, a ready-made instance that a package exports, or an annotation that has an interface of the program implemented. */
export interface Client {
  /** Exported names; `default` is the default export, `*` the namespace itself when it is callable. */
  exports: string[]
  made: 'new' | 'call' | 'instance' | 'annotation'
  /** Only where an argument is one of these texts: `boto3.client('bedrock-runtime')`. */
  only?: { argument: AccessPath[]; is: string[] }
  /** First template whose sources are present wins. */
  endpoint: EndpointTemplate[]
  routes?: Route[]
  calls: SinkCall[]
  /** Calls that make a model or a part of the client, with the access path of its model id: `{ method: '', id: '0' }`, `{ method: 'chat', id: '0' }`. */
  models?: { method: string; id: AccessPath }[]
  /** Path of the model id in the construction. */
  model?: AccessPath
  /** Methods that return the same client: `bindTools`, `withOptions`. */
  same?: string[]
  /** Tools given at construction. */
  tools?: AccessPath[]
  /** A client or model given at construction that this one speaks through (`new ConversationChain({ llm })`): its endpoint is used. */
  through?: AccessPath[]
  /** What a plain string at `through` means. */
  stringModels?: StringModel[]
  /** Data given at construction, sent with every call: an agent's instructions, a prompt template. */
  data?: AccessPath[]
  /** Methods that return a client that speaks through this one and through a client among the arguments: `prompt.pipe(model)`. */
  joins?: { method: string; argument: AccessPath }[]
  /** A container makes it from settings, where its construction is not seen: the schemas of its settings (`data/config`) and what it is for. */
  wired?: { by: string[]; as: string }
  /** Methods whose arguments stay with the client, or with the request that it is asked for, until that is sent: `user`, `defaultSystem`. */
  gathers?: string[]
  /** Methods that begin a request: it holds what the client holds, and what is given to it alone. */
  opens?: string[]
  /** What was put into it is sent by whoever it is handed to: a vector store. */
  store?: boolean
  /** An agent that is given every tool of the program, unless its annotation names some. */
  allTools?: boolean
}

/** A free function of a package that sends data, to the model or client found at `model`. */
export interface SinkFunction {
  exports: string[]
  data: AccessPath[]
  model: AccessPath
  tools?: AccessPath[]
  purpose: SinkCall['purpose']
  /**
   * A function that says by its own arguments where it goes (`{option:api_base}`); then `model` is the model's id. Where a plain
   * string names the model, only an argument that is given wins over it.
   */
  endpoint?: EndpointTemplate[]
  /** What a plain string at `model` means. Its templates may name the call's arguments. */
  stringModel?: { provider: string; endpoint: EndpointTemplate[] }
  stringModels?: StringModel[]
}

/** How data or things pass through a library call whose body is not seen, where the default (all arguments into the result) is wrong. */
export interface Propagator {
  /** Exported name, `Class.method`, or for globals `JSON.parse`. */
  call: string
  from: AccessPath[]
  /** `result` (default), `receiver`, or an argument path. */
  to?: AccessPath
  /** The other arguments name the members that it takes of its first, or leaves out. */
  names?: 'takes' | 'leaves'
}

/** Data that enters through a library: `req.body`, `kintone.app.record.get()`. */
export interface LibrarySource {
  call?: string
  member?: string
  /** Of a call: where the words stand that it asks with, `text_input('電話番号')`. */
  label?: AccessPath
  dataClass: string
  confidence: Confidence
}

export interface LibrarySanitizer {
  call: string
  argument: AccessPath
  removes?: string[]
  becomes?: 'pseudonymised'
  evidence: string
}

/** What one or more packages of one ecosystem offer. */
export interface PackageFacts {
  /** As imported: `openai`, `@ai-sdk/openai`; Python's modules, `google.genai`. */
  packages: string[]
  clients?: Client[]
  functions?: SinkFunction[]
  propagators?: Propagator[]
  sources?: LibrarySource[]
  sanitizers?: LibrarySanitizer[]
  /** Calls that set what holds for all of these packages, `vertexai.init(location=…)`: read as `module:location`. */
  configures?: { call: string; names?: string[]; packages: string[] }[]
  /** Classes whose steps are functions that share one record, the state: methods that add a step, and those that run with a first state. */
  workflows?: { exports: string[]; steps: string[]; runs: string[] }[]
  /** Members in which a program keeps what it wants from one request to the next: `session_state`. */
  states?: string[]
  /** Exports that yield no content of their arguments. */
  contentless?: string[]
  /** Methods whose result is what was stored, not what it was asked with: `query`, `findUnique`. */
  lookups?: string[]
  /** Its functions describe shapes and hold no data; these give a value of a shape: `schema.parse(input)`, `parse(schema, input)`. */
  parsers?: string[]
  /** Methods that give records of the model they are called on: `create`, `upsert`. */
  records?: string[]
  /** Methods whose text argument names a table or collection: `from`, `collection`. */
  tables?: string[]
  /** Functions that read the file that an argument names: `createReadStream`, `read_csv`. */
  readers?: string[]
  /** Functions that define a model from a record of its columns: `pgTable`, `Schema`. */
  definers?: string[]
  /** Members under which a result holds its records: `rows`, `data`. */
  holders?: string[]
  /** Methods that speak over a channel that their first argument names, and those whose functions hear it: `emit`, `on`. */
  sends?: string[]
  receives?: string[]
  /** Channels of streams and hosts, which carry nothing of the program's own: `error`. */
  ambient?: string[]
  /** Methods that fill a store, and those that give of what it holds: `addDocuments`, `similaritySearch`. */
  puts?: string[]
  gives?: string[]
  /** Names of objects whose members are environment variables: `env`. */
  environments?: string[]
  /** Exports that a host also hands over with no import, by the name of the object that they are a member of: `env.AI`. */
  bindings?: string[]
  /** Calls that read an environment variable: `ConfigService.get`. */
  environment?: string[]
}

/**
 * A host of a provider. `host` is exact, or holds `{region}` or `{resource}` (one label), or starts with `*.`. `path` is a prefix that must match.
 * `location`: `{region}`, an ISO country, `global`, `unknown`, `local`, or `japan-cross-region`.
 */
export interface Host {
  host: string
  path?: string
  location: string
  /** Japan is offered here only by a setting that code cannot show: what to declare. */
  undeclared?: Localized
  /** Overrules an earlier, less exact host. */
  note?: string
}

/** A second factor that overrules the host's location. */
export interface ModelRule {
  /** Start of the model id (after an ARN's last '/' or ':'), e.g. `global.`; '' matches any other. */
  prefix: string
  /** Only for an ARN of this resource type: `application-inference-profile`. */
  arn?: string
  /** Location of processing; `host` keeps the host's, `arn-region` is the ARN's own region. */
  location: string
  /** Routing that leaves the place the client names: a `region-escape`. */
  escape: boolean
  /** A setting of an account, which routes wherever the account is. */
  setting?: boolean
  /** What code cannot show about this model. */
  undeclared?: Localized
}

export interface ConfigKey {
  /** Environment variable or config key. */
  name: string
  /** url: an endpoint; region: a region; model: a model id; key: a credential, says only that the provider is used; resource: a resource name. */
  holds: 'url' | 'region' | 'model' | 'key' | 'resource'
}

/**
 * Resources of infrastructure code that set the service up. Attributes are paths below the resource with `*` for any one segment;
 * positions in lists may be left out.
 */
export interface ResourceFacts {
  /** `azurerm_cognitive_account`, `Microsoft.CognitiveServices/accounts`, a module of a registry. */
  types: string[]
  /** Only where each attribute has one of the values (in lower case); one that is missing is met by null. */
  when?: Record<string, (string | null)[]>
  /** Attributes that name the region. */
  region?: string[]
  /** The region is that of the provider's configuration, at this key. */
  providerRegion?: string
  /** Attributes that hold the resource that it is part of, whose region is its own. */
  parent?: string[]
  /** Attributes that name the deployment type. */
  deployment?: string[]
  /** Attributes that name the model. */
  model?: string[]
  /** Attributes that others read, and the URL that they stand for, with `{region}`. */
  outputs?: Record<string, string>
}

export interface ProviderExample {
  language: 'ts' | 'js' | 'py' | 'java' | 'go' | 'kotlin' | 'env' | 'yaml' | string
  code: string
  /** `cross-border-flow phone → foreign`, or 'clean'. */
  expect: string
}

export interface Provider {
  id: string
  name: Localized
  kind:
    | 'model-api'
    | 'cloud-platform'
    | 'gateway'
    | 'framework'
    | 'runtime'
    | 'observability'
    | 'vector-store'
    | 'translation'
    | 'speech'
    | 'other'
  operator: { name: string; jurisdiction: string | null; contractingEntity?: string }
  hosts: Host[]
  /** Name of the region table (data/regions.yaml) that this provider's regions are in. */
  regions?: string
  models?: ModelRule[]
  /** Deployment types (SKUs) and the location they process at: `host` or another. */
  deployments?: { name: string; location: string }[]
  environment?: ConfigKey[]
  resources?: ResourceFacts[]
  /** Ecosystem → packages. */
  npm?: PackageFacts[]
  pypi?: PackageFacts[]
  maven?: PackageFacts[]
  go?: PackageFacts[]
  /** Functions of databases, in lower case: `snowflake.cortex.complete` of the package `database`. */
  sql?: PackageFacts[]
  /** Certifications that the provider states for this service: `ISMAP`, `ISO/IEC 27001`. */
  certifications?: string[]
  /** OpenAI-compatible and the like; used in remedies. */
  compatible?: string[]
  /** What the user can do instead or must declare. */
  remedy?: Localized
  examples?: ProviderExample[]
  tier: 'A' | 'B' | 'C'
  sources: string[]
  checked: string
  unverified?: string[]
}

/** A table of regions: name → ISO country (`JP`, `DE`, …). Names not in it are `unknown`. */
export type RegionTable = Readonly<Record<string, string>>

/** URL paths that mark an AI API whatever the host, with the members of the JSON body that carry data. */
export interface ApiPath {
  path: string
  /** Only on this port; paths that say little by themselves. */
  port?: number
  purpose: SinkCall['purpose']
  data: string[]
  /** Member of the body that holds the model id. */
  model?: string
}

/** A raw HTTP client: how its calls name the URL and the body. */
export interface HttpClient {
  /** Package (of another ecosystem than npm with its prefix, `pypi:requests`), or null for a global (`fetch`). */
  package: string | null
  /** Exported or global names: `fetch`, `default`, `default.post`, `post`, `request`. */
  calls: {
    name: string
    url: AccessPath[]
    data: AccessPath[]
    base?: AccessPath
    /** Methods of the call's result that send more of the body: `http.request(…).write(body)`. */
    later?: { method: string; data: AccessPath[] }[]
  }[]
  /** `axios.create({ baseURL })` and the like: calls on the result prefix the URL. */
  instances?: {
    name: string
    base: AccessPath
    calls: { method: string; url: AccessPath[]; data: AccessPath[] }[]
    /** Methods that begin a request; each call that follows gives it an argument of its own name, until one of `calls` sends it. */
    opens?: string[]
    /** Starts of the names of methods that set something of the instance, by their own name, and give it again. */
    keeps?: string[]
    /** Handed to code that is not seen under one of these names, it is sent: `doer.Do(request)`. */
    handed?: { methods: string[]; url: AccessPath[]; data: AccessPath[] }
    /** A builder: each call gives an argument of its own name, until `build` makes the instance named here. */
    builds?: string
  }[]
}

/** Facts about a library that is no AI provider: a web framework, a standard library. */
export interface Library {
  id: string
  npm?: PackageFacts[]
  pypi?: PackageFacts[]
  maven?: PackageFacts[]
  go?: PackageFacts[]
  sql?: PackageFacts[]
  /** About names that need no import. */
  globals?: PackageFacts
  sources: string[]
  checked: string
}

export type Row =
  | 'related'
  | 'basic-support'
  | 'identifier'
  | 'basic'
  | 'customer-record'
  | 'financial'
  | 'government-id'
  | 'free-text'
  | 'special-care'
  | 'biometric'
  | 'my-number'
  | 'pseudonymised'
  | 'not-personal'

export type Level = 'allow' | Severity | 'never'

/** data row (or class) × zone → level. */
export interface Cell {
  data: string
  zone: Zone
  level: Level
  /** Bases that lower it to a note, any one of them; each is a set of tokens that must all be declared. */
  unless?: string[][]
  /** Evidence or contract fields of the destination, or tokens of its bases, that must be declared besides: `ismap`, `training=false`. */
  requires?: string[]
  /** Whether an exception may lift it. `never` cells may not. */
  exception: boolean
}

export interface Preset {
  id: string
  name: Localized
  description: Localized
  /** statute, guideline or product-policy: printed with each finding. */
  source: Ground['kind']
  reference: string
  extends?: string[]
  cells: Cell[]
  /** Default severities of rules that no cell decides. */
  rules?: Partial<Record<RuleId, Severity>>
  /** Contract or evidence fields that every destination of these zones must declare before a basis counts. */
  requires?: { zones: Zone[]; fields: string[] }[]
  /** Rows that swallow a whole object that holds them. */
  absorbs?: Row[]
  /** Data of some rows, held about somebody in this capacity (`patient`), is judged as another row. */
  parties?: { party: string; rows: Row[]; as: Row }[]
  sources: string[]
  checked: string
}

export interface CatalogueData {
  /** Digest of all the data files. */
  version: string
  providers: Provider[]
  regions: Readonly<Record<string, RegionTable>>
  /** `surveyed`: the Personal Information Protection Commission has published a survey of the country's system. */
  countries: { designated: readonly string[]; surveyed: readonly string[] }
  apiPaths: ApiPath[]
  unread: UnreadLanguages
  http: HttpClient[]
  /** Facts about libraries that are no AI provider: web frameworks, standard library. */
  libraries: Library[]
  /** What settings of config files mean. */
  config: ConfigSchema[]
  configWords: ConfigWords
  dataClasses: DataClass[]
  names: NameLists
  presets: Preset[]
}

/** Languages that are known but not read, and texts that in any of them say that a file could matter. */
export interface UnreadLanguages {
  mentions: string[]
  languages: UnreadLanguage[]
}

/** A language that is known but not read. */
export interface UnreadLanguage {
  name: string
  /** With their dot, in lower case. */
  extensions: string[]
  /** Texts that, beside the catalogue's tokens, say that a file of it could matter. */
  mentions?: string[]
}
