/**
 * What is known while one file is lowered: its scopes, the function and class it is in, what it has found so far. Trees may be
 * hostile, so every recursion counts its depth, and what is over the bound becomes an `unknown` that keeps the names it mentions.
 */
import { member, reference, spanOf } from '../nodes.js'
import type { Entity, Export, Gap, Import, Pattern, Statement, Unknown, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { within } from '../bounds.js'
import { CommentIndex, type SourceComment } from '../comments.js'
import { errorsOf, isComment, namedOf, type SyntaxNode } from '../tree.js'
import { Names, Scope } from './scope.js'

/** Nested syntax that is lowered; what is deeper is cut. */
/** Names that a cut keeps. */
const maxResidue = 500

/** The function that statements are in. */
export interface Frame {
  /** Binding of `self` or `cls`; null outside methods. */
  receiver: string | null
  /** A function under `@contextmanager`: what it yields is what `with` binds. */
  givesContext: boolean
}

export interface Lowering {
  readonly path: string
  readonly text: string
  readonly comments: CommentIndex
  readonly names: Names
  scope: Scope
  frame: Frame
  depth: number
  readonly imports: Import[]
  readonly exports: Export[]
  readonly entities: Entity[]
  readonly gaps: Gap[]
  /** Dotted imports, `import a.b`: name in code → binding of the module's namespace. */
  readonly dotted: Map<string, string>
  /** Whether names may come from `from x import *`, and those that were looked for there. */
  star: boolean
  readonly starred: Set<string>
  /** `Outer.` inside a class: entities are named as types name them. */
  classPath: string
  /** Bindings of names that the module takes from packages: binding → `functools.partial`. */
  readonly origins: Map<string, string>
}

export function startLowering(
  path: string,
  text: string,
  comments: readonly SourceComment[],
  root: SyntaxNode,
): Lowering {
  const names = new Names()
  return {
    path,
    text,
    comments: new CommentIndex(text, comments),
    names,
    scope: new Scope(null, names, 'module'),
    frame: { receiver: null, givesContext: false },
    depth: 0,
    imports: [],
    exports: [],
    entities: [],
    gaps: errorsOf(path, root),
    dotted: new Map(),
    star: false,
    starred: new Set(),
    classPath: '',
    origins: new Map(),
  }
}

export function commentsIn(text: string, root: SyntaxNode): SourceComment[] {
  const comments: SourceComment[] = []
  const stack = [root]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (isComment(node)) {
      const { start, end } = node
      comments.push({
        start,
        end,
        block: false,
        text: text
          .slice(start, end)
          .replace(/^#+!?[:\s]*/, '')
          .trim(),
      })
    }
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
  return comments
}

export function textOf(l: Lowering, node: SyntaxNode): string {
  return l.text.slice(node.start, node.end)
}

/** Runs in a new scope inside the current one. */
export function inScope<T>(l: Lowering, scope: Scope, lower: () => T): T {
  const outer = l.scope
  l.scope = scope
  const result = lower()
  l.scope = outer
  return result
}

export function bind(l: Lowering, binding: string, name: string, value: Value | null, span: Span): Statement {
  const pattern: Pattern = { kind: 'binding', binding, name, span }
  return { kind: 'bind', pattern, value, span }
}

/** A binding that no name of the code has. */
export function temporary(l: Lowering): string {
  return l.names.unique('.t')
}

/** `{ comment }` where there is one, to spread into a node. */
export function documented(comment: string | undefined): { comment?: string } {
  return comment === undefined || comment === '' ? {} : { comment }
}

export function commentOf(l: Lowering, node: Span): string | undefined {
  return l.comments.of(node.start, node.end)
}

/** Runs one level deeper; over the bound, what is inside is read only for the names it mentions. */
export function deeper<T>(l: Lowering, node: SyntaxNode, lower: () => T, over: (cut: Unknown) => T): T {
  return within(l, node, lower, () => over({ ...notUnderstood(l, node), reason: 'cut' }))
}

/** Syntax that this version does not know, or that the parser did not understand: the names in it are kept. */
export function notUnderstood(l: Lowering, node: SyntaxNode): Unknown {
  return { kind: 'unknown', children: residue(l, node), reason: node.type, span: spanOf(node) }
}

/** The names that syntax mentions, without recursion. */
function residue(l: Lowering, root: SyntaxNode): Value[] {
  const values: Value[] = []
  const seen = new Set<string>()
  const stack = [root]
  while (stack.length > 0 && values.length < maxResidue) {
    const node = stack.pop()!
    if (node.type === 'identifier') {
      const name = textOf(l, node)
      if (node.field === 'attribute' || seen.has(name)) continue
      seen.add(name)
      values.push(nameValue(l, name, spanOf(node)))
      continue
    }
    const children = node.type === 'keyword_argument' ? namedOf(node).slice(1) : node.children
    for (let at = children.length - 1; at >= 0; at--) stack.push(children[at]!)
  }
  return values
}

/** What a name stands for where it is read. */
export function nameValue(l: Lowering, name: string, span: Span): Value {
  const found = l.scope.find(name)
  if (found !== null && found.kind === 'class')
    return found.holder === null ? reference(found.binding, span) : member(reference(found.holder, span), name, span)
  if (found !== null) return reference(found.binding, span)
  if (l.star && !isBuiltin(name)) return reference(starImport(l, name, span), span)
  return { kind: 'global', name, span }
}

const builtins = new Set(
  `abs all any ascii bin bool bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format
  frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open
  ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ __name__ __file__`.split(
    /\s+/,
  ),
)

export function isBuiltin(name: string): boolean {
  return builtins.has(name) || /^[A-Z]\w*(?:Error|Exception|Warning)$/.test(name)
}

/** `from x import *` may bind any name: it is looked for among what this module itself exports. */
function starImport(l: Lowering, name: string, span: Span): string {
  let root = l.scope
  while (root.parent !== null) root = root.parent
  const binding = root.declare(name)
  l.starred.add(binding)
  const own = l.path.slice(l.path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  l.imports.push({ binding, from: own === '__init__' ? '.' : `.${own}`, name, typeOnly: false, span })
  return binding
}
