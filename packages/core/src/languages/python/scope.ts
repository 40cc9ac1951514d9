/**
 * Names and what they are bound to. A name assigned anywhere in a function is the function's own, in all of it; what a class's
 * body binds are members, which functions inside do not see. A binding is unique in its module: `x`, `x#2`.
 */
import { fieldOf, fieldsOf, namedOf, type SyntaxNode } from '../tree.js'

/** Gives each declaration of a module its binding. */
export class Names {
  readonly #counts = new Map<string, number>()

  unique(name: string): string {
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  }
}

export interface Found {
  kind: 'name' | 'class'
  binding: string
  /** Of a member: binding of its class. */
  holder: string | null
}

export class Scope {
  readonly #bindings = new Map<string, string>()
  /** Names that `global` or `nonlocal` hand to a scope outside. */
  readonly outer = new Set<string>()
  /** Binding of the class, while its body is lowered. */
  holder: string | null = null

  constructor(
    readonly parent: Scope | null,
    readonly names: Names,
    readonly kind: 'module' | 'function' | 'class',
  ) {}

  declare(name: string): string {
    let binding = this.#bindings.get(name)
    if (binding === undefined) this.#bindings.set(name, (binding = this.names.unique(name)))
    return binding
  }

  own(name: string): string | null {
    return this.#bindings.get(name) ?? null
  }

  /** Every name declared here with its binding. */
  all(): readonly (readonly [string, string])[] {
    return [...this.#bindings]
  }

  find(name: string): Found | null {
    const own = this.#bindings.get(name)
    if (own !== undefined) return { kind: this.kind === 'class' ? 'class' : 'name', binding: own, holder: this.holder }
    for (let { parent } = this; parent !== null; { parent } = parent) {
      const binding = parent.#bindings.get(name)
      if (binding !== undefined && parent.kind !== 'class') return { kind: 'name', binding, holder: null }
    }
    return null
  }
}

const inner = new Set([
  'function_definition',
  'class_definition',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
])

/** What statements bind in their own scope, in order, without recursion. */
export function declareAssigned(
  scope: Scope,
  statements: readonly SyntaxNode[],
  textOf: (node: SyntaxNode) => string,
): void {
  const stack = [...statements].reverse()
  while (stack.length > 0) {
    const node = stack.pop()!
    if (node.type === 'global_statement' || node.type === 'nonlocal_statement')
      for (const name of namedOf(node)) if (scope.kind === 'function') scope.outer.add(textOf(name))
    for (const name of boundBy(node)) {
      const text = textOf(name)
      if (!scope.outer.has(text)) scope.declare(text)
    }
    if (inner.has(node.type)) {
      // `[y := f(x) for x in xs]` binds in the function around
      if (node.type.endsWith('comprehension') || node.type === 'generator_expression') pushWalrus(scope, node, textOf)
      continue
    }
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]!)
  }
}

function pushWalrus(scope: Scope, root: SyntaxNode, textOf: (node: SyntaxNode) => string): void {
  const stack = [root]
  while (stack.length > 0) {
    const node = stack.pop()!
    const name = node.type === 'named_expression' ? fieldOf(node, 'name') : null
    if (name !== null) scope.declare(textOf(name))
    if (node === root || !inner.has(node.type)) stack.push(...node.children)
  }
}

/** Identifiers that a node itself binds. */
function boundBy(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
      return targets(fieldOf(node, 'left'))
    case 'named_expression':
    case 'function_definition':
    case 'class_definition':
      return targets(fieldOf(node, 'name'))
    case 'as_pattern':
      return targets(fieldOf(node, 'alias'))
    case 'except_clause':
      return targets(fieldOf(node, 'alias'))
    case 'type_alias_statement':
      return targets(fieldOf(node, 'left'))
    case 'import_statement':
    case 'import_from_statement':
      return fieldsOf(node, 'name').flatMap((name) => {
        const alias = fieldOf(name, 'alias')
        const [first] = namedOf(name.type === 'aliased_import' ? (fieldOf(name, 'name') ?? name) : name)
        return alias !== null ? [alias] : first === undefined ? [] : [first]
      })
    case 'case_pattern':
      return captures(node)
    default:
      return []
  }
}

/** Identifiers of an assignment's target: `a`, `(a, *b)`, `[a, b]`; members and elements bind nothing. */
export function targets(node: SyntaxNode | null): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const stack = node === null ? [] : [node]
  while (stack.length > 0) {
    const target = stack.pop()!
    if (target.type === 'identifier') found.push(target)
    else if (target.type === 'attribute' || target.type === 'subscript' || target.type === 'call') continue
    else stack.push(...[...target.children].reverse())
  }
  return found
}

/** `case Customer(name=n) | [first, *rest]`: a plain name captures. */
function captures(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const stack = [node]
  while (stack.length > 0) {
    const pattern = stack.pop()!
    if (pattern.type === 'dotted_name') {
      const parts = namedOf(pattern)
      if (parts.length === 1) found.push(parts[0]!)
      continue
    }
    const children =
      pattern.type === 'class_pattern' || pattern.type === 'keyword_pattern'
        ? namedOf(pattern).slice(1)
        : pattern.children
    if (pattern.type === 'splat_pattern' || pattern.type === 'as_pattern')
      found.push(...pattern.children.filter(({ type }) => type === 'identifier'))
    stack.push(...children.filter(({ type }) => type !== 'identifier' || pattern.type === 'case_pattern'))
    if (pattern.type === 'case_pattern') found.push(...pattern.children.filter(({ type }) => type === 'identifier'))
  }
  return found
}
