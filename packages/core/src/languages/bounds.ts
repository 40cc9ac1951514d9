/** Bounds that lowering keeps on trees as deep as their text is long: over them, the names that are mentioned are kept. */
import type { Gap, Unknown, Value } from '../ir/ir.js'
import { spanOf } from './nodes.js'
import type { SyntaxNode } from './tree.js'

export const maxDepth = 200
const maxResidue = 500
const maxGaps = 20

/** Runs one level deeper; over the bound, a gap says so and `over` gives what stands for the rest. */
export function within<T>(
  l: { readonly path: string; depth: number; readonly gaps: Gap[] },
  node: SyntaxNode,
  lower: () => T,
  over: () => T,
): T {
  if (l.depth >= maxDepth) {
    if (l.gaps.length < maxGaps)
      l.gaps.push({
        file: l.path,
        span: spanOf(node),
        kind: 'cut',
        reason: {
          en: 'nested too deeply; what is inside was read only for the names it mentions',
          ja: '入れ子が深すぎるため、内側は名前だけを読み取りました',
        },
      })
    return over()
  }
  l.depth++
  const result = lower()
  l.depth--
  return result
}

/** Syntax that is not lowered: what its identifiers name, each once. `valueOf` gives null for a name that is nothing here. */
export function mentioned(
  root: SyntaxNode,
  nameOf: (node: SyntaxNode) => string,
  valueOf: (name: string, node: SyntaxNode) => Value | null,
): Unknown {
  const children: Value[] = []
  const seen = new Set<string>()
  const stack = [root]
  while (stack.length > 0 && children.length < maxResidue) {
    const node = stack.pop()!
    const name = node.type === 'identifier' ? nameOf(node) : null
    if (name !== null && !seen.has(name)) {
      const value = valueOf(name, node)
      if (value !== null) children.push(value)
      seen.add(name)
    }
    stack.push(...node.children)
  }
  return { kind: 'unknown', children, reason: root.type, span: spanOf(root) }
}
