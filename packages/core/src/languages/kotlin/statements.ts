/**
 * Kotlin's statements. Lists of them are lowered with what becomes of the last one's value: it is returned, assigned, or nothing.
 * What follows a return or throw in the same list is dropped.
 */
import type { Pattern, Statement, TypeReference, Value } from '../../ir/ir.js'
import { constant, reference, spanOf } from '../nodes.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { classValue, isTypeDeclaration, objectValue } from './classes.js'
import { branchOf, tryOf, whenOf } from './control.js'
import { builderStatement } from './dsl.js'
import { expression, operation } from './expressions.js'
import { functionDeclaration } from './functions.js'
import {
  commentOf,
  declare,
  deeper,
  inScope,
  nameOf,
  notUnderstood,
  textOf,
  unique,
  type Exit,
  type Lowering,
} from './lowering.js'
import { placeOf } from './names.js'
import { propertyValue } from './properties.js'
import { isType, typeOf } from './types.js'

/** What becomes of a value. */
export type Sink = ((value: Value) => Statement) | null

export function returned(value: Value): Statement {
  return { kind: 'return', value, span: value.span }
}

export function assignedTo(binding: string): (value: Value) => Statement {
  return (value) => {
    const target: Pattern = { kind: 'binding', binding, name: '', span: value.span }
    return { kind: 'expression', value: { kind: 'assignment', target, value, span: value.span }, span: value.span }
  }
}

/** Puts a value under a name of its own before the statement around, and gives the name. */
export function held(l: Lowering, value: Value | null, span: Value['span'], name = '.value'): string {
  const binding = unique(l, name)
  l.pending.push({ kind: 'bind', pattern: { kind: 'binding', binding, name: '', span }, value, span })
  return binding
}

export function statementsOf(l: Lowering, nodes: readonly SyntaxNode[], sink: Sink): Statement[] {
  const result: Statement[] = []
  const before = l.pending
  for (const [at, node] of nodes.entries()) {
    l.pending = []
    const lowered = deeper(
      l,
      node,
      () => (at === nodes.length - 1 && sink !== null ? lastOf(l, node, sink) : statement(l, node)),
      (value): Statement[] => [sink === null ? { kind: 'expression', value, span: spanOf(node) } : sink(value)],
    )
    result.push(...l.pending, ...lowered)
    if (isLeft(result)) break
  }
  l.pending = before
  return result
}

function isLeft(statements: readonly Statement[]): boolean {
  const last = statements.at(-1)
  return last !== undefined && (last.kind === 'return' || last.kind === 'throw' || last.kind === 'jump')
}

/** A body: a block, or one statement. */
export function bodyOf(l: Lowering, node: SyntaxNode | null, sink: Sink): Statement[] {
  if (node === null) return []
  return inScope(l, () => statementsOf(l, node.type === 'block' ? namedOf(node) : [node], sink))
}

function lastOf(l: Lowering, node: SyntaxNode, sink: NonNullable<Sink>): Statement[] {
  switch (node.type) {
    case 'if_expression':
      return branchOf(l, node, sink)
    case 'when_expression':
      return whenOf(l, node, sink)
    case 'try_expression':
      return tryOf(l, node, sink)
    case 'parenthesized_expression':
    case 'annotated_expression': {
      const inner = namedOf(node).at(-1)
      return inner === undefined ? [] : lastOf(l, inner, sink)
    }
    default:
      if (isStatement(node)) return statement(l, node)
      return [sink(expression(l, node))]
  }
}

function isStatement(node: SyntaxNode): boolean {
  return (
    /^(?:property_declaration|function_declaration|assignment|for_statement|while_statement|do_while_statement|return_expression|throw_expression|type_alias)$/.test(
      node.type,
    ) || isTypeDeclaration(node)
  )
}

function statement(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  switch (node.type) {
    case 'property_declaration':
      return propertyStatements(l, node)
    case 'assignment':
      return [assignment(l, node)]
    case 'return_expression':
      return leaving(l, node)
    case 'throw_expression': {
      const inner = namedOf(node)[0]
      return inner === undefined ? [] : [{ kind: 'throw', value: expression(l, inner), span }]
    }
    case 'identifier': {
      const name = textOf(l, node)
      if (name === 'break' || name === 'continue') return [{ kind: 'jump', to: name, span }]
      break
    }
    case 'labeled_expression':
      return labelled(l, node)
    case 'if_expression':
      return branchOf(l, node, null)
    case 'when_expression':
      return whenOf(l, node, null)
    case 'try_expression':
      return tryOf(l, node, null)
    case 'for_statement':
      return [each(l, node)]
    case 'while_statement':
    case 'do_while_statement':
      return [loop(l, node)]
    case 'function_declaration':
      return [localFunction(l, node)]
    case 'type_alias':
      return []
    default:
      if (isTypeDeclaration(node)) return [localType(l, node)]
  }
  return [builderStatement(l, node) ?? { kind: 'expression', value: expression(l, node), span }]
}

/** `val x = …`, `val (a, b) = …`, `val x by lazy { … }` */
function propertyStatements(l: Lowering, node: SyntaxNode): Statement[] {
  const value = propertyValue(l, node)
  const comment = commentOf(l, node)
  const whole = namedOf(node).find(({ type }) => type === 'multi_variable_declaration')
  const span = spanOf(node)
  if (whole !== undefined) return [{ kind: 'bind', pattern: destructured(l, whole), value, span }]
  const one = namedOf(node).find(({ type }) => type === 'variable_declaration')
  if (one === undefined) return [{ kind: 'expression', value: notUnderstood(l, node), span }]
  const pattern = variable(l, one, undefined, comment)
  return [{ kind: 'bind', pattern, value, span }]
}

export function variable(l: Lowering, node: SyntaxNode, type?: TypeReference, comment?: string): Pattern {
  const name = namedOf(node).find((one) => one.type === 'identifier') ?? node
  const declared = typeOf(l, namedOf(node).find(isType)) ?? type
  const written = nameOf(l, name)
  return {
    kind: 'binding',
    binding: declare(l, written),
    name: written,
    ...(declared === undefined ? {} : { type: declared }),
    ...(comment === undefined ? {} : { comment }),
    span: spanOf(name),
  }
}

/** `(name, phone)`: the parts of a record or of a list, by their places. */
export function destructured(l: Lowering, node: SyntaxNode): Pattern {
  const items = namedOf(node)
    .filter(({ type }) => type === 'variable_declaration')
    .map((one) => (textOf(l, one) === '_' ? null : variable(l, one)))
  return { kind: 'list-pattern', items, records: true, span: spanOf(node) }
}

function assignment(l: Lowering, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  if (left === null || right === null) return { kind: 'expression', value: notUnderstood(l, node), span }
  const target = left.type === 'identifier' ? placeOf(l, nameOf(l, left), spanOf(left)) : expression(l, left)
  const given = expression(l, right)
  const operator = fieldOf(node, 'operator')?.type ?? '='
  const value = operator === '+=' ? operation('concat', [target, given], true, span) : given
  return { kind: 'expression', value: assigned(target, value, nameOf(l, left), span), span }
}

export function assigned(target: Value, value: Value, name: string, span: Value['span']): Value {
  if (target.kind === 'reference')
    return {
      kind: 'assignment',
      target: { kind: 'binding', binding: target.binding, name, span: target.span },
      value,
      span,
    }
  if (target.kind === 'member')
    return { kind: 'assignment', target: { kind: 'place', place: target, span: target.span }, value, span }
  return operation('sequence', [target, value], true, span)
}

/** `return x`, `return@forEach`: of a function, or of a body that was put in line. */
function leaving(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const label = fieldOf(node, 'label')
  const inner = namedOf(node).find((child) => child.field !== 'label')
  const exit = label === null ? undefined : l.exits.findLast((one) => one.label === textOf(l, label))
  if (exit === undefined) return [{ kind: 'return', value: inner === undefined ? null : expression(l, inner), span }]
  const value = inner === undefined ? null : expression(l, inner)
  const kept: Statement[] =
    value === null ? [] : [exit.into === null ? { kind: 'expression', value, span } : assignedTo(exit.into)(value)]
  return [...kept, { kind: 'jump', to: exit.next ? 'continue' : 'break', label: exit.block, span }]
}

/** A body put in line, which `return@label` leaves. */
export function inBlock(
  l: Lowering,
  exit: Omit<Exit, 'block'>,
  span: Value['span'],
  lower: () => Statement[],
): Statement[] {
  const block = unique(l, '.block')
  l.exits.push({ ...exit, block })
  const body = lower()
  l.exits.pop()
  return [{ kind: 'block', label: block, body, span }]
}

// outer@ for (…) { … }, continue@outer
function labelled(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const [label, inner] = node.children
  const written = label === undefined ? '' : textOf(l, label).replace(/@$/, '')
  if ((written === 'continue' || written === 'break') && inner !== undefined)
    return [{ kind: 'jump', to: written, label: textOf(l, inner), span }]
  const body = namedOf(node).at(-1)
  return body === undefined || body === label ? [] : statementsOf(l, [body], null)
}

function labelOf(l: Lowering, node: SyntaxNode): { label?: string } {
  const label = node.children.find(({ type }) => type === 'label')
  return label === undefined ? {} : { label: textOf(l, label).replace(/@$/, '') }
}

// for (customer in customers) { … }
function each(l: Lowering, node: SyntaxNode): Statement {
  const parts = namedOf(node).filter(({ type }) => type !== 'label')
  const [declared, over, body] = parts
  const value = over === undefined ? null : expression(l, over)
  return inScope(l, () => {
    const pattern =
      declared === undefined
        ? null
        : declared.type === 'multi_variable_declaration'
          ? destructured(l, declared)
          : variable(l, declared)
    const statements = bodyOf(l, body ?? null, null)
    return {
      kind: 'loop',
      form: 'of',
      ...labelOf(l, node),
      before: [],
      pattern,
      over: value,
      test: null,
      body: statements,
      after: [],
      span: spanOf(node),
    }
  })
}

function loop(l: Lowering, node: SyntaxNode): Statement {
  const condition = fieldOf(node, 'condition')
  const body = namedOf(node).find((child) => child.field !== 'condition' && child.type !== 'label') ?? null
  const isFirst = node.type === 'do_while_statement'
  const before = isFirst ? bodyOf(l, body, null) : []
  const test = condition === null ? null : expression(l, condition)
  const statements = bodyOf(l, body, null)
  return {
    kind: 'loop',
    form: 'while',
    ...labelOf(l, node),
    before: before.filter((one) => one.kind !== 'jump'),
    pattern: null,
    over: null,
    test,
    body: statements,
    after: [],
    span: spanOf(node),
  }
}

function localFunction(l: Lowering, node: SyntaxNode): Statement {
  const name = nameOf(l, fieldOf(node, 'name'))
  const binding = declare(l, name)
  const value = functionDeclaration(l, node, {})
  const span = spanOf(node)
  return { kind: 'bind', pattern: { kind: 'binding', binding, name, span }, value, span }
}

function localType(l: Lowering, node: SyntaxNode): Statement {
  const name = nameOf(l, fieldOf(node, 'name'))
  const binding = declare(l, name)
  const isObject = hasToken(node, 'object')
  const value = isObject ? objectValue(l, node, binding) : classValue(l, node, binding)
  const span = spanOf(node)
  return { kind: 'bind', pattern: { kind: 'binding', binding, name, span }, value, span }
}

export function nullTest(binding: string, span: Value['span']): Value {
  return operation('equal', [reference(binding, span), constant(null, span)], false, span)
}
