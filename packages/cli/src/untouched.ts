/**
 * Whether a commit leaves all that is analysed as it was: only files that are neither code, config, manifest, schema nor policy come
 * or go, and code that changes was not analysed before, holds no token and imports what it imported. Then the analysis is the same,
 * and nothing but those files has to be read. In doubt the answer is no.
 */
import { catalogue, channelReader, schemaFormatOf, type Policy } from '@sekisho/core'
import { createPrefilter, isConfig, roleOf, tokensOf, type GitTree } from '@sekisho/files'
import type { Judged } from './judge.js'
import type { Looked, Memory } from './memory.js'
import type { Program } from './program.js'
import { look, textIn } from './select.js'

/** More changes than that are looked at in full. */
const MANY = 200

export interface Side {
  program: Program
  tree: GitTree
}

export function isUntouched(
  base: Side,
  head: Side,
  { selected, names, channels }: Judged,
  { policy, memory, maxFileSize }: { policy: Policy; memory: Memory; maxFileSize: number },
): boolean {
  if (JSON.stringify(base.program.gaps) !== JSON.stringify(head.program.gaps)) return false
  const changed = changedPaths(base, head)
  if (changed.length > MANY || !changed.every((path) => mayChange(base, head, path))) return false
  const code = changed.filter((path) => roleOf(path) === 'code')
  if (code.length === 0) return true
  const analysed = new Set(selected)
  if (code.some((path) => analysed.has(path))) return false
  const prefilter = createPrefilter([...tokensOf(policy), ...names])
  const lookAt = ({ tree }: Side, path: string): Looked | null => {
    const known = memory.recall(tree.idOf(path), path, prefilter.key)
    if (known !== null) return known
    const looked = look(tree, path, prefilter, maxFileSize)
    if (!('matches' in looked)) return null
    memory.keep(tree.idOf(path), path, prefilter.key, looked)
    return looked
  }
  const reader = channelReader(catalogue)
  const heard = new Set(channels)
  const speaks = ({ tree }: Side, path: string) =>
    heard.size > 0 && reader.spoken(textIn(tree, path, maxFileSize), heard).length > 0
  return code.every((path) => {
    if (speaks(head, path)) return false
    const [before, after] = [lookAt(base, path), lookAt(head, path)]
    return before !== null && after !== null && !after.matches && JSON.stringify(before) === JSON.stringify(after)
  })
}

function changedPaths(base: Side, head: Side): string[] {
  const before = new Set(base.program.files)
  const gone = new Set(before)
  const changed: string[] = []
  for (const path of head.program.files) {
    gone.delete(path)
    if (!before.has(path) || base.tree.entryOf(path) !== head.tree.entryOf(path)) changed.push(path)
  }
  return [...changed, ...gone]
}

/** Code may change; what is read for other reasons may not; what is not read may come and go. */
function mayChange(base: Side, head: Side, path: string): boolean {
  if (isConfig(path) || schemaFormatOf(path) !== undefined) return false
  const role = roleOf(path)
  if (role === null) return true
  return role === 'code' && base.tree.idOf(path) !== null && head.tree.idOf(path) !== null
}
