/** `var` and `const`. Without a value a variable holds its type's zero: a struct's without members, an empty list or map. */
import type { Pattern, Statement } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { itemsOf } from './assignments.js'
import { expression } from './expressions.js'
import { commentOf, documented, textOf, type Lowering } from './lowering.js'
import { noteTemplate } from './templates.js'
import { isChannel, typeOf } from './types.js'
import { isBuffer, isChannelMade, typeOfValue, zeroOf } from './values.js'

export function specsIn(declaration: SyntaxNode): SyntaxNode[] {
  return namedOf(declaration)
    .flatMap((one) => (one.type === 'var_spec_list' ? namedOf(one) : [one]))
    .filter(({ type }) => type === 'var_spec' || type === 'const_spec')
}

// var ( client = openai.NewClient(key); c Customer; a, err = load() )
export function variables(l: Lowering, declaration: SyntaxNode, declare: (name: string) => string): Statement[] {
  return specsIn(declaration).flatMap((spec) => variable(l, spec, declare))
}

/** What names of the package level stand for, before functions that use them are lowered. */
export function noteTexts(l: Lowering, spec: SyntaxNode): void {
  const values = itemsOf(fieldOf(spec, 'value'))
  const names = fieldsOf(spec, 'name').filter((name) => name.named)
  for (const [at, name] of names.entries()) {
    const binding = l.top.get(textOf(l, name))
    if (binding !== undefined && values.length === names.length) noteTemplate(l, binding, values[at])
  }
}

function variable(l: Lowering, spec: SyntaxNode, declare: (name: string) => string): Statement[] {
  const span = spanOf(spec)
  const node = fieldOf(spec, 'type')
  const type = typeOf(l, node)
  const values = itemsOf(fieldOf(spec, 'value'))
  const lowered = values.map((value) => expression(l, value))
  const names = fieldsOf(spec, 'name').filter((name) => name.named)
  const patterns = names.map((name, at): Pattern => {
    const written = textOf(l, name)
    const binding = declare(written)
    const value = values.length === names.length ? values[at] : values[0]
    const known = type ?? (value === undefined ? undefined : typeOfValue(l, value))
    if (known !== undefined) l.types.set(binding, known)
    if (isBuffer(l, node)) l.buffers.add(binding)
    noteTemplate(l, binding, value)
    if (isChannel(node) || (value !== undefined && isChannelMade(l, value))) l.channels.add(binding)
    const said = documented(commentOf(l, spec))
    return {
      kind: 'binding',
      binding,
      name: written,
      ...(type === undefined ? {} : { type }),
      ...said,
      span: spanOf(name),
    }
  })
  if (lowered.length === 1 && patterns.length > 1)
    return [
      {
        kind: 'bind',
        pattern: { kind: 'list-pattern', items: patterns, results: true, span },
        value: lowered[0]!,
        span,
        exported: true,
      },
    ]
  return patterns.map((pattern, at) => ({
    kind: 'bind',
    pattern,
    value: lowered[at] ?? zeroOf(l, node, span),
    span,
    exported: true,
  }))
}
