/**
 * Concrete syntax as a grammar gives it, as plain data: whoever runs the parser copies its tree into this, so that lowering holds
 * nothing of the parser. Offsets count UTF-16 units of the text that was parsed. Trees may be hostile: as deep as the text is
 * long, with `ERROR` nodes and nodes that are missing in the text.
 */
import type { Gap } from '../gap.js'
import type { Span } from '../location.js'

export interface SyntaxNode extends Span {
  type: string
  /** false: a keyword or operator, whose type is its text. */
  named: boolean
  /** Name of the field it stands under in its parent. */
  field: string | null
  /** Named children, keywords and operators; brackets, quotes and separators are left out unless a field names them. */
  children: readonly SyntaxNode[]
  /** Not in the text: the parser went on as if it were. */
  missing: boolean
}

/** First child under a field. */
export function fieldOf(node: SyntaxNode, field: string): SyntaxNode | null {
  return node.children.find((child) => child.field === field) ?? null
}

export function fieldsOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === field)
}

/** Named children, comments left out. */
export function namedOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named && !isComment(child))
}

/** Whether a keyword or operator stands directly in a node: `async`, `*`. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token)
}

export function isComment(node: SyntaxNode): boolean {
  return node.type === 'comment' || node.type === 'line_comment' || node.type === 'block_comment'
}

const mostErrors = 20

/** Where the text was not understood, as gaps with their places; what is around them was. */
export function errorsOf(path: string, root: SyntaxNode): Gap[] {
  const gaps: Gap[] = []
  const stack = [root]
  while (stack.length > 0 && gaps.length < mostErrors) {
    const node = stack.pop()!
    if (node.type === 'ERROR' || node.missing) {
      gaps.push({
        file: path,
        span: { start: node.start, end: node.end },
        kind: 'parse',
        reason: node.missing
          ? { en: `syntax error: ${node.type} is missing`, ja: `構文エラー: ${node.type} がありません` }
          : { en: 'syntax error: this part was not understood', ja: '構文エラー: この部分を解釈できません' },
      })
      continue
    }
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
  return gaps
}
