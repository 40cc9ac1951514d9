/**
 * Java's `.properties`: `key=value`, `key: value`, `key value`, continued lines, `\u65e5` escapes. A key's dots are its path
 * (`spring.ai.openai.base-url`, `models[0].name`), and the whole key is the name by which programs ask for it.
 */
import { referencesIn } from './references.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { escapeAt } from './json/reader.js'
import { addSetting, readFile } from './tree.js'

export const properties: ConfigFormat = {
  id: 'properties',
  matches: (path) => /\.properties$/i.test(path) && !/(?:^|\/)gradle-wrapper\.properties$/.test(path),
  read: (path, text) => readFile('properties', path, text, read),
}

const LINE = /[^\r\n]*(?:\r\n|\r|\n|$)/y
const KEY = /^[ \t\f]*((?:\\.|[^\\\s:=])+)[ \t\f]*[:=]?[ \t\f]*/

function read(file: ConfigFile, text: string): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const start = at
    let line = ''
    do {
      LINE.lastIndex = at
      const found = LINE.exec(text)![0]
      at += found.length
      line += found
    } while (at < text.length && !/^[ \t\f]*[#!]/.test(line) && /(?<!\\)(?:\\\\)*\\(?:\r\n|\r|\n)$/.test(line))
    addLine(file, start, line.replace(/[\r\n]+$/, ''))
  }
}

function addLine(file: ConfigFile, start: number, line: string): void {
  const comment = /^[ \t\f]*[#!]+/.exec(line)
  if (comment !== null) {
    const text = line.slice(comment[0].length).trim()
    file.comments?.push({ span: { start, end: start + line.length }, text })
    return
  }
  const found = KEY.exec(line)
  if (found === null) return
  const key = cooked(found[1]!)
  const from = start + line.indexOf(found[1]!)
  const raw = line.slice(found[0].length)
  const span = { start: start + found[0].length, end: start + found[0].length + raw.trimEnd().length }
  const spans = { key: { start: from, end: from + found[1]!.length }, value: span }
  const value = cooked(raw.trimEnd())
  addSetting(file, keysOf(key), value, spans, key, referencesIn(value))
}

/** `models[0].name` → models, 0, name */
export function keysOf(key: string): string[] {
  return key
    .replace(/\[([^\]]*)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
}

function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw
  let text = ''
  for (let at = 0; at < raw.length;) {
    if (raw[at] !== '\\') text += raw[at++]
    else {
      const escape = escapeAt(raw, at)
      text += escape.text
      at += escape.length
      // a continued line goes on at its first character
      if (escape.text === '') while (/[ \t\f]/.test(raw[at] ?? '')) at++
    }
  }
  return text
}
