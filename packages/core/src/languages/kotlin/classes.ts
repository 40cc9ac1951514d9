/**
 * Classes, interfaces, enums and objects → ClassValue, and the entity that their properties make. Properties get their values in the
 * constructor, which sees its parameters; what a companion holds is the class's own.
 */
import type { Argument, ClassMember, ClassValue, FunctionValue, Parameter, Statement, Value } from '../../ir/ir.js'
import { constant, member, reference, spanOf, functionOf } from '../nodes.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import {
  annotationsOf,
  decoratorsOf,
  modifiersOf,
  modifierText,
  prefixOf,
  provides,
  settingUnder,
} from './annotations.js'
import { isData, isPlain } from './records.js'
import { argumentsOf } from './arguments.js'
import { addEntity, fieldOfParameter, fieldOfProperty, type Field } from './fields.js'
import {
  bodyStatements,
  extendedType,
  functionDeclaration,
  lambdaStatements,
  parameterOf,
  parametersOf,
} from './functions.js'
import { expression, isolated } from './expressions.js'
import { deeper, inFunction, nameOf, unique, type Holder, type Lowering } from './lowering.js'
import { propertyOf } from './calls.js'
import { getterOf, initialNode, propertyName, propertyValue } from './properties.js'
import { statementsOf } from './statements.js'
import { typeOf } from './types.js'

export function isTypeDeclaration(node: SyntaxNode): boolean {
  return node.type === 'class_declaration' || node.type === 'object_declaration'
}

interface Parts {
  node: SyntaxNode
  name: string
  binding: string
  /** What stands in the body. */
  declarations: SyntaxNode[]
  parameters: SyntaxNode[]
  parents: SyntaxNode[]
}

interface Made {
  holder: Holder
  members: ClassMember[]
  fields: Field[]
  /** The constructor's statements, in the order of the text. */
  body: Statement[]
}

export function classValue(l: Lowering, node: SyntaxNode, binding: string): ClassValue {
  return built(l, partsOf(l, node, nameOf(l, fieldOf(node, 'name')), binding))
}

/** `object Shop { … }`: the one instance of a class without a name. */
export function objectValue(l: Lowering, node: SyntaxNode, binding: string): Value {
  return instanceOf(objectClass(l, node, binding))
}

export function objectClass(l: Lowering, node: SyntaxNode, binding: string): ClassValue {
  return built(l, partsOf(l, node, nameOf(l, fieldOf(node, 'name')), unique(l, `${binding}.class`)))
}

export function instanceOf(callee: Value): Value {
  return { kind: 'call', callee, arguments: [], construct: true, span: callee.span }
}

/** `object : Callback { … }` */
export function anonymousClass(l: Lowering, node: SyntaxNode): ClassValue {
  return built(l, partsOf(l, node, '', unique(l, '.class')))
}

function partsOf(l: Lowering, node: SyntaxNode, name: string, binding: string): Parts {
  const body = node.children.find(({ type }) => type === 'class_body' || type === 'enum_class_body')
  const primary = node.children.find(({ type }) => type === 'primary_constructor')
  const list = primary?.children.find(({ type }) => type === 'class_parameters')
  const specifiers = node.children.find(({ type }) => type === 'delegation_specifiers')
  const parents = specifiers === undefined ? [] : namedOf(specifiers)
  return {
    node,
    name,
    binding,
    declarations: body === undefined ? swallowed(parents) : namedOf(body),
    parameters: list === undefined ? [] : namedOf(list),
    parents,
  }
}

/** `class A : B by impl { … }`: the grammar takes the body for a block after `impl`. */
function swallowed(parents: readonly SyntaxNode[]): SyntaxNode[] {
  const last = parents.at(-1)?.children.find(({ type }) => type === 'explicit_delegation')
  const call = last?.children.at(-1)
  const block = call?.type === 'call_expression' ? call.children.at(-1) : undefined
  const inner = block?.type === 'annotated_lambda' ? namedOf(block)[0] : undefined
  return inner === undefined ? [] : lambdaStatements(inner)
}

function companionOf(declarations: readonly SyntaxNode[]): SyntaxNode[] {
  return declarations
    .filter(({ type }) => type === 'companion_object')
    .flatMap((one) => one.children.filter(({ type }) => type === 'class_body').flatMap(namedOf))
}

function built(l: Lowering, parts: Parts): ClassValue {
  const { node, name, binding, declarations, parents } = parts
  const statics = companionOf(declarations)
  const receiver = unique(l, 'this')
  const holder: Holder = {
    kind: 'class',
    name,
    binding,
    receiver,
    members: namesOf(l, parts, statics),
    inherits: parents.length > 0,
  }
  const made: Made = { holder, members: [], fields: [], body: [] }
  const implemented = parents.flatMap((one) => typeOf(l, parentType(one)) ?? [])
  const constructor = inFunction(l, () => constructorOf(l, parts, made), holder)
  // functions do not see the constructor's parameters
  for (const one of declarations) {
    // each function has a `this` of its own: it is another object in each call
    const own = { ...holder, receiver: unique(l, 'this') }
    inFunction(l, () => addMember(l, one, { ...made, holder: own }), own)
  }
  for (const one of statics) inFunction(l, () => addStatic(l, one, made), staticSide(holder))
  addEntity(l, parts, made.fields, implemented)
  const invoked = parents.map(invocationOf).find((one) => one !== null) ?? null
  return {
    kind: 'class',
    name,
    nameSpan: spanOf(fieldOf(node, 'name') ?? node),
    parent: parentValue(l, invoked),
    implements: implemented,
    constructorFunction: constructor,
    members: made.members,
    binding,
    receiver: unique(l, 'this'),
    ...(isData(l, node) || isPlain(l, node, declarations, parents) ? { record: true } : {}),
    ...(isAbstract(l, node) ? { abstract: true } : {}),
    decorators: decoratorsOf(l, node),
    span: spanOf(node),
  }
}

/** Inside a companion, `this` is the class. */
function staticSide(holder: Holder): Holder {
  const members = new Map([...holder.members].filter(([, how]) => how === 'static'))
  return { ...holder, receiver: holder.binding, members, inherits: false }
}

function isAbstract(l: Lowering, node: SyntaxNode): boolean {
  return hasToken(node, 'interface') || /\b(?:abstract|sealed)\b/.test(modifierText(l, node))
}

function parentType(specifier: SyntaxNode): SyntaxNode | undefined {
  const [inner] = namedOf(specifier)
  if (inner?.type === 'user_type') return inner
  return inner?.children.find(({ type }) => type === 'user_type')
}

function invocationOf(specifier: SyntaxNode): SyntaxNode | null {
  return specifier.children.find(({ type }) => type === 'constructor_invocation') ?? null
}

/** The class that is extended; interfaces are called by no constructor. */
function parentValue(l: Lowering, invoked: SyntaxNode | null): Value | null {
  const type = invoked?.children.find((one) => one.type === 'user_type')
  const path = type === undefined ? [] : namedOf(type).filter((one) => one.type === 'identifier')
  const [first, ...rest] = path
  if (first === undefined) return null
  return rest.reduce<Value>((object, one) => member(object, nameOf(l, one), spanOf(one)), expression(l, first))
}

function namesOf(l: Lowering, parts: Parts, statics: readonly SyntaxNode[]): Map<string, 'instance' | 'static'> {
  const names = new Map<string, 'instance' | 'static'>()
  for (const one of parts.parameters) if (isProperty(one)) names.set(nameOf(l, parameterName(one)), 'instance')
  const add = (node: SyntaxNode, how: 'instance' | 'static') => {
    const isStatic = how === 'static' || isTypeDeclaration(node) || node.type === 'enum_entry'
    const name = node.type === 'property_declaration' ? propertyName(l, node)?.name : nameOf(l, declaredName(node))
    if (name !== undefined && name !== '') names.set(name, isStatic ? 'static' : 'instance')
  }
  for (const one of parts.declarations) add(one, 'instance')
  for (const one of statics) add(one, 'static')
  return names
}

function declaredName(node: SyntaxNode): SyntaxNode | null {
  return (
    fieldOf(node, 'name') ??
    (node.type === 'enum_entry' ? (namedOf(node).find((one) => one.type === 'identifier') ?? null) : null)
  )
}

function parameterName(node: SyntaxNode): SyntaxNode | null {
  return namedOf(node).find(({ type }) => type === 'identifier') ?? null
}

function isProperty(node: SyntaxNode): boolean {
  return hasToken(node, 'val') || hasToken(node, 'var')
}

/** The primary constructor, with the initial values of properties and the `init` blocks; else the longest other one. */
function constructorOf(l: Lowering, parts: Parts, made: Made): FunctionValue {
  const { node, parents, declarations } = parts
  const prefix = prefixOf(l, node)
  const parameters = parts.parameters.map((one) => constructorParameter(l, one, made, prefix))
  for (const one of parents) superCall(l, one, made)
  for (const one of declarations) addState(l, one, made)
  const others = declarations.filter(({ type }) => type === 'secondary_constructor')
  const longest = others.map((one) => secondary(l, one)).sort((a, b) => b.parameters.length - a.parameters.length)[0]
  const hasPrimary = parameters.length > 0 || longest === undefined
  return {
    ...functionOf('', node, hasPrimary ? parameters : longest.parameters, [
      ...made.body,
      ...(hasPrimary ? [] : longest.body),
    ]),
    receiver: made.holder.receiver,
  }
}

function secondary(l: Lowering, node: SyntaxNode): { parameters: Parameter[]; body: Statement[] } {
  const parameters = parametersOf(l, node)
  const block = node.children.find(({ type }) => type === 'block')
  return { parameters, body: block === undefined ? [] : statementsOf(l, namedOf(block), null) }
}

function constructorParameter(l: Lowering, node: SyntaxNode, made: Made, prefix: string | null): Parameter {
  const parameter = parameterOf(l, node, modifiersOf(node))
  const fallback = namedOf(node).at(-1)
  const isDefault = hasToken(node, '=') && fallback !== undefined
  const field = isProperty(node) ? fieldOfParameter(l, node) : null
  if (field !== null) {
    made.fields.push(field)
    made.members.push(memberOf(field))
    made.body.push(assign(l, made, field.name, reference(bindingIn(parameter), field.span), field.span))
  }
  if (parameter.pattern.kind === 'default' || (!isDefault && prefix === null)) return parameter
  const written = isDefault ? isolated(l, fallback) : null
  const value = prefix === null ? written! : settingUnder(prefix, parameter.name ?? '', written, spanOf(node))
  return { ...parameter, pattern: { kind: 'default', pattern: parameter.pattern, value, span: spanOf(node) } }
}

function bindingIn({ pattern }: Parameter): string {
  const inner = pattern.kind === 'default' ? pattern.pattern : pattern
  return inner.kind === 'binding' ? inner.binding : ''
}

function assign(_l: Lowering, made: Made, name: string, value: Value, span: Value['span']): Statement {
  const place = member(reference(made.holder.receiver, span), name, span) as Extract<Value, { kind: 'member' }>
  return {
    kind: 'expression',
    value: { kind: 'assignment', target: { kind: 'place', place, span }, value, span },
    span,
  }
}

function superCall(l: Lowering, specifier: SyntaxNode, made: Made): void {
  const invoked = invocationOf(specifier)
  const list = invoked?.children.find(({ type }) => type === 'value_arguments')
  if (list === undefined) return
  const span = spanOf(specifier)
  const args: Argument[] = argumentsOf(
    l,
    namedOf(list).filter(({ type }) => type === 'value_argument'),
  )
  const callee: Value = { kind: 'parent', receiver: made.holder.receiver, span }
  made.body.push(...l.pending)
  l.pending = []
  made.body.push({ kind: 'expression', value: { kind: 'call', callee, arguments: args, construct: false, span }, span })
}

function memberOf({ name, type, span }: Field, isStatic = false, value: Value | null = null): ClassMember {
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

function addState(l: Lowering, node: SyntaxNode, made: Made): void {
  if (node.type === 'property_declaration') addProperty(l, node, made)
  const block = node.type === 'anonymous_initializer' ? node.children.find(({ type }) => type === 'block') : undefined
  if (block !== undefined) made.body.push(...statementsOf(l, namedOf(block), null))
}

function addMember(l: Lowering, node: SyntaxNode, made: Made): void {
  switch (node.type) {
    case 'property_declaration': {
      const getter = getterOf(node)
      const field = getter === null ? null : fieldOfProperty(l, node)
      if (getter !== null && field !== null)
        made.members.push(getterMember(l, node, getter, field, made.holder.receiver, false))
      return
    }
    case 'function_declaration':
      return addMethod(l, node, made, made.holder.receiver)
    case 'enum_entry':
      return addConstant(l, node, made)
    default:
      if (isTypeDeclaration(node)) addInner(l, node, made)
  }
}

/** A constant of an enumeration is a text, as guards compare it. */
function addConstant(l: Lowering, node: SyntaxNode, made: Made): void {
  const name = nameOf(l, declaredName(node))
  const span = spanOf(node)
  made.members.push({
    key: constant(name, span),
    static: true,
    value: constant(name, span),
    member: 'field',
    span,
    decorators: [],
  })
}

function addProperty(l: Lowering, node: SyntaxNode, made: Made): void {
  const field = fieldOfProperty(l, node)
  if (field === null) return
  const getter = getterOf(node)
  const before = l.pending
  l.pending = []
  const value = initialNode(node) === null && getter !== null ? null : propertyValue(l, node)
  made.body.push(...l.pending)
  l.pending = before
  if (getter === null) {
    made.fields.push(field)
    made.members.push(memberOf(field))
  }
  if (value === null) return
  const typed: Value = field.type === undefined ? value : { kind: 'cast', value, type: field.type, span: field.span }
  made.body.push(assign(l, made, field.name, typed, field.span))
}

function getterMember(
  l: Lowering,
  node: SyntaxNode,
  getter: SyntaxNode,
  { name, type, span }: Field,
  receiver: string | null,
  isStatic: boolean,
): ClassMember {
  const body = inFunction(l, () => bodyStatements(l, getter))
  const value: FunctionValue = {
    ...functionOf(name, node, [], body),
    ...(receiver === null ? {} : { receiver }),
    ...(type === undefined ? {} : { returns: type }),
  }
  return { key: constant(name, span), static: isStatic, value, member: 'getter', span, decorators: [] }
}

function addMethod(l: Lowering, node: SyntaxNode, made: Made, receiver: string | null, isStatic = false): void {
  const name = nameOf(l, fieldOf(node, 'name'))
  const hasBody = node.children.some(({ type }) => type === 'function_body')
  const value = functionDeclaration(l, node, receiver === null ? {} : { receiver })
  if (!hasBody) return
  const provided = provides(l, node, name)
  if (provided !== null) value.provides = provided
  const span = spanOf(node)
  const key = constant(name, value.nameSpan)
  const decorators = annotationsOf(l, modifiersOf(node))
  made.members.push({ key, static: isStatic, value, member: 'method', span, decorators })
  const property = value.parameters.length === 0 ? propertyOf(name) : null
  // getFullName(), which other code may read as fullName
  if (property !== null && !made.holder.members.has(property))
    made.members.push({
      ...made.members.at(-1)!,
      key: constant(property, value.nameSpan),
      member: 'getter',
      decorators: [],
    })
}

function addStatic(l: Lowering, node: SyntaxNode, made: Made): void {
  if (node.type === 'function_declaration') return addMethod(l, node, made, null, true)
  if (isTypeDeclaration(node)) return addInner(l, node, made)
  if (node.type !== 'property_declaration') return
  const field = fieldOfProperty(l, node)
  if (field === null) return
  const getter = getterOf(node)
  if (getter !== null) made.members.push(getterMember(l, node, getter, field, null, true))
  const initial = initialNode(node)
  const value = initial === null ? (getter === null ? propertyValue(l, node) : null) : isolated(l, initial)
  if (getter === null || value !== null) made.members.push(memberOf(field, true, value))
}

/** Types within a type: the class's own members. */
function addInner(l: Lowering, node: SyntaxNode, made: Made): void {
  const name = nameOf(l, fieldOf(node, 'name'))
  const binding = l.nested.get(name) ?? unique(l, name)
  const value = deeper<Value | null>(
    l,
    node,
    () => (hasToken(node, 'object') ? objectValue(l, node, binding) : classValue(l, node, binding)),
    () => null,
  )
  if (value === null) return
  const span = spanOf(node)
  made.members.push({ key: constant(name, span), static: true, value, member: 'field', span, decorators: [] })
}

export function isExtension(node: SyntaxNode): boolean {
  return extendedType(node) !== null
}
