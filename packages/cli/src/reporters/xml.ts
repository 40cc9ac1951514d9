/** XML 1.0 text: what it cannot hold becomes a visible escape before it is written. */
import { visible } from '../sanitize.js'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** For an attribute's value or an element's content, on one line; what a CI system reads as a command is written as an entity. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/#(?=#)/g, '&#35;')
    .replace(/^(\s*):(?=:)/, '$1&#58;')
}

/** Content of several lines. */
export function xmlLines(text: string): string {
  return text.split('\n').map(xmlText).join('\n')
}

export function attributes(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('')
}
