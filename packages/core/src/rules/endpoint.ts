/**
 * Where a call goes: the endpoint resolved the way the SDK does it — explicit option, environment variable, default — and its
 * place. Decided by host, never by SDK class or model family.
 */
import type { Provider, Client } from '../catalog/catalogue.js'
import { hole, isLocal, parseUrl } from '../catalog/hosts.js'
import { bareName } from '../catalog/ecosystems.js'
import type { Catalogue } from '../catalog/load.js'
import type { Localized, Zone } from '../finding.js'
import { destinationFor } from '../policy/destination.js'
import type { Destination, Policy } from '../policy/policy.js'
import { access } from '../solve/access.js'
import { frameOf } from '../solve/body.js'
import type { Facts } from '../solve/facts.js'
import type { Machine } from '../solve/machine.js'
import type { Route } from '../solve/sink.js'
import type { Text } from '../solve/text.js'
import { nothing, type Instance } from '../solve/value.js'
import type { Environment } from './environment.js'
import type { Wiring } from './wiring.js'

export interface Endpoint {
  provider: Provider | null
  host: string | null
  region: string | null
  zone: Zone
  jurisdiction: string | null
  resolvedFrom: string[]
  environment: string | null
  escape: { factor: string; en: string; ja: string } | null
  undeclared: Localized | null
  destination: Destination | null
  modelId: string | null
  when: Facts
  /** Places of the literals that named it. */
  literals: { module: number; start: number; end: number }[]
}

interface Candidate {
  text: string
  from: string[]
  environment: string | null
  when: Facts
  literals: Endpoint['literals']
}

const mostCandidates = 8

export interface SettledSettings {
  text: string | null
  from: string[]
  environment: string | null
  provider: string
  models: readonly string[]
  deployment: string | null
}

export interface EndpointResolver {
  ofRoute(route: Route, file: string): Endpoint[]
  ofInstance(instance: Instance, models: readonly Text[], when: Facts, file: string): Endpoint[]
  /** Whether a raw HTTP URL is one of an AI service; its endpoints, or none. */
  ofUrl(texts: readonly Text[], when: Facts, file: string): Endpoint[]
  /** A literal URL; null where it is no AI service's, unless `any` is said to be one. */
  ofText(url: string, file: string, any?: boolean): Endpoint | null
  /** What settings of a config file name. `null` text: they do not say where. */
  ofSettings(settings: SettledSettings, file: string): Endpoint[]
  /** A provider in a region that a setting names, or with a model id that routes. */
  ofPlace(
    query: { provider: string; region: string | null; model: string | null; deployment?: string | null },
    from: string,
    file: string,
  ): Endpoint
}

export function createResolver(
  machine: Machine,
  catalogue: Catalogue,
  policy: Policy,
  environment: Environment,
  wiring: Wiring,
): EndpointResolver {
  const facts = machine.facts

  /** A text with its variables filled: one candidate a way. */
  function candidates(text: Text, file: string, source: string): Candidate[] {
    let all: Candidate[] = [
      { text: '', from: [source], environment: null, when: text.when, literals: text.at === null ? [] : [text.at] },
    ]
    for (const part of text.parts) {
      const ways =
        typeof part === 'string'
          ? [{ text: part, from: [] as string[], environment: null as string | null }]
          : fill(part, file)
      all = all
        .flatMap((known) =>
          ways.map((way) => ({
            ...known,
            text: known.text + way.text,
            from: [...known.from, ...way.from],
            environment: known.environment ?? way.environment,
          })),
        )
        .slice(0, mostCandidates)
    }
    return all.map((candidate) => ({ ...candidate, from: candidate.from.filter((from) => from !== '') }))
  }

  function fill(part: { environment: string | null; fallback: readonly string[] }, file: string) {
    if (part.environment === null) return [{ text: hole, from: [], environment: null }]
    const bound = environment.values(part.environment, file)
    const name = `environment ${part.environment}`
    if (bound.length > 0)
      return bound.map((one) => ({
        text: one.value,
        from: [`${name} (${one.place})`],
        environment: one.environment,
      }))
    if (part.fallback.length > 0)
      return part.fallback.map((text) => ({ text, from: [`${name} not set`, 'default in code'], environment: null }))
    return [{ text: hole, from: [`${name} not set in the repository`], environment: null }]
  }

  /** First template whose sources are all present. */
  function fromTemplates(
    templates: readonly string[],
    instance: Instance | null,
    when: Facts,
    file: string,
  ): Candidate[] {
    for (const template of templates) {
      let all: Candidate[] = [{ text: '', from: [], environment: null, when, literals: [] }]
      let present = true
      for (const piece of template.split(/(\{[^}]*\})/)) {
        if (piece === '') continue
        const ways = piece.startsWith('{')
          ? fromSources(piece.slice(1, -1).split('|'), instance, file, when)
          : [{ text: piece, from: [], environment: null, when, literals: [] }]
        if (ways === null) {
          present = false
          break
        }
        all = all
          .flatMap((known) =>
            ways.flatMap((way) => {
              const both = facts.both(known.when, way.when)
              if (both === null) return []
              return [
                {
                  text: known.text + way.text,
                  from: [...known.from, ...way.from],
                  environment: known.environment ?? way.environment,
                  when: both,
                  literals: [...known.literals, ...way.literals],
                },
              ]
            }),
          )
          .slice(0, mostCandidates)
      }
      if (present)
        return all.map((one) =>
          one.from.length > 0
            ? one
            : { ...one, from: [instance === null ? 'default' : `default of ${instance.package}`] },
        )
    }
    return []
  }

  function fromSources(
    sources: readonly string[],
    instance: Instance | null,
    file: string,
    when: Facts,
  ): Candidate[] | null {
    for (const source of sources) {
      const colon = source.indexOf(':')
      const kind = source.slice(0, colon)
      const rest = source.slice(colon + 1)
      if (kind === 'default') return [{ text: rest, from: [`default ${rest}`], environment: null, when, literals: [] }]
      if (kind === 'env') {
        const bound = environment.values(rest, file)
        if (bound.length > 0)
          return bound.map((one) => ({
            text: one.value,
            from: [`environment ${rest} (${one.place})`],
            environment: one.environment,
            when,
            literals: [],
          }))
        continue
      }
      const option = kind === 'module' ? memberOf(instance, rest, file) : optionOf(instance, rest, file)
      if (option !== null) return option
    }
    return null
  }

  /** What the program sets in the package itself: `openai.base_url = …`. */
  function memberOf(instance: Instance | null, name: string, file: string): Candidate[] | null {
    const cell = instance === null ? undefined : machine.channels.get(`member ${instance.package} ${name}`)
    if (cell === undefined) return null
    const from = `${bareName(instance!.package)}.${name}`
    const found = cell.value.texts.flatMap((text) => candidates(text, file, from)).slice(0, mostCandidates)
    return found.length > 0
      ? found
      : [{ text: hole, from: [`${from} not known`], environment: null, when: facts.none, literals: [] }]
  }

  function optionOf(instance: Instance | null, path: string, file: string): Candidate[] | null {
    if (instance === null) return null
    const name = `option ${path.replace(/^\d+\./, '')}`
    if (instance.arguments === null)
      return /(^|\.|=|With)base_?url|endpoint(\(\))?$/i.test(path)
        ? [{ text: hole, from: ['construction not seen'], environment: null, when: facts.none, literals: [] }]
        : null
    const value = read(instance, path)
    if (value.texts.length > 0)
      return value.texts.flatMap((text) => candidates(text, file, name)).slice(0, mostCandidates)
    if (value.opaque !== null || value.things.length > 0)
      return [{ text: hole, from: [`${name} not known`], environment: null, when: facts.none, literals: [] }]
    return null
  }

  function read(instance: Instance, path: string) {
    return access(
      frameOf(machine, machine.moduleActivation(instance.place.module)),
      path,
      instance.arguments ?? [],
      nothing,
      instance.place.span,
    )
  }

  /** A route of the client that its options choose: another provider's endpoint. */
  function chosen(instance: Instance, client: Client, file: string): { provider: string; endpoint: readonly string[] } {
    for (const route of client.routes ?? []) {
      const { option, env, is, present } = route.when
      const texts =
        option !== undefined
          ? (optionTexts(instance, option) ?? [])
          : env !== undefined
            ? environment.values(env, file).map((bound) => bound.value)
            : []
      const given = option !== undefined ? optionTexts(instance, option) !== null : texts.length > 0
      if (
        present !== undefined
          ? given === present
          : texts.some((text) => (is ?? [true, 'true', '1']).map(String).includes(text))
      )
        return route
    }
    return { provider: instance.provider, endpoint: client.endpoint }
  }

  function optionTexts(instance: Instance, path: string): string[] | null {
    const value = read(instance, path)
    if (value.texts.length === 0 && value.opaque === null && value.things.length === 0) return null
    return value.texts.map((text) => text.parts.map((part) => (typeof part === 'string' ? part : hole)).join(''))
  }

  function settle(
    candidate: Candidate,
    provider: Provider | null,
    models: readonly string[],
    file: string,
    deployment: string | null = null,
  ): Endpoint[] {
    const url = parseUrl(candidate.text)
    const base = {
      resolvedFrom: candidate.from,
      environment: candidate.environment,
      when: candidate.when,
      literals: candidate.literals,
    }
    if (url === null || url.host === '' || url.host === hole) {
      const destination = destinationFor(policy, { provider: provider?.id ?? null, host: null, path: file })
      const runtime = provider?.kind === 'runtime' && candidate.text === ''
      return [
        {
          ...base,
          provider,
          host: null,
          region: null,
          zone: destination?.zone ?? (runtime ? 'edge' : 'unknown'),
          jurisdiction: null,
          escape: null,
          undeclared: null,
          destination,
          modelId: models[0] ?? null,
        },
      ]
    }
    const matched = catalogue.matchHost(url.host, url.path)
    const host = url.port !== null && isLocal(url.host) ? `${url.host}:${url.port}` : url.host
    if (matched === null) {
      const known = provider?.kind === 'runtime' ? provider : null
      const destination = destinationFor(policy, { provider: null, host, path: file })
      const zone = destination?.zone ?? (isLocal(url.host) ? 'edge' : 'unknown')
      return [
        {
          ...base,
          provider: known,
          host: host.includes(hole) ? host.replaceAll(hole, '…') : host,
          region: null,
          zone,
          jurisdiction: null,
          escape: null,
          undeclared: null,
          destination,
          modelId: models[0] ?? null,
        },
      ]
    }
    const ruled = (matched.provider.models?.length ?? 0) > 0 && models.length > 0 ? models : [null]
    return ruled.slice(0, 4).map((modelId) => {
      const region = matched.captures.region ?? null
      const place = catalogue.placeOf({ provider: matched.provider, host: matched.host, region, modelId, deployment })
      const destination = destinationFor(policy, { provider: matched.provider.id, host, model: modelId, path: file })
      return {
        ...base,
        provider: matched.provider,
        host: host.replaceAll(hole, '…'),
        region: place.region,
        zone: destination?.zone ?? place.zone,
        jurisdiction: place.jurisdiction,
        // What is declared of an account does not hold where a setting says otherwise.
        escape: destination?.zone != null && place.escape?.setting !== true ? null : place.escape,
        undeclared: destination === null ? place.undeclared : null,
        destination,
        modelId: modelId ?? models[0] ?? null,
      }
    })
  }

  function modelIds(models: readonly Text[], file: string): string[] {
    return [
      ...new Set(
        models
          .flatMap((text) => candidates(text, file, ''))
          .map((candidate) => candidate.text)
          .filter((text) => text !== '' && !text.startsWith(hole)),
      ),
    ]
  }

  function ofSettings(
    { text, from, environment: name, provider, models, deployment }: SettledSettings,
    file: string,
  ): Endpoint[] {
    const candidate = { text: text ?? hole, from, environment: name, when: facts.none, literals: [] }
    return settle(candidate, catalogue.providerById(provider), models, file, deployment)
  }

  function ofInstance(instance: Instance, models: readonly Text[], when: Facts, file: string): Endpoint[] {
    const set = instance.arguments === null ? wiring.settled(instance, file) : []
    if (set.length > 0) return set.flatMap((one) => ofSettings(one, file)).map((found) => ({ ...found, when }))
    const { provider: id, endpoint } = chosen(instance, instance.client, file)
    const provider = catalogue.providerById(id)
    const found = fromTemplates(endpoint, instance, when, file)
    const runtime = provider?.kind === 'runtime' && endpoint.length === 0
    if (found.length === 0)
      found.push({
        text: runtime ? '' : hole,
        from: [runtime ? 'runs in process' : 'no endpoint given'],
        environment: null,
        when,
        literals: [],
      })
    return found.flatMap((candidate) => settle(candidate, provider, modelIds(models, file), file))
  }

  function ofUrl(texts: readonly Text[], when: Facts, file: string): Endpoint[] {
    return texts.flatMap((text) =>
      candidates(text, file, '').flatMap((candidate) => {
        const both = facts.both(candidate.when, when)
        if (both === null) return []
        const url = parseUrl(candidate.text)
        // fetch('/api/chat') asks the program's own server.
        if (url === null && candidate.text.startsWith('/')) return []
        const path = url?.path ?? pathOf(candidate.text)
        const ai = catalogue.data.apiPaths.some(
          (api) => path.endsWith(api.path) || (api.path.startsWith(':') && path.includes(api.path)),
        )
        const matched = url === null ? null : catalogue.matchHost(url.host, url.path)
        const declared = url === null ? null : destinationFor(policy, { provider: null, host: url.host, path: file })
        if (matched === null && declared === null && !ai) return []
        return settle({ ...candidate, when: both }, null, modelIdsInPath(path), file)
      }),
    )
  }

  return {
    ofInstance,
    ofUrl,
    ofRoute(route, file) {
      if (route.url !== null) return ofUrl(route.url, route.when, file)
      if (route.instance !== null) return ofInstance(route.instance, route.models, route.when, file)
      if (route.gateway !== null) {
        const provider = catalogue.providerById(route.gateway.provider)
        const found = fromTemplates(route.gateway.endpoint, route.gateway.given ?? null, route.when, file)
        if (found.length > 0)
          return found.flatMap((candidate) => settle(candidate, provider, modelIds(route.models, file), file))
      }
      return [
        {
          provider: null,
          host: null,
          region: null,
          zone: 'unknown',
          jurisdiction: null,
          resolvedFrom: ['model or client not known'],
          environment: null,
          escape: null,
          undeclared: null,
          destination: destinationFor(policy, { provider: null, host: null, path: file }),
          modelId: null,
          when: route.when,
          literals: [],
        },
      ]
    },
    ofSettings,
    ofPlace({ provider: id, region, model, deployment = null }, from, file) {
      const provider = catalogue.providerById(id)
      const location = region === null ? 'unknown' : '{region}'
      const place = catalogue.placeOf({ provider, location, region, modelId: model, deployment })
      const ruled = provider?.models?.find((rule) => rule.prefix !== '' && model?.startsWith(rule.prefix))
      const zone =
        region === null && ruled !== undefined
          ? catalogue.placeOf({ provider, location: ruled.location }).zone
          : place.zone
      const destination = destinationFor(policy, { provider: id, host: null, model, path: file })
      return {
        provider,
        host: null,
        region,
        zone: destination?.zone ?? zone,
        jurisdiction: place.jurisdiction,
        resolvedFrom: [from],
        environment: null,
        // What is declared of an account does not hold where a setting says otherwise.
        escape: destination?.zone != null && place.escape?.setting !== true ? null : place.escape,
        undeclared: null,
        destination,
        modelId: model,
        when: facts.none,
        literals: [],
      }
    },
    ofText(text, file, any = false) {
      const url = parseUrl(text)
      if (url === null || (!any && catalogue.matchHost(url.host, url.path) === null)) return null
      return (
        settle({ text, from: ['literal'], environment: null, when: facts.none, literals: [] }, null, [], file)[0] ??
        null
      )
    },
  }
}

/** `…/v1/chat/completions` behind a base that is not known. */
function pathOf(text: string): string {
  const slash = text.indexOf('/')
  return slash < 0 ? '' : text.slice(slash).replace(/[?#].*$/, '')
}

/** `/model/global.anthropic.claude-…/converse` names its model. */
function modelIdsInPath(path: string): string[] {
  const model = /\/models?\/([^/:]+(?::\d+)?)/.exec(path)?.[1]
  return model === undefined ? [] : [decode(model)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
