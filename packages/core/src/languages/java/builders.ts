/** Chains that say what is made: builders, and the literals of collections. */
import type { Argument, Value } from '../../ir/ir.js'
import { fieldOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, lowerFirst, typeValue } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'
import { constant, spanOf } from '../nodes.js'

/** `Map.of("phone", x)`, `List.of(a, b)`, `Map.ofEntries(Map.entry(k, v))` */
export function collectionLiteral(
  l: Lowering,
  object: SyntaxNode,
  name: string,
  args: Argument[],
  span: Value['span'],
): Value | null {
  const made = `${textOf(l, object)}.${name}`
  if (/^(?:List|Set)\.of$/.test(made) || (made === 'Arrays.asList' && args.length > 1))
    return { kind: 'list', items: args.map(({ value }) => ({ value, spread: false })), span }
  if (made === 'Map.ofEntries') return { kind: 'record', entries: args.flatMap(({ value }) => entryOf(value)), span }
  if (made !== 'Map.of') return null
  const entries = args.flatMap((arg, at) =>
    at % 2 === 0 && args[at + 1] !== undefined ? [{ key: arg.value, value: args[at + 1]!.value, span }] : [],
  )
  return { kind: 'record', entries, span }
}

function entryOf(value: Value): Extract<Value, { kind: 'record' }>['entries'] {
  const [key, held] = value.kind === 'call' ? value.arguments : []
  return key === undefined || held === undefined ? [] : [{ key: key.value, value: held.value, span: value.span }]
}

/**
 * `Client.builder().baseUrl(u).build()`: a construction of `Client` with named arguments. So is a chain whose builder was made by
 * `new Client.Builder()` and the like.
 */
export function builderChain(l: Lowering, node: SyntaxNode): Value | null {
  const last = textOf(l, fieldOf(node, 'name') ?? node)
  if (last !== 'build') return null
  const steps: { name: string; args: SyntaxNode | null }[] = []
  let current = fieldOf(node, 'object')
  for (let count = 0; current?.type === 'method_invocation' && count < 200; count++) {
    const name = textOf(l, fieldOf(current, 'name') ?? current)
    const object = fieldOf(current, 'object')
    if (/^(?:builder|newBuilder|create)$/.test(name) && object !== null && /^[A-Z][\w.]*$/.test(textOf(l, object)))
      return constructed(
        l,
        typeValue(l, textOf(l, object), spanOf(object)),
        [...argumentsOf(l, fieldOf(current, 'arguments'))],
        steps,
        node,
      )
    steps.push({ name, args: fieldOf(current, 'arguments') })
    current = object
  }
  if (current?.type !== 'object_creation_expression') return null
  const type = textOf(l, fieldOf(current, 'type') ?? current).replace(/<[\s\S]*$/, '')
  const outer = /^(.+)\.(?:\w*Builder)$/.exec(type)?.[1] ?? /^(\w+?)Builder$/.exec(type)?.[1]
  return outer === undefined
    ? null
    : constructed(l, typeValue(l, outer, spanOf(current)), argumentsOf(l, fieldOf(current, 'arguments')), steps, node)
}

function constructed(
  l: Lowering,
  callee: Value,
  given: Argument[],
  steps: readonly { name: string; args: SyntaxNode | null }[],
  node: SyntaxNode,
): Value {
  const named = [...steps].reverse().flatMap(({ name, args }): Argument[] => {
    const values = argumentsOf(l, args)
    const value: Value | undefined =
      values.length === 1
        ? values[0]!.value
        : values.length === 0
          ? constant(true, spanOf(node))
          : { kind: 'list', items: values.map((one) => ({ value: one.value, spread: false })), span: spanOf(node) }
    return value === undefined ? [] : [{ value, name: /^set[A-Z]/.test(name) ? lowerFirst(name.slice(3)) : name }]
  })
  return { kind: 'call', callee, arguments: [...given, ...named], construct: true, span: spanOf(node) }
}
