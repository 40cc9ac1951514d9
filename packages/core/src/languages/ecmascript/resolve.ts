/**
 * What an import specifier means: a module of the project, or a package. Relative paths with the usual extensions and index
 * files, `tsconfig` paths, workspace packages by name. Paths have '/' and are relative to the root.
 */
import { parse, type ParseError } from 'jsonc-parser'
import { dirname, join, normalize } from '../../link/paths.js'
import type { Resolver, Source } from '../../link/resolver.js'
import { once } from '../../once.js'
import { otherScripts, scriptsBeside } from './scripts.js'

/** In the order tried; a written `.js` may stand for a `.ts`. */
const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.astro', '.d.ts']
const compiled: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.js$/, ['.ts', '.tsx', '.d.ts']],
  [/\.jsx$/, ['.tsx']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
]

interface Alias {
  /** Folder whose files it serves. */
  scope: string
  prefix: string
  suffix: string
  exact: boolean
  targets: readonly string[]
}

type Manifests = readonly { path: string; text: string }[]

const readManifests = once((manifests: Manifests) => {
  const aliases = manifests
    .filter(({ path }) => /(^|\/)(ts|js)config[^/]*\.json$/.test(path))
    .flatMap(({ path, text }) => aliasesOf(path, text))
    .sort((a, b) => b.scope.length - a.scope.length || b.prefix.length - a.prefix.length)
  const packages = new Map<string, { folder: string; manifest: Record<string, unknown> }>()
  for (const { path, text } of manifests) {
    if (!/(^|\/)package\.json$/.test(path)) continue
    const manifest = parseLoose(text)
    const name = manifest['name']
    if (typeof name === 'string' && !packages.has(name)) packages.set(name, { folder: dirname(path), manifest })
  }
  // an Apps Script project
  const roots = manifests
    .flatMap(({ path }) => (/(^|\/)appsscript\.json$/.test(path) ? [dirname(path)] : []))
    .sort((a, b) => b.length - a.length)
  return { aliases, packages, roots }
})

export function createEcmascriptResolver(modules: ReadonlyMap<string, number>, manifests: Manifests): Resolver {
  const { aliases, packages, roots } = readManifests(manifests)

  function file(path: string): number | null {
    const base = normalize(path)
    if (base === null) return null
    for (const ending of endings) {
      const found = modules.get(base + ending)
      if (found !== undefined) return found
    }
    for (const [pattern, replacements] of compiled) {
      if (!pattern.test(base)) continue
      for (const replacement of replacements) {
        const found = modules.get(base.replace(pattern, replacement))
        if (found !== undefined) return found
      }
    }
    const index = base === '' ? 'index' : `${base}/index`
    for (const ending of endings.slice(1)) {
      const found = modules.get(index + ending)
      if (found !== undefined) return found
    }
    return null
  }

  function resolve(from: string, specifier: string): Source {
    if (specifier === otherScripts) return scriptsBeside(from, modules, roots)
    const clean = specifier.replace(/[?#].*$/, (tail) => (specifier.startsWith('#') ? tail : ''))
    if (clean.startsWith('.')) {
      const found = file(join(dirname(from), clean))
      return found === null ? { package: clean, subpath: '' } : { module: found }
    }
    if (clean.startsWith('/')) {
      const found = file(clean.slice(1))
      if (found !== null) return { module: found }
    }
    for (const alias of aliases) {
      if (alias.scope !== '' && !from.startsWith(`${alias.scope}/`)) continue
      const rest = matchAlias(alias, clean)
      if (rest === null) continue
      for (const target of alias.targets) {
        const found = file(target.replace('*', () => rest))
        if (found !== null) return { module: found }
      }
    }
    const { name, subpath } = splitPackage(clean)
    const own = packages.get(name)
    if (own !== undefined) {
      const found = workspaceFile(own.folder, own.manifest, subpath, file)
      if (found !== null) return { module: found }
    }
    return { package: name, subpath }
  }

  return { resolve }
}

function workspaceFile(
  folder: string,
  manifest: Record<string, unknown>,
  subpath: string,
  file: (path: string) => number | null,
): number | null {
  const candidates: string[] = []
  const exported = manifest['exports']
  const key = subpath === '' ? '.' : `./${subpath}`
  if (typeof exported === 'string' && subpath === '') candidates.push(exported)
  else if (typeof exported === 'object' && exported !== null) {
    const table = exported as Record<string, unknown>
    const entry =
      key in table
        ? table[key]
        : subpath === '' && !Object.keys(table).some((name) => name.startsWith('.'))
          ? table
          : undefined
    candidates.push(...strings(entry, 0))
    for (const [pattern, value] of Object.entries(table)) {
      const star = pattern.indexOf('*')
      if (star < 0 || !key.startsWith(pattern.slice(0, star)) || !key.endsWith(pattern.slice(star + 1))) continue
      const middle = key.slice(star, key.length - (pattern.length - star - 1))
      candidates.push(...strings(value, 0).map((target) => target.replace('*', () => middle)))
    }
  }
  if (subpath === '') {
    for (const field of ['source', 'module', 'main', 'types']) {
      const value = manifest[field]
      if (typeof value === 'string') candidates.push(value)
    }
    candidates.push('src/index', 'index', 'lib/index', 'src/main')
  } else candidates.push(subpath, `src/${subpath}`)
  for (const candidate of candidates) {
    const found = file(join(folder, candidate)) ?? file(join(folder, sourceOf(candidate)))
    if (found !== null) return found
  }
  return null
}

/** `dist/index.js` is built from `src/index.ts`. */
function sourceOf(path: string): string {
  return path.replace(/^(\.\/)?(dist|build|lib|out)\//, 'src/').replace(/\.d\.[cm]?ts$|\.[cm]?js$/, '')
}

function strings(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 5) return []
  return Object.values(value).flatMap((entry) => strings(entry, depth + 1))
}

function aliasesOf(path: string, text: string): Alias[] {
  const options = parseLoose(text)['compilerOptions']
  if (typeof options !== 'object' || options === null) return []
  const { baseUrl, paths } = options as { baseUrl?: unknown; paths?: unknown }
  const scope = dirname(path)
  const base = typeof baseUrl === 'string' ? join(scope, baseUrl) : scope
  const aliases: Alias[] = []
  if (typeof paths === 'object' && paths !== null) {
    for (const [pattern, targets] of Object.entries(paths)) {
      if (!Array.isArray(targets)) continue
      const star = pattern.indexOf('*')
      const listed = targets
        .filter((target): target is string => typeof target === 'string')
        .map((target) => join(base, target))
      const exact = star < 0
      aliases.push({
        scope,
        prefix: exact ? pattern : pattern.slice(0, star),
        suffix: exact ? '' : pattern.slice(star + 1),
        exact,
        targets: listed,
      })
    }
  }
  if (typeof baseUrl === 'string')
    aliases.push({ scope, prefix: '', suffix: '', exact: false, targets: [join(base, '*')] })
  return aliases
}

function matchAlias(alias: Alias, specifier: string): string | null {
  if (alias.exact) return specifier === alias.prefix ? '' : null
  if (!specifier.startsWith(alias.prefix) || !specifier.endsWith(alias.suffix)) return null
  if (specifier.length < alias.prefix.length + alias.suffix.length) return null
  return specifier.slice(alias.prefix.length, specifier.length - alias.suffix.length)
}

function parseLoose(text: string): Record<string, unknown> {
  const errors: ParseError[] = []
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true })
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function splitPackage(specifier: string): { name: string; subpath: string } {
  const parts = specifier.replace(/^(node|npm|jsr):/, '').split('/')
  const size = parts[0]?.startsWith('@') ? 2 : 1
  const name = parts
    .slice(0, size)
    .join('/')
    .replace(/(?<=.)@[^/]*$/, '')
  return { name, subpath: parts.slice(size).join('/') }
}
