/** Imports and exports, ES and CommonJS. Imports are declared before anything is lowered, as they are at run time. */
import type { Export, Import, Pattern, Statement, Value } from '../../ir/ir.js'
import { componentClass, componentOptions } from './component.js'
import { argumentsOf, exportsReference, expression } from './expressions.js'
import { commentOf, documented, expressionStatement, type Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { namespaceName, boundNames, type Variable } from './scope.js'
import { statement } from './statements.js'
import { literalText, spanOf, specifierName, type Syntax } from './syntax.js'
import { qualifiedName } from './types.js'

/** Declares what the module's import statements bind. */
export function declareImports(l: Lowering, statements: readonly Syntax[]): void {
  for (const node of statements) {
    if (node.type === 'ImportDeclaration') importDeclaration(l, node)
    else if (node.type === 'TSImportEqualsDeclaration') importRequire(l, node)
    else if (node.declaration?.type === 'TSImportEqualsDeclaration') importRequire(l, node.declaration)
  }
}

// import a, { b as c, type D } from 'x', import * as e from 'x', import 'x'
function importDeclaration(l: Lowering, node: Syntax): void {
  const from = String(node.source.value)
  const erased = node.importKind === 'type'
  if (node.specifiers.length === 0) {
    l.imports.push({ binding: '', from, name: '*', typeOnly: erased, span: spanOf(node) })
  }
  for (const specifier of node.specifiers as Syntax[]) {
    const name =
      specifier.type === 'ImportDefaultSpecifier'
        ? 'default'
        : specifier.type === 'ImportNamespaceSpecifier'
          ? '*'
          : specifierName(specifier.imported)
    addImport(l, specifier, specifier.local.name, { from, name, typeOnly: erased || specifier.importKind === 'type' })
  }
}

// import x = require('x')
function importRequire(l: Lowering, node: Syntax): void {
  if (node.moduleReference.type !== 'TSExternalModuleReference') return
  const from = literalText(node.moduleReference.expression)
  if (from === undefined) return
  addImport(l, node, node.id.name, { from, name: '*', typeOnly: node.importKind === 'type' })
}

function addImport(l: Lowering, node: Syntax, local: string, what: Omit<Import, 'binding' | 'span'>): void {
  const variable = l.scope.declare(local, 'both')
  const added = { binding: variable.binding, ...what, span: spanOf(node) }
  l.imports.push(added)
  l.importVariables.push({ import: added, variable })
}

/** An import that is used in types alone is erased. What a component's script doesn't use, its template may. */
export function eraseTypeImports(imports: readonly { import: Import; variable: Variable }[], kind: FileKind): void {
  if (kind === 'script') return
  for (const { import: one, variable } of imports) {
    if (!variable.read && (kind === 'typescript' || variable.typed)) one.typeOnly = true
  }
}

export type FileKind = 'script' | 'typescript' | 'component'

// import A = B.C
export function importAlias(l: Lowering, node: Syntax, out: Statement[]): void {
  const target: Syntax = node.moduleReference
  if (target.type === 'TSExternalModuleReference') return
  const variable = l.scope.find(node.id.name, 'value')
  if (variable === undefined) return
  const name = qualifiedName(target)
  const first = l.scope.find(name.split('.', 1)[0]!, 'type')
  const span = spanOf(node)
  const aliased = { name, arguments: [], span, ...(first === undefined ? {} : { binding: first.binding }) }
  l.entities.push({ name: node.id.name, binding: variable.binding, fields: [], extends: [aliased], span })
  const bound: Pattern = { kind: 'binding', binding: variable.binding, name: node.id.name, span }
  out.push({ kind: 'bind', pattern: bound, value: expression(l, asExpression(target)), span })
}

function asExpression(node: Syntax): Syntax {
  if (node.type !== 'TSQualifiedName') return node
  return { ...node, type: 'MemberExpression', object: asExpression(node.left), property: node.right, computed: false }
}

// export const a = 1, export { a as b }, export { c } from 'x', export interface D {}
export function exportNamed(l: Lowering, node: Syntax, out: Statement[]): void {
  const typeOnly = node.exportKind === 'type'
  if (node.declaration != null) {
    exportDeclaration(l, node, out)
    return
  }
  for (const specifier of node.specifiers as Syntax[]) {
    const name = specifierName(specifier.exported)
    const local = specifierName(specifier.local)
    const erased = typeOnly || specifier.exportKind === 'type'
    const span = spanOf(specifier)
    if (node.source != null) {
      addExport(l, { kind: 'from', name, from: String(node.source.value), imported: local, typeOnly: erased, span })
    } else exportLocal(l, name, local, erased, specifier)
  }
}

function exportDeclaration(l: Lowering, node: Syntax, out: Statement[]): void {
  const { declaration } = node
  l.exporting = node
  statement(l, declaration, out)
  l.exporting = null
  const names =
    declaration.type === 'VariableDeclaration'
      ? (declaration.declarations as Syntax[]).flatMap((declarator) => boundNames(declarator.id))
      : declaration.type === 'TSModuleDeclaration'
        ? [namespaceName(declaration) ?? '']
        : [String(declaration.id?.name ?? '')]
  for (const name of names) exportLocal(l, name, name, node.exportKind === 'type' && isType(declaration), node)
}

function isType(declaration: Syntax): boolean {
  return declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration'
}

function exportLocal(l: Lowering, name: string, local: string, erased: boolean, node: Syntax): void {
  const value = l.scope.find(local, 'value')
  const variable = value ?? l.scope.find(local, 'type')
  if (variable === undefined) return
  if (!erased) variable.read = true
  addExport(l, {
    kind: 'local',
    name,
    binding: variable.binding,
    typeOnly: erased || value === undefined,
    span: spanOf(node),
  })
}

function addExport(l: Lowering, one: Export): void {
  if (l.namespace === null) l.exports.push(one)
  else if (one.kind === 'local') l.namespace.push(one)
}

// export * from 'x', export * as ns from 'x'
export function exportAll(l: Lowering, node: Syntax): void {
  const name = node.exported == null ? {} : { name: specifierName(node.exported) }
  const typeOnly = node.exportKind === 'type'
  addExport(l, { kind: 'all', from: String(node.source.value), ...name, typeOnly, span: spanOf(node) })
}

const declarations = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSDeclareFunction',
  'TSInterfaceDeclaration',
  'TSEnumDeclaration',
])

// export default x
export function exportDefault(l: Lowering, node: Syntax, out: Statement[]): void {
  const { declaration } = node
  const span = spanOf(node)
  if (
    declaration.type === 'Identifier' &&
    (l.scope.find(declaration.name, 'value') ?? l.scope.find(declaration.name, 'type'))
  ) {
    exportLocal(l, 'default', declaration.name, false, node)
    return
  }
  if (declarations.has(declaration.type)) {
    l.exporting = node
    statement(l, declaration, out)
    l.exporting = null
    const bound = out.at(-1)
    if (declaration.id != null) exportLocal(l, 'default', declaration.id.name, false, node)
    else if (bound?.kind === 'bind' && bound.pattern.kind === 'binding') {
      addExport(l, { kind: 'local', name: 'default', binding: bound.pattern.binding, typeOnly: false, span })
    }
    return
  }
  const naming = { name: 'default', span: spanOf(declaration) }
  const options = l.vue ? componentOptions(declaration) : null
  const value = options === null ? expression(l, declaration, naming) : componentClass(l, options, naming)
  const binding = l.names.unique('default')
  const comment = documented(commentOf(l, node))
  const target: Pattern = { kind: 'binding', binding, name: 'default', ...comment, span: spanOf(declaration) }
  out.push({ kind: 'bind', pattern: target, value, span, exported: true })
  addExport(l, { kind: 'local', name: 'default', binding, typeOnly: false, span })
}

// export = x
export function exportAssignment(l: Lowering, node: Syntax, out: Statement[]): void {
  const span = spanOf(node)
  const place = exportsReference(l, node)
  if (place.kind !== 'reference') return
  const target: Pattern = { kind: 'binding', binding: place.binding, name: place.binding, span }
  out.push(expressionStatement({ kind: 'assignment', target, value: expression(l, node.expression), span }))
}

// require('x')
export function requiredModule(l: Lowering, node: Syntax): Value | null {
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return null
  if (l.scope.find('require', 'value') !== undefined && !l.imports.some(({ name }) => name === 'createRequire'))
    return null
  const from = literalText(node.arguments[0])
  if (from === undefined) return null
  if (isBuiltin(from)) l.requiresBuiltin = true
  return { kind: 'module', from, span: spanOf(node) }
}

// import('x')
export function dynamicImport(l: Lowering, node: Syntax): Value {
  const span = spanOf(node)
  const from = literalText(node.source)
  if (from !== undefined) return { kind: 'module', from, span }
  const callee: Value = { kind: 'global', name: 'import', span }
  return { kind: 'call', callee, arguments: argumentsOf(l, [node.source]), construct: false, span }
}

/** `module.exports = {}`: what the exports are before the module's code runs. */
export function emptyExports(binding: string): Statement {
  const span = { start: 0, end: 0 }
  const target: Pattern = { kind: 'binding', binding, name: binding, span }
  return { kind: 'bind', pattern: target, value: { kind: 'record', entries: [], span }, span }
}

const builtins = new Set(
  (
    'assert async_hooks buffer child_process cluster crypto dgram dns events fs http http2 https module net os path ' +
    'perf_hooks process querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib'
  ).split(' '),
)

/** Whether a module is part of Node: such code runs on a server. */
export function isBuiltin(from: string): boolean {
  return from.startsWith('node:') || builtins.has(from.split('/', 1)[0]!)
}

/** The namespace record's entry of an export. */
export function exportedEntry(one: Extract<Export, { kind: 'local' }>) {
  const { span } = one
  return { key: constant(one.name, span), value: { kind: 'reference' as const, binding: one.binding, span }, span }
}
