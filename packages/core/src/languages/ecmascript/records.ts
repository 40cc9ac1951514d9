/** Object literals → Record. */
import type { RecordEntry, Value } from '../../ir/ir.js'
import { keyOf } from './chains.js'
import { expression } from './expressions.js'
import { documented, type Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { endOf, spanOf, startOf, type Syntax } from './syntax.js'

// { a: 1, b, [c]: 2, d() {}, get e() {}, ...f }
export function record(l: Lowering, node: Syntax): Value {
  const entries = node.properties.map((property: Syntax) => entry(l, property))
  return { kind: 'record', entries, span: spanOf(node) }
}

function entry(l: Lowering, node: Syntax): RecordEntry {
  const span = spanOf(node)
  const comment = documented(l.comments.of(startOf(node), endOf(node)))
  // ...rest
  if (node.type === 'SpreadElement') return { key: null, value: expression(l, node.argument), ...comment, span }
  const key = keyOf(l, node.key, node.computed === true)
  const value = expression(l, node.value, { name: keyName(key), span: spanOf(node.key) })
  // get phone() { return x }: the entry holds what it returns
  if (node.kind === 'get') {
    return { key, value: { kind: 'call', callee: value, arguments: [], construct: false, span }, ...comment, span }
  }
  // set phone(x) {}: a function that nothing reads
  if (node.kind === 'set') return { key: constant(`set ${keyName(key)}`, spanOf(node.key)), value, ...comment, span }
  return { key, value, ...comment, span }
}

export function keyName(key: Value): string {
  return key.kind === 'constant' ? String(key.value) : ''
}
