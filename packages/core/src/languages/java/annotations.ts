/** Annotations: what stands before a declaration, by simple name, and as the calls that they are to the engine. */
import type { Argument, TypeReference, Value } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { expression, literalText, typeValue } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'

const most = 20

export interface Annotation {
  /** Simple name. */
  name: string
  node: SyntaxNode
  /** Its elements; the one without a name is `value`. */
  elements: ReadonlyMap<string, SyntaxNode>
}

export function annotationsOf(l: Lowering, node: SyntaxNode): Annotation[] {
  const modifiers = node.children.find(({ type }) => type === 'modifiers')
  if (modifiers === undefined) return []
  return modifiers.children
    .filter(({ type }) => type === 'annotation' || type === 'marker_annotation')
    .slice(0, most)
    .map((one) => read(l, one))
}

function read(l: Lowering, node: SyntaxNode): Annotation {
  const written = textOf(l, fieldOf(node, 'name') ?? node)
  const elements = new Map<string, SyntaxNode>()
  for (const element of namedOf(fieldOf(node, 'arguments') ?? { ...node, children: [] })) {
    const value = element.type === 'element_value_pair' ? fieldOf(element, 'value') : element
    const key = element.type === 'element_value_pair' ? fieldOf(element, 'key') : null
    if (value !== null) elements.set(key === null ? 'value' : textOf(l, key), value)
  }
  return { name: written.slice(written.lastIndexOf('.') + 1), node, elements }
}

export function findAnnotation(l: Lowering, node: SyntaxNode, ...names: string[]): Annotation | null {
  return annotationsOf(l, node).find(({ name }) => names.includes(name)) ?? null
}

/** The text of the first of these elements that is there. */
export function elementText(l: Lowering, annotation: Annotation | null, ...keys: string[]): string | null {
  for (const key of keys) {
    const found = annotation?.elements.get(key)
    const one = found?.type === 'element_value_array_initializer' ? namedOf(found)[0] : found
    if (one?.type === 'string_literal') return literalText(textOf(l, one))
  }
  return null
}

/** `@AiService(tools = Bookings.class)` as a call of what it names. */
export function decoratorsOf(l: Lowering, node: SyntaxNode, only = /^/): Value[] {
  const found = annotationsOf(l, node).filter(({ name }) => only.test(name))
  return found.map(({ name, node: written, elements }): Value => {
    const span = spanOf(written)
    const args = [...elements].map(([key, value]): Argument => ({ name: key, value: elementValue(l, value) }))
    return { kind: 'call', callee: typeValue(l, name, span), arguments: args, construct: false, span }
  })
}

function elementValue(l: Lowering, node: SyntaxNode): Value {
  if (node.type !== 'element_value_array_initializer') return expression(l, node)
  const items = namedOf(node).map((one) => ({ value: expression(l, one), spread: false }))
  return { kind: 'list', items, span: spanOf(node) }
}

/** `@Query("select …")`, `@Select({"select …", "from …"})`: the query that a method without a body runs. */
export function queryOf(l: Lowering, node: SyntaxNode): string | null {
  const value = findAnnotation(l, node, 'Query', 'NativeQuery', 'Select', 'SqlQuery')?.elements.get('value')
  const parts = value?.type === 'element_value_array_initializer' ? namedOf(value) : value === undefined ? [] : [value]
  const texts = parts.flatMap((one) => {
    const whole = one.type === 'binary_expression' ? one.children : [one]
    return whole.filter(({ type }) => type === 'string_literal').map((text) => literalText(textOf(l, text)))
  })
  return texts.length === 0 ? null : texts.join(' ')
}

/** `@Qualifier("openAi") ChatModel model`: the type with the name that it is asked by. */
export function qualified(l: Lowering, node: SyntaxNode, type: TypeReference | undefined): TypeReference | undefined {
  const name = elementText(l, findAnnotation(l, node, 'Qualifier', 'Named', 'Resource', 'ModelName'), 'value', 'name')
  return type === undefined || name === null ? type : { ...type, qualifier: name }
}

/** `@Bean("openAi")`: a container calls the method, and gives what it returns to whoever asks for its type. */
export function provides(l: Lowering, node: SyntaxNode, method: string): { name: string; first: boolean } | null {
  const bean = findAnnotation(l, node, 'Bean', 'Produces', 'Provides')
  if (bean === null) return null
  const named = elementText(l, findAnnotation(l, node, 'Qualifier', 'Named'), 'value')
  const name = elementText(l, bean, 'name', 'value') ?? named ?? method
  return { name, first: findAnnotation(l, node, 'Primary') !== null }
}

/** Of a method whose annotation says that its bare parameters are what somebody sends: `@OnTextMessage String answer(String message)`. */
export function receives(l: Lowering, node: SyntaxNode): Value[] {
  return decoratorsOf(l, node, /^(?:OnTextMessage|OnMessage|MessageMapping|POST|PUT)$/)
}
