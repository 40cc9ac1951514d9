/** A function's parameters take their types from where the function goes: `const f: (c: Customer) => void = (c) => …`. */
import { qualifiedName } from './types.js'
import type { Syntax } from './syntax.js'

const components = /^(React\.)?(V?FC|FunctionComponent)$/

/** The function with the types that the annotation of its name gives its parameters; any other value as it is. */
export function contextual(named: Syntax, value: Syntax | null | undefined): Syntax | null | undefined {
  const annotation: Syntax | undefined = named.typeAnnotation?.typeAnnotation
  const isFunction = value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression'
  if (annotation == null || value == null || !isFunction) return value
  const given = parameterTypes(annotation)
  if (given.length === 0) return value
  const params = (value.params as Syntax[]).map((parameter, index) => withType(parameter, given[index]))
  return { ...value, params }
}

function parameterTypes(annotation: Syntax): (Syntax | null | undefined)[] {
  // (customer: Customer) => void
  if (annotation.type === 'TSFunctionType') {
    return (annotation.params as Syntax[]).map((parameter) => parameter.typeAnnotation)
  }
  // React.FC<{ customer: Customer }>
  if (annotation.type !== 'TSTypeReference' || !components.test(qualifiedName(annotation.typeName))) return []
  const props: Syntax | undefined = annotation.typeArguments?.params[0]
  return props === undefined ? [] : [{ type: 'TSTypeAnnotation', typeAnnotation: props }]
}

function withType(parameter: Syntax, given: Syntax | null | undefined): Syntax {
  const plain =
    parameter.type === 'Identifier' || parameter.type === 'ObjectPattern' || parameter.type === 'ArrayPattern'
  return plain && given != null && parameter.typeAnnotation == null
    ? { ...parameter, typeAnnotation: given }
    : parameter
}
