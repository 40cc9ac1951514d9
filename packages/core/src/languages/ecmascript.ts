/**
 * ECMAScript: JavaScript and TypeScript, and the script of Vue, Svelte and Astro files. Takes an ESTree or TS-ESTree tree
 * from whichever parser made it. Never throws: what goes wrong here is a gap of the file.
 */
import type { Module, Statement } from '../ir/ir.js'
import { commentsOf } from './ecmascript/comments.js'
import { startLowering, type Lowering } from './ecmascript/lowering.js'
import { ecmascriptLibrary } from './ecmascript/library.js'
import { declareImports, emptyExports, eraseTypeImports, isBuiltin, type FileKind } from './ecmascript/modules.js'
import { declareBlock, hoistVariables } from './ecmascript/scope.js'
import { createEcmascriptResolver } from './ecmascript/resolve.js'
import { scriptsOf, type Dialect } from './ecmascript/script-blocks.js'
import { isScript, otherScripts, sourcesOfPage } from './ecmascript/scripts.js'
import { specifiersIn } from './ecmascript/specifiers.js'
import { block } from './ecmascript/statements.js'
import { isSyntax, spanOf, type Syntax } from './ecmascript/syntax.js'
import type { Language } from './language.js'
import { unread } from './unread.js'

const dialects: Readonly<Record<string, Dialect>> = {
  '.ts': 'ts',
  '.tsx': 'tsx',
  '.mts': 'ts',
  '.cts': 'ts',
  '.js': 'jsx',
  '.jsx': 'jsx',
  '.mjs': 'jsx',
  '.cjs': 'jsx',
  // Google Apps Script
  '.gs': 'jsx',
}

/** Pages: their scripts share the page. */
const pages = ['.html', '.htm']
const components = ['.vue', '.svelte', '.astro', ...pages]

export const ecmascript: Language = {
  id: 'ecmascript',
  extensions: [...Object.keys(dialects), ...components],
  interpreters: /^(?:node|nodejs|bun|deno|tsx|ts-node|zx)$/,
  containers: /\.html?$/i,
  grammar: 'estree',
  library: ecmascriptLibrary,
  manifests: /^(?:package\.json|appsscript\.json|(?:ts|js)config(?:\.[\w.-]+)?\.json|pnpm-workspace\.yaml)$/,
  specifiersIn: (path, text) => [
    ...specifiersIn(text),
    ...(isScript(path, text) ? [otherScripts] : []),
    ...(pages.includes(extensionOf(path)) ? sourcesOfPage(text) : []),
  ],
  createResolver: createEcmascriptResolver,
  prepare(path, text) {
    const extension = extensionOf(path)
    const dialect = extension === '' ? 'tsx' : dialects[extension]
    return dialect === undefined ? scriptsOf(extension, text) : { text, dialect }
  },
  lower(input) {
    try {
      return lowerProgram(input)
    } catch (error) {
      return unread(input.path, 'ecmascript', isSyntax(error) ? error.type : error)
    }
  },
}

function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot < 0 ? '' : path.slice(dot).toLowerCase()
}

function kindOf(extension: string): FileKind {
  if (components.includes(extension)) return 'component'
  return /^\.[mc]?tsx?$/.test(extension) ? 'typescript' : 'script'
}

function lowerProgram(input: Parameters<Language['lower']>[0]): Module {
  const { path, text } = input
  const { program, comments } = input.tree as { program: Syntax; comments: readonly unknown[] }
  const statements: Syntax[] = program.body
  const extension = extensionOf(path)
  const l = startLowering({
    path,
    text,
    comments,
    component: components.includes(extension) ? extension.slice(1) : null,
    script: scriptSources(path, text, statements),
    commonjs: /^\.([cm]?[jt]sx?)$/.test(extension) && !extension.startsWith('.m') && !statements.some(isModuleExport),
  })
  declareImports(l, statements)
  hoistVariables(l.scope, statements)
  declareBlock(l.scope, statements)
  if (l.script !== null) exportScript(l, program)
  const lowered = block(l, statements)
  eraseTypeImports(l.importVariables, kindOf(extension))
  const body: Statement[] = l.exportsRecord === null ? lowered : [emptyExports(l.exportsRecord), ...lowered]
  return {
    path,
    language: 'ecmascript',
    imports: l.imports,
    exports: l.exports,
    body,
    entities: l.entities,
    comments: commentsOf(comments),
    ...(l.exportsRecord === null ? {} : { exportsRecord: l.exportsRecord }),
    client: runsInTerminal(l, statements, extension, text),
    gaps: l.gaps,
  }
}

/** What the names come from that a script does not bind; null of a module. */
function scriptSources(path: string, text: string, statements: readonly Syntax[]): readonly string[] | null {
  if (statements.some((node) => node.type === 'ImportDeclaration' || isModuleExport(node))) return null
  if (pages.includes(extensionOf(path))) return sourcesOfPage(text)
  return isScript(path, text) ? [otherScripts] : null
}

/** What a script declares at its top, every script of its project has. */
function exportScript(l: Lowering, program: Syntax): void {
  for (const name of l.scope.declared()) {
    const { binding } = l.scope.own(name)!
    l.exports.push({ kind: 'local', name, binding, typeOnly: false, span: spanOf(program) })
  }
  for (const from of l.script ?? [])
    if (from !== otherScripts) l.imports.push({ binding: '', from, name: '*', typeOnly: false, span: spanOf(program) })
}

function isModuleExport(node: Syntax): boolean {
  return node.type.startsWith('Export')
}

/** Whether the file runs in the user's terminal: it says so, is a component, or needs a page. */
function runsInTerminal(l: Lowering, statements: readonly Syntax[], extension: string, text: string): boolean {
  const directives = statements.filter((node) => node.directive != null).map((node) => String(node.directive))
  if (directives.includes('use client')) return true
  if (directives.includes('use server')) return false
  const path = l.path.toLowerCase()
  if (pages.includes(extension)) return true
  if (extension === '.vue' || extension === '.svelte') return !path.endsWith(`.server${extension}`)
  // an Astro page's own code runs on the server, its script tags do not
  if (extension === '.astro' && /^\s*---/.test(text)) return false
  const server = l.imports.some((one) => !one.typeOnly && isBuiltin(one.from)) || l.requiresBuiltin
  return l.browser.used && !l.browser.tested && !server
}
