/** Settings that decide where AI calls go, judged by themselves: an endpoint in a value that is one. */
import type { ConfigFile, Setting } from '../config/setting.js'
import { findLiterals } from '../catalog/validators.js'
import { LineIndex } from '../location.js'
import type { Machine } from '../solve/machine.js'
import type { EndpointResolver } from './endpoint.js'
import { endpointFields, type FindingMaker } from './findings.js'
import { severityOf } from '../policy/severity.js'
import * as words from './words.js'

export function reportSettings(maker: FindingMaker, config: { file: ConfigFile; text: string }, resolver: EndpointResolver, readers: ReadonlyMap<string, string>): void {
  const { file, text } = config
  const lines = new LineIndex(text)
  for (const setting of file.settings) {
    if (setting.value === null) continue
    const name = setting.environment ?? setting.path.at(-1) ?? ''
    reportValue(maker, file, setting, name, lines)
    const endpoint = isEndpoint(setting.value) ? resolver.ofText(setting.value.trim(), file.path) : null
    if (endpoint === null || (endpoint.zone !== 'foreign' && endpoint.zone !== 'designated') || endpoint.destination !== null) continue
    const severity = severityOf(maker.context.policy, 'foreign-endpoint', file.example === true ? 'note' : 'warn')
    maker.add('foreign-endpoint', severity, file.path, lines.region(setting.valueSpan),
      words.settingMessage(name, endpoint.provider?.name ?? null, endpoint.host, endpoint.zone, readers.get(name) ?? null), words.endpointRemedy,
      endpointFields(endpoint), [setting.path.join('.'), endpoint.host, null])
  }
}

function reportValue(maker: FindingMaker, file: ConfigFile, setting: Setting, name: string, lines: LineIndex): void {
  for (const literal of findLiterals(setting.value!, name)) {
    if (literal.certainty !== 'certain' || literal.sample === true) continue
    const row = maker.context.rows.get(literal.dataClass)
    if (row !== 'my-number') continue
    maker.add('personal-data-literal', 'error', file.path, lines.region(setting.valueSpan), words.literalMessage(maker.dataClass(literal.dataClass), literal.masked), words.literalRemedy,
      { dataClasses: [literal.dataClass], confidence: literal.certainty }, [literal.dataClass, setting.path.join('.')])
  }
}

/** A value that is a URL as a whole, not a text with one in it. */
function isEndpoint(value: string): boolean {
  return /^\s*(https?|wss?):\/\/[^\s]+\s*$/i.test(value)
}

/** Environment variables that the code reads, with the first place that does. */
export function readersOf(machine: Machine): Map<string, string> {
  const readers = new Map<string, string>()
  for (const hit of machine.sinkHits()) {
    for (const route of hit.routes) {
      const texts = [...(route.url ?? []), ...(route.instance?.arguments ?? []).flatMap((value) => value.texts)]
      for (const text of texts) for (const part of text.parts) if (typeof part !== 'string' && part.environment !== null && !readers.has(part.environment)) readers.set(part.environment, machine.unit(hit.place.module).module.path)
    }
  }
  return readers
}
