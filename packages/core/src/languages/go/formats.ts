/** `fmt`: texts with verbs. A format that is written out is a text with the arguments in its holes. */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import type { SyntaxNode } from '../tree.js'
import { argumentsOf } from './calls.js'
import { operation } from './expressions.js'
import type { Lowering } from './lowering.js'

const verb = /%(?:%|[-+# 0]*(?:\[\d+\])?[\d*.]*(?:\[\d+\])?[a-zA-Z])/g

/** null: a function of `fmt` that is none of these. */
export function formatted(l: Lowering, node: SyntaxNode, name: string, written: readonly SyntaxNode[]): Value | null {
  const span = spanOf(node)
  const match = /^(S|F|)[pP]rint(f|ln|)$/.exec(name)
  if (match === null) return null
  const args = argumentsOf(l, written)
  const values = args.map(({ value }) => value)
  if (args.some(({ spread }) => spread === true))
    return match[1] === 'S' ? operation('other', values, true, span) : null
  const isWritten = match[1] === 'F'
  const rest = isWritten ? values.slice(1) : values
  const text = match[2] === 'f' ? template(rest, span) : spaced(rest, span)
  if (match[1] === 'S') return text
  if (!isWritten) return operation('void', values, false, span)
  const [target] = args
  if (target === undefined) return null
  // fmt.Fprintf(&builder, …)
  const writer = member({ kind: 'global', name: 'stream', span }, 'Write', span)
  return { kind: 'call', callee: writer, arguments: [target, { value: text }], construct: false, span }
}

function spaced(values: readonly Value[], span: Value['span']): Value {
  return values.length === 0 ? constant('', span) : { kind: 'template', parts: [...values], span }
}

function template(values: readonly Value[], span: Value['span']): Value {
  const [format, ...args] = values
  if (format === undefined) return constant('', span)
  if (format.kind !== 'constant') return operation('other', [format, ...args], true, span)
  const text = String(format.value)
  const parts: (string | Value)[] = []
  let end = 0
  let next = 0
  for (const match of text.matchAll(verb)) {
    const before = text.slice(end, match.index)
    end = match.index + match[0].length
    if (before !== '') parts.push(before)
    if (match[0] === '%%') {
      parts.push('%')
      continue
    }
    const place = /\[(\d+)\]/.exec(match[0])
    const at = place === null ? next++ : Number(place[1]) - 1
    // %T tells the type
    if (args[at] !== undefined && !match[0].endsWith('T')) parts.push(args[at])
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts.length === 1 && typeof parts[0] === 'string'
    ? constant(parts[0], span)
    : { kind: 'template', parts, span }
}
