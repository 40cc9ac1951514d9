/**
 * One policy file as YAML with places. The file may be hostile: size, depth and what aliases expand to are bounded before
 * anything is built from it, and there are no merge keys, tags or directives. Nothing here knows what a policy says.
 */
import type { Alias, CST, Document, Node, Pair, YAMLError } from 'yaml'
import { Lexer, Parser, isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Localized } from '../finding.js'
import { LineIndex } from '../location.js'
import type { Region, Span } from '../location.js'
import type { PolicyError } from './errors.js'
import { codeFrame } from './frame.js'
import type { Origin } from './policy.js'
import { limits, yamlWords } from './source-words.js'

export type Path = readonly (string | number)[]

export interface Wrong {
  code: string
  message: Localized
  expected?: Localized | null
  remedy?: Localized | null
}

export class PolicySource {
  readonly lines: LineIndex
  /** The first mistakes that YAML itself makes; where there are any, `value` is null. */
  readonly errors: PolicyError[] = []
  readonly value: unknown = null
  readonly #document: Document | null = null

  constructor(
    readonly file: string,
    text: string,
  ) {
    const body = text.startsWith('\ufeff') ? text.slice(1) : text
    this.lines = new LineIndex(body)
    if (!this.#isBounded(body)) return
    const document = parseDocument(body, {
      version: '1.2',
      schema: 'core',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
    })
    this.#syntax([...document.errors, ...document.warnings])
    const directive = /^%YAML[^\r\n]*/m.exec(body)
    if (directive && document.directives?.yaml.explicit) {
      this.#wrong(
        { start: directive.index, end: directive.index + directive[0].length },
        yamlWords('BAD_DIRECTIVE', ''),
      )
    }
    if (this.errors.length === 0) this.#check(document)
    if (this.errors.length > 0) return
    this.#document = document as Document
    this.value = document.toJS({ maxAliasCount: -1 })
  }

  /** Where the value at the path stands; where there is none, its nearest ancestor. */
  origin(path: Path): Origin {
    return { file: this.file, ...this.#region(this.#find(path).value) }
  }

  /** Where the key at the end of the path stands; for an item of a list, the item. */
  keyOrigin(path: Path): Origin {
    const { key, value } = this.#find(path)
    return { file: this.file, ...this.#region(key ?? value) }
  }

  error(region: Region, wrong: Wrong): PolicyError {
    const { line, column, endLine, endColumn } = region
    return {
      file: this.file,
      line,
      column,
      endLine,
      endColumn,
      code: wrong.code,
      message: wrong.message,
      expected: wrong.expected ?? null,
      remedy: wrong.remedy ?? null,
      frame: codeFrame(this.lines, region),
    }
  }

  #wrong(span: Span, wrong: Wrong): void {
    if (this.errors.length < limits.errors) this.errors.push(this.error(this.lines.region(span), wrong))
  }

  /** One mistake a line and few in all: a missing quote makes everything after it wrong. */
  #syntax(mistakes: readonly YAMLError[]): void {
    const lines = new Set<number>()
    for (const { code, pos, message } of mistakes) {
      const { line } = this.lines.position(pos[0])
      if (lines.size >= limits.syntaxErrors || lines.has(line)) continue
      lines.add(line)
      this.#wrong({ start: pos[0], end: pos[1] }, yamlWords(code, message))
    }
  }

  #isBounded(text: string): boolean {
    if (text.length > limits.size) {
      this.#wrong({ start: 0, end: 0 }, yamlWords('size', ''))
      return false
    }
    const control = /(?![\t\n\r\u0085])\p{Cc}/u.exec(text)
    if (control) {
      this.#wrong({ start: control.index, end: control.index + 1 }, yamlWords('control', ''))
      return false
    }
    // Deep nesting ends the process from inside the YAML parser: its tokeniser, which is iterative, is asked first.
    const parser = new Parser()
    for (const lexeme of new Lexer().lex(text)) {
      for (const _ of parser.next(lexeme));
      if (collectionDepth(parser.stack) <= limits.depth) continue
      this.#wrong({ start: parser.offset - lexeme.length, end: parser.offset }, yamlWords('depth', ''))
      return false
    }
    return true
  }

  /** Keys are text and unique, aliases expand to little, tags are the plain ones. */
  #check(document: Document): void {
    const sizes = new Map<string, number>()
    const anchors = new Set<string>()
    let expanded = 0
    const size = (node: unknown): number => {
      if (!isNode(node)) return node === null ? 0 : 1
      if (isAlias(node)) {
        // An anchor has a size once it is closed: an alias inside it would never end.
        const aliased = sizes.get(node.source)
        if (aliased === undefined) this.#wrong(spanOf(node), yamlWords('BAD_ALIAS', ''))
        expanded += aliased ?? 0
        if (expanded <= limits.expanded) return aliased ?? 1
        this.#wrong(spanOf(node), yamlWords('expanded', ''))
        expanded = Number.NEGATIVE_INFINITY
        return 1
      }
      if (node.anchor !== undefined && anchors.has(node.anchor)) this.#wrong(spanOf(node), yamlWords('anchor', ''))
      if (node.anchor !== undefined) anchors.add(node.anchor)
      const own = this.#sizeOf(node, size)
      if (node.anchor !== undefined) sizes.set(node.anchor, own)
      return own
    }
    size(document.contents)
  }

  #sizeOf(node: Exclude<Node, Alias>, size: (node: unknown) => number): number {
    if (node.tag !== undefined && !plainTags.has(node.tag)) this.#wrong(spanOf(node), yamlWords('tag', node.tag))
    if (isSeq(node)) return node.items.reduce<number>((sum, item) => sum + size(item), 1)
    if (!isMap(node)) return 1
    const seen = new Set<string>()
    let sum = 1
    for (const { key, value } of node.items) {
      if (isScalar(key)) this.#checkKey(String(key.value), spanOf(key), seen)
      else this.#wrong(isNode(key) ? spanOf(key) : spanOf(node), yamlWords('NON_STRING_KEY', ''))
      sum += size(value)
    }
    return sum
  }

  #checkKey(name: string, span: Span, seen: Set<string>): void {
    if (name === '<<') this.#wrong(span, yamlWords('merge', ''))
    else if (seen.has(name)) this.#wrong(span, yamlWords('DUPLICATE_KEY', name))
    seen.add(name)
  }

  #find(path: Path): { key: unknown; value: unknown } {
    let key: unknown = null
    let value: unknown = this.#document?.contents ?? null
    for (const step of path) {
      const inner = isAlias(value) ? value.resolve(this.#document!) : value
      let pair: Pair | undefined
      if (isMap(inner))
        pair = inner.items.find((item) => String((item.key as { value?: unknown }).value) === String(step))
      const item = pair ? pair.value : isSeq(inner) ? inner.items[Number(step)] : undefined
      if (item === undefined) break
      key = pair?.key ?? null
      value = item ?? key
    }
    return { key, value }
  }

  #region(node: unknown): Region {
    return this.lines.region(isNode(node) ? spanOf(node) : { start: 0, end: 0 })
  }
}

const plainTags = new Set(
  ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
)

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}

/** Collections that are open: below them stands the document, above them perhaps a scalar. */
function collectionDepth(stack: readonly CST.Token[]): number {
  const top = stack.at(-1)?.type
  const isCollection = top === 'flow-collection' || top === 'block-map' || top === 'block-seq'
  return stack.length - (isCollection ? 1 : 2)
}
