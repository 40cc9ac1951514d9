/** `switch`, type switches and `select` → nested branches. A case does not fall through unless it says so. */
import type { Pattern, Statement, Value } from '../../ir/ir.js'
import { constant, reference, spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { itemsOf } from './assignments.js'
import { expression } from './expressions.js'
import { declare, inScope, notUnderstood, textOf, unique, type Lowering } from './lowering.js'
import { statement, statementsIn, statementsOf } from './statements.js'
import { typeOf } from './types.js'

interface Case {
  node: SyntaxNode
  /** Null for `default`. */
  test: Value | null
  body: Statement[]
  falls: boolean
}

const maxFallthrough = 16

/** `break` leaves the switch: the statements stand in a block that it jumps out of. */
function breakable(l: Lowering, node: SyntaxNode, lower: () => Statement[]): Statement[] {
  const outer = l.breaks
  const breaks = { label: unique(l, '.switch'), used: false }
  l.breaks = breaks
  const body = inScope(l, lower)
  l.breaks = outer
  return [{ kind: 'block', ...(breaks.used ? { label: breaks.label } : {}), body, span: spanOf(node) }]
}

function initialized(l: Lowering, node: SyntaxNode): Statement[] {
  const initializer = fieldOf(node, 'initializer')
  return initializer === null ? [] : statement(l, initializer)
}

// switch customer.Country { case "JP", "ja": …; default: … }, switch { case ok: … }
export function switchStatement(l: Lowering, node: SyntaxNode): Statement[] {
  return breakable(l, node, () => {
    const before = initialized(l, node)
    const value = fieldOf(node, 'value')
    const subject = value === null ? null : expression(l, value)
    const cases = casesIn(node).map((one): Case => {
      const values = itemsOf(fieldOf(one, 'value')).map((each) => expression(l, each))
      const tests = subject === null ? values : values.map((each) => equal(subject, each))
      const test = one.type === 'default_case' || tests.length === 0 ? null : either(tests)
      return caseOf(
        l,
        one,
        test,
        statementsIn(one).filter(({ field }) => field !== 'value'),
      )
    })
    return [...before, ...decided(cases, spanOf(node))]
  })
}

function casesIn(node: SyntaxNode): SyntaxNode[] {
  return namedOf(node).filter(({ type }) => /_case$/.test(type))
}

function caseOf(l: Lowering, node: SyntaxNode, test: Value | null, statements: readonly SyntaxNode[]): Case {
  const falls = statements.at(-1)?.type === 'fallthrough_statement'
  const body = inScope(l, () => statementsOf(l, statements)).filter(
    (one, at, all) => !isOwnBreak(l, one, at === all.length - 1),
  )
  return { node, test, body, falls }
}

/** A `break` at the end of a case says nothing. */
function isOwnBreak(l: Lowering, one: Statement, last: boolean): boolean {
  return last && one.kind === 'jump' && one.to === 'break' && one.label === l.breaks?.label
}

function equal(left: Value, right: Value): Value {
  return { kind: 'operation', operator: 'equal', operands: [left, right], carries: false, span: right.span }
}

function either(tests: readonly Value[]): Value {
  return tests.reduce((left, right) => ({ kind: 'logical', operator: 'or', left, right, span: right.span }))
}

function decided(cases: readonly Case[], span: Value['span']): Statement[] {
  const runs = cases.map((_, start) => {
    const statements: Statement[] = []
    for (let at = start; at < Math.min(cases.length, start + maxFallthrough); at++) {
      statements.push(...cases[at]!.body)
      if (!cases[at]!.falls) break
    }
    return statements
  })
  const last = cases.findIndex(({ test }) => test === null)
  return cases
    .reduceRight<Statement[]>(
      (otherwise, { test, node }, at) =>
        test === null ? otherwise : [{ kind: 'branch', test, then: runs[at]!, otherwise, span: spanOf(node) }],
      last < 0 ? [] : runs[last]!,
    )
    .map((one) => ({ ...one, span: cases.length === 1 ? span : one.span }))
}

/** One of several ways of which nothing is known. */
function open(span: Value['span']): Value {
  return { kind: 'unknown', children: [], span }
}

// switch v := x.(type) { case *Customer: … }
export function typeSwitch(l: Lowering, node: SyntaxNode): Statement[] {
  return breakable(l, node, () => {
    const before = initialized(l, node)
    const value = fieldOf(node, 'value')
    const subject = value === null ? notUnderstood(l, node) : expression(l, value)
    const [alias] = itemsOf(fieldOf(node, 'alias'))
    const span = spanOf(node)
    const name = unique(l, '.subject')
    const whole: Statement = {
      kind: 'bind',
      pattern: { kind: 'binding', binding: name, name: '', span },
      value: subject,
      span,
    }
    const cases = casesIn(node).map((one): Case => {
      const types = fieldsOf(one, 'type')
      const statements = statementsIn(one).filter(({ field }) => field !== 'type')
      const test = one.type === 'default_case' ? null : open(spanOf(one))
      return inScope(l, () => {
        const start = alias === undefined ? [] : [aliased(l, alias, reference(name, span), types)]
        const lowered = caseOf(l, one, test, statements)
        return { ...lowered, body: [...start, ...lowered.body] }
      })
    })
    return [...before, whole, ...decided(cases, span)]
  })
}

function aliased(l: Lowering, alias: SyntaxNode, subject: Value, types: readonly SyntaxNode[]): Statement {
  const written = textOf(l, alias)
  const span = spanOf(alias)
  const type = types.length === 1 ? typeOf(l, types[0]!) : undefined
  const binding = declare(l, written)
  if (type !== undefined) l.types.set(binding, type)
  const pattern: Pattern = { kind: 'binding', binding, name: written, span }
  return {
    kind: 'bind',
    pattern,
    value: type === undefined ? subject : { kind: 'cast', value: subject, type, span },
    span,
  }
}

// select { case v := <-ch: …; case ch <- x: …; default: … }
export function selectStatement(l: Lowering, node: SyntaxNode): Statement[] {
  return breakable(l, node, () => {
    const cases = casesIn(node).map((one): Case => {
      const communication = fieldOf(one, 'communication')
      const statements = statementsIn(one).filter(({ field }) => field !== 'communication')
      return inScope(l, () => {
        const start = communication === null ? [] : communicated(l, communication)
        const lowered = caseOf(l, one, one.type === 'default_case' ? null : open(spanOf(one)), statements)
        return { ...lowered, body: [...start, ...lowered.body] }
      })
    })
    return decided(cases, spanOf(node))
  })
}

function communicated(l: Lowering, node: SyntaxNode): Statement[] {
  if (node.type !== 'receive_statement') return statement(l, node)
  const right = fieldOf(node, 'right')
  const value = right === null ? constant(null, spanOf(node)) : expression(l, right)
  const [first] = itemsOf(fieldOf(node, 'left'))
  const span = spanOf(node)
  if (first === undefined || textOf(l, first) === '_') return [{ kind: 'expression', value, span }]
  const written = textOf(l, first)
  if (!hasToken(node, ':=')) return [{ kind: 'expression', value, span }]
  return [
    {
      kind: 'bind',
      pattern: { kind: 'binding', binding: declare(l, written), name: written, span: spanOf(first) },
      value,
      span,
    },
  ]
}
