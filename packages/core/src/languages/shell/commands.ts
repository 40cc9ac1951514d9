/**
 * Commands as JavaScript: what one writes is an expression. `curl` is `fetch`, `jq` reads members, clients of databases are queries,
 * filters hand on what they read; anything else is code that is not seen.
 */
import type { Span } from '../../location.js'
import type { MappedText } from '../made/mapped.js'
import { wordOf } from '../made/words.js'
import type { Command, Part, Word } from './reader.js'

export interface Script {
  into: MappedText
  /** Tells its variables from those of other scripts in the file. */
  index: number
  /** Variables that the script sets. */
  names: ReadonlySet<string>
  /** Functions that it defines. */
  functions: ReadonlySet<string>
}

/** Hand on what they read, and the files that they are given. */
const FILTERS = new Set(
  `cat head tail grep egrep fgrep sed awk gawk tr cut sort uniq tee base64 iconv nkf paste fold column rev tac xxd perl gzip gunzip
  zcat sha256sum shasum md5sum csvcut csvgrep mlr yq strings split dos2unix`.split(/\s+/),
)
const TABLES = /\.(?:csv|tsv|jsonl|ndjson)$/i
const FILE = /^[^\s=]*\.(?:json|jsonl|ndjson|csv|tsv|txt|log|xml|ya?ml|md|html|pdf|png|jpe?g|wav|mp3|xlsx?)$/i

export function textOf(word: Word | undefined): string {
  return (word?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

/** What a pipe writes at its end: the last command, reading those before it. */
export function written(script: Script, pipe: readonly Command[]): void {
  const last = pipe.at(-1)
  if (last === undefined) {
    script.into.add("''", { start: 0, end: 1 })
    return
  }
  const before = pipe.slice(0, -1)
  const add = (text: string) => script.into.add(text, last.words[0]?.span ?? last.span)
  const read = () => {
    if (last.input?.kind === 'file') file(script, last.input.word)
    else if (last.input !== null) value(script, last.input.word)
    else if (before.length > 0) written(script, before)
    else add("''")
  }
  const name = textOf(last.words[0]).replace(/^.*\//, '')
  const given = last.words.slice(1)
  if (name === 'echo' || name === 'printf') listed(script, given, add)
  else if (name === 'jq') selected(script, given, before, last.input, read, add)
  else if (name === 'curl' || name === 'wget') sent(script, given, read, add)
  else if (/^(?:psql|mysql|mariadb|sqlite3|bq|duckdb)$/.test(name)) queried(script, given, read, add)
  else if (name === 'wc' || name === 'date') add("''")
  else if (FILTERS.has(name)) {
    add('[')
    read()
    for (const word of given) {
      if (!FILE.test(textOf(word))) continue
      add(', ')
      file(script, word)
    }
    add(']')
  } else if (script.functions.has(name)) {
    add(`await f${script.index}_${name}(`)
    for (const word of given) {
      value(script, word)
      add(', ')
    }
    add(')')
  } else {
    add('$run([')
    read()
    for (const word of given) {
      add(', ')
      value(script, word)
    }
    add('])')
  }
}

/** A word as a text. */
export function value(script: Script, { parts, span }: Word): void {
  const { into } = script
  into.add('`', span)
  for (const part of parts) {
    if (part.kind === 'text') literal(into, part.text, part.from)
    else {
      into.add('${', part.span)
      if (part.kind === 'variable') variable(script, part)
      else output(script, part.commands, part.span)
      into.add('}', part.span)
    }
  }
  into.add('`', span)
}

function literal(into: MappedText, text: string, from: number): void {
  const safe = text.slice(0, 200_000)
  for (const found of safe.matchAll(/[`\\$]|[^`\\$]+/g)) {
    const start = from + found.index
    const isSign = found[0].length === 1 && '`\\$'.includes(found[0])
    into.add(isSign ? `\\${found[0]}` : found[0], { start, end: start + found[0].length })
  }
}

function variable({ into, names, index }: Script, { name, fallback, span }: Part & { kind: 'variable' }): void {
  const own = /^[1-9]$/.test(name)
    ? `a${name}`
    : /^[@*]$/.test(name)
      ? '[a1, a2, a3]'
      : names.has(name)
        ? `v${index}_${name}`
        : /^[A-Za-z_]\w*$/.test(name)
          ? `process.env.${name}`
          : '$event'
  const isPlain = fallback !== null && !/[$`"'\\\r\n]/.test(fallback)
  into.add(isPlain ? `(${own} || ${JSON.stringify(fallback)})` : own, span)
}

/** What all commands in `$( … )` write. */
function output(script: Script, commands: readonly Command[], span: Span): void {
  const pipes = pipesOf(commands).filter(([first]) => textOf(first!.words[0]) !== 'set')
  script.into.add('[', span)
  for (const pipe of pipes) {
    written(script, pipe)
    script.into.add(', ', span)
  }
  script.into.add('].join("")', span)
}

const mostPiped = 50

/** Of a pipe longer than anybody writes, its end. */
export function pipesOf(commands: readonly Command[]): Command[][] {
  const pipes: Command[][] = []
  let open: Command[] = []
  for (const command of commands) {
    open.push(command)
    if (open.length > mostPiped) open.shift()
    if (command.isPiped) continue
    pipes.push(open)
    open = []
  }
  return open.length > 0 ? [...pipes, open] : pipes
}

function listed(script: Script, words: readonly Word[], add: (text: string) => void): void {
  add('[')
  for (const word of words) {
    if (/^-[neE]+$/.test(textOf(word))) continue
    value(script, word)
    add(', ')
  }
  add('].join(" ")')
}

/** A file's content. */
export function file(script: Script, word: Word): void {
  const add = (text: string) => script.into.add(text, word.span)
  add('fs.readFileSync(')
  value(script, word)
  add(", 'utf8')")
}

/** Records of a file that are asked for members: rows of a table, or whatever its name says. */
function records(script: Script, word: Word): void {
  const name = textOf(word)
  if (TABLES.test(name)) file(script, word)
  else script.into.add(`$file().${wordOf(name.replace(/^.*\/|\.\w+$/g, ''))}`, word.span)
}

const PATH = /\.(?:\[\d*\]|[A-Za-z_]\w*|"[^"]{1,60}")(?:\.?\[\d*\]|\.[A-Za-z_]\w*|\."[^"]{1,60}"|\["[^"]{1,60}"\])*/g

// jq -r '.[0].phone' file, jq -n --arg p "$X" '{ content: $p }'
function selected(
  script: Script,
  words: readonly Word[],
  before: readonly Command[],
  from: Command['input'],
  read: () => void,
  add: (text: string) => void,
): void {
  let filter: Word | null = null
  let isNew = false
  const files: Word[] = []
  add('$of([')
  for (let at = 0; at < words.length; at++) {
    const text = textOf(words[at])
    const [name, given] = [words[at + 1], words[at + 2]]
    if (/^--(?:arg|argjson)$/.test(text) && name !== undefined && given !== undefined) {
      value(script, given)
      add(', ')
      at += 2
    } else if (/^--(?:rawfile|slurpfile)$/.test(text) && given !== undefined) {
      file(script, given)
      add(', ')
      at += 2
    } else if (/^-\w*n|^--null-input$/.test(text) && filter === null) isNew = true
    else if (text.startsWith('-')) continue
    else if (filter === null) filter = words[at]!
    else files.push(words[at]!)
  }
  // jq … < file, cat file | jq …
  if (files.length === 0 && from?.kind === 'file') files.push(from.word)
  const [only] = before
  if (files.length === 0 && before.length === 1 && textOf(only!.words[0]) === 'cat')
    files.push(...only!.words.slice(1, 2))
  add('], ')
  if (isNew) add("''")
  else {
    const input = (isRead: boolean) =>
      files.length === 0 ? read() : isRead ? records(script, files[0]!) : file(script, files[0]!)
    const told = [...files, ...before.flatMap((command) => command.words)].map(textOf)
    members(textOf(filter ?? undefined), told.flatMap(recordsIn)[0] ?? 'input', input, add)
  }
  add(')')
}

/** What a file or an address is called: what its records are of. */
function recordsIn(text: string): string[] {
  const name = FILE.test(text) ? text : /^https?:\/\/[^/]+\/(?:[^?#]*\/)?([A-Za-z][\w-]*)(?:[?#]|$)/.exec(text)?.[1]
  return name === undefined ? [] : [wordOf(name.replace(/^.*\/|\.\w+$/g, ''))]
}

function members(filter: string, own: string, input: (isRead: boolean) => void, add: (text: string) => void): void {
  const quoted = filter.replace(/"(?:\\.|[^"\\])*"(?!\])/g, (text) => (text.includes('\\(') ? text : '""'))
  const paths = [...new Set([...quoted.matchAll(PATH)].map(([path]) => path))].slice(0, 30)
  const named = paths.filter((path) => /[A-Za-z_"]/.test(path))
  // What is in a filter without a path to a member goes on as it is.
  if (named.length === 0) return input(false)
  add(`((${own}) => [`)
  const isNested = /\[\]|\bmap\b|\bselect\b|\|/.test(filter)
  for (const path of named) {
    const keys = [...path.matchAll(/\[(\d*)\]|"([^"]+)"|([A-Za-z_]\w*)/g)]
    const chain = keys.map(
      ([, index, quote, name]) => `?.[${JSON.stringify(index === undefined ? (quote ?? name) : 0)}]`,
    )
    add(`${own}${chain.join('')}, `)
    if (isNested) add(`${own}?.[0]${chain.join('')}, `)
  }
  add('])(')
  input(true)
  add(')')
}

const DATA = /^(?:-d|--data(?:-raw|-binary|-ascii|-urlencode)?|--json|--post-data|--body-data)(?:=|$)/
const FORM = /^(?:-F|--form(?:-string)?)(?:=|$)/
const UPLOAD = /^(?:-T|--upload-file|--post-file|--body-file)(?:=|$)/
/** Flags whose next word is no URL. */
const TAKES =
  /^(?:-[HXouAeKmbcwxEr]|--(?:header|request|output|user|user-agent|max-time|cookie|write-out|proxy|retry|cacert|cert|key|connect-timeout|url-query))$/

// curl -X POST "$URL" -H … -d @body.json
function sent(script: Script, words: readonly Word[], read: () => void, add: (text: string) => void): void {
  const urls: Word[] = []
  const bodies: (() => void)[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const text = textOf(word)
    const flag = DATA.exec(text) ?? FORM.exec(text) ?? UPLOAD.exec(text) ?? /^-d(?=[{@'"])/.exec(text)
    if (flag !== null) {
      const isInline = flag[0].endsWith('=') || flag[0].length < text.length
      const given = isInline ? cut(word, flag[0].length) : words[++at]
      if (given !== undefined) bodies.push(() => body(script, given, flag[0], read))
    } else if (TAKES.test(text)) at++
    else if (text === '--url' && words[at + 1] !== undefined) urls.push(words[++at]!)
    else if (!text.startsWith('-')) urls.push(word)
  }
  add('(await fetch(')
  if (urls[0] === undefined) add("''")
  else value(script, urls[0])
  add(", { method: 'POST', body: [")
  for (const each of bodies) {
    each()
    add(', ')
  }
  add('] }).then((response) => response.text()))')
}

/** What is sent: a file by `@`, what is read by `@-`, a field of a form, or the text itself. */
function body(script: Script, word: Word, flag: string, read: () => void): void {
  const text = textOf(word)
  const field = /^-F|^--form/.test(flag) ? /^[^=]*=(?=[@<])/.exec(text)?.[0].length : undefined
  const named = field === undefined ? word : cut(word, field)
  const start = textOf(named)
  const isFile = /^(?:-T|--upload-file|--post-file|--body-file)/.test(flag)
  if (/^[@<]-/.test(start)) read()
  else if (isFile) file(script, word)
  else if (/^[@<]/.test(start) && !/^--(?:data-raw|form-string)/.test(flag)) file(script, cut(trimmed(named), 1))
  else value(script, word)
}

/** `@file;type=text/csv` names the file. */
function trimmed(word: Word): Word {
  const parts = word.parts.map((part) =>
    part.kind === 'text' ? { ...part, text: part.text.replace(/;\w+=.*$/s, '') } : part,
  )
  return { ...word, parts }
}

/** A word without its first characters. */
function cut({ parts, span }: Word, length: number): Word {
  let left = length
  const rest = parts.flatMap((part) => {
    if (part.kind !== 'text' || left === 0) return [part]
    const gone = Math.min(left, part.text.length)
    left -= gone
    return gone === part.text.length ? [] : [{ ...part, text: part.text.slice(gone), from: part.from + gone }]
  })
  return { parts: rest, span: { start: Math.min(span.start + length, span.end), end: span.end } }
}

// psql -c "SELECT …", mysql -e "SELECT …", sqlite3 shop.db "SELECT …"
function queried(script: Script, words: readonly Word[], read: () => void, add: (text: string) => void): void {
  const query = words.find((word) => /\bselect\b/i.test(textOf(word)))
  add('(await pool.query(')
  if (query === undefined) read()
  else value(script, query)
  add(')).rows')
}
