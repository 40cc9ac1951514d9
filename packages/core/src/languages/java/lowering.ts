/**
 * What is known while one Java file is lowered: scopes of local names, the class it is in with its members, what it has found so
 * far. Every recursion counts its depth; what is over the bound keeps the names it mentions.
 */
import { reference, spanOf } from '../nodes.js'
import type { Entity, Gap, Import, Unknown } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { mentioned, within } from '../bounds.js'
import { CommentIndex, type SourceComment } from '../comments.js'
import { errorsOf, isComment, type SyntaxNode } from '../tree.js'

/** A class around the code, with the names of its members. */
export interface Holder {
  binding: string
  /** Binding of `this` inside; null in static code of a class without instances. */
  receiver: string
  /** Name of a field or method → whether it is static. */
  members: ReadonlyMap<string, boolean>
  /** Its fields hold the settings below this name. */
  prefix: string | null
  /** Of a class of settings: classes within it, with the field that holds one. */
  inner?: Map<string, string>
  outer: Holder | null
}

export interface Lowering {
  readonly path: string
  readonly text: string
  readonly comments: CommentIndex
  scopes: Map<string, string>[]
  holder: Holder | null
  /** Receivers that are seen here: of the class and those around it. */
  depth: number
  readonly imports: Import[]
  readonly entities: Entity[]
  readonly gaps: Gap[]
  /** Types by their simple names: declared here or imported. */
  readonly types: Map<string, string>
  /** `import static a.B.c`: name → binding of the class. */
  readonly statics: Map<string, string>
  /** Packages that are imported as a whole. */
  readonly wildcards: string[]
  counts: Map<string, number>
}

export function startLowering(
  path: string,
  text: string,
  comments: readonly SourceComment[],
  root: SyntaxNode,
): Lowering {
  return {
    path,
    text,
    comments: new CommentIndex(text, comments),
    scopes: [],
    holder: null,
    depth: 0,
    imports: [],
    entities: [],
    gaps: errorsOf(path, root),
    types: new Map(),
    statics: new Map(),
    wildcards: [],
    counts: new Map(),
  }
}

export function unique(l: Lowering, name: string): string {
  const count = (l.counts.get(name) ?? 0) + 1
  l.counts.set(name, count)
  return count === 1 ? name : `${name}#${count}`
}

export function declare(l: Lowering, name: string): string {
  const binding = unique(l, name)
  l.scopes.at(-1)?.set(name, binding)
  return binding
}

export function findLocal(l: Lowering, name: string): string | null {
  for (let at = l.scopes.length - 1; at >= 0; at--) {
    const found = l.scopes[at]!.get(name)
    if (found !== undefined) return found
  }
  return null
}

export function inScope<T>(l: Lowering, lower: () => T): T {
  l.scopes.push(new Map())
  const result = lower()
  l.scopes.pop()
  return result
}

export function textOf(l: Lowering, node: SyntaxNode): string {
  return l.text.slice(node.start, node.end)
}

export function commentOf(l: Lowering, node: Span): string | undefined {
  return l.comments.of(node.start, node.end)
}

export function documented(...comments: (string | undefined)[]): { comment?: string } {
  const comment = comments.filter((one) => one !== undefined && one !== '').join('\n')
  return comment === '' ? {} : { comment }
}

export function deeper<T>(l: Lowering, node: SyntaxNode, lower: () => T, over: (cut: Unknown) => T): T {
  return within(l, node, lower, () => over(notUnderstood(l, node)))
}

/** Syntax that is not lowered: the names in it are kept. */
export function notUnderstood(l: Lowering, root: SyntaxNode): Unknown {
  return mentioned(
    root,
    (node) => textOf(l, node),
    (name, node) => {
      const binding = findLocal(l, name)
      return binding === null ? null : reference(binding, spanOf(node))
    },
  )
}

export function commentsIn(text: string, root: SyntaxNode): SourceComment[] {
  const comments: SourceComment[] = []
  const stack = [root]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (isComment(node)) {
      const written = text.slice(node.start, node.end)
      const block = written.startsWith('/*')
      const inner = block
        ? written
            .replace(/^\/\*+|\*+\/$/g, '')
            .split('\n')
            .map((line) => line.replace(/^\s*\*+ ?/, '').trim())
            .join('\n')
        : written.replace(/^\/+/, '')
      comments.push({ start: node.start, end: node.end, block, text: inner.trim() })
    }
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
  return comments.sort((a, b) => a.start - b.start)
}
