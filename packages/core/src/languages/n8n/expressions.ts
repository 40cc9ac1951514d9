/**
 * Parameters of a node as JavaScript: `=Name: {{ $json.name }}` is a template, and what the expressions call `$json`, `$input` and
 * `$('Node')` are the variables of the program. In the simple form only the chains of names that an expression reads are kept, so
 * that no expression can spoil the program.
 */
import { escapeAt } from '../../config/json/reader.js'
import type { ConfigNode, ScalarNode } from '../../config/tree.js'
import type { MappedText } from '../made/mapped.js'

export interface Scope {
  text: string
  into: MappedText
  simple: boolean
  /** Variable of a node's output by the node's name. */
  output(name: string): string | null
  /** Variable of what comes into the node. */
  input: string
}

/** The characters of a JSON string with the place of each in the file. */
export function cooked(text: string, node: ScalarNode): { value: string; from: Uint32Array } {
  let value = ''
  const from: number[] = []
  for (let at = node.span.start; at < node.span.end;) {
    const escape = text[at] === '\\' ? escapeAt(text, at) : { text: text[at]!, length: 1 }
    for (const unit of escape.text.split('')) {
      value += unit
      from.push(at)
    }
    at += escape.length
  }
  return { value, from: Uint32Array.from(from) }
}

/** A parameter's value. */
export function parameter(scope: Scope, node: ConfigNode, depth = 0): void {
  const { into } = scope
  if (depth > 40) into.add('undefined', node.span)
  else if (node.kind === 'scalar') scalar(scope, node)
  else if (node.kind === 'list') {
    into.add('[', node.span)
    for (const item of node.items) {
      parameter(scope, item, depth + 1)
      into.add(',', node.span)
    }
    into.add(']', node.span)
  } else {
    into.add('{', node.span)
    for (const { key, keySpan, value } of node.entries) {
      into.add(`${JSON.stringify(key)}:`, keySpan)
      parameter(scope, value, depth + 1)
      into.add(',', node.span)
    }
    into.add('}', node.span)
  }
}

function scalar(scope: Scope, node: ScalarNode): void {
  const { into, text } = scope
  if (node.value === null || !node.isText) {
    into.add(/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(node.value ?? '') ? node.value! : 'null', node.span)
    return
  }
  if (!node.value.startsWith('=')) {
    into.add(JSON.stringify(node.value.slice(0, 20_000)), node.span)
    return
  }
  const { value, from } = cooked(text, node)
  template(scope, node, value.slice(1), from.subarray(1))
}

const EXPRESSION = /\{\{([\s\S]*?)\}\}(?!\})/g

/** `Name: {{ $json.name }}`: text and expressions. */
function template(scope: Scope, node: ScalarNode, value: string, from: Uint32Array): void {
  const { into } = scope
  into.add('`', node.span)
  let last = 0
  for (const found of value.matchAll(EXPRESSION)) {
    literal(into, value.slice(last, found.index), from.subarray(last, found.index), node)
    const at = found.index + 2
    const inside = found[1]!.replace(/[;\s]+$/, '')
    into.add('${', node.span)
    if (inside.trim() === '') into.add("''", node.span)
    else code(scope, inside, from.subarray(at, at + inside.length))
    into.add('}', node.span)
    last = found.index + found[0].length
  }
  literal(into, value.slice(last), from.subarray(last), node)
  into.add('`', node.span)
}

function literal(into: MappedText, text: string, from: Uint32Array, node: ScalarNode): void {
  for (const found of text.matchAll(/[`\\$]|[^`\\$]+/g)) {
    if (found[0].length === 1 && '`\\$'.includes(found[0])) into.add(`\\${found[0]}`, node.span)
    else into.copy(found[0], from.subarray(found.index, found.index + found[0].length))
  }
}

const NAME = String.raw`(['"\x60])((?:\\.|(?!\QUOTE)[^\\])*)\QUOTE`
const named = (quote: number) => NAME.replaceAll('QUOTE', String(quote))
const STEP = String.raw`(?:\s*\??\.\s*(?:item|first\(\)|last\(\)|all\(\)\s*\[\d+\]|itemMatching\([^()]*\)))?\s*\??\.\s*(?:json|binary)\b`
/** `$('Node').item.json`, `$node["Node"].json`, `$input.first().json`, `$json`. */
const READS = new RegExp(
  [
    String.raw`\$\(\s*${named(1)}\s*\)(${STEP})?`,
    String.raw`\$node\[\s*${named(4)}\s*\](${STEP})?`,
    String.raw`\$node\.(\w+)(${STEP})?`,
    String.raw`\$items\(\s*(?:${named(9)})?[^()]*\)`,
    String.raw`\$input(${STEP})?(?![\w$])`,
    String.raw`\$(?:json|binary)(?![\w$])`,
    String.raw`\$env(?![\w$])`,
  ].join('|'),
  'g',
)
const CHAIN = String.raw`(?:\s*\??\.\s*[A-Za-z_$][\w$]*(?!\s*\()|\s*\[\s*(?:"[^"\n]*"|'[^'\n]*'|\d+)\s*\])*`
const CHAINS = new RegExp(`(?:${READS.source})${CHAIN}`, 'g')

/** Code as it is written, what it reads of the workflow replaced by variables. */
export function code(scope: Scope, text: string, from: Uint32Array): void {
  const { into } = scope
  const at = (start: number) => {
    const first = from[Math.min(start, from.length - 1)] ?? 0
    return { start: first, end: first + 1 }
  }
  if (scope.simple) {
    const chains = [...text.matchAll(CHAINS)].slice(0, 200)
    into.add('[', at(0))
    for (const chain of chains) {
      reads(scope, chain[0], from.subarray(chain.index, chain.index + chain[0].length))
      into.add(',', at(chain.index))
    }
    into.add(']', at(0))
  } else reads(scope, text, from)
}

function reads(scope: Scope, text: string, from: Uint32Array): void {
  const { into } = scope
  let last = 0
  for (const found of text.matchAll(READS)) {
    into.copy(text.slice(last, found.index), from.subarray(last, found.index))
    const start = from[found.index] ?? 0
    const place = { start, end: start + found[0].length }
    into.add(variableOf(scope, found), place)
    last = found.index + found[0].length
  }
  into.copy(text.slice(last), from.subarray(last))
}

function variableOf(scope: Scope, found: RegExpMatchArray): string {
  const all = found[0]
  if (all.startsWith('$env')) return 'process.env'
  const name = found[2] ?? found[5] ?? found[7] ?? found[10]
  const step = found[3] ?? found[6] ?? found[8] ?? found[11]
  const variable = name === undefined ? scope.input : (scope.output(name.replace(/\\(.)/g, '$1')) ?? 'undefined')
  if (all.startsWith('$items')) return `[{ json: ${variable} }]`
  if (step !== undefined || /^\$(?:json|binary)$/.test(all)) return variable
  const item = `{ json: ${variable}, binary: ${variable} }`
  return `({ item: ${item}, json: ${variable}, first: () => (${item}), last: () => (${item}), all: () => [${item}], itemMatching: () => (${item}), params: {} })`
}
