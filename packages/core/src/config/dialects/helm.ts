/**
 * Helm: `values.yaml` and its kin give `.Values.…` to the templates of their chart, a parent's to its subcharts under their name; a
 * template's `{{ .Values.x | quote }}` is what they give. Anything else in braces is known only when it is rendered.
 */
import type { ConfigFile } from '../setting.js'
import { folderOf } from '../scope-path.js'
import { named, rewritten } from './names.js'

const VALUES = /(?:^|\/)values(?:[._-][\w.-]+)?\.ya?ml$/i
const TEMPLATE = /\{\{-?\s*\(?\s*([^{}]*?)\s*-?\}\}/g
/** A value that is passed on as it is, or in quotes. */
const PASSED =
  /^\(?\s*(?:(?:quote|toString|tpl|required\s+"[^"]*")\s+)?\$?(\.Values(?:\.[A-Za-z_][\w-]*)+)\)?((?:\s*\|\s*(?:quote|squote|toString|trim|lower|default\s+(?:"[^"]*"|\S+)))*)(?:\s+[$.])?$/

export function asHelm(file: ConfigFile): boolean {
  const at = file.path.lastIndexOf('/templates/')
  if (VALUES.test(file.path)) giveValues(file)
  else if (at > 0 || file.path.startsWith('templates/')) readTemplate(file, at > 0 ? file.path.slice(0, at) : '')
  else return false
  return true
}

function giveValues(file: ConfigFile): void {
  const chart = folderOf(file.path)
  for (const setting of file.settings) {
    const [head, ...rest] = setting.path
    named(setting, { scope: chart, name: `.Values.${setting.path.join('.')}` })
    if (head !== undefined && rest.length > 0)
      named(setting, { scope: `${chart === '' ? '' : `${chart}/`}charts/${head}`, name: `.Values.${rest.join('.')}` })
  }
}

function readTemplate(file: ConfigFile, chart: string): void {
  if (!file.settings.some(({ value }) => value?.includes('{{') === true)) return
  file.scope = chart
  for (const setting of file.settings) {
    if (setting.value?.includes('{{') !== true) continue
    let fallback: string | undefined
    const text = setting.value.replace(TEMPLATE, (whole, inside: string) => {
      const found = PASSED.exec(inside)
      if (found === null) return whole
      fallback ??= /default\s+"([^"]*)"/.exec(found[2] ?? '')?.[1]
      return `\${${found[1]}}`
    })
    if (text !== setting.value) rewritten(setting, fallback === undefined ? [text] : [text, fallback])
  }
}
