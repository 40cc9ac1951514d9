/** Properties as fields of records, with what documents them; and the entity that a class's fields make. */
import type { EntityField, TypeReference, Value } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { documentation } from './annotations.js'
import { returnType } from './functions.js'
import { nameOf, type Lowering } from './lowering.js'
import { propertyComment } from './annotations.js'
import { propertyName } from './properties.js'
import { isType, typeOf } from './types.js'

export interface Field {
  name: string
  type: TypeReference | undefined
  comment: string | undefined
  span: Value['span']
}

/** `class Customer(val name: String)` */
export function fieldOfParameter(l: Lowering, node: SyntaxNode): Field {
  const children = namedOf(node)
  return {
    name: nameOf(l, children.find(({ type }) => type === 'identifier') ?? null),
    type: typeOf(l, children.find(isType)),
    comment: documentation(l, node),
    span: spanOf(node),
  }
}

export function fieldOfProperty(l: Lowering, node: SyntaxNode): Field | null {
  const found = propertyName(l, node)
  const declared = namedOf(node).find(({ type }) => type === 'variable_declaration')
  if (found === null || declared === undefined) return null
  return {
    name: found.name,
    type: typeOf(l, namedOf(declared).find(isType)),
    comment: documentation(l, node),
    span: spanOf(found.at),
  }
}

export function addEntity(
  l: Lowering,
  {
    node,
    name,
    binding,
    declarations,
  }: { node: SyntaxNode; name: string; binding: string; declarations: readonly SyntaxNode[] },
  fields: readonly Field[],
  parents: TypeReference[],
): void {
  if (name === '') return
  const about = documentation(l, node)
  const declared = fields.map(({ name: field, type, comment, span }): EntityField => {
    const described = [comment, propertyComment(about, field)].filter((one) => one !== undefined).join('\n')
    return {
      name: field,
      ...(type === undefined ? {} : { type }),
      ...(described === '' ? {} : { comment: described }),
      span,
    }
  })
  for (const one of declarations) {
    const returns = one.type === 'function_declaration' ? returnType(l, one) : undefined
    if (returns === undefined || one.children.some(({ type }) => type === 'function_body')) continue
    declared.push({ name: nameOf(l, fieldOf(one, 'name')), returns, span: spanOf(one) })
  }
  if (declared.length === 0 && parents.length === 0) return
  l.entities.push({
    name,
    binding,
    fields: declared,
    extends: parents,
    ...(about === undefined ? {} : { comment: about }),
    span: spanOf(node),
  })
}
