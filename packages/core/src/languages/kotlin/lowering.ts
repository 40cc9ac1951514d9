/**
 * What is known while one Kotlin file is lowered: names of locals, implicit receivers and classes around the code, inner ones last.
 * Expressions that hold statements (`if`, `when`, `try`, `?: return`, scope functions) put these into `pending`, before the
 * statement that they stand in. Every recursion counts its depth; what is over the bound keeps the names it mentions.
 */
import type { Entity, Gap, Import, Statement, Unknown } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { mentioned, within } from '../bounds.js'
import { CommentIndex, type SourceComment } from '../comments.js'
import { reference, spanOf } from '../nodes.js'
import { errorsOf, type SyntaxNode } from '../tree.js'

/** A class around the code: its members by name, and how each is reached. */
export interface Holder {
  kind: 'class'
  name: string
  binding: string
  /** Binding of `this` inside. */
  receiver: string
  members: ReadonlyMap<string, 'instance' | 'static'>
  /** It has parents, whose members are not known here. */
  inherits: boolean
}

/** `this` of an extension function or of a lambda with a receiver: what its members are is not known here. */
export interface ImplicitReceiver {
  kind: 'receiver'
  binding: string
  label: string
  /** What is called by name only is kept under that name. */
  builder?: boolean
}

interface Names {
  kind: 'names'
  names: Map<string, string>
}

export type Context = Holder | ImplicitReceiver | Names

/** What `return@label` does inside a body that was put in line: leaves the block, with its value. */
export interface Exit {
  label: string
  block: string
  into: string | null
  /** `continue`, of a loop */
  next: boolean
}

export interface Lowering {
  readonly path: string
  readonly text: string
  readonly comments: CommentIndex
  contexts: Context[]
  pending: Statement[]
  exits: Exit[]
  depth: number
  readonly imports: Import[]
  readonly entities: Entity[]
  readonly gaps: Gap[]
  /** What the file declares at its top, and imports by name. */
  readonly tops: Map<string, string>
  /** Those of them that it declares itself. */
  readonly declared: Set<string>
  /** Types within types, by their simple names. */
  readonly nested: Map<string, string>
  /** Names of the functions and properties among these that extend a type. */
  readonly extensions: Map<string, 'function' | 'property'>
  /** `import a.B.c`: name → binding of `B` and the path from there. */
  readonly inner: Map<string, { binding: string; path: readonly string[] }>
  /** Names looked for in the file's own package and in those imported as a whole. */
  readonly sought: Map<string, string>
  /** Packages that are imported as a whole. */
  readonly wildcards: string[]
  /** The file's own package. */
  package: string
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
    contexts: [],
    pending: [],
    exits: [],
    depth: 0,
    imports: [],
    entities: [],
    gaps: errorsOf(path, root),
    tops: new Map(),
    declared: new Set(),
    nested: new Map(),
    extensions: new Map(),
    inner: new Map(),
    sought: new Map(),
    wildcards: [],
    package: '',
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
  alias(l, name, binding)
  return binding
}

/** Lets a name stand for a binding that is there already. */
export function alias(l: Lowering, name: string, binding: string): void {
  const last = l.contexts.at(-1)
  if (last?.kind === 'names') last.names.set(name, binding)
}

export function inScope<T>(l: Lowering, lower: () => T, ...around: Context[]): T {
  const size = l.contexts.length
  l.contexts.push(...around, { kind: 'names', names: new Map() })
  const result = lower()
  l.contexts.length = size
  return result
}

/** A function's body: nothing in it leaves what is around it, and its statements are its own. */
export function inFunction<T>(l: Lowering, lower: () => T, ...around: Context[]): T {
  const { pending, exits } = l
  l.pending = []
  l.exits = []
  const result = inScope(l, lower, ...around)
  l.pending = pending
  l.exits = exits
  return result
}

export function findLocal(l: Lowering, name: string): string | null {
  for (let at = l.contexts.length - 1; at >= 0; at--) {
    const context = l.contexts[at]!
    const found = context.kind === 'names' ? context.names.get(name) : undefined
    if (found !== undefined) return found
  }
  return null
}

/** The class around the code, if any. */
export function holderOf(l: Lowering): Holder | null {
  return l.contexts.findLast((context): context is Holder => context.kind === 'class') ?? null
}

export function textOf(l: Lowering, node: SyntaxNode): string {
  return l.text.slice(node.start, node.end)
}

/** `` `in` `` is the name `in`. */
export function nameOf(l: Lowering, node: SyntaxNode | null): string {
  return node === null ? '' : textOf(l, node).replaceAll('`', '')
}

export function commentOf(l: Lowering, node: Span): string | undefined {
  return l.comments.of(node.start, node.end)
}

export function deeper<T>(l: Lowering, node: SyntaxNode, lower: () => T, over: (cut: Unknown) => T): T {
  return within(l, node, lower, () => over(notUnderstood(l, node)))
}

/** Syntax that is not lowered: the names in it are kept. */
export function notUnderstood(l: Lowering, root: SyntaxNode): Unknown {
  return mentioned(
    root,
    (node) => nameOf(l, node),
    (name, node) => {
      const binding = findLocal(l, name)
      return binding === null ? null : reference(binding, spanOf(node))
    },
  )
}
