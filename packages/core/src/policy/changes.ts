/** What has changed between two policies, entry by entry, in words that a reviewer can check. */
import type { PolicyChange } from '../finding.js'
import type { Policy } from './policy.js'

export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  const entries = [...new Set([...old.keys(), ...now.keys()])]
  return entries.flatMap((entry): PolicyChange[] => {
    const [was, is] = [old.get(entry) ?? null, now.get(entry) ?? null]
    if (was === is) return []
    return [{ what: was === null ? 'added' : is === null ? 'removed' : 'changed', entry, before: was, after: is }]
  })
}

function entriesOf(policy: Policy): Map<string, string> {
  const entries = new Map<string, string>()
  const put = (entry: string, value: unknown) => {
    // Two of one name, such as cells of two layers, are one entry.
    const text = short(value)
    const other = entries.get(entry)
    entries.set(entry, other === undefined || other === text ? text : `${other}; ${text}`)
  }
  put('extends', policy.extends)
  for (const [key, value] of Object.entries(policy.gate)) put(`gate/${key}`, value)
  put('subjects/default', policy.subjects.default)
  for (const guard of policy.subjects.guards) put(`guards/${guard.call ?? guard.member ?? ''}`, guard)
  for (const entity of policy.data.entities) put(`entities/${entity.name}`, entity)
  for (const own of policy.data.classes) put(`classes/${own.id}`, own)
  for (const name of policy.data.notPersonal) put(`notPersonal/${name}`, true)
  for (const one of policy.sanitizers) put(`sanitizers/${one.import ?? ''}#${one.name}`, one)
  for (const [name, globs] of Object.entries(policy.environments)) put(`environments/${name}`, globs)
  for (const destination of policy.destinations) put(`destinations/${destination.id}`, destination)
  for (const { data, zone, level, unless, requires, exception } of policy.cells)
    put(`rules/${data} × ${zone}`, { level, unless, requires, exception })
  for (const [rule, severity] of Object.entries(policy.rules)) put(`rules/${rule}`, severity)
  for (const { paths, rules } of policy.overrides)
    for (const { data, zone, level } of rules) put(`overrides/${paths.join(', ')}: ${data} × ${zone}`, level)
  for (const exception of policy.exceptions) put(`exceptions/${exception.id}`, exception)
  for (const glob of policy.exclude) put(`exclude/${glob}`, true)
  return entries
}

function short(value: unknown): string {
  if (typeof value === 'string') return value
  return (
    JSON.stringify(value, (key, inner: unknown) => {
      if (key === 'origin' || key === 'layers') return undefined
      return inner === null || (Array.isArray(inner) && inner.length === 0 && key !== '') ? undefined : inner
    }) ?? ''
  )
}
