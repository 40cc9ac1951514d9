/**
 * Types, functions and methods of the package level. Methods stand with their type where the file declares it, else they are further
 * members of it: a package's files share it. A struct is a record of data unless it holds what only a service holds.
 */
import type { ClassMember, ClassValue, EntityField, Statement, TypeReference, Value } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { functionValue } from './functions.js'
import { commentOf, documented, textOf, topBinding, unique, type Lowering } from './lowering.js'
import { settingOf, tagsOf } from './tags.js'
import { declarationsIn, embeddedIn, embeddedName, fieldsIn, resultsOf, typeOf } from './types.js'

/** Types of packages that are data. */
const dataTypes =
  /^(?:time|sql|null|uuid|decimal|json|primitive|bson|pq|datatypes|pgtype|civil|big|url|netip|gorm|types|template)\./
const services =
  /(?:Client|Service|Repository|Repo|Store|Logger|Handler|Server|Provider|Manager|Config|Options?|API|DB|Func)$/

export interface TypeDeclaration {
  node: SyntaxNode
  name: string
  type: SyntaxNode
  /** What documents it: on the type itself, or on a declaration of it alone. */
  comment: string | undefined
}

/** `type ( A struct {…}; B = C )` */
export function typesDeclared(l: Lowering, declaration: SyntaxNode): TypeDeclaration[] {
  const specs = namedOf(declaration).filter(({ type }) => type === 'type_spec' || type === 'type_alias')
  return specs.flatMap((node) => {
    const name = fieldOf(node, 'name')
    const type = fieldOf(node, 'type')
    if (name === null || type === null) return []
    const comment = commentOf(l, node) ?? (specs.length === 1 ? commentOf(l, declaration) : undefined)
    return [{ node, name: textOf(l, name), type, comment }]
  })
}

/** Binding of the type that a method is of, and whether this file declares it. */
export function receiverOf(l: Lowering, method: SyntaxNode): { type: string; name: SyntaxNode | null } | null {
  const declared = fieldOf(method, 'receiver')
  const [parameter] = declared === null ? [] : namedOf(declared)
  let type = parameter === undefined ? null : fieldOf(parameter, 'type')
  for (let count = 0; type !== null && count < 8; count++) {
    if (type.type === 'type_identifier')
      return { type: textOf(l, type), name: parameter === undefined ? null : fieldOf(parameter, 'name') }
    type = type.type === 'generic_type' ? fieldOf(type, 'type') : (namedOf(type)[0] ?? null)
  }
  return null
}

export function typeStatement(l: Lowering, declared: TypeDeclaration, methods: readonly SyntaxNode[]): Statement {
  const binding = l.top.get(declared.name)!
  const outer = l.typeParameters
  l.typeParameters = new Set([...outer, ...typeParametersOf(l, declared.node)])
  const value = classValue(l, declared, binding, methods)
  addEntity(l, declared, binding)
  l.typeParameters = outer
  return bound(binding, declared.name, value)
}

/** Methods of a type that another file of the package declares. */
export function apartStatement(l: Lowering, type: string, methods: readonly SyntaxNode[]): Statement | null {
  const binding = topBinding(l, type)
  const [first] = methods
  if (binding === null || first === undefined) return null
  const span = { start: first.start, end: methods.at(-1)!.end }
  const own = unique(l, `.${type}`)
  return bound(own, '', {
    ...emptyClass(type, own, span, spanOf(first)),
    of: { name: type, binding, arguments: [], span },
    members: methods.map((method) => methodMember(l, method)),
  })
}

function bound(binding: string, name: string, value: ClassValue): Statement {
  const { span } = value
  return { kind: 'bind', pattern: { kind: 'binding', binding, name, span }, value, span, exported: true }
}

function emptyClass(name: string, binding: string, span: Value['span'], nameSpan: Value['span']): ClassValue {
  const shared = { parent: null, implements: [], constructorFunction: null, members: [], decorators: [] }
  return { kind: 'class', name, nameSpan, binding, span, ...shared }
}

function classValue(
  l: Lowering,
  { node, name, type }: TypeDeclaration,
  binding: string,
  methods: readonly SyntaxNode[],
): ClassValue {
  const whole = { start: node.start, end: Math.max(node.end, ...methods.map(({ end }) => end)) }
  const isStruct = type.type === 'struct_type'
  const fields = isStruct ? structMembers(l, type) : []
  const isRecord = isStruct ? isData(l, name, type) : type.type !== 'interface_type'
  return {
    ...emptyClass(name, binding, whole, spanOf(fieldOf(node, 'name') ?? node)),
    members: [...fields, ...methods.map((method) => methodMember(l, method))],
    ...(isRecord ? { record: true } : {}),
    ...(isStruct ? {} : { converts: true }),
    ...(type.type === 'interface_type' ? { abstract: true } : {}),
  }
}

function structMembers(l: Lowering, struct: SyntaxNode): ClassMember[] {
  return declarationsIn(struct).flatMap((declaration): ClassMember[] => {
    const type = typeOf(l, fieldOf(declaration, 'type'))
    const names = fieldsOf(declaration, 'name')
    const span = spanOf(declaration)
    const shared = {
      static: false,
      member: 'field' as const,
      ...(type === undefined ? {} : { type }),
      span,
      decorators: [],
    }
    if (names.length === 0 && fieldOf(declaration, 'type') !== null)
      return [{ ...shared, key: constant(embeddedName(l, declaration), span), value: null, delegate: true }]
    return names.map((name) => ({
      ...shared,
      key: constant(textOf(l, name), spanOf(name)),
      value: settingOf(l, declaration),
      span: spanOf(name),
    }))
  })
}

/** Whether a struct only holds data: it has tags for it, or fields that can be seen and are no service's. */
function isData(l: Lowering, name: string, struct: SyntaxNode): boolean {
  const declarations = declarationsIn(struct)
  if (declarations.length === 0 || declarations.some((one) => settingOf(l, one) !== null)) return false
  if (declarations.some((one) => isService(l, fieldOf(one, 'type')))) return false
  if (declarations.some((one) => tagsOf(l, one).length > 0)) return true
  if (services.test(name)) return false
  return declarations.some((one) => {
    const written = fieldsOf(one, 'name').map((field) => textOf(l, field))
    return written.some((field) => /^\p{Lu}/u.test(field)) || isPlain(l, fieldOf(one, 'type'))
  })
}

function isPlain(l: Lowering, type: SyntaxNode | null): boolean {
  return type !== null && /^(?:\*|\[\])*(?:string|u?int\d*|float\d\d|bool|time\.Time)$/.test(textOf(l, type))
}

/** What no record of data holds: functions, channels, what a package offers that is no data. */
function isService(l: Lowering, type: SyntaxNode | null): boolean {
  if (type === null) return false
  if (/^(?:function_type|channel_type)$/.test(type.type)) return true
  if (type.type === 'interface_type') return namedOf(type).some((one) => one.type === 'method_elem')
  if (type.type === 'qualified_type')
    return !dataTypes.test(textOf(l, type)) && !/^(?:pb|model|domain|entity|dto)/.test(textOf(l, type))
  if (type.type === 'type_identifier') return services.test(textOf(l, type))
  if (type.type === 'struct_type') return false
  return namedOf(type).some((one) => isService(l, one))
}

function methodMember(l: Lowering, method: SyntaxNode): ClassMember {
  const name = fieldOf(method, 'name') ?? method
  const span = spanOf(method)
  const receiver = receiverOf(l, method)
  const key = constant(textOf(l, name), spanOf(name))
  const value = functionValue(l, method, receiver)
  return { key, static: false, value, member: 'method', span, decorators: [] }
}

function addEntity(l: Lowering, { node, name, type, comment }: TypeDeclaration, binding: string): void {
  const span = spanOf(node)
  const shared = { name, binding, ...documented(comment), span }
  if (type.type === 'struct_type') {
    const parents = embeddedIn(type).flatMap((one) => typeOf(l, fieldOf(one, 'type')) ?? [])
    const embedded = embeddedIn(type).map((one): EntityField => {
      const of = typeOf(l, fieldOf(one, 'type'))
      return { name: embeddedName(l, one), ...(of === undefined ? {} : { type: of }), span: spanOf(one) }
    })
    l.entities.push({ ...shared, fields: [...fieldsIn(l, type), ...embedded], extends: parents })
  } else if (type.type === 'interface_type')
    l.entities.push({ ...shared, fields: methodsIn(l, type), extends: embeddedInterfaces(l, type), structural: true })
  else {
    const of = typeOf(l, type)
    l.entities.push({ ...shared, fields: [], extends: of === undefined ? [] : [of] })
  }
}

function methodsIn(l: Lowering, type: SyntaxNode): EntityField[] {
  return namedOf(type).flatMap((one): EntityField[] => {
    const name = one.type === 'method_elem' ? fieldOf(one, 'name') : null
    if (name === null) return []
    const [returns] = resultsOf(l, one).types
    return [{ name: textOf(l, name), ...(returns === undefined ? {} : { returns }), method: true, span: spanOf(name) }]
  })
}

function embeddedInterfaces(l: Lowering, type: SyntaxNode): TypeReference[] {
  return namedOf(type).flatMap((one) => (one.type === 'type_elem' ? (typeOf(l, one) ?? []) : []))
}

export function typeParametersOf(l: Lowering, node: SyntaxNode): string[] {
  const list = fieldOf(node, 'type_parameters')
  return list === null ? [] : namedOf(list).flatMap((one) => fieldsOf(one, 'name').map((name) => textOf(l, name)))
}

export function functionStatement(l: Lowering, node: SyntaxNode, binding: string): Statement {
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  const span = spanOf(node)
  const value = functionValue(l, node, null)
  return { kind: 'bind', pattern: { kind: 'binding', binding, name, span }, value, span, exported: true }
}
