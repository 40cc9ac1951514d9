/** Literals of the code: personal data written as a value, AI hosts and model profiles that name a place. */
import { eachChild } from '../ir/children.js'
import type { Constant, Template, Value as Node } from '../ir/ir.js'
import { findLiterals } from '../catalog/validators.js'
import type { Unit } from '../link/program.js'
import type { Severity } from '../finding.js'
import type { FindingMaker } from './findings.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'
import type { Span } from '../location.js'
import { knownText } from '../solve/text.js'
import { isTestPath } from './test-paths.js'
import * as words from './words.js'

interface Literal {
  text: string
  node: Constant | Template
  /** Variable, key or parameter that it stands at. */
  context: string
}

/** Every text literal of a module with the name beside it. Iterative: safe on any depth. */
export function literalsOf(unit: Unit): Literal[] {
  const found: Literal[] = []
  const stack: { node: object; context: string }[] = [{ node: unit.module.body, context: '' }]
  const seen = new Set<object>()
  while (stack.length > 0) {
    const { node, context } = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const kinded = node as Partial<Node> & { key?: unknown; pattern?: { name?: string }; name?: string }
    if (kinded.kind === 'constant') {
      if (typeof kinded.value === 'string' && kinded.value !== '')
        found.push({ text: kinded.value, node: kinded as Constant, context })
      continue
    }
    if (kinded.kind === 'template') {
      const parts = (kinded as Template).parts
      found.push({
        text: parts.map((part) => (typeof part === 'string' ? part : '\uFFFC')).join(''),
        node: kinded as Template,
        context,
      })
      for (const part of parts) if (typeof part !== 'string') stack.push({ node: part, context })
      continue
    }
    const inner = contextOf(kinded as Named, context)
    eachChild(node, (child, key) => {
      if (key !== 'span' && key !== 'type' && key !== 'key') stack.push({ node: child, context: inner })
    })
  }
  return found.sort((a, b) => a.node.span.start - b.node.span.start)
}

type Named = { key?: unknown; pattern?: Target; target?: Target }
type Target = { name?: string; place?: { key?: { kind?: string; value?: unknown } } }

function contextOf(node: Named, context: string): string {
  const key = node.key as { kind?: string; value?: unknown } | null | undefined
  if (key?.kind === 'constant' && typeof key.value === 'string') return key.value
  // env.BEDROCK_REGION = 'us-west-2'
  const member = (node.target ?? node.pattern)?.place?.key
  if (member?.kind === 'constant' && typeof member.value === 'string') return member.value
  return node.pattern?.name ?? node.target?.name ?? context
}

/** A constant put together from others (`${ROOT}/v1`), as the solver knows it. */
function writtenOut(maker: FindingMaker, unit: Unit, node: Template): string | null {
  const bound = unit.module.body.find((statement) => statement.kind === 'bind' && statement.value === node)
  if (bound?.kind !== 'bind' || bound.pattern.kind !== 'binding') return null
  const cell = maker.context.machine.moduleActivation(unit.index).cells.get(bound.pattern.binding)
  const [text] = cell?.value.texts ?? []
  return text === undefined ? null : knownText(text)
}

/** A phone number or address alone may be a shop's; the name it stands at says that it is a person's. */
function isOfPerson(maker: FindingMaker, context: string): boolean {
  return maker.context.machine.knowledge.names.owner(context).is === 'person'
}

/** An address that programs call, not a page that people read: an API's path, or a host that serves nothing else. */
function isApi(text: string): boolean {
  const rest = text.replace(/^[a-z]+:\/\//i, '')
  const slash = rest.indexOf('/')
  const host = slash < 0 ? rest : rest.slice(0, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  if (/\/v\d|\/api\b|:[a-z]+content|\/openai\b|\/anthropic\b|\/model\//i.test(path)) return true
  return path.length <= 1
    ? /(^|[.-])(api|aiplatform|bedrock|generativelanguage|openai\.azure|inference|gateway|mantle|cognitiveservices)/i.test(
        host,
      )
    : /^(api|generativelanguage|bedrock)/i.test(host)
}

export function reportLiterals(
  maker: FindingMaker,
  unit: Unit,
  resolver: EndpointResolver,
  taken: ReadonlySet<string>,
): void {
  const { catalogue, rows } = maker.context
  const { path } = unit.module
  const reported = new Set<string>()
  for (const literal of literalsOf(unit)) {
    const { node, context } = literal
    const text = node.kind === 'template' ? (writtenOut(maker, unit, node) ?? literal.text) : literal.text
    const at = { module: unit.index, span: node.span }
    for (const found of findLiterals(text, context)) {
      if (found.certainty === 'possible' || found.sample === true) continue
      const row = rows.get(found.dataClass)
      if (row === undefined || row === 'not-personal' || row === 'basic-support') continue
      if (row === 'basic' && (isTestPath(path) || !isOfPerson(maker, context))) continue
      const once = `${found.dataClass} ${text.slice(found.start, found.end)}`
      if (reported.has(once)) continue
      reported.add(once)
      const severity: Severity = row === 'my-number' ? 'error' : 'warn'
      maker.add(
        'personal-data-literal',
        severity,
        path,
        maker.region(at),
        words.literalMessage(maker.dataClass(found.dataClass), found.masked),
        words.literalRemedy,
        {
          confidence: found.certainty,
          dataClasses: [found.dataClass],
          grounds: maker.dataClass(found.dataClass).law.map(({ kind, reference }) => ({ kind, reference })),
        },
        [found.dataClass, context],
      )
    }
    if (taken.has(`${unit.index}:${node.span.start}`)) continue
    const endpoint =
      /^(https?|wss?):\/\//i.test(text) &&
      isApi(text) &&
      !/^(href|src|link|docs?|homepage|help|website|site)$/i.test(context)
        ? resolver.ofText(text, path)
        : null
    if (endpoint !== null && (endpoint.zone === 'foreign' || endpoint.zone === 'designated')) {
      maker.endpoint(
        'foreign-endpoint',
        'note',
        at,
        endpoint,
        words.endpointMessage(endpoint.provider?.name ?? null, endpoint.host, endpoint.zone),
        words.endpointRemedy,
      )
      continue
    }
    if (node.kind === 'constant') reportRegion(maker, at, text, context)
    const profile = node.kind === 'constant' ? profileOf(text, catalogue.data.providers) : null
    if (profile === null) continue
    const place = catalogue.placeOf({ provider: profile, location: 'JP', modelId: text })
    if (place.zone !== 'foreign' && place.zone !== 'designated') continue
    const named = {
      provider: profile,
      host: null,
      region: null,
      zone: place.zone,
      jurisdiction: profile.operator.jurisdiction,
      resolvedFrom: [`model id ${text}`],
      environment: null,
      escape: null,
      undeclared: null,
      destination: null,
      modelId: text,
      when: maker.context.machine.facts.none,
      literals: [],
    }
    maker.endpoint(
      'foreign-endpoint',
      'note',
      at,
      named,
      words.endpointMessage(profile.name, text, place.zone),
      words.escapeRemedy,
    )
  }
}

/** A region written at a name that says it is an AI service's: `modelRegion: 'us-east-1'`, `BEDROCK_REGION: 'us-west-2'`. */
function reportRegion(maker: FindingMaker, at: { module: number; span: Span }, text: string, context: string): void {
  if (!/region|location/i.test(context) || !/model|bedrock|vertex|llm|genai|gemini|claude|openai/i.test(context)) return
  const { catalogue, machine } = maker.context
  const provider = catalogue.data.providers.find(
    ({ regions }) =>
      regions !== undefined &&
      catalogue.data.regions[regions]?.[text] !== undefined &&
      regions === tableOf(context, text, catalogue),
  )
  if (provider === undefined) return
  const { zone } = catalogue.placeOf({ provider, location: '{region}', region: text })
  if (zone !== 'foreign' && zone !== 'designated') return
  const endpoint: Endpoint = {
    provider,
    host: null,
    region: text,
    zone,
    jurisdiction: provider.operator.jurisdiction,
    resolvedFrom: [`region ${text}`],
    environment: null,
    escape: null,
    undeclared: null,
    destination: null,
    modelId: null,
    when: machine.facts.none,
    literals: [],
  }
  maker.endpoint(
    'foreign-endpoint',
    'note',
    at,
    endpoint,
    words.endpointMessage(provider.name, text, zone),
    words.endpointRemedy,
  )
}

/** The region table of the first AI platform that has the region. */
function tableOf(context: string, text: string, catalogue: FindingMaker['context']['catalogue']): string | undefined {
  const platforms = catalogue.data.providers.filter(
    ({ kind, regions }) =>
      kind === 'cloud-platform' && regions !== undefined && catalogue.data.regions[regions]?.[text] !== undefined,
  )
  const named = platforms.find(({ id }) =>
    id.split('-').some((part) => part.length > 4 && context.toLowerCase().includes(part)),
  )
  return (named ?? platforms[0])?.regions
}

/** The provider one of whose routing profiles a text names: `global.anthropic.claude-sonnet-4-5-…`. */
function profileOf<P extends { models?: { prefix: string; escape: boolean }[] }>(
  text: string,
  providers: readonly P[],
): P | null {
  if (text.length > 120 || !/^[a-z-]+\.[a-z0-9-]+\.[a-z0-9][\w.:-]*\d[\w.:-]*$/.test(text)) return null
  return (
    providers.find((provider) =>
      provider.models?.some(({ prefix, escape }) => escape && prefix !== '' && text.startsWith(prefix)),
    ) ?? null
  )
}
