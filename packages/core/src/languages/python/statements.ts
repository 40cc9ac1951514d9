/** Statements, in order. Code after a return, a raise or a jump in the same block is dropped. */
import type { Loop, Statement, Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { classValue } from './classes.js'
import { expression, listValue } from './expressions.js'
import { functionValue } from './functions.js'
import { importStatements } from './imports.js'
import { bind, commentOf, deeper, documented, notUnderstood, temporary, textOf, type Lowering } from './lowering.js'
import { reference, spanOf } from '../nodes.js'
import { matchStatement } from './match.js'
import { assign, bindingOf } from './patterns.js'
import { typeOf } from './types.js'

export function block(l: Lowering, nodes: readonly SyntaxNode[]): Statement[] {
  const statements: Statement[] = []
  for (const node of nodes) {
    const lowered = deeper<Statement[]>(
      l,
      node,
      () => statement(l, node),
      (cut) => [{ kind: 'expression', value: cut, span: cut.span }],
    )
    statements.push(...lowered)
    const last = lowered.at(-1)
    if (last?.kind === 'return' || last?.kind === 'throw' || last?.kind === 'jump') break
  }
  return statements
}

/** Statements of a `block` under a field, or of an `else:` clause. */
export function bodyOf(l: Lowering, node: SyntaxNode | null, field = 'body'): Statement[] {
  const body =
    node === null ? null : (fieldOf(node, field) ?? node.children.find(({ type }) => type === 'block') ?? null)
  return body === null ? [] : block(l, body.type === 'block' ? namedOf(body) : [body])
}

function statement(l: Lowering, node: SyntaxNode): Statement[] {
  const span = spanOf(node)
  switch (node.type) {
    case 'expression_statement':
      return expressionStatement(l, node)
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return importStatements(l, node)
    case 'function_definition':
    case 'class_definition':
      return definition(l, node, [])
    case 'decorated_definition': {
      const inner = fieldOf(node, 'definition')
      return inner === null
        ? []
        : definition(
            l,
            inner,
            node.children.filter(({ type }) => type === 'decorator'),
          )
    }
    case 'return_statement': {
      const [value] = namedOf(node)
      return [{ kind: 'return', value: value === undefined ? null : expression(l, value), span }]
    }
    case 'raise_statement': {
      const [value] = namedOf(node)
      const thrown: Value = value === undefined ? { kind: 'unknown', children: [], span } : expression(l, value)
      return [{ kind: 'throw', value: thrown, span }]
    }
    case 'break_statement':
    case 'continue_statement':
      return [{ kind: 'jump', to: node.type === 'break_statement' ? 'break' : 'continue', span }]
    case 'if_statement':
      return [branch(l, node, fieldsOf(node, 'alternative'))]
    case 'for_statement':
      return [forLoop(l, node), ...afterLoop(l, node)]
    case 'while_statement':
      return [whileLoop(l, node), ...afterLoop(l, node)]
    case 'try_statement':
      return [tryStatement(l, node)]
    case 'with_statement':
      return withStatement(l, node)
    case 'match_statement':
      return matchStatement(l, node)
    // assert c.country != "JP": what follows happens only where it holds
    case 'assert_statement': {
      const [test] = namedOf(node)
      if (test === undefined) return []
      const otherwise: Statement = { kind: 'throw', value: { kind: 'constant', value: 'AssertionError', span }, span }
      return [{ kind: 'branch', test: expression(l, test), then: [], otherwise: [otherwise], span }]
    }
    case 'print_statement':
    case 'exec_statement':
    case 'ERROR':
      return broken(l, node)
    // del record["phone"], customer.phone
    case 'delete_statement':
      return namedOf(node)
        .flatMap((one) => (one.type === 'expression_list' || one.type === 'tuple' ? namedOf(one) : [one]))
        .flatMap((one): Statement[] =>
          one.type === 'subscript' || one.type === 'attribute'
            ? [
                {
                  kind: 'expression',
                  value: {
                    kind: 'operation',
                    operator: 'delete',
                    operands: [expression(l, one)],
                    carries: false,
                    span: spanOf(one),
                  },
                  span,
                },
              ]
            : [],
        )
    case 'pass_statement':
    case 'global_statement':
    case 'nonlocal_statement':
    case 'type_alias_statement':
    case 'line_continuation':
      return []
    default:
      return [{ kind: 'expression', value: expression(l, node), span }]
  }
}

const statements = /_statement$|_definition$/

/** What the parser did not understand may hold statements that it did. */
function broken(l: Lowering, node: SyntaxNode): Statement[] {
  const inner = namedOf(node)
  if (inner.some(({ type }) => statements.test(type)))
    return inner.flatMap((child) => (statements.test(child.type) ? block(l, [child]) : []))
  return inner
    .filter(({ type }) => type === 'call' || type === 'assignment')
    .flatMap((child): Statement[] =>
      child.type === 'assignment'
        ? assignment(l, child, child)
        : [{ kind: 'expression', value: expression(l, child), span: spanOf(child) }],
    )
    .concat(inner.length === 0 ? [] : [{ kind: 'expression', value: notUnderstood(l, node), span: spanOf(node) }])
}

function expressionStatement(l: Lowering, node: SyntaxNode): Statement[] {
  const [inner] = namedOf(node)
  if (inner === undefined) return []
  const span = spanOf(node)
  if (inner.type === 'assignment') return assignment(l, inner, node)
  if (inner.type === 'augmented_assignment') return augmented(l, inner)
  // a docstring
  if (
    inner.type === 'string' &&
    namedOf(node).length === 1 &&
    !inner.children.some(({ type }) => type === 'interpolation')
  )
    return []
  // yield session, in a context manager: what `with` binds
  if (inner.type === 'yield' && l.frame.givesContext) {
    const [value] = namedOf(inner)
    return [{ kind: 'return', value: value === undefined ? null : expression(l, value), span }]
  }
  if (namedOf(node).length > 1) return [{ kind: 'expression', value: listValue(l, node), span }]
  return [{ kind: 'expression', value: expression(l, inner), span }]
}

// a = b = f(x), name: str = x, name: str
function assignment(l: Lowering, node: SyntaxNode, whole: SyntaxNode): Statement[] {
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  const type = typeOf(l, fieldOf(node, 'type'))
  const span = spanOf(whole)
  if (left === null) return []
  if (right === null) {
    if (left.type !== 'identifier') return []
    const name = textOf(l, left)
    const pattern = {
      kind: 'binding' as const,
      binding: bindingOf(l, name),
      name,
      ...(type === undefined ? {} : { type }),
      ...documented(commentOf(l, whole)),
      span: spanOf(left),
    }
    return [{ kind: 'bind', pattern, value: null, span }]
  }
  if (right.type === 'assignment') return chained(l, node, span)
  return assign(l, left, expression(l, right), span, type, whole)
}

// a = b = c: the rightmost value goes into each
function chained(l: Lowering, node: SyntaxNode, span: Statement['span']): Statement[] {
  const targets: SyntaxNode[] = []
  let at: SyntaxNode | null = node
  for (; at?.type === 'assignment'; at = fieldOf(at, 'right')) {
    const left = fieldOf(at, 'left')
    if (left !== null) targets.push(left)
  }
  const held = temporary(l)
  const value = at === null ? notUnderstood(l, node) : expression(l, at)
  return [bind(l, held, '', value, span), ...targets.flatMap((left) => assign(l, left, reference(held, span), span))]
}

// text += x
function augmented(l: Lowering, node: SyntaxNode): Statement[] {
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  const operator = fieldOf(node, 'operator')?.type
  if (left === null || right === null) return []
  const operands = [expression(l, left), expression(l, right)]
  const span = spanOf(node)
  if (operator === '+=' && operands[1]!.kind === 'list')
    return assign(l, left, { kind: 'list', items: operands.map((value) => ({ value, spread: true })), span }, span)
  const concat = operator === '+='
  const value: Value = { kind: 'operation', operator: concat ? 'concat' : 'arithmetic', operands, carries: true, span }
  return assign(l, left, value, span)
}

function definition(l: Lowering, node: SyntaxNode, decorators: readonly SyntaxNode[]): Statement[] {
  const name = fieldOf(node, 'name')
  if (name === null) return broken(l, node)
  const text = textOf(l, name)
  const binding = bindingOf(l, text)
  const value =
    node.type === 'class_definition'
      ? classValue(l, node, binding, decorators)
      : functionValue(l, node, 'function', decorators)
  return [bind(l, binding, text, value, { start: decorators[0]?.start ?? node.start, end: node.end })]
}

// if …: elif …: else: …
function branch(l: Lowering, node: SyntaxNode, alternatives: readonly SyntaxNode[]): Statement {
  const condition = fieldOf(node, 'condition')
  const test = condition === null ? notUnderstood(l, node) : expression(l, condition)
  const then = bodyOf(l, node, 'consequence')
  const [next, ...rest] = alternatives
  let otherwise: Statement[] = []
  if (next?.type === 'else_clause') otherwise = bodyOf(l, next)
  else if (next !== undefined)
    otherwise = deeper<Statement[]>(
      l,
      next,
      () => [branch(l, next, rest)],
      (cut) => [
        { kind: 'expression', value: cut, span: cut.span },
        ...rest.flatMap((one) => bodyOf(l, one, one.type === 'else_clause' ? 'body' : 'consequence')),
      ],
    )
  return { kind: 'branch', test, then, otherwise, span: spanOf(node) }
}

// for a, b in xs: …
function forLoop(l: Lowering, node: SyntaxNode): Loop {
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  const span = spanOf(node)
  const over = right === null ? notUnderstood(l, node) : expression(l, right)
  const element = temporary(l)
  const name = left?.type === 'identifier' ? textOf(l, left) : ''
  const bound = left === null ? [] : assign(l, left, reference(element, spanOf(left)), spanOf(left))
  return {
    kind: 'loop',
    form: 'of',
    before: [],
    pattern: { kind: 'binding', binding: element, name, span: left === null ? span : spanOf(left) },
    over,
    test: null,
    body: [...bound, ...bodyOf(l, node)],
    after: [],
    span,
  }
}

function whileLoop(l: Lowering, node: SyntaxNode): Loop {
  const condition = fieldOf(node, 'condition')
  return {
    kind: 'loop',
    form: 'while',
    before: [],
    pattern: null,
    over: null,
    test: condition === null ? null : expression(l, condition),
    body: bodyOf(l, node),
    after: [],
    span: spanOf(node),
  }
}

function afterLoop(l: Lowering, node: SyntaxNode): Statement[] {
  const clause = fieldOf(node, 'alternative')
  return clause === null ? [] : bodyOf(l, clause)
}

// try: … except E as e: … else: … finally: …
function tryStatement(l: Lowering, node: SyntaxNode): Statement {
  const clauses = node.children.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause')
  const otherwise = node.children.find(({ type }) => type === 'else_clause') ?? null
  const last = node.children.find(({ type }) => type === 'finally_clause') ?? null
  const span = spanOf(node)
  const caught = temporary(l)
  const handlers = clauses.map((clause): Statement[] => {
    const value = fieldOf(clause, 'value')
    const alias = fieldOf(clause, 'alias') ?? (value?.type === 'as_pattern' ? fieldOf(value, 'alias') : null)
    const bound =
      alias === null
        ? []
        : assign(
            l,
            alias.type === 'as_pattern_target' ? (namedOf(alias)[0] ?? alias) : alias,
            reference(caught, spanOf(clause)),
            spanOf(clause),
          )
    return [...bound, ...bodyOf(l, clause, 'consequence')]
  })
  // any of the handlers may be the one
  const handler = handlers.reduceRight<Statement[]>(
    (others, one, at) =>
      at === handlers.length - 1
        ? one
        : [{ kind: 'branch', test: { kind: 'unknown', children: [], span }, then: one, otherwise: others, span }],
    [],
  )
  return {
    kind: 'try',
    block: [...bodyOf(l, node), ...(otherwise === null ? [] : bodyOf(l, otherwise))],
    caught: { kind: 'binding', binding: caught, name: '', span },
    handler,
    finalizer: last === null ? [] : bodyOf(l, last),
    span,
  }
}

// with open(path) as f, client() as (a, b): …
function withStatement(l: Lowering, node: SyntaxNode): Statement[] {
  const clause = node.children.find(({ type }) => type === 'with_clause')
  const items = (clause === undefined ? [] : namedOf(clause)).flatMap((item) =>
    item.type === 'tuple' ? namedOf(item) : [item],
  )
  const bound = items.flatMap((item): Statement[] => {
    const value = fieldOf(item, 'value') ?? item
    const [inner] = value.type === 'as_pattern' ? namedOf(value) : [value]
    const alias = value.type === 'as_pattern' ? fieldOf(value, 'alias') : null
    if (inner === undefined) return []
    const entered = expression(l, inner)
    const target = alias === null ? undefined : namedOf(alias)[0]
    return target === undefined
      ? [{ kind: 'expression', value: entered, span: spanOf(item) }]
      : assign(l, target, entered, spanOf(item))
  })
  return [...bound, ...bodyOf(l, node)]
}
