/** Imports: names of modules and of what they hold. Every name at a module's top level is its export. */
import type { Import, Statement } from '../../ir/ir.js'
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { textOf, type Lowering } from './lowering.js'
import { spanOf } from '../nodes.js'
import { bindingOf } from './patterns.js'

export function importStatements(l: Lowering, node: SyntaxNode): Statement[] {
  if (node.type === 'import_statement') importModules(l, node)
  else if (node.type === 'import_from_statement') importNames(l, node)
  return []
}

// import a, b.c, d.e as f
function importModules(l: Lowering, node: SyntaxNode): void {
  for (const item of fieldsOf(node, 'name')) {
    const alias = fieldOf(item, 'alias')
    const dotted = item.type === 'aliased_import' ? (fieldOf(item, 'name') ?? item) : item
    const from = textOf(l, dotted).replace(/\s/g, '')
    const [head] = from.split('.')
    if (alias !== null || head === from) {
      add(l, bindingOf(l, alias === null ? from : textOf(l, alias)), from, '*', item)
      continue
    }
    // import a.b binds `a`, and `a.b` is known through it
    add(l, bindingOf(l, head!), head!, '*', item)
    if (l.dotted.has(from)) continue
    const binding = l.names.unique(from)
    l.dotted.set(from, binding)
    add(l, binding, from, '*', item)
  }
}

// from .orders import load as read, from x import *
function importNames(l: Lowering, node: SyntaxNode): void {
  const module = fieldOf(node, 'module_name')
  if (module === null) return
  const from = textOf(l, module).replace(/\s/g, '')
  if (node.children.some(({ type }) => type === 'wildcard_import')) {
    l.star = true
    l.exports.push({ kind: 'all', from, typeOnly: false, span: spanOf(node) })
    return
  }
  for (const item of fieldsOf(node, 'name')) {
    const alias = fieldOf(item, 'alias')
    const dotted = item.type === 'aliased_import' ? (fieldOf(item, 'name') ?? item) : item
    const name = textOf(l, dotted)
    add(l, bindingOf(l, alias === null ? name : textOf(l, alias)), from, name, item)
  }
}

function add(l: Lowering, binding: string, from: string, name: string, node: SyntaxNode): void {
  if (l.imports.some((one) => one.binding === binding && one.from === from && one.name === name)) return
  // try: import a except: import b as a. The first is kept, unless it is a part of the same package.
  if (l.imports.some((one) => one.binding === binding)) return
  if (!from.startsWith('.')) l.origins.set(binding, name === '*' ? from : `${from}.${name}`)
  l.imports.push({ binding, from, name, typeOnly: false, span: spanOf(node) } satisfies Import)
}

/** Imports are hoisted: functions above them, in the text, see them. */
export function hoistImports(l: Lowering, root: SyntaxNode): void {
  for (const node of namedOf(root)) {
    if (node.type === 'import_statement' || node.type === 'import_from_statement') importStatements(l, node)
    else if (node.type === 'try_statement' || node.type === 'if_statement')
      for (const child of node.children) hoistImports(l, child)
    else if (node.type === 'block') hoistImports(l, node)
  }
}

/** What a file may import, by its text: `import a.b`, `from .a import b`; names may be modules too. */
export function specifiersIn(text: string): string[] {
  const found = new Set<string>()
  const statement =
    /(?:^|[\n;:"])[ \t]*(?:from[ \t]+([^\s"#]+)[ \t]+import[ \t]*(\([^)]*\)?|[^\n#;]+)|import[ \t]+([^\n#;(]+))/g
  for (const [, from, names, modules] of text.matchAll(statement)) {
    for (const part of (modules ?? '').split(',')) {
      const name = part.trim().split(/\s/)[0]!
      if (isDotted(name)) found.add(name)
    }
    if (from === undefined) continue
    found.add(from)
    for (const part of (names ?? '').replace(/[()\\"]|#[^\n]*/g, ' ').split(/[,\n]/)) {
      const name = part.trim().split(/\s/)[0]!
      if (isDotted(name)) found.add(from.endsWith('.') ? from + name : `${from}.${name}`)
    }
  }
  for (const [, name] of text.matchAll(/import_module\(\s*["']([^"']+)["']/g)) found.add(name!)
  return [...found].slice(0, 2000)
}

function isDotted(name: string): boolean {
  return name !== '' && name !== '*' && !/[()[\]{}'"=:<>/]/.test(name)
}
