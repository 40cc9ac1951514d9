/** Batch files of Windows: variables that are set, for the programs that they start too, and URLs that are called. */
import type { ConfigFile, ConfigFormat } from './setting.js'
import { addComment, addSetting, readFile } from './tree.js'

export const batch: ConfigFormat = {
  id: 'batch',
  matches: (path) => /\.(?:bat|cmd)$/i.test(path),
  read: (path, text) => readFile('batch', path, text, read),
}

const LINE = /[^\r\n]+/g
// set NAME=value, set "NAME=value", setx NAME value
const SET = /^[\s@(]*(?:set[ \t]+"?([A-Za-z_]\w*)=|setx[ \t]+([A-Za-z_]\w*)[ \t]+)"?/i
const CALL = /\b(curl|powershell|iwr|irm|Invoke-RestMethod|Invoke-WebRequest)\b.*?(https?:\/\/[^\s"'^]+)/i

function read(file: ConfigFile, text: string): void {
  for (const { 0: line, index } of text.matchAll(LINE)) {
    if (/^[\s@]*(?:rem\b|::)/i.test(line)) {
      addComment(file, text, { start: index, end: index + line.length })
      continue
    }
    const set = SET.exec(line)
    const call = set === null ? CALL.exec(line) : null
    const key = set?.[1] ?? set?.[2] ?? call?.[1]
    if (key === undefined) continue
    const start = call === null ? set![0].length : call.index + call[0].length - call[2]!.length
    const value = call?.[2] ?? line.slice(start).replace(/["\s)]+$/, '')
    const at = index + line.indexOf(key)
    const spans = {
      key: { start: at, end: at + key.length },
      value: { start: index + start, end: index + start + value.length },
    }
    // %NAME% is a reference
    const written = value.replace(/%(\w+)%/g, '${$1}')
    addSetting(file, [key], written, spans, call === null ? key : null)
  }
}
