/** What makes a run say less than it seems to: nothing to look at, or a policy that speaks of what is not there. */
import { languageOf, matchesAny, type Localized, type Policy } from '@sekisho/core'
import { isInScope } from '@sekisho/files'
import { gateMessages as says } from './gate-messages.js'
import type { Program } from './program.js'

const MANY = 5

export function noticesOf({ root, files }: Program, policy: Policy, analysed: number): Localized[] {
  const scoped = files.filter((path) => isInScope(path, root.scope))
  if (scoped.length === 0) return [says.noFile]
  const notices: Localized[] = []
  if (analysed === 0 && !scoped.some((path) => languageOf(path) !== null)) notices.push(says.noCode(scoped.length))
  if (root.scope !== null) return notices
  const idle = globsOf(policy).filter(({ globs }) => !files.some((path) => matchesAny(globs, path)))
  for (const { entry, globs } of idle.slice(0, MANY)) notices.push(says.idleGlobs(entry, globs.join(', ')))
  if (idle.length > MANY) notices.push(says.moreIdle(idle.length - MANY))
  return notices
}

/** Entries of the policy that hold for some paths only; what it leaves out is not among the files. */
function globsOf(policy: Policy): { entry: string; globs: readonly string[] }[] {
  return [
    ...policy.destinations.map(({ id, paths }) => ({ entry: `destinations/${id}`, globs: paths })),
    ...policy.overrides.map(({ paths }) => ({ entry: 'overrides', globs: paths })),
    ...Object.entries(policy.environments).map(([name, globs]) => ({ entry: `environments/${name}`, globs })),
    ...policy.exceptions.map(({ id, path }) => ({ entry: `exceptions/${id}`, globs: path === null ? [] : [path] })),
  ].filter(({ globs }) => globs.length > 0)
}
