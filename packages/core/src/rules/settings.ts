/** Settings that decide where AI calls go, judged by themselves: an endpoint in a value that is one. */
import type { ConfigFile, Setting } from '../config/setting.js'
import { findLiterals } from '../catalog/validators.js'
import { LineIndex } from '../location.js'
import type { Machine } from '../solve/machine.js'
import type { SinkHit } from '../solve/sink.js'
import type { Endpoint, EndpointResolver } from './endpoint.js'
import type { Environment } from './environment.js'
import { endpointFields, type FindingMaker } from './findings.js'
import { severityOf } from '../policy/severity.js'
import * as words from './words.js'

export interface SettingsContext {
  maker: FindingMaker
  resolver: EndpointResolver
  environment: Environment
  /** Variables that code reads, with the file that does; null where no code was looked at. */
  readers: ReadonlyMap<string, string> | null
}

export function reportSettings(
  { maker, resolver, environment, readers }: SettingsContext,
  config: { file: ConfigFile; text: string },
): void {
  const { file, text } = config
  const lines = new LineIndex(text)
  for (const setting of file.settings) {
    if (setting.value === null) continue
    const name = setting.environment ?? setting.path.at(-1) ?? ''
    reportValue(maker, file, setting, name, lines)
    const value = environment.expanded(setting, file.path).trim()
    const endpoint = isEndpoint(value) ? resolver.ofText(value, file.path, isUrlVariable(maker, setting)) : null
    if (endpoint === null || endpoint.destination !== null) continue
    if (endpoint.zone === 'unknown') {
      reportUnknown(maker, file, setting, name, lines, endpoint)
      continue
    }
    if (endpoint.zone !== 'foreign' && endpoint.zone !== 'designated') continue
    const severity = severityOf(maker.context.policy, 'foreign-endpoint', file.example === true ? 'note' : 'warn')
    maker.add(
      'foreign-endpoint',
      severity,
      file.path,
      lines.region(setting.valueSpan),
      words.settingMessage(
        name,
        endpoint.provider?.name ?? null,
        endpoint.host,
        endpoint.zone,
        readers === null ? undefined : (readers.get(name) ?? null),
      ),
      words.endpointRemedy,
      endpointFields(endpoint),
      [setting.path.join('.'), endpoint.host, null],
    )
  }
}

/** A variable that the catalogue knows to hold an endpoint. */
function isUrlVariable(maker: FindingMaker, setting: Setting): boolean {
  const { environment } = setting
  if (environment === null) return false
  return maker.context.catalogue
    .environment(environment)
    .some((provider) => provider.environment?.some((key) => key.name === environment && key.holds === 'url'))
}

function reportUnknown(
  maker: FindingMaker,
  file: ConfigFile,
  setting: Setting,
  name: string,
  lines: LineIndex,
  endpoint: Endpoint,
): void {
  const told = { classes: [], sink: name, provider: null, host: endpoint.host, zone: endpoint.zone, subject: 'unknown' }
  maker.add(
    'unresolved-endpoint',
    'note',
    file.path,
    lines.region(setting.valueSpan),
    words.unresolvedSetting(told),
    words.unresolvedRemedy(endpoint.host, null),
    endpointFields(endpoint),
    [setting.path.join('.'), endpoint.host, null],
  )
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

/** A value that is a URL as a whole, not a text with one in it. */
function isEndpoint(value: string): boolean {
  return /^\s*(https?|wss?):\/\/[^\s]+\s*$/i.test(value)
}

/** Environment variables that the code reads, with the first place that does. */
export function readersOf(machine: Machine, hits: readonly SinkHit[]): Map<string, string> {
  const readers = new Map<string, string>()
  for (const hit of hits) {
    for (const route of hit.routes) {
      const texts = [...(route.url ?? []), ...(route.instance?.arguments ?? []).flatMap((value) => value.texts)]
      for (const text of texts)
        for (const part of text.parts)
          if (typeof part !== 'string' && part.environment !== null && !readers.has(part.environment))
            readers.set(part.environment, machine.unit(hit.place.module).module.path)
    }
  }
  return readers
}
