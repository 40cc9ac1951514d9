/** Reads the policy with what it extends and what tightens it below. Only files inside the repository, or those that the user names. */
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import {
  catalogue,
  defaultPolicy,
  parsePolicy,
  tighten,
  type Localized,
  type ParseInput,
  type Policy,
  type PolicyError,
} from '@sekisho/core'
import { decode } from './decode.js'
import { codeOf, WorkTree, type Content, type Tree } from './file-system.js'
import { fileMessages } from './messages.js'
import { Mistake } from './mistake.js'
import { isOutside, isRooted, portable } from './path.js'
import { POLICY_NAME, type Root } from './root.js'

export interface LoadedPolicy {
  policy: Policy
  warnings: PolicyError[]
}

/** A policy is written by hand. */
const MAX_SIZE = 4 * 1024 * 1024

/** `tree`: what files of the repository are read from; files elsewhere are read from disk. */
export function loadPolicy(root: Root, tree: Tree = new WorkTree(root.program)): LoadedPolicy {
  const { policyFile } = root
  if (policyFile === null) return { policy: defaultPolicy(catalogue.data.presets, sha256), warnings: [] }
  const name = nameOf(root, policyFile)
  const isOwn = tree instanceof WorkTree || isRooted(name)
  const text = isOwn ? readPolicy(policyFile) : readOwn(tree, name)
  return parsePolicy(inputFor(root, tree, name, text))
}

/** The policy with those of folders below, which may only tighten it; shallow ones first. */
export function withNested(
  loaded: LoadedPolicy,
  root: Root,
  paths: readonly string[],
  tree: Tree = new WorkTree(root.program),
): LoadedPolicy {
  const own = root.policyFile === null ? null : nameOf(root, root.policyFile)
  const below = paths
    // One at the root that `--policy` replaces is not below anything.
    .filter((path) => path !== own && path !== POLICY_NAME)
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
  let { policy } = loaded
  const warnings = [...loaded.warnings]
  for (const path of below) {
    const content = tree.read(path, MAX_SIZE)
    if (content.kind === 'nothing') continue
    if (content.kind !== 'bytes') throw unreadable(path, content)
    const nested = parsePolicy({ ...inputFor(root, tree, path, textOf(path, content.bytes)), nested: true })
    warnings.push(...nested.warnings)
    const { dataClasses } = catalogue.data
    policy = tighten(policy, nested.policy, { directory: dirname(path), dataClasses, digest: sha256 })
  }
  return { policy, warnings }
}

/** A policy's text as it stands in an editor, checked as the file that it will be. */
export function checkPolicy(root: Root, tree: Tree, path: string, text: string): LoadedPolicy {
  const isOwn = root.policyFile === null || nameOf(root, root.policyFile) === path
  return parsePolicy({ ...inputFor(root, tree, path, text), nested: !isOwn })
}

/** The words that any policy may use. */
export const policyWords: Omit<ParseInput, 'file' | 'text' | 'read'> = {
  presets: catalogue.data.presets,
  dataClasses: catalogue.data.dataClasses,
  providers: catalogue.data.providers.map(({ id }) => id),
  digest: sha256,
}

function inputFor(root: Root, tree: Tree, file: string, text: string): ParseInput {
  return { ...policyWords, file, text, read: (path) => readExtended(root, tree, path) }
}

/** Relative to the program's root; a policy that the user keeps elsewhere has its whole path. */
function nameOf({ program }: Root, policyFile: string): string {
  const path = portable(relative(program, policyFile))
  return isOutside(path) ? portable(policyFile) : path
}

function unreadable(path: string, content: Exclude<Content, { kind: 'bytes' }>): Mistake {
  return new Mistake(fileMessages.policyUnreadable(path, whyUnread(content)))
}

function whyUnread(content: Exclude<Content, { kind: 'bytes' }>): Localized {
  switch (content.kind) {
    case 'large':
      return fileMessages.tooLarge(content.size, MAX_SIZE)
    case 'directory':
      return fileMessages.isDirectory
    case 'nothing':
      return fileMessages.notThere
    case 'outside':
      return fileMessages.linkOutside
    case 'missing':
      return fileMessages.missing
    case 'unreadable':
      return fileMessages.unreadable(content.code)
  }
}

function readOwn(tree: Tree, name: string): string {
  const content = tree.read(name, MAX_SIZE)
  if (content.kind !== 'bytes') throw unreadable(name, content)
  return textOf(name, content.bytes)
}

function readPolicy(path: string): string {
  try {
    return textOf(path, readFileSync(path))
  } catch (error) {
    if (error instanceof Mistake) throw error
    throw new Mistake(fileMessages.policyUnreadable(path, fileMessages.unreadable(codeOf(error))))
  }
}

function textOf(path: string, bytes: Buffer): string {
  const decoded = decode(bytes)
  if (decoded === null) throw new Mistake(fileMessages.policyUnreadable(path, fileMessages.undecodable))
  return decoded.text
}

/** What a policy extends: a file inside the repository, or a package's policy as it lies in `node_modules`. */
function readExtended(root: Root, tree: Tree, path: string): string | null {
  const boundary = root.gitRoot ?? root.program
  if (path.startsWith('npm:')) return readPackage(root.program, boundary, path.slice('npm:'.length))
  // A policy outside the repository was named by the user; so were the files that stand beside it.
  if (isRooted(path)) return readInside(path, dirname(root.policyFile!))
  if (tree instanceof WorkTree) return readInside(join(root.program, path), root.program)
  const content = tree.read(path, MAX_SIZE)
  return content.kind === 'bytes' ? (decode(content.bytes)?.text ?? null) : null
}

function readPackage(program: string, boundary: string, name: string): string | null {
  const segments = name.split('/')
  const isFile = segments.length > (name.startsWith('@') ? 2 : 1)
  for (let at = program; ; at = dirname(at)) {
    const text = readInside(join(at, 'node_modules', name, isFile ? '' : POLICY_NAME), boundary)
    if (text !== null || at === boundary || dirname(at) === at) return text
  }
}

function readInside(path: string, boundary: string): string | null {
  try {
    const real = realpathSync(path)
    return real.startsWith(boundary + sep) ? (decode(readFileSync(real))?.text ?? null) : null
  } catch {
    return null
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
