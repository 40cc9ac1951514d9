/** What names an AI service in code: packages, hosts, paths and variables of the catalogue, the policy and the settings, as one expression. */
import type { Catalogue } from '../catalog/load.js'
import { parseUrl } from '../catalog/hosts.js'
import { factsOf } from '../catalog/package-facts.js'
import type { ConfigFile } from '../config/setting.js'
import type { ServiceNames } from '../link/reach.js'
import type { Policy } from '../policy/policy.js'
import { anyOf } from './any-of.js'
import { channelReader } from './parts.js'

export function serviceNames(
  catalogue: Catalogue,
  policy: Policy,
  config: readonly { file: ConfigFile }[],
): ServiceNames {
  const declared = policy.destinations.flatMap((destination) =>
    destination.match.hosts.map((host) => host.replace(/^\*\.?/, '')),
  )
  const tokens = [...catalogue.tokens(), ...declared].filter((token) => token.length > 2)
  const isVariable = (token: string) => /^[A-Z][A-Z0-9_]+$/.test(token) && catalogue.environment(token).length > 0
  const variables = [...tokens.filter(isVariable), ...boundVariables(catalogue, config)]
  const isClient = (from: string, name: string) =>
    factsOf(catalogue, from).some(
      ({ facts }) =>
        facts.clients?.some(({ made, exports }) => made === 'new' && (exports.includes(name) || name === '*')) === true,
    )
  const channels = channelReader(catalogue)
  return { isClient, channels, named: anyOf(tokens.filter((token) => !isVariable(token))), variables: anyOf(variables) }
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
