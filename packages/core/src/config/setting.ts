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
}

export interface ConfigFile {
  path: string
  format: string
  /** A template for people (`.env.example`): its values run nowhere until someone copies them. */
  example?: boolean
  settings: Setting[]
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
