/**
 * Which classes hold data, and are no services to construct: records, those whose annotations say so, and those that are little
 * more than their fields with what reads and writes them.
 */
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'
import { propertyOf } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'

const saysData = /@(?:Data|Entity|Value|Document|Table|Embeddable|MappedSuperclass|Getter|JsonIgnoreProperties)\b/
const saysService =
  /@(?:Service|Component|Repository|Configuration|\w*Controller|\w*Application|Singleton|\w+Scoped|Mapper|Path|Aspect|Inject|Autowired)\b/

/** Methods that any object has. */
const ofObjects = /^(?:toString|equals|hashCode|compareTo|clone|builder)$/

export function isData(
  l: Lowering,
  node: SyntaxNode,
  components: readonly SyntaxNode[],
  declarations: readonly SyntaxNode[],
): boolean {
  if (components.length > 0) return true
  const modifiers = modifiersOf(l, node)
  if (saysData.test(modifiers)) return true
  return node.type === 'class_declaration' && !saysService.test(modifiers) && isAccessors(l, declarations)
}

/** Fields, and for most of them a method that gives it; or nothing but fields. */
function isAccessors(l: Lowering, declarations: readonly SyntaxNode[]): boolean {
  const fields = declarations
    .filter((one) => one.type === 'field_declaration' && !/\bstatic\b/.test(modifiersOf(l, one)))
    .filter((one) => !saysService.test(modifiersOf(l, one)))
    .flatMap((one) => fieldsOf(one, 'declarator').map((name) => textOf(l, fieldOf(name, 'name') ?? name)))
  if (fields.length === 0) return false
  const methods = declarations
    .filter((one) => one.type === 'method_declaration' && !/\bstatic\b/.test(modifiersOf(l, one)))
    .map((one) => ({
      name: textOf(l, fieldOf(one, 'name') ?? one),
      bare: namedOf(fieldOf(one, 'parameters') ?? { ...one, children: [] }).length === 0,
    }))
    .filter(({ name }) => !ofObjects.test(name))
  if (methods.length === 0) return isPlain(l, declarations)
  const given = new Set(methods.flatMap(({ name, bare }) => (bare ? [propertyOf(name) ?? name] : [])))
  return fields.filter((field) => given.has(field)).length * 2 > fields.length
}

/** No field is of a class that would do work: a client, a service. */
function isPlain(l: Lowering, declarations: readonly SyntaxNode[]): boolean {
  return declarations
    .filter((one) => one.type === 'field_declaration')
    .some((one) =>
      /^(?:String|int|long|Integer|Long|boolean|Boolean|double|Double|Local\w+|List<|Map<)/.test(
        textOf(l, fieldOf(one, 'type') ?? one),
      ),
    )
}

export function modifiersOf(l: Lowering, node: SyntaxNode): string {
  const modifiers = node.children.find(({ type }) => type === 'modifiers')
  return modifiers === undefined ? '' : textOf(l, modifiers)
}
