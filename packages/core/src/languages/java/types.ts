/** Java's types → type references, by the names that all languages share; and what a type's name is bound to. */
import { maxDepth } from '../bounds.js'
import type { TypeReference } from '../../ir/ir.js'
import { namedOf, type SyntaxNode } from '../tree.js'
import { textOf, unique, type Lowering } from './lowering.js'
import { spanOf } from '../nodes.js'

const plain: Readonly<Record<string, string>> = {
  String: 'string',
  CharSequence: 'string',
  char: 'string',
  int: 'number',
  long: 'number',
  short: 'number',
  byte: 'number',
  float: 'number',
  double: 'number',
  Integer: 'number',
  Long: 'number',
  Double: 'number',
  Float: 'number',
  BigDecimal: 'number',
  BigInteger: 'number',
  boolean: 'boolean',
  Boolean: 'boolean',
  void: 'void',
  LocalDate: 'Date',
  LocalDateTime: 'Date',
  Instant: 'Date',
}

const generic: Readonly<Record<string, string>> = {
  List: '[]',
  ArrayList: '[]',
  Set: '[]',
  HashSet: '[]',
  Collection: '[]',
  Iterable: '[]',
  Stream: '[]',
  Page: '[]',
  Flux: '[]',
  Optional: 'Promise',
  CompletableFuture: 'Promise',
  Mono: 'Promise',
  ResponseEntity: 'Promise',
  Supplier: 'Promise',
  ObjectProvider: 'Promise',
  ObjectFactory: 'Promise',
  Provider: 'Promise',
  Instance: 'Promise',
  Map: 'Record',
  HashMap: 'Record',
}

/** Names of java.lang, which no import names. */
const language = new Set(
  `String StringBuilder StringBuffer System Math Integer Long Double Float Boolean Object Thread Character Short Byte Number Iterable
  Runnable Exception RuntimeException IllegalArgumentException IllegalStateException Error Throwable Void Class Enum Record Override
  Deprecated SuppressWarnings FunctionalInterface InterruptedException NullPointerException UnsupportedOperationException`.split(
    /\s+/,
  ),
)

/** The binding of a type's simple name: declared or imported here, of the same package, or of one imported as a whole. */
export function bindingOfType(l: Lowering, name: string): string | null {
  const known = l.types.get(name)
  if (known !== undefined) return known
  if (language.has(name) || !/^[A-Z]/.test(name)) return null
  const binding = unique(l, name)
  l.types.set(name, binding)
  const from = ['', ...l.wildcards].map((scope) => `${scope}.${name}`).join('|')
  l.imports.push({ binding, from, name, typeOnly: false, span: { start: 0, end: 0 } })
  return binding
}

export function typeOf(l: Lowering, node: SyntaxNode | null, depth = 0): TypeReference | undefined {
  if (node === null || depth > maxDepth) return undefined
  const span = spanOf(node)
  switch (node.type) {
    case 'array_type': {
      const inner = typeOf(l, namedOf(node)[0] ?? null, depth + 1)
      return { name: '[]', arguments: inner === undefined ? [] : [inner], span }
    }
    case 'generic_type': {
      const [name, parameters] = namedOf(node)
      const args = namedOf(parameters ?? { ...node, children: [] }).flatMap((one) => typeOf(l, one, depth + 1) ?? [])
      const base = name === undefined ? undefined : named(l, textOf(l, name), span)
      return base === undefined ? undefined : { ...base, arguments: base.name === 'Record' ? args.slice(-2) : args }
    }
    case 'annotated_type':
      return typeOf(l, namedOf(node).at(-1) ?? null, depth + 1)
    case 'wildcard':
      return typeOf(l, namedOf(node)[0] ?? null, depth + 1)
    default:
      return named(l, textOf(l, node), span)
  }
}

function named(l: Lowering, written: string, span: TypeReference['span']): TypeReference | undefined {
  if (written === 'var' || written === 'Object') return undefined
  const simple = written.replace(/<[\s\S]*$/, '')
  const known = plain[simple] ?? generic[simple]
  if (known !== undefined) return { name: known, arguments: [], span }
  const [first] = simple.split('.')
  const binding = bindingOfType(l, first!)
  return { name: simple, arguments: [], ...(binding === null ? {} : { binding }), span }
}
