/** Settings that a container puts into fields and parameters: `@Value`, `@ConfigProperty`, `@ConfigurationProperties`. */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import type { SyntaxNode } from '../tree.js'
import { annotationsOf, elementText, findAnnotation } from './annotations.js'
import type { Lowering } from './lowering.js'

const deepest = 4

/** `@Value("${llm.base-url:https://…}")`: the setting, with its default; null where the declaration has none. */
export function settingOf(l: Lowering, node: SyntaxNode): Value | null {
  const span = spanOf(node)
  for (const one of annotationsOf(l, node)) {
    if (one.name === 'Value') {
      const text = elementText(l, one, 'value')
      if (text !== null)
        return text.includes('${') ? filled(text, span, 0) : text.includes('#{') ? null : constant(text, span)
    }
    if (one.name === 'ConfigProperty') {
      const name = elementText(l, one, 'name')
      const fallback = elementText(l, one, 'defaultValue')
      if (name !== null) return asked(name, fallback === null ? null : constant(fallback, span), span)
    }
  }
  return null
}

/** `https://${llm.host:api.example.jp}/v1`, where a default may hold a setting again. */
export function filled(text: string, span: Value['span'], depth: number): Value {
  const parts: (string | Value)[] = []
  let at = 0
  while (at < text.length) {
    const open = depth > deepest ? -1 : text.indexOf('${', at)
    const end = open < 0 ? -1 : closing(text, open + 2)
    if (end < 0) break
    if (open > at) parts.push(text.slice(at, open))
    const inner = text.slice(open + 2, end)
    const colon = inner.indexOf(':')
    const fallback = colon < 0 ? null : filled(inner.slice(colon + 1), span, depth + 1)
    parts.push(asked(colon < 0 ? inner : inner.slice(0, colon), fallback, span))
    at = end + 1
  }
  if (at < text.length || parts.length === 0) parts.push(text.slice(at))
  const [only] = parts
  if (parts.length > 1) return { kind: 'template', parts, span }
  return typeof only === 'string' ? constant(only, span) : only!
}

function closing(text: string, from: number): number {
  for (let at = from, open = 1; at < text.length; at++) {
    if (text[at] === '{') open++
    else if (text[at] === '}' && --open === 0) return at
  }
  return -1
}

/** What a container gives under a setting's name. */
export function asked(name: string, fallback: Value | null, span: Value['span']): Value {
  const call: Value = {
    kind: 'call',
    callee: member({ kind: 'global', name: 'System', span }, 'getenv', span),
    arguments: [{ value: constant(name.trim(), span) }],
    construct: false,
    span,
  }
  return fallback === null ? call : { kind: 'logical', operator: 'nullish', left: call, right: fallback, span }
}

/** `@ConfigurationProperties(prefix = "llm")`: the prefix of all that the class holds. */
export function prefixOf(l: Lowering, node: SyntaxNode): string | null {
  const found = findAnnotation(l, node, 'ConfigurationProperties', 'ConfigMapping', 'ConfigProperties')
  return elementText(l, found, 'prefix', 'value')
}

/** `baseUrl` is `base-url`. */
export function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}
