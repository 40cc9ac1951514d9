/** Which classes hold data, and are no services to construct: those that say so, and those that are little more than their fields. */
import type { SyntaxNode } from '../tree.js'
import { modifierText } from './annotations.js'
import { textOf, type Lowering } from './lowering.js'

export function isData(l: Lowering, node: SyntaxNode): boolean {
  return /\b(?:data|value|inline)\s+(?:class\b|$)|\b(?:data|value)\b|@(?:Serializable|Entity|Document|Table|Embeddable|JsonClass|Parcelize|ConfigurationProperties)\b/.test(
    modifierText(l, node),
  )
}

const plainType =
  /^(?:String|Int|Long|Short|Double|Float|Boolean|UUID|Instant|Date|Local\w+|BigDecimal|(?:Mutable)?(?:List|Set|Map)<.*>)\??$/s

/** Little more than its fields: none is private, all in the constructor are of plain types, and no function works with them. */
export function isPlain(
  l: Lowering,
  node: SyntaxNode,
  declarations: readonly SyntaxNode[],
  parents: readonly SyntaxNode[],
): boolean {
  if (
    parents.length > 0 ||
    /\b(?:abstract|sealed)\b/.test(modifierText(l, node)) ||
    textOf(l, node).startsWith('interface') ||
    /@\w*(?:Service|Component|Controller|Configuration|Inject)/.test(modifierText(l, node))
  )
    return false
  const types = [...parameterTypes(l, node), ...declarations.flatMap((one) => propertyType(l, one))]
  const isWork = declarations.some(
    ({ type, children }) =>
      type === 'function_declaration' && !children.some((one) => textOf(l, one).includes('override')),
  )
  return types.length > 0 && !isWork && types.every((type) => plainType.test(type))
}

function parameterTypes(l: Lowering, node: SyntaxNode): string[] {
  const constructor = node.children.find(({ type }) => type === 'primary_constructor')
  const stack = constructor === undefined ? [] : [...constructor.children]
  const types: string[] = []
  for (let at = stack.shift(), steps = 0; at !== undefined && steps < 200; at = stack.shift(), steps++) {
    if (at.type !== 'class_parameter') stack.push(...at.children)
    else
      types.push(
        /\bprivate\b/.test(textOf(l, at)) ? 'private' : (textOf(l, at).split(':')[1] ?? '').split('=')[0]!.trim(),
      )
  }
  return types
}

function propertyType(l: Lowering, node: SyntaxNode): string[] {
  if (node.type !== 'property_declaration') return []
  const [, type] = /^[^=:{]*:\s*([^={\n]+)/.exec(textOf(l, node)) ?? []
  return [/\bprivate\b/.test(textOf(l, node)) ? 'private' : (type ?? 'unknown').trim()]
}
