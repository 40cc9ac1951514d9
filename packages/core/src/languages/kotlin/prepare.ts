/**
 * The text that is parsed: as it is written, but for what the grammar does not know. Each rewriting keeps the length, so that all
 * places stay; what is read from the text later is read from the original.
 */

/** `val x: T` … `field = v`: a backing field with a value of its own. */
const backingField = /(\n[ \t]{1,200})field( = )/g

/** `fun interface A` is an interface. */
const functionInterface = /^([ \t]{0,200}(?:(?:public|internal|private) )?)fun( interface )/gm

/** A body in one line, whose last declaration no line break ends: `object A { const val B = 1 }`. */
const oneLiner = /\b(?:class|interface|object)\b[^{]*\{.*[^\s{] \}/
const closing = /(?<=[^\s{;,>]) \}/g
const longestLine = 400

/** `}` and a clause that stands on a line of its own. */
const clause = /\}[ \t]{0,200}\r?\n[ \t]{0,200}(?=(?:catch|finally)\b)/g

export function prepared(text: string): string {
  let result = text
  if (result.includes('field = ')) result = result.replace(backingField, '$1     $2')
  if (result.includes('fun interface ')) result = result.replace(functionInterface, '$1   $2')
  if (/\b(?:catch|finally)\b/.test(result))
    result = result.replace(clause, (gap) => gap.replace(/\r?\n/g, (end) => ' '.repeat(end.length)))
  return result
    .split('\n')
    .map((line) => (line.length <= longestLine && oneLiner.test(line) ? line.replace(closing, ';}') : line))
    .join('\n')
}
