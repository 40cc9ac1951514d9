/**
 * What JSON, TOML and their kin have in common once they are read: objects, lists and scalars with their places, and how these
 * become settings. Doors make the tree; its depth is bounded by them.
 */
import type { Span } from '../location.js'
import type { Gap } from '../gap.js'
import { referencesIn } from './references.js'
import { isExample, type ConfigFile, type Setting } from './setting.js'
import { assignmentIn, givesVariables } from './yaml/variables.js'

export const MAX_LENGTH = 1 << 20
export const MAX_DEPTH = 100
const MAX_SETTINGS = 50_000

export type ConfigNode = ObjectNode | ListNode | ScalarNode

export interface ObjectNode {
  kind: 'object'
  entries: Entry[]
  span: Span
}

export interface Entry {
  key: string
  keySpan: Span
  value: ConfigNode
}

export interface ListNode {
  kind: 'list'
  items: ConfigNode[]
  span: Span
}

export interface ScalarNode {
  kind: 'scalar'
  /** As text; null for `null`. */
  value: string | null
  /** Whether it is written as text: numbers and booleans are not. */
  isText: boolean
  /** Without quotes. */
  span: Span
}

/** A file of a format, read by `read` unless it is too long; what `read` throws is a gap. */
export function readFile(
  format: string,
  path: string,
  text: string,
  read: (file: ConfigFile, text: string) => void,
): ConfigFile {
  const file: ConfigFile = { path, format, settings: [], comments: [], gaps: [] }
  if (isExample(path)) file.example = true
  if (text.length > MAX_LENGTH) {
    addGap(file, null, 'cut', 'longer than 1 MiB: not read', '1 MiB を超えるため読んでいません')
    return file
  }
  try {
    read(file, text)
  } catch {
    addGap(file, null, 'parse', `could not be read as ${format}`, `${format} として読めませんでした`)
  }
  return file
}

const MAX_GAPS = 20

export function addGap(file: ConfigFile, span: Span | null, kind: Gap['kind'], en: string, ja: string): void {
  if (file.gaps.length < MAX_GAPS) file.gaps.push({ file: file.path, span, reason: { en, ja }, kind })
}

/** Nested deeper than a door reads: one gap, and nothing below. */
export function addDepthGap(file: ConfigFile, at: number): void {
  const [en, ja] = [`nested deeper than ${MAX_DEPTH}: not read`, `入れ子が ${MAX_DEPTH} を超えるため読んでいません`]
  addGap(file, { start: at, end: at + 1 }, 'cut', en, ja)
}

/** A comment that begins with a sign or a word of its format: `#`, `rem`, `::`. */
export function addComment(file: ConfigFile, text: string, { start, end }: Span): void {
  const inside = text.slice(start, end).replace(/^\s*(?:#+|rem\b|::|@rem\b)/i, '')
  file.comments?.push({ span: { start, end }, text: inside.trim() })
}

/** Adds a setting, within the bound on their number. */
export function addSetting(
  file: ConfigFile,
  path: readonly string[],
  value: string | null,
  spans: { key: Span; value: Span },
  environment: string | null = null,
  references: readonly string[] = value === null ? [] : referencesIn(value),
): Setting | null {
  if (file.settings.length >= MAX_SETTINGS) {
    if (file.settings.length === MAX_SETTINGS && !file.gaps.some(({ kind }) => kind === 'cut'))
      addGap(file, null, 'cut', 'too many settings: not all were read', '設定が多すぎるため、すべては読んでいません')
    return null
  }
  const setting = { file: file.path, path, value, keySpan: spans.key, valueSpan: spans.value, references, environment }
  file.settings.push(setting)
  return setting
}

/** Every scalar of a tree as a setting; maps and lists that give environment variables are known by their key. */
export function addTree(
  file: ConfigFile,
  node: ConfigNode,
  path: readonly string[] = [],
  key: Span | null = null,
): void {
  if (node.kind === 'scalar') {
    addSetting(file, path, node.value, { key: key ?? node.span, value: node.span })
    return
  }
  const names = givesVariables(path, null)
  if (node.kind === 'object') {
    for (const entry of node.entries) {
      const inner = [...path, entry.key]
      if (entry.value.kind === 'scalar' && names?.test(entry.key) === true)
        addSetting(file, inner, entry.value.value, { key: entry.keySpan, value: entry.value.span }, entry.key)
      else addTree(file, entry.value, inner, entry.keySpan)
    }
    return
  }
  for (const [index, item] of node.items.entries()) {
    const inner = [...path, String(index)]
    if (names === null || !addVariable(file, item, inner, names)) addTree(file, item, inner, key)
  }
}

// "NAME=value", { "name": "NAME", "value": "…" }
function addVariable(file: ConfigFile, item: ConfigNode, path: readonly string[], names: RegExp): boolean {
  if (item.kind === 'scalar') {
    const assignment = assignmentIn(item.value ?? '')
    if (assignment === null || !names.test(assignment.name)) return false
    const middle = Math.min(item.span.start + assignment.length, item.span.end)
    const value = { start: middle, end: item.span.end }
    const key = { start: item.span.start, end: Math.max(item.span.start, middle - 1) }
    addSetting(file, path, item.value!.slice(assignment.length), { key, value }, assignment.name)
    return true
  }
  const name = scalarAt(item, 'name') ?? scalarAt(item, 'Name')
  const value = scalarAt(item, 'value') ?? scalarAt(item, 'Value')
  if (name?.value == null || value === null || !names.test(name.value)) return false
  addSetting(file, [...path, 'value'], value.value, { key: name.span, value: value.span }, name.value)
  return true
}

/** The value of an object's key. */
export function memberOf(node: ConfigNode | null | undefined, key: string): ConfigNode | null {
  if (node?.kind !== 'object') return null
  return node.entries.find((entry) => entry.key === key)?.value ?? null
}

export function scalarAt(node: ConfigNode | null, key: string): ScalarNode | null {
  const found = memberOf(node, key)
  return found?.kind === 'scalar' ? found : null
}
