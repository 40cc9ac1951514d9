/**
 * `text/template`: what a template that is written out takes of its data. `{{.Phone}}` takes a field, `{{range .Orders}}` and
 * whatever is not read here take all of it.
 */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, calledPath } from './calls.js'
import { literalText } from './expressions.js'
import { findLocal, textOf, type Lowering } from './lowering.js'

const mostActions = 100
const deepest = 6

/** Notes the text of a template, or a text itself, that a name stands for. */
export function noteTemplate(l: Lowering, binding: string, value: SyntaxNode | undefined): void {
  if (value === undefined) return
  const text = parsedText(l, value, 0)
  if (text !== null) l.templates.set(binding, text)
  else l.templates.delete(binding)
}

/** template.Must(template.New("x").Parse(`…`)) */
function parsedText(l: Lowering, node: SyntaxNode, depth: number): string | null {
  if (depth > deepest) return null
  if (/string_literal$/.test(node.type)) return literalText(textOf(l, node))
  if (node.type !== 'call_expression') return null
  const list = fieldOf(node, 'arguments')
  const [first] = list === null ? [] : namedOf(list)
  if (first === undefined) return null
  const callee = fieldOf(node, 'function')
  const method = callee === null ? '' : textOf(l, fieldOf(callee, 'field') ?? callee)
  if (method === 'Must' && /template\.Must$/.test(calledPath(l, node))) return parsedText(l, first, depth + 1)
  return method === 'Parse' ? textNamed(l, first) : null
}

function textNamed(l: Lowering, node: SyntaxNode): string | null {
  if (/string_literal$/.test(node.type)) return literalText(textOf(l, node))
  const binding = node.type === 'identifier' ? bindingOf(l, textOf(l, node)) : null
  return binding === null ? null : (l.templates.get(binding) ?? null)
}

function bindingOf(l: Lowering, name: string): string | null {
  return findLocal(l, name) ?? l.top.get(name) ?? null
}

/** tmpl.Execute(&buf, data), tmpl.ExecuteTemplate(w, "name", data): written into the first argument. */
export function executed(l: Lowering, node: SyntaxNode, written: readonly SyntaxNode[]): Value | null {
  const callee = fieldOf(node, 'function')
  const object = callee?.type === 'selector_expression' ? fieldOf(callee, 'operand') : null
  const method = object === null ? '' : textOf(l, fieldOf(callee!, 'field') ?? node)
  const isWhole = method === 'ExecuteTemplate' && written.length === 3
  if (object === null || (!isWhole && !(method === 'Execute' && written.length === 2))) return null
  if (!l.packages.some(({ from }) => /(?:^|\/)template$/.test(from))) return null
  const args = argumentsOf(l, written)
  const span = spanOf(node)
  const binding = object.type === 'identifier' ? bindingOf(l, textOf(l, object)) : null
  const text = isWhole ? null : binding === null ? parsedText(l, object, 0) : (l.templates.get(binding) ?? null)
  const data = args.at(-1)!.value
  const writer = member({ kind: 'global', name: 'stream', span }, 'Write', span)
  return {
    kind: 'call',
    callee: writer,
    arguments: [{ value: args[0]!.value }, { value: text === null ? data : filled(text, data, span) }],
    construct: false,
    span,
  }
}

function filled(text: string, data: Value, span: Value['span']): Value {
  const parts: (string | Value)[] = []
  let end = 0
  for (const match of [...text.matchAll(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g)].slice(0, mostActions)) {
    parts.push(text.slice(end, match.index))
    end = match.index + match[0].length
    const action = match[1]!
    if (/^(?:end|else|\/\*[\s\S]*)$/.test(action)) continue
    const field =
      /^(?:(?:if|else if)\s+)?(?:(?:printf\s+"[^"]*"|html|js|urlquery|print)\s+)?((?:\.\w+)+)(?:\s*\|\s*\w+)?$/.exec(
        action,
      )?.[1]
    if (field === undefined) return { kind: 'template', parts: [...parts, data, text.slice(end)], span }
    if (!/^(?:if|else if)\s/.test(action)) parts.push(fieldOfData(field, data, span))
  }
  return { kind: 'template', parts: [...parts, text.slice(end)], span }
}

/** `.Customer.Phone` */
function fieldOfData(path: string, data: Value, span: Value['span']): Value {
  return path
    .slice(1)
    .split('.')
    .reduce<Value>((value, name) => ({ kind: 'member', object: value, key: constant(name, span), span }), data)
}
