/** Scripts of `package.json`: commands of a shell, with the variables that they set. */
import { addCommands } from '../shell/commands.js'
import type { ConfigFile } from '../setting.js'

export function asNpmScripts(file: ConfigFile, text: string): boolean {
  if (!/(?:^|\/)package\.json$/.test(file.path)) return false
  file.scope ??= file.path
  for (const { path, valueSpan } of [...file.settings])
    if (path.length === 2 && path[0] === 'scripts') addCommands(file, text, valueSpan)
  return true
}
