/**
 * The config formats, one line each. Order matters only where two could match: the first wins.
 */
import { env } from './env.js'
import type { ConfigFormat } from './setting.js'
import { yaml } from './yaml.js'

export const configFormats: readonly ConfigFormat[] = [env, yaml]

/** The format that reads a file, if one does. `path` is relative, with '/'. */
export function formatOf(path: string): ConfigFormat | undefined {
  return configFormats.find((format) => format.matches(path))
}
