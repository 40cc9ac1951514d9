/**
 * References in the text of a value: `${VAR}`, `${VAR:-default}`, `${VAR:default}` (the default's references too), `$VAR`, and
 * expressions of CI files, `${{ vars.NAME }}`. A value that has one is not literal. `$$` and `\$` are a plain dollar.
 */
const REFERENCE = /\\\$|\$\$|\$\{\{([^{}]{0,200})\}\}|\$\{([A-Za-z_]\w*(?:\.[\w-]+)*)|\$([A-Za-z_]\w*)/g

/** Names that a value refers to, in order, each once. An expression stays whole, except `env.NAME`, which is NAME. */
export function referencesIn(text: string): string[] {
  if (!text.includes('$')) return []
  const names = new Set<string>()
  for (const [, expression, braced, plain] of text.matchAll(REFERENCE)) {
    const name = expression?.trim().replace(/^env\.(?=\w+$)/, '') ?? braced ?? plain
    if (name) names.add(name)
  }
  return [...names]
}
