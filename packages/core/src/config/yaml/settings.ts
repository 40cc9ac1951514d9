/**
 * YAML documents → settings. Aliases and merge keys are followed to what they stand for, within a bound, with the positions of
 * what is written there.
 */
import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Span } from '../../location.js'
import { referencesIn } from '../references.js'
import type { Setting } from '../setting.js'
import { type Template, unmask } from './template.js'
import { assignmentIn, givesVariables } from './variables.js'

const MAX_SETTINGS = 50_000
/** Nodes read through aliases. */
const MAX_EXPANSIONS = 20_000

/** Where a node stands. */
interface Place {
  path: readonly string[]
  key: Span | null
  /** Variable that this scalar, or this map's `value`, gives. */
  variable: string | null
  /** `kind` of the map above. */
  kind: string | null
  /** Anchors that are being expanded. */
  inside: readonly unknown[]
}

export class SettingsReader {
  readonly #settings: Setting[] = []
  #anchors = new Map<string, unknown>()
  #expansions = 0
  /** Whether a bound was reached. */
  cut = false

  constructor(
    readonly file: string,
    readonly text: string,
    readonly templates: readonly Template[],
    readonly comments: readonly { span: Span; text: string }[],
  ) {}

  document(contents: unknown): void {
    this.#anchors = new Map()
    this.#node(contents, { path: [], key: null, variable: null, kind: null, inside: [] })
  }

  /** A value that is read at two places because of an alias counts once, as the variable it gives if it gives one. */
  settings(): Setting[] {
    if (this.#expansions === 0) return this.#settings
    const variables = new Set(this.#settings.filter((s) => s.environment !== null).map((s) => s.valueSpan.start))
    const seen = new Set<string>()
    return this.#settings.filter(({ valueSpan, environment, path }) => {
      if (environment === null && valueSpan.end > valueSpan.start && variables.has(valueSpan.start)) return false
      const identity = `${valueSpan.start} ${environment ?? path.join('\0')}`
      return !seen.has(identity) && seen.add(identity)
    })
  }

  #node(node: unknown, place: Place): void {
    if (place.inside.length > 0 && !this.#mayExpand()) return
    if (isAlias(node)) return this.#alias(node, place)
    if (isNode(node) && node.anchor) this.#anchors.set(node.anchor, node)
    if (isScalar(node)) this.#scalar(node, place)
    else if (isMap(node)) this.#map(node, place)
    else if (isSeq(node)) this.#list(node, place)
  }

  #alias(alias: Alias, place: Place): void {
    const target = this.#anchors.get(alias.source)
    const span = spanOf(alias, this.text)
    if (target === undefined && span) this.#add(null, span, place, [])
    else if (!place.inside.includes(target)) this.#node(target, { ...place, inside: [...place.inside, target] })
  }

  #mayExpand(): boolean {
    if (++this.#expansions > MAX_EXPANSIONS) this.cut = true
    return !this.cut
  }

  #map(map: YAMLMap, place: Place): void {
    const names = givesVariables(place.path, place.kind)
    const kind = this.#textAt(map, 'kind')
    const merged: unknown[] = []
    for (const pair of map.items) {
      const key = this.#keyText(pair)
      if (key === '<<') merged.push(pair.value)
      else this.#node(pair.value, this.#entry(pair, key, place, names, kind))
    }
    if (merged.length === 0) return
    // <<: *base, <<: [*a, *b]: what the map says itself stands
    const own = new Set(map.items.map((pair) => this.#keyText(pair)))
    for (const source of merged) this.#merge(source, own, place)
  }

  #entry(pair: Pair, key: string, place: Place, names: RegExp | null, kind: string | null): Place {
    let variable: string | null = null
    if (names?.test(key)) variable = key
    else if (place.variable !== null && /^value(from)?$/i.test(key)) variable = place.variable
    return { path: [...place.path, key], key: spanOf(pair.key, this.text), variable, kind, inside: place.inside }
  }

  #merge(source: unknown, own: ReadonlySet<string>, place: Place): void {
    if (isSeq(source)) {
      for (const item of source.items) this.#merge(item, own, place)
      return
    }
    const target = isAlias(source) ? this.#anchors.get(source.source) : source
    if (!isMap(target) || place.inside.includes(target)) return
    const names = givesVariables(place.path, place.kind)
    const kind = this.#textAt(target, 'kind')
    const inner = { ...place, inside: [...place.inside, target] }
    for (const pair of target.items) {
      if (!this.#mayExpand()) return
      const key = this.#keyText(pair)
      if (key === '<<') this.#merge(pair.value, own, inner)
      else if (!own.has(key)) this.#node(pair.value, this.#entry(pair, key, inner, names, kind))
    }
  }

  #list(list: YAMLSeq, place: Place): void {
    const names = givesVariables(place.path, place.kind)
    for (const [index, item] of list.items.entries()) {
      const path = [...place.path, String(index)]
      const name = names && isMap(item) ? (this.#textAt(item, 'name') ?? this.#textAt(item, 'Name')) : null
      const variable = name !== null && names?.test(name) ? name : null
      const inner: Place = { path, key: null, variable, kind: null, inside: place.inside }
      if (!names || !isScalar(item) || !this.#assignment(item, inner, names)) this.#node(item, inner)
    }
  }

  // - NAME=value
  #assignment(item: Scalar, place: Place, names: RegExp): boolean {
    const span = spanOf(item, this.text)
    const assignment = assignmentIn(String(item.value))
    if (!span || !assignment || !names.test(assignment.name)) return false
    // Name and sign hold no escapes, so that their length in the text is the same.
    const middle = span.start + assignment.length
    const keySpan = { start: span.start, end: middle - 1 }
    const value = String(item.value).slice(assignment.length)
    this.#add(value, { start: middle, end: span.end }, { ...place, key: keySpan, variable: assignment.name }, [])
    return true
  }

  #scalar(scalar: Scalar, place: Place): void {
    const span = spanOf(scalar, this.text)
    if (!span) return
    const value = String(scalar.value)
    const empty = scalar.type === 'PLAIN' && /^(~|null|)$/i.test(value)
    // !Ref Parameter: stands for something else. !Sub 'https://${Region}…' is text.
    const tagged = scalar.tag?.startsWith('!') && scalar.tag !== '!Sub'
    this.#add(empty ? null : value, span, place, tagged ? [value] : [])
  }

  #add(value: string | null, valueSpan: Span, place: Place, references: string[]): void {
    if (this.#settings.length === MAX_SETTINGS) {
      this.cut = true
      return
    }
    const unmasked = unmask(value ?? '', this.templates)
    const setting: Setting = {
      file: this.file,
      path: place.path,
      value: value === null ? null : unmasked.text,
      keySpan: place.key ?? valueSpan,
      valueSpan,
      references: [...new Set([...referencesIn(unmasked.text), ...references, ...unmasked.expressions])],
      environment: place.variable,
    }
    const comment = this.#commentAfter(valueSpan.end)
    if (comment) setting.comment = comment
    this.#settings.push(setting)
  }

  /** Comment on the same line. */
  #commentAfter(offset: number): string | null {
    let low = 0
    let high = this.comments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.comments[middle]!.span.start < offset) low = middle + 1
      else high = middle
    }
    const comment = this.comments[low]
    if (!comment || comment.span.start - offset > 500) return null
    return /[\r\n]/.test(this.text.slice(offset, comment.span.start)) ? null : comment.text
  }

  #textAt(map: YAMLMap, key: string): string | null {
    const value = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value
    const target = isAlias(value) ? this.#anchors.get(value.source) : value
    return isScalar(target) ? String(target.value) : null
  }

  #keyText({ key }: Pair): string {
    if (isScalar(key)) return unmask(String(key.value), this.templates).text
    const span = spanOf(key, this.text)
    return span ? this.text.slice(span.start, Math.min(span.end, span.start + 100)) : ''
  }
}

/** Where a node's text stands: without quotes, and without a block scalar's head and last line break. */
function spanOf(node: unknown, text: string): Span | null {
  if (!isNode(node) || !node.range) return null
  let [start, end] = node.range
  const type = isScalar(node) ? node.type : undefined
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') {
    const quote = type === 'QUOTE_DOUBLE' ? '"' : "'"
    if (text[start] === quote) start++
    if (end > start && text[end - 1] === quote) end--
  } else if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') {
    const line = text.indexOf('\n', start)
    if (line !== -1 && line < end) start = line + 1
    while (start < end && /[ \t\r\n]/.test(text[start]!)) start++
    while (end > start && /[\r\n]/.test(text[end - 1]!)) end--
  }
  return { start, end }
}
