/** JSX: a component is called with its props; an element of the page keeps the data of its attributes and children. */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { expression } from './expressions.js'
import type { Lowering } from './lowering.js'
import { constant, reference } from '../nodes.js'
import { spanOf, type Syntax } from './syntax.js'

// <Profile customer={x} {...rest}>text {y}</Profile>, <div title={x}>{y}</div>
export function component(l: Lowering, node: Syntax): Value {
  const span = spanOf(node)
  const { name, attributes } = node.openingElement
  const callee = componentOf(l, name)
  const props = (attributes as Syntax[]).map((attribute) => prop(l, attribute))
  const children = childrenOf(l, node)
  if (callee === null) {
    return { kind: 'unknown', children: [...props.map((one) => one.value), ...children.map((one) => one.value)], span }
  }
  if (children.length > 0) {
    props.push({ key: constant('children', span), value: { kind: 'list', items: children, span }, span })
  }
  const argument = { value: { kind: 'record' as const, entries: props, span: spanOf(node.openingElement) } }
  return { kind: 'call', callee, arguments: [argument], construct: false, span }
}

// <>{x}</>
export function fragment(l: Lowering, node: Syntax): Value {
  return { kind: 'unknown', children: childrenOf(l, node).map((one) => one.value), span: spanOf(node) }
}

/** `Profile`, `ui.Profile`, `this.Profile`; null for `div`, `svg:path`. */
function componentOf(l: Lowering, name: Syntax): Value | null {
  if (name.type === 'JSXNamespacedName') return null
  if (name.type === 'JSXIdentifier') return /^[a-z]|-/.test(name.name) ? null : rootOf(l, name)
  const keys: Syntax[] = []
  let at = name
  for (; at.type === 'JSXMemberExpression'; at = at.object) keys.push(at)
  let value = rootOf(l, at)
  for (const key of keys.reverse()) {
    const { property } = key
    value = { kind: 'member', object: value, key: constant(property.name, spanOf(property)), span: spanOf(key) }
  }
  return value
}

function rootOf(l: Lowering, name: Syntax): Value {
  if (name.name === 'this' && l.frame.receiver !== null) return reference(l.frame.receiver, spanOf(name))
  return expression(l, { ...name, type: 'Identifier' })
}

function prop(l: Lowering, node: Syntax): RecordEntry {
  const span = spanOf(node)
  // {...rest}
  if (node.type === 'JSXSpreadAttribute') return { key: null, value: expression(l, node.argument), span }
  const name =
    node.name.type === 'JSXNamespacedName' ? `${node.name.namespace.name}:${node.name.name.name}` : node.name.name
  return { key: constant(name, spanOf(node.name)), value: propValue(l, node.value, span), span }
}

// a, a="text", a={x}, a=<b />
function propValue(l: Lowering, node: Syntax | null | undefined, span: RecordEntry['span']): Value {
  if (node == null) return constant(true, span)
  // entities are left as written: parsers disagree about them
  if (node.type === 'Literal') return constant(String(node.raw ?? node.value).slice(1, -1), spanOf(node))
  return expression(l, node)
}

function childrenOf(l: Lowering, node: Syntax): { value: Value; spread: boolean }[] {
  const children: { value: Value; spread: boolean }[] = []
  for (const child of node.children as Syntax[]) {
    const text = child.type === 'JSXText'
    const empty = child.type === 'JSXExpressionContainer' && child.expression.type === 'JSXEmptyExpression'
    if (empty || (text && markupText(child) === '')) continue
    const spread = child.type === 'JSXSpreadChild'
    children.push({ value: expression(l, spread ? child.expression : child), spread })
  }
  return children
}

export function markupText(node: Syntax): string {
  return String(node.raw ?? node.value).trim()
}
