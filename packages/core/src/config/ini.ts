/**
 * INI files and their kin (`.ini`, `.cfg`, `.conf`, units of systemd): `[section]`, `key = value`, `key: value`, `;` and `#` comments.
 * It may also be a server's: directives that end in `;` or with their line, and blocks in braces (`proxy_pass https://api.openai.com;`).
 */
import type { Span } from '../location.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { addAssignment, addCommands } from './shell/commands.js'
import { commandsIn } from './shell/words.js'
import { addSetting, MAX_DEPTH, readFile } from './tree.js'

const OTHER = /(?:^|\/)(?:\.editorconfig|tox\.ini|mypy\.ini|pytest\.ini)$/

export const ini: ConfigFormat = {
  id: 'ini',
  matches: (path) =>
    (/\.(?:ini|cfg|conf|cnf|service|container|vhost)$/i.test(path) || /(?:^|\/)Caddyfile(?:\.[\w-]+)?$/.test(path)) &&
    !OTHER.test(path),
  read: (path, text) => readFile('ini', path, text, read),
}

const LINES = /[^\r\n]+/g
const SECTION = /^\s*\[([^\]]+)\]/
const PAIR = /^(\s*)([\w.@:/-]*[\w@/-](?:\[\w+\])?)(\s*[=:]\s*)(.*)$/
const DIRECTIVE = /^(\s*)([a-z_]\w*)(\s+)([^;]+);/
const BLOCK = /^\s*([a-z_]\w*)\b[^;{}]*\{\s*$/
/** `reverse_proxy /v1/* https://api.openai.com`, `ProxyPass "/v1" "https://api.openai.com/v1"`, `server ai api.openai.com:443 ssl` */
const LINE_DIRECTIVE = /^(\s*)([A-Za-z_][\w-]*)(?=\s)(.*)$/
const TARGET = /(?<=\s["']?)(?:(?:https?|wss?):\/\/[^\s"'{}]+|(?:[\w-]+\.)+[a-z]{2,}:\d{2,5}(?=["']?(?:\s|$)))/g
const VARIABLE = /^(\s*set\s+\$)(\w+)(\s+)([^;]+);/
const DIRECTED = /^\s*[A-Za-z_][\w-]*\s+[^=]*:\/\//
const ENVIRONMENT = /^environment$/i

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
    else if (/\{\s*$/.test(line) && blocks.length < MAX_DEPTH) {
      addTargets(file, [...section, ...blocks], line, start)
      blocks.push(block?.[1] ?? '')
    } else if (/^\s*\}/.test(line)) blocks.pop()
    else addLine(file, text, [...section, ...blocks], line, start)
  }
}

function addLine(file: ConfigFile, text: string, path: readonly string[], line: string, start: number): void {
  // set $upstream https://api.openai.com;
  const found = VARIABLE.exec(line) ?? DIRECTIVE.exec(line) ?? (DIRECTED.test(line) ? null : PAIR.exec(line))
  if (found === null) return addTargets(file, path, line, start)
  const [, indent, key, sign, rest] = found as unknown as [string, string, string, string, string]
  const from = start + indent.length
  const span = { start: from + key.length + sign.length, end: start + line.length }
  if (ENVIRONMENT.test(key)) return addVariables(file, text, path, span)
  if (/^Exec[A-Z]\w*$/.test(key)) return addCommands(file, text, span)
  const bare = (/^(["']).*\1\s*(?:[;#].*)?$/.test(rest) ? rest : rest.replace(/\s[;#].*$/, '')).trimEnd()
  const quoted = /^(["'])(.*)\1/.exec(bare)
  const value = quoted?.[2] ?? bare
  const at = from + key.length + sign.length + (quoted ? 1 : 0)
  const spans = { key: { start: from, end: from + key.length }, value: { start: at, end: at + value.length } }
  // env[NAME] = value
  const variable = /^env\[(\w+)\]$/.exec(key)?.[1] ?? (path.at(-1) === 'environment' ? key : null)
  addSetting(file, [...path, key], value, spans, variable)
}

// Environment="NAME=value" OTHER=value, environment=NAME="value",OTHER="value"
function addVariables(file: ConfigFile, text: string, path: readonly string[], span: Span): void {
  const before = file.settings.length
  for (const words of commandsIn(text, span))
    for (const word of words) {
      const own = { texts: word.texts.map((each) => each.replace(/,$/, '')), span: word.span }
      addAssignment(file, text, own, true)
    }
  for (const setting of file.settings.slice(before)) setting.path = [...path, ...setting.path]
}

function addTargets(file: ConfigFile, path: readonly string[], line: string, start: number): void {
  const found = LINE_DIRECTIVE.exec(line)
  if (found === null) return
  const [, indent, key] = found as unknown as [string, string, string]
  const from = start + indent.length
  for (const { 0: target, index } of line.matchAll(TARGET)) {
    const value = { start: start + index, end: start + index + target.length }
    addSetting(file, [...path, key], target, { key: { start: from, end: from + key.length }, value })
  }
}
