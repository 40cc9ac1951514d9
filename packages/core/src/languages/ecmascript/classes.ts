/** Classes → ClassValue, and the entity that their typed fields make. */
import type { ClassMember, ClassValue, EntityField, FunctionValue, TypeReference, Value } from '../../ir/ir.js'
import { keyOf } from './chains.js'
import { contextual } from './contextual.js'
import { describedBy, isData } from './data-classes.js'
import { expression } from './expressions.js'
import { decoratorsOf, functionValue, namingOf, type Naming } from './functions.js'
import { commentOf, documented, inScope, type Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { keyName } from './records.js'
import { block } from './statements.js'
import { declareBlock, hoistVariables } from './scope.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'
import { annotation, declareTypeParameters, fieldName, returnType, type, typed } from './types.js'

// class Repository<T> extends Base<T> implements Port {…}
export function classValue(l: Lowering, node: Syntax, naming?: Naming): ClassValue {
  const head = node.id == null ? naming : namingOf(node.id)
  const decorators = decoratorsOf(l, node)
  const declared = node.type === 'ClassDeclaration' && node.id != null
  return inScope(l, () => {
    const binding = declared
      ? l.scope.find(node.id.name, 'value')!.binding
      : node.id == null
        ? l.names.unique('class')
        : l.scope.declare(node.id.name, 'both').binding
    declareTypeParameters(l, node)
    const parent = node.superClass == null ? null : expression(l, node.superClass)
    const heritage = ((node.implements ?? []) as Syntax[]).map((written) => type(l, written))
    const receiver = l.names.unique('this')
    const members: ClassMember[] = []
    let constructorFunction: FunctionValue | null = null
    for (const member of node.body.body as Syntax[]) {
      if (isConstructor(member)) {
        if (member.value.body == null) continue
        constructorFunction = functionValue(l, member.value, { name: 'constructor', span: spanOf(member.key) })
        members.push(...parameterProperties(l, member.value))
      } else members.push(...memberOf(l, member, receiver, binding))
    }
    const name = head?.name ?? ''
    addEntity(l, node, name, binding, members)
    return {
      kind: 'class',
      name,
      nameSpan: head?.span ?? { start: startOf(node), end: startOf(node.body) },
      parent,
      implements: heritage,
      constructorFunction,
      members,
      binding,
      receiver,
      ...(isData(decorators, members, parent) ? { record: true } : {}),
      decorators,
      span: spanOf(node),
    }
  })
}

function isConstructor(member: Syntax): boolean {
  return member.type === 'MethodDefinition' && member.kind === 'constructor'
}

function memberOf(l: Lowering, node: Syntax, receiver: string, binding: string): ClassMember[] {
  const span = spanOf(node)
  const outer = l.frame
  const isStatic = node.static === true
  // `this` is the instance in a field, the class in a static field or block
  l.frame = {
    receiver: isStatic || node.type === 'StaticBlock' ? binding : receiver,
    arguments: undefined,
    breaks: null,
  }
  try {
    switch (node.type) {
      // phone: string = '', static #count = 0, accessor name = '', abstract name: string
      case 'PropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractPropertyDefinition':
      case 'TSAbstractAccessorProperty': {
        const { key, naming } = keyed(l, node)
        const initial = contextual(node, node.value)
        const value = initial == null ? null : expression(l, initial, naming)
        const held = typed(annotation(l, node))
        return [{ key, static: isStatic, value, member: 'field', ...held, span, decorators: decoratorsOf(l, node) }]
      }
      // send() {…}, get phone() {…}, async *pages() {…}; overloads and abstract methods have no body
      case 'MethodDefinition': {
        if (node.value.body == null) return []
        const { key, naming } = keyed(l, node)
        const decorators = decoratorsOf(l, node)
        const comment = documented(l.comments.of(startOf(node), endOf(node)))
        const value: FunctionValue = { ...functionValue(l, node.value, naming), decorators, ...comment }
        const member = node.kind === 'get' ? 'getter' : node.kind === 'set' ? 'setter' : 'method'
        const held = typed(node.kind === 'get' ? returnType(l, node.value) : undefined)
        return [{ key, static: isStatic, value, member, ...held, span, decorators }]
      }
      // static {…}: runs once, with the class as `this`
      case 'StaticBlock':
        return [staticBlock(l, node)]
      default:
        return []
    }
  } finally {
    l.frame = outer
  }
}

function keyed(l: Lowering, node: Syntax): { key: Value; naming: Naming } {
  const key = keyOf(l, node.key, node.computed === true)
  return { key, naming: { name: keyName(key), span: spanOf(node.key) } }
}

function staticBlock(l: Lowering, node: Syntax): ClassMember {
  const span = spanOf(node)
  const body = inScope(l, () => {
    hoistVariables(l.scope, node.body)
    declareBlock(l.scope, node.body)
    return block(l, node.body)
  })
  const callee: FunctionValue = {
    kind: 'function',
    name: '',
    nameSpan: span,
    parameters: [],
    body,
    async: false,
    generator: false,
    decorators: [],
    span,
  }
  const value: Value = { kind: 'call', callee, arguments: [], construct: false, span }
  return { key: constant('static', span), static: true, value, member: 'field', span, decorators: [] }
}

// constructor(private readonly db: Db): a field db of type Db
function parameterProperties(l: Lowering, node: Syntax): ClassMember[] {
  return (node.params as Syntax[]).flatMap((parameter) => {
    if (parameter.type !== 'TSParameterProperty') return []
    const target: Syntax =
      parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter
    if (target.type !== 'Identifier') return []
    const key = constant(target.name, spanOf(target))
    const span = spanOf(parameter)
    return [
      { key, static: false, value: null, member: 'field', ...typed(annotation(l, target)), span, decorators: [] },
    ] satisfies ClassMember[]
  })
}

/** Parameter decorators and comments belong to the syntax, so fields are documented from there. */
function addEntity(l: Lowering, node: Syntax, name: string, binding: string, members: readonly ClassMember[]): void {
  if (name === '') return
  const documentation = new Map<number, string>()
  for (const member of node.body.body as Syntax[]) {
    const nodes: Syntax[] = isConstructor(member) ? member.value.params : [member]
    for (const documentable of nodes) {
      const comment =
        l.comments.of(startOf(documentable), endOf(documentable)) ??
        (documentable.key == null ? undefined : l.comments.of(startOf(documentable.key), startOf(documentable.key)))
      if (comment !== undefined) documentation.set(startOf(documentable), comment)
    }
  }
  const fields: EntityField[] = []
  for (const member of members) {
    const field = member.key.kind === 'constant' && (member.member === 'field' || member.member === 'getter')
    if (!field || member.static) continue
    const comment = documented(documentation.get(member.span.start) ?? describedBy(member.decorators))
    fields.push({ name: keyName(member.key), ...typed(member.type), ...comment, span: member.span })
  }
  l.entities.push({
    name: l.namespacePath + name,
    binding,
    fields,
    extends: parentType(l, node),
    ...documented(commentOf(l, node)),
    span: spanOf(node),
  })
}

function parentType(l: Lowering, node: Syntax): TypeReference[] {
  const written: Syntax | null | undefined = node.superClass
  if (written == null || (written.type !== 'Identifier' && written.type !== 'MemberExpression')) return []
  const args = node.superTypeArguments ?? null
  return [type(l, { ...written, type: 'TSClassImplements', expression: written, typeArguments: args })]
}

// declare class Customer { phone: string }: only its shape is known
export function ambientClass(l: Lowering, node: Syntax): void {
  const variable = l.scope.find(node.id.name, 'type')
  if (variable === undefined) return
  inScope(l, () => {
    declareTypeParameters(l, node)
    const fields: EntityField[] = []
    for (const member of node.body.body as Syntax[]) {
      const name = fieldName(member)
      if (name === null || !member.type.endsWith('PropertyDefinition') || member.static === true) continue
      const comment = documented(l.comments.of(startOf(member), endOf(member)))
      fields.push({ name, ...typed(annotation(l, member)), ...comment, span: spanOf(member) })
    }
    const comment = documented(commentOf(l, node))
    const { binding } = variable
    const name = l.namespacePath + node.id.name
    l.entities.push({ name, binding, fields, extends: parentType(l, node), ...comment, span: spanOf(node) })
  })
}
