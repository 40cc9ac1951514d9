/** What code says of itself in words: docstrings with their parameters and attributes, `description='電話番号'` of a field. */
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import type { Lowering } from './lowering.js'
import { literalText } from './strings.js'
import { textOf } from './lowering.js'

/** The string that a body begins with. */
export function docstring(l: Lowering, body: SyntaxNode | null): string | undefined {
  const [first] = body === null ? [] : namedOf(body)
  return first === undefined ? undefined : stringStatement(l, first)
}

/** A string that stands alone: it documents what is before it. */
export function stringStatement(l: Lowering, node: SyntaxNode): string | undefined {
  const [only] = node.type === 'expression_statement' ? namedOf(node) : []
  return only?.type === 'string' ? (literalText(l, only) ?? undefined) : undefined
}

/** `name: 氏名`, `name (str): 氏名`, `:param name: 氏名` of a docstring. */
export function documentedNames(text: string | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const line of (text ?? '').split('\n').slice(0, 200)) {
    const match =
      /^\s*:(?:param|ivar|cvar|attr)\s+(?:[\w.[\]]+\s+)?(\w+):\s*(\S.*)$/.exec(line) ??
      /^\s+\*{0,2}(\w+)\s*(?:\([^)]{0,60}\))?\s*:\s+(\S.*)$/.exec(line)
    if (match !== null && !names.has(match[1]!)) names.set(match[1]!, match[2]!.trim())
  }
  return names
}

/** Keywords whose text says what a field is. */
const labels = new Set(['description', 'comment', 'verbose_name', 'help_text', 'title', 'doc', 'label', 'alias'])

/** The words in a field's own construction: `Field(description='電話番号')`, `Column(comment='氏名')`, `CharField('氏名')`. */
export function labelOf(l: Lowering, value: SyntaxNode | null): string | undefined {
  if (value?.type !== 'call') return undefined
  const called = textOf(l, fieldOf(value, 'function') ?? value)
  const texts: string[] = []
  for (const [at, argument] of namedOf(fieldOf(value, 'arguments') ?? value).entries()) {
    const name = argument.type === 'keyword_argument' ? fieldOf(argument, 'name') : null
    const given = argument.type === 'keyword_argument' ? fieldOf(argument, 'value') : argument
    if (given === null) continue
    const isLabel =
      name === null
        ? at === 0 && /\bmodels\.\w+Field$|\b(?:Char|Text|Email|Date|Integer)Field$/.test(called)
        : labels.has(textOf(l, name))
    const text = isLabel ? translated(l, given) : null
    if (text !== null) texts.push(text)
  }
  return texts.length === 0 ? undefined : texts.join('\n')
}

// _('電話番号')
function translated(l: Lowering, node: SyntaxNode): string | null {
  if (node.type !== 'call') return literalText(l, node)
  const [first] = namedOf(fieldOf(node, 'arguments') ?? node)
  return first === undefined ? null : literalText(l, first)
}
