/** What is the same for all programs under one policy and one set of settings: made once, for carriers that ask about one file after another. */
import type { Catalogue } from '../catalog/load.js'
import type { ConfigFile } from '../config/setting.js'
import type { ServiceNames } from '../link/reach.js'
import { once } from '../once.js'
import type { Policy } from '../policy/policy.js'
import type { Knowledge } from '../solve/knowledge.js'
import { createEnvironment, type Environment } from './environment.js'
import { createKnowledge } from './knowledge.js'
import { serviceNames } from './relevance.js'
import { createResources } from './setting-resources.js'

export interface Prepared {
  service: ServiceNames
  knowledge: Knowledge
  resources: ReturnType<typeof createResources>
  environment: Environment
}

type Config = readonly { file: ConfigFile; text: string }[]

const byConfig = once((_: Config) =>
  once((__: Policy) => once((___: Catalogue) => ({ prepared: null as Prepared | null }))),
)

export function prepare(catalogue: Catalogue, policy: Policy, config: Config): Prepared {
  const place = byConfig(config)(policy)(catalogue)
  return (place.prepared ??= make(catalogue, policy, config))
}

function make(catalogue: Catalogue, policy: Policy, config: Config): Prepared {
  const service = serviceNames(catalogue, policy, config)
  const resources = createResources(
    catalogue,
    config.map(({ file }) => file),
  )
  return {
    service,
    resources,
    knowledge: createKnowledge(catalogue, policy, service),
    environment: createEnvironment(policy, config, resources.names, catalogue.data.config),
  }
}
