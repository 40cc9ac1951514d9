/** Enums and namespaces: records of what they export. */
import type { Pattern, RecordEntry, Statement, Value } from '../../ir/ir.js'
import { expression } from './expressions.js'
import { commentOf, documented, expressionStatement, inScope, type Lowering } from './lowering.js'
import { constant, reference } from '../nodes.js'
import { exportedEntry } from './modules.js'
import { declareBlock, hoistVariables, namespaceName, type Variable } from './scope.js'
import { block, exported } from './statements.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'
import { qualifiedName } from './types.js'

/** Parts of `namespace A.B.C` that are kept apart. */
const maxNamespaces = 32

// enum Region { Tokyo = 'ap-northeast-1', Osaka }
export function enumeration(l: Lowering, node: Syntax, out: Statement[]): void {
  const members: Syntax[] = node.body?.members ?? node.members ?? []
  let next = 0
  const entries = members.map((member): RecordEntry => {
    const name = member.id.type === 'Identifier' ? member.id.name : String(member.id.value ?? '')
    const span = spanOf(member)
    const value = member.initializer == null ? constant(next, span) : expression(l, member.initializer)
    next = value.kind === 'constant' && typeof value.value === 'number' ? value.value + 1 : next + 1
    const comment = documented(l.comments.of(startOf(member), endOf(member)))
    return { key: constant(name, spanOf(member.id)), value, ...comment, span }
  })
  bindRecord(l, node, node.id.name, { kind: 'record', entries, span: spanOf(node) }, out)
}

// namespace OpenAI.Chat { export interface Message {…} export const roles = […] }
export function namespace(l: Lowering, node: Syntax, out: Statement[]): void {
  const statements: Syntax[] = node.body?.body ?? []
  const name = namespaceName(node)
  const ambient = node.declare === true || name === null || l.ambient
  const outer = l.namespace
  const members: NonNullable<Lowering['namespace']> = []
  const outerPath = l.namespacePath
  l.namespace = members
  l.namespacePath = name === null ? outerPath : `${outerPath}${qualifiedName(node.id)}.`
  const lower = () => {
    hoistVariables(l.scope, statements)
    declareBlock(l.scope, statements)
    return statements.length === 0 && node.body?.type === 'TSModuleDeclaration'
      ? nested(l, node.body)
      : block(l, statements)
  }
  // declare global { interface Window {…} }: its names are seen here
  const inner = name === null && node.id.name === 'global' ? lower() : inScope(l, lower)
  l.namespace = outer
  l.namespacePath = outerPath
  if (ambient) return
  out.push({ kind: 'block', body: inner, span: spanOf(node) })
  const span = spanOf(node)
  let value: Value = { kind: 'record', entries: members.filter((one) => !one.typeOnly).map(exportedEntry), span }
  for (const part of qualifiedName(node.id).split('.').slice(1, maxNamespaces).reverse()) {
    value = { kind: 'record', entries: [{ key: constant(part, span), value, span }], span }
  }
  bindRecord(l, node, name, value, out)
}

// namespace A { namespace B {} } as older parsers write namespace A.B {}
function nested(l: Lowering, node: Syntax): Statement[] {
  const out: Statement[] = []
  declareBlock(l.scope, [node])
  namespace(l, node, out)
  return out
}

/** Binds the record to its name; where that is a function, a class or an earlier namespace, adds to it. */
function bindRecord(l: Lowering, node: Syntax, name: string, value: Value, out: Statement[]): void {
  const variable: Variable = l.scope.find(name, 'value')!
  const span = spanOf(node)
  if (l.bound.has(variable.binding) && value.kind === 'record') {
    for (const entry of value.entries) {
      if (entry.key === null) continue
      const object = reference(variable.binding, span)
      const place = { kind: 'member' as const, object, key: entry.key, span }
      const target: Pattern = { kind: 'place', place, span }
      out.push(expressionStatement({ kind: 'assignment', target, value: entry.value, span }))
    }
    return
  }
  l.bound.add(variable.binding)
  const comment = documented(commentOf(l, node))
  const target: Pattern = { kind: 'binding', binding: variable.binding, name, ...comment, span: spanOf(node.id) }
  out.push({ kind: 'bind', pattern: target, value, span, ...exported(l, node) })
}
