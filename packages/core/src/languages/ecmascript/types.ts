/**
 * Types as written → TypeReference, as far as they say what a value holds. Functions, conditions and computations over
 * types have the name ''.
 */
import type { EntityField, TypeReference } from '../../ir/ir.js'
import { documented, inScope, maxDepth, type Lowering } from './lowering.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'

/** The type of `x: T`; undefined without one. */
export function annotation(l: Lowering, node: Syntax | null | undefined): TypeReference | undefined {
  const written = node?.typeAnnotation
  if (written == null) return undefined
  return type(l, written.type === 'TSTypeAnnotation' ? written.typeAnnotation : written)
}

/** `{ type }` where there is one, to spread into a node. */
export function typed(reference: TypeReference | undefined): { type?: TypeReference } {
  return reference === undefined ? {} : { type: reference }
}

export function type(l: Lowering, node: Syntax): TypeReference {
  if (l.depth >= maxDepth) return named(node, '')
  l.depth++
  const lower = types[node.type]
  const result = lower === undefined ? other(node) : lower(l, node)
  l.depth--
  return result
}

function named(node: Syntax, name: string, args: TypeReference[] = []): TypeReference {
  return { name, arguments: args, span: spanOf(node) }
}

// string, number, any, never … and syntax that is not known
function other(node: Syntax): TypeReference {
  const keyword = /^TS(\w+)Keyword$/.exec(node.type)
  return named(node, keyword === null ? '' : keyword[1]!.toLowerCase())
}

type Lower = (l: Lowering, node: Syntax) => TypeReference

const all = (l: Lowering, nodes: readonly Syntax[] | null | undefined) => (nodes ?? []).map((node) => type(l, node))
const inner =
  (field: string): Lower =>
  (l, node) =>
    node[field] == null ? named(node, '') : type(l, node[field])

const types: Readonly<Record<string, Lower>> = {
  // Customer, ns.Customer, Promise<Customer>
  TSTypeReference: (l, node) => referenceTo(l, node, node.typeName, node.typeArguments),
  // Customer[]
  TSArrayType: (l, node) => named(node, '[]', [type(l, node.elementType)]),
  // [Customer, string]
  TSTupleType: (l, node) => named(node, '[]', all(l, node.elementTypes)),
  // [customer: Customer, age?: number]
  TSNamedTupleMember: inner('elementType'),
  TSOptionalType: inner('typeAnnotation'),
  TSRestType: inner('typeAnnotation'),
  TSTypeAnnotation: inner('typeAnnotation'),
  TSParenthesizedType: inner('typeAnnotation'),
  // Customer | null
  TSUnionType: (l, node) => named(node, '|', all(l, node.types)),
  // Customer & Timestamps
  TSIntersectionType: (l, node) => named(node, '&', all(l, node.types)),
  // 'a', 1, true
  TSLiteralType: (_, node) => named(node, literalName(node.literal)),
  // { phone: string }
  TSTypeLiteral: (l, node) => ({ ...named(node, '{}'), fields: fieldsOf(l, node.members) }),
  // readonly Customer[]; keyof and unique say nothing
  TSTypeOperator: (l, node) => (node.operator === 'readonly' ? type(l, node.typeAnnotation) : named(node, '')),
  // import('./customer').Customer
  TSImportType: (l, node) =>
    named(node, node.qualifier == null ? '' : qualifiedName(node.qualifier), all(l, argumentsOf(node))),
  // typeof customer
  TSTypeQuery: typeQuery,
  // Customer['address']
  TSIndexedAccessType: indexedAccess,
  // T extends U ? Customer : never
  TSConditionalType: (l, node) => named(node, '', [type(l, node.trueType), type(l, node.falseType)]),
  // { [K in keyof Customer]: string }
  TSMappedType: mapped,
  // customer is JapaneseCustomer, asserts customer is JapaneseCustomer
  TSTypePredicate: (l, node) =>
    named(node, node.asserts === true ? 'asserts' : 'is', node.typeAnnotation == null ? [] : [annotation(l, node)!]),
  TSThisType: (_, node) => named(node, 'this'),
  // extends Repository<Customer>, implements Port
  TSInterfaceHeritage: heritage,
  TSClassImplements: heritage,
  TSExpressionWithTypeArguments: heritage,
}

function heritage(l: Lowering, node: Syntax): TypeReference {
  return referenceTo(l, node, node.expression, node.typeArguments)
}

function argumentsOf(node: Syntax): Syntax[] {
  return node.typeArguments?.params ?? []
}

function referenceTo(l: Lowering, node: Syntax, name: Syntax, args: Syntax | null | undefined): TypeReference {
  const written = qualifiedName(name)
  const first = written.split('.', 1)[0]!
  const variable = l.scope.find(first, 'type')
  const lowered = all(l, args?.params)
  if (variable === undefined) {
    return named(node, written === 'Array' || written === 'ReadonlyArray' ? '[]' : written, lowered)
  }
  variable.typed = true
  if (variable.constraint !== undefined) return variable.constraint ?? named(node, written)
  return { ...named(node, written, lowered), binding: variable.binding }
}

/** `a.b.C` of names, member expressions and qualified names. */
export function qualifiedName(node: Syntax): string {
  const parts: string[] = []
  let at: Syntax | null | undefined = node
  while (at != null) {
    if (at.type === 'TSQualifiedName') {
      parts.push(at.right.name)
      at = at.left
    } else if (at.type === 'MemberExpression') {
      parts.push(at.property.name ?? '')
      at = at.object
    } else {
      parts.push(at.type === 'ThisExpression' ? 'this' : (at.name ?? ''))
      at = null
    }
  }
  return parts.reverse().join('.')
}

function literalName(literal: Syntax): string {
  if (literal.type === 'UnaryExpression') return `-${String(literal.argument.value)}`
  if (literal.type !== 'Literal') return ''
  return typeof literal.value === 'string' ? `'${literal.value}'` : String(literal.value)
}

function typeQuery(l: Lowering, node: Syntax): TypeReference {
  if (node.exprName.type === 'TSImportType') return type(l, node.exprName)
  const name = qualifiedName(node.exprName)
  const variable = l.scope.find(name.split('.', 1)[0]!, 'value')
  if (variable === undefined) return named(node, `typeof ${name}`)
  variable.typed = true
  return { ...named(node, `typeof ${name}`), binding: variable.binding }
}

/** A field's type is named by its path, `Order.customer`; an element's type is that of the list's elements. */
function indexedAccess(l: Lowering, node: Syntax): TypeReference {
  const object = type(l, node.objectType)
  const index = type(l, node.indexType)
  if (object.name === '[]' && index.name === 'number') return object.arguments[0] ?? named(node, '')
  const key = /^'([\w$]+)'$/.exec(index.name)
  if (key === null || !/^[\w$.]+$/.test(object.name)) return named(node, '', index.name === 'number' ? [object] : [])
  return { ...object, name: `${object.name}.${key[1]}`, arguments: [], span: spanOf(node) }
}

function mapped(l: Lowering, node: Syntax): TypeReference {
  const constraint: Syntax | null | undefined = node.constraint ?? node.typeParameter?.constraint
  const of = constraint?.type === 'TSTypeOperator' && constraint.operator === 'keyof' ? constraint.typeAnnotation : null
  if (of !== null) return named(node, '', [type(l, of)])
  return named(node, '', node.typeAnnotation == null ? [] : [type(l, node.typeAnnotation)])
}

/** Fields of an interface's or a type literal's body. */
export function fieldsOf(l: Lowering, members: readonly Syntax[]): EntityField[] {
  const fields: EntityField[] = []
  for (const member of members) {
    // name: string; get name(): string
    const getter = member.type === 'TSMethodSignature' && member.kind === 'get'
    if (member.type === 'TSMethodSignature' && !getter) {
      const method = fieldName(member)
      if (method !== null)
        fields.push({
          name: method,
          returns: annotationOf(l, member.returnType) ?? named(member, ''),
          span: spanOf(member),
        })
      continue
    }
    if (member.type !== 'TSPropertySignature' && !getter) continue
    const name = fieldName(member)
    if (name === null) continue
    const held = getter ? annotationOf(l, member.returnType) : annotation(l, member)
    const comment = l.comments.of(startOf(member), endOf(member))
    fields.push({ name, ...typed(held), ...documented(comment), span: spanOf(member) })
  }
  return fields
}

function annotationOf(l: Lowering, node: Syntax | null | undefined): TypeReference | undefined {
  return node == null ? undefined : type(l, node)
}

/** The declared return type of a function. */
export function returnType(l: Lowering, node: Syntax): TypeReference | undefined {
  return annotationOf(l, node.returnType)
}

export function fieldName(member: Syntax): string | null {
  const { key } = member
  if (key == null) return null
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (key.type === 'Literal') return String(key.value)
  return member.computed || key.type !== 'Identifier' ? null : key.name
}

/** Declares `<T extends Customer>`: inside, `T` stands for what it extends. */
export function declareTypeParameters(l: Lowering, node: Syntax): void {
  const parameters: Syntax[] = node.typeParameters?.params ?? []
  for (const parameter of parameters) {
    const name = typeof parameter.name === 'string' ? parameter.name : parameter.name.name
    l.scope.declare(name, 'type').constraint = null
  }
  for (const parameter of parameters) {
    const name = typeof parameter.name === 'string' ? parameter.name : parameter.name.name
    if (parameter.constraint != null) l.scope.own(name)!.constraint = type(l, parameter.constraint)
  }
}

/** `interface Customer extends Person { … }`, `type Customer = …` */
export function declareEntity(l: Lowering, node: Syntax, comment: string | undefined): void {
  const variable = l.scope.find(node.id.name, 'type')
  if (variable === undefined) return
  inScope(l, () => {
    declareTypeParameters(l, node)
    const alias = node.type === 'TSTypeAliasDeclaration'
    const shape = alias ? shapeOf(type(l, node.typeAnnotation)) : interfaceShape(l, node)
    if (shape === null) return
    const { fields, parents } = shape
    const name = l.namespacePath + node.id.name
    const span = spanOf(node)
    l.entities.push({ name, binding: variable.binding, fields, extends: parents, ...documented(comment), span })
  })
}

interface Shape {
  fields: EntityField[]
  parents: TypeReference[]
}

function interfaceShape(l: Lowering, node: Syntax): Shape {
  return { fields: fieldsOf(l, node.body.body), parents: all(l, node.extends) }
}

/** The fields of an alias: those of its literals, and all that its references have; null for plain values. */
function shapeOf(alias: TypeReference): Shape | null {
  const shape: Shape = { fields: [], parents: [] }
  const stack = [alias]
  while (stack.length > 0) {
    const at = stack.pop()!
    if (at.name === '|' || at.name === '&') stack.push(...[...at.arguments].reverse())
    else if (at.name === '{}') shape.fields.push(...(at.fields ?? []))
    else if (at.binding !== undefined || at.arguments.length > 0 || /^[A-Z]/.test(at.name)) shape.parents.push(at)
  }
  return shape.fields.length + shape.parents.length === 0 ? null : shape
}
