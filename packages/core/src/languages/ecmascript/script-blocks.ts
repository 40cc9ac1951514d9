/**
 * The script of single-file components. What is not script is blanked with spaces and line breaks are kept, so that every
 * offset, line and column of the parsed script is that of the file.
 */
export type Dialect = 'ts' | 'tsx' | 'js' | 'jsx'

interface ScriptBlock {
  start: number
  end: number
  /** `lang`, or null without one. */
  lang: string | null
}

/** The scripts of a `.vue`, `.svelte` or `.astro` file and what they are written in. */
export function scriptsOf(extension: string, text: string): { text: string; dialect: Dialect } {
  const blocks: ScriptBlock[] = []
  const front = extension === '.astro' ? frontmatter(text) : null
  if (front !== null) blocks.push(front)
  blocks.push(...scriptTags(text, front === null ? 0 : front.end, extension))
  const dialect = extension === '.astro' ? 'ts' : dialectOf(blocks)
  const script = blanked(text, blocks)
  return { text: /^\.html?$/.test(extension) ? withoutTemplates(script) : script, dialect }
}

/** Pages are often templates: what a server writes into them is a name that nobody knows, its statements are nothing. */
function withoutTemplates(script: string): string {
  return script
    .replace(/\{\{[^{}\r\n]*\}\}|<%[=-][^%\r\n]*%>|<\?=[^?\r\n]*\?>/g, (tag) => '_'.repeat(tag.length))
    .replace(/\{%[^%]*%\}|<%[^%]*%>|<\?php[^?]*\?>/g, blank)
}

function dialectOf(blocks: readonly ScriptBlock[]): Dialect {
  const langs = blocks.map((block) => block.lang ?? 'js')
  const typescript = langs.some((lang) => lang === 'ts' || lang === 'tsx' || lang === 'typescript')
  const markup = langs.some((lang) => lang.endsWith('x'))
  return typescript ? (markup ? 'tsx' : 'ts') : markup ? 'jsx' : 'js'
}

/** Keeps the blocks; between two of them one semicolon stands, so that the first can't run into the second. */
function blanked(text: string, blocks: readonly ScriptBlock[]): string {
  let result = ''
  let at = 0
  blocks.forEach((block, index) => {
    const between = blank(text.slice(at, block.start))
    result += index > 0 && between.startsWith(' ') ? `;${between.slice(1)}` : between
    result += text.slice(block.start, block.end)
    at = block.end
  })
  return result + blank(text.slice(at))
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ')
}

// ---
// const customer = await load()
// ---
function frontmatter(text: string): ScriptBlock | null {
  const open = /^(?:\uFEFF?\s*)---/.exec(text)
  if (open === null) return null
  const start = open[0].length
  const close = text.indexOf('\n---', start - 1)
  return close < 0 ? null : { start, end: Math.max(start, close + 1), lang: 'ts' }
}

const tag = /<!--|<(script|style|template)(?=[\s/>])/gi

/** Scripts of the top level: not those in comments, styles and, in Vue, templates. */
function scriptTags(text: string, from: number, extension: string): ScriptBlock[] {
  const blocks: ScriptBlock[] = []
  tag.lastIndex = from
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    const name = found[1]?.toLowerCase()
    if (name === undefined) {
      tag.lastIndex = after(text, '-->', tag.lastIndex)
      continue
    }
    const head = attributes(text, tag.lastIndex)
    tag.lastIndex = head.end
    if (head.closed || (name === 'template' && extension !== '.vue')) continue
    if (name === 'template') {
      tag.lastIndex = endOfTemplate(text, head.end)
      continue
    }
    const close = endOfElement(text, name, head.end)
    if (name === 'script' && isScript(head.values)) {
      blocks.push({ start: head.end, end: close, lang: head.values.get('lang')?.toLowerCase() ?? null })
    }
    tag.lastIndex = close
  }
  return blocks
}

function after(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at < 0 ? text.length : at + what.length
}

function endOfElement(text: string, name: string, from: number): number {
  const close = name === 'script' ? /<\/script(?=[\s/>])/gi : /<\/style(?=[\s/>])/gi
  close.lastIndex = from
  return close.exec(text)?.index ?? text.length
}

/** Templates nest: the block ends with the tag that closes the first. */
function endOfTemplate(text: string, from: number): number {
  const edge = /<!--|<(\/?)template(?=[\s/>])/gi
  edge.lastIndex = from
  let depth = 1
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    if (found[1] === undefined) edge.lastIndex = after(text, '-->', edge.lastIndex)
    else if (found[1] === '/') depth--
    else {
      const head = attributes(text, edge.lastIndex)
      edge.lastIndex = head.end
      if (!head.closed) depth++
    }
    if (depth === 0) return edge.lastIndex
  }
  return text.length
}

const attribute = /\s*(?:([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?|(\/?>)|(.))/gsy

/** Reads a tag's attributes from an offset inside it. */
function attributes(text: string, from: number): { values: Map<string, string>; end: number; closed: boolean } {
  const values = new Map<string, string>()
  attribute.lastIndex = from
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    const [, name, double, single, bare, close] = found
    if (close !== undefined) return { values, end: attribute.lastIndex, closed: close === '/>' }
    if (name !== undefined) values.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  }
  return { values, end: text.length, closed: true }
}

// <script type="module">, <script lang="ts">; data such as application/ld+json is no script
function isScript(values: ReadonlyMap<string, string>): boolean {
  const kind = values.get('type')
  return kind === undefined || kind === '' || /^(module|(text|application)\/(java|type)script|ts|tsx)$/i.test(kind)
}
