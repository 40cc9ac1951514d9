/** Functions of HCL and Bicep whose result is known from their arguments: what they pass on, choose or put together. */
import type { Span } from '../../location.js'
import { type Expression, joined, literalOf, reference, referenceOf, unknown } from './expression.js'

/** They give their first argument back, in another form. */
const SAME = new Set(
  [
    ...['lower', 'upper', 'trimspace', 'tostring', 'toset', 'tolist', 'tomap', 'jsonencode', 'yamlencode', 'one'],
    ...['nonsensitive', 'sensitive', 'flatten', 'distinct', 'compact', 'sort', 'values'],
    ...['tolower', 'toupper', 'trim', 'string', 'json', 'any'],
  ].map((name) => name.toLowerCase()),
)

/** They give one or all of their arguments. */
const EITHER = new Set(['coalesce', 'coalescelist', 'try', 'merge', 'concat', 'union', 'setunion'])

export function call(name: string, given: readonly Expression[], span: Span): Expression {
  const folded = name.toLowerCase()
  const [first, second, third] = given
  if (first === undefined) return unknown(span)
  if (SAME.has(folded)) return first
  if (folded === 'concat' && given.every(({ kind }) => kind === 'text')) return joined(given, span)
  if (EITHER.has(folded)) return { kind: 'choice', ways: [...given], span }
  if (folded === 'if' && given.length === 3) return { kind: 'choice', ways: [second!, third!], span }
  if (folded === 'lookup' && second !== undefined) {
    const map = referenceOf(first)
    const found = map === null ? unknown(span) : reference(`${map}.${literalOf(second) ?? '*'}`, span)
    return third === undefined ? found : { kind: 'choice', ways: [found, third], span }
  }
  if (folded === 'element' || folded === 'first' || folded === 'last') {
    const list = referenceOf(first)
    return list === null ? unknown(span) : reference(`${list}.*`, span)
  }
  if (folded === 'format') return formatted(literalOf(first), given.slice(1), span)
  // parameters('location') of ARM's JSON
  if (folded === 'parameters' || folded === 'variables') {
    const own = literalOf(first)
    return own === null ? unknown(span) : reference(`${folded}.${own}`, span)
  }
  // readEnvironmentVariable('NAME', 'default')
  if (folded === 'readenvironmentvariable') {
    const variable = literalOf(first)
    const found = variable === null ? unknown(span) : reference(variable, span)
    return second === undefined ? found : { kind: 'choice', ways: [second], span }
  }
  return unknown(span)
}

// format("https://%s.example", a), format('https://{0}.example', a)
function formatted(pattern: string | null, given: readonly Expression[], span: Span): Expression {
  if (pattern === null) return unknown(span)
  let next = 0
  const pieces = pattern.split(/(%[sdvq]|\{\d+\})/).map((piece): string | Expression => {
    const index = /^\{(\d+)\}$/.exec(piece)?.[1]
    if (index === undefined && !/^%[sdvq]$/.test(piece)) return piece
    return given[index === undefined ? next++ : Number(index)] ?? unknown(span)
  })
  return joined(pieces, span)
}
