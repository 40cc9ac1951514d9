/**
 * HTML that cannot hold what was not meant: every value in a template is text and is escaped, unless it is markup that a template of
 * ours made. Control, bidirectional and zero-width characters are shown as escapes; what a
 * CI system would read as a command, were the page printed to its log, is written as an entity.
 */
import { visible } from '../../sanitize.js'

export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | null | false | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + written(values[at - 1]!) + string))
}

export function joined(parts: readonly Part[], between = ''): Markup {
  return new Markup(parts.map(written).join(between))
}

/** Several lines of text, each escaped. */
export function lines(text: string): Markup {
  return joined(text.split('\n'), '<br>')
}

function written(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return visible(String(part))
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/#(?=#)/g, '&#35;')
    .replace(/:(?=:)/g, '&#58;')
}
