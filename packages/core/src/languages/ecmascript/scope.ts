/**
 * Names and what they are bound to. A binding is unique in its module: the first declaration of `x` is `x`, later ones
 * are `x#2`, `x#3`. Values and types share a scope, as in TypeScript: an interface does not hide an outer value.
 */
import type { TypeReference } from '../../ir/ir.js'
import { childrenOf, isSyntax, type Syntax } from './syntax.js'

export type Space = 'value' | 'type'

export interface Variable {
  binding: string
  /** Whether the name stands for something at run time, in types, or both. */
  value: boolean
  type: boolean
  /** Whether the name is referred to as a value, as a type. */
  read: boolean
  typed: boolean
  /** What a type parameter extends; null where it says nothing. */
  constraint?: TypeReference | null
}

/** Gives each declaration of a module its binding. */
export class Names {
  readonly #counts = new Map<string, number>()

  unique(name: string): string {
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  }
}

export class Scope {
  readonly #variables = new Map<string, Variable>()

  constructor(
    readonly parent: Scope | null,
    readonly names: Names,
  ) {}

  /** Declares a name, or adds a meaning to one that this scope declares already. */
  declare(name: string, space: Space | 'both'): Variable {
    let variable = this.#variables.get(name)
    if (variable === undefined) {
      variable = { binding: this.names.unique(name), value: false, type: false, read: false, typed: false }
      this.#variables.set(name, variable)
    }
    if (space !== 'type') variable.value = true
    if (space !== 'value') variable.type = true
    return variable
  }

  /** Names that this scope declares at run time. */
  declared(): string[] {
    return [...this.#variables].flatMap(([name, { value }]) => (value ? [name] : []))
  }

  own(name: string): Variable | undefined {
    return this.#variables.get(name)
  }

  find(name: string, space: Space): Variable | undefined {
    const own = this.#variables.get(name)
    if (own?.[space]) return own
    for (let { parent } = this; parent !== null; { parent } = parent) {
      const variable = parent.#variables.get(name)
      if (variable?.[space]) return variable
    }
    return undefined
  }
}

/** The identifiers that a pattern binds, without recursion. */
export function boundNames(pattern: Syntax | null | undefined): string[] {
  const names: string[] = []
  const stack: (Syntax | null | undefined)[] = [pattern]
  while (stack.length > 0) {
    const node = stack.pop()
    if (node == null) continue
    if (node.type === 'Identifier') names.push(node.name)
    else if (node.type === 'ObjectPattern') pushReversed(stack, node.properties)
    else if (node.type === 'ArrayPattern') pushReversed(stack, node.elements)
    else if (node.type === 'Property') stack.push(node.value)
    else if (node.type === 'RestElement') stack.push(node.argument)
    else if (node.type === 'AssignmentPattern') stack.push(node.left)
    else if (node.type === 'TSParameterProperty') stack.push(node.parameter)
  }
  return names
}

function pushReversed(stack: (Syntax | null | undefined)[], nodes: readonly (Syntax | null)[]): void {
  for (let i = nodes.length - 1; i >= 0; i--) stack.push(nodes[i])
}

/** Declares what a block declares for itself: let, const, using, functions, classes, types, enums, namespaces. */
export function declareBlock(scope: Scope, statements: readonly Syntax[]): void {
  for (const statement of statements) declareStatement(scope, statement)
}

function declareStatement(scope: Scope, statement: Syntax): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (isSyntax(statement.declaration)) declareStatement(scope, statement.declaration)
      return
    case 'VariableDeclaration':
      if (statement.kind !== 'var') declareVariables(scope, statement)
      return
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (statement.id != null) scope.declare(statement.id.name, 'value')
      return
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      if (statement.id != null) scope.declare(statement.id.name, 'both')
      return
    case 'TSImportEqualsDeclaration':
      scope.declare(statement.id.name, 'both')
      return
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      scope.declare(statement.id.name, 'type')
      return
    case 'TSModuleDeclaration': {
      const name = namespaceName(statement)
      if (name !== null) scope.declare(name, 'both')
      return
    }
    case 'LabeledStatement':
      declareReactive(scope, statement)
      declareStatement(scope, statement.body)
  }
}

// $: total = a + b: a Svelte component declares by assigning
function declareReactive(scope: Scope, statement: Syntax): void {
  const assigned: Syntax | undefined = statement.body.expression
  if (statement.label.name !== '$' || assigned?.type !== 'AssignmentExpression') return
  for (const name of boundNames(assigned.left)) if (!scope.find(name, 'value')) scope.declare(name, 'value')
}

export function declareVariables(scope: Scope, declaration: Syntax): void {
  for (const declarator of declaration.declarations) {
    for (const name of boundNames(declarator.id)) scope.declare(name, 'value')
  }
}

/** `namespace A.B {}` declares A; `declare module 'x'` and `declare global` declare nothing. */
export function namespaceName(declaration: Syntax): string | null {
  if (declaration.kind === 'global' || declaration.global === true) return null
  let id: Syntax = declaration.id
  while (id.type === 'TSQualifiedName') id = id.left
  return id.type === 'Identifier' ? id.name : null
}

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassDeclaration'])
const statementFields = new Set([
  'BlockStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'TryStatement',
  'CatchClause',
  'SwitchStatement',
  'SwitchCase',
  'LabeledStatement',
  'WithStatement',
  'ExportNamedDeclaration',
])

/** Declares every `var` of a function's body, however deep its block, without recursion. */
export function hoistVariables(scope: Scope, statements: readonly Syntax[]): void {
  const stack = [...statements].reverse()
  while (stack.length > 0) {
    const node = stack.pop()!
    if (functions.has(node.type)) continue
    if (node.type === 'VariableDeclaration') {
      if (node.kind === 'var') declareVariables(scope, node)
    } else if (statementFields.has(node.type)) {
      const children = childrenOf(node)
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!)
    }
  }
}
