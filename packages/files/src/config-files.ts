/** Config files to settings, manifests to texts: small, read in full, before any code. */
import {
  formatOf,
  formatOfScript,
  interpreterIn,
  schemaFormatOf,
  schemasAmong,
  type ConfigFile,
  type SchemaFile,
  type SourceFile,
} from '@sekisho/core'
import type { Tree } from './file-system.js'
import { gapOf, type FoundGap } from './gap.js'
import { fileMessages } from './messages.js'
import type { Prefilter } from './prefilter.js'
import { readText } from './read-text.js'

const MAX_OPENERS = 2000

export interface ReadConfig {
  file: ConfigFile
  text: string
  gitIgnored: boolean
}

export function readConfig(
  tree: Tree,
  paths: readonly string[],
  gitIgnored: ReadonlySet<string>,
  prefilter: Prefilter,
  limit: number,
): { config: ReadConfig[]; gaps: FoundGap[] } {
  const config: ReadConfig[] = []
  const gaps: FoundGap[] = []
  for (const path of paths) {
    const read = readText(tree, path, limit, (bytes) => prefilter.matches(bytes))
    if (read === null) continue
    if (read.gap !== undefined) {
      gaps.push(read.gap)
      continue
    }
    try {
      const format = formatOf(path) ?? formatOfScript(interpreterIn(read.text) ?? '')
      const file = format!.read(path, read.text)
      config.push({ file, text: read.text, gitIgnored: gitIgnored.has(path) })
    } catch (error) {
      gaps.push(gapOf(path, 'parse', fileMessages.crashed(String(error)), prefilter.matches(Buffer.from(read.text))))
    }
  }
  return { config, gaps }
}

export function readManifests(
  tree: Tree,
  paths: readonly string[],
  limit: number,
): { manifests: SourceFile[]; gaps: FoundGap[] } {
  const manifests: SourceFile[] = []
  const gaps: FoundGap[] = []
  for (const path of paths) {
    const read = readText(tree, path, limit, () => false)
    if (read?.gap !== undefined) gaps.push(read.gap)
    else if (read !== null && isDeep(read.text)) gaps.push(gapOf(path, 'cut', fileMessages.tooDeep))
    else if (read !== null) manifests.push({ path, text: read.text })
  }
  return { manifests, gaps }
}

/** Schemas only add to what code shows: one that can't be read is no gap. */
export function readSchemas(tree: Tree, paths: readonly string[], limit: number): SchemaFile[] {
  return schemasAmong(paths).flatMap((path) => {
    const format = schemaFormatOf(path)
    const read = format === undefined ? null : readText(tree, path, limit, () => false)
    return read === null || read.gap !== undefined ? [] : [format!.read(path, read.text)]
  })
}

/** More brackets than any manifest has: nested, they would overflow the stack of a JSON parser. */
function isDeep(text: string): boolean {
  let openers = 0
  for (const _ of text.matchAll(/[[{]/g)) if (++openers > MAX_OPENERS) return true
  return false
}

/** Names of environment variables that config binds to a value with a token, such as an AI host. */
export function boundNames(config: readonly ReadConfig[], prefilter: Prefilter): Set<string> {
  const names = new Set<string>()
  for (const { file } of config) {
    for (const { environment, value } of file.settings) {
      if (environment !== null && value !== null && prefilter.matches(Buffer.from(value))) names.add(environment)
    }
  }
  return names
}
