/** Small changes to settings that dialects of JSON and YAML share. */
import type { Setting, SettingName } from '../setting.js'

/** The setting known by one more name. */
export function named(setting: Setting, ...names: SettingName[]): void {
  setting.names = [...(setting.names ?? []), ...names]
}

/** Another text in place of what is written: an expression with its references as `${name}`. */
export function rewritten(setting: Setting, texts: readonly string[]): void {
  setting.value = texts[0] ?? null
  if (texts.length > 1) setting.alternatives = texts.slice(1)
  setting.references = texts.flatMap((text) => [...text.matchAll(/\$\{([^{}$?]+)\}/g)].map(([, name]) => name!))
}
