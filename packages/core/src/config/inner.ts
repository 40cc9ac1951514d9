/**
 * Config files within values of others: the files of a ConfigMap, scripts of a cloud's instances, patches, commands of containers. Each is
 * read by the door of its name; its settings stand below the value's, with their places in the outer file. One level deep, bounded.
 */
import type { Span } from '../location.js'
import { aligned } from './aligned.js'
import type { ConfigFile, ConfigFormat, Setting } from './setting.js'
import { addGap } from './tree.js'

const mostFiles = 200
const mostText = 1 << 20
const MANY_LINES = /[\r\n]\s*\S/
const FILE_NAME = /^[\w.-]*(?:\.[a-z][a-z0-9]*|file)$/i
const SHELL = /^\s*#![^\r\n]*\b(?:ba|z|k|da)?sh\b/
/** An app of Dify as its interface gives it. */
const EXPORTED = /^(?:app|kind|version|dependencies|workflow|model_config):/m

export function addInner(file: ConfigFile, text: string, formatOf: (name: string) => ConfigFormat | undefined): void {
  let left = mostText
  const outer = file.settings.slice()
  for (const [at, setting] of outer.entries()) {
    const name = setting.value === null ? null : nameOf(file, setting, outer[at - 1])
    const format = name === null ? undefined : formatOf(name)
    if (name === null || format === undefined) continue
    left -= setting.value!.length
    if (left < 0 || (file.inner?.length ?? 0) >= mostFiles) {
      const [en, ja] = [
        'too many files within: not all were read',
        '内側のファイルが多すぎるため、すべては読んでいません',
      ]
      return addGap(file, setting.valueSpan, 'cut', en, ja)
    }
    add(file, text, setting, format.read(name, setting.value!), name)
  }
}

/** The name that says how to read a value; null: it is no file. */
function nameOf(file: ConfigFile, { path, value }: Setting, before: Setting | undefined): string | null {
  const key = path.at(-1) ?? ''
  const written = value!
  if (SHELL.test(written)) return 'script.sh'
  if (/^\s*#cloud-config/.test(written)) return 'cloud-config.yaml'
  if (path.length === 1 && key === 'data' && EXPORTED.test(written)) return 'export.yml'
  const collection = /^\d+$/.test(key) ? path.at(-2) : key
  if (/^(?:command|args|entrypoint|cmd|commands)$/i.test(collection ?? '')) {
    const isArgument = before?.value === '-c' && /^\d+$/.test(key)
    return isArgument || MANY_LINES.test(written) ? 'script.sh' : null
  }
  // Short files stand on one line: `.env: OPENAI_BASE_URL=…`.
  if (FILE_NAME.test(key) && path.length > 1 && /[\r\n]|[\w"'.-]\s*[:=]/.test(written)) return key
  if (!MANY_LINES.test(written)) return null
  if (/^patch(?:es|esStrategicMerge)?$/.test(collection ?? '')) return 'patch.yaml'
  if (file.format === 'terraform' && path.includes('helm_release') && path.includes('values')) return 'values.yaml'
  return null
}

function add(file: ConfigFile, text: string, around: Setting, inner: ConfigFile, name: string): void {
  const from = aligned(around.value!, text, around.valueSpan)
  const at = (offset: number) => from[Math.min(offset, from.length - 1)] ?? around.valueSpan.start
  const placed = ({ start, end }: Span): Span => {
    const first = at(start)
    return { start: first, end: end > start ? Math.max(first, at(end - 1)) + 1 : first }
  }
  const scope = (file.scope ??= file.path)
  const settings = inner.settings.map((setting) => ({
    ...setting,
    ...{ file: file.path, path: [...around.path, ...setting.path] },
    ...{ keySpan: placed(setting.keySpan), valueSpan: placed(setting.valueSpan) },
    ...(setting.names === undefined ? {} : { names: setting.names.map((one) => ({ ...one, scope })) }),
  }))
  for (const gap of inner.gaps)
    addGap(file, gap.span === null ? around.valueSpan : placed(gap.span), gap.kind, gap.reason.en, gap.reason.ja)
  if (settings.length === 0) return
  file.settings.push(...settings)
  file.inner = [...(file.inner ?? []), { name, path: around.path }]
  for (const resource of inner.resources ?? []) {
    const path = [...around.path, ...resource.path]
    file.resources = [...(file.resources ?? []), { ...resource, path, span: placed(resource.span) }]
  }
}
