/**
 * YAML files of any kind: every scalar is a setting with the path of its keys. The text is untrusted: its size, its depth (before
 * it is parsed, because the parser recurses) and what its aliases expand to are bounded; what is cut or broken is a gap.
 */
import { parseAllDocuments } from 'yaml'
import type { Gap } from '../gap.js'
import { readDialect } from './dialects/dialects.js'
import type { Span } from '../location.js'
import { type ConfigFile, type ConfigFormat, isExample } from './setting.js'
import { outlineOf } from './yaml/outline.js'
import { SettingsReader } from './yaml/settings.js'
import { maskTemplates } from './yaml/template.js'

const MAX_LENGTH = 1 << 20
const MAX_DEPTH = 100
const MAX_GAPS = 20

export const yaml: ConfigFormat = {
  id: 'yaml',
  matches(path) {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
    return /\.ya?ml$/.test(name) && !/[-.]lock\.ya?ml$/.test(name) && !/^sekisho\.ya?ml$/.test(name)
  },
  read(path, text) {
    const file: ConfigFile = { path, format: 'yaml', settings: [], comments: [], gaps: [] }
    if (isExample(path)) file.example = true
    try {
      read(file, text)
    } catch {
      file.gaps.push(gap(path, null, 'parse', 'could not be read as YAML', 'YAML として読めませんでした'))
    }
    return file
  },
}

function read(file: ConfigFile, text: string): void {
  if (text.length > MAX_LENGTH) {
    file.gaps.push(gap(file.path, null, 'cut', 'longer than 1 MiB: not read', '1 MiB を超えるため読んでいません'))
    return
  }
  const { text: masked, templates } = maskTemplates(text)
  const outline = outlineOf(masked, MAX_DEPTH)
  file.comments = outline.comments
  if (outline.tooDeep !== null) {
    const span = { start: outline.tooDeep, end: outline.tooDeep + 1 }
    const [en, ja] = [`nested deeper than ${MAX_DEPTH}: not read`, `入れ子が ${MAX_DEPTH} を超えるため読んでいません`]
    file.gaps.push(gap(file.path, span, 'cut', en, ja))
    return
  }
  const reader = new SettingsReader(file.path, masked, templates, outline.comments)
  // Every scalar is text, and equal keys are the reader's business: the check for them is quadratic.
  const documents = parseAllDocuments(masked, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  })
  for (const document of documents) {
    const error = document.errors[0]
    if (error && file.gaps.length < MAX_GAPS) {
      const span = { start: error.pos[0], end: error.pos[1] }
      file.gaps.push(
        gap(file.path, span, 'parse', 'the YAML is not valid here', 'ここで YAML の文法が正しくありません'),
      )
    }
    reader.document(document.contents)
  }
  file.settings = reader.settings()
  readDialect(file, masked)
  if (reader.cut)
    file.gaps.push(
      gap(file.path, null, 'cut', 'too many settings: not all were read', '設定が多すぎるため、すべては読んでいません'),
    )
}

function gap(file: string, span: Span | null, kind: Gap['kind'], en: string, ja: string): Gap {
  return { file, span, reason: { en, ja }, kind }
}
