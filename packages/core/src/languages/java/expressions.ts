/** Java's expressions → values. Getters are read as the fields that they give, builders as constructions with named arguments. */
import type { Argument, FunctionValue, Parameter, Pattern, Statement, Value } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { collected } from './collectors.js'
import { builderChain, collectionLiteral } from './builders.js'
import { decoratorsOf, qualified } from './annotations.js'
import { anonymousClass } from './classes.js'
import { declare, deeper, findLocal, inScope, notUnderstood, textOf, type Holder, type Lowering } from './lowering.js'
import { constant, member, reference, spanOf, functionOf } from '../nodes.js'
import { block, switchValue } from './statements.js'
import { bindingOfType, typeOf } from './types.js'

export function expression(l: Lowering, node: SyntaxNode): Value {
  return deeper<Value>(
    l,
    node,
    () => lower(l, node),
    (cut) => cut,
  )
}

function lower(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const [first, second] = namedOf(node)
  switch (node.type) {
    case 'string_literal':
      return constant(literalText(textOf(l, node)), span)
    case 'character_literal':
      return constant(textOf(l, node).slice(1, -1), span)
    case 'true':
    case 'false':
      return constant(node.type === 'true', span)
    case 'null_literal':
      return constant(null, span)
    case 'identifier':
      return nameValue(l, textOf(l, node), span)
    case 'type_identifier':
    case 'scoped_type_identifier':
    case 'generic_type':
      return typeValue(l, textOf(l, node), span)
    case 'this':
      return l.holder === null ? notUnderstood(l, node) : reference(l.holder.receiver, span)
    case 'super':
      return l.holder === null ? notUnderstood(l, node) : { kind: 'parent', receiver: l.holder.receiver, span }
    case 'parenthesized_expression':
      return first === undefined ? notUnderstood(l, node) : expression(l, first)
    case 'field_access':
      return fieldAccess(l, node)
    case 'method_invocation':
      return invocation(l, node)
    case 'object_creation_expression':
      return creation(l, node)
    case 'lambda_expression':
      return lambda(l, node)
    case 'method_reference':
      return methodReference(l, node)
    case 'assignment_expression':
      return assignment(l, node)
    case 'update_expression':
      return first === undefined ? notUnderstood(l, node) : operation('arithmetic', [expression(l, first)], false, span)
    case 'unary_expression':
      return first === undefined
        ? notUnderstood(l, node)
        : operation(hasText(l, node, '!') ? 'not' : 'arithmetic', [expression(l, first)], false, span)
    case 'binary_expression':
      return binary(l, node)
    case 'instanceof_expression':
      return instance(l, node)
    case 'ternary_expression':
      return {
        kind: 'choice',
        test: part(l, node, 'condition'),
        then: part(l, node, 'consequence'),
        otherwise: part(l, node, 'alternative'),
        span,
      }
    case 'cast_expression': {
      const value = part(l, node, 'value')
      const type = typeOf(l, fieldOf(node, 'type'))
      return type === undefined ? value : { kind: 'cast', value, type, span }
    }
    case 'array_access':
      return { kind: 'member', object: part(l, node, 'array'), key: part(l, node, 'index'), span }
    case 'array_initializer':
      return { kind: 'list', items: namedOf(node).map((one) => ({ value: expression(l, one), spread: false })), span }
    case 'array_creation_expression': {
      const value = fieldOf(node, 'value')
      return value === null ? { kind: 'list', items: [], span } : expression(l, value)
    }
    case 'class_literal':
      return first === undefined ? notUnderstood(l, node) : typeValue(l, textOf(l, first), span)
    case 'switch_expression':
      return switchValue(l, node)
    case 'template_expression':
      return second === undefined ? notUnderstood(l, node) : expression(l, second)
    default:
      return /literal$/.test(node.type)
        ? constant(Number(textOf(l, node).replace(/[_lLfFdD]/g, '')), span)
        : notUnderstood(l, node)
  }
}

function part(l: Lowering, node: SyntaxNode, field: string): Value {
  const inner = fieldOf(node, field)
  return inner === null ? notUnderstood(l, node) : expression(l, inner)
}

function hasText(l: Lowering, node: SyntaxNode, text: string): boolean {
  return l.text.startsWith(text, node.start)
}

export function operation(operator: string, operands: Value[], carries: boolean, span: Value['span']): Value {
  return { kind: 'operation', operator, operands, carries, span }
}

/** `"…"`, and text blocks, whose common indentation is not part of the text. */
export function literalText(written: string): string {
  const block = /^"""[ \t]*\r?\n([\s\S]*?)"""$/.exec(written)
  const raw = block === null ? written.slice(1, -1) : outdented(block[1]!)
  return raw.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-7]{1,3})|\r?\n|(.))/g,
    (_, hex?: string, octal?: string, one?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      return one === undefined ? '' : (escapes[one] ?? one)
    },
  )
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ' }

function outdented(text: string): string {
  const lines = text.split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length)
  const common = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(common)).join('\n')
}

/** A simple name: local, a member of a class around, a type, else inherited. */
export function nameValue(l: Lowering, name: string, span: Value['span']): Value {
  const local = findLocal(l, name)
  if (local !== null) return reference(local, span)
  const own = memberValue(l, name, span)
  if (own !== null) return own
  const statics = l.statics.get(name)
  if (statics !== undefined) return member(reference(statics, span), name, span)
  if (/^[A-Z]/.test(name)) return typeValue(l, name, span)
  return l.holder === null ? { kind: 'global', name, span } : member(reference(l.holder.receiver, span), name, span)
}

function memberValue(l: Lowering, name: string, span: Value['span']): Value | null {
  for (let holder: Holder | null = l.holder; holder !== null; holder = holder.outer) {
    const isStatic = holder.members.get(name)
    if (isStatic !== undefined) return member(reference(isStatic ? holder.binding : holder.receiver, span), name, span)
  }
  return null
}

export function typeValue(l: Lowering, written: string, span: Value['span']): Value {
  const [head, ...rest] = written.replace(/<[\s\S]*$/, '').split('.')
  const binding = bindingOfType(l, head!)
  const base: Value = binding === null ? { kind: 'global', name: head!, span } : reference(binding, span)
  return rest.reduce<Value>((object, name) => member(object, name, span), base)
}

function fieldAccess(l: Lowering, node: SyntaxNode): Value {
  const object = fieldOf(node, 'object')
  const field = fieldOf(node, 'field')
  if (object === null || field === null) return notUnderstood(l, node)
  const span = spanOf(node)
  if (field.type === 'this') return l.holder === null ? notUnderstood(l, node) : reference(l.holder.receiver, span)
  const name = textOf(l, field)
  // Region.AP_NORTHEAST_1: a constant that is named like the text it holds
  if (/^Regions?$/.test(textOf(l, object)) && /^[A-Z]+(?:_[A-Z]+)+_\d$/.test(name))
    return constant(name.toLowerCase().replaceAll('_', '-'), span)
  return member(expression(l, object), name, span)
}

function invocation(l: Lowering, node: SyntaxNode): Value {
  const built = builderChain(l, node)
  if (built !== null) return built
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  const object = fieldOf(node, 'object')
  const written = fieldOf(node, 'arguments')
  const args = argumentsOf(l, written)
  const span = spanOf(node)
  const typeArguments = fieldOf(node, 'type_arguments')
  const types = typeArguments === null ? [] : namedOf(typeArguments).flatMap((one) => typeOf(l, one) ?? [])
  if (object === null) {
    const own = memberValue(l, name, span)
    const statics = l.statics.get(name)
    const callee =
      own ??
      (statics === undefined
        ? l.holder === null
          ? ({ kind: 'global', name, span } as Value)
          : member(reference(l.holder.receiver, span), name, span)
        : member(reference(statics, span), name, span))
    return { kind: 'call', callee, arguments: args, construct: false, span }
  }
  const receiver = expression(l, object)
  // country.equals("JP"), Objects.equals(country, "JP")
  const compared = args.length === 1 ? [receiver, args[0]!.value] : args.map(({ value }) => value)
  if (/^equals(?:IgnoreCase)?$/.test(name) && compared.length === 2) return operation('equal', compared, false, span)
  if (name === 'collect') {
    const collection = collected(l, receiver, written, span)
    if (collection !== null) return collection
  }
  const masked = maskedText(name, args, span)
  if (masked !== null) return masked
  const literal = collectionLiteral(l, object, name, args, span)
  if (literal !== null) return literal
  const isType =
    object.type === 'identifier' && /^[A-Z]/.test(textOf(l, object)) && findLocal(l, textOf(l, object)) === null
  const property = isType ? null : propertyOf(name)
  // customer.getPhone(), customer.isActive()
  if (property !== null && args.length === 0) return member(receiver, property, span)
  // customer.setPhone(phone)
  const written1 = isType || args.length !== 1 ? null : /^set([A-Z]\w*)$/.exec(name)
  if (written1 !== null) {
    const place = member(receiver, lowerFirst(written1[1]!), span) as Extract<Value, { kind: 'member' }>
    const call: Value = { kind: 'call', callee: member(receiver, name, span), arguments: args, construct: false, span }
    const assigned: Value = { kind: 'assignment', target: { kind: 'place', place, span }, value: args[0]!.value, span }
    return operation('sequence', [assigned, call], true, span)
  }
  return {
    kind: 'call',
    callee: member(receiver, name, span),
    arguments: args,
    ...(types.length === 0 ? {} : { typeArguments: types }),
    construct: false,
    span,
  }
}

/** `phone.replaceAll(".", "*")`: nothing of the text is left but its length. */
function maskedText(name: string, [pattern, by]: readonly Argument[], span: Value['span']): Value | null {
  if (name !== 'replaceAll' || pattern?.value.kind !== 'constant' || by?.value.kind !== 'constant') return null
  const isAll = /^(?:\(\?s\))?(?:\.[*+]?|\[\\s\\S\][*+]?|\\S|\[\^\])$/.test(String(pattern.value.value))
  return isAll && !/\$\d|\\/.test(String(by.value.value)) ? constant(by.value.value, span) : null
}

/** What a getter gives: `getPhone`, `isActive`; null for other names. */
export function propertyOf(name: string): string | null {
  const match = /^(?:get|is)([A-Z]\w*)$/.exec(name)
  if (match === null || /^get(?:Class|Instance|Default|Bean)$/.test(name)) return null
  return lowerFirst(match[1]!)
}

export function lowerFirst(name: string): string {
  return /^[A-Z]{2}/.test(name) ? name : name[0]!.toLowerCase() + name.slice(1)
}

export function argumentsOf(l: Lowering, node: SyntaxNode | null): Argument[] {
  return node === null ? [] : namedOf(node).map((one) => ({ value: expression(l, one) }))
}

// new Customer(name, phone), new Thing() { … }
function creation(l: Lowering, node: SyntaxNode): Value {
  const type = fieldOf(node, 'type')
  if (type === null) return notUnderstood(l, node)
  const args = argumentsOf(l, fieldOf(node, 'arguments'))
  const span = spanOf(node)
  const body = node.children.find((child) => child.type === 'class_body')
  const callee = typeValue(l, textOf(l, type), spanOf(type))
  if (body === undefined) return { kind: 'call', callee, arguments: args, construct: true, span }
  return {
    kind: 'call',
    callee: anonymousClass(l, body, callee, typeOf(l, type)),
    arguments: args,
    construct: true,
    span,
  }
}

// x -> x.name(), (a, b) -> { … }
function lambda(l: Lowering, node: SyntaxNode): FunctionValue {
  const body = fieldOf(node, 'body')
  const written = fieldOf(node, 'parameters')
  return inScope(l, () => {
    const names = written === null ? [] : written.type === 'identifier' ? [written] : namedOf(written)
    const parameters = names.map((one) => parameterOf(l, one))
    const statements: Statement[] =
      body === null
        ? []
        : body.type === 'block'
          ? block(l, body)
          : [{ kind: 'return', value: expression(l, body), span: spanOf(body) }]
    return functionOf('', node, parameters, statements)
  })
}

export function parameterOf(l: Lowering, node: SyntaxNode): Parameter {
  const name = node.type === 'identifier' ? node : (fieldOf(node, 'name') ?? namedOf(node).at(-1) ?? node)
  const inner = name.type === 'variable_declarator' ? (fieldOf(name, 'name') ?? name) : name
  const written = textOf(l, inner)
  const type = qualified(l, node, typeOf(l, fieldOf(node, 'type') ?? spreadType(node)))
  const pattern: Pattern = {
    kind: 'binding',
    binding: declare(l, written),
    name: written,
    ...(type === undefined ? {} : { type }),
    span: spanOf(inner),
  }
  const decorators = decoratorsOf(l, node)
  return {
    pattern,
    name: written,
    ...(node.type === 'spread_parameter' ? { rest: true } : {}),
    ...(decorators.length === 0 ? {} : { decorators }),
  }
}

function spreadType(node: SyntaxNode): SyntaxNode | null {
  return node.type === 'spread_parameter'
    ? (namedOf(node).find(({ type }) => /type|identifier/.test(type) && type !== 'modifiers') ?? null)
    : null
}

// Customer::getPhone, this::ask, Customer::new
function methodReference(l: Lowering, node: SyntaxNode): Value {
  const parts = namedOf(node)
  const object = parts[0]
  const span = spanOf(node)
  if (object === undefined) return notUnderstood(l, node)
  const isNew = textOf(l, node).endsWith('::new')
  const name = isNew ? '' : textOf(l, parts.at(-1)!)
  const isType = /^[A-Z]/.test(textOf(l, object)) && findLocal(l, textOf(l, object)) === null
  return inScope(l, () => {
    const binding = declare(l, 'it')
    const it = reference(binding, span)
    const parameters: Parameter[] = [{ pattern: { kind: 'binding', binding, name: 'it', span }, name: 'it' }]
    const value: Value = isNew
      ? {
          kind: 'call',
          callee: typeValue(l, textOf(l, object), span),
          arguments: [{ value: it }],
          construct: true,
          span,
        }
      : isType
        ? referred(l, object, name, it, span)
        : {
            kind: 'call',
            callee: member(expression(l, object), name, span),
            arguments: [{ value: it }],
            construct: false,
            span,
          }
    return functionOf('', node, parameters, [{ kind: 'return', value, span }])
  })
}

/** Of a type: a getter of what it is called with, a function of the type that takes it, or else one of its own. */
function referred(l: Lowering, object: SyntaxNode, name: string, it: Value, span: Value['span']): Value {
  const property = propertyOf(name)
  if (property !== null) return member(it, property, span)
  const ofType = member(typeValue(l, textOf(l, object), span), name, span)
  return {
    kind: 'call',
    callee: member(it, name, span),
    arguments: [],
    construct: false,
    otherwise: { callee: ofType, receiver: true },
    span,
  }
}

function assignment(l: Lowering, node: SyntaxNode): Value {
  const left = fieldOf(node, 'left')
  const span = spanOf(node)
  if (left === null) return notUnderstood(l, node)
  const target = expression(l, left)
  const right = part(l, node, 'right')
  const operator = textOf(l, fieldOf(node, 'operator') ?? node)
  const value = operator === '=' || !/^[+]=$/.test(operator) ? right : operation('concat', [target, right], true, span)
  if (target.kind === 'reference') {
    const pattern: Pattern = { kind: 'binding', binding: target.binding, name: textOf(l, left), span: spanOf(left) }
    return { kind: 'assignment', target: pattern, value, span }
  }
  if (target.kind === 'member')
    return { kind: 'assignment', target: { kind: 'place', place: target, span: spanOf(left) }, value, span }
  return value
}

function binary(l: Lowering, node: SyntaxNode): Value {
  // a + b + c … is as deep as it is long
  const operands: SyntaxNode[] = []
  let current: SyntaxNode = node
  const operator = textOf(l, fieldOf(node, 'operator') ?? node)
  for (;;) {
    const right = fieldOf(current, 'right')
    const left = fieldOf(current, 'left')
    if (right === null || left === null) return notUnderstood(l, node)
    operands.unshift(right)
    const isSame = left.type === 'binary_expression' && textOf(l, fieldOf(left, 'operator') ?? left) === operator
    if (!isSame) {
      operands.unshift(left)
      break
    }
    current = left
  }
  const values = operands.map((one) => expression(l, one))
  const span = spanOf(node)
  if (operator === '+') return operation('concat', values, true, span)
  if (operator === '&&' || operator === '||')
    return values.reduce((left, right) => ({
      kind: 'logical',
      operator: operator === '&&' ? 'and' : 'or',
      left,
      right,
      span,
    }))
  if (operator === '==' || operator === '!=')
    return operation(operator === '==' ? 'equal' : 'not-equal', values, false, span)
  return operation(/^[<>]=?$/.test(operator) ? 'compare' : 'arithmetic', values, false, span)
}

// x instanceof Customer c
function instance(l: Lowering, node: SyntaxNode): Value {
  const value = part(l, node, 'left')
  const name = fieldOf(node, 'name')
  const span = spanOf(node)
  const test = operation('instance-of', [value], false, span)
  if (name === null) return test
  const type = typeOf(l, fieldOf(node, 'right'))
  const written = textOf(l, name)
  const pattern: Pattern = {
    kind: 'binding',
    binding: declare(l, written),
    name: written,
    ...(type === undefined ? {} : { type }),
    span: spanOf(name),
  }
  const bound: Value = { kind: 'assignment', target: pattern, value, span }
  return operation('sequence', [bound, test], false, span)
}
