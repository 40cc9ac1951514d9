/** Kotlin. Takes tree-sitter's tree; what the parser did not understand is a gap, what stands around it is lowered. Never throws. */
import type { Module, Statement } from '../ir/ir.js'
import { commentsIn } from './java/lowering.js'
import { isExtension, isTypeDeclaration, classValue, instanceOf, objectClass } from './kotlin/classes.js'
import { functionDeclaration, bodyStatements, extendedType, receiverParameter } from './kotlin/functions.js'
import { kotlinLibrary } from './kotlin/library.js'
import { inFunction, nameOf, startLowering, textOf, unique, type Lowering } from './kotlin/lowering.js'
import { prepared } from './kotlin/prepare.js'
import { getterOf, propertyName } from './kotlin/properties.js'
import { createKotlinResolver, packageOf, specifiersIn } from './kotlin/resolve.js'
import { statementsOf } from './kotlin/statements.js'
import { typeOf } from './kotlin/types.js'
import type { Language } from './language.js'
import { reference, spanOf, functionOf } from './nodes.js'
import { fieldOf, hasToken, namedOf, type SyntaxNode } from './tree.js'
import { unread } from './unread.js'

export const kotlin: Language = {
  id: 'kotlin',
  extensions: ['.kt'],
  grammar: 'kotlin',
  library: kotlinLibrary,
  manifests: /^(?:pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?)$/,
  prepare: (_, text) => ({ text: prepared(text), dialect: '' }),
  specifiersIn: (_, text) => specifiersIn(text),
  createResolver: createKotlinResolver,
  lower({ path, text, tree }) {
    try {
      return lowered(path, text, tree as SyntaxNode)
    } catch (error) {
      return unread(path, 'kotlin', error)
    }
  },
}

function lowered(path: string, text: string, root: SyntaxNode): Module {
  const comments = commentsIn(text, root)
  const l = startLowering(path, text, comments, root)
  const nodes = namedOf(root)
  for (const node of nodes) declareTop(l, node)
  for (const node of nodes) if (node.type === 'import') addImport(l, node)
  declareNested(l, root)
  const exports: Module['exports'] = []
  const body = nodes.flatMap((node) => topStatements(l, node, exports))
  for (const [name, binding] of l.nested)
    exports.push({ kind: 'local', name, binding, typeOnly: true, span: spanOf(root) })
  return {
    path,
    language: 'kotlin',
    imports: l.imports,
    exports,
    body,
    entities: l.entities,
    comments: comments.map((comment) => ({ text: comment.text, span: spanOf(comment) })),
    // an app runs on its user's device
    client: [...l.imports.map(({ from }) => from), ...l.wildcards].some((from) => /^androidx?\./.test(from)),
    gaps: l.gaps,
  }
}

function declaredName(l: Lowering, node: SyntaxNode): string {
  if (node.type === 'property_declaration') return propertyName(l, node)?.name ?? ''
  if (node.type === 'type_alias') return nameOf(l, namedOf(node).find(({ type }) => type === 'identifier') ?? null)
  return isTypeDeclaration(node) || node.type === 'function_declaration' ? nameOf(l, fieldOf(node, 'name')) : ''
}

/** Types within types are found by their names alone where none at the top has it. */
function declareNested(l: Lowering, root: SyntaxNode): void {
  const stack = [...root.children]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const name = isTypeDeclaration(node) ? nameOf(l, fieldOf(node, 'name')) : ''
    if (name !== '' && !l.tops.has(name) && !l.nested.has(name)) l.nested.set(name, unique(l, name))
    stack.push(...node.children)
  }
}

/** Functions of one name are one binding, which may be each of them. */
function declareTop(l: Lowering, node: SyntaxNode): void {
  const name = declaredName(l, node)
  if (name === '') return
  if (!l.tops.has(name)) l.tops.set(name, unique(l, name))
  l.declared.add(name)
  if (isTypeDeclaration(node) || !isExtension(node)) return
  l.extensions.set(name, node.type === 'property_declaration' ? 'property' : 'function')
}

// import a.b.C, import a.b.f as g, import a.b.C.D, import a.b.*
function addImport(l: Lowering, node: SyntaxNode): void {
  const [written, as] = namedOf(node)
  if (written === undefined) return
  const qualified = textOf(l, written).replace(/[`\s]/g, '')
  if (hasToken(node, '*')) {
    l.wildcards.push(qualified)
    return
  }
  const { from, name, path } = packageOf(qualified)
  const known = as === undefined ? (path.at(-1) ?? name) : nameOf(l, as)
  if (l.tops.has(known) || l.inner.has(known)) return
  const binding = unique(l, path.length > 0 ? name : known)
  l.imports.push({ binding, from, name, typeOnly: false, span: spanOf(node) })
  if (path.length > 0) l.inner.set(known, { binding, path })
  else l.tops.set(known, binding)
  // import a.b.toPrompt: it may extend what it is called on
  if (/^[a-z]/.test(known) && path.length === 0 && !l.extensions.has(known)) l.extensions.set(known, 'function')
}

function topStatements(l: Lowering, node: SyntaxNode, exports: Module['exports']): Statement[] {
  const name = declaredName(l, node)
  const span = spanOf(node)
  const binding = l.tops.get(name)
  if (name === '' || binding === undefined)
    return node.type === 'import' || /^(?:package_header|file_annotation|shebang)$/.test(node.type)
      ? []
      : inFunction(l, () => statementsOf(l, [node], null))
  exports.push({ kind: 'local', name, binding, typeOnly: false, span })
  const bind = (value: Statement & { kind: 'bind' }): Statement => ({ ...value, exported: true })
  const pattern = { kind: 'binding' as const, binding, name, span }
  switch (node.type) {
    case 'function_declaration':
      return [bind({ kind: 'bind', pattern, value: functionDeclaration(l, node, {}), span })]
    case 'property_declaration':
      return propertyStatements(l, node, binding, name)
    case 'type_alias': {
      const type = typeOf(l, fieldOf(node, 'type'))
      if (type !== undefined) l.entities.push({ name, binding, fields: [], extends: [type], span })
      return []
    }
    default: {
      if (!hasToken(node, 'object')) return [bind({ kind: 'bind', pattern, value: classValue(l, node, binding), span })]
      const value = objectClass(l, node, binding)
      const own = value.binding!
      return [
        { kind: 'bind', pattern: { ...pattern, binding: own }, value, span },
        bind({ kind: 'bind', pattern, value: instanceOf(reference(own, span)), span }),
      ]
    }
  }
}

/** A property of the file; with a getter, the function that gives it. */
function propertyStatements(l: Lowering, node: SyntaxNode, binding: string, name: string): Statement[] {
  const span = spanOf(node)
  const pattern = { kind: 'binding' as const, binding, name, span }
  const getter = getterOf(node)
  const type = extendedType(node)
  if (getter !== null) {
    const extended = type === null ? null : receiverParameter(l, type)
    const around = extended === null ? [] : [extended.context]
    const body = inFunction(l, () => bodyStatements(l, getter), ...around)
    const callee = functionOf(name, node, extended === null ? [] : [extended.parameter], body)
    if (extended !== null) return [{ kind: 'bind', pattern, value: callee, span, exported: true }]
    const value = { kind: 'call' as const, callee, arguments: [], construct: false, span }
    return [{ kind: 'bind', pattern, value, span, exported: true }]
  }
  return inFunction(l, () => statementsOf(l, [node], null)).map((one) =>
    one.kind === 'bind' && one.pattern.kind === 'binding' && one.pattern.name === name
      ? { ...one, pattern: { ...one.pattern, binding }, exported: true }
      : one,
  )
}
