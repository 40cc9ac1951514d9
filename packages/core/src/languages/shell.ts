/**
 * Scripts that send data with `curl` and its kin: a shell's commands, written down as JavaScript with the places of the script, and
 * lowered as such. Also the scripts of CI files. What scripts set is config; this is what they send.
 */
import { isPipeline, scriptsIn } from '../config/dialects/pipelines.js'
import { yaml } from '../config/yaml.js'
import type { Span } from '../location.js'
import { ecmascript } from './ecmascript.js'
import { ecmascriptLibrary } from './ecmascript/library.js'
import { createEcmascriptResolver } from './ecmascript/resolve.js'
import type { Language } from './language.js'
import { MappedText, placed } from './made/mapped.js'
import { pipesOf, textOf, value, written, type Script } from './shell/commands.js'
import { readScript, type Command, type Word } from './shell/reader.js'

const SENDS = /\b(?:curl|wget)\b[\s\S]*?\s(?:-d|-F|-T|--(?:data|json|form|upload|post|body))/
const SCRIPT = /\.(?:sh|bash|zsh|ksh)$/

export const shell: Language = {
  id: 'shell',
  extensions: [],
  grammar: 'estree',
  isConfig: true,
  library: ecmascriptLibrary,
  manifests: /(?!)/,
  specifiersIn: () => [],
  createResolver: createEcmascriptResolver,
  recognizes: (path, text) =>
    (SCRIPT.test(path) || isPipeline(path) || /^#![^\r\n]*\b(?:ba|z|k|da)?sh\b/.test(text)) && SENDS.test(text),
  prepare: (path, text) => ({ text: programOf(path, text).into.text, dialect: 'js' }),
  lower(input) {
    const { into, cut } = programOf(input.path, input.text)
    const module = ecmascript.lower({ ...input, path: `${input.path}.mjs`, text: into.text })
    const made = placed({ ...module, path: input.path, language: 'shell', comments: [], client: false }, into)
    if (cut !== null)
      made.gaps.push({
        ...{ file: input.path, span: { start: cut, end: cut + 1 }, kind: 'cut' },
        reason: {
          en: 'too many words: what the rest sends was not followed',
          ja: '語が多すぎるため、残りが送るデータは追っていません',
        },
      })
    return made
  },
}

const HEAD = `import fs from 'node:fs'
import { Pool } from 'pg'
const pool = new Pool()
const $of = (given, input) => $when ? input : given
let a1, a2, a3, a4, a5, a6, a7, a8, a9
`
const KEYWORDS = /^(?:if|then|elif|else|while|until|do|time|!|\{)$/
const OPENS = /^(?:if|while|until|for|case|select)$/
const CLOSES = /^(?:fi|done|esac)$/

function programOf(path: string, text: string): { into: MappedText; cut: number | null } {
  const into = new MappedText()
  into.add(HEAD, { start: 0, end: 1 })
  const spans = isPipeline(path) ? spansOf(path, text) : [{ start: 0, end: text.length }]
  let cut: number | null = null
  for (const [index, span] of spans.entries()) {
    const script = readScript(text, span)
    cut ??= script.cut
    addScript(into, index, script.commands)
  }
  return { into, cut }
}

function spansOf(path: string, text: string): Span[] {
  return scriptsIn(yaml.read(path, text)).map(({ valueSpan }) => valueSpan)
}

function addScript(into: MappedText, index: number, commands: readonly Command[]): void {
  const names = new Set<string>()
  const functions = new Set<string>()
  for (const [at, { words }] of commands.entries()) {
    for (const word of words) {
      const name = /^([A-Za-z_]\w*)\+?=/.exec(textOf(word))?.[1]
      if (name !== undefined) names.add(name)
    }
    const asks = words.findIndex((word) => /^(?:read|for)$/.test(textOf(word)))
    if (asks >= 0) names.add(textOf(words.at(textOf(words[asks]) === 'for' ? asks + 1 : -1)))
    const opened = opensFunction(words, commands[at + 1])
    if (opened !== null) functions.add(opened)
  }
  for (const name of names) if (!/^[A-Za-z_]\w*$/.test(name)) names.delete(name)
  const script: Script = { into, index, names, functions }
  const place = { start: 0, end: 1 }
  if (names.size > 0) into.add(`let ${[...names].map((name) => `v${index}_${name}`).join(', ')}\n`, place)
  new Emitter(script).statements(commands)
}

// name() { … }: the parentheses end the first command
function opensFunction(words: readonly Word[], next: Command | undefined): string | null {
  const [first, second] = [textOf(words[0]), textOf(words[1])]
  const name = first === 'function' ? second : words.length === 1 && textOf(next?.words[0]) === '{' ? first : ''
  return /^[A-Za-z_]\w*$/.test(name) && !KEYWORDS.test(name) ? name : null
}

class Emitter {
  /** Branches and loops that are open. */
  #branches = 0
  /** Whether a function's body is open, and how many braces in it. */
  #braces = -1

  #loop: Command | null = null
  /** What loops read: `done < file`. */
  #inputs: ReadonlyMap<Command, Command> = new Map()

  constructor(readonly script: Script) {}

  statements(commands: readonly Command[]): void {
    const { into } = this.script
    this.#inputs = inputsOf(commands)
    for (const pipe of pipesOf(commands)) {
      const [first] = pipe as [Command]
      const opened = this.#braces < 0 ? opensFunction(first.words, commands[commands.indexOf(pipe.at(-1)!) + 1]) : null
      if (opened !== null) {
        this.#braces = 0
        const parameters = Array.from({ length: 9 }, (_, at) => `a${at + 1}`).join(', ')
        into.add(`async function f${this.script.index}_${opened}(${parameters}) {\nlet $out = ''\n`, first.span)
        if (!first.words.some((word) => textOf(word) === '{')) continue
        this.#braces = 1
        continue
      }
      // … | while read x: what is piped into the loop
      this.#loop = this.#inputs.get(pipe.at(-1)!) ?? null
      const bodies = pipe.map((command, index) =>
        index === 0 || index === pipe.length - 1 ? this.#body(command) : command,
      )
      this.#pipe(bodies)
    }
    if (this.#braces >= 0) into.add('return $out\n}\n', { start: 0, end: 1 })
  }

  /** A command without the words of the grammar before it. */
  #body(command: Command): Command {
    let at = 0
    for (; at < command.words.length; at++) {
      const word = textOf(command.words[at])
      if (OPENS.test(word)) this.#branches++
      if (CLOSES.test(word)) this.#branches = Math.max(0, this.#branches - 1)
      if (word === '{' && this.#braces >= 0) this.#braces++
      if (!KEYWORDS.test(word)) break
    }
    return { ...command, words: command.words.slice(at) }
  }

  #pipe(pipe: readonly Command[]): void {
    const { into, names } = this.script
    const last = pipe.at(-1)!
    const words = last.words
    const head = textOf(words[0])
    if (head === '}' && this.#braces > 0) {
      if (--this.#braces === 0) {
        into.add('return $out\n}\n', last.span)
        this.#braces = -1
      }
      return
    }
    if (words.length === 0 || CLOSES.test(head)) return
    // for x in …; while read x
    if (head === 'for') {
      const name = textOf(words[1])
      if (names.has(name)) this.#assign(name, last.span, () => this.#any(words.slice(3), last.span))
      return
    }
    if (head === 'read') {
      const name = textOf(words.at(-1))
      const cat: Word = { parts: [{ kind: 'text', text: 'cat', from: 0 }], span: last.span }
      const input = last.input ?? this.#loop?.input ?? null
      if (names.has(name))
        this.#assign(name, last.span, () =>
          written(this.script, [...pipe.slice(0, -1), { ...last, words: [cat], input }]),
        )
      return
    }
    const sets = /^(?:export|declare|local|readonly|typeset|env)$/.test(head) ? words.slice(1) : words
    let at = 0
    for (; at < sets.length; at++) {
      const found = /^([A-Za-z_]\w*)\+?=/.exec(textOf(sets[at]))
      if (found === null) break
      this.#assign(found[1]!, sets[at]!.span, () => value(this.script, withoutName(sets[at]!)))
    }
    if (sets !== words || at === sets.length) return
    // The statement stands for all of the pipe.
    into.add(this.#braces >= 0 ? '$out += [' : ';[', { start: pipe[0]!.span.start, end: last.span.end })
    written(this.script, [...pipe.slice(0, -1), { ...last, words: words.slice(at) }])
    into.add(']\n', { start: Math.max(last.span.start, last.span.end - 1), end: last.span.end })
  }

  #any(words: readonly Word[], span: Span): void {
    const { into } = this.script
    into.add('[', span)
    for (const word of words.slice(0, 50)) {
      value(this.script, word)
      into.add(', ', span)
    }
    into.add('].join(" ")', span)
  }

  /** In a branch, what it was before may be what it is. */
  #assign(name: string, span: Span, to: () => void): void {
    const { into, index } = this.script
    const own = `v${index}_${name}`
    into.add(`${own} = ${this.#branches > 0 ? `$when ? ${own} : ` : ''}`, span)
    to()
    into.add('\n', span)
  }
}

/** The end of each loop by its beginning, where it says what the loop reads. */
function inputsOf(commands: readonly Command[]): Map<Command, Command> {
  const inputs = new Map<Command, Command>()
  const open: Command[] = []
  for (const command of commands) {
    const word = textOf(command.words[0])
    if (OPENS.test(word)) open.push(command)
    if (!CLOSES.test(word)) continue
    const opener = open.pop()
    if (opener !== undefined && command.input !== null) inputs.set(opener, command)
  }
  return inputs
}

function withoutName(word: Word): Word {
  const [first, ...rest] = word.parts
  if (first?.kind !== 'text') return word
  const at = first.text.indexOf('=') + 1
  return { ...word, parts: [{ ...first, text: first.text.slice(at), from: first.from + at }, ...rest] }
}
