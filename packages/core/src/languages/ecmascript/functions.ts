/** Functions of all forms → FunctionValue. */
import type { FunctionValue, List, Parameter, Pattern, Statement, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { expression } from './expressions.js'
import { documented, inScope, type Frame, type Lowering } from './lowering.js'
import { reference } from '../nodes.js'
import { pattern } from './patterns.js'
import { boundNames, declareBlock, hoistVariables } from './scope.js'
import { block } from './statements.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'
import { declareTypeParameters, returnType, typed, annotation } from './types.js'

/** The name that stands where a function or class is declared, assigned or keyed. */
export interface Naming {
  name: string
  span: Span
}

/** `send` of `send = () => …`, `api.send = function () {…}` */
export function namingOf(node: Syntax): Naming | undefined {
  if (node.type === 'Identifier') return { name: node.name, span: spanOf(node) }
  if (node.type === 'MemberExpression' && !node.computed) {
    return { name: String(node.property.name), span: spanOf(node.property) }
  }
  return undefined
}

// function f(a) {…}, async (a) => …, function* () {…}
export function functionValue(l: Lowering, node: Syntax, naming?: Naming): FunctionValue {
  const head = node.id == null ? naming : namingOf(node.id)
  const own = node.type === 'FunctionExpression' && node.id != null
  return inScope(l, () => {
    const binding = own ? l.scope.declare(node.id.name, 'value').binding : undefined
    const lowered = inScope(l, () => inside(l, node))
    return {
      kind: 'function',
      name: head?.name ?? '',
      nameSpan: head?.span ?? headOf(node),
      ...(binding === undefined ? {} : { binding }),
      ...lowered,
      async: node.async === true,
      generator: node.generator === true,
      decorators: [],
      span: spanOf(node),
    }
  })
}

function headOf(node: Syntax): Span {
  const start = startOf(node)
  return { start, end: node.body == null ? endOf(node) : Math.max(start, startOf(node.body)) }
}

type Inside = Pick<FunctionValue, 'parameters' | 'receiver' | 'body' | 'returns'>

function inside(l: Lowering, node: Syntax): Inside {
  const outer = l.frame
  const arrow = node.type === 'ArrowFunctionExpression'
  const receiver = arrow ? outer.receiver : l.names.unique('this')
  const frame: Frame = { receiver, arguments: arrow ? outer.arguments : null, breaks: null }
  l.frame = frame
  declareTypeParameters(l, node)
  // (this: Window, a: string): the first says what `this` is
  const written: Syntax[] = node.params.filter((parameter: Syntax) => parameter.name !== 'this')
  for (const parameter of written) for (const name of boundNames(parameter)) l.scope.declare(name, 'value')
  const plain = node.body != null && node.body.type !== 'BlockStatement'
  const statements: Syntax[] = node.body == null || plain ? [] : node.body.body
  hoistVariables(l.scope, statements)
  declareBlock(l.scope, statements)
  const parameters = written.map((parameter) => parameterOf(l, parameter))
  const returns = returnType(l, node)
  const properties = written.flatMap((parameter) => propertyAssignment(l, parameter))
  const body = plain ? [returned(expression(l, node.body))] : block(l, statements)
  l.frame = outer
  if (arrow) outer.arguments = frame.arguments
  const passed = !arrow && frame.arguments != null ? bindArguments(frame.arguments, parameters, node) : []
  return {
    parameters,
    ...(arrow ? {} : { receiver: receiver! }),
    body: [...passed, ...properties, ...body],
    ...(returns === undefined ? {} : { returns }),
  }
}

function returned(value: Value): Statement {
  return { kind: 'return', value, span: value.span }
}

// a, a = 1, { a, b }: T, ...rest, @Body() a, private readonly a
function parameterOf(l: Lowering, node: Syntax): Parameter {
  const inner: Syntax = node.type === 'TSParameterProperty' ? node.parameter : node
  const rest = inner.type === 'RestElement'
  const target: Syntax = rest ? inner.argument : inner
  const lowered = pattern(l, target, node)
  // ...rest: T[]
  const restType = rest ? typed(annotation(l, inner)) : {}
  const name = plainName(target)
  const decorators = decoratorsOf(l, node)
  return {
    pattern: lowered.kind === 'binding' ? { ...lowered, ...restType } : lowered,
    ...(name === null ? {} : { name }),
    ...(rest ? { rest } : {}),
    ...(decorators.length === 0 ? {} : { decorators }),
  }
}

function plainName(node: Syntax): string | null {
  const inner: Syntax = node.type === 'AssignmentPattern' ? node.left : node
  return inner.type === 'Identifier' ? inner.name : null
}

// constructor(private readonly db: Db) {}: this.db = db
function propertyAssignment(l: Lowering, node: Syntax): Statement[] {
  if (node.type !== 'TSParameterProperty' || l.frame.receiver === null) return []
  const name = plainName(node.parameter)
  const variable = name === null ? undefined : l.scope.own(name)
  if (name === null || variable === undefined) return []
  const span = spanOf(node.parameter)
  const object = reference(l.frame.receiver, span)
  const target: Pattern = {
    kind: 'place',
    place: { kind: 'member', object, key: { kind: 'constant', value: name, span }, span },
    span,
  }
  const value: Value = { kind: 'assignment', target, value: reference(variable.binding, span), span }
  return [{ kind: 'expression', value, span }]
}

/** `arguments`: a list of what was passed, bound where the function uses it. */
function bindArguments(binding: string, parameters: Parameter[], node: Syntax): Statement[] {
  const span = headOf(node)
  const items: List['items'] = parameters.map((parameter) => {
    const target = parameter.pattern.kind === 'default' ? parameter.pattern.pattern : parameter.pattern
    if (target.kind !== 'binding') return { value: { kind: 'unknown', children: [], span }, spread: false }
    return { value: reference(target.binding, span), spread: parameter.rest === true }
  })
  if (!parameters.some((parameter) => parameter.rest)) {
    const rest = `${binding}#rest`
    parameters.push({ pattern: { kind: 'binding', binding: rest, name: 'arguments', span }, rest: true })
    items.push({ value: reference(rest, span), spread: true })
  }
  const target: Pattern = { kind: 'binding', binding, name: 'arguments', span }
  return [{ kind: 'bind', pattern: target, value: { kind: 'list', items, span }, span }]
}

// @Injectable(), @Column({ comment: '電話番号' })
export function decoratorsOf(l: Lowering, node: Syntax): Value[] {
  return (node.decorators ?? []).map((decorator: Syntax) => expression(l, decorator.expression))
}

/** `declare function load(): Customer`: a function of the outside, whose result may hold what it is given. */
export function ambientFunction(l: Lowering, node: Syntax, comment: string | undefined): FunctionValue {
  const value = { ...functionValue(l, node), ...documented(comment) }
  const children = value.parameters.flatMap((parameter) =>
    parameter.pattern.kind === 'binding' ? [reference(parameter.pattern.binding, parameter.pattern.span)] : [],
  )
  value.body = [returned({ kind: 'unknown', children, span: spanOf(node) })]
  return value
}
