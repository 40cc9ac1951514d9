/**
 * The trees that come in: ESTree and TS-ESTree as several parsers build them. Optional fields may be null, undefined or
 * absent, so they are tested with `== null`; places are in `range`, or in `start` and `end`.
 */
import type { Span } from '../../location.js'

export interface Syntax {
  type: string
  // Parsers disagree about optional fields; each lowering states what it reads by the syntax in its comment.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the trees of several parsers have no common type
  [field: string]: any
}

export function spanOf(node: Syntax): Span {
  const range = node.range as [number, number] | undefined | null
  return range == null ? { start: node.start ?? 0, end: node.end ?? 0 } : { start: range[0], end: range[1] }
}

export function startOf(node: Syntax): number {
  return node.range == null ? (node.start ?? 0) : node.range[0]
}

export function endOf(node: Syntax): number {
  return node.range == null ? (node.end ?? 0) : node.range[1]
}

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && typeof (value as Syntax).type === 'string'
}

const notChildren = new Set(['type', 'parent', 'loc', 'range', 'start', 'end', 'tokens', 'comments'])

/** Child nodes in the order of their places, whatever the node's type. */
export function childrenOf(node: Syntax): Syntax[] {
  const children: Syntax[] = []
  for (const key of Object.keys(node)) {
    if (notChildren.has(key)) continue
    const value: unknown = node[key]
    if (Array.isArray(value)) {
      for (const item of value) if (isSyntax(item)) children.push(item)
    } else if (isSyntax(value)) children.push(value)
  }
  return children.sort((a, b) => startOf(a) - startOf(b))
}

/** The text of `'a'` or of a template without holes; undefined for anything else. */
export function literalText(node: Syntax | null | undefined): string | undefined {
  if (node == null) return undefined
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return templateText(node.quasis[0])
  return undefined
}

export function templateText(element: Syntax): string {
  return element.value.cooked ?? element.value.raw
}

/** The name that an import or export specifier writes: an identifier or a string. */
export function specifierName(node: Syntax): string {
  return node.type === 'Literal' ? String(node.value) : String(node.name)
}
