/** Go. Takes tree-sitter's tree; what the parser did not understand is a gap, what stands around it is lowered. Never throws. */
import type { Module, Statement } from '../ir/ir.js'
import {
  apartStatement,
  functionStatement,
  receiverOf,
  typesDeclared,
  typeStatement,
  type TypeDeclaration,
} from './go/declarations.js'
import { literalText } from './go/expressions.js'
import { goLibrary } from './go/library.js'
import { commentsIn, startLowering, textOf, unique, type Lowering } from './go/lowering.js'
import { prepareGo } from './go/prepare.js'
import { createGoResolver, specifiersIn } from './go/resolve.js'
import { declarationsIn } from './go/types.js'
import { noteTexts, specsIn, variables } from './go/variables.js'
import type { Language } from './language.js'
import { spanOf } from './nodes.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from './tree.js'
import { unread } from './unread.js'

export const go: Language = {
  id: 'go',
  extensions: ['.go'],
  grammar: 'go',
  library: goLibrary,
  manifests: /^go\.mod$/,
  prepare: (_, text) => ({ text: prepareGo(text), dialect: '' }),
  specifiersIn,
  createResolver: createGoResolver,
  lower({ path, text, tree }) {
    try {
      return lowered(path, text, tree as SyntaxNode)
    } catch (error) {
      return unread(path, 'go', error)
    }
  },
}

function lowered(path: string, text: string, root: SyntaxNode): Module {
  const comments = commentsIn(text, root)
  const l = startLowering(path, text, comments, root)
  const nodes = namedOf(root)
  for (const node of nodes) if (node.type === 'import_declaration') addImports(l, node)
  const types = nodes.flatMap((node) => (node.type === 'type_declaration' ? typesDeclared(l, node) : []))
  const functions = nodes.filter(({ type }) => type === 'function_declaration')
  const values = nodes.filter(({ type }) => type === 'var_declaration' || type === 'const_declaration')
  for (const { name, type } of types) declareType(l, name, type)
  const bindings = functions.map((node) => declareTop(l, textOf(l, fieldOf(node, 'name') ?? node)))
  for (const node of values)
    for (const spec of specsIn(node))
      for (const name of fieldsOf(spec, 'name')) if (name.named) declareTop(l, textOf(l, name))
  // what functions above them use
  for (const kind of ['const_declaration', 'var_declaration'])
    for (const node of values) if (node.type === kind) specsIn(node).forEach((spec) => noteTexts(l, spec))
  const body = [
    ...typesWithMethods(
      l,
      types,
      nodes.filter(({ type }) => type === 'method_declaration'),
    ),
    ...functions.map((node, at) => functionStatement(l, node, bindings[at]!)),
    ...values.flatMap((node) => variables(l, node, (name) => (name === '_' ? unique(l, name) : l.top.get(name)!))),
  ]
  return {
    path,
    language: 'go',
    imports: l.imports,
    exports: exportsOf(l),
    body,
    entities: l.entities,
    comments: comments.map((comment) => ({ text: comment.text, span: spanOf(comment) })),
    client: false,
    gaps: l.gaps,
  }
}

function declareTop(l: Lowering, name: string): string {
  const binding = unique(l, name)
  // init may be declared more than once, and nothing refers to it
  if (name !== 'init' && name !== '_' && !l.top.has(name)) l.top.set(name, binding)
  return l.top.get(name) ?? binding
}

function declareType(l: Lowering, name: string, type: SyntaxNode): void {
  declareTop(l, name)
  if (type.type !== 'struct_type') return
  const fields = declarationsIn(type).flatMap((one) =>
    fieldsOf(one, 'name').map((field) => [textOf(l, field), fieldOf(one, 'type')] as const),
  )
  l.structs.set(name, new Map(fields))
}

/** Types with the methods that stand in this file; methods of the package's other types by themselves. */
function typesWithMethods(l: Lowering, types: readonly TypeDeclaration[], methods: readonly SyntaxNode[]): Statement[] {
  const byType = new Map<string, SyntaxNode[]>()
  for (const method of methods) {
    const of = receiverOf(l, method)?.type ?? ''
    const known = byType.get(of)
    if (known === undefined) byType.set(of, [method])
    else known.push(method)
  }
  const own = types.map((declared) => {
    const found = byType.get(declared.name) ?? []
    byType.delete(declared.name)
    return typeStatement(l, declared, found)
  })
  const apart = [...byType].flatMap(([type, found]) => (type === '' ? [] : (apartStatement(l, type, found) ?? [])))
  return [...own, ...apart]
}

/** All names of the package level: files of the package see them too. */
function exportsOf(l: Lowering): Module['exports'] {
  const imported = new Set(l.imports.map(({ binding }) => binding))
  const span = { start: 0, end: 0 }
  return [...l.top].flatMap(([name, binding]) =>
    imported.has(binding) ? [] : [{ kind: 'local' as const, name, binding, typeOnly: false, span }],
  )
}

// import ( "fmt"; openai "github.com/…/go-openai"; _ "embed" )
function addImports(l: Lowering, declaration: SyntaxNode): void {
  const specs = namedOf(declaration).flatMap((one) => (one.type === 'import_spec_list' ? namedOf(one) : [one]))
  for (const spec of specs) {
    const path = fieldOf(spec, 'path')
    if (spec.type !== 'import_spec' || path === null) continue
    const from = literalText(textOf(l, path))
    const name = fieldOf(spec, 'name')
    const written = name === null ? null : textOf(l, name)
    if (written === '_' || written === '.') continue
    const binding = unique(l, written ?? from)
    l.packages.push({ binding, from, name: written })
    l.imports.push({ binding, from, name: '*', typeOnly: false, span: spanOf(spec) })
  }
}
