/**
 * Settings: keys and values from config files, with positions. A door reads one format and knows nothing of code, policy or AI.
 */
import type { Gap } from '../gap.js'
import type { Span } from '../location.js'

export interface Setting {
  file: string
  /** Path of keys: `['services', 'web', 'environment', 'OPENAI_BASE_URL']`; one segment in `.env`. List items are their index. */
  path: readonly string[]
  /** The value as text; references such as `${VAR}` stay as written. null where the key has no scalar value. */
  value: string | null
  keySpan: Span
  valueSpan: Span
  /** Names of variables that the value refers to (`${VAR}`, `$VAR`); then the value is not literal. */
  references: readonly string[]
  /** Set when this setting gives an environment variable to a program: its name. */
  environment: string | null
  comment?: string
  /** What else the value may be, where a condition chooses: written as `value` is. */
  alternatives?: readonly string[]
  /** Names by which other settings refer to this one, as `${name}`. */
  names?: readonly SettingName[]
}

/** A name in a scope: `var.region` in a Terraform module's folder, `sku.name` of a parameter of a Bicep file. */
export interface SettingName {
  scope: string
  name: string
  /** Holds only where nothing else gives the name: a parameter's default. */
  isDefault?: boolean
}

/** Something that infrastructure code sets up. Its attributes are the settings below `path`. */
export interface Resource {
  /** As written, without a version: `azurerm_cognitive_account`, `Microsoft.CognitiveServices/accounts`. */
  type: string
  /** What the file calls it: `azurerm_cognitive_account.main`. */
  name: string
  path: readonly string[]
  span: Span
  /** Name of the resource around it. */
  parent: string | null
  /** Name of the provider configuration that it is made with: `provider.aws`. */
  provider: string | null
}

export interface ConfigFile {
  path: string
  format: string
  /** A template for people (`.env.example`): its values run nowhere until someone copies them. */
  example?: boolean
  settings: Setting[]
  /** Where the names in its values are looked up; none: among environment variables only. */
  scope?: string
  resources?: Resource[]
  /** Parts of the program with a scope of their own: what is below `name` is an `output` there. */
  modules?: { name: string; scope: string }[]
  /** Files within values: what each is called, and the path of the value; their settings stand below it. */
  inner?: { name: string; path: readonly string[] }[]
  /** All comments, in order, without their `#`; rules read directives in them. */
  comments?: { span: Span; text: string }[]
  gaps: Gap[]
}

const EXAMPLE = /(^|[._-])(example|sample)(?=[._-]|$)/i

/** Whether a file's name says that it is a template for people. */
export function isExample(path: string): boolean {
  return EXAMPLE.test(path.slice(path.lastIndexOf('/') + 1))
}

/** A config format: which files, and how to read one. Never throws: what is not understood is a gap. */
export interface ConfigFormat {
  id: string
  /** Whether a path (relative, with '/') is of this format. */
  matches(path: string): boolean
  read(path: string, text: string): ConfigFile
}
