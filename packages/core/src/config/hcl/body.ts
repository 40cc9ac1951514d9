/** Bodies of HCL: attributes and blocks, with their places. A statement that is not understood is passed over, with a gap. */
import type { Span } from '../../location.js'
import type { ConfigFile } from '../setting.js'
import { addDepthGap, MAX_DEPTH } from '../tree.js'
import { literalOf, type Expression } from '../expressions/expression.js'
import { ExpressionParser } from '../expressions/parser.js'
import { Broken } from '../expressions/scanner.js'

export interface Body {
  attributes: Attribute[]
  blocks: Block[]
}

export interface Attribute {
  name: string
  nameSpan: Span
  value: Expression
}

export interface Block {
  type: string
  labels: string[]
  body: Body
  /** Its head. */
  span: Span
}

export function readBody(file: ConfigFile, text: string): Body {
  return new BodyReader(file, text, { id: 'hcl', quote: '"' }).body(0)
}

class BodyReader extends ExpressionParser {
  body(depth: number): Body {
    const body: Body = { attributes: [], blocks: [] }
    for (;;) {
      this.skipLines()
      if (this.at >= this.text.length || (depth > 0 && this.take('}'))) return body
      const start = this.at
      try {
        this.#statement(body, depth)
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        this.passOver(start)
      }
    }
  }

  #statement(body: Body, depth: number): void {
    const start = this.at
    const name = this.peek('"') ? literalOf(this.string()) : this.name()
    if (name === null) {
      this.at++
      if (/[,)\]};]/.test(this.text[start]!)) return
      this.fail()
    }
    const nameSpan = { start, end: this.at }
    this.skip()
    if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
      this.at++
      this.skip()
      body.attributes.push({ name: name!, nameSpan, value: this.expression() })
    } else this.#block(body, name!, start, depth)
  }

  #block(body: Body, type: string, start: number, depth: number): void {
    const labels: string[] = []
    for (;;) {
      this.skip()
      if (this.take('{')) break
      const label = this.peek('"') ? literalOf(this.string()) : this.name()
      if (label === null) this.fail()
      labels.push(label!)
    }
    if (depth >= MAX_DEPTH) {
      addDepthGap(this.file, start)
      throw new Broken()
    }
    const span = { start, end: this.at }
    body.blocks.push({ type, labels, span, body: this.body(depth + 1) })
  }
}
