/** Go's types → type references, by the names that all languages share. A pointer is what it points to. */
import { maxDepth } from '../bounds.js'
import type { EntityField, TypeReference } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { commentOf, documented, isPredeclared, packageNamed, textOf, topBinding, type Lowering } from './lowering.js'
import { isUnwritten, labelsIn, storedName } from './tags.js'

const plain: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'boolean',
  error: 'void',
  'time.Time': 'Date',
  'time.Duration': 'number',
  'sql.NullString': 'string',
  'sql.NullBool': 'boolean',
  'sql.NullTime': 'Date',
  'null.String': 'string',
  'uuid.UUID': 'string',
  'decimal.Decimal': 'number',
  'json.Number': 'number',
  'template.HTML': 'string',
  'url.Values': 'Record',
}
const numbers = /^(?:u?int(?:8|16|32|64|ptr)?|float(?:32|64)|byte|rune|complex(?:64|128)|sql\.Null(?:Int|Float)\w*)$/

export function typeOf(l: Lowering, node: SyntaxNode | null, depth = 0): TypeReference | undefined {
  if (node === null || depth > maxDepth) return undefined
  const span = spanOf(node)
  const inner = (child: SyntaxNode | null | undefined) => typeOf(l, child ?? null, depth + 1)
  switch (node.type) {
    case 'pointer_type':
    case 'parenthesized_type':
    case 'type_elem':
      return inner(namedOf(node)[0])
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
    case 'channel_type': {
      const element = fieldOf(node, 'element') ?? fieldOf(node, 'value') ?? namedOf(node).at(-1) ?? null
      // []byte is text
      if (element !== null && /^(?:byte|rune|uint8)$/.test(textOf(l, element)))
        return { name: 'string', arguments: [], span }
      const of = inner(element)
      return { name: '[]', arguments: of === undefined ? [] : [of], span }
    }
    case 'map_type': {
      const value = inner(fieldOf(node, 'value'))
      const key: TypeReference = { name: 'string', arguments: [], span }
      return { name: 'Record', arguments: value === undefined ? [] : [key, value], span }
    }
    case 'struct_type':
      return { name: '{}', arguments: [], fields: fieldsIn(l, node, depth + 1), span }
    case 'generic_type': {
      const base = inner(fieldOf(node, 'type'))
      const written = fieldOf(node, 'type_arguments')
      const args = written === null ? [] : namedOf(written).flatMap((one) => inner(one) ?? [])
      return base === undefined ? undefined : { ...base, arguments: args }
    }
    case 'type_identifier':
    case 'identifier':
    case 'qualified_type':
    case 'selector_expression':
      return named(l, textOf(l, node), span)
    default:
      return undefined
  }
}

function named(l: Lowering, written: string, span: TypeReference['span']): TypeReference | undefined {
  const known = numbers.test(written) ? 'number' : plain[written]
  if (known !== undefined && (written.includes('.') || isPredeclared(l, written)))
    return { name: known, arguments: [], span }
  if (l.typeParameters.has(written)) return undefined
  const dot = written.indexOf('.')
  if (dot > 0) {
    const from = packageNamed(l, written.slice(0, dot))
    return from === null ? undefined : { name: written, arguments: [], binding: from.binding, span }
  }
  const binding = topBinding(l, written)
  return binding === null ? undefined : { name: written, arguments: [], binding, span }
}

/** Fields of a struct; embedded types are not among them. */
export function fieldsIn(l: Lowering, struct: SyntaxNode, depth = 0): EntityField[] {
  return declarationsIn(struct).flatMap((declaration) => {
    const type = typeOf(l, fieldOf(declaration, 'type'), depth)
    const said = documented(commentOf(l, declaration), labelsIn(l, declaration))
    const stored = storedName(l, declaration)
    return fieldsOf(declaration, 'name').map((name): EntityField => ({
      name: textOf(l, name),
      ...(stored === undefined ? {} : { stored }),
      ...(type === undefined ? {} : { type }),
      ...(isUnwritten(l, declaration) ? { unwritten: true } : {}),
      ...said,
      span: spanOf(name),
    }))
  })
}

export function declarationsIn(struct: SyntaxNode): SyntaxNode[] {
  const list = namedOf(struct).find(({ type }) => type === 'field_declaration_list')
  return list === undefined ? [] : namedOf(list).filter(({ type }) => type === 'field_declaration')
}

/** Types that a struct embeds: `*Base`, `pkg.Thing`. */
export function embeddedIn(struct: SyntaxNode): SyntaxNode[] {
  return declarationsIn(struct).filter((one) => fieldOf(one, 'name') === null && fieldOf(one, 'type') !== null)
}

/** The name under which an embedded type is a field. */
export function embeddedName(l: Lowering, declaration: SyntaxNode): string {
  const type = fieldOf(declaration, 'type')!
  const base = type.type === 'generic_type' ? (fieldOf(type, 'type') ?? type) : type
  const written = textOf(l, base)
  return written.slice(written.lastIndexOf('.') + 1)
}

/** Result types of a function, one each, and the names of those that have one. */
export function resultsOf(
  l: Lowering,
  node: SyntaxNode,
): { types: (TypeReference | undefined)[]; names: SyntaxNode[] } {
  const result = fieldOf(node, 'result')
  if (result === null) return { types: [], names: [] }
  if (result.type !== 'parameter_list') return { types: [typeOf(l, result)], names: [] }
  const types: (TypeReference | undefined)[] = []
  const names: SyntaxNode[] = []
  for (const one of namedOf(result)) {
    const written = fieldsOf(one, 'name')
    const type = typeOf(l, fieldOf(one, 'type'))
    for (let at = 0; at < Math.max(1, written.length); at++) types.push(type)
    names.push(...written)
  }
  return { types, names }
}

export function isChannel(node: SyntaxNode | null): boolean {
  return node?.type === 'channel_type'
}

export function isVariadic(node: SyntaxNode): boolean {
  return node.type === 'variadic_parameter_declaration' || hasToken(node, '...')
}
