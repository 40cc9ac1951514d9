/**
 * Lists files where git can't: obeys every .gitignore on the way, never enters ignored folders, dependencies or `.git`,
 * never follows a link. Paths are relative to the root, with '/', sorted.
 */
import { readdirSync, readFileSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { codeOf } from './file-system.js'

export interface Walked {
  files: string[]
  /** Folders that could not be listed, with the system's code. */
  unreadable: { path: string; code: string }[]
}

const NEVER = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'bower_components',
  '__pycache__',
  '.venv',
  '.tox',
])
const MAX_DEPTH = 200
const MAX_IGNORE_FILE = 1024 * 1024

interface Rules {
  /** Folder of the .gitignore, relative to the root; '' or ending in '/'. */
  base: string
  rules: Ignore
}

/** `start` is a folder relative to the root, '' for the root itself. */
export function walk(root: string, start = ''): Walked {
  const found: Walked = { files: [], unreadable: [] }
  const pending: { folder: string; rules: readonly Rules[]; depth: number }[] = [
    { folder: start === '' ? '' : `${start.replace(/\/$/, '')}/`, rules: [], depth: 0 },
  ]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { folder, depth } = at
    const entries = list(root, folder, found)
    const rules = withOwnRules(root, folder, at.rules, entries)
    for (const entry of entries) {
      const path = folder + entry.name
      if (entry.isDirectory()) {
        if (NEVER.has(entry.name) || isIgnored(`${path}/`, rules)) continue
        if (depth >= MAX_DEPTH) found.unreadable.push({ path, code: 'ENAMETOOLONG' })
        else pending.push({ folder: `${path}/`, rules, depth: depth + 1 })
      } else if (!isIgnored(path, rules)) found.files.push(path)
    }
  }
  found.files.sort()
  return found
}

function list(root: string, folder: string, found: Walked): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
  } catch (error) {
    found.unreadable.push({ path: folder.replace(/\/$/, '') || '.', code: codeOf(error) })
    return []
  }
}

function withOwnRules(root: string, folder: string, rules: readonly Rules[], entries: Dirent[]): readonly Rules[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return rules
  try {
    const text = readFileSync(join(root, folder, '.gitignore'), 'utf8')
    return text.length > MAX_IGNORE_FILE ? rules : [...rules, { base: folder, rules: ignore().add(text) }]
  } catch {
    return rules
  }
}

/** The deepest .gitignore that says anything decides. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (let i = rules.length - 1; i >= 0; i--) {
    const { base, rules: own } = rules[i]!
    const { ignored, unignored } = own.test(path.slice(base.length))
    if (ignored) return true
    if (unignored) return false
  }
  return false
}
