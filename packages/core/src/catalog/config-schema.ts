/**
 * What the settings of a tool's config files mean: which keys together name one AI endpoint. One file a tool under
 * `data/config`. Keys are paths of segments with '.', `*` is any one segment; they are looked up below `at`.
 */
import type { EndpointTemplate, StringModel } from './catalogue.js'
import type { Localized } from '../finding.js'

export interface ConfigSchema {
  id: string
  name: Localized
  /** Globs of paths; one without '/' is of the file's name. */
  files: string[]
  /** Only where the file has a setting at or below one of these keys; for names that many tools use (`config.yaml`). */
  holds?: string[]
  /** `base-url`, `baseUrl` and `BASE_URL` are one key. */
  relaxed?: boolean
  /** `application-prod.yml` says what differs from `application.yml` beside it, under the profile `prod`. */
  profiles?: boolean
  /** The variables that it sets are the tool's own: the repository's programs do not get them. */
  own?: boolean
  /** Values that start with this name an environment variable: `os.environ/`. */
  environmentPrefix?: string
  endpoints: ConfigEndpoint[]
  fallbacks?: ConfigFallback[]
}

/** Settings that together name an endpoint. */
export interface ConfigEndpoint {
  /** Where the keys stand: `model_list.*.litellm_params`; '' is the whole file; `a.b|c` is either. */
  at: string
  /** It is there where one of these keys is. */
  present: string[]
  /** Only where each of these keys has one of the values; a key that is missing is met by null. `/key` is looked up from the file's root. */
  when?: Record<string, (string | null)[]>
  provider: string
  /** As for clients; `key:` reads a setting. None present: the endpoint is not known. */
  endpoint: EndpointTemplate[]
  model?: string[]
  deployment?: string[]
  /** What the model's prefix means (`bedrock/`); the longest wins, and it is no part of the model id. */
  stringModels?: StringModel[]
  /** What others in the file call it: a key. */
  name?: string
  /** Written for people to choose from: a form's default, a provider's manifest. */
  note?: boolean
  /** Libraries that, where a build names one, make a container set up clients of this endpoint: `spring-ai-starter-model-openai`. */
  starters?: string[]
  /** What these clients are for: `chat`, `embedding`. */
  wires?: string[]
  /** Names under which the container knows them: `openAiChatModel`. */
  beans?: string[]
}

/** Where requests go when an endpoint fails: a map from names to lists of names, or a list for all. */
export interface ConfigFallback {
  at: string
  /** Names of the endpoint that falls back: the key that holds the list, or all endpoints. */
  from: 'key' | 'all'
}

/** Words that tell, without a tool's schema, that a setting chooses where an AI service runs. */
export interface ConfigWords {
  /** Token sequences of a key, or of a key above it, and the providers whose regions its value may name. */
  services: { words: string[]; providers: string[] }[]
  /** Last token of a key that holds a region. */
  regionKeys: string[]
  /** Keys below the one that is meant: `openAILocation: { value: eastus }`. */
  wrappers: string[]
  /** Keys whose text is for people to read. */
  prose: string[]
  /** Segments of a URL's path that only a page for people has. */
  pages: string[]
  /** Keys of lists of what may be chosen. */
  choices: string[]
  /** Makers of models: second part of an inference profile's id. */
  modelVendors: string[]
}
