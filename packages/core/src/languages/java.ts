/** Java. Takes tree-sitter's tree; what the parser did not understand is a gap, what stands around it is lowered. Never throws. */
import type { Module, Statement } from '../ir/ir.js'
import { classValue, isTypeDeclaration } from './java/classes.js'
import { javaLibrary } from './java/library.js'
import { commentsIn, startLowering, textOf, unique, type Lowering } from './java/lowering.js'
import { spanOf } from './nodes.js'
import { createJavaResolver, specifiersIn } from './java/resolve.js'
import type { Language } from './language.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from './tree.js'
import { unread } from './unread.js'

export const java: Language = {
  id: 'java',
  extensions: ['.java'],
  grammar: 'java',
  library: javaLibrary,
  manifests: /^(?:pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?)$/,
  prepare: (_, text) => ({ text, dialect: '' }),
  specifiersIn: (_, text) => specifiersIn(text),
  createResolver: createJavaResolver,
  lower({ path, text, tree }) {
    try {
      return lowered(path, text, tree as SyntaxNode)
    } catch (error) {
      return unread(path, 'java', error)
    }
  },
}

function lowered(path: string, text: string, root: SyntaxNode): Module {
  const comments = commentsIn(text, root)
  const l = startLowering(path, text, comments, root)
  const nodes = namedOf(root)
  for (const node of nodes) if (node.type === 'import_declaration') addImport(l, node)
  const types = nodes.filter(isTypeDeclaration)
  for (const node of types) {
    const name = textOf(l, fieldOf(node, 'name') ?? node)
    l.types.set(name, unique(l, name))
  }
  const exports: Module['exports'] = []
  const body = types.map((node): Statement => {
    const value = classValue(l, node, l.types.get(textOf(l, fieldOf(node, 'name') ?? node))!)
    const span = spanOf(node)
    exports.push({ kind: 'local', name: value.name, binding: value.binding!, typeOnly: false, span })
    return {
      kind: 'bind',
      pattern: { kind: 'binding', binding: value.binding!, name: value.name, span },
      value,
      span,
      exported: true,
    }
  })
  return {
    path,
    language: 'java',
    imports: l.imports,
    exports,
    body,
    entities: l.entities,
    comments: comments.map((comment) => ({ text: comment.text, span: spanOf(comment) })),
    client: false,
    gaps: l.gaps,
  }
}

// import a.b.C; import a.b.*; import static a.b.C.load;
function addImport(l: Lowering, node: SyntaxNode): void {
  const [name] = namedOf(node)
  if (name === undefined) return
  const written = textOf(l, name)
  const isStar = node.children.some(({ type }) => type === 'asterisk')
  const isStatic = hasToken(node, 'static')
  if (isStar && !isStatic) {
    l.wildcards.push(written)
    return
  }
  const last = written.slice(written.lastIndexOf('.') + 1)
  const from = isStatic && !isStar ? written.slice(0, written.lastIndexOf('.')) : written
  const simple = from.slice(from.lastIndexOf('.') + 1)
  let binding = l.types.get(simple)
  if (binding === undefined) {
    binding = unique(l, simple)
    l.types.set(simple, binding)
    l.imports.push({ binding, from, name: simple, typeOnly: false, span: spanOf(node) })
  }
  if (isStatic && !isStar) l.statics.set(last, binding)
}
