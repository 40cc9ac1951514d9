/**
 * Which modules matter: those that name an AI service (a package, a host, a path, a variable of the catalogue or the policy),
 * and those that import them, however far. Only their functions are entered from outside; the rest is solved as far as
 * these reach it.
 */
import type { Catalogue } from '../catalog/load.js'
import { parseUrl } from '../catalog/hosts.js'
import type { ConfigFile } from '../config/setting.js'
import type { Program } from '../link/program.js'
import type { Policy } from '../policy/policy.js'
import { isTestPath } from './test-paths.js'

/** Texts that name an AI service, as one expression. */
export function servicePattern(catalogue: Catalogue, policy: Policy, config: readonly { file: ConfigFile }[]): RegExp {
  return new RegExp(tokensOf(catalogue, policy, config).map(escaped).join('|'))
}

export function relevantModules(program: Program, pattern: RegExp): Set<number> {
  const importers = new Map<number, number[]>()
  for (const unit of program.units)
    for (const imported of program.imports(unit.index)) importers.set(imported, [...(importers.get(imported) ?? []), unit.index])
  const relevant = new Set<number>()
  const all = program.units.length <= fewModules
  const stack = program.units.filter((unit) => pattern.test(unit.text)).map((unit) => unit.index)
  while (stack.length > 0) {
    const module = stack.pop()!
    if (relevant.has(module)) continue
    if (isTestPath(program.units[module]!.module.path) && !all) continue
    relevant.add(module)
    stack.push(...(importers.get(module) ?? []))
  }
  return relevant
}

/** Tests drive the whole program with made-up data: in all but small programs they are not entered. */
const fewModules = 60

function tokensOf(catalogue: Catalogue, policy: Policy, config: readonly { file: ConfigFile }[]): string[] {
  const declared = policy.destinations.flatMap((destination) => destination.match.hosts.map((host) => host.replace(/^\*\.?/, '')))
  return [...new Set([...catalogue.tokens(), ...declared, ...boundVariables(catalogue, config)])].filter((token) => token.length > 2)
}

/** Environment variables that the settings bind to hosts of AI services. */
function boundVariables(catalogue: Catalogue, config: readonly { file: ConfigFile }[]): string[] {
  return config.flatMap(({ file }) =>
    file.settings.flatMap(({ environment, value }) => {
      if (environment === null || value === null || !value.includes('.')) return []
      const url = parseUrl(value)
      return url !== null && catalogue.matchHost(url.host, url.path) !== null ? [environment] : []
    }),
  )
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
