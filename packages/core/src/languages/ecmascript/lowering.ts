/**
 * What is known while one file is lowered: its scopes, the function it is in, what it has found so far, and the bounds.
 * Trees may be hostile, so every recursion counts its depth, long chains are unrolled, and what is over a bound becomes an
 * `unknown` that keeps the names it mentions, with a gap.
 */
import { constant, reference } from '../nodes.js'
import type { Entity, Export, Gap, Import, Statement, Unknown, Value } from '../../ir/ir.js'
import { CommentIndex } from '../comments.js'
import { sourceComments } from './comments.js'
import { Names, Scope, type Variable } from './scope.js'
import { childrenOf, endOf, spanOf, startOf, type Syntax } from './syntax.js'

/** Nested syntax that is lowered; what is deeper is cut. */
export const maxDepth = 256
/** Links of one chain (`a.b().c`), arms of one `else if` or `?:`, that are kept nested. */
export const maxChain = 256
/** Names that a cut keeps. */
const maxResidue = 500
const maxGaps = 20

/** The function that statements are in. */
export interface Frame {
  /** Binding of `this`; null at the top level. */
  receiver: string | null
  /** Binding of `arguments`, once it is used; undefined where there is none. */
  arguments: string | null | undefined
  /** Where an unlabelled `break` goes when it is inside a `switch`. */
  breaks: { label: string; used: boolean } | null
}

export interface Lowering {
  readonly path: string
  /** What kind of component file this is: `vue`, `svelte`, `astro`. */
  readonly component: string | null
  readonly vue: boolean
  /** A declaration file: what it declares is made elsewhere. */
  readonly ambient: boolean
  readonly comments: CommentIndex
  readonly names: Names
  scope: Scope
  /** The file's own scope. */
  readonly root: Scope
  /** Of a script that is no module: what the names are imported from that it does not bind. */
  readonly script: readonly string[] | null
  frame: Frame
  depth: number
  /** Whether `module.exports` and `exports` are this module's exports. */
  readonly commonjs: boolean
  /** Binding of the CommonJS exports, once they are used. */
  exportsRecord: string | null
  readonly imports: Import[]
  /** What each import declares, to tell at the end whether it is used as a value. */
  readonly importVariables: { import: Import; variable: Variable }[]
  requiresBuiltin: boolean
  readonly exports: Export[]
  readonly entities: Entity[]
  readonly gaps: Gap[]
  /** The export statement around the declaration that is lowered: its comment is the declaration's. */
  exporting: Syntax | null
  /** What the namespace around exports; null at the module's own level. */
  namespace: Extract<Export, { kind: 'local' }>[] | null
  /** `A.B.` inside `namespace A.B`: entities are named as types name them. */
  namespacePath: string
  /** Bindings that functions, classes, enums and namespaces have made, which a namespace may add to. */
  readonly bound: Set<string>
  /** Whether the page's globals are used, and whether the code asks if there are any. */
  browser: { used: boolean; tested: boolean }
}

export function startLowering(input: {
  path: string
  text: string
  comments: readonly unknown[]
  component: string | null
  commonjs: boolean
  script: readonly string[] | null
}): Lowering {
  const names = new Names()
  const root = new Scope(null, names)
  return {
    path: input.path,
    component: input.component,
    vue: input.component === 'vue',
    ambient: /\.d\.[cm]?ts$/.test(input.path),
    comments: new CommentIndex(input.text, sourceComments(input.comments)),
    names,
    scope: root,
    root,
    script: input.script,
    frame: { receiver: null, arguments: undefined, breaks: null },
    depth: 0,
    commonjs: input.commonjs,
    exportsRecord: null,
    imports: [],
    importVariables: [],
    requiresBuiltin: false,
    exports: [],
    entities: [],
    gaps: [],
    exporting: null,
    namespace: null,
    namespacePath: '',
    bound: new Set(),
    browser: { used: false, tested: false },
  }
}

/** Runs in a new scope inside the current one. */
export function inScope<T>(l: Lowering, lower: () => T): T {
  const outer = l.scope
  l.scope = new Scope(outer, l.names)
  const result = lower()
  l.scope = outer
  return result
}

export function expressionStatement(value: Value): Statement {
  return { kind: 'expression', value, span: value.span }
}

/** What documents a declaration. */
export function commentOf(l: Lowering, node: Syntax, first: Syntax = node): string | undefined {
  const exporting = l.exporting !== null && l.exporting.declaration === node ? l.exporting : first
  return l.comments.of(startOf(exporting), endOf(node))
}

/** `{ comment }` where there is one, to spread into a node. */
export function documented(comment: string | undefined): { comment?: string } {
  return comment === undefined || comment === '' ? {} : { comment }
}

export function cut(l: Lowering, node: Syntax): Unknown {
  gap(l, node, 'cut', {
    en: 'nested too deeply; what is inside was read only for the names it mentions',
    ja: '入れ子が深すぎるため、内側は名前だけを読み取りました',
  })
  return { kind: 'unknown', children: residue(l, [node]), reason: 'cut', span: spanOf(node) }
}

/** Syntax that this version does not know. */
export function notUnderstood(l: Lowering, node: Syntax): Unknown {
  gap(l, node, 'parse', {
    en: `syntax not understood: ${node.type}`,
    ja: `解釈できない構文です: ${node.type}`,
  })
  return { kind: 'unknown', children: residue(l, childrenOf(node)), reason: node.type, span: spanOf(node) }
}

export function gap(l: Lowering, node: Syntax, kind: Gap['kind'], reason: Gap['reason']): void {
  if (l.gaps.length < maxGaps) l.gaps.push({ file: l.path, span: spanOf(node), reason, kind })
}

/** The names and member chains that syntax mentions, without recursion. */
export function residue(l: Lowering, nodes: readonly Syntax[]): Value[] {
  const values: Value[] = []
  const seen = new Set<string>()
  const stack = [...nodes].reverse()
  while (stack.length > 0 && values.length < maxResidue) {
    const node = stack.pop()!
    if (node.type.startsWith('TS') && node.expression == null) continue
    const chain = mentioned(l, node)
    if (chain !== null) {
      if (seen.has(chain.key)) continue
      seen.add(chain.key)
      values.push(chain.value)
      continue
    }
    const children = node.type === 'MemberExpression' && !node.computed ? [node.object] : childrenOf(node)
    const keyed = (node.type === 'Property' || node.type.endsWith('Definition')) && !node.computed && node.value != null
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i]!
      if (!(keyed && child === node.key && child !== node.value)) stack.push(child)
    }
  }
  return values
}

/** `a`, `this`, `a.b.c` */
function mentioned(l: Lowering, node: Syntax): { key: string; value: Value } | null {
  const keys: Syntax[] = []
  let at = node
  while (at.type === 'MemberExpression' && !at.computed && keys.length < 8) {
    keys.push(at)
    at = at.object
  }
  let key: string
  let value: Value
  if (at.type === 'ThisExpression') {
    const { receiver } = l.frame
    key = 'this'
    value = receiver === null ? { kind: 'global', name: 'this', span: spanOf(at) } : reference(receiver, spanOf(at))
  } else if (at.type === 'Identifier') {
    const variable = l.scope.find(at.name, 'value')
    key = at.name
    if (variable !== undefined) variable.read = true
    value =
      variable === undefined
        ? { kind: 'global', name: at.name, span: spanOf(at) }
        : reference(variable.binding, spanOf(at))
  } else return null
  for (const member of keys.reverse()) {
    const name = String(member.property.name ?? '')
    key += `.${name}`
    value = { kind: 'member', object: value, key: constant(name, spanOf(member.property)), span: spanOf(member) }
  }
  return { key, value }
}
