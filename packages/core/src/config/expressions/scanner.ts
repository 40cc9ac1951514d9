/** A text read forward, with what lies between tokens of HCL and Bicep: spaces, comments, and line breaks where brackets are open. */
import type { ConfigFile } from '../setting.js'
import { addGap } from '../tree.js'

/** Where reading of one statement ended early. */
export class Broken extends Error {}

const SPACE = /(?:[ \t\f\v\uFEFF]+|\/\*[\s\S]*?(?:\*\/|$))+/y
const LINES = /(?:[\s\uFEFF]+|#(?:disable|restore)-[^\r\n]*|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const LINES_HASH = /(?:[\s\uFEFF]+|#[^\r\n]*|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy
const NAME_BICEP = /[A-Za-z_]\w*/y

export interface Dialect {
  id: 'hcl' | 'bicep'
  quote: '"' | "'"
}

export class Scanner {
  at = 0
  /** Brackets around: line breaks end nothing there. */
  #nesting = 0

  constructor(
    readonly file: ConfigFile,
    readonly text: string,
    readonly dialect: Dialect,
  ) {}

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return null
    this.at = pattern.lastIndex
    return found[0]
  }

  name(): string | null {
    return this.match(this.dialect.id === 'hcl' ? NAME : NAME_BICEP)
  }

  /** Spaces, and in brackets line breaks and comments too. */
  skip(): void {
    if (this.#nesting > 0) this.skipLines()
    else this.match(SPACE)
  }

  skipLines(): void {
    const hash = this.dialect.id === 'hcl'
    const start = this.at
    const written = this.match(hash ? LINES_HASH : LINES)
    if (written === null || !/[#/]/.test(written)) return
    for (const { 0: comment, index } of written.matchAll(hash ? COMMENT_HASH : COMMENT)) {
      const span = { start: start + index, end: start + index + comment.length }
      this.file.comments?.push({ span, text: comment.replace(/^(?:#+|\/[/*]+)|\*\/$/g, '').trim() })
    }
  }

  peek(token: string): boolean {
    return this.text.startsWith(token, this.at)
  }

  take(token: string): boolean {
    if (!this.peek(token)) return false
    this.at += token.length
    return true
  }

  fail(): never {
    addGap(
      this.file,
      { start: this.at, end: Math.min(this.at + 1, this.text.length) },
      'parse',
      `the ${this.dialect.id === 'hcl' ? 'HCL' : 'Bicep'} is not understood here`,
      `ここで ${this.dialect.id === 'hcl' ? 'HCL' : 'Bicep'} の文法がわかりません`,
    )
    throw new Broken()
  }

  /** Past a statement that began at `start` and is not understood: up to a line that is indented no deeper. */
  passOver(start: number): void {
    const indent = this.#indentAt(start)
    for (;;) {
      this.match(/[^\r\n]*(?:\r\n?|\n)?/y)
      if (this.at >= this.text.length) return
      this.match(/(?:[ \t]*(?:\r\n?|\n))+/y)
      const before = this.at
      const deeper = this.match(/[ \t]*/y)!.length - indent
      if (deeper < 0 || (deeper === 0 && !/[\])}]/.test(this.text[this.at] ?? ''))) {
        this.at = before
        return
      }
    }
  }

  #indentAt(at: number): number {
    let start = at
    while (start > 0 && at - start < 400 && !/[\r\n]/.test(this.text[start - 1]!)) start--
    return /[ \t]*/.exec(this.text.slice(start, at))![0].length
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail()
  }

  /** What is in brackets: line breaks end nothing. */
  nested<T>(read: () => T): T {
    this.#nesting++
    try {
      return read()
    } finally {
      this.#nesting--
    }
  }

  /** Reads as if there were no brackets around. */
  flat<T>(read: () => T): T {
    const before = this.#nesting
    this.#nesting = 0
    try {
      return read()
    } finally {
      this.#nesting = before
    }
  }
}

const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g
const COMMENT_HASH = /#[^\r\n]*|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g
