/** What annotations and documentation say of a declaration: settings, labels of fields, tools of an agent. */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import type { SyntaxNode } from '../tree.js'
import { commentOf, textOf, type Lowering } from './lowering.js'

export function modifiersOf(node: SyntaxNode): SyntaxNode | null {
  return node.children.find(({ type }) => type === 'modifiers' || type === 'parameter_modifiers') ?? null
}

export function modifierText(l: Lowering, node: SyntaxNode): string {
  const modifiers = modifiersOf(node)
  return modifiers === null ? '' : textOf(l, modifiers)
}

/** `@Value("\${llm.base-url:https://…}")`: the setting, with its default. */
export function settingOf(l: Lowering, node: SyntaxNode): Value | null {
  const written = /modifiers$/.test(node.type) ? textOf(l, node) : modifierText(l, node)
  const match = /@(?:field:|param:)?Value\s*\(\s*"\\?\$\{([^}:"]+)(?::([^}"]*))?\}"/.exec(written)
  if (match === null) return null
  const span = spanOf(node)
  const call: Value = {
    kind: 'call',
    callee: member({ kind: 'global', name: 'System', span }, 'getenv', span),
    arguments: [{ value: constant(match[1]!, span) }],
    construct: false,
    span,
  }
  return match[2] === undefined
    ? call
    : { kind: 'logical', operator: 'nullish', left: call, right: constant(match[2], span), span }
}

/** Tools of an agent: the model may call them and takes what they give. */
export function annotationsOf(l: Lowering, node: SyntaxNode | null): Value[] {
  if (node === null || !/@(?:Tool|McpTool|LLMTool)\b/.test(textOf(l, node))) return []
  return [{ kind: 'global', name: 'Tool', span: spanOf(node) }]
}

/** Texts in the annotations of a declaration: `@Schema(description = "電話番号")`, `@SerialName("phone_number")`. */
function textsIn(l: Lowering, modifiers: SyntaxNode | null): string[] {
  const said: string[] = []
  const stack = modifiers === null ? [] : [modifiers]
  for (let at = stack.pop(), steps = 0; at !== undefined && steps < 200; at = stack.pop(), steps++) {
    if (at.type === 'string_literal') said.push(textOf(l, at).slice(1, -1))
    stack.push(...at.children)
  }
  return said.filter((text) => !text.includes('$'))
}

/** A declaration's comment, with what its annotations say. */
export function documentation(l: Lowering, node: SyntaxNode, modifiers = modifiersOf(node)): string | undefined {
  const first = modifiers === null ? undefined : commentOf(l, { start: modifiers.start, end: node.end })
  const comments = [...new Set([first, commentOf(l, node), ...textsIn(l, modifiers)])].filter(
    (text): text is string => text !== undefined && text !== '',
  )
  return comments.length === 0 ? undefined : comments.join('\n')
}

/** `@property phone 電話番号` of a class's documentation. */
export function propertyComment(comment: string | undefined, name: string): string | undefined {
  for (const [, described, text] of (comment ?? '').matchAll(/@(?:property|param)\s+(\w+)\s+([^\n]+)/g))
    if (described === name) return text!.trim()
  return undefined
}
