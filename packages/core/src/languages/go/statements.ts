/** Go's statements. What follows a return or a call that does not come back is dropped. */
import type { Pattern, Statement, Value } from '../../ir/ir.js'
import { constant, reference, spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { assignment, bindings, incremented, placeOf } from './assignments.js'
import { typesDeclared } from './declarations.js'
import { expression } from './expressions.js'
import { rangeLoop } from './loops.js'
import { calledPath } from './calls.js'
import { declare, deeper, findLocal, inScope, notUnderstood, textOf, unique, type Lowering } from './lowering.js'
import { selectStatement, switchStatement, typeSwitch } from './switches.js'
import { variables } from './variables.js'

export function block(l: Lowering, node: SyntaxNode): Statement[] {
  return inScope(l, () => statementsOf(l, statementsIn(node)))
}

/** Statements stand in a list of their own below a block or a case. */
export function statementsIn(node: SyntaxNode): SyntaxNode[] {
  return namedOf(node).flatMap((one) => (one.type === 'statement_list' ? namedOf(one) : [one]))
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

export function statement(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  const [first] = namedOf(node)
  const run = (value: Value): Statement[] => [{ kind: 'expression', value, span }]
  switch (node.type) {
    case 'short_var_declaration':
      return bindings(l, node)
    case 'var_declaration':
    case 'const_declaration':
      return variables(l, node, (name) => declare(l, name))
    case 'type_declaration':
      // a type of the function itself is known by its name only
      for (const { name } of typesDeclared(l, node)) l.scopes.at(-1)!.set(name, unique(l, name))
      return []
    case 'assignment_statement':
      return assignment(l, node)
    case 'inc_statement':
    case 'dec_statement':
      return first === undefined ? [] : incremented(l, first, span)
    case 'expression_statement':
      return first === undefined ? [] : [called(l, first, span)]
    case 'go_statement':
    case 'defer_statement':
      return first === undefined ? [] : run(expression(l, first))
    case 'send_statement':
      return [sent(l, node)]
    case 'return_statement':
      return [returned(l, node)]
    case 'block':
      return [{ kind: 'block', body: block(l, node), span }]
    case 'if_statement':
      return [conditional(l, node)]
    case 'for_statement':
      return [loop(l, node, undefined)]
    case 'labeled_statement':
      return labelled(l, node)
    case 'expression_switch_statement':
      return switchStatement(l, node)
    case 'type_switch_statement':
      return typeSwitch(l, node)
    case 'select_statement':
      return selectStatement(l, node)
    case 'break_statement':
      return [jump(l, node, 'break')]
    case 'continue_statement':
      return [jump(l, node, 'continue')]
    case 'fallthrough_statement':
    case 'goto_statement':
    case 'empty_statement':
      return []
    default:
      return run(
        node.named && /(?:expression|literal|identifier)$/.test(node.type)
          ? expression(l, node)
          : notUnderstood(l, node),
      )
  }
}

const neverReturns =
  /^(?:os\.Exit|log\.(?:Fatal|Panic)(?:f|ln)?|panic|runtime\.Goexit|[a-z]\.(?:Fatal|FailNow|Skip)f?)$/

function called(l: Lowering, node: SyntaxNode, span: Value['span']): Statement {
  const value = expression(l, node)
  if (node.type === 'call_expression' && neverReturns.test(calledPath(l, node)))
    return {
      kind: 'throw',
      value: { kind: 'operation', operator: 'void', operands: [value], carries: false, span },
      span,
    }
  const completed = completes(l, node)
  if (completed !== null)
    return { kind: 'expression', value: { kind: 'assignment', target: completed, value, span }, span }
  return { kind: 'expression', value, span }
}

/** request.SetBody(x): the name stands for the request with it */
function completes(l: Lowering, node: SyntaxNode): Pattern | null {
  const callee = node.type === 'call_expression' ? fieldOf(node, 'function') : null
  const object = callee?.type === 'selector_expression' ? fieldOf(callee, 'operand') : null
  if (object?.type !== 'identifier' || !/^(?:Set|Add)[A-Z]/.test(textOf(l, fieldOf(callee!, 'field') ?? object)))
    return null
  const binding = findLocal(l, textOf(l, object))
  return binding !== null && l.requests.has(binding) ? placeOf(l, object) : null
}

// ch <- customer
export function sent(l: Lowering, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const [channel, value] = [fieldOf(node, 'channel'), fieldOf(node, 'value')]
  if (channel === null || value === null) return { kind: 'expression', value: notUnderstood(l, node), span }
  const callee: Value = { kind: 'member', object: expression(l, channel), key: constant('append', span), span }
  const call: Value = { kind: 'call', callee, arguments: [{ value: expression(l, value) }], construct: false, span }
  return { kind: 'expression', value: call, span }
}

// return answer, nil
function returned(l: Lowering, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const list = namedOf(node)[0]
  const values = list === undefined ? [] : list.type === 'expression_list' ? namedOf(list) : [list]
  const { types, named } = l.results
  const declared = (value: Value, at: number): Value => {
    const type = types[at]
    return type === undefined || type.name === 'void' || value.kind === 'constant'
      ? value
      : { kind: 'cast', value, type, span: value.span }
  }
  if (values.length === 0) {
    const given = named.map((binding): Value => reference(binding, span))
    return { kind: 'return', value: given.length < 2 ? (given[0] ?? null) : listOf(given, span), span }
  }
  // return load(id): all its results
  if (values.length === 1 && types.length > 1) return { kind: 'return', value: expression(l, values[0]!), span }
  const lowered = values.map((one, at) =>
    types[at]?.name === 'void' ? failure(l, one) : declared(expression(l, one), at),
  )
  return { kind: 'return', value: lowered.length === 1 ? lowered[0]! : listOf(lowered, span), span }
}

/** Errors carry nothing; what is known of one is whether it is there: a check that fails for some says who passes it. */
function failure(l: Lowering, node: SyntaxNode): Value {
  const span = spanOf(node)
  if (node.type === 'nil') return constant(false, span)
  const value = expression(l, node)
  const path = node.type === 'call_expression' ? calledPath(l, node) : textOf(l, node)
  const isMade = node.type === 'composite_literal' || node.type === 'unary_expression' || made.test(path)
  return isMade
    ? { kind: 'operation', operator: 'sequence', operands: [value, constant(true, span)], carries: false, span }
    : value
}

const made =
  /^(?:errors\.(?:New|Join)|fmt\.Errorf|(?:[\w./-]*\.)?(?:Err[A-Z]\w*|NewHTTPError|NewError|Errorf?|Wrapf?|Forbidden|BadRequest))$/

function listOf(values: readonly Value[], span: Value['span']): Value {
  return { kind: 'list', items: values.map((value) => ({ value, spread: false })), span }
}

// if v, ok := m[k]; ok { … } else { … }
function conditional(l: Lowering, node: SyntaxNode): Statement {
  const span = spanOf(node)
  return inScope(l, () => {
    const initializer = fieldOf(node, 'initializer')
    const before = initializer === null ? [] : statement(l, initializer)
    const condition = fieldOf(node, 'condition')
    const test: Value = condition === null ? notUnderstood(l, node) : expression(l, condition)
    const branch: Statement = {
      kind: 'branch',
      test,
      then: body(l, fieldOf(node, 'consequence')),
      otherwise: body(l, fieldOf(node, 'alternative')),
      span,
    }
    return before.length === 0 ? branch : { kind: 'block', body: [...before, branch], span }
  })
}

export function body(l: Lowering, node: SyntaxNode | null): Statement[] {
  if (node === null) return []
  return node.type === 'block' ? block(l, node) : inScope(l, () => statementsOf(l, [node]))
}

// for i := 0; i < n; i++ {}, for ok {}, for {}, for i, c := range customers {}
function loop(l: Lowering, node: SyntaxNode, label: string | undefined): Statement {
  const span = spanOf(node)
  const outer = l.breaks
  l.breaks = null
  const named = label === undefined ? {} : { label }
  const result = inScope(l, (): Statement => {
    const inner = fieldOf(node, 'body')
    const head = namedOf(node).find((one) => one !== inner)
    if (head?.type === 'range_clause') return { ...rangeLoop(l, head, inner, span), ...named }
    const clause = head?.type === 'for_clause' ? head : null
    const initializer = clause === null ? null : fieldOf(clause, 'initializer')
    const before = initializer === null ? [] : statement(l, initializer)
    const condition = clause === null ? (head ?? null) : fieldOf(clause, 'condition')
    const test = condition === null ? null : expression(l, condition)
    const statements = body(l, inner)
    const update = clause === null ? null : fieldOf(clause, 'update')
    const after = update === null ? [] : statement(l, update)
    return {
      kind: 'loop',
      ...named,
      form: 'while',
      before,
      pattern: null,
      over: null,
      test,
      body: statements,
      after,
      span,
    }
  })
  l.breaks = outer
  return result
}

function labelled(l: Lowering, node: SyntaxNode): Statement[] {
  const label = textOf(l, fieldOf(node, 'label') ?? node)
  const inner = namedOf(node).find(({ type }) => type !== 'label_name')
  if (inner === undefined) return []
  if (inner.type === 'for_statement') return [loop(l, inner, label)]
  return [{ kind: 'block', label, body: statementsOf(l, [inner]), span: spanOf(node) }]
}

function jump(l: Lowering, node: SyntaxNode, to: 'break' | 'continue'): Statement {
  const span = spanOf(node)
  const [label] = namedOf(node)
  if (label !== undefined) return { kind: 'jump', to, label: textOf(l, label), span }
  if (to === 'break' && l.breaks !== null) {
    l.breaks.used = true
    return { kind: 'jump', to, label: l.breaks.label, span }
  }
  return { kind: 'jump', to, span }
}
