/**
 * What infrastructure code says of the account that code calls: a host named after a resource is where that resource is, and what is
 * deployed under the model's name is processed where its deployment type says.
 */
import { lazily } from '../once.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'
import type { Environment } from './environment.js'
import type { Account, Resources } from './setting-resources.js'

export function withAccounts(
  resolver: EndpointResolver,
  resources: Resources,
  environment: Environment,
): EndpointResolver {
  const accounts = lazily(() => resources.accounts(environment))
  const located = (file: string) => (endpoint: Endpoint) => locate(resolver, accounts(), endpoint, file)
  return {
    ...resolver,
    ofRoute: (route, file) => resolver.ofRoute(route, file).map(located(file)),
    ofInstance: (instance, models, when, file) => resolver.ofInstance(instance, models, when, file).map(located(file)),
  }
}

function locate(resolver: EndpointResolver, accounts: readonly Account[], endpoint: Endpoint, file: string): Endpoint {
  const { provider, host, destination } = endpoint
  if (accounts.length === 0 || provider === null || host === null || destination !== null) return endpoint
  const own = accounts.filter((account) => account.provider.id === provider.id)
  const label = host.split('.', 1)[0]!
  const named = own.filter(({ names }) => names.includes(label))
  const there =
    named.length > 0
      ? named
      : own.filter(({ regions }) => endpoint.region !== null && regions.includes(endpoint.region))
  const deployed = there.flatMap(({ deployments }) => deployments.filter(({ name }) => name === endpoint.modelId))
  if (named.length === 0 && deployed.length === 0) return endpoint
  const region = endpoint.region ?? named[0]?.regions[0] ?? null
  const types = provider.deployments?.filter(({ name }) =>
    deployed.some(({ type }) => type.toLowerCase() === name.toLowerCase()),
  )
  const leaving = types?.find(({ location }) => location !== 'host')
  const deployment = (leaving ?? types?.[0])?.name ?? null
  if (region === null && deployment === null) return endpoint
  const from = `infrastructure (${there[0]!.file})`
  const place = resolver.ofPlace({ provider: provider.id, region, model: null, deployment }, from, file)
  const { zone, escape, jurisdiction, undeclared } = place
  return {
    ...endpoint,
    region: place.region,
    zone,
    escape,
    jurisdiction,
    undeclared,
    resolvedFrom: [...endpoint.resolvedFrom, from],
  }
}
