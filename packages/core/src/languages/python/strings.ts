/** String literals: cooked text, f-strings, and what `.format` and `%` fill in. */
import type { Argument, Template, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'
import { constant, spanOf } from '../nodes.js'

/** A literal without holes, as the text it is; null of any other. */
export function literalText(l: Lowering, node: SyntaxNode): string | null {
  if (node.type === 'string') {
    if (node.children.some(({ type }) => type === 'interpolation')) return null
    return partsOf(l, node).join('')
  }
  if (node.type === 'parenthesized_expression') {
    const [only, ...others] = namedOf(node)
    return only === undefined || others.length > 0 ? null : literalText(l, only)
  }
  if (node.type !== 'concatenated_string') return null
  const texts = namedOf(node).map((part) => literalText(l, part))
  return texts.every((text) => text !== null) ? texts.join('') : null
}

// "a" 'b' f"{c}"
export function stringValue(l: Lowering, node: SyntaxNode): Value {
  const strings = node.type === 'concatenated_string' ? namedOf(node) : [node]
  const parts = strings.flatMap((string) => partsOf(l, string))
  return templateOf(parts, spanOf(node))
}

export function templateOf(parts: readonly (string | Value)[], span: Span): Value {
  const joined: (string | Value)[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else if (part !== '') joined.push(part)
  }
  if (joined.every((part) => typeof part === 'string')) return constant(joined.join(''), span)
  return { kind: 'template', parts: joined, span } satisfies Template
}

function partsOf(l: Lowering, node: SyntaxNode): (string | Value)[] {
  if (node.type !== 'string') return [expression(l, node)]
  const start = node.children[0]
  const prefix = start === undefined ? '' : textOf(l, start).toLowerCase()
  const raw = prefix.includes('r')
  const parts: (string | Value)[] = []
  for (const child of node.children) {
    // {customer.name!r:>10}, {x=}
    if (child.type === 'interpolation') {
      const value = fieldOf(child, 'expression')
      if (value === null) continue
      if (child.children.some(({ named, type }) => !named && type === '=')) parts.push(`${textOf(l, value)}=`)
      parts.push(expression(l, value))
    } else if (child.type === 'string_content') parts.push(cooked(textOf(l, child), raw, prefix.includes('f')))
  }
  return parts
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
}

function cooked(text: string, raw: boolean, formatted: boolean): string {
  const plain = formatted ? text.replace(/\{\{|\}\}/g, (pair) => pair[0]!) : text
  if (raw || !plain.includes('\\')) return plain
  return plain.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g,
    (whole, u?: string, long?: string, x?: string, octal?: string, single?: string) => {
      if (single !== undefined) return escapes[single] ?? whole
      const code = octal === undefined ? parseInt(u ?? long ?? x ?? '0', 16) : parseInt(octal, 8)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

// "電話番号: {phone}, {0}, {}".format(x, phone=y)
export function formatted(text: string, args: readonly Argument[], span: Span): Value {
  const positional = args.filter(({ name, keywords }) => name === undefined && keywords !== true)
  const rest = args.filter(({ spread, keywords }) => spread === true || keywords === true)
  const used = new Set<Argument>()
  let next = 0
  const parts: (string | Value)[] = []
  let end = 0
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}!:.[]*)((?:\.\w+|\[[^\]]*\])*)[^{}]*(?:\{[^{}]*\}[^{}]*)?\}/g)) {
    parts.push(text.slice(end, match.index))
    end = match.index + match[0].length
    if (match[0] === '{{' || match[0] === '}}') {
      parts.push(match[0][0]!)
      continue
    }
    const field = match[1]!
    const given = /^\d*$/.test(field)
      ? positional[field === '' ? next++ : Number(field)]
      : args.find(({ name }) => name === field)
    if (given !== undefined && given.spread !== true) used.add(given)
    const value = given !== undefined && given.spread !== true ? given.value : held(rest, field, span)
    parts.push(value === null ? { kind: 'unknown', children: [], span } : within(value, match[2]!, span))
  }
  parts.push(text.slice(end))
  return templateOf(parts, span)
}

/** A field of what `*args` or `**kwargs` spread. */
function held(rest: readonly Argument[], field: string, span: Span): Value | null {
  const from = rest.find(({ keywords }) => (keywords === true) === /\D/.test(field)) ?? rest[0]
  return from === undefined ? null : { kind: 'member', object: from.value, key: constant(field, span), span }
}

function within(value: Value, path: string, span: Span): Value {
  let current = value
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g))
    current = { kind: 'member', object: current, key: constant(name ?? index ?? '', span), span }
  return current
}

// "%s さん(%(phone)s)" % (name,), … % {"phone": p}
export function filled(text: string, right: Value, span: Span): Value {
  const parts: (string | Value)[] = []
  let end = 0
  let next = 0
  for (const match of text.matchAll(/%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.\d+)?[hlL]?([diouxXeEfFgGcrsa%])/g)) {
    parts.push(text.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2] === '%') parts.push('%')
    else if (match[1] !== undefined) parts.push({ kind: 'member', object: right, key: constant(match[1], span), span })
    else if (right.kind === 'list') parts.push(right.items[next++]?.value ?? { kind: 'unknown', children: [], span })
    else parts.push(right)
  }
  parts.push(text.slice(end))
  return templateOf(parts, span)
}
