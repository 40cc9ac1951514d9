/**
 * Which files are there: by git where there is a work tree, else by an own walk. Adds what git does not list but endpoints
 * depend on (git-ignored `.env` files) and what the user names. Reads no content.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { matchesAny } from '@sekisho/core'
import { gitFiles } from './git.js'
import type { Root } from './root.js'
import { walk } from './walk.js'

export interface Discovered {
  /** Relative to the program's root, with '/', sorted, each once. */
  files: string[]
  /** Read for resolution only. */
  gitIgnored: ReadonlySet<string>
  excluded: number
  unreadable: { path: string; code: string }[]
}

const DEPENDENCIES = /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/
const ENVIRONMENT_FILE = /^\.env(?:\..+)?$/
/** Files beside which programs keep their `.env`. */
const HOME_OF_ENVIRONMENT =
  /^(?:package\.json|pyproject\.toml|requirements\.txt|manage\.py|go\.mod|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Dockerfile|(?:docker-)?compose.*\.ya?ml|\.env.*)$/

export function discover(root: Root, exclude: readonly string[]): Discovered {
  const listed = gitFiles(root.program)
  const found = listed === null ? walk(root.program) : withNested(root.program, listed)
  const named = new Set(root.named)
  const visible = found.files.filter((path) => !DEPENDENCIES.test(path))
  const hidden = ignoredEnvironments(root.program, visible)
  const all = [...new Set([...visible, ...hidden, ...named])].sort()
  const files = all.filter((path) => named.has(path) || !matchesAny(exclude, path))
  return { files, gitIgnored: new Set(hidden), excluded: all.length - files.length, unreadable: found.unreadable }
}

/** git lists a nested repository as a folder, a submodule as a file that is one: what is in them is listed instead. */
function withNested(program: string, listed: readonly string[]): Pick<Discovered, 'files' | 'unreadable'> {
  const files: string[] = []
  const unreadable: Discovered['unreadable'] = []
  const submodules = submodulesOf(program, listed)
  for (const path of listed) {
    if (!path.endsWith('/') && !submodules.has(path)) files.push(path)
    else if (isFolder(join(program, path))) {
      const nested = walk(program, path)
      files.push(...nested.files)
      unreadable.push(...nested.unreadable)
    }
  }
  return { files, unreadable }
}

function submodulesOf(program: string, listed: readonly string[]): ReadonlySet<string> {
  if (!listed.includes('.gitmodules')) return new Set()
  try {
    const text = readFileSync(join(program, '.gitmodules'), 'utf8')
    return new Set([...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(.+?)[ \t]*$/gm)].map(([, path]) => path!))
  } catch {
    return new Set()
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function ignoredEnvironments(program: string, files: readonly string[]): string[] {
  const listed = new Set(files)
  const folders = new Set([''])
  for (const path of files) {
    const folder = dirname(path)
    if (HOME_OF_ENVIRONMENT.test(path.slice(path.lastIndexOf('/') + 1))) folders.add(folder === '.' ? '' : `${folder}/`)
  }
  return [...folders].flatMap((folder) =>
    namesIn(join(program, folder))
      .filter((name) => ENVIRONMENT_FILE.test(name) && !listed.has(folder + name))
      .map((name) => folder + name),
  )
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  } catch {
    return []
  }
}
