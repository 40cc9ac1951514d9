/** Makefiles: variables, and the commands of recipes. */
import type { Span } from '../location.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { add, addCommands } from './shell/commands.js'
import { addComment, readFile } from './tree.js'

/** A line with those that continue it. */
const LINE = /(?:[^\\\r\n]+|\\(?:\r\n?|\n)|\\)*(?:\r\n?|\n|$)/y
const VARIABLE = /^[ ]*((?:(?:export|override|private)[ \t]+)*)([A-Za-z_][\w.-]*)[ \t]*(\?|:{0,3}|\+)=[ \t]*/

export const makefile: ConfigFormat = {
  id: 'makefile',
  matches: (path) => /(?:^|\/)(?:GNUmakefile|[Mm]akefile(?:\.[\w-]+)?|[\w.-]+\.mk)$/.test(path),
  read(path, text) {
    return readFile('makefile', path, text, (file) => {
      file.scope = path
      file.resources = []
      for (let at = 0; at < text.length;) {
        LINE.lastIndex = at
        const end = LINE.exec(text) === null ? text.length : Math.max(LINE.lastIndex, at + 1)
        readLine(file, text, { start: at, end })
        at = end
      }
    })
  },
}

function readLine(file: ConfigFile, text: string, span: Span): void {
  const line = text.slice(span.start, span.end)
  if (line.startsWith('\t')) return addCommands(file, text, recipeOf(line, span), { make: true })
  if (/^[ ]*#/.test(line)) return addComment(file, text, { start: span.start, end: span.start + line.trimEnd().length })
  const found = VARIABLE.exec(line)
  if (found === null) return
  const [head, modifiers, name, sign] = found as unknown as [string, string, string, string]
  const start = span.start + head.length
  const written = line
    .slice(head.length)
    .replace(/(?:^|[ \t])#.*$/s, '')
    .trimEnd()
  const key = { start: span.start + line.indexOf(name), end: span.start + line.indexOf(name) + name.length }
  add(file, [name], [filled(written.replace(/^(["'])(.*)\1$/s, '$2'))], {
    ...{ key, value: { start, end: start + written.length } },
    names: [sign === '?' ? { scope: file.path, name, isDefault: true } : { scope: file.path, name }],
    environment: modifiers.includes('export') ? name : null,
  })
}

function recipeOf(line: string, { start, end }: Span): Span {
  return { start: start + /^\t[@+-]*/.exec(line)![0].length, end }
}

/** `$(NAME)` is a reference; what a function gives is not known. */
function filled(text: string): string {
  return text.replace(/\$\$|\$[({]([\w.-]{1,100})[)}]|\$\([^()]*(?:\([^()]*\)[^()]*)*\)/g, (whole, name?: string) =>
    whole === '$$' ? '$' : name === undefined ? '${?}' : `\${${name}}`,
  )
}
