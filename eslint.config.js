// The house's rules that a linter can hold: the layers ("who may not") and the habits that cost nothing to check.
import { createRequire } from 'node:module'
import eslint from '@eslint/js'

// TypeScript 7 has no JavaScript API yet: what parses for the linter lives in the test package, beside the TypeScript that has one.
const tseslint = createRequire(new URL('test/package.json', import.meta.url))('typescript-eslint')

const CORE = 'packages/core/src'
const TESTS = ['**/*.test.ts']

/** What a core layer may not import, by folder. A layer that is not listed may import any other. */
const LAYERS = {
  languages: ['catalog', 'policy', 'solve', 'rules'],
  config: ['ir', 'solve', 'policy'],
  schemas: ['solve', 'policy', 'rules', 'catalog', 'link', 'languages'],
  solve: ['policy', 'rules', 'languages', 'config'],
  catalog: ['solve', 'policy'],
  policy: ['ir', 'solve'],
}

const NODE = {
  regex:
    '^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|process|url|util|v8|vm|worker_threads|zlib)(/|$))',
  message: 'The core is pure: callers pass in what it needs.',
}
const OTHER_PACKAGE = {
  regex: '^(\\.\\./)+(packages/)?(core|files|cli|eslint-plugin)/',
  message: 'Import another package by its name.',
}

const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns: [OTHER_PACKAGE, ...patterns] }] })

const ENUM = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' }
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }
const CLOCK = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'The core has no clock: take the date as an argument.',
}
const LAZY_IMPORT = {
  selector: 'ImportExpression',
  message: 'The core is synchronous and complete: import at the top.',
}
const THROW = {
  selector: 'ThrowStatement',
  message: 'A language never throws: what it cannot lower is an unknown, and a gap.',
}

const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ENUM, DEFAULT_EXPORT, ...selectors] })

function layer([name, forbidden]) {
  const names = `(${forbidden.join('|')})`
  const message = `${name} may not import ${forbidden.join(', ')}.`
  return [
    {
      files: [`${CORE}/${name}/**/*.ts`],
      ignores: TESTS,
      rules: imports(NODE, { regex: `^(\\.\\./)+${names}(/|\\.js$)`, message }),
    },
    { files: [`${CORE}/${name}.ts`], rules: imports(NODE, { regex: `^\\./${names}(/|\\.js$)`, message }) },
  ]
}

export default tseslint.config(
  { ignores: ['**/dist/', '**/coverage/', '**/*.generated.*', 'test/shop/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // Think again above 300.
      'max-lines': ['error', 500],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['packages/*/src/**/*.ts'], rules: { ...imports(), ...syntax() } },
  // ESLint's configurations import a plugin as a default.
  {
    files: ['packages/eslint-plugin/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ENUM] },
  },
  {
    files: [`${CORE}/**/*.ts`],
    ignores: TESTS,
    rules: {
      ...imports(NODE),
      ...syntax(CLOCK, LAZY_IMPORT),
      'no-restricted-globals': [
        'error',
        ...['console', 'process', 'fetch', 'performance', 'Buffer', 'XMLHttpRequest', 'WebSocket', 'navigator'],
        ...['require', '__dirname', '__filename'],
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: CLOCK.message },
        { object: 'Math', property: 'random', message: 'The same input gives the same report.' },
        ...['console', 'process', 'fetch'].map((property) => ({ object: 'globalThis', property })),
      ],
    },
  },
  ...Object.entries(LAYERS).flatMap(layer),
  { files: [`${CORE}/languages/**/*.ts`], ignores: TESTS, rules: syntax(CLOCK, LAZY_IMPORT, THROW) },
  {
    files: [`${CORE}/ir/**/*.ts`],
    ignores: TESTS,
    rules: imports({
      regex: '^(?!\\./|\\.\\./(location|gap)\\.js$)',
      message: 'The IR imports nothing but places and gaps.',
    }),
  },
)
