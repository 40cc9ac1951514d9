/** What annotations and documentation say of a declaration: settings, labels of fields, tools of an agent. */
import type { Argument, TypeReference, Value } from '../../ir/ir.js'
import { asked, filled, kebab } from '../java/settings.js'
import { constant, spanOf } from '../nodes.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { argumentName, argumentNode } from './arguments.js'
import { isolated } from './expressions.js'
import { commentOf, nameOf, textOf, type Lowering } from './lowering.js'
import { nameValue } from './names.js'

export function modifiersOf(node: SyntaxNode): SyntaxNode | null {
  return node.children.find(({ type }) => type === 'modifiers' || type === 'parameter_modifiers') ?? null
}

export function modifierText(l: Lowering, node: SyntaxNode): string {
  const modifiers = modifiersOf(node)
  return modifiers === null ? '' : textOf(l, modifiers)
}

export interface Annotation {
  /** Simple name. */
  name: string
  node: SyntaxNode
  /** Its elements; the first without a name is `value`. */
  elements: ReadonlyMap<string, SyntaxNode>
}

const most = 20

export function annotationsIn(l: Lowering, modifiers: SyntaxNode | null): Annotation[] {
  const found = modifiers === null ? [] : modifiers.children.filter(({ type }) => type === 'annotation')
  return found.slice(0, most).flatMap((node) => {
    const invoked = node.children.find(({ type }) => type === 'constructor_invocation') ?? node
    const type = invoked.children.find((one) => one.type === 'user_type')
    const name = type === undefined ? undefined : namedOf(type).findLast((one) => one.type === 'identifier')
    if (name === undefined) return []
    const list = invoked.children.find((one) => one.type === 'value_arguments')
    const elements = new Map<string, SyntaxNode>()
    for (const one of list === undefined ? [] : namedOf(list)) {
      const value = argumentNode(one)
      const key = argumentName(l, one) ?? 'value'
      if (value !== null && !elements.has(key)) elements.set(key, value)
    }
    return [{ name: nameOf(l, name), node, elements }]
  })
}

function findAnnotation(l: Lowering, modifiers: SyntaxNode | null, ...names: string[]): Annotation | null {
  return annotationsIn(l, modifiers).find(({ name }) => names.includes(name)) ?? null
}

/** The text of the first of these elements that is there. */
function elementText(l: Lowering, annotation: Annotation | null, ...keys: string[]): string | null {
  for (const key of keys) {
    const found = annotation?.elements.get(key)
    const one = found?.type === 'collection_literal' ? namedOf(found)[0] : found
    if (one?.type === 'string_literal') return textOf(l, one).slice(1, -1).replaceAll('\\$', '$')
  }
  return null
}

/** `@Value("\${llm.base-url:https://…}")`: the setting, with its default; null where the declaration has none. */
export function settingOf(l: Lowering, node: SyntaxNode): Value | null {
  const modifiers = /modifiers$/.test(node.type) ? node : modifiersOf(node)
  const text = elementText(l, findAnnotation(l, modifiers, 'Value'), 'value')
  const span = spanOf(node)
  if (text !== null)
    return text.includes('${') ? filled(text, span, 0) : text.includes('#{') ? null : constant(text, span)
  const property = findAnnotation(l, modifiers, 'ConfigProperty')
  const name = elementText(l, property, 'name')
  const fallback = elementText(l, property, 'defaultValue')
  return name === null ? null : asked(name, fallback === null ? null : constant(fallback, span), span)
}

/** `@ConfigurationProperties(prefix = "llm")`: the prefix of all that the class holds. */
export function prefixOf(l: Lowering, node: SyntaxNode): string | null {
  const found = findAnnotation(l, modifiersOf(node), 'ConfigurationProperties', 'ConfigMapping', 'ConfigProperties')
  return elementText(l, found, 'prefix', 'value')
}

/** What a container gives under a class's prefix: `llm.base-url` for `baseUrl`. */
export function settingUnder(prefix: string, name: string, fallback: Value | null, span: Value['span']): Value {
  return asked(`${prefix}.${kebab(name)}`, fallback, span)
}

/** Tools of an agent: the model may call them and takes what they give. */
export function annotationsOf(l: Lowering, node: SyntaxNode | null): Value[] {
  const tool = findAnnotation(l, node, 'Tool', 'McpTool', 'LLMTool')
  return tool === null ? [] : [{ kind: 'global', name: 'Tool', span: spanOf(tool.node) }]
}

/** `@AiService(tools = [Bookings::class])` as a call of what it names. */
export function decoratorsOf(l: Lowering, node: SyntaxNode): Value[] {
  return decoratorsIn(l, modifiersOf(node))
}

export function decoratorsIn(l: Lowering, modifiers: SyntaxNode | null): Value[] {
  return annotationsIn(l, modifiers).map(({ name, node: written, elements }): Value => {
    const span = spanOf(written)
    const args = [...elements].map(([key, value]): Argument => ({ name: key, value: isolated(l, value) }))
    return { kind: 'call', callee: nameValue(l, name, span), arguments: args, construct: false, span }
  })
}

/** `@Qualifier("openAi") model: ChatModel`: the type with the name that it is asked by. */
export function qualified(l: Lowering, modifiers: SyntaxNode | null, type: TypeReference): TypeReference {
  const name = elementText(
    l,
    findAnnotation(l, modifiers, 'Qualifier', 'Named', 'Resource', 'ModelName'),
    'value',
    'name',
  )
  return name === null ? type : { ...type, qualifier: name }
}

/** `@Bean fun model(): ChatModel`: a container calls it, and gives what it returns to whoever asks for its type. */
export function provides(l: Lowering, node: SyntaxNode, method: string): { name: string; first: boolean } | null {
  const modifiers = modifiersOf(node)
  const bean = findAnnotation(l, modifiers, 'Bean', 'Produces', 'Provides')
  if (bean === null) return null
  const named = elementText(l, findAnnotation(l, modifiers, 'Qualifier', 'Named'), 'value')
  const name = elementText(l, bean, 'name', 'value') ?? named ?? method
  return { name, first: findAnnotation(l, modifiers, 'Primary') !== null }
}

/** Texts in the annotations of a declaration: `@Schema(description = "電話番号")`, `@SerialName("phone_number")`. */
function textsIn(l: Lowering, modifiers: SyntaxNode | null): string[] {
  const said: string[] = []
  const stack = modifiers === null ? [] : [modifiers]
  for (let at = stack.pop(), steps = 0; at !== undefined && steps < 200; at = stack.pop(), steps++) {
    if (at.type === 'string_literal') said.push(textOf(l, at).slice(1, -1))
    stack.push(...at.children)
  }
  return said.filter((text) => !text.includes('$'))
}

/** A declaration's comment, with what its annotations say. */
export function documentation(l: Lowering, node: SyntaxNode, modifiers = modifiersOf(node)): string | undefined {
  const first = modifiers === null ? undefined : commentOf(l, { start: modifiers.start, end: node.end })
  const comments = [...new Set([first, commentOf(l, node), ...textsIn(l, modifiers)])].filter(
    (text): text is string => text !== undefined && text !== '',
  )
  return comments.length === 0 ? undefined : comments.join('\n')
}

/** `@property phone 電話番号` of a class's documentation. */
export function propertyComment(comment: string | undefined, name: string): string | undefined {
  for (const [, described, text] of (comment ?? '').matchAll(/@(?:property|param)\s+(\w+)\s+([^\n]+)/g))
    if (described === name) return text!.trim()
  return undefined
}
