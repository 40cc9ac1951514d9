/**
 * Classes, records, interfaces and enums → ClassValue, and the entity that their fields make. A class without a written constructor
 * is given one that takes its fields by name: what Lombok writes, what a container injects.
 */
import type {
  ClassMember,
  ClassValue,
  EntityField,
  FunctionValue,
  Parameter,
  Statement,
  TypeReference,
  Value,
} from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression, literalText, parameterOf, propertyOf, typeValue } from './expressions.js'
import { commentOf, deeper, documented, inScope, textOf, unique, type Holder, type Lowering } from './lowering.js'
import { constant, spanOf, functionOf } from '../nodes.js'
import {
  annotationsOf,
  decoratorsOf,
  elementText,
  findAnnotation,
  provides,
  qualified,
  queryOf,
  receives,
} from './annotations.js'
import { asked, kebab, prefixOf, settingOf } from './settings.js'
import { fieldsConstructor, withParent } from './constructors.js'
import { isData, modifiersOf } from './records.js'
import { block, statementsOf } from './statements.js'
import { typeOf } from './types.js'

export function isTypeDeclaration(node: SyntaxNode): boolean {
  return /^(?:class|record|interface|enum)_declaration$/.test(node.type)
}

export interface Field {
  name: string
  type: TypeReference | undefined
  value: Value | null
  static: boolean
  comment: string | undefined
  span: Value['span']
}

interface Body {
  members: ClassMember[]
  fields: Field[]
  /** Methods without a body. */
  declared: EntityField[]
  constructor: FunctionValue | null
}

export function classValue(l: Lowering, node: SyntaxNode, binding: string): ClassValue {
  const name = fieldOf(node, 'name') ?? node
  const superclass = fieldOf(node, 'superclass')
  const parent = superclass === null ? null : (namedOf(superclass)[0] ?? null)
  const interfaces = [
    fieldOf(node, 'interfaces'),
    node.children.find(({ type }) => type === 'extends_interfaces') ?? null,
  ]
  const implemented = [...interfaces, superclass].flatMap((list) => (list === null ? [] : typesIn(l, list)))
  const components = node.type === 'record_declaration' ? namedOf(fieldOf(node, 'parameters') ?? node) : []
  const body = fieldOf(node, 'body')
  const parentValue = parent === null ? null : expression(l, parent)
  return built(l, node, textOf(l, name), spanOf(name), binding, parentValue, implemented, body, components)
}

/** `new Callback() { … }` */
export function anonymousClass(
  l: Lowering,
  body: SyntaxNode,
  parent: Value,
  type: TypeReference | undefined,
): ClassValue {
  return built(l, body, '', spanOf(body), unique(l, '.class'), parent, type === undefined ? [] : [type], body, [])
}

function typesIn(l: Lowering, node: SyntaxNode): TypeReference[] {
  const list =
    node.type === 'superclass'
      ? namedOf(node)
      : namedOf(node).flatMap((one) => (one.type === 'type_list' ? namedOf(one) : [one]))
  return list.flatMap((one) => typeOf(l, one) ?? [])
}

function built(
  l: Lowering,
  node: SyntaxNode,
  name: string,
  nameSpan: Value['span'],
  binding: string,
  parent: Value | null,
  implemented: TypeReference[],
  body: SyntaxNode | null,
  components: readonly SyntaxNode[],
): ClassValue {
  const outer = l.holder
  const receiver = unique(l, 'this')
  const declarations = body === null ? [] : membersIn(body)
  const holder: Holder = {
    binding,
    receiver,
    members: namesOf(l, declarations, components),
    prefix: prefixOf(l, node) ?? prefixWithin(l, outer, name),
    outer,
  }
  l.holder = holder
  for (const inner of declarations.filter(isTypeDeclaration)) {
    const simple = textOf(l, fieldOf(inner, 'name') ?? inner)
    l.types.set(simple, unique(l, simple))
  }
  noteTypes(l, holder, declarations)
  const made: Body = {
    members: [],
    fields: components.map((one) => component(l, one)),
    declared: [],
    constructor: null,
  }
  for (const declaration of declarations) addMember(l, declaration, made)
  for (const field of made.fields) if (components.length > 0) made.members.push(memberOf(field))
  addEntity(l, node, name, binding, made, implemented)
  const written = made.constructor ?? fieldsConstructor(l, node, made.fields, unique(l, 'this'))
  const constructor = written === null || parent === null ? written : withParent(written, body)
  l.holder = outer
  return {
    kind: 'class',
    name,
    nameSpan,
    parent,
    implements: implemented,
    constructorFunction: constructor,
    members: made.members,
    binding,
    receiver,
    ...(node.type === 'interface_declaration' || /\babstract\b/.test(modifiersOf(l, node)) ? { abstract: true } : {}),
    ...(holder.prefix === null && isData(l, node, components, declarations) ? { record: true } : {}),
    decorators: decoratorsOf(l, node),
    span: spanOf(node),
  }
}

function membersIn(body: SyntaxNode): SyntaxNode[] {
  return namedOf(body).flatMap((one) => (one.type === 'enum_body_declarations' ? namedOf(one) : [one]))
}

function namesOf(
  l: Lowering,
  declarations: readonly SyntaxNode[],
  components: readonly SyntaxNode[],
): Map<string, boolean> {
  const names = new Map<string, boolean>()
  for (const one of components) names.set(textOf(l, fieldOf(one, 'name') ?? one), false)
  for (const one of declarations) {
    const isStatic =
      /\bstatic\b/.test(modifiersOf(l, one)) || one.type === 'constant_declaration' || one.type === 'enum_constant'
    if (one.type === 'field_declaration' || one.type === 'constant_declaration')
      for (const declarator of fieldsOf(one, 'declarator'))
        names.set(textOf(l, fieldOf(declarator, 'name') ?? declarator), isStatic)
    else if (one.type === 'method_declaration' || one.type === 'enum_constant')
      names.set(textOf(l, fieldOf(one, 'name') ?? one), isStatic)
  }
  return names
}

function component(l: Lowering, node: SyntaxNode): Field {
  const name = fieldOf(node, 'name') ?? node
  return {
    name: textOf(l, name),
    type: qualified(l, node, typeOf(l, fieldOf(node, 'type'))),
    value: settingOf(l, node) ?? boundTo(l, textOf(l, name), null, spanOf(node)),
    static: false,
    comment: labelled(l, node),
    span: spanOf(node),
  }
}

/** A comment, and what annotations say of a field: `@Schema(description = "電話番号")`. */
function labelled(l: Lowering, node: SyntaxNode): string | undefined {
  const said: string[] = []
  const modifiers = node.children.find(({ type }) => type === 'modifiers')
  const stack = modifiers === undefined ? [] : [modifiers]
  for (let at = stack.pop(), steps = 0; at !== undefined && steps < 200; at = stack.pop(), steps++) {
    if (at.type === 'string_literal') said.push(literalText(textOf(l, at)))
    stack.push(...at.children)
  }
  const comment = [commentOf(l, node), ...said.filter((text) => !text.includes('${'))]
    .filter((text) => text !== undefined)
    .join('\n')
  return comment === '' ? undefined : comment
}

function addMember(l: Lowering, node: SyntaxNode, made: Body): void {
  switch (node.type) {
    case 'field_declaration':
    case 'constant_declaration':
      for (const declarator of fieldsOf(node, 'declarator')) addField(l, node, declarator, made)
      return
    case 'enum_constant': {
      const name = textOf(l, fieldOf(node, 'name') ?? node)
      const span = spanOf(node)
      made.members.push({
        key: constant(name, span),
        static: true,
        value: constant(name, span),
        member: 'field',
        span,
        decorators: [],
      })
      return
    }
    case 'method_declaration':
      addMethod(l, node, made)
      return
    case 'constructor_declaration':
    case 'compact_constructor_declaration':
      if (
        node.type === 'constructor_declaration' &&
        (made.constructor === null || parametersIn(node).length > made.constructor.parameters.length)
      )
        made.constructor = method(l, node, '')
      return
    case 'static_initializer':
    case 'block':
      return
    default:
      if (!isTypeDeclaration(node)) return
      addInner(l, node, made)
  }
}

function addInner(l: Lowering, node: SyntaxNode, made: Body): void {
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  const value = deeper<ClassValue | null>(
    l,
    node,
    () => classValue(l, node, l.types.get(name) ?? unique(l, name)),
    () => null,
  )
  if (value === null) return
  made.members.push({
    key: constant(name, value.nameSpan),
    static: true,
    value,
    member: 'field',
    span: value.span,
    decorators: [],
  })
}

function addField(l: Lowering, node: SyntaxNode, declarator: SyntaxNode, made: Body): void {
  const name = textOf(l, fieldOf(declarator, 'name') ?? declarator)
  const value = fieldOf(declarator, 'value')
  const initial = value === null ? settingOf(l, node) : expression(l, value)
  const field: Field = {
    name,
    type: qualified(l, node, typeOf(l, fieldOf(node, 'type'))),
    value: boundTo(l, name, fieldOf(node, 'type'), spanOf(declarator), initial) ?? initial,
    static: /\bstatic\b/.test(modifiersOf(l, node)) || node.type === 'constant_declaration',
    comment: labelled(l, node),
    span: spanOf(declarator),
  }
  made.fields.push(field)
  made.members.push(memberOf(field))
}

/** What a field of a class of settings holds: the setting of its name. A value of a class is bound field by field. */
function boundTo(
  l: Lowering,
  name: string,
  type: SyntaxNode | null,
  span: Value['span'],
  initial: Value | null = null,
): Value | null {
  const prefix = l.holder?.prefix ?? null
  if (prefix === null || (initial !== null && initial.kind === 'call' && initial.construct)) return null
  if (type !== null && l.holder!.inner?.has(textOf(l, type)) === true)
    return { kind: 'call', callee: typeValue(l, textOf(l, type), span), arguments: [], construct: true, span }
  return asked(`${prefix}.${kebab(name)}`, initial, span)
}

/** The prefix of a class within one of settings: that of the field that holds one of it. */
function prefixWithin(l: Lowering, outer: Holder | null, name: string): string | null {
  const field = outer?.inner?.get(name)
  return outer?.prefix == null || field === undefined ? null : `${outer.prefix}.${kebab(field)}`
}

function noteTypes(l: Lowering, holder: Holder, declarations: readonly SyntaxNode[]): void {
  if (holder.prefix === null) return
  const types = new Set(declarations.filter(isTypeDeclaration).map((one) => textOf(l, fieldOf(one, 'name') ?? one)))
  holder.inner = new Map()
  for (const one of declarations) {
    const type = one.type === 'field_declaration' ? fieldOf(one, 'type') : null
    const declarator = fieldOf(one, 'declarator')
    if (type === null || declarator === null || !types.has(textOf(l, type))) continue
    holder.inner.set(textOf(l, type), textOf(l, fieldOf(declarator, 'name') ?? declarator))
  }
}

function memberOf({ name, type, value, static: isStatic, span }: Field): ClassMember {
  return {
    key: constant(name, span),
    static: isStatic,
    value,
    member: 'field',
    ...(type === undefined ? {} : { type }),
    span,
    decorators: [],
  }
}

function parametersIn(node: SyntaxNode): SyntaxNode[] {
  return namedOf(fieldOf(node, 'parameters') ?? { ...node, children: [] }).filter(({ type }) =>
    /formal_parameter|spread_parameter/.test(type),
  )
}

function addMethod(l: Lowering, node: SyntaxNode, made: Body): void {
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  if (fieldOf(node, 'body') === null && !isSetting(l, node)) return addDeclared(l, node, name, made)
  const value = method(l, node, name)
  const isStatic = /\bstatic\b/.test(modifiersOf(l, node))
  const span = spanOf(node)
  made.members.push({
    key: constant(name, value.nameSpan),
    static: isStatic,
    value,
    member: 'method',
    span,
    // A tool of an agent: the model may call it and takes what it gives.
    decorators: annotationsOf(l, node).some(({ name: one }) => one === 'Tool')
      ? [{ kind: 'global', name: 'Tool', span }]
      : [],
  })
  const property = value.parameters.length === 0 && !isStatic ? propertyOf(name) : null
  // getFullName() { return last + first; }
  if (property !== null && l.holder?.members.has(property) !== true)
    made.members.push({
      key: constant(property, value.nameSpan),
      static: false,
      value,
      member: 'getter',
      span,
      decorators: [],
    })
}

/** Of an interface of settings: `String baseUrl();` */
function isSetting(l: Lowering, node: SyntaxNode): boolean {
  return (l.holder?.prefix ?? null) !== null && parametersIn(node).length === 0
}

function addDeclared(l: Lowering, node: SyntaxNode, name: string, made: Body): void {
  const returns = typeOf(l, fieldOf(node, 'type'))
  if (returns === undefined || returns.name === 'void') return
  const asks = queryOf(l, node)
  made.declared.push({ name, returns, ...(asks === null ? {} : { asks }), span: spanOf(node) })
}

/** What a method of an interface of settings gives. */
function settingReturned(l: Lowering, node: SyntaxNode, name: string): Statement[] {
  const span = spanOf(node)
  const named = elementText(l, findAnnotation(l, node, 'WithName'), 'value') ?? kebab(name)
  const fallback = elementText(l, findAnnotation(l, node, 'WithDefault'), 'value')
  const value = asked(`${l.holder!.prefix}.${named}`, fallback === null ? null : constant(fallback, span), span)
  return [{ kind: 'return', value, span }]
}

function method(l: Lowering, node: SyntaxNode, name: string): FunctionValue {
  const around = l.holder!
  // a `this` of its own: it is another object in each call
  const receiver = unique(l, 'this')
  l.holder = { ...around, receiver }
  const body = fieldOf(node, 'body')
  const value = inScope(l, (): FunctionValue => {
    const entering = receives(l, node)
    const parameters = parametersIn(node).map((one): Parameter => {
      const bare = parameterOf(l, one)
      const parameter = bare.decorators === undefined && entering.length > 0 ? { ...bare, decorators: entering } : bare
      const setting = settingOf(l, one)
      return setting === null
        ? parameter
        : { ...parameter, pattern: { kind: 'default', pattern: parameter.pattern, value: setting, span: spanOf(one) } }
    })
    const statements =
      body === null
        ? isSetting(l, node)
          ? settingReturned(l, node, name)
          : []
        : body.type === 'block'
          ? block(l, body)
          : statementsOf(l, namedOf(body))
    const returns = typeOf(l, fieldOf(node, 'type'))
    const provided = provides(l, node, name)
    return {
      ...functionOf(name, node, parameters, statements),
      ...(provided === null ? {} : { provides: provided }),
      nameSpan: spanOf(fieldOf(node, 'name') ?? node),
      receiver,
      ...(returns === undefined || returns.name === 'void' ? {} : { returns }),
      ...documented(commentOf(l, node)),
    }
  })
  l.holder = around
  return value
}

function addEntity(
  l: Lowering,
  node: SyntaxNode,
  name: string,
  binding: string,
  { fields, declared: methods }: Body,
  parents: TypeReference[],
): void {
  if (name === '') return
  const declared = fields
    .filter((field) => !field.static)
    .map(({ name: field, type, comment, span }): EntityField => ({
      name: field,
      ...(type === undefined ? {} : { type }),
      ...documented(comment),
      span,
    }))
  // interface PhoneOnly { String getPhone(); }
  const isProjection = node.type === 'interface_declaration' && parents.length === 0 && declared.length === 0
  if (isProjection && methods.every(({ name: method }) => propertyOf(method) !== null))
    for (const { name: method, returns, span } of methods)
      declared.push({ name: propertyOf(method)!, ...(returns === undefined ? {} : { type: returns }), span })
  if (declared.length === 0 && methods.length === 0 && parents.length === 0) return
  l.entities.push({
    name,
    binding,
    fields: [...declared, ...methods],
    extends: parents,
    ...documented(commentOf(l, node)),
    span: spanOf(node),
  })
}
