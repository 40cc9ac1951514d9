/**
 * Member and call chains, unrolled so that their length costs no stack: `client.chat.completions.create(x)!.choices[0]`.
 */
import type { Value } from '../../ir/ir.js'
import { argumentsOf, exportsReference, expression, typeArguments } from './expressions.js'
import { gap, maxChain, type Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { requiredModule } from './modules.js'
import { spanOf, templateText, type Syntax } from './syntax.js'
import { type as typeReference } from './types.js'

export function chain(l: Lowering, node: Syntax): Value {
  const links: Syntax[] = []
  let at: Syntax = node
  let value = start(l, at)
  while (value === null) {
    links.push(at)
    at = at[innerField[at.type]!]
    value = start(l, at)
  }
  if (links.length > maxChain) {
    value = shortened(l, links.splice(maxChain), value)
    gap(l, node, 'cut', {
      en: `a chain of more than ${maxChain} links; its beginning was read without its calls`,
      ja: `連鎖が${maxChain}段を超えるため、前半の呼び出しは区別せずに読み取りました`,
    })
  }
  for (let i = links.length - 1; i >= 0; i--) value = link(l, links[i]!, value)
  return value
}

const innerField: Readonly<Record<string, string>> = {
  MemberExpression: 'object',
  CallExpression: 'callee',
  ChainExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSInstantiationExpression: 'expression',
  TaggedTemplateExpression: 'tag',
}

/** What a chain starts with; null where the node is a link. */
function start(l: Lowering, node: Syntax): Value | null {
  if (innerField[node.type] === undefined) return expression(l, node)
  return node.type === 'CallExpression'
    ? requiredModule(l, node)
    : isExports(l, node)
      ? exportsReference(l, node)
      : null
}

// module.exports
function isExports(l: Lowering, node: Syntax): boolean {
  return (
    l.commonjs &&
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    (node.computed ? node.property.value : node.property.name) === 'exports' &&
    l.scope.find('module', 'value') === undefined
  )
}

function link(l: Lowering, node: Syntax, inner: Value): Value {
  const span = spanOf(node)
  switch (node.type) {
    // a.b, a?.b, a['b'], a[b], a.#b
    case 'MemberExpression':
      return { kind: 'member', object: inner, key: keyOf(l, node.property, node.computed), span }
    // f(x), f?.(x), super(x)
    case 'CallExpression': {
      const args = argumentsOf(l, node.arguments)
      return macro(l, node, {
        kind: 'call',
        callee: inner,
        arguments: args,
        ...typeArguments(l, node),
        construct: false,
        span,
      })
    }
    // tag`a${x}b`
    case 'TaggedTemplateExpression': {
      const { quasis, expressions } = node.quasi
      const items = quasis.map((element: Syntax) => ({
        value: constant(templateText(element), spanOf(element)),
        spread: false,
      }))
      const strings: Value = { kind: 'list', items, span: spanOf(node.quasi) }
      const args = [{ value: strings }, ...argumentsOf(l, expressions)]
      return { kind: 'call', callee: inner, arguments: args, ...typeArguments(l, node), construct: false, span }
    }
    // a!, (a?.b), f<T>
    default:
      return inner
  }
}

/** `b` of a.b and { b: … }, `#b` of a.#b, or what is computed. */
export function keyOf(l: Lowering, node: Syntax, computed: boolean): Value {
  if (computed) return expression(l, node)
  if (node.type === 'Identifier') return constant(node.name, spanOf(node))
  return expression(l, node)
}

// const props = defineProps<{ customer: Customer }>(): in a Vue component the result has the type given
function macro(l: Lowering, node: Syntax, call: Value): Value {
  const given: Syntax | undefined = node.typeArguments?.params[0]
  if (!l.vue || given === undefined || node.callee.name !== 'defineProps') return call
  return { kind: 'cast', value: call, type: typeReference(l, given), span: call.span }
}

function shortened(l: Lowering, links: readonly Syntax[], start: Value): Value {
  const children = [start]
  for (let i = links.length - 1; i >= 0; i--) {
    for (const argument of argumentsOf(l, links[i]!.arguments)) children.push(argument.value)
  }
  return { kind: 'unknown', children, reason: 'cut', span: spanOf(links[0]!) }
}
