/**
 * PowerShell scripts, as far as settings go: variables of the environment that are set, and URLs that are called. The language itself
 * is not read.
 */
import type { Span } from '../location.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { addComment, addSetting, readFile } from './tree.js'

export const powershell: ConfigFormat = {
  id: 'powershell',
  matches: (path) => /\.psm?1$/i.test(path),
  read: (path, text) => readFile('powershell', path, text, read),
}

const STATEMENT = new RegExp(
  [
    // $env:NAME = "value", $uri = 'value'
    String.raw`^[ \t]*\$(env:)?(\w{1,100})[ \t]*=[ \t]*(["'])([^"'\r\n]{0,2000})\3`,
    // [Environment]::SetEnvironmentVariable("NAME", "value")
    String.raw`SetEnvironmentVariable\(\s*["'](\w{1,100})["']\s*,\s*(["'])([^"'\r\n]{0,2000})\6`,
    // Invoke-RestMethod -Uri "value", iwr value
    String.raw`\b(Invoke-RestMethod|Invoke-WebRequest|irm|iwr|curl)\b[^\r\n]{0,300}?(["']?)(https?:\/\/[^\s"']{1,2000})`,
  ].join('|'),
  'dgim',
)

function read(file: ConfigFile, text: string): void {
  const code = text.replace(/<#[\s\S]*?#>|^[ \t]*#[^\r\n]*/gm, (comment) => comment.replace(/[^\r\n]/g, ' '))
  for (const { 0: line, index } of text.matchAll(/^[ \t]*#[^>\r\n][^\r\n]*/gm))
    addComment(file, text, { start: index, end: index + line.length })
  for (const found of code.matchAll(STATEMENT)) {
    const [, isEnvironment, variable, , value, setName, , setValue, command, , url] = found
    const at = (index: number): Span => ({ start: found.indices![index]![0], end: found.indices![index]![1] })
    const isSet = setName !== undefined
    const key = variable ?? setName ?? command!
    const written = value ?? setValue ?? url!
    const environment = isEnvironment !== undefined || isSet ? key : null
    const spans = {
      key: at(command !== undefined ? 8 : isSet ? 5 : 2),
      value: at(command !== undefined ? 10 : isSet ? 7 : 4),
    }
    addSetting(file, [key], written, spans, environment)
  }
}
