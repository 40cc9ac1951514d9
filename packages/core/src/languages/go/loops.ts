/** `range`: elements of lists and maps, of channels and iterators; a single name is an index, or what a channel or iterator gives. */
import type { Loop, Pattern, Value } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { fieldOf, hasToken, type SyntaxNode } from '../tree.js'
import { itemsOf, placeOf } from './assignments.js'
import { expression } from './expressions.js'
import { declare, findLocal, notUnderstood, textOf, type Lowering } from './lowering.js'
import { body } from './statements.js'

const iterators =
  /(?:^|[^a-z])(?:ch|chan|channel|queue|jobs|results|stream|seq|iter|lines|events)\w*$|Ch(?:an)?$|Seq$|Iter$/

export function rangeLoop(l: Lowering, clause: SyntaxNode, inner: SyntaxNode | null, span: Value['span']): Loop {
  const right = fieldOf(clause, 'right')
  const over = right === null ? notUnderstood(l, clause) : expression(l, right)
  const names = itemsOf(fieldOf(clause, 'left'))
  const declares = hasToken(clause, ':=')
  const patterns = names.map((name) => target(l, name, declares))
  const single = names.length === 1 && right !== null && givesElements(l, right)
  const pattern = single ? patterns[0]! : (patterns[1] ?? null)
  const before = { before: [], test: null, after: [] }
  return { kind: 'loop', form: 'of', ...before, pattern, over, body: body(l, inner), span }
}

function target(l: Lowering, name: SyntaxNode, declares: boolean): Pattern | null {
  const written = textOf(l, name)
  if (written === '_') return null
  if (!declares) return placeOf(l, name)
  return { kind: 'binding', binding: declare(l, written), name: written, span: spanOf(name) }
}

/** for v := range ch, for v := range maps.Values(m) */
function givesElements(l: Lowering, node: SyntaxNode): boolean {
  if (node.type === 'call_expression') return true
  const written = textOf(l, node)
  const binding = node.type === 'identifier' ? findLocal(l, written) : null
  if (binding !== null && l.channels.has(binding)) return true
  return binding !== null && l.types.has(binding) ? false : iterators.test(written)
}
