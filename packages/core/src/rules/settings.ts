/** Settings that decide where AI calls go, judged by themselves: an endpoint in a value that is one. */
import type { ConfigFile, Resource, Setting } from '../config/setting.js'
import { findLiterals } from '../catalog/validators.js'
import { LineIndex } from '../location.js'
import { once } from '../once.js'
import type { Machine } from '../solve/machine.js'
import type { SinkHit } from '../solve/sink.js'
import type { Place } from '../solve/value.js'
import type { Finding, Localized, RuleId, Severity, TraceStep } from '../finding.js'
import type { Placed } from './endpoints.js'
import { endpointFields, type FindingMaker } from './findings.js'
import { severityOf } from '../policy/severity.js'
import type { Endpoint } from './endpoint.js'
import type { SettingNames } from './setting-names.js'
import type { ResourceEndpoints } from './setting-resources.js'
import { settingEndpoints, type SchemaContext, type SettingEndpoint } from './setting-endpoints.js'
import { ofWords, type WordRule } from './setting-words.js'
import * as words from './words.js'

export interface SettingsContext extends SchemaContext {
  names: SettingNames
  resources: ResourceEndpoints
  placeOf(setting: Setting): { line: number; column: number }
  maker: FindingMaker
  words: WordRule
  /** Variables that code reads, with the file that does; null where no code was looked at. */
  readers: ReadonlyMap<string, string> | null
}

/** Reports what settings decide, and gives every endpoint that they name; of a program, what schemas name. */
export function reportSettings(
  context: SettingsContext,
  config: { file: ConfigFile; text: string },
  isProgram: boolean,
): Placed[] {
  const { maker } = context
  const { file, text } = config
  const lines = new LineIndex(text)
  const known = [...settingEndpoints(context, file), ...(context.resources.byFile.get(file.path) ?? [])]
  // A setting that a schema speaks of is judged once, by it.
  const judged = new Set<Setting>()
  for (const one of known) {
    for (const setting of one.settings) judged.add(setting)
    reportEndpoint(context, file, lines, one)
  }
  for (const setting of isProgram ? [] : file.settings) {
    if (setting.value === null) continue
    const name = context.words.name(setting)
    // What stands in a file within a value is in the value, too.
    const isInner = file.inner?.some(
      ({ path }) => path.length < setting.path.length && path.every((part, at) => part === setting.path[at]),
    )
    if (isInner !== true) reportValue(maker, file, setting, name, lines)
    const role = context.words.role(setting)
    if (
      judged.has(setting) ||
      context.resources.looked.has(setting) ||
      role === 'prose' ||
      context.names.isOverruled(setting)
    )
      continue
    const seen = new Set<string>()
    for (const endpoint of ownEndpoints(context, setting)) {
      if (seen.has(endpoint.host ?? '')) continue
      seen.add(endpoint.host ?? '')
      const isNote = role === 'choice' || ALLOWED.test(name)
      const one = { endpoint, setting, settings: [setting], isNote, standsInFor: null }
      known.push(one)
      reportEndpoint(context, file, lines, one)
    }
  }
  return known.map(({ endpoint, setting }) => {
    const { line, column } = lines.position(setting.valueSpan.start)
    return { endpoint, at: { file: file.path, line, column } }
  })
}

/** In config that is a program: an endpoint is told once, by the flow that reaches it, else where it is chosen. */
export function withoutDoubles(findings: readonly Finding[], isProgram: (path: string) => boolean): Finding[] {
  const keyOf = ({ file, endpoint, provider }: Finding) => [file, provider, endpoint?.host].join('\0')
  const isFlow = ({ rule, severity }: Finding) => rule === 'cross-border-flow' && severity !== 'note'
  const isChosen = ({ rule, severity }: Finding) => rule === 'foreign-endpoint' && severity !== 'note'
  const [reached, chosen] = [isFlow, isChosen].map((is) => new Set(findings.filter(is).map(keyOf)))
  return findings.filter((one) => {
    if (one.rule !== 'foreign-endpoint' || !isProgram(one.file)) return true
    return !reached!.has(keyOf(one)) && (isChosen(one) || !chosen!.has(keyOf(one)))
  })
}

/** Of each value that a setting may have; one that is written elsewhere, and says it there too, is judged there. */
function ownEndpoints(context: SettingsContext, setting: Setting): Endpoint[] {
  const { environment, names, resources } = context
  if (setting.alternatives === undefined && !setting.value!.includes('$'))
    return endpointsOf(context, setting, setting.value!.trim())
  return names.values(setting).flatMap((one) => {
    const givers = one.setting === setting ? (one.parts ?? []) : [one.setting]
    if (givers.some((giver) => resources.looked.has(giver))) return []
    const value = environment.filled(one.text, setting).trim()
    const there = one.setting === setting ? null : environment.filled(one.setting.value ?? '', one.setting).trim()
    if (there !== null && endpointsOf(context, one.setting, there).length > 0) return []
    return endpointsOf(context, setting, value)
  })
}

/** What a value is by itself: URLs, a host under a key that asks for one, a place under a key that names a service. */
function endpointsOf(context: SettingsContext, setting: Setting, value: string): Endpoint[] {
  const { maker, resolver, words: rule, readers } = context
  const urls = urlsIn(value)
  const found = urls.map((url) => resolver.ofText(url, setting.file, isUrlVariable(maker, setting)))
  if (urls.length === 0) {
    const named = isHost(rule.name(setting), value) ? resolver.ofText(value, setting.file) : null
    // What code reads is judged where it is used.
    const isRead = setting.environment !== null && readers?.has(setting.environment) === true
    found.push(
      named ?? (isRead ? null : ofWords(rule, resolver, setting, value, () => resourceAround(context.files, setting))),
    )
  }
  return found.filter((endpoint) => endpoint !== null)
}

/** The innermost resource that a setting stands in. */
function resourceAround(files: readonly ConfigFile[], { file, path }: Setting): Resource | null {
  const known = resourcesIn(files).get(file)
  if (known === undefined) return null
  for (let length = path.length - 1; length > 0; length--) {
    const found = known.get(path.slice(0, length).join('\0'))
    if (found !== undefined) return found
  }
  return null
}

const resourcesIn = once(
  (files: readonly ConfigFile[]) =>
    new Map(
      files
        .filter(({ resources = [] }) => resources.length > 0)
        .map(({ path, resources = [] }) => [path, new Map(resources.map((one) => [one.path.join('\0'), one]))]),
    ),
)

/** Whether code or another setting names a setting, so that something may read it. */
function isMentioned({ maker, files }: SettingsContext, setting: Setting, name: string): boolean {
  const key = setting.environment ?? setting.path.at(-1) ?? name
  if (key.length > 3 && maker.context.machine.program.units.some(({ text }) => text.includes(key))) return true
  const { references, templates } = mentionsIn(files)
  const called = [key, ...(setting.names ?? []).map((one) => one.name)]
  const others = (found: readonly Setting[] | undefined) => found?.some((other) => other !== setting) === true
  return (
    others(references.get(key)) ||
    templates.some((other) => other !== setting && called.some((one) => other.value!.includes(`\${${one}`)))
  )
}

/** What settings refer to, and those whose value is put together of others: few among many. */
const mentionsIn = once((files: readonly ConfigFile[]) => {
  const references = new Map<string, Setting[]>()
  const templates: Setting[] = []
  for (const setting of files.flatMap(({ settings }) => settings)) {
    if (setting.value === null) continue
    if (setting.value.includes('${')) templates.push(setting)
    for (const key of setting.references) {
      const known = references.get(key)
      if (known === undefined) references.set(key, [setting])
      else if (known.length < 2) known.push(setting)
    }
  }
  return { references, templates }
})

function reportEndpoint(
  context: SettingsContext,
  file: ConfigFile,
  lines: LineIndex,
  { endpoint, setting, via = [], label, factor, isNote, standsInFor }: SettingEndpoint,
): void {
  const { maker, readers, words: rule, placeOf } = context
  if (endpoint.destination !== null) return
  const name = label ?? rule.name(setting)
  const isMeek = isNote || file.example === true
  const add = (rule: RuleId, severity: Severity, message: Localized, remedy: Localized) =>
    maker.add(
      rule,
      severityOf(maker.context.policy, rule, isMeek ? 'note' : severity),
      file.path,
      lines.region(setting.valueSpan),
      message,
      remedy,
      { ...endpointFields(endpoint), ...(via.length > 0 ? { trace: traceOf(setting, via, placeOf) } : {}) },
      [setting.path.join('.'), endpoint.host, endpoint.modelId, null],
    )
  const provider = endpoint.provider?.name ?? null
  const escape = endpoint.escape ?? (standsInFor === null ? null : words.standIn(standsInFor, endpoint.host))
  if (escape !== null) {
    add(
      'region-escape',
      'error',
      words.escapeMessage(provider, escape),
      standsInFor === null ? words.escapeRemedy : words.standInRemedy,
    )
    return
  }
  if (endpoint.zone === 'foreign' || endpoint.zone === 'designated') {
    const { host, region, zone, modelId } = endpoint
    const place = host ?? factor ?? region ?? modelId
    add(
      'foreign-endpoint',
      'warn',
      words.settingMessage(
        name,
        provider,
        place,
        zone,
        readers === null || label !== undefined
          ? undefined
          : (readers.get(name) ?? (isMentioned(context, setting, name) ? undefined : null)),
      ),
      words.endpointRemedy,
    )
  } else if (endpoint.undeclared !== null)
    add('undeclared-residency', 'note', endpoint.undeclared, words.undeclaredRemedy(endpoint.host))
  else if (endpoint.zone === 'unknown') {
    const told = { classes: [], sink: name, provider, host: endpoint.host, zone: endpoint.zone, subject: 'unknown' }
    add(
      'unresolved-endpoint',
      'note',
      words.unresolvedSetting(told),
      words.unresolvedRemedy(endpoint.host, endpoint.provider?.id ?? null),
    )
  }
}

/** From where a value is written to what it decides. */
function traceOf(setting: Setting, via: readonly Setting[], placeOf: SettingsContext['placeOf']): TraceStep[] {
  return [...via, setting].reverse().map((step) => {
    const label = step.path.join('.')
    return { file: step.file, ...placeOf(step), label, labelJa: label }
  })
}

/** A variable that the catalogue knows to hold an endpoint. */
function isUrlVariable(maker: FindingMaker, setting: Setting): boolean {
  const { environment } = setting
  if (environment === null) return false
  return maker.context.catalogue
    .environment(environment)
    .some((provider) => provider.environment?.some((key) => key.name === environment && key.holds === 'url'))
}

function reportValue(maker: FindingMaker, file: ConfigFile, setting: Setting, name: string, lines: LineIndex): void {
  for (const literal of findLiterals(setting.value!, name)) {
    if (literal.certainty === 'possible' || literal.sample === true) continue
    const row = maker.context.rows.get(literal.dataClass)
    if (row !== 'my-number') continue
    maker.add(
      'personal-data-literal',
      'error',
      file.path,
      lines.region(setting.valueSpan),
      words.literalMessage(maker.dataClass(literal.dataClass), literal.masked),
      words.literalRemedy,
      { dataClasses: [literal.dataClass], confidence: literal.certainty },
      [literal.dataClass, setting.path.join('.')],
    )
  }
}

const URL_TEXT = /^(?:https?|wss?):\/\/[^\s]+$/i
/** `//api.openai.com/v1`: with whatever scheme the page or the proxy has. */
const SCHEMELESS = /^\/\/[\w-]+(?:\.[\w-]+)+(?:[:/]\S*)?$/

/** A value that is a URL as a whole, a list of URLs, or a connection string with an endpoint; not a text with a URL in it. */
function urlsIn(value: string): string[] {
  if (SCHEMELESS.test(value)) return [`https:${value}`]
  if (URL_TEXT.test(value) && !/[;,](?:https?|wss?):\/\//i.test(value)) return [value]
  const connection = /(?:^|;)\s*Endpoint=([^;\s]+)/i.exec(value)
  if (connection !== null) return URL_TEXT.test(connection[1]!) ? [connection[1]!] : []
  const parts = value.length < 2_000 ? value.split(/[;,]\s*/).filter((part) => part !== '') : []
  return parts.length > 1 && parts.length <= 20 && parts.every((part) => URL_TEXT.test(part)) ? parts : []
}

/** Lists of what may be reached: `spec.hosts`, `allowedDomains`. */
const ALLOWED = /(?:hosts|domains|fqdns|match_?name)$/i

/** A bare host under a key that asks for one. */
function isHost(name: string, value: string): boolean {
  return (
    (/(?:host|endpoint|url|uri|base|server|address)$/i.test(name) || ALLOWED.test(name)) &&
    /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?$/.test(value)
  )
}

/** Environment variables that the code reads, itself or by the SDKs that it calls, with the first place that does. */
export function readersOf(
  machine: Machine,
  hits: readonly SinkHit[],
  met: readonly { endpoint: Endpoint; place: Place }[],
): Map<string, string> {
  const readers = new Map<string, string>()
  for (const hit of hits) {
    for (const route of hit.routes) {
      const texts = [
        ...(route.url ?? []),
        ...route.models,
        ...(route.instance?.arguments ?? []).flatMap((value) => value.texts),
      ]
      for (const text of texts)
        for (const part of text.parts)
          if (typeof part !== 'string' && part.environment !== null && !readers.has(part.environment))
            readers.set(part.environment, machine.unit(hit.place.module).module.path)
    }
  }
  for (const { endpoint, place } of met)
    for (const from of endpoint.resolvedFrom) {
      const name = /^environment (\S+) \(/.exec(from)?.[1]
      if (name !== undefined && !readers.has(name)) readers.set(name, machine.unit(place.module).module.path)
    }
  return readers
}
