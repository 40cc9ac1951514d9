/**
 * Defaults: statements that use another value where one is empty say `value or default`, as an operator would. They are read so,
 * that what is used where a variable of the environment is not set is known, however it is written.
 *
 *     if (v === '') v = d        if (v) return v        let y = d
 *                                return d               if (v) y = v
 */
import type { Pattern, Statement, Value } from '../ir/ir.js'

const rewrittenLists = new WeakMap<readonly Statement[], readonly Statement[]>()
const rewrittenChoices = new WeakMap<Value, Value | null>()
const deepest = 6

export function withDefaults(statements: readonly Statement[]): readonly Statement[] {
  const known = rewrittenLists.get(statements)
  if (known !== undefined) return known
  const result = rewritten(statements)
  rewrittenLists.set(statements, result)
  return result
}

/** `v ? v : d`; null where a choice says no such thing. */
export function choiceOfDefault(choice: Extract<Value, { kind: 'choice' }>): Value | null {
  let result = rewrittenChoices.get(choice)
  if (result === undefined) {
    const tested = emptiness(choice.test)
    const [used, other] = tested?.empty === true ? [choice.otherwise, choice.then] : [choice.then, choice.otherwise]
    result = tested !== null && uses(used, tested) ? or(used, other) : null
    rewrittenChoices.set(choice, result)
  }
  return result
}

function rewritten(statements: readonly Statement[]): readonly Statement[] {
  let result: Statement[] | null = null
  for (let at = 0; at < statements.length; at++) {
    const statement = statements[at]!
    const next = statements[at + 1]
    const returned = next === undefined || next.kind !== 'return' ? null : returnOr(statement, next)
    if (returned !== null) return [...(result ?? statements.slice(0, at)), ...returned]
    const instead = statement.kind === 'branch' ? branchOr(statement) : null
    if (instead !== null) result ??= statements.slice(0, at)
    result?.push(...(instead ?? [statement]))
  }
  return result ?? statements
}

type Branch = Extract<Statement, { kind: 'branch' }>
type Return = Extract<Statement, { kind: 'return' }>

/** A branch that returns one of two values, and the return of the other. */
function returnOr(statement: Statement, next: Return): Statement[] | null {
  if (statement.kind === 'block' && statement.label === undefined) {
    const last = statement.body.at(-1)
    const inner = last === undefined ? null : returnOr(last, next)
    return inner === null ? null : [{ ...statement, body: [...statement.body.slice(0, -1), ...inner] }]
  }
  if (statement.kind !== 'branch' || statement.otherwise.length > 0) return null
  const chosen = statement.then.at(-1)
  return chosen?.kind === 'return' ? eitherReturned(statement, chosen, next, statement.then.slice(0, -1)) : null
}

function eitherReturned(branch: Branch, chosen: Return, other: Return, before: Statement[]): Statement[] | null {
  const tested = emptiness(branch.test)
  if (tested === null || chosen.value === null || other.value === null) return null
  const [used, fallback] = tested.empty ? [other, chosen] : [chosen, other]
  if (!uses(used.value!, tested)) return null
  const kept = testedBefore(branch, before)
  return [...kept, { kind: 'return', value: or(used.value!, fallback.value!), span: used.span }]
}

function branchOr(branch: Branch): Statement[] | null {
  const tested = emptiness(branch.test)
  const last = branch.then.at(-1)
  if (tested === null || last === undefined) return null
  const [other] = branch.otherwise
  if (last.kind === 'return' && other?.kind === 'return' && branch.otherwise.length === 1)
    return eitherReturned(branch, last, other, branch.then.slice(0, -1))
  const assigned = assignmentOf(last)
  if (assigned === null) return null
  const value =
    branch.otherwise.length === 0
      ? alone(assigned, tested)
      : branch.otherwise.length === 1
        ? eitherAssigned(assigned, assignmentOf(other!), tested)
        : null
  if (value === null) return null
  const before = branch.then.slice(0, -1)
  const kept = testedBefore(branch, before)
  return [...kept, assigned.with(value)]
}

/** What a condition does besides telling, and what stands before the choice. */
function testedBefore(branch: Branch, before: Statement[]): Statement[] {
  if (before.length > 0) return [{ ...branch, then: before, otherwise: [] }]
  return assigns(branch.test, 0) ? [{ kind: 'expression', value: branch.test, span: branch.span }] : []
}

function assigns(test: Value, depth: number): boolean {
  if (depth > deepest) return true
  if (test.kind === 'operation') return test.operands.some((one) => assigns(one, depth + 1))
  if (test.kind === 'logical') return assigns(test.left, depth + 1) || assigns(test.right, depth + 1)
  return test.kind === 'assignment'
}

interface Assigned {
  key: string
  current: Value
  value: Value
  with(value: Value): Statement
}

/** `if (v === '') v = d`, `if (v) y = v` */
function alone(assigned: Assigned, tested: Tested): Value | null {
  if (tested.empty) return assigned.key === tested.key ? or(assigned.current, assigned.value) : null
  return assigned.key !== tested.key && uses(assigned.value, tested) ? or(assigned.value, assigned.current) : null
}

/** `if (v) y = v; else y = d` */
function eitherAssigned(then: Assigned, otherwise: Assigned | null, tested: Tested): Value | null {
  if (otherwise === null || then.key !== otherwise.key) return null
  const [used, other] = tested.empty ? [otherwise, then] : [then, otherwise]
  return uses(used.value, tested) ? or(used.value, other.value) : null
}

function assignmentOf(statement: Statement): Assigned | null {
  if (statement.kind === 'bind' && statement.value !== null)
    return assignedTo(statement.pattern, statement.value, (value) => ({ ...statement, value }))
  if (statement.kind !== 'expression' || statement.value.kind !== 'assignment') return null
  const { value: assignment } = statement
  return assignedTo(assignment.target, assignment.value, (value) => ({
    ...statement,
    value: { ...assignment, value },
  }))
}

function assignedTo(target: Pattern, value: Value, build: Assigned['with']): Assigned | null {
  const current: Value | null =
    target.kind === 'binding'
      ? { kind: 'reference', binding: target.binding, span: target.span }
      : target.kind === 'place'
        ? target.place
        : null
  const key = current === null ? null : keyOf(current, 0)
  return current === null || key === null ? null : { key, current, value, with: build }
}

function or(left: Value, right: Value): Value {
  return { kind: 'logical', operator: 'or', left, right, span: left.span }
}

interface Tested {
  key: string
  /** Whether the test holds where the value is empty. */
  empty: boolean
  /** It is compared with what is empty; else it may be a flag, which chooses among other values. */
  compared: boolean
}

const emptyMethods = /^(?:isEmpty|isBlank|isNullOrEmpty|isNullOrBlank|is_empty)$/
const filledMethods = /^(?:isNotEmpty|isNotBlank|hasText|hasLength|isPresent)$/

/** What a condition says of one value's being empty; null where it says something else. */
function emptiness(test: Value, depth = 0): Tested | null {
  if (depth > deepest) return null
  switch (test.kind) {
    case 'cast':
      return emptiness(test.value, depth + 1)
    case 'logical': {
      const left = emptiness(test.left, depth + 1)
      const right = emptiness(test.right, depth + 1)
      return left !== null &&
        left.key === right?.key &&
        left.empty === right.empty &&
        left.empty === (test.operator === 'or')
        ? left
        : null
    }
    case 'operation': {
      const [first, second] = test.operands
      if (first === undefined) return null
      if (test.operator === 'not') {
        const inner = emptiness(first, depth + 1)
        return inner === null ? null : { ...inner, empty: !inner.empty }
      }
      const isEqual = test.operator === 'equal'
      if (second === undefined || (!isEqual && test.operator !== 'not-equal')) return null
      const tested = isEmpty(second) ? first : isEmpty(first) ? second : null
      const key = tested === null ? null : keyOf(tested, 0)
      return key === null ? null : { key, empty: isEqual, compared: true }
    }
    case 'call': {
      const name =
        test.callee.kind === 'member' && test.callee.key.kind === 'constant' ? String(test.callee.key.value) : ''
      if (test.callee.kind !== 'member' || (!emptyMethods.test(name) && !filledMethods.test(name))) return null
      // v.isEmpty(), StringUtils.isBlank(v)
      const tested = test.arguments.length === 0 ? test.callee.object : test.arguments[0]!.value
      const key = keyOf(tested, 0)
      return key === null ? null : { key, empty: emptyMethods.test(name), compared: true }
    }
    default: {
      const key = keyOf(test, 0)
      return key === null ? null : { key, empty: false, compared: false }
    }
  }
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'global') return value.name === 'undefined'
  return value.kind === 'constant' && (value.value === '' || value.value === null || value.value === undefined)
}

/** A name or a member of one, as a text; what was trimmed is the same. */
function keyOf(value: Value, depth: number): string | null {
  if (depth > deepest) return null
  // (v := f()) is not None
  if (value.kind === 'assignment') return value.target.kind === 'binding' ? value.target.binding : null
  if (value.kind === 'cast') return keyOf(value.value, depth + 1)
  if (value.kind === 'reference') return value.binding
  if (value.kind === 'global') return `global ${value.name}`
  if (value.kind === 'member') {
    const object = value.key.kind === 'constant' ? keyOf(value.object, depth + 1) : null
    return object === null || value.key.kind !== 'constant' ? null : `${object}.${String(value.key.value)}`
  }
  if (value.kind !== 'call' || value.callee.kind !== 'member' || value.callee.key.kind !== 'constant') return null
  if (!/^(?:trim|strip|TrimSpace)$/.test(String(value.callee.key.value))) return null
  return keyOf(value.arguments[0]?.value ?? value.callee.object, depth + 1)
}

function uses(value: Value, tested: Tested): boolean {
  return tested.compared ? mentions(value, tested.key) : keyOf(value, 0) === tested.key
}

/** Whether a value is made of the one that has this key. */
function mentions(value: Value, key: string, depth = 0): boolean {
  if (depth > deepest) return false
  if (keyOf(value, 0) === key) return true
  switch (value.kind) {
    case 'cast':
    case 'await':
      return mentions(value.value, key, depth + 1)
    case 'call':
      return (
        value.arguments.some((one) => mentions(one.value, key, depth + 1)) ||
        (value.callee.kind === 'member' && mentions(value.callee.object, key, depth + 1))
      )
    case 'template':
      return value.parts.some((part) => typeof part !== 'string' && mentions(part, key, depth + 1))
    case 'operation':
      return value.carries && value.operands.some((one) => mentions(one, key, depth + 1))
    default:
      return false
  }
}
