/**
 * Which commit hook git runs here, and whether it comes to sekisho: by itself, or through the tool that it starts and that tool's
 * configuration. A configuration that no hook comes to does nothing, however right it is. Reads files; runs nothing.
 */
import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { portable } from '@sekisho/files'

const MAX_SIZE = 1024 * 1024

export type HookState =
  | { is: 'runs' | 'not-executable' | 'not-installed'; files: string[] }
  /** Nothing names sekisho. */
  | { is: 'none' }

/** Tools by what the hook that they install says, with the files that tell them what to run. */
const TOOLS: readonly { says: RegExp; files: readonly string[] }[] = [
  { says: /pre_commit|pre-commit\.com/, files: ['.pre-commit-config.yaml'] },
  {
    says: /lefthook/,
    files: ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', 'lefthook.toml', 'lefthook.json'],
  },
  {
    says: /lint-staged/,
    files: [
      'package.json',
      '.lintstagedrc',
      '.lintstagedrc.json',
      '.lintstagedrc.yaml',
      '.lintstagedrc.yml',
      '.lintstagedrc.js',
      '.lintstagedrc.mjs',
      '.lintstagedrc.cjs',
      'lint-staged.config.js',
      'lint-staged.config.mjs',
      'lint-staged.config.cjs',
      'lint-staged.config.ts',
    ],
  },
  { says: /\b(?:npm|pnpm|yarn|bun)\b/, files: ['package.json'] },
]
/** What stands in the repository and is a hook once git is told so. */
const SCRIPTS = ['.husky/pre-commit', '.githooks/pre-commit']

export function hookState(gitRoot: string): HookState {
  const at = (name: string) => textOf(join(gitRoot, name)) ?? ''
  const hook = installed(gitRoot)
  if (hook?.text.includes('sekisho')) return { is: hook.isRun ? 'runs' : 'not-executable', files: [hook.name] }
  const written = [...new Set([...SCRIPTS, ...TOOLS.flatMap(({ files }) => files)])].filter((name) =>
    namesUs(name, at(name)),
  )
  if (written.length === 0) return { is: 'none' }
  const reached = hook === null ? [] : reachedFrom(hook.text, at).filter((name) => written.includes(name))
  if (hook === null || reached.length === 0) return { is: 'not-installed', files: written }
  return hook.isRun ? { is: 'runs', files: reached } : { is: 'not-executable', files: [hook.name] }
}

function namesUs(name: string, text: string): boolean {
  return text.includes('sekisho scan') || (name.startsWith('.pre-commit') && text.includes('id: sekisho'))
}

/** Files that the hook's tools read, and the tools that those start. */
function reachedFrom(hook: string, at: (name: string) => string): string[] {
  const reached = new Set<string>()
  const texts = [hook]
  for (const text of texts)
    for (const { says, files } of TOOLS)
      for (const file of says.test(text) ? files : []) {
        if (reached.has(file)) continue
        reached.add(file)
        texts.push(at(file))
      }
  return [...reached]
}

function installed(gitRoot: string): { name: string; text: string; isRun: boolean } | null {
  const git = gitFolder(gitRoot)
  const set = /^[ \t]*hooksPath[ \t]*=[ \t]*"?([^"\n#;]+)/im.exec(textOf(join(git, 'config')) ?? '')?.[1]?.trim()
  const folder = set === undefined ? join(git, 'hooks') : resolve(gitRoot, set)
  // husky's own script runs the one beside its folder, which need not be executable.
  const isHusky = /[\\/]\.husky[\\/]_$/.test(folder)
  const path = isHusky ? resolve(folder, '../pre-commit') : join(folder, 'pre-commit')
  const text = textOf(path)
  if (text === null) return null
  return { name: portable(relative(gitRoot, path)), text, isRun: isHusky || isExecutable(path) }
}

/** A linked work tree has the hooks of its main one. */
function gitFolder(gitRoot: string): string {
  const path = join(gitRoot, '.git')
  const linked = /^gitdir: (.+)$/m.exec(textOf(path) ?? '')?.[1]
  if (linked === undefined) return path
  const own = resolve(gitRoot, linked)
  return resolve(own, textOf(join(own, 'commondir'))?.trim() ?? '.')
}

export function textOf(path: string): string | null {
  try {
    const stat = statSync(path)
    return stat.isFile() && stat.size <= MAX_SIZE ? readFileSync(path, 'utf8') : null
  } catch {
    return null
  }
}

function isExecutable(path: string): boolean {
  return process.platform === 'win32' || ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0
}
