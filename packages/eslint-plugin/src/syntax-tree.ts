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
  if (/\.(svelte|astro)$/i.test(path) || !Array.isArray(body)) return parsedAgain(path, text, parse)
  return { program: { type: 'Program', body: body as Node[] }, comments: comments ?? [] }
}

function parsedAgain(path: string, text: string, parse: Parsers['parse']): Tree | null {
  const language = scriptLanguage(path)
  if (language === null) return null
  const prepared = language.prepare(path, text)
  return parse(path, prepared.text, prepared.dialect)
}
