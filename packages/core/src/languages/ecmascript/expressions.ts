/**
 * Expressions → Value: the table from syntax to lowering. Chains are in chains.ts, operators in operators.ts, records in
 * records.ts, markup in markup.ts.
 */
import type { Argument, Template, Value } from '../../ir/ir.js'
import { chain } from './chains.js'
import { classValue } from './classes.js'
import { functionValue, type Naming } from './functions.js'
import { cut, maxDepth, notUnderstood, type Lowering } from './lowering.js'
import { constant, reference } from '../nodes.js'
import { component, fragment, markupText } from './markup.js'
import { dynamicImport } from './modules.js'
import { assignment, binary, choice, logical, sequence, unary, update } from './operators.js'
import { record } from './records.js'
import { importFromScripts } from './scripts.js'
import { spanOf, templateText, type Syntax } from './syntax.js'
import { type as typeReference } from './types.js'

/** Lowers an expression. `naming` is what a function or class is declared, assigned or keyed as. */
export function expression(l: Lowering, node: Syntax, naming?: Naming): Value {
  if (l.depth >= maxDepth) return cut(l, node)
  l.depth++
  const lower = expressions[node.type]
  const value = lower === undefined ? notUnderstood(l, node) : lower(l, node, naming)
  l.depth--
  return value
}

type Lower = (l: Lowering, node: Syntax, naming?: Naming) => Value

const expressions: Readonly<Record<string, Lower>> = {
  Identifier: identifier,
  Literal: literal,
  TemplateLiteral: template,

  // a.b, a[b], f(x), a?.b(), a!, f<T>, tag`…`
  MemberExpression: chain,
  CallExpression: chain,
  ChainExpression: chain,
  TSNonNullExpression: chain,
  TSInstantiationExpression: chain,
  TaggedTemplateExpression: chain,
  // new C(x)
  NewExpression: (l, node) => ({
    kind: 'call',
    callee: expression(l, node.callee),
    arguments: argumentsOf(l, node.arguments),
    ...typeArguments(l, node),
    construct: true,
    span: spanOf(node),
  }),

  ObjectExpression: record,
  // [a, , ...b]
  ArrayExpression: (l, node) => ({
    kind: 'list',
    items: node.elements.map((element: Syntax | null) =>
      element === null
        ? { value: constant(undefined, spanOf(node)), spread: false }
        : element.type === 'SpreadElement'
          ? { value: expression(l, element.argument), spread: true }
          : { value: expression(l, element), spread: false },
    ),
    span: spanOf(node),
  }),
  ArrowFunctionExpression: functionValue,
  FunctionExpression: functionValue,
  FunctionDeclaration: functionValue,
  ClassExpression: classValue,
  ClassDeclaration: classValue,

  AssignmentExpression: assignment,
  UpdateExpression: update,
  UnaryExpression: unary,
  BinaryExpression: binary,
  LogicalExpression: logical,
  ConditionalExpression: choice,
  SequenceExpression: sequence,
  ParenthesizedExpression: (l, node, naming) => expression(l, node.expression, naming),

  // await x
  AwaitExpression: (l, node) => ({ kind: 'await', value: expression(l, node.argument), span: spanOf(node) }),
  // yield, yield x, yield* xs
  YieldExpression: (l, node) => ({
    kind: 'yield',
    value: node.argument == null ? null : expression(l, node.argument),
    each: node.delegate === true,
    span: spanOf(node),
  }),
  ImportExpression: dynamicImport,
  // import.meta; new.target holds nothing of interest
  MetaProperty: (_, node) =>
    node.meta.name === 'import'
      ? { kind: 'global', name: 'import.meta', span: spanOf(node) }
      : { kind: 'unknown', children: [], span: spanOf(node) },

  // this
  ThisExpression: (l, node) =>
    l.frame.receiver === null
      ? { kind: 'global', name: 'this', span: spanOf(node) }
      : reference(l.frame.receiver, spanOf(node)),
  // super(x), super.save()
  Super: (l, node) => ({ kind: 'parent', receiver: l.frame.receiver ?? 'this', span: spanOf(node) }),
  // #phone in x
  PrivateIdentifier: (_, node) => constant(`#${node.name}`, spanOf(node)),

  TSAsExpression: cast,
  TSTypeAssertion: cast,
  TSSatisfiesExpression: cast,

  JSXElement: component,
  JSXFragment: fragment,
  JSXText: (_, node) => constant(markupText(node), spanOf(node)),
  JSXExpressionContainer: (l, node) => expression(l, node.expression),
  JSXEmptyExpression: (_, node) => constant(undefined, spanOf(node)),
}

// customer
function identifier(l: Lowering, node: Syntax): Value {
  const span = spanOf(node)
  const name: string = node.name
  const variable = l.scope.find(name, 'value')
  if (variable !== undefined) {
    variable.read = true
    return reference(variable.binding, span)
  }
  // $customer: the value of a Svelte store
  const store = l.component === 'svelte' && name.startsWith('$') ? l.scope.find(name.slice(1), 'value') : undefined
  if (store !== undefined) {
    store.read = true
    return reference(store.binding, span)
  }
  if (name === 'undefined') return constant(undefined, span)
  if (name === 'arguments' && l.frame.arguments !== undefined) {
    l.frame.arguments ??= l.names.unique('arguments')
    return reference(l.frame.arguments, span)
  }
  if (name === 'exports' && l.commonjs) return exportsReference(l, node)
  if (name === 'document' || name === 'window') l.browser.used = true
  if (importFromScripts(l, node)) return reference(l.root.own(name)!.binding, span)
  return { kind: 'global', name, span }
}

/** The CommonJS exports: `module.exports`, `exports`. */
export function exportsReference(l: Lowering, node: Syntax): Value {
  l.exportsRecord ??= l.names.unique('module.exports')
  return reference(l.exportsRecord, spanOf(node))
}

// 'a', 1, true, null, 1n; a regular expression is no text of its own
function literal(_: Lowering, node: Syntax): Value {
  const span = spanOf(node)
  if (node.regex != null) return { kind: 'unknown', children: [], span }
  if (node.bigint != null) return constant(String(node.bigint), span)
  return constant(node.value ?? null, span)
}

// `電話番号${x}`
function template(l: Lowering, node: Syntax): Value {
  if (node.expressions.length === 0) return constant(templateText(node.quasis[0]), spanOf(node))
  const parts: Template['parts'] = []
  node.quasis.forEach((element: Syntax, index: number) => {
    const text = templateText(element)
    if (text !== '') parts.push(text)
    const hole = node.expressions[index]
    if (hole !== undefined) parts.push(expression(l, hole))
  })
  return { kind: 'template', parts, span: spanOf(node) }
}

// x as T, <T>x, x satisfies T; `as const` says nothing
function cast(l: Lowering, node: Syntax, naming?: Naming): Value {
  const value = expression(l, node.expression, naming)
  const type = typeReference(l, node.typeAnnotation)
  return type.name === 'const' ? value : { kind: 'cast', value, type, span: spanOf(node) }
}

// f(a, ...b)
export function argumentsOf(l: Lowering, nodes: readonly Syntax[] | null | undefined): Argument[] {
  return (nodes ?? []).map((node) =>
    node.type === 'SpreadElement'
      ? { value: expression(l, node.argument), spread: true }
      : { value: expression(l, node) },
  )
}

// f<Customer>(x)
export function typeArguments(l: Lowering, node: Syntax) {
  const written: Syntax[] | undefined = node.typeArguments?.params
  return written === undefined ? {} : { typeArguments: written.map((argument) => typeReference(l, argument)) }
}
