/** `match` → branches: literals are compared, names bound to the parts that they capture. */
import type { Statement, Value } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression } from './expressions.js'
import { bind, deeper, nameValue, notUnderstood, temporary, textOf, type Lowering } from './lowering.js'
import { constant, member, reference, spanOf } from '../nodes.js'
import { compared } from './operators.js'
import { bindingOf } from './patterns.js'
import { bodyOf } from './statements.js'

interface Case {
  /** null: it always matches, as far as it is known. */
  test: Value | null
  bound: Statement[]
}

export function matchStatement(l: Lowering, node: SyntaxNode): Statement[] {
  const subjects = fieldsOf(node, 'subject')
  const span = spanOf(node)
  const held = temporary(l)
  const values = subjects.map((subject) => expression(l, subject))
  const value: Value =
    values.length === 1
      ? values[0]!
      : { kind: 'list', items: values.map((one) => ({ value: one, spread: false })), span }
  const body = fieldOf(node, 'body')
  const cases = body === null ? [] : namedOf(body).filter(({ type }) => type === 'case_clause')
  return [bind(l, held, '', value, span), ...casesOf(l, cases, reference(held, span))]
}

function casesOf(l: Lowering, cases: readonly SyntaxNode[], subject: Value): Statement[] {
  let otherwise: Statement[] = []
  for (const clause of [...cases].reverse()) {
    const span = spanOf(clause)
    const patterns = clause.children.filter(({ type }) => type === 'case_pattern')
    const tests = patterns.map((pattern) => caseOf(l, pattern, subject, 0))
    const guard = fieldOf(clause, 'guard')
    const [condition] = guard === null ? [] : namedOf(guard)
    const bound = tests.flatMap((one) => one.bound)
    const test = [...tests.map((one) => one.test), condition === undefined ? null : expression(l, condition)].filter(
      (one) => one !== null,
    )
    const then = bodyOf(l, clause, 'consequence')
    const [first, ...rest] = test
    if (first === undefined) otherwise = [...bound, ...then]
    else {
      const whole = rest.reduce<Value>(
        (left, right) => ({ kind: 'logical', operator: 'and', left, right, span }),
        first,
      )
      otherwise = [...bound, { kind: 'branch', test: whole, then, otherwise, span }]
    }
  }
  return otherwise
}

function caseOf(l: Lowering, pattern: SyntaxNode, subject: Value, depth: number): Case {
  return deeper<Case>(
    l,
    pattern,
    () => matched(l, pattern, subject, depth),
    (cut) => ({ test: cut, bound: [] }),
  )
}

function matched(l: Lowering, pattern: SyntaxNode, subject: Value, depth: number): Case {
  const span = spanOf(pattern)
  const parts = namedOf(pattern)
  switch (pattern.type) {
    case 'case_pattern': {
      const [inner] = parts
      if (inner === undefined) return { test: null, bound: [] }
      return inner.type === 'identifier' ? captured(l, inner, subject) : caseOf(l, inner, subject, depth + 1)
    }
    // name, or Color.RED
    case 'dotted_name': {
      if (parts.length === 1) return captured(l, parts[0]!, subject)
      const [head, ...rest] = parts
      let value = nameValue(l, textOf(l, head!), spanOf(head!))
      for (const part of rest) value = member(value, textOf(l, part), spanOf(part))
      return { test: compared('==', subject, value, span), bound: [] }
    }
    // "JP" | "日本"
    case 'union_pattern': {
      const cases = parts.map((part) => caseOf(l, part, subject, depth + 1))
      const tests = cases.map(({ test }) => test)
      const bound = cases.flatMap((one) => one.bound)
      if (tests.some((test) => test === null)) return { test: null, bound }
      return {
        test: tests.reduce<Value | null>(
          (left, right) => (left === null ? right : { kind: 'logical', operator: 'or', left, right: right!, span }),
          null,
        ),
        bound,
      }
    }
    // [first, *rest]
    case 'list_pattern':
    case 'tuple_pattern': {
      const cases = parts.map((part, at) =>
        caseOf(l, part, { kind: 'member', object: subject, key: constant(at, span), span }, depth + 1),
      )
      return { test: unknown(span), bound: cases.flatMap((one) => one.bound) }
    }
    case 'splat_pattern': {
      const [name] = parts
      return name === undefined ? { test: null, bound: [] } : captured(l, name, subject)
    }
    case 'as_pattern': {
      const [inner, alias] = parts
      const of = inner === undefined ? { test: null, bound: [] } : caseOf(l, inner, subject, depth + 1)
      return { test: of.test, bound: [...of.bound, ...(alias === undefined ? [] : captured(l, alias, subject).bound)] }
    }
    // {"phone": phone, **rest}
    case 'dict_pattern': {
      const values = fieldsOf(pattern, 'value')
      const keyed = fieldsOf(pattern, 'key').flatMap((key, at) => {
        const value = values[at]
        if (value === undefined) return []
        const of: Value = { kind: 'member', object: subject, key: expression(l, key), span }
        return [caseOf(l, value, of, depth + 1)]
      })
      return together(keyed, span)
    }
    // Customer(country="JP", name=name)
    case 'class_pattern': {
      const inner = parts.slice(1).flatMap((part) => namedOf(part))
      return together(
        inner.map((part) => {
          if (part.type !== 'keyword_pattern') return caseOf(l, part, unknown(span), depth + 1)
          const [name, value] = namedOf(part)
          if (name === undefined || value === undefined) return { test: null, bound: [] }
          return caseOf(l, value, member(subject, textOf(l, name), span), depth + 1)
        }),
        span,
      )
    }
    case 'ERROR':
      return { test: notUnderstood(l, pattern), bound: [] }
    default:
      return { test: compared('==', subject, expression(l, pattern), span), bound: [] }
  }
}

function together(cases: readonly Case[], span: Value['span']): Case {
  const tests = cases.flatMap(({ test }) => test ?? [])
  const test = tests.reduce<Value>(
    (left, right) => ({ kind: 'logical', operator: 'and', left, right, span }),
    unknown(span),
  )
  return { test, bound: cases.flatMap(({ bound }) => bound) }
}

function captured(l: Lowering, name: SyntaxNode, subject: Value): Case {
  const text = textOf(l, name)
  if (text === '_') return { test: null, bound: [] }
  return { test: null, bound: [bind(l, bindingOf(l, text), text, subject, spanOf(name))] }
}

function unknown(span: Value['span']): Value {
  return { kind: 'unknown', children: [], span }
}
