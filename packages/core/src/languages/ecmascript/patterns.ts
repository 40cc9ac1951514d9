/** What is bound or assigned to → Pattern. */
import type { Member, Pattern, Value } from '../../ir/ir.js'
import { keyOf } from './chains.js'
import { expression } from './expressions.js'
import { namingOf } from './functions.js'
import { cut, documented, maxDepth, type Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'
import { annotation, typed } from './types.js'

/**
 * Lowers a target. In a declaration, `declared` is the syntax whose comment documents the name: a parameter, a declarator,
 * a statement.
 */
export function pattern(l: Lowering, node: Syntax, declared?: Syntax): Pattern {
  if (l.depth >= maxDepth) return place(node, cut(l, node))
  l.depth++
  const result = lowered(l, node, declared)
  l.depth--
  return result
}

function lowered(l: Lowering, node: Syntax, declared: Syntax | undefined): Pattern {
  const span = spanOf(node)
  switch (node.type) {
    // x, x: string
    case 'Identifier':
      return name(l, node, declared)
    // { a, b: { c }, [d]: e, ...rest }
    case 'ObjectPattern': {
      const properties: Syntax[] = node.properties
      const entries = properties
        .filter((property) => property.type !== 'RestElement')
        .map((property) => ({
          key: keyOf(l, property.key, property.computed === true),
          pattern: pattern(l, property.value, declared && property),
        }))
      const rest = properties.find((property) => property.type === 'RestElement')
      return { kind: 'record-pattern', entries, ...restOf(l, rest, declared), ...typed(annotation(l, node)), span }
    }
    // [a, , b, ...rest]
    case 'ArrayPattern': {
      const elements: (Syntax | null)[] = node.elements
      const items = elements
        .filter((element) => element?.type !== 'RestElement')
        .map((element) => (element === null ? null : pattern(l, element, declared && element)))
      const rest = elements.find((element) => element?.type === 'RestElement')
      return { kind: 'list-pattern', items, ...restOf(l, rest, declared), ...typed(annotation(l, node)), span }
    }
    // x = 1
    case 'AssignmentPattern': {
      const target = pattern(l, node.left, declared)
      const value = expression(l, node.right, namingOf(node.left))
      // parsers disagree whether decorators before it are part of it
      return { kind: 'default', pattern: target, value, span: { start: startOf(node.left), end: span.end } }
    }
    case 'TSParameterProperty':
      return pattern(l, node.parameter, declared)
    // (x as T) = 1, x! = 1
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return pattern(l, node.expression)
    // a.b, a[b]
    default:
      return place(node, expression(l, node))
  }
}

function restOf(l: Lowering, node: Syntax | null | undefined, declared: Syntax | undefined): { rest?: Pattern } {
  return node == null ? {} : { rest: pattern(l, node.argument, declared && node) }
}

function name(l: Lowering, node: Syntax, declared: Syntax | undefined): Pattern {
  const span = spanOf(node)
  const variable = l.scope.find(node.name, 'value')
  if (variable === undefined) return place(node, expression(l, node))
  const comment = declared === undefined ? undefined : l.comments.of(startOf(declared), endOf(declared))
  const type = typed(annotation(l, node))
  return { kind: 'binding', binding: variable.binding, name: node.name, ...type, ...documented(comment), span }
}

/** A place for a value that names one: a member, the exports, a name of the outside. */
function place(node: Syntax, value: Value): Pattern {
  const span = spanOf(node)
  if (value.kind === 'member') return { kind: 'place', place: value, span }
  if (value.kind === 'reference') return { kind: 'binding', binding: value.binding, name: value.binding, span }
  const outside = value.kind === 'global'
  const member: Member = {
    kind: 'member',
    object: outside ? { kind: 'global', name: 'globalThis', span } : value,
    key: outside ? constant(value.name, span) : { kind: 'unknown', children: [], span },
    span,
  }
  return { kind: 'place', place: member, span }
}
