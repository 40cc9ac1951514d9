/**
 * The linter's tree as the core takes it: statements and comments of the script. Trees of components hold scripts among markup; a tree
 * that holds none that can be told apart is parsed again from the text.
 */
import type { Parsers, Tree } from './parsers.js'
import { scriptLanguage } from './script.js'

interface Node {
  type: string
  body?: unknown
}

export function programOf(ast: unknown, path: string, text: string, parse: Parsers['parse']): Tree | null {
  const { body, comments } = ast as { body?: unknown; comments?: unknown[] }
  const whole = Array.isArray(body) ? { body: scriptsOf(body as Node[]), comments: comments ?? [] } : null
  const again = whole === null || /\.(svelte|astro)$/i.test(path) ? parsedAgain(path, text, parse) : null
  if (again !== null || whole === null) return again
  return { program: { type: 'Program', body: whole.body }, comments: whole.comments }
}

/** `<script>` elements of Svelte hold statements; fragments of markup hold none. */
function scriptsOf(body: readonly Node[]): Node[] {
  return body.flatMap((node) => {
    if (!/^(Svelte|Astro)/.test(node.type)) return [node]
    return node.type === 'SvelteScriptElement' && Array.isArray(node.body) ? (node.body as Node[]) : []
  })
}

function parsedAgain(path: string, text: string, parse: Parsers['parse']): Tree | null {
  const language = scriptLanguage(path)
  if (language === null) return null
  const prepared = language.prepare(path, text)
  return parse(path, prepared.text, prepared.dialect)
}
