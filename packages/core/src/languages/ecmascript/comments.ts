/** Comments of an ESTree tree, without their markers. */
import type { Comment } from '../../ir/ir.js'
import type { SourceComment } from '../comments.js'
import { isSyntax, spanOf, startOf, type Syntax } from './syntax.js'

/** All comments in order, without their markers. A hashbang is none. */
export function commentsOf(comments: readonly unknown[]): Comment[] {
  return sorted(comments).map((comment) => ({ span: spanOf(comment), text: commentText(comment) }))
}

export function sourceComments(comments: readonly unknown[]): SourceComment[] {
  return sorted(comments).map((comment) => ({
    ...spanOf(comment),
    block: comment.type.startsWith('Block'),
    text: commentText(comment),
  }))
}

function sorted(comments: readonly unknown[]): Syntax[] {
  return comments
    .filter((comment): comment is Syntax => isSyntax(comment) && /^(Block|Line)/.test(comment.type))
    .sort((a, b) => startOf(a) - startOf(b))
}

function commentText(comment: Syntax): string {
  const value = String(comment.value ?? '')
  if (!comment.type.startsWith('Block')) return value.replace(/^\/+/, '').trim()
  return value
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/^\s*\*+(?!\/)/, '').trim())
    .join('\n')
    .trim()
}
