/**
 * Templating in SQL scripts (dbt, Jinja): blanked, place by place, so that what is left is SQL. A model that is referred to stands as its
 * name, `{{ ref('customers') }}`; an expression of which nothing is known as a name; tags and comments as blanks.
 */

const TEMPLATING = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g
/** `{{ ref('shop', 'customers') }}`, `{{ source('raw', 'customers') }}` */
const MODEL = /^\{\{-?\s*(?:builtins\.)?(?:ref|source)\s*\(\s*(?:['"][^'"]*['"]\s*,\s*)?['"]([^'"]{1,120})['"]/
/** Calls that stand for no text, or for a clause of their own. */
const SILENT = /^\{\{-?\s*(?:config|log|do|return|print|docs?|exceptions|run_query|set)\b/
const STAR = /^\{\{-?\s*[\w.]*\bstar\s*\(/

/** The text with its length and lines kept. */
export function withoutTemplating(text: string): string {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('{#')) return text
  return text.replace(TEMPLATING, (whole) => blank(whole, standIn(whole)))
}

function standIn(whole: string): string {
  if (!whole.startsWith('{{')) return ''
  const model = MODEL.exec(whole)?.[1]
  if (model !== undefined) return /^[\w$]+$/.test(model) ? model : `"${model.replaceAll('"', '')}"`
  if (SILENT.test(whole)) return ''
  return STAR.test(whole) ? '*' : '_'
}

function blank(whole: string, name: string): string {
  if (name.length > whole.length) return whole.replace(/[^\n]/g, ' ')
  return name + whole.slice(name.length).replace(/[^\n]/g, ' ')
}
