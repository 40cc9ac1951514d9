/** Functions, lambdas and their parameters. What extends a type takes the object that it is called on as its first parameter. */
import type { FunctionValue, Parameter, Pattern, Statement, TypeReference, Value } from '../../ir/ir.js'
import { spanOf, functionOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { annotationsOf, decoratorsIn, documentation, qualified, settingOf } from './annotations.js'
import { isolated } from './expressions.js'
import { declare, inFunction, nameOf, textOf, unique, type ImplicitReceiver, type Lowering } from './lowering.js'
import { destructured, returned, statementsOf, variable, type Sink } from './statements.js'
import { isType, typeOf } from './types.js'

/** The type that a function or property extends, which stands before its name. */
export function extendedType(node: SyntaxNode): SyntaxNode | null {
  for (const child of node.children) {
    if (child.field === 'name' || child.type === 'variable_declaration' || child.type === 'multi_variable_declaration')
      return null
    if (isType(child)) return child
  }
  return null
}

/** `this` of what extends a type, as its first parameter. */
export function receiverParameter(l: Lowering, type: SyntaxNode): { parameter: Parameter; context: ImplicitReceiver } {
  const binding = unique(l, 'this')
  const known = typeOf(l, type)
  const label = textOf(l, type).replace(/[<?][\s\S]*$/, '')
  const pattern: Pattern = {
    kind: 'binding',
    binding,
    // greeting of Customer: what is not known of the receiver goes by the name of its type
    name: label === '' ? 'this' : label[0]!.toLowerCase() + label.slice(1),
    ...(known === undefined ? {} : { type: known }),
    span: spanOf(type),
  }
  return { parameter: { pattern }, context: { kind: 'receiver', binding, label } }
}

/** `fun f(a: A, b: B = …): C { … }`, `fun f() = …`, `fun A.f() = …` */
export function functionDeclaration(l: Lowering, node: SyntaxNode, given: { receiver?: string }): FunctionValue {
  const name = fieldOf(node, 'name')
  const type = node.type === 'function_declaration' ? extendedType(node) : null
  const extended = type === null ? null : receiverParameter(l, type)
  const body = node.children.find((child) => child.type === 'function_body')
  return inFunction(
    l,
    () => {
      const parameters = parametersOf(l, node)
      const statements = body === undefined ? [] : bodyStatements(l, body)
      const returns = returnType(l, node)
      const comment = documentation(l, node)
      return {
        ...functionOf(
          nameOf(l, name),
          node,
          extended === null ? parameters : [extended.parameter, ...parameters],
          statements,
        ),
        nameSpan: spanOf(name ?? node),
        ...(given.receiver === undefined ? {} : { receiver: given.receiver }),
        ...(returns === undefined || returns.name === 'void' ? {} : { returns }),
        ...(comment === undefined ? {} : { comment }),
      }
    },
    ...(extended === null ? [] : [extended.context]),
  )
}

/** The declared type of the result, which stands after the parameters. */
export function returnType(l: Lowering, node: SyntaxNode): TypeReference | undefined {
  const at = node.children.findIndex(({ type }) => type === 'function_value_parameters')
  return typeOf(l, node.children.slice(at + 1).find(isType))
}

/** `{ … }`, `= …` */
export function bodyStatements(l: Lowering, body: SyntaxNode): Statement[] {
  const [inner] = namedOf(body)
  if (inner === undefined) return []
  return inner.type === 'block' ? statementsOf(l, namedOf(inner), null) : statementsOf(l, [inner], returned)
}

export function parametersOf(l: Lowering, node: SyntaxNode): Parameter[] {
  const list = node.children.find(({ type }) => type === 'function_value_parameters')
  const parameters: Parameter[] = []
  let modifiers: SyntaxNode | null = null
  for (const child of list === undefined ? [] : namedOf(list)) {
    if (child.type === 'parameter_modifiers') modifiers = child
    else if (child.type === 'parameter') {
      parameters.push(parameterOf(l, child, modifiers))
      modifiers = null
    } else {
      // the default of the parameter before
      const last = parameters.at(-1)
      if (last !== undefined)
        last.pattern = { kind: 'default', pattern: last.pattern, value: isolated(l, child), span: last.pattern.span }
    }
  }
  return parameters
}

export function parameterOf(l: Lowering, node: SyntaxNode, modifiers: SyntaxNode | null): Parameter {
  const pattern = variable(l, node)
  const name = pattern.kind === 'binding' ? pattern.name : ''
  if (pattern.kind === 'binding' && pattern.type !== undefined) pattern.type = qualified(l, modifiers, pattern.type)
  const setting = settingOf(l, modifiers ?? node)
  const annotations = [...annotationsOf(l, modifiers), ...decoratorsIn(l, modifiers)]
  return {
    pattern: setting === null ? pattern : { kind: 'default', pattern, value: setting, span: pattern.span },
    name,
    ...(modifiers !== null && /\bvararg\b/.test(textOf(l, modifiers)) ? { rest: true } : {}),
    ...(annotations.length === 0 ? {} : { decorators: annotations }),
  }
}

/** `{ a, b -> … }`, `{ it.name }`; with a receiver, that is the first parameter. */
export function lambda(l: Lowering, node: SyntaxNode, receiver: ImplicitReceiver | null = null): FunctionValue {
  return inFunction(
    l,
    () => {
      const parameters = lambdaParameters(l, node)
      const first: Parameter[] =
        receiver === null
          ? []
          : [{ pattern: { kind: 'binding', binding: receiver.binding, name: receiver.label, span: spanOf(node) } }]
      return functionOf('', node, [...first, ...parameters], lambdaBody(l, node, returned))
    },
    ...(receiver === null ? [] : [receiver]),
  )
}

export function lambdaParameters(l: Lowering, node: SyntaxNode): Parameter[] {
  const written = node.children.find(({ type }) => type === 'lambda_parameters')
  if (written !== undefined) return namedOf(written).map((one) => lambdaParameter(l, one))
  const span = spanOf(node)
  return [{ pattern: { kind: 'binding', binding: declare(l, 'it'), name: 'it', span }, name: 'it' }]
}

export function lambdaParameter(l: Lowering, node: SyntaxNode): Parameter {
  if (node.type === 'multi_variable_declaration') return { pattern: destructured(l, node) }
  const pattern = variable(l, node)
  return { pattern, ...(pattern.kind === 'binding' ? { name: pattern.name } : {}) }
}

/** Statements of a lambda: what follows its parameters. */
export function lambdaStatements(node: SyntaxNode): SyntaxNode[] {
  return namedOf(node).filter(({ type }) => type !== 'lambda_parameters')
}

export function lambdaBody(l: Lowering, node: SyntaxNode, sink: Sink): Statement[] {
  return statementsOf(l, lambdaStatements(node), sink)
}

/** The lambda in what follows a call, annotations and label aside. */
export function lambdaIn(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'lambda_literal') return node
  return node.type === 'annotated_lambda' ? (namedOf(node).find(({ type }) => type === 'lambda_literal') ?? null) : null
}

export function anonymousFunction(l: Lowering, node: SyntaxNode): Value {
  return functionDeclaration(l, node, {})
}
