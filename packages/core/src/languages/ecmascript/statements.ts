/** Statements. Functions are bound at their block's start; what can't run after a return, throw or jump is dropped. */
import type { Pattern, Statement, Value } from '../../ir/ir.js'
import { ambientClass, classValue } from './classes.js'
import { contextual } from './contextual.js'
import { expression } from './expressions.js'
import { ambientFunction, functionValue, namingOf } from './functions.js'
import {
  commentOf,
  cut,
  documented,
  expressionStatement,
  inScope,
  maxChain,
  maxDepth,
  notUnderstood,
  type Lowering,
} from './lowering.js'
import { forEach, forLoop, repeat, whileLoop } from './loops.js'
import { exportAll, exportAssignment, exportDefault, exportNamed, importAlias } from './modules.js'
import { enumeration, namespace } from './namespaces.js'
import { pattern } from './patterns.js'
import { declareBlock } from './scope.js'
import { switchStatement } from './switch.js'
import { isSyntax, spanOf, type Syntax } from './syntax.js'
import { declareEntity } from './types.js'

/** Lowers the statements of a block whose names are declared already. */
export function block(l: Lowering, statements: readonly Syntax[]): Statement[] {
  const out: Statement[] = []
  for (const node of statements) if (isHoisted(node)) statement(l, node, out)
  for (const node of statements) {
    const dead = terminates(out)
    if (isHoisted(node) || (dead && !isErased(node))) continue
    statement(l, node, out)
  }
  return out
}

/** The same for a statement that may be a block with its own scope: the arm of an `if`, a loop's body. */
export function body(l: Lowering, node: Syntax | null | undefined): Statement[] {
  if (node == null) return []
  const statements: Syntax[] = node.type === 'BlockStatement' ? node.body : [node]
  return inScope(l, () => {
    declareBlock(l.scope, statements)
    return block(l, statements)
  })
}

/** The declaration of `export …`, or the statement itself. */
function declarationOf(node: Syntax): Syntax {
  const exported = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
  return exported && isSyntax(node.declaration) ? node.declaration : node
}

function isHoisted(node: Syntax): boolean {
  return declarationOf(node).type === 'FunctionDeclaration'
}

function isErased(node: Syntax): boolean {
  const { type } = declarationOf(node)
  return type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration' || type.startsWith('Export')
}

/** Whether nothing that follows these statements can run. */
export function terminates(statements: readonly Statement[]): boolean {
  let last = statements.at(-1)
  for (let levels = 0; last !== undefined && levels < maxChain; levels++) {
    if (last.kind === 'return' || last.kind === 'throw' || last.kind === 'jump') return true
    if (last.kind === 'branch') {
      if (!endsInExit(last.then)) return false
      last = last.otherwise.at(-1)
    } else if (last.kind === 'block' && last.label === undefined) last = last.body.at(-1)
    else if (last.kind === 'try') {
      if (endsInExit(last.finalizer)) return true
      if (last.handler.length > 0 && !endsInExit(last.handler)) return false
      last = last.block.at(-1)
    } else return false
  }
  return false
}

function endsInExit(statements: readonly Statement[]): boolean {
  const last = statements.at(-1)
  return last !== undefined && (last.kind === 'return' || last.kind === 'throw' || last.kind === 'jump')
}

export function statement(l: Lowering, node: Syntax, out: Statement[]): void {
  if (l.depth >= maxDepth) {
    out.push(expressionStatement(cut(l, node)))
    return
  }
  l.depth++
  const lower = statements[node.type]
  if (lower === undefined) out.push(expressionStatement(notUnderstood(l, node)))
  else lower(l, node, out)
  l.depth--
}

type Lower = (l: Lowering, node: Syntax, out: Statement[]) => void

const nothing: Lower = () => {}

const statements: Readonly<Record<string, Lower>> = {
  // f(x); a directive is no code
  ExpressionStatement: (l, node, out) => {
    if (node.directive == null) out.push({ ...expressionStatement(expression(l, node.expression)), span: spanOf(node) })
  },
  EmptyStatement: nothing,
  DebuggerStatement: nothing,
  VariableDeclaration: variables,
  FunctionDeclaration: (l, node, out) => {
    const comment = documented(commentOf(l, node))
    const value = { ...functionValue(l, node), ...comment }
    out.push(declaration(l, node, value))
  },
  // declare function f(x: string): Customer; an overload's signature is no function
  TSDeclareFunction: (l, node, out) => {
    if (node.declare === true || l.ambient) out.push(declaration(l, node, ambientFunction(l, node, commentOf(l, node))))
  },
  ClassDeclaration: (l, node, out) => {
    if (node.declare === true || l.ambient) ambientClass(l, node)
    else out.push(declaration(l, node, classValue(l, node)))
  },
  // return, return x
  ReturnStatement: (l, node, out) => {
    const value = node.argument == null ? null : expression(l, node.argument)
    out.push({ kind: 'return', value, span: spanOf(node) })
  },
  // throw x
  ThrowStatement: (l, node, out) => {
    out.push({ kind: 'throw', value: expression(l, node.argument), span: spanOf(node) })
  },
  BreakStatement: jump,
  ContinueStatement: jump,
  IfStatement: branch,
  SwitchStatement: switchStatement,
  ForStatement: forLoop,
  ForInStatement: forEach,
  ForOfStatement: forEach,
  WhileStatement: whileLoop,
  DoWhileStatement: repeat,
  TryStatement: attempt,
  BlockStatement: (l, node, out) => {
    out.push({ kind: 'block', body: body(l, node), span: spanOf(node) })
  },
  LabeledStatement: labelled,
  // with (x) {…}
  WithStatement: (l, node, out) => {
    out.push(expressionStatement(expression(l, node.object)))
    out.push({ kind: 'block', body: body(l, node.body), span: spanOf(node) })
  },
  TSInterfaceDeclaration: (l, node) => declareEntity(l, node, commentOf(l, node)),
  TSTypeAliasDeclaration: (l, node) => declareEntity(l, node, commentOf(l, node)),
  TSEnumDeclaration: enumeration,
  TSModuleDeclaration: namespace,
  // imports are declared before anything else is lowered
  ImportDeclaration: nothing,
  TSImportEqualsDeclaration: importAlias,
  ExportNamedDeclaration: exportNamed,
  ExportDefaultDeclaration: exportDefault,
  ExportAllDeclaration: exportAll,
  TSExportAssignment: exportAssignment,
  TSNamespaceExportDeclaration: nothing,
}

/** `function f() {}`, `class C {}`: binds the value to its name; without one (a default export) to `default`. */
function declaration(l: Lowering, node: Syntax, value: Value): Statement {
  const name = node.id ?? null
  const comment = documented(commentOf(l, node))
  const span = spanOf(name ?? node)
  const binding = name === null ? l.names.unique('default') : l.scope.find(name.name, 'value')!.binding
  const target: Pattern = { kind: 'binding', binding, name: name?.name ?? 'default', ...comment, span }
  l.bound.add(binding)
  return { kind: 'bind', pattern: target, value, span: spanOf(node), ...exported(l, node) }
}

export function exported(l: Lowering, node: Syntax): { exported?: true } {
  const own = l.exporting !== null && l.exporting.declaration === node && l.namespace === null
  return own ? { exported: true } : {}
}

// const a = 1, { b } = c; let d; using e = f(); declare const g: G
function variables(l: Lowering, node: Syntax, out: Statement[]): void {
  const declarators: Syntax[] = node.declarations
  const documenting = l.exporting !== null && l.exporting.declaration === node ? l.exporting : node
  const mark = exported(l, node)
  l.exporting = null
  for (const declarator of declarators) {
    const declared = declarators.length === 1 ? documenting : declarator
    const target = pattern(l, declarator.id, declared)
    const span = spanOf(declarator)
    const init = contextual(declarator.id, declarator.init)
    let value = init == null ? null : expression(l, init, namingOf(declarator.id))
    // declare const g: G is a global of the outside, a Svelte component's export let customer: Customer is given from there
    const given = l.ambient || (l.component === 'svelte' && mark.exported === true)
    const outside = node.declare === true || (value === null && given)
    if (outside && target.kind === 'binding') value = { kind: 'global', name: target.name, span }
    out.push({ kind: 'bind', pattern: target, value, span, ...mark })
  }
}

// break, continue label; a break of a switch goes to the label that stands for it
function jump(l: Lowering, node: Syntax, out: Statement[]): void {
  const to = node.type === 'BreakStatement' ? 'break' : 'continue'
  let label: string | undefined = node.label?.name
  if (label === undefined && to === 'break' && l.frame.breaks !== null) {
    l.frame.breaks.used = true
    label = l.frame.breaks.label
  }
  out.push({ kind: 'jump', to, ...(label === undefined ? {} : { label }), span: spanOf(node) })
}

// if (a) {…} else if (b) {…} else {…}
function branch(l: Lowering, node: Syntax, out: Statement[]): void {
  const arms: { node: Syntax; test: Value; then: Statement[] }[] = []
  let at: Syntax | null | undefined = node
  for (; at?.type === 'IfStatement'; at = at.alternate) {
    arms.push({ node: at, test: expression(l, at.test), then: body(l, at.consequent) })
  }
  const last = body(l, at)
  out.push(
    ...branches(
      arms.map((arm) => ({ test: arm.test, then: arm.then, span: spanOf(arm.node) })),
      last,
    ),
  )
}

/** Nests the arms of a decision. What is over the bound stands side by side: each may run. */
export function branches(
  arms: readonly { test: Value; then: Statement[]; span: Statement['span'] }[],
  last: Statement[],
): Statement[] {
  let otherwise = last
  if (arms.length > maxChain) {
    const more = arms.slice(maxChain)
    const span = more[0]!.span
    const maybe: Value = { kind: 'unknown', children: [], span }
    otherwise = [
      ...more.map((arm): Statement => ({ kind: 'branch', ...arm, otherwise: [] })),
      { kind: 'branch', test: maybe, then: last, otherwise: [], span },
    ]
  }
  for (let i = Math.min(arms.length, maxChain) - 1; i >= 0; i--) {
    otherwise = [{ kind: 'branch', ...arms[i]!, otherwise }]
  }
  return otherwise
}

// try {…} catch ({ message }) {…} finally {…}
function attempt(l: Lowering, node: Syntax, out: Statement[]): void {
  const { handler } = node
  const tried = body(l, node.block)
  const caught = handler == null ? null : inScope(l, () => catching(l, handler))
  out.push({
    kind: 'try',
    block: tried,
    caught: caught === null ? null : caught.pattern,
    // catch {}: a handler that does nothing is still a handler
    handler: caught === null ? [] : caught.body.length > 0 ? caught.body : [idle(handler)],
    finalizer: body(l, node.finalizer),
    span: spanOf(node),
  })
}

function idle(node: Syntax): Statement {
  return expressionStatement({ kind: 'constant', value: undefined, span: spanOf(node) })
}

function catching(l: Lowering, node: Syntax): { pattern: Pattern | null; body: Statement[] } {
  if (node.param != null) declareBlock(l.scope, [asDeclaration(node.param)])
  return { pattern: node.param == null ? null : pattern(l, node.param, node.param), body: body(l, node.body) }
}

function asDeclaration(target: Syntax): Syntax {
  return { type: 'VariableDeclaration', kind: 'let', declarations: [{ type: 'VariableDeclarator', id: target }] }
}

// $: phone = customer.phone: a Svelte component's reactive name is bound by its assignment
function reactive(one: Statement): Statement {
  if (one.kind !== 'expression' || one.value.kind !== 'assignment') return one
  return { kind: 'bind', pattern: one.value.target, value: one.value.value, span: one.span }
}

// outer: for (…) {…}
function labelled(l: Lowering, node: Syntax, out: Statement[]): void {
  const inner: Statement[] = []
  statement(l, node.body, inner)
  const only = inner.at(-1)
  const label: string = node.label.name
  if (l.component === 'svelte' && label === '$') {
    out.push(...inner.map(reactive))
    return
  }
  if (only?.kind === 'loop' && only.label === undefined) {
    only.label = label
    out.push(...inner)
  } else out.push({ kind: 'block', label, body: inner, span: spanOf(node) })
}
