/**
 * ESLint languages for config files: one for each of the core's formats. The tree is a root and nothing else, because findings carry
 * their own places; what a file says is read by the core. Directives of ESLint in comments hold, as they do in code. To rules of others a
 * file is an empty program: they neither fail on it nor find anything, unless another plugin has named its parser for it.
 */
import type { ConfigFormat, Span } from '@sekisho/core'
import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from '@eslint/plugin-kit'
import { emptyOptions, emptyProgram, ROOT } from './empty-program.js'
import { parsedByOther, sourceOfOther, type OtherTree } from './other-parser.js'

interface Place {
  line: number
  column: number
}

interface Element {
  type: string
  range: [number, number]
  loc: { start: Place; end: Place }
}

interface File {
  body: string | Uint8Array
  path: string
}

const directives = ['eslint-disable', 'eslint-enable', 'eslint-disable-line', 'eslint-disable-next-line'] as const
const parser = new ConfigCommentParser()

/** Comments of a text; none where the format has none. */
type CommentsOf = (path: string, text: string) => readonly { span: Span; text: string }[]

class ConfigSource extends TextSourceCodeBase {
  readonly #path: string
  readonly #commentsOf: CommentsOf

  constructor(text: string, ast: Element, path: string, commentsOf: CommentsOf) {
    super({ text, ast, lineEndingPattern: /\r\n|[\r\n\u2028\u2029]/u })
    Object.assign(this, emptyProgram(ast))
    this.#path = path
    this.#commentsOf = commentsOf
  }

  override traverse(): Iterable<VisitNodeStep> {
    return ([1, 2] as const).map((phase) => new VisitNodeStep({ target: this.ast, phase, args: [this.ast] }))
  }

  getInlineConfigNodes(): (Element & { value: string })[] {
    if (!this.text.includes('eslint-')) return []
    return this.#commentsOf(this.#path, this.text)
      .filter(({ text }) => directives.some((label) => text.trimStart().startsWith(label)))
      .map(({ span, text }) => ({
        type: 'Comment',
        value: text,
        range: [span.start, span.end],
        loc: { start: this.getLocFromIndex(span.start), end: this.getLocFromIndex(span.end) },
      }))
  }

  getDisableDirectives(): { problems: never[]; directives: Directive[] } {
    const found = this.getInlineConfigNodes().flatMap((node) => {
      const { label, value, justification } = parser.parseDirective(node.value) ?? {}
      if (label === undefined || !directives.some((known) => known === label)) return []
      const type = label.slice('eslint-'.length) as Directive['type']
      return [new Directive({ type, node, value: value ?? '', justification: justification ?? '' })]
    })
    return { problems: [], directives: found }
  }
}

/** A language over a format's comments. The rules find the format itself by the path. */
export function createLanguage(commentsOf: CommentsOf) {
  return {
    fileType: 'text' as const,
    lineStart: 1 as const,
    columnStart: 0 as const,
    nodeTypeKey: 'type',
    visitorKeys: { [ROOT]: [] },
    validateLanguageOptions(): void {
      // There are none.
    },
    normalizeLanguageOptions: (options: object) => ({ ...emptyOptions, ...options }),
    parse({ body, path }: File, { languageOptions }: { languageOptions: object }) {
      const text = String(body)
      const other = parsedByOther(text, path, languageOptions)
      if (other !== null) return other
      const lines = text.split(/\r\n|[\r\n\u2028\u2029]/)
      const end = { line: lines.length, column: lines.at(-1)!.length }
      const ast: Element = { type: ROOT, range: [0, text.length], loc: { start: { line: 1, column: 0 }, end } }
      const empty: Element = Object.assign(ast, { body: [], tokens: [], comments: [], sourceType: 'module' })
      return { ok: true as const, ast: empty, other: null }
    },
    createSourceCode({ body, path }: File, { ast, other }: { ast: Element; other: OtherTree | null }) {
      const text = String(body)
      return other === null ? new ConfigSource(text, ast, path, commentsOf) : sourceOfOther(text, other)
    },
  }
}

export function commentsOfFormat(format: ConfigFormat): CommentsOf {
  return (path, text) => format.read(path, text).comments ?? []
}
