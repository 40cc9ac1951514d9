/**
 * Python: modules and packages, and the code cells of Jupyter notebooks. Takes tree-sitter's tree; what the parser did not
 * understand is a gap, what stands around it is lowered. Never throws.
 */
import type { Module } from '../ir/ir.js'
import type { Language } from './language.js'
import { hoistImports, specifiersIn } from './python/imports.js'
import { pythonLibrary } from './python/library.js'
import { commentsIn, startLowering, textOf } from './python/lowering.js'
import { spanOf } from './nodes.js'
import { declaredWalrus } from './python/functions.js'
import { notebookOf, withQueries } from './python/notebook.js'
import { createPythonResolver } from './python/resolve.js'
import { declareAssigned } from './python/scope.js'
import { block } from './python/statements.js'
import { namedOf, type SyntaxNode } from './tree.js'
import { unread } from './unread.js'

const notebook = /\.ipynb$/i

export const python: Language = {
  id: 'python',
  extensions: ['.py', '.pyw', '.ipynb'],
  grammar: 'python',
  interpreters: /^(?:python|pypy|ipython)[\d.]*$/,
  containers: notebook,
  library: pythonLibrary,
  manifests: /^(?:requirements[\w.-]*\.txt|pyproject\.toml|Pipfile)$/,
  prepare: (path, text) => ({ text: notebook.test(path) ? notebookOf(text).code : withQueries(text), dialect: '' }),
  specifiersIn: (path, text) => specifiersIn(notebook.test(path) ? text.replaceAll('\\n', '\n') : text),
  createResolver: createPythonResolver,
  lower(input) {
    try {
      return lowered(input.path, input.text, input.tree as SyntaxNode)
    } catch (error) {
      return unread(input.path, 'python', error)
    }
  },
}

function lowered(path: string, text: string, root: SyntaxNode): Module {
  if (!notebook.test(path)) return lowerModule(path, withQueries(text), root)
  const { code, fileOffset } = notebookOf(text)
  return moved(lowerModule(path, code, root), fileOffset)
}

function lowerModule(path: string, text: string, root: SyntaxNode): Module {
  const comments = commentsIn(text, root)
  const l = startLowering(path, text, comments, root)
  const statements = namedOf(root)
  declareAssigned(l.scope, statements, (node) => textOf(l, node))
  hoistImports(l, root)
  const body = [...declaredWalrus(l, root), ...block(l, statements)]
  for (const [name, binding] of l.scope.all())
    if (!l.starred.has(binding))
      l.exports.push({ kind: 'local', name, binding, typeOnly: false, span: { start: 0, end: 0 } })
  return {
    path,
    language: 'python',
    imports: l.imports,
    exports: l.exports,
    body,
    entities: l.entities,
    comments: comments.map((comment) => ({ text: comment.text, span: spanOf(comment) })),
    client: false,
    gaps: l.gaps,
  }
}

/** Every place of a module, once, in the file's own offsets. */
function moved(module: Module, fileOffset: (offset: number) => number): Module {
  const seen = new Set<object>()
  const stack: object[] = [module]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const place = node as { start?: unknown; end?: unknown }
    if (typeof place.start === 'number' && typeof place.end === 'number') {
      const { start, end } = place
      place.start = fileOffset(start)
      place.end = Math.max(fileOffset(start), end > start ? fileOffset(end - 1) + 1 : fileOffset(end))
      continue
    }
    for (const value of Object.values(node))
      if (typeof value === 'object' && value !== null) stack.push(value as object)
  }
  return module
}
