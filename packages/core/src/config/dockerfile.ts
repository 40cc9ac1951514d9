/** Dockerfiles: variables that an image gives its program (`ENV`), arguments of the build with their defaults, and commands. */
import type { Span } from '../location.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { add, addAssignment, addCommands } from './shell/commands.js'
import { commandsIn } from './shell/words.js'
import { addComment, readFile } from './tree.js'

/** An instruction with the lines that continue it; comments between them are part of it. */
const INSTRUCTION = /(?:[^\\`\r\n]+|[\\`][ \t]*(?:\r\n?|\n)(?:[ \t]*#[^\r\n]*(?:\r\n?|\n))*|[\\`])*(?:\r\n?|\n|$)/y
const HEAD = /^[ \t]*([A-Za-z]+)[ \t]+/

export const dockerfile: ConfigFormat = {
  id: 'dockerfile',
  matches: (path) => /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.[Dd]ockerfile)$/.test(path),
  read(path, text) {
    return readFile('dockerfile', path, text, (file) => {
      file.scope = path
      file.resources = []
      for (let at = 0; at < text.length;) {
        INSTRUCTION.lastIndex = at
        const end = INSTRUCTION.exec(text) === null ? text.length : Math.max(INSTRUCTION.lastIndex, at + 1)
        readInstruction(file, text, { start: at, end })
        at = end
      }
    })
  },
}

function readInstruction(file: ConfigFile, text: string, span: Span): void {
  const head = HEAD.exec(text.slice(span.start, Math.min(span.end, span.start + 200)))
  if (/^[ \t]*#/.test(text.slice(span.start, span.end))) return addComment(file, text, lineOf(text, span))
  if (head === null) return
  const word = head[1]!.toUpperCase()
  const rest = { start: span.start + head[0].length, end: span.end }
  if (word === 'RUN' || word === 'CMD' || word === 'ENTRYPOINT') addCommands(file, text, rest)
  else if (word === 'ENV' || word === 'ARG') addVariables(file, text, rest, word === 'ENV')
}

function addVariables(file: ConfigFile, text: string, span: Span, isEnvironment: boolean): void {
  const words = commandsIn(text, span)[0] ?? []
  const name = words[0]?.texts[0]
  if (name === undefined) return
  // ENV NAME value with spaces
  if (isEnvironment && /^[A-Za-z_]\w*$/.test(name) && words.length > 1) {
    const value = { start: words[1]!.span.start, end: words.at(-1)!.span.end }
    const names = [{ scope: file.path, name }]
    const texts = words.length === 2 ? words[1]!.texts : [text.slice(value.start, value.end)]
    add(file, [name], texts, { key: words[0]!.span, value, names, environment: name })
    return
  }
  for (const word of words) addAssignment(file, text, word, isEnvironment)
}

function lineOf(text: string, { start, end }: Span): Span {
  return { start, end: start + text.slice(start, end).trimEnd().length }
}
