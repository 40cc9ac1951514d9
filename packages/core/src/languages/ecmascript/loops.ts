/** Loops. Their `break` is their own, whatever switch they stand in. */
import type { Statement } from '../../ir/ir.js'
import { expression } from './expressions.js'
import { expressionStatement, inScope, type Lowering } from './lowering.js'
import { pattern } from './patterns.js'
import { declareBlock } from './scope.js'
import { body, statement } from './statements.js'
import { spanOf, type Syntax } from './syntax.js'

function loopBody(l: Lowering, node: Syntax): Statement[] {
  const outer = l.frame.breaks
  l.frame.breaks = null
  const lowered = body(l, node)
  l.frame.breaks = outer
  return lowered
}

// for (let i = 0; i < n; i++) {…}
export function forLoop(l: Lowering, node: Syntax, out: Statement[]): void {
  inScope(l, () => {
    const before: Statement[] = []
    if (node.init?.type === 'VariableDeclaration') {
      declareBlock(l.scope, [node.init])
      statement(l, node.init, before)
    } else if (node.init != null) before.push(expressionStatement(expression(l, node.init)))
    const test = node.test == null ? null : expression(l, node.test)
    const inside = loopBody(l, node.body)
    const after = node.update == null ? [] : [expressionStatement(expression(l, node.update))]
    const span = spanOf(node)
    out.push({ kind: 'loop', form: 'while', before, pattern: null, over: null, test, body: inside, after, span })
  })
}

// for (const customer of customers) {…}, for await (…), for (const key in record) {…}
export function forEach(l: Lowering, node: Syntax, out: Statement[]): void {
  const over = expression(l, node.right)
  inScope(l, () => {
    const declares = node.left.type === 'VariableDeclaration'
    if (declares) declareBlock(l.scope, [node.left])
    const target = declares ? pattern(l, node.left.declarations[0].id, node.left) : pattern(l, node.left)
    out.push({
      kind: 'loop',
      form: node.type === 'ForOfStatement' ? 'of' : 'in',
      before: [],
      pattern: target,
      over,
      test: null,
      body: loopBody(l, node.body),
      after: [],
      span: spanOf(node),
    })
  })
}

// while (a) {…}
export function whileLoop(l: Lowering, node: Syntax, out: Statement[]): void {
  const test = expression(l, node.test)
  const inside = loopBody(l, node.body)
  const span = spanOf(node)
  out.push({ kind: 'loop', form: 'while', before: [], pattern: null, over: null, test, body: inside, after: [], span })
}

// do {…} while (a): the test ends each round
export function repeat(l: Lowering, node: Syntax, out: Statement[]): void {
  const inside = loopBody(l, node.body)
  const span = spanOf(node.test)
  const leave: Statement = { kind: 'jump', to: 'break', span }
  const after: Statement[] = [{ kind: 'branch', test: expression(l, node.test), then: [], otherwise: [leave], span }]
  const loop = { kind: 'loop', form: 'while', before: [], pattern: null, over: null, test: null } as const
  out.push({ ...loop, before: [], body: inside, after, span: spanOf(node) })
}
