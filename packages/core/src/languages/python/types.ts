/** Annotations → type references, as far as they say what a value holds. Names are the ones that all languages share. */
import { maxDepth } from '../bounds.js'
import type { TypeReference } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { dottedName } from './expressions.js'
import { textOf, type Lowering } from './lowering.js'
import { spanOf } from '../nodes.js'
import { literalText } from './strings.js'

const plain: Readonly<Record<string, string>> = {
  str: 'string',
  bytes: 'string',
  Text: 'string',
  AnyStr: 'string',
  EmailStr: 'string',
  HttpUrl: 'string',
  AnyUrl: 'string',
  int: 'number',
  float: 'number',
  complex: 'number',
  Decimal: 'number',
  bool: 'boolean',
  datetime: 'Date',
  date: 'Date',
  time: 'Date',
  timedelta: 'Date',
  None: 'null',
}

/** Generic types that hold what their arguments hold. */
const generic: Readonly<Record<string, string>> = {
  list: '[]',
  List: '[]',
  Sequence: '[]',
  MutableSequence: '[]',
  Iterable: '[]',
  Iterator: '[]',
  AsyncIterator: '[]',
  AsyncIterable: '[]',
  AsyncGenerator: '[]',
  Generator: '[]',
  Collection: '[]',
  set: '[]',
  Set: '[]',
  frozenset: '[]',
  tuple: '[]',
  Tuple: '[]',
  deque: '[]',
  QuerySet: '[]',
  dict: 'Record',
  Dict: 'Record',
  Mapping: 'Record',
  MutableMapping: 'Record',
  defaultdict: 'Record',
  Union: '|',
  Optional: '|',
  Awaitable: 'Promise',
  Coroutine: 'Promise',
}

/** Wrappers that are what their first argument is. */
const transparent = new Set([
  'Annotated',
  'Mapped',
  'ClassVar',
  'Final',
  'Required',
  'NotRequired',
  'ReadOnly',
  'Unpack',
  'SecretStr',
])

export function typeOf(l: Lowering, node: SyntaxNode | null, depth = 0): TypeReference | undefined {
  if (node === null || depth > maxDepth) return undefined
  const span = spanOf(node)
  switch (node.type) {
    case 'type':
    case 'parenthesized_expression': {
      const [inner] = namedOf(node)
      return typeOf(l, inner ?? null, depth + 1)
    }
    case 'none':
      return { name: 'null', arguments: [], span }
    // "Customer": a name that is declared later
    case 'string':
      return quoted(l, node)
    case 'identifier':
    case 'attribute':
    case 'member_type':
      return named(l, node)
    case 'union_type':
    case 'binary_operator':
      return {
        name: '|',
        arguments: typesOf(
          l,
          namedOf(node).filter(({ field }) => field !== 'operator'),
          depth,
        ),
        span,
      }
    case 'generic_type': {
      const [name, parameters] = namedOf(node)
      return name === undefined
        ? undefined
        : applied(l, name, parameters === undefined ? [] : namedOf(parameters), depth, span)
    }
    case 'subscript': {
      const value = fieldOf(node, 'value')
      return value === null
        ? undefined
        : applied(
            l,
            value,
            node.children.filter(({ field }) => field === 'subscript'),
            depth,
            span,
          )
    }
    default:
      return undefined
  }
}

function typesOf(l: Lowering, nodes: readonly SyntaxNode[], depth: number): TypeReference[] {
  return nodes.flatMap((node) => typeOf(l, node, depth + 1) ?? [])
}

function named(l: Lowering, node: SyntaxNode): TypeReference | undefined {
  const name = node.type === 'member_type' ? textOf(l, node) : dottedName(l, node)
  return name === null ? undefined : ofName(l, name, spanOf(node))
}

function ofName(l: Lowering, name: string, span: TypeReference['span']): TypeReference | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (last === 'Any' || last === 'object') return undefined
  const known = plain[last] ?? (generic[last] === undefined ? undefined : generic[last])
  const parts = name.split('.')
  for (let size = parts.length; size > 1; size--) {
    const binding = l.dotted.get(parts.slice(0, size).join('.'))
    if (binding !== undefined) return { name: ['', ...parts.slice(size)].join('.'), binding, arguments: [], span }
  }
  const found = l.scope.find(parts[0]!)
  if (known !== undefined && (found === null || l.origins.has(found.binding)))
    return { name: known, arguments: [], span }
  return { name, ...(found === null ? {} : { binding: found.binding }), arguments: [], span }
}

function quoted(l: Lowering, node: SyntaxNode): TypeReference | undefined {
  const text = literalText(l, node)?.trim() ?? ''
  const inner = /^(?:Optional\[|List\[|list\[)?"?([A-Za-z_][\w.]*)"?\]?(?:\s*\|\s*None)?$/.exec(text)
  return inner === null ? undefined : ofName(l, inner[1]!, spanOf(node))
}

function applied(
  l: Lowering,
  name: SyntaxNode,
  parameters: readonly SyntaxNode[],
  depth: number,
  span: TypeReference['span'],
): TypeReference | undefined {
  const written = dottedName(l, name) ?? textOf(l, name)
  const last = written.slice(written.lastIndexOf('.') + 1)
  const inner = parameters.map((one) => (one.type === 'type' ? (namedOf(one)[0] ?? one) : one))
  if (transparent.has(last)) return typeOf(l, inner[0] ?? null, depth + 1)
  // Literal["ja", "en"]
  if (last === 'Literal') {
    const texts = inner.map((one) => literalText(l, one) ?? textOf(l, one))
    return { name: '|', arguments: texts.map((text) => ({ name: `'${text}'`, arguments: [], span })), span }
  }
  const known = generic[last]
  const args = typesOf(l, inner, depth)
  if (known === undefined) {
    const of = ofName(l, written, span)
    return of === undefined ? undefined : { ...of, arguments: args }
  }
  if (last === 'Optional') args.push({ name: 'null', arguments: [], span })
  if (last === 'Coroutine') return { name: known, arguments: args.slice(-1), span }
  return { name: known, arguments: args, span }
}
