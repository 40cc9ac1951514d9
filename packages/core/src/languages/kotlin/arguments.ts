/** Calls as they are written: callee, arguments, the block after them. */
import type { Argument, TypeReference } from '../../ir/ir.js'
import { hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { lambdaIn } from './functions.js'
import { nameOf, type Lowering } from './lowering.js'
import { typeOf } from './types.js'

export interface CallParts {
  node: SyntaxNode
  callee: SyntaxNode
  /** `a.b()`: a; null where the callee is a name or another value. */
  object: SyntaxNode | null
  /** `a?.b()` */
  safe: boolean
  /** Name of the function; '' where the callee is another value. */
  name: string
  args: SyntaxNode[]
  types: TypeReference[]
  block: SyntaxNode | null
}

/** The parts of a call; null for what is none. */
export function callParts(l: Lowering, node: SyntaxNode): CallParts | null {
  if (node.type === 'binary_expression') return genericCall(l, node)
  if (node.type !== 'call_expression') return null
  const children = namedOf(node)
  let callee = children[0]
  if (callee === undefined) return null
  const block = children.map(lambdaIn).find((one) => one !== null) ?? null
  let list = children.find(({ type }) => type === 'value_arguments')
  let typeList = children.find(({ type }) => type === 'type_arguments')
  // f(a) { … }: the block is of the same call
  if (list === undefined && block !== null && callee.type === 'call_expression') {
    const inner = namedOf(callee)
    if (inner.every((one, at) => at === 0 || lambdaIn(one) === null) && inner[0] !== undefined) {
      list = inner.find(({ type }) => type === 'value_arguments')
      typeList ??= inner.find(({ type }) => type === 'type_arguments')
      callee = inner[0]
    }
  }
  const args = list === undefined ? [] : namedOf(list).filter(({ type }) => type === 'value_argument')
  const types = typeList === undefined ? [] : namedOf(typeList).flatMap((one) => typeOf(l, one) ?? [])
  return { node, callee, ...calleeParts(l, callee), args, types, block }
}

function calleeParts(l: Lowering, callee: SyntaxNode): Pick<CallParts, 'object' | 'safe' | 'name'> {
  if (callee.type === 'identifier') return { object: null, safe: false, name: nameOf(l, callee) }
  if (callee.type !== 'navigation_expression' || hasToken(callee, '::')) return { object: null, safe: false, name: '' }
  const [object, name] = namedOf(callee)
  if (object === undefined || name?.type !== 'identifier') return { object: null, safe: false, name: '' }
  return { object, safe: hasToken(callee, '?.'), name: nameOf(l, name) }
}

/** `listOf<Customer>(c)`, which the grammar takes for two comparisons. */
function genericCall(l: Lowering, node: SyntaxNode): CallParts | null {
  const [left, right] = [
    node.children.find(({ field }) => field === 'left'),
    node.children.find(({ field }) => field === 'right'),
  ]
  if (left?.type !== 'binary_expression' || right?.type !== 'parenthesized_expression') return null
  const callee = left.children.find(({ field }) => field === 'left')
  const type = left.children.find(({ field }) => field === 'right')
  if (callee === undefined || type === undefined || !/^(?:identifier|navigation_expression)$/.test(callee.type))
    return null
  const isTight =
    l.text.slice(callee.end, type.start) === '<' && l.text.slice(type.end, right.start).replace(/\s/g, '') === '>'
  if (!isTight) return null
  const written = typeOf(l, {
    ...type,
    type: 'user_type',
    children: type.type === 'identifier' ? [type] : type.children,
  })
  const args = namedOf(right).map((one): SyntaxNode => ({ ...one, type: 'value_argument', children: [one] }))
  return {
    node,
    callee,
    ...calleeParts(l, callee),
    args,
    types: written === undefined ? [] : [written],
    block: null,
  }
}

/** The value of an argument, its name aside. */
export function argumentNode(node: SyntaxNode): SyntaxNode | null {
  return namedOf(node).at(-1) ?? null
}

export function argumentName(l: Lowering, node: SyntaxNode): string | null {
  const [first, second] = namedOf(node)
  return second !== undefined && hasToken(node, '=') ? nameOf(l, first!) : null
}

export function argumentsOf(l: Lowering, nodes: readonly SyntaxNode[]): Argument[] {
  return nodes.flatMap((node): Argument[] => {
    const value = argumentNode(node)
    if (value === null) return []
    const name = argumentName(l, node)
    const isSpread = value.type === 'spread_expression' || hasToken(node, '*')
    return [
      {
        value: expression(l, value),
        ...(name === null ? {} : { name }),
        ...(isSpread ? { spread: true } : {}),
      },
    ]
  })
}
