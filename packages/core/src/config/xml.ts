/**
 * XML files that configure programs: Spring beans, .NET's `.config`, Android's resources. An element's text and its attributes are
 * settings; an element with a `name` or `key` is called by it (`<add key="OpenAI:Endpoint" value="…"/>`). No entity is expanded
 * but XML's own five and character references; a document type is passed over.
 */
import type { Span } from '../location.js'
import type { ConfigFile, ConfigFormat } from './setting.js'
import { addDepthGap, addGap, addSetting, MAX_DEPTH, readFile } from './tree.js'

export const xml: ConfigFormat = {
  id: 'xml',
  matches: (path) =>
    /\.(?:xml|config|plist)$/i.test(path) && !/(?:^|\/)(?:packages\.config|nuget\.config)$/i.test(path),
  read(path, text) {
    if (!/^\s*(?:\uFEFF)?\s*</.test(text)) return readFile('xml', path, '', () => undefined)
    return readFile('xml', path, text, read)
  },
}

interface Open {
  tag: string
  /** What it is called by: its name or key, else its tag. */
  name: string
  key: Span
  isEmpty: boolean
  text: Span | null
}

const MARKUP =
  /<!--([\s\S]*?)(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^>]*>|<\/([^\s>]*)[^>]*>|<([^\s/>!?]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NAMING = ['name', 'key', 'id', 'android:name']

function read(file: ConfigFile, text: string): void {
  const open: Open[] = []
  let last = 0
  for (const found of text.matchAll(MARKUP)) {
    const [all, comment, data, closed, tag, attributes] = found
    const top = open.at(-1)
    if (top?.isEmpty === true && top.text === null && /\S/.test(text.slice(last, found.index)))
      top.text = trimmed(text, last, found.index)
    last = found.index + all.length
    if (comment !== undefined) file.comments?.push({ span: { start: found.index, end: last }, text: comment.trim() })
    else if (data !== undefined && top !== undefined)
      top.text = trimmed(text, found.index + 9, found.index + 9 + data.length)
    else if (closed !== undefined) close(file, open, closed, text)
    else if (tag !== undefined) {
      if (top !== undefined) top.isEmpty = false
      if (open.length >= MAX_DEPTH) return addDepthGap(file, found.index)
      element(file, open, { tag, at: found.index + 1, attributes: attributes ?? '' })
      if (all.endsWith('/>')) open.pop()
    }
  }
  if (open.length > 0)
    addGap(file, null, 'parse', `<${open.at(-1)!.tag}> has no end`, `<${open.at(-1)!.tag}> が閉じられていません`)
}

function element(file: ConfigFile, open: Open[], one: { tag: string; at: number; attributes: string }): void {
  const base = one.at + one.tag.length
  const given = [...one.attributes.matchAll(ATTRIBUTE)].map((found) => {
    const raw = found[2] ?? found[3] ?? ''
    const end = base + found.index + found[0].length - 1
    return { name: found[1]!, raw, start: end - raw.length, end, at: base + found.index }
  })
  const naming = given.find(({ name }) => NAMING.includes(name.toLowerCase()))
  const name = naming === undefined ? one.tag : plain(naming.raw)
  const key = naming ?? { start: one.at, end: base }
  const path = [...open.map((each) => each.name), name]
  const inSettings = open.at(-1)?.tag.toLowerCase() === 'appsettings'
  for (const { name: attribute, raw, start, end, at } of given) {
    if (attribute === naming?.name) continue
    const isValue = naming !== undefined && attribute.toLowerCase() === 'value'
    const spans = {
      key: isValue ? { start: key.start, end: key.end } : { start: at, end: at + attribute.length },
      value: { start, end },
    }
    addSetting(file, isValue ? path : [...path, attribute], plain(raw), spans, isValue && inSettings ? name : null)
  }
  open.push({ tag: one.tag, name, key: { start: key.start, end: key.end }, isEmpty: true, text: null })
}

function close(file: ConfigFile, open: Open[], tag: string, text: string): void {
  if (!open.some((one) => one.tag === tag)) return
  for (;;) {
    const one = open.pop()!
    if (one.text !== null && one.isEmpty) {
      const path = [...open.map(({ name }) => name), one.name]
      addSetting(file, path, plain(text.slice(one.text.start, one.text.end)), { key: one.key, value: one.text })
    }
    if (one.tag === tag) return
  }
}

function trimmed(text: string, start: number, end: number): Span {
  const inside = text.slice(start, end)
  const from = start + (inside.length - inside.trimStart().length)
  return { start: from, end: Math.max(from, start + inside.trimEnd().length) }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{1,8}));/gi, (whole, decimal, hex, name: string) => {
    if (decimal !== undefined || hex !== undefined) {
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    }
    return ENTITIES[name] ?? whole
  })
}
