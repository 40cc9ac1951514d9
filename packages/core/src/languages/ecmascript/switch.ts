/**
 * `switch` → nested branches. A case that falls through runs the bodies that follow it too (their nodes are shared); a
 * `break` that is not a case's last statement jumps to a labelled block around it all.
 */
import type { Statement, Value } from '../../ir/ir.js'
import { expression } from './expressions.js'
import { inScope, type Lowering } from './lowering.js'
import { reference } from '../nodes.js'
import { joined } from './operators.js'
import { declareBlock } from './scope.js'
import { block, branches, statement, terminates } from './statements.js'
import { spanOf, type Syntax } from './syntax.js'

/** Bodies that one case runs through at most. */
const maxFallthrough = 16

interface Case {
  node: Syntax
  /** Null for `default`. */
  test: Value | null
  body: Statement[]
  /** Whether it ends with `break` or can't be passed. */
  ends: boolean
}

// switch (customer.country) { case 'JP': …; break; default: … }
export function switchStatement(l: Lowering, node: Syntax, out: Statement[]): void {
  const subject = subjectOf(l, node, out)
  const outer = l.frame.breaks
  const breaks = { label: l.names.unique('switch'), used: false }
  l.frame.breaks = breaks
  const statements = inScope(l, () => {
    const written: Syntax[] = node.cases
    const all = written.flatMap((one) => one.consequent as Syntax[])
    declareBlock(l.scope, all)
    const hoisted: Statement[] = []
    for (const inner of all) if (inner.type === 'FunctionDeclaration') statement(l, inner, hoisted)
    const cases = written.map((one) => caseOf(l, one, subject))
    return [...hoisted, ...decisions(cases)]
  })
  l.frame.breaks = outer
  if (breaks.used) out.push({ kind: 'block', label: breaks.label, body: statements, span: spanOf(node) })
  else out.push(...statements)
}

/** What is compared: as written where it may be repeated, so that tests speak of it; a name for it otherwise. */
function subjectOf(l: Lowering, node: Syntax, out: Statement[]): Value {
  const value = expression(l, node.discriminant)
  if (repeatable(value)) return value
  const { span } = value
  const binding = l.names.unique('subject')
  out.push({ kind: 'bind', pattern: { kind: 'binding', binding, name: 'subject', span }, value, span })
  return reference(binding, span)
}

function repeatable(value: Value): boolean {
  let at = value
  for (let links = 0; at.kind === 'member' && links < 16; links++) {
    if (at.key.kind !== 'constant') return false
    at = at.object
  }
  return at.kind === 'reference' || at.kind === 'global' || at.kind === 'constant'
}

function caseOf(l: Lowering, node: Syntax, subject: Value): Case {
  const test = node.test == null ? null : testOf(expression(l, node.test), subject, node)
  const statements: Syntax[] = (node.consequent as Syntax[]).filter((inner) => inner.type !== 'FunctionDeclaration')
  const { kept, ends } = withoutBreak(statements)
  const body = block(l, kept)
  return { node, test, body, ends: ends || terminates(body) }
}

// switch (true) { case isJapanese(customer): … }
function testOf(value: Value, subject: Value, node: Syntax): Value {
  if (subject.kind === 'constant' && subject.value === true) return value
  const span = spanOf(node.test)
  return { kind: 'operation', operator: 'equal', operands: [subject, value], carries: false, span }
}

// …; break; and { …; break }
function withoutBreak(statements: readonly Syntax[]): { kept: Syntax[]; ends: boolean } {
  const at = statements.findIndex((inner) => inner.type === 'BreakStatement' && inner.label == null)
  if (at >= 0) return { kept: statements.slice(0, at), ends: true }
  const last = statements.at(-1)
  if (last?.type !== 'BlockStatement') return { kept: [...statements], ends: false }
  const inner = last.body as Syntax[]
  const end = inner.findIndex((one) => one.type === 'BreakStatement' && one.label == null)
  if (end < 0) return { kept: [...statements], ends: false }
  return { kept: [...statements.slice(0, -1), { ...last, body: inner.slice(0, end) }], ends: true }
}

function decisions(cases: readonly Case[]): Statement[] {
  const arms: { test: Value; then: Statement[]; span: Statement['span'] }[] = []
  let pending: Value[] = []
  let last: Statement[] = []
  let defaultPending = false
  cases.forEach((one, index) => {
    if (one.test === null) defaultPending = true
    else pending.push(one.test)
    const empty = one.body.length === 0 && !one.ends && index < cases.length - 1
    if (empty) return
    const then = run(cases, index)
    // case 'a': default: …: the default's arm covers both
    if (defaultPending) last = then
    else arms.push({ test: joined('or', pending), then, span: spanOf(one.node) })
    pending = []
    defaultPending = false
  })
  return branches(arms, last)
}

/** What runs when a case is chosen. */
function run(cases: readonly Case[], start: number): Statement[] {
  const statements: Statement[] = []
  for (let i = start; i < Math.min(cases.length, start + maxFallthrough); i++) {
    statements.push(...cases[i]!.body)
    if (cases[i]!.ends) break
  }
  return statements
}
