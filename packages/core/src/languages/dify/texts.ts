/**
 * Values of an app as JavaScript: `{{#node.field#}}` and `[node, field]` are variables of the program, a prompt is a template.
 */
import { aligned } from '../../config/aligned.js'
import { scalarAt, type ConfigNode, type ScalarNode } from '../../config/tree.js'
import type { MappedText } from '../made/mapped.js'
import { at, itemsOf, type App, type AppNode } from './app.js'

export interface Program {
  app: App
  into: MappedText
  simple: boolean
  byId: ReadonlyMap<string, AppNode>
  /** What users are asked for: labels by name. */
  form: ReadonlyMap<string, string>
}

const NAME = /^[A-Za-z_$][\w$]*$/
const deepest = 12

export function add({ app, into }: Program, text: string, node: ConfigNode): void {
  into.add(text, {
    start: app.place(node.span.start),
    end: app.place(Math.max(node.span.start, node.span.end - 1)) + 1,
  })
}

export function member(key: string): string {
  return NAME.test(key) ? `?.${key}` : `?.[${JSON.stringify(key)}]`
}

/** What a selector stands for: `['1711529033302', 'review']`. */
export function reference(program: Program, path: readonly string[], depth = 0): string {
  const [head = '', ...rest] = path
  const below = rest.slice(0, 8).map(member).join('')
  if (depth > deepest) return 'undefined'
  if (rest[0]?.startsWith('sys.') === true) return `sys${member(rest[0].slice(4))}`
  if (head === 'sys' || head === 'env' || head === 'conversation') return `${head}${below}`
  const node = program.byId.get(head)
  if (node === undefined) return 'undefined'
  if (node.type === 'start') return asked(program, rest)
  if (node.type === 'iteration') {
    const [field, ...further] = rest
    if (field === 'index') return '0'
    const key = field === 'item' ? 'iterator_selector' : 'output_selector'
    const inner = reference(program, selector(at(node.data, key)), depth + 1)
    return field === 'item' ? `${inner}?.[0]${further.map(member).join('')}` : `[${inner}]`
  }
  return `o${node.index}${below}`
}

/** A field of the form is known by its name and by its label: 電話番号 says what `tel2` does not. */
export function asked({ form }: Program, [name = '', ...rest]: readonly string[]): string {
  const below = rest.slice(0, 8).map(member).join('')
  const label = form.get(name) ?? ''
  const own = `start${member(name)}${below}`
  return /[\u0080-\uFFFF]/.test(label) ? `($when ? ${own} : start${member(label)}${below})` : own
}

export function selector(node: ConfigNode | null): string[] {
  return itemsOf(node).flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.value] : []))
}

/** The value of a selector, at the selector's place. */
export function selected(program: Program, node: ConfigNode | null): void {
  const path = selector(node)
  if (node === null || path.length === 0) program.into.add('undefined', { start: 0, end: 1 })
  else add(program, reference(program, path), node)
}

const HOLE = /\{\{#([^#{}]{1,300})#\}\}/g

/** `氏名: {{#start.name#}}`: text and what it refers to. `names`: what plain `{{name}}` is. */
export function template(program: Program, node: ScalarNode, names?: (name: string) => string | null): void {
  const { app, into } = program
  const value = (node.value ?? '').slice(0, 100_000)
  const from = aligned(value, app.text, node.span).map((offset) => app.place(offset))
  const pattern = names === undefined ? HOLE : /\{\{#([^#{}]{1,300})#\}\}|\{\{-?\s*([\w$.]{1,100})[^{}]{0,200}\}\}/g
  add(program, '`', node)
  let last = 0
  for (const found of value.matchAll(pattern)) {
    literal(into, value.slice(last, found.index), from.subarray(last, found.index))
    const start = from[found.index] ?? 0
    const text =
      found[1] === undefined ? (names?.(found[2]!) ?? 'undefined') : reference(program, found[1].trim().split('.'))
    into.add(`\${${text}}`, { start, end: start + found[0].length })
    last = found.index + found[0].length
  }
  literal(into, value.slice(last), from.subarray(last))
  add(program, '`', node)
}

function literal(into: MappedText, text: string, from: Uint32Array): void {
  for (const found of text.matchAll(/[`\\$]|[^`\\$]+/g)) {
    const own = from.subarray(found.index, found.index + found[0].length)
    const start = own[0] ?? 0
    if (found[0].length === 1 && '`\\$'.includes(found[0])) into.add(`\\${found[0]}`, { start, end: start + 1 })
    else into.copy(found[0], own)
  }
}

/** A value of any form: a text with holes, a selector, what holds these. */
export function value(program: Program, node: ConfigNode | null, depth = 0): void {
  if (node === null || depth > 20) program.into.add('undefined', { start: 0, end: 1 })
  else if (node.kind === 'scalar') template(program, node)
  else if (node.kind === 'list') {
    const path = selector(node)
    const isPath = path.length > 1 && path.length === node.items.length
    if (isPath && (program.byId.has(path[0]!) || /^(?:sys|env|conversation)$/.test(path[0]!)))
      return selected(program, node)
    add(program, '[', node)
    for (const item of node.items) {
      value(program, item, depth + 1)
      add(program, ',', node)
    }
    add(program, ']', node)
  } else {
    add(program, '{', node)
    for (const entry of node.entries) {
      add(program, `${JSON.stringify(entry.key)}:`, entry.value)
      value(program, entry.value, depth + 1)
      add(program, ',', node)
    }
    add(program, '}', node)
  }
}

/** `[{ variable: 'text', value_selector: ['1', 'body'] }]` as `{ text: … }`. */
export function variables(program: Program, node: ConfigNode, list: ConfigNode | null): void {
  add(program, '{', node)
  for (const item of itemsOf(list)) {
    const name = scalarAt(item, 'variable')
    if (name?.value == null) continue
    add(program, `${JSON.stringify(name.value)}:`, name)
    selected(program, at(item, 'value_selector'))
    add(program, ',', node)
  }
  add(program, '}', node)
}
