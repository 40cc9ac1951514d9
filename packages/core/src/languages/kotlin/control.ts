/** `if`, `when` and `try`, as statements whose branches give what becomes of the whole, and as values. */
import type { Pattern, Statement, Value } from '../../ir/ir.js'
import { constant, reference, spanOf } from '../nodes.js'
import { fieldOf, fieldsOf, hasToken, namedOf, type SyntaxNode } from '../tree.js'
import { expression, operation } from './expressions.js'
import { declare, inScope, nameOf, notUnderstood, textOf, unique, type Lowering } from './lowering.js'
import { assignedTo, bodyOf, held, statementsOf, variable, type Sink } from './statements.js'
import { typeOf } from './types.js'

/** `if (a) b else c`: the parts after the condition. */
function partsOf(node: SyntaxNode): { then: SyntaxNode | null; otherwise: SyntaxNode | null } {
  let then: SyntaxNode | null = null
  let otherwise: SyntaxNode | null = null
  let isElse = false
  for (const child of node.children) {
    if (child.field === 'condition') continue
    if (!child.named && child.type === 'else') isElse = true
    else if (child.named && !/comment$/.test(child.type)) {
      if (isElse) otherwise = child
      else then = child
    }
  }
  return { then, otherwise }
}

export function branchOf(l: Lowering, node: SyntaxNode, sink: Sink): Statement[] {
  const condition = fieldOf(node, 'condition')
  const test: Value = condition === null ? notUnderstood(l, node) : expression(l, condition)
  const { then, otherwise } = partsOf(node)
  return [
    { kind: 'branch', test, then: bodyOf(l, then, sink), otherwise: bodyOf(l, otherwise, sink), span: spanOf(node) },
  ]
}

/** A value whose parts are statements: a name that they assign, or a choice where each gives a value only. */
export function controlled(l: Lowering, node: SyntaxNode, lower: (sink: NonNullable<Sink>) => Statement[]): Value {
  const span = spanOf(node)
  const into = unique(l, '.value')
  const statements = lower(assignedTo(into))
  const simple = statements.length === 1 ? chosen(statements[0]!, into) : null
  if (simple !== null) return simple
  l.pending.push({
    kind: 'bind',
    pattern: { kind: 'binding', binding: into, name: '', span },
    value: constant(undefined, span),
    span,
  })
  l.pending.push(...statements)
  return reference(into, span)
}

function chosen(statement: Statement, into: string): Value | null {
  if (statement.kind === 'expression') return assignedValue(statement, into)
  if (statement.kind !== 'branch' || statement.then.length !== 1 || statement.otherwise.length !== 1) return null
  const then = chosen(statement.then[0]!, into)
  const otherwise = chosen(statement.otherwise[0]!, into)
  return then === null || otherwise === null
    ? null
    : { kind: 'choice', test: statement.test, then, otherwise, span: statement.span }
}

function assignedValue(statement: Statement, into: string): Value | null {
  if (statement.kind !== 'expression' || statement.value.kind !== 'assignment') return null
  const { target, value } = statement.value
  return target.kind === 'binding' && target.binding === into ? value : null
}

/** `when (x) { is A -> …; in 1..3 -> …; "JP", "US" -> …; else -> … }`, `when { a == b -> … }` */
export function whenOf(l: Lowering, node: SyntaxNode, sink: Sink): Statement[] {
  const span = spanOf(node)
  const subject = node.children.find(({ type }) => type === 'when_subject')
  return inScope(l, () => {
    const tested = subject === undefined ? null : subjectOf(l, subject)
    const branches = node.children
      .filter(({ type }) => type === 'when_entry')
      .map((entry) => ({ entry, ...branchOfWhen(l, entry, tested, sink) }))
    const last = branches.findIndex(({ test }) => test === null)
    const whole = (last < 0 ? branches : branches.slice(0, last + 1)).reduceRight<Statement[]>(
      (otherwise, { test, then }) => (test === null ? then : [{ kind: 'branch', test, then, otherwise, span }]),
      [],
    )
    return whole
  })
}

/** What is tested: a name, as it is; anything else, under a name of its own. */
function subjectOf(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  const inner = namedOf(node)
  const value = inner.at(-1)
  if (value === undefined) return notUnderstood(l, node)
  const lowered = expression(l, value)
  const declared = inner.find(({ type }) => type === 'variable_declaration')
  if (declared === undefined) return lowered.kind === 'reference' ? lowered : reference(held(l, lowered, span), span)
  const pattern = variable(l, declared)
  l.pending.push({ kind: 'bind', pattern, value: lowered, span })
  return reference((pattern as { binding: string }).binding, span)
}

function branchOfWhen(
  l: Lowering,
  entry: SyntaxNode,
  subject: Value | null,
  sink: Sink,
): { test: Value | null; then: Statement[] } {
  const conditions = fieldsOf(entry, 'condition')
  const body = namedOf(entry).findLast((child) => child.field !== 'condition') ?? null
  const isElse = conditions.length === 0 || hasToken(entry, 'else')
  const tests = conditions.map((one) => conditionOf(l, one, subject))
  const test = isElse
    ? null
    : tests.reduce((left, right) => ({ kind: 'logical', operator: 'or', left, right, span: spanOf(entry) }))
  return { test, then: bodyOf(l, body, sink) }
}

function conditionOf(l: Lowering, node: SyntaxNode, subject: Value | null): Value {
  const span = spanOf(node)
  if (subject === null) return expression(l, node)
  if (node.type === 'type_test') return operation('instance-of', [subject], false, span)
  if (node.type === 'range_test') {
    const over = namedOf(node).at(-1)
    return over === undefined ? notUnderstood(l, node) : contained(l, over, subject, hasToken(node, '!in'), span)
  }
  const { label, guard } = guarded(l, node)
  const test = operation('equal', [subject, expression(l, label)], false, span)
  return guard === null ? test : { kind: 'logical', operator: 'and', left: test, right: expression(l, guard), span }
}

/** `"US" if x > 2`: the grammar takes `if` for an operator between names. */
function guarded(l: Lowering, node: SyntaxNode): { label: SyntaxNode; guard: SyntaxNode | null } {
  if (node.type === 'infix_expression') {
    const [left, word, right] = namedOf(node)
    if (word !== undefined && textOf(l, word) === 'if' && right !== undefined) return { label: left!, guard: right }
  }
  const left = fieldOf(node, 'left')
  if (left === null || (left.type !== 'infix_expression' && fieldOf(left, 'left') === null))
    return { label: node, guard: null }
  const found = guarded(l, left)
  if (found.guard === null) return { label: node, guard: null }
  const { guard } = found
  const children = node.children.map((child) => (child === left ? { ...guard, field: 'left' } : child))
  return { label: found.label, guard: { ...node, start: guard.start, children } }
}

/** `x in list`, `x !in 1..3` */
export function contained(l: Lowering, over: SyntaxNode, value: Value, isNot: boolean, span: Value['span']): Value {
  const among = expression(l, over)
  const test: Value =
    over.type === 'range_expression'
      ? operation('compare', [value], false, span)
      : {
          kind: 'call',
          callee: { kind: 'member', object: among, key: constant('contains', span), span },
          arguments: [{ value }],
          construct: false,
          span,
        }
  return isNot ? operation('not', [test], false, span) : test
}

export function tryOf(l: Lowering, node: SyntaxNode, sink: Sink): Statement[] {
  const span = spanOf(node)
  const block = node.children.find(({ type }) => type === 'block') ?? null
  const body = bodyOf(l, block, sink)
  let caught: Pattern | null = null
  const handler = inScope(l, () =>
    node.children
      .filter(({ type }) => type === 'catch_block')
      .flatMap((clause): Statement[] => {
        const parts = namedOf(clause)
        const name = parts.find(({ type }) => type === 'identifier')
        if (name !== undefined && caught === null) caught = caughtAs(l, name, parts)
        else if (name !== undefined && caught?.kind === 'binding') {
          const last = l.contexts.at(-1)
          if (last?.kind === 'names') last.names.set(nameOf(l, name), caught.binding)
        }
        const inner = parts.find(({ type }) => type === 'block') ?? null
        // each clause may or may not be the one that runs
        const test: Value = { kind: 'unknown', children: [], span: spanOf(clause) }
        return [{ kind: 'branch', test, then: bodyOf(l, inner, sink), otherwise: [], span: spanOf(clause) }]
      }),
  )
  const last = node.children.find(({ type }) => type === 'finally_block')
  const finalizer = last === undefined ? [] : inScope(l, () => statementsOf(l, namedOf(last).flatMap(namedOf), null))
  return [{ kind: 'try', block: body, caught, handler, finalizer, span }]
}

function caughtAs(l: Lowering, name: SyntaxNode, parts: readonly SyntaxNode[]): Pattern {
  const written = nameOf(l, name)
  const type = typeOf(
    l,
    parts.find((one) => one.type === 'user_type'),
  )
  return {
    kind: 'binding',
    binding: declare(l, written),
    name: written,
    ...(type === undefined ? {} : { type }),
    span: spanOf(name),
  }
}
