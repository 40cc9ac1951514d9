/** Breaks text into lines of a display width: at spaces, between Japanese characters, never before closing punctuation. */
import { displayWidth } from '@sekisho/core'

const JAPANESE = '\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef'
const CLOSING = '、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)'
const OPENING = '（「『【〔〈《(['
/** One Japanese character with what must stay on its line, or a word; spaces stay with what they follow. */
const PIECE = new RegExp(
  `[${escaped(OPENING)}]*[${JAPANESE}][${escaped(CLOSING)}]*[ ]*|(?:(?![${escaped(OPENING)}]+[${JAPANESE}])[^ ${JAPANESE}])+[${escaped(CLOSING)}]*[ ]*|[ ]+`,
  'g',
)

export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(PIECE) ?? []) {
    if (line !== '' && displayWidth(line) + displayWidth(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}

function escaped(characters: string): string {
  return characters.replace(/[\][()\\^-]/g, '\\$&')
}
