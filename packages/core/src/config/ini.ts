/**
 * INI files and their kin (`.ini`, `.cfg`, `.conf`): `[section]`, `key = value`, `key: value`, `;` and `#` comments. A `.conf` may
 * also be a server's, with directives that end in `;` and blocks in braces (`proxy_pass https://api.openai.com;`).
 */
import type { ConfigFile, ConfigFormat } from './setting.js'
import { addSetting, MAX_DEPTH, readFile } from './tree.js'

const OTHER = /(?:^|\/)(?:\.editorconfig|tox\.ini|mypy\.ini|pytest\.ini)$/

export const ini: ConfigFormat = {
  id: 'ini',
  matches: (path) => /\.(?:ini|cfg|conf|cnf)$/i.test(path) && !OTHER.test(path),
  read: (path, text) => readFile('ini', path, text, read),
}

const LINES = /[^\r\n]+/g
const SECTION = /^\s*\[([^\]]+)\]/
const PAIR = /^(\s*)([\w.@:/-]*[\w@/-])(\s*[=:]\s*)(.*)$/
const DIRECTIVE = /^(\s*)([a-z_]\w*)(\s+)([^;]+);/
const BLOCK = /^\s*([a-z_]\w*)\b[^;{}]*\{\s*$/

function read(file: ConfigFile, text: string): void {
  let section: string[] = []
  const blocks: string[] = []
  for (const found of text.replace(/^\uFEFF/, ' ').matchAll(LINES)) {
    const [line] = found
    const start = found.index
    const comment = /^\s*[#;]+/.exec(line)
    const head = SECTION.exec(line)
    const block = BLOCK.exec(line)
    if (comment !== null)
      file.comments?.push({ span: { start, end: start + line.length }, text: line.slice(comment[0].length).trim() })
    else if (head !== null) section = [head[1]!.trim()]
    else if (block !== null && blocks.length < MAX_DEPTH) blocks.push(block[1]!)
    else if (/^\s*\}/.test(line)) blocks.pop()
    else addLine(file, [...section, ...blocks], line, start)
  }
}

function addLine(file: ConfigFile, path: readonly string[], line: string, start: number): void {
  const found = DIRECTIVE.exec(line) ?? PAIR.exec(line)
  if (found === null) return
  const [, indent, key, sign, rest] = found as unknown as [string, string, string, string, string]
  const from = start + indent.length
  const bare = (/^(["']).*\1\s*(?:[;#].*)?$/.test(rest) ? rest : rest.replace(/\s[;#].*$/, '')).trimEnd()
  const quoted = /^(["'])(.*)\1/.exec(bare)
  const value = quoted?.[2] ?? bare
  const at = from + key.length + sign.length + (quoted ? 1 : 0)
  const spans = { key: { start: from, end: from + key.length }, value: { start: at, end: at + value.length } }
  addSetting(file, [...path, key], value, spans, path.at(-1) === 'environment' ? key : null)
}
