/** Java's statements. What follows a return or throw in the same block is dropped. */
import type { Pattern, Statement, Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { classValue, isTypeDeclaration } from './classes.js'
import { expression } from './expressions.js'
import {
  commentOf,
  declare,
  deeper,
  documented,
  inScope,
  notUnderstood,
  textOf,
  unique,
  type Lowering,
} from './lowering.js'
import { constant, spanOf, functionOf } from '../nodes.js'
import { typeOf } from './types.js'

export function block(l: Lowering, node: SyntaxNode): Statement[] {
  return inScope(l, () => statementsOf(l, namedOf(node)))
}

export function statementsOf(l: Lowering, nodes: readonly SyntaxNode[]): Statement[] {
  const result: Statement[] = []
  for (const node of nodes) {
    const lowered = deeper(
      l,
      node,
      () => statement(l, node),
      (value): Statement[] => [{ kind: 'expression', value, span: spanOf(node) }],
    )
    result.push(...lowered)
    const last = result.at(-1)
    if (last !== undefined && (last.kind === 'return' || last.kind === 'throw' || last.kind === 'jump')) break
  }
  return result
}

function statement(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const [first] = namedOf(node)
  switch (node.type) {
    case 'local_variable_declaration':
      return fieldsOf(node, 'declarator').map((one) => variable(l, one, fieldOf(node, 'type'), node))
    case 'expression_statement':
    case 'assert_statement':
      return first === undefined ? [] : [{ kind: 'expression', value: expression(l, first), span }]
    case 'return_statement':
    case 'yield_statement':
      return [{ kind: 'return', value: first === undefined ? null : expression(l, first), span }]
    case 'throw_statement':
      return first === undefined ? [] : [{ kind: 'throw', value: expression(l, first), span }]
    case 'block':
      return [{ kind: 'block', body: block(l, node), span }]
    case 'if_statement':
      return [
        inScope(l, () => {
          const test = part(l, node, 'condition')
          const then = branch(l, fieldOf(node, 'consequence'))
          return { kind: 'branch', test, then, otherwise: branch(l, fieldOf(node, 'alternative')), span }
        }),
      ]
    case 'enhanced_for_statement':
      return [each(l, node)]
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return [loop(l, node)]
    case 'try_statement':
    case 'try_with_resources_statement':
      return [tried(l, node)]
    case 'synchronized_statement':
    case 'labeled_statement': {
      const body = fieldOf(node, 'body') ?? namedOf(node).at(-1)
      return body === undefined ? [] : branch(l, body)
    }
    case 'switch_expression':
      return switchStatements(l, node)
    case 'break_statement':
      return [{ kind: 'jump', to: 'break', span }]
    case 'continue_statement':
      return [{ kind: 'jump', to: 'continue', span }]
    case 'explicit_constructor_invocation':
      return parentCall(l, node)
    default:
      if (isTypeDeclaration(node)) {
        const value = classValue(l, node, declare(l, textOf(l, fieldOf(node, 'name') ?? node)))
        const pattern: Pattern = { kind: 'binding', binding: value.binding!, name: value.name, span }
        return [{ kind: 'bind', pattern, value, span }]
      }
      return [{ kind: 'expression', value: notUnderstood(l, node), span }]
  }
}

function part(l: Lowering, node: SyntaxNode, field: string): Value {
  const inner = fieldOf(node, field)
  return inner === null ? notUnderstood(l, node) : expression(l, inner)
}

function branch(l: Lowering, node: SyntaxNode | null): Statement[] {
  if (node === null) return []
  return node.type === 'block' ? block(l, node) : inScope(l, () => statementsOf(l, [node]))
}

export function variable(l: Lowering, declarator: SyntaxNode, type: SyntaxNode | null, whole: SyntaxNode): Statement {
  const name = fieldOf(declarator, 'name') ?? declarator
  const value = fieldOf(declarator, 'value')
  const lowered = value === null ? null : expression(l, value)
  const written = textOf(l, name)
  const known = typeOf(l, type)
  const pattern: Pattern = {
    kind: 'binding',
    binding: declare(l, written),
    name: written,
    ...(known === undefined ? {} : { type: known }),
    ...documented(commentOf(l, whole)),
    span: spanOf(name),
  }
  return { kind: 'bind', pattern, value: lowered, span: spanOf(whole) }
}

// for (Customer c : customers) { … }
function each(l: Lowering, node: SyntaxNode): Statement {
  const over = part(l, node, 'value')
  return inScope(l, () => {
    const name = fieldOf(node, 'name') ?? node
    const written = textOf(l, name)
    const type = typeOf(l, fieldOf(node, 'type'))
    const pattern: Pattern = {
      kind: 'binding',
      binding: declare(l, written),
      name: written,
      ...(type === undefined ? {} : { type }),
      span: spanOf(name),
    }
    const body = branch(l, fieldOf(node, 'body'))
    return { kind: 'loop', form: 'of', before: [], pattern, over, test: null, body, after: [], span: spanOf(node) }
  })
}

function loop(l: Lowering, node: SyntaxNode): Statement {
  return inScope(l, () => {
    const init = fieldsOf(node, 'init')
    const before = init.flatMap((one) =>
      one.type === 'local_variable_declaration' ? statement(l, one) : [run(l, one)],
    )
    const condition = fieldOf(node, 'condition')
    const test = condition === null ? null : expression(l, condition)
    const body = branch(l, fieldOf(node, 'body'))
    const after = fieldsOf(node, 'update').map((one) => run(l, one))
    return { kind: 'loop', form: 'while', before, pattern: null, over: null, test, body, after, span: spanOf(node) }
  })
}

function run(l: Lowering, node: SyntaxNode): Statement {
  return { kind: 'expression', value: expression(l, node), span: spanOf(node) }
}

function tried(l: Lowering, node: SyntaxNode): Statement {
  return inScope(l, () => {
    const resources = namedOf(fieldOf(node, 'resources') ?? { ...node, children: [] })
    const opened = resources.flatMap((one): Statement[] =>
      fieldOf(one, 'name') === null
        ? namedOf(one).map((inner) => run(l, inner))
        : [variable(l, one, fieldOf(one, 'type'), one)],
    )
    const body = fieldOf(node, 'body')
    const lowered = body === null ? [] : block(l, body)
    const clauses = node.children.filter(({ type }) => type === 'catch_clause')
    const last = node.children.find(({ type }) => type === 'finally_clause')
    let caught: Pattern | null = null
    const handler = inScope(l, () =>
      clauses.flatMap((clause): Statement[] => {
        const parameter = clause.children.find(({ type }) => type === 'catch_formal_parameter')
        const name = parameter === undefined ? null : fieldOf(parameter, 'name')
        if (name !== null && caught === null) {
          const written = textOf(l, name)
          caught = { kind: 'binding', binding: declare(l, written), name: written, span: spanOf(name) }
        } else if (name !== null && caught?.kind === 'binding') l.scopes.at(-1)!.set(textOf(l, name), caught.binding)
        const inner = fieldOf(clause, 'body')
        const statements = inner === null ? [] : block(l, inner)
        // each clause may or may not be the one that runs
        const test: Value = { kind: 'unknown', children: [], span: spanOf(clause) }
        return [{ kind: 'branch', test, then: statements, otherwise: [], span: spanOf(clause) }]
      }),
    )
    const finalizer = last === undefined ? [] : namedOf(last).flatMap((one) => branch(l, one))
    return { kind: 'try', block: [...opened, ...lowered], caught, handler, finalizer, span: spanOf(node) }
  })
}

/** `switch` as a value: a function whose cases return. */
export function switchValue(l: Lowering, node: SyntaxNode): Value {
  const body = switchStatements(l, node)
  const span = spanOf(node)
  return { kind: 'call', callee: functionOf('', node, [], body), arguments: [], construct: false, span }
}

function switchStatements(l: Lowering, node: SyntaxNode): Statement[] {
  const subject = part(l, node, 'condition')
  const span = spanOf(node)
  const name = unique(l, '.switch')
  const bound: Statement = {
    kind: 'bind',
    pattern: { kind: 'binding', binding: name, name: '', span },
    value: subject,
    span,
  }
  const groups = namedOf(fieldOf(node, 'body') ?? node)
  let otherwise: Statement[] = []
  const branches: { test: Value; then: Statement[] }[] = []
  const bodies: Case[] = []
  for (const group of groups) {
    const labels = group.children.filter(({ type }) => type === 'switch_label')
    const rest = namedOf(group).filter(({ type }) => type !== 'switch_label')
    const isValue = group.type === 'switch_rule' && rest[0]?.type === 'expression_statement'
    const then = inScope(l, () => {
      const value = isValue ? namedOf(rest[0]!)[0] : undefined
      const lowered =
        value === undefined
          ? rest.flatMap((one) => (one.type === 'block' ? block(l, one) : statementsOf(l, [one])))
          : [{ kind: 'return' as const, value: expression(l, value), span: spanOf(value) }]
      return lowered
    })
    const values = labels.flatMap((label) => namedOf(label))
    bodies.push({ values, group, then, passes: group.type !== 'switch_rule' && !ends(then) })
  }
  for (const [at, { values, group }] of bodies.entries()) {
    const then = through(bodies.slice(at, at + maxFallthrough))
    if (values.length === 0) otherwise = then
    else branches.push({ test: matching(l, name, values, spanOf(group)), then })
  }
  const whole = branches.reduceRight<Statement[]>(
    (last, { test, then }) => [{ kind: 'branch', test, then, otherwise: last, span }],
    otherwise,
  )
  return [bound, ...whole]
}

interface Case {
  values: readonly SyntaxNode[]
  group: SyntaxNode
  then: Statement[]
  /** Whether what follows runs too. */
  passes: boolean
}

/** Bodies that one case runs through at most. */
const maxFallthrough = 16

/** What a case runs: its own body, and those that it falls into. */
function through(cases: readonly Case[]): Statement[] {
  const last = cases.findIndex(({ passes }) => !passes)
  const run = last < 0 ? cases : cases.slice(0, last + 1)
  return run.flatMap(({ then }) => then.filter((one) => one.kind !== 'jump'))
}

function ends(body: readonly Statement[]): boolean {
  const last = body.at(-1)
  if (last === undefined) return false
  if (last.kind === 'block') return ends(last.body)
  if (last.kind === 'branch') return ends(last.then) && ends(last.otherwise)
  return last.kind === 'jump' || last.kind === 'return' || last.kind === 'throw'
}

function matching(l: Lowering, subject: string, values: readonly SyntaxNode[], span: Value['span']): Value {
  const tests = values.map((value): Value => {
    const isName = value.type === 'identifier' && /^[A-Z]/.test(textOf(l, value))
    const label = isName ? constant(textOf(l, value), spanOf(value)) : expression(l, value)
    return {
      kind: 'operation',
      operator: 'equal',
      operands: [{ kind: 'reference', binding: subject, span }, label],
      carries: false,
      span,
    }
  })
  return tests.reduce((left, right) => ({ kind: 'logical', operator: 'or', left, right, span }))
}

// super(client); this(name, null);
function parentCall(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const args = namedOf(fieldOf(node, 'arguments') ?? { ...node, children: [] }).map((one) => ({
    value: expression(l, one),
  }))
  const called = fieldOf(node, 'constructor')
  if (l.holder === null || called?.type !== 'super')
    return args.map(({ value }) => ({ kind: 'expression', value, span }))
  const callee: Value = { kind: 'parent', receiver: l.holder.receiver, span }
  return [{ kind: 'expression', value: { kind: 'call', callee, arguments: args, construct: false, span }, span }]
}
