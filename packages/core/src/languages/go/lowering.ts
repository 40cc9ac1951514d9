/**
 * What is known while one Go file is lowered: scopes of local names, what the package level declares here, imports, what is known
 * of the types of names. Every recursion counts its depth; what is over the bound keeps the names it mentions.
 */
import type { Entity, Gap, Import, TypeReference, Unknown } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { mentioned, within } from '../bounds.js'
import { CommentIndex, type SourceComment } from '../comments.js'
import { reference, spanOf } from '../nodes.js'
import { errorsOf, isComment, type SyntaxNode } from '../tree.js'

/** A package that is imported: `openai "github.com/…/go-openai"`. */
interface ImportedPackage {
  binding: string
  from: string
  /** Null where the import names none; then its path tells. */
  name: string | null
}

export interface Lowering {
  readonly path: string
  readonly text: string
  readonly comments: CommentIndex
  /** Specifier of the package that the file is of. */
  readonly own: string
  scopes: Map<string, string>[]
  depth: number
  readonly imports: Import[]
  readonly packages: ImportedPackage[]
  readonly entities: Entity[]
  readonly gaps: Gap[]
  /** Names of the package level: declared in this file, or in another of the package and used here. */
  readonly top: Map<string, string>
  /** Structs of this file by name, with their fields' types. */
  readonly structs: Map<string, ReadonlyMap<string, SyntaxNode | null>>
  /** Binding → its declared type. */
  readonly types: Map<string, TypeReference>
  /** `v, ok := …`: the binding that tells whether there is a value → the value's. */
  readonly presence: Map<string, string>
  /** Bindings of buffers and builders: what is written into them stays, whoever is handed them. */
  readonly buffers: Set<string>
  /** Binding → the text of the template, or the text, that it stands for. */
  readonly templates: Map<string, string>
  /** Bindings of requests and clients that statements complete: `request.SetBody(x)`. */
  readonly requests: Set<string>
  /** Bindings of channels. */
  readonly channels: Set<string>
  /** Type parameters that are seen here. */
  typeParameters: ReadonlySet<string>
  /** Result types of the function around, and the bindings of those that are named. */
  results: { types: (TypeReference | undefined)[]; named: string[] }
  /** What an unlabelled `break` leaves, where it is no loop. */
  breaks: { label: string; used: boolean } | null
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
    own: /_test\.go$/.test(path) ? './test' : '.',
    scopes: [],
    depth: 0,
    imports: [],
    packages: [],
    entities: [],
    gaps: errorsOf(path, root),
    top: new Map(),
    structs: new Map(),
    types: new Map(),
    presence: new Map(),
    buffers: new Set(),
    templates: new Map(),
    requests: new Set(),
    channels: new Set(),
    typeParameters: new Set(),
    results: { types: [], named: [] },
    breaks: null,
    counts: new Map(),
  }
}

export function unique(l: Lowering, name: string): string {
  const count = (l.counts.get(name) ?? 0) + 1
  l.counts.set(name, count)
  return count === 1 ? name : `${name}#${count}`
}

/** A name of the innermost scope; one that is there already is the same again (`x, err := …`). */
export function declare(l: Lowering, name: string): string {
  const scope = l.scopes.at(-1)
  const known = scope?.get(name)
  if (known !== undefined) return known
  const binding = unique(l, name)
  scope?.set(name, binding)
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

const predeclared = new Set(
  `any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32
  uint64 uintptr append cap clear close complex copy delete imag len make max min new panic print println real recover true false nil
  iota _`.split(/\s+/),
)

export function isPredeclared(l: Lowering, name: string): boolean {
  return predeclared.has(name) && findLocal(l, name) === null && !l.top.has(name)
}

/** The binding of a package that a name stands for here; null where the name is another's. */
export function packageNamed(l: Lowering, name: string): ImportedPackage | null {
  if (findLocal(l, name) !== null || l.top.has(name)) return null
  return (
    l.packages.find((one) => one.name === name) ??
    l.packages.find((one) => one.name === null && lastPart(one.from) === name) ??
    l.packages.find((one) => one.name === null && lastPart(one.from).split(/[-._]/).includes(name)) ??
    null
  )
}

/** `github.com/a/go-openai/v2` → `go-openai` */
function lastPart(from: string): string {
  const parts = from.split('/').filter((part) => !/^v\d+$/.test(part))
  return (parts.at(-1) ?? from).replace(/\.v\d+$/, '')
}

/** A name of the package level, which may stand in another file of the package; null for what the language declares. */
export function topBinding(l: Lowering, name: string): string | null {
  const known = l.top.get(name)
  if (known !== undefined) return known
  if (isPredeclared(l, name)) return null
  const binding = unique(l, name)
  l.top.set(name, binding)
  l.imports.push({ binding, from: l.own, name, typeOnly: false, span: { start: 0, end: 0 } })
  return binding
}

export function textOf(l: Lowering, node: Span): string {
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
      const inner = block ? written.replace(/^\/\*+|\*+\/$/g, '') : written.replace(/^\/+/, '')
      comments.push({ start: node.start, end: node.end, block, text: inner.trim() })
    }
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
  return comments.sort((a, b) => a.start - b.start)
}
