/** Targets of assignments and loops. */
import type { Pattern, PlacePattern, Statement, TypeReference, Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { commentOf, documented, temporary, textOf, type Lowering } from './lowering.js'
import { member, reference, spanOf } from '../nodes.js'

/** Binding of a name that is assigned here: of this scope, or of the one that `global` or `nonlocal` names. */
export function bindingOf(l: Lowering, name: string): string {
  const own = l.scope.own(name)
  if (own !== null) return own
  const outer = l.scope.find(name)
  return outer?.binding ?? l.scope.declare(name)
}

/** Whether an assignment of a name declares it in the function that it is in. */
export function isOwn(l: Lowering, name: string): boolean {
  return l.scope.own(name) !== null && !l.scope.outer.has(name)
}

export function target(l: Lowering, node: SyntaxNode, type?: TypeReference, documentedBy: SyntaxNode = node): Pattern {
  const span = spanOf(node)
  switch (node.type) {
    case 'identifier': {
      const name = textOf(l, node)
      return {
        kind: 'binding',
        binding: bindingOf(l, name),
        name,
        ...(type === undefined ? {} : { type }),
        ...documented(commentOf(l, documentedBy)),
        span,
      }
    }
    case 'attribute':
    case 'subscript':
      return place(l, node)
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'expression_list':
    case 'tuple':
    case 'list':
      return list(l, node)
    case 'list_splat_pattern':
    case 'list_splat':
    case 'parenthesized_expression':
    case 'as_pattern_target': {
      const [inner] = namedOf(node)
      return inner === undefined ? nowhere(l, span) : target(l, inner, type, documentedBy)
    }
    default:
      return nowhere(l, span)
  }
}

function nowhere(l: Lowering, span: Pattern['span']): Pattern {
  return { kind: 'binding', binding: temporary(l), name: '', span }
}

function place(l: Lowering, node: SyntaxNode): Pattern {
  const span = spanOf(node)
  const object = fieldOf(node, node.type === 'attribute' ? 'object' : 'value')
  if (object === null) return nowhere(l, span)
  const held = expression(l, object)
  const name = fieldOf(node, 'attribute')
  if (name !== null) return { kind: 'place', place: member(held, textOf(l, name), span) as PlacePattern['place'], span }
  const [key] = fieldsOf(node, 'subscript')
  const at: Value =
    key === undefined || key.type === 'slice' ? { kind: 'unknown', children: [], span } : expression(l, key)
  return { kind: 'place', place: { kind: 'member', object: held, key: at, span }, span }
}

// a, (b, c), *rest = …; what stands after a star is any of the elements
function list(l: Lowering, node: SyntaxNode): Pattern {
  const items = namedOf(node)
  const star = items.findIndex(({ type }) => type === 'list_splat_pattern' || type === 'list_splat')
  const before = star < 0 ? items : items.slice(0, star)
  return {
    kind: 'list-pattern',
    items: before.map((item) => target(l, item)),
    ...(star < 0 ? {} : { rest: target(l, items[star]!) }),
    span: spanOf(node),
  }
}

/** Targets after a star in a list of targets. */
export function afterStar(node: SyntaxNode): SyntaxNode[] {
  const items = namedOf(node)
  const star = items.findIndex(({ type }) => type === 'list_splat_pattern' || type === 'list_splat')
  return star < 0 || !/list|tuple/.test(node.type) ? [] : items.slice(star + 1)
}

/** Assigns to a target: names of this scope are bound, those of another are assigned. */
export function assign(
  l: Lowering,
  node: SyntaxNode,
  value: Value,
  span: Statement['span'],
  type?: TypeReference,
  documentedBy?: SyntaxNode,
): Statement[] {
  const late = afterStar(node)
  if (late.length > 0) {
    const held = temporary(l)
    const whole: Statement = { kind: 'bind', pattern: { kind: 'binding', binding: held, name: '', span }, value, span }
    const element: Value = {
      kind: 'operation',
      operator: 'iterate',
      operands: [reference(held, span)],
      carries: true,
      span,
    }
    return [
      whole,
      { kind: 'bind', pattern: target(l, node), value: reference(held, span), span },
      ...late.flatMap((item) => assign(l, item, element, span)),
    ]
  }
  const pattern = target(l, node, type, documentedBy)
  if (node.type === 'identifier' && !isOwn(l, textOf(l, node)))
    return [{ kind: 'expression', value: { kind: 'assignment', target: pattern, value, span }, span }]
  if (pattern.kind === 'place')
    return [{ kind: 'expression', value: { kind: 'assignment', target: pattern, value, span }, span }]
  return [{ kind: 'bind', pattern, value, span }]
}
