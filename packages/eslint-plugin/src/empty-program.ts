/**
 * What a config file is to rules that were made for JavaScript: a program without a token, a comment, a scope or a type. Configurations
 * switch such rules on for all files (`js.configs.recommended`), and they ask their questions before they look at a tree. The root is
 * of a type of our own, so that none of them comes to see it.
 */

export const ROOT = 'Settings'

const LISTS = [
  'getAllComments',
  'getCommentsBefore',
  'getCommentsAfter',
  'getCommentsInside',
  'getJSDocComment',
] as const
const TOKEN_LISTS = ['getTokens', 'getFirstTokens', 'getLastTokens', 'getTokensBefore', 'getTokensAfter'] as const
const BETWEEN = ['getTokensBetween', 'getFirstTokensBetween', 'getLastTokensBetween', 'getDeclaredVariables'] as const
const TOKENS = ['getTokenBefore', 'getTokenAfter', 'getFirstToken', 'getLastToken', 'getTokenByRangeStart'] as const
const TOKENS_BETWEEN = ['getTokenOrCommentBefore', 'getTokenOrCommentAfter', 'getFirstTokenBetween'] as const
const NODES = ['getLastTokenBetween', 'getNodeByRangeIndex'] as const
const ANSWERS = ['commentsExistBetween', 'isSpaceBetween', 'isSpaceBetweenTokens', 'isGlobalReference'] as const
const OF_SCOPES = ['markVariableAsUsed'] as const

type Face = Readonly<Record<string, unknown>>

const always = <T>(names: readonly string[], give: () => T) => Object.fromEntries(names.map((name) => [name, give]))

function createScope(block: unknown) {
  const scope = {
    type: 'global',
    block,
    isStrict: false,
    upper: null,
    functionExpressionScope: false,
    variableScope: {},
  }
  const lists = { variables: [], references: [], through: [], childScopes: [] }
  const made = {
    ...scope,
    ...lists,
    set: new Map<string, object>(),
    implicit: { set: new Map(), variables: [], left: [] },
  }
  made.variableScope = made
  return made
}

/** Variables that a configuration declares for all files are there, and nothing refers to them. */
function globalsOf(scope: ReturnType<typeof createScope>): (names: readonly string[]) => void {
  return (names) => {
    for (const name of names) {
      const lists = { identifiers: [], references: [], defs: [] }
      scope.set.set(name, { name, scope, eslintUsed: false, ...lists })
    }
  }
}

/** Rules that need types throw where there are none: the types of no files, strictly. */
const typeServices: Face = {
  program: {
    getCompilerOptions: () => ({ strict: true, strictNullChecks: true }),
    getTypeChecker: () => ({}),
    getSourceFiles: () => [],
    getSourceFile: () => undefined,
    getCurrentDirectory: () => '',
  },
  esTreeNodeToTSNodeMap: new Map(),
  tsNodeToESTreeNodeMap: new Map(),
  emitDecoratorMetadata: false,
  experimentalDecorators: false,
  isolatedDeclarations: false,
}

/** How it is said to be parsed. */
export const emptyOptions: Face = { sourceType: 'module', ecmaVersion: 2026, globals: {}, parserOptions: {} }

/** The members of ESLint's own `SourceCode` for JavaScript that a plain text has not. */
export function emptyProgram(ast: object): Face {
  const scope = createScope(ast)
  return {
    ...always([...LISTS, ...TOKEN_LISTS, ...BETWEEN], () => []),
    ...always([...TOKENS, ...TOKENS_BETWEEN, ...NODES], () => null),
    ...always([...ANSWERS, ...OF_SCOPES], () => false),
    getScope: () => scope,
    scopeManager: {
      ...{ scopes: [scope], globalScope: scope, addGlobals: globalsOf(scope) },
      ...{ acquire: () => null, getDeclaredVariables: () => [] },
    },
    parserServices: typeServices,
    tokensAndComments: [],
    hasBOM: false,
  }
}
