/** Chains of Java's builders: `Client.builder().baseUrl(u).build()` is a construction of `Client` with named arguments. */
import type { Argument, Value } from '../../ir/ir.js'
import { constant, spanOf } from '../nodes.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { argumentsOf, callParts, type CallParts } from './arguments.js'
import { lowerFirst } from './calls.js'
import { expression } from './expressions.js'
import { lambdaStatements } from './functions.js'
import { textOf, type Lowering } from './lowering.js'
import { dslRecord } from './dsl.js'

const longest = 200

interface Step {
  name: string
  call: CallParts
}

export function builderChain(l: Lowering, call: CallParts): Value | null {
  if (call.name !== 'build' || call.object === null || call.args.length > 0) return null
  const steps: Step[] = []
  let current: SyntaxNode | null = call.object
  for (let count = 0; current !== null && count < longest; count++) {
    const step: CallParts | null = callParts(l, current)
    if (step === null) return null
    const type = madeType(l, step)
    if (type !== null) return constructed(l, type.callee, argumentsOf(l, step.args), steps, call.node)
    if (step.object === null) return null
    steps.push({ name: step.name, call: step })
    current = step.object
  }
  return null
}

/** The class that a chain's first call makes a builder of: `X.builder()`, `X.Builder()`, `XBuilder()`. */
function madeType(l: Lowering, { object, name }: CallParts): { callee: Value } | null {
  if (object === null) {
    const outer = /^([A-Z]\w*?)Builder$/.exec(name)?.[1]
    return outer === undefined ? null : { callee: expression(l, identifier(l, outer)) }
  }
  const written = textOf(l, object)
  if (!/^(?:[\w]+\.)*[A-Z]\w*$/.test(written)) return null
  return /^(?:builder|newBuilder|Builder)$/.test(name) ? { callee: expression(l, object) } : null
}

/** A name that does not stand in the text as such. */
function identifier(l: Lowering, name: string): SyntaxNode {
  const start = l.text.indexOf(name)
  return { type: 'identifier', named: true, field: null, start, end: start + name.length, children: [], missing: false }
}

function constructed(l: Lowering, callee: Value, given: Argument[], steps: readonly Step[], node: SyntaxNode): Value {
  const span = spanOf(node)
  const named = [...steps].reverse().flatMap(({ name, call }) => stepArguments(l, name, call))
  return { kind: 'call', callee, arguments: [...given, ...named], construct: true, span }
}

function stepArguments(l: Lowering, name: string, call: CallParts): Argument[] {
  const span = spanOf(call.node)
  // .apply { apiKey(key); baseUrl = url }
  if (name === 'apply' && call.block !== null)
    return lambdaStatements(call.block).flatMap((one): Argument[] => {
      const inner = callParts(l, one)
      if (inner !== null && inner.object === null) return stepArguments(l, inner.name, inner)
      return one.type === 'assignment' ? assignedArgument(l, one) : []
    })
  const values = argumentsOf(l, call.args).map(({ value }) => value)
  if (call.block !== null) values.push(dslRecord(l, call.block, name))
  const value: Value =
    values.length === 1
      ? values[0]!
      : values.length === 0
        ? constant(true, span)
        : { kind: 'list', items: values.map((one) => ({ value: one, spread: false })), span }
  return [{ value, name: /^set[A-Z]/.test(name) ? lowerFirst(name.slice(3)) : name }]
}

function assignedArgument(l: Lowering, node: SyntaxNode): Argument[] {
  const [left, right] = namedOf(node)
  if (left === undefined || right === undefined) return []
  return [{ value: expression(l, right), name: textOf(l, left).replace(/^this\./, '') }]
}
