/** Kotlin's strings: "…$name…${value}…", raw strings with `trimIndent` and `trimMargin`. */
import type { Value } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'
import { nameValue } from './names.js'

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b' }

function escaped(written: string): string {
  const hex = /^\\u([0-9a-fA-F]{4})$/.exec(written)?.[1]
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
  return escapes[written[1] ?? ''] ?? written.slice(1)
}

/** A string literal, of one line or more. Its grammar gives `$name` as text: it is read here. */
export function stringValue(l: Lowering, node: SyntaxNode): Value {
  const parts: (string | Value)[] = []
  const add = (text: string) => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
  const texts: { text: string; start: number } = { text: '', start: node.start }
  const flush = () => {
    let from = 0
    for (const match of texts.text.matchAll(/\$(?:([\p{L}_][\p{L}\p{N}_]*)|`([^`]+)`)/gu)) {
      add(texts.text.slice(from, match.index))
      const start = texts.start + match.index + 1
      const name = match[1] ?? match[2]!
      parts.push(named(l, name, { start, end: start + name.length }))
      from = match.index + match[0].length
    }
    add(texts.text.slice(from))
    texts.text = ''
  }
  for (const child of node.children) {
    if (child.type === 'string_content' || (!child.named && child.type.startsWith('$'))) {
      if (texts.text === '') texts.start = child.start
      texts.text += textOf(l, child)
      continue
    }
    flush()
    if (child.type === 'escape_sequence') add(escaped(textOf(l, child)))
    else if (child.type === 'interpolation') {
      const inner = namedOf(child)[0]
      if (inner !== undefined) parts.push(textOf(l, inner) === "'$'" ? '$' : expression(l, inner))
    }
  }
  flush()
  const all = parts.flatMap((part) =>
    typeof part !== 'string' && part.kind === 'constant' && typeof part.value === 'string' ? [part.value] : [part],
  )
  const span = spanOf(node)
  if (all.every((part) => typeof part === 'string')) return constant(all.join(''), span)
  return { kind: 'template', parts: all, span }
}

function named(l: Lowering, name: string, span: Value['span']): Value {
  return nameValue(l, name, span)
}

/** `"""…""".trimIndent()`: the indentation is no part of the text. */
export function trimmed(value: Value, margin: boolean): Value | null {
  const cut = (text: string) =>
    margin ? text.replace(/\n[ \t]*\|/g, '\n').replace(/^\s*\|/, '') : text.replace(/\n[ \t]+/g, '\n')
  if (value.kind === 'constant' && typeof value.value === 'string') return { ...value, value: cut(value.value).trim() }
  if (value.kind !== 'template') return null
  return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? cut(part) : part)) }
}
