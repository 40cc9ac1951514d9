/** Kotlin's types → type references, by the names that all languages share. */
import { maxDepth } from '../bounds.js'
import type { TypeReference } from '../../ir/ir.js'
import { spanOf } from '../nodes.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { nameOf, textOf, unique, type Lowering } from './lowering.js'
import { soughtBinding } from './names.js'

const plain: Readonly<Record<string, string>> = {
  ...named('String CharSequence Char Uri', 'string'),
  ...named('Int Long Short Byte Float Double UInt ULong Number BigDecimal BigInteger', 'number'),
  Boolean: 'boolean',
  Unit: 'void',
  Nothing: 'never',
  ...named('LocalDate LocalDateTime Instant ZonedDateTime Date', 'Date'),
}

const generic: Readonly<Record<string, string>> = {
  ...named(
    `List MutableList ArrayList Set MutableSet HashSet Collection MutableCollection Iterable Sequence Array Flow Flux Stream Page
    PagingData SnapshotStateList ImmutableList PersistentList`,
    '[]',
  ),
  ...named(
    `Optional Deferred CompletableFuture Mono ResponseEntity Result Response Call StateFlow MutableStateFlow SharedFlow MutableSharedFlow
    LiveData MutableLiveData State MutableState Lazy Single Observable Maybe Either Resource`,
    'Promise',
  ),
  ...named('Map MutableMap HashMap LinkedHashMap', 'Record'),
}

function named(names: string, as: string): Record<string, string> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, as]))
}

/** Types by which a value is anything. */
const unspoken = new Set(['Any', '*', 'dynamic'])

export function isType(node: SyntaxNode): boolean {
  return /^(?:user_type|nullable_type|non_nullable_type|parenthesized_type|function_type|dynamic)$/.test(node.type)
}

export function typeOf(l: Lowering, node: SyntaxNode | null | undefined, depth = 0): TypeReference | undefined {
  if (node == null || depth > maxDepth) return undefined
  const span = spanOf(node)
  switch (node.type) {
    case 'nullable_type':
    case 'non_nullable_type':
    case 'parenthesized_type':
    case 'type_projection':
      return typeOf(
        l,
        namedOf(node).findLast((one) => isType(one)),
        depth + 1,
      )
    case 'user_type': {
      const path = namedOf(node).filter(({ type }) => type === 'identifier')
      const written = namedOf(node).findLast(({ type }) => type === 'type_arguments')
      const args = written === undefined ? [] : namedOf(written).flatMap((one) => typeOf(l, one, depth + 1) ?? [])
      return namedType(l, path.map((one) => nameOf(l, one)).join('.'), args, span)
    }
    default:
      return undefined
  }
}

export function namedType(
  l: Lowering,
  written: string,
  args: TypeReference[],
  span: TypeReference['span'],
): TypeReference | undefined {
  if (unspoken.has(written) || written === '') return undefined
  const isOwn = l.declared.has(written)
  const known = isOwn ? undefined : (plain[written] ?? generic[written])
  if (known !== undefined) return { name: known, arguments: args, span }
  const { binding, name } = bindingOfType(l, written)
  return { name, arguments: args, ...(binding === null ? {} : { binding }), span }
}

/** The binding of the type that is meant; types within types go by their own names. */
function bindingOfType(l: Lowering, written: string): { binding: string | null; name: string } {
  // com.acme.Customer
  const parts = written.split('.')
  const from = parts.findIndex((part) => /^[^a-z]/.test(part))
  const simple = parts.slice(Math.max(from, 0))
  const [first] = simple
  const last = simple.at(-1)!
  const inner = l.inner.get(first!)
  if (inner !== undefined) return { binding: nestedBinding(l, inner.binding, last), name: last }
  const own = l.tops.get(first!)
  if (simple.length === 1) return { binding: own ?? l.nested.get(first!) ?? soughtBinding(l, first!), name: first! }
  if (own === undefined || l.declared.has(first!))
    return { binding: l.nested.get(last) ?? soughtBinding(l, last), name: last }
  return { binding: nestedBinding(l, own, last), name: last }
}

/** `Order.Line` of an imported `Order`: the type `Line` of the same package. */
function nestedBinding(l: Lowering, outer: string, name: string): string {
  const imported = l.imports.find(({ binding }) => binding === outer)
  const key = `${outer}.${name}`
  const known = l.sought.get(key)
  if (known !== undefined || imported === undefined) return known ?? outer
  const binding = unique(l, name)
  l.sought.set(key, binding)
  l.imports.push({ ...imported, binding, name, within: imported.name })
  return binding
}

/** `Customer::class.java`, `listOf<Customer>(…)`: types as they are written in a text. */
export function typeWritten(l: Lowering, node: SyntaxNode): TypeReference | undefined {
  const written = textOf(l, node)
    .replace(/[?\s]/g, '')
    .replace(/<[\s\S]*$/, '')
  return /^[\w.]+$/.test(written) ? namedType(l, written, [], spanOf(node)) : undefined
}
