/**
 * Scripts that are no modules share their names: the files of an Apps Script project, the scripts of a page. A name that a script
 * does not bind is one that another script of its project has, else a global. Which files those are the resolver says.
 */
import { dirname } from '../../link/paths.js'
import type { Source } from '../../link/resolver.js'
import { spanOf, type Syntax } from './syntax.js'
import type { Lowering } from './lowering.js'
import { ecmascriptLibrary } from './library.js'

/** What a script imports instead of a module. */
export const otherScripts = 'scripts:*'
/** Scripts of one folder or project that share their names; where there are more, each stands alone. */
const mostScripts = 80

const moduleWords = /(?:^|[^\w$.])(?:import|export|require|exports)\b(?=\s*[\w$({'"*.=])/

/** Whether a text is a script: no word of a module stands in it. */
export function isScript(path: string, text: string): boolean {
  if (/\.gs$/i.test(path)) return true
  return /\.js$/i.test(path) && !/\.(?:config|test|spec|min)\.js$/i.test(path) && !moduleWords.test(text)
}

const own = new Set([
  ...Object.keys(ecmascriptLibrary.functions).map((path) => path.split('.')[0]!),
  ...ecmascriptLibrary.globalObjects,
  ...['process', 'console', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'Math', 'JSON'],
  ...['this', 'NaN', 'Infinity', 'Intl', 'Reflect', 'Symbol', 'fetch', 'alert', 'jQuery', '$', 'eval', 'import'],
])

/** Declares a name that the script does not bind as one of the other scripts; false where it is the host's. */
export function importFromScripts(l: Lowering, node: Syntax): boolean {
  const name: string = node.name
  if (l.script === null || own.has(name)) return false
  const variable = l.root.declare(name, 'both')
  variable.read = true
  const [from, ...or] = l.script
  if (from === undefined) return false
  l.imports.push({
    binding: variable.binding,
    from,
    ...(or.length === 0 ? {} : { or }),
    name,
    global: true,
    typeOnly: false,
    span: spanOf(node),
  })
  return true
}

/** The scripts that share their names with one: of its Apps Script project, else of its folder. */
export function scriptsBeside(from: string, files: ReadonlyMap<string, number>, roots: readonly string[]): Source {
  const root = roots.find((folder) => folder === '' || from.startsWith(`${folder}/`))
  const folder = root ?? dirname(from)
  const isNear = (path: string) =>
    root === undefined ? dirname(path) === folder : folder === '' || path.startsWith(`${folder}/`)
  const paths = [...files.keys()].filter((path) => /\.(?:gs|js)$/i.test(path) && isNear(path)).sort()
  if (paths.length > mostScripts || paths.length === 0) return { package: '.', subpath: '' }
  const [first, ...beside] = paths.map((path) => files.get(path)!)
  return { module: first!, beside }
}

/** Scripts that a page loads from beside it: `<script src="js/api.js">`. */
export function sourcesOfPage(text: string): string[] {
  const found = new Set<string>()
  for (const [, quoted] of text.matchAll(/<script\b[^>]{0,500}?\bsrc\s*=\s*["']([^"'\n]{1,300})["']/gi)) {
    const path = quoted!.replace(/[?#].*$/, '')
    if (!/^(?:[a-z]+:|\/\/|\/)/i.test(path) && /\.js$/i.test(path)) found.add(path.startsWith('.') ? path : `./${path}`)
  }
  return [...found].slice(0, mostScripts)
}
