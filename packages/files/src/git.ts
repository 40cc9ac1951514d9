/**
 * Asks git about a repository that may be hostile: no shell, no hooks, no file monitor, no lazy fetching, no protocol, no
 * locks, nothing from GIT_* variables. Every answer may be null: then callers look for themselves.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const HARDENED = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never']
const MAX_OUTPUT = 1024 * 1024 * 1024
/** A configuration of the repository may make git wait for a pipe for ever. */
const TIMEOUT = 60_000

/** The nearest directory, this one or above, that holds `.git`. */
export function gitRootOf(directory: string): string | null {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return null
  }
}

/** Tracked and untracked files that are not ignored, relative to the directory; nested repositories end in '/'. */
export function gitFiles(directory: string): string[] | null {
  const output = git(directory, ['ls-files', '-z', '-co', '--exclude-standard', '--deduplicate'])
  return output === null ? null : output.toString('utf8').split('\0').filter(Boolean)
}

/** Beside other work: the answer is awaited at the end. */
export function gitCommit(directory: string): Promise<string | null> {
  return new Promise((resolve) => {
    const command = [...hardened(directory), 'rev-parse', '--verify', '-q', 'HEAD']
    execFile('git', command, { cwd: directory, env: hardenedEnvironment(), timeout: TIMEOUT }, (error, stdout) => {
      const commit = stdout.trim()
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null)
    })
  })
}

/** The work tree is where `.git` is, whatever the repository's own configuration says. */
function hardened(directory: string): string[] {
  const root = gitRootOf(directory)
  return root === null ? HARDENED : [`--work-tree=${root}`, ...HARDENED]
}

export interface GitInput {
  input?: string
  /** The index that a commit is made from, where it is not the repository's own. */
  index?: string | null
}

export function git(directory: string, command: readonly string[], { input, index }: GitInput = {}): Buffer | null {
  try {
    return execFileSync('git', [...hardened(directory), ...command], {
      cwd: directory,
      env: { ...hardenedEnvironment(), ...(index ? { GIT_INDEX_FILE: index } : {}) },
      maxBuffer: MAX_OUTPUT,
      timeout: TIMEOUT,
      input: input ?? '',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
}

function hardenedEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  return {
    ...Object.fromEntries(inherited),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}
